"""Reasons: what is said around a request and not part of it - why, on which condition, and second thoughts."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from core.services.language.hangul import has_hangul
from core.services.language.phrases import CHANGES
from core.services.language.questions import DECISIONS
from core.services.language.slots import is_code
from core.services.language.view import View

#: What these undo somebody may have thought of twice.
TAKES_BACK = frozenset({"cancel", "withdraw"})
# How a Korean clause ends that only says how things are: never a condition, a wish, or what others say.
_CLAUSE_ENDS = frozenset({"~did", "~is", "~because", "~ask", "~am", "~though", "~and"})
# Their reasons say what is not so.
_AGAINST = frozenset({"reject", "cancel"})
# Letters: from which length on a word is also compared with misspelt conditions such as "unles".
_SHORTEST_CONDITION = 5


def ground(view: View, at: int) -> int:
    """Return how many words from ``at`` say why something is asked for, in a clause that ends before it is."""
    head, grammar = view.head, view.grammar
    if not head.positions or head.rule.intent in DECISIONS:
        return 0
    if at > (begin := min(head.positions)):
        return _ground_behind(view, at)
    used = view.phrase(grammar.grounds, at)
    if not used:
        return 0
    stop = at + used
    if has_hangul(view.keys[at]):
        # A Korean clause ends with its verb, whose ending may be a word of its own; a condition goes on.
        ended = stop < begin and view.keys[stop] in _CLAUSE_ENDS
        return used + ended if stop <= begin else 0
    return used if any(view.tokens[i].separated for i in range(stop, begin + 1)) else 0


def _ground_behind(view: View, at: int) -> int:
    """Return how many words from ``at`` to the end say why, as in "archive it, nobody uses it"; they name nothing."""
    if not view.tokens[at].separated:
        return 0
    stop = at + view.phrase(view.grammar.pronouns, at)
    used = view.phrase(view.grammar.grounds, stop)
    stop += used
    stop += view.phrase(view.grammar.pronouns, stop)
    if used and stop < len(view.keys) and has_hangul(view.keys[at]) and view.keys[stop] in _CLAUSE_ENDS:
        stop += 1
    return stop - at if used and _is_politeness(view, stop) else 0


def begins_comment(view: View, at: int) -> bool:
    """Say whether what follows is why, and no longer what."""
    if at < min(view.head.positions) or _is_politeness(view, at):
        return False
    if is_code(view.tokens[at]):
        return False
    joined = view.phrase(view.grammar.conjunctions, at)
    if joined and at + joined < len(view.keys) and is_code(view.tokens[at + joined]):
        return False
    said = "code" in view.reading.values or view.reading.pronoun or view.reading.last
    # Korean goes on behind the noun, as in "승인을 번역해": only a mark ends the request.
    goes_on = has_hangul(view.sentence.text)
    return (said and not goes_on) or view.tokens[at].separated or view.phrase(view.grammar.comment_leads, at) > 0


def _is_politeness(view: View, at: int) -> bool:
    """Say whether nothing but politeness is left from ``at`` on."""
    return _behind_politeness(view, at) >= len(view.keys)


def _behind_politeness(view: View, at: int) -> int:
    while at < len(view.keys) and (used := view.phrase(view.grammar.fillers, at)):
        at += used
    return at


def begins_reason(view: View, at: int) -> bool:
    """Say whether what follows only explains what was said."""
    if at < min(view.head.positions, default=at + 1) or view.names.skill(view.keys[at]):
        return False
    lead = view.phrase(view.grammar.comment_leads, at)
    if "why" in view.takes:
        return lead > 0
    intent = view.head.rule.intent
    return lead > 0 and intent in CHANGES and intent not in DECISIONS and view.keys[at] in view.grammar.causes


def reason_before(view: View) -> int:
    """Return how many words at the beginning say why, as Korean does: "라이선스가 불분명해서 7F3K 거절합니다"."""
    if view.head.rule.intent not in _AGAINST | {"break_glass"} or not has_hangul(view.sentence.text):
        return 0
    begin = next((i for i, token in enumerate(view.tokens) if is_code(token)), min(view.head.positions))
    begin = min(begin, *view.head.positions)
    return begin if begin > 1 and view.keys[begin - 1] == "~because" else 0


def take_comment(view: View, at: int) -> None:
    """Take what follows from ``at`` as the comment; a trap when it asks for more, or takes the request back."""
    lead = view.phrase(view.grammar.comment_leads, at)
    start = at + lead
    if start >= len(view.keys):
        return
    reading, grammar = view.reading, view.grammar
    reading.trap |= view.sentence.asks or (
        not lead and (view.phrase(grammar.comment_traps, at) > 0 or _calls(view, at))
    )
    for clause in (i for i in range(start, len(view.keys)) if _begins_clause(view, i)):
        first = clause + view.phrase(grammar.fillers, clause)
        if first < len(view.keys) and grammar.begins_request(view.keys, first, other_than=view.head.rule.intent):
            reading.trap = True
        if view.tokens[clause].separated and clause > start and view.phrase(grammar.comment_traps, first):
            reading.trap = True
    if "code" not in reading.values and any(is_code(token) for token in view.tokens[start:]):
        reading.trap = True  # which request it is about must not get lost in the reason
    reading.comment = view.sentence.text[view.tokens[start].start :].strip(" \"'`")


def _calls(view: View, at: int) -> bool:
    """Say whether somebody is called: "approve 7F3K please @alice" asks alice for it."""
    at = _behind_politeness(view, at)
    return at < len(view.keys) and view.tokens[at].text.startswith("@")


def _begins_clause(view: View, at: int) -> bool:
    return view.tokens[at].separated or view.keys[at - 1] in view.grammar.conjunctions


def is_reserved(view: View) -> bool:
    """Say whether a decision is negated, doubted or tied to a condition, anywhere in the sentence.

    A reason may negate something else, as in "because nobody is awake", until its next clause begins.
    """
    grammar, at, in_reason = view.grammar, 0, False
    while at < len(view.keys):
        politeness = view.phrase(grammar.fillers, at)
        if at in view.head.positions or politeness > 1:
            at += max(politeness, 1)
            continue
        changed = view.head.rule.intent in TAKES_BACK and at < min(view.head.positions)
        if changed and (again := view.phrase(grammar.second_thoughts, at)):
            at += again  # "oops, cancel it"; "cancel it, oops" is another matter
            continue
        if view.head.rule.intent == "break_glass" and (absent := _absence(view, at)):
            at += absent
            continue
        lead = view.phrase(grammar.comment_leads, at)
        in_reason = lead > 0 or (in_reason and not _begins_clause(view, at))
        negated, reserved = view.phrase(grammar.negations, at), view.phrase(grammar.reservations, at)
        if negated and in_reason and view.head.rule.intent in _AGAINST:
            at += max(negated, reserved)  # "because not yet" is why not
            continue
        if reserved or (negated and not in_reason) or _is_misspelt_reservation(view, at):
            return True
        at += max(lead, 1)
    return False


def _absence(view: View, at: int) -> int:
    """Return how many words from ``at`` say, inside the reason of an emergency, what is missing."""
    begin = max(view.head.positions)
    inside = at > begin + 1 and not is_code(view.tokens[at - 1]) and "code" in view.reading.values
    return view.phrase(view.grammar.absences, at) if inside else 0


def _is_misspelt_reservation(view: View, at: int) -> bool:
    key, grammar = view.keys[at], view.grammar
    if len(key) < _SHORTEST_CONDITION or key in grammar.words or key in grammar.common:
        return False
    return any(
        len(word) >= _SHORTEST_CONDITION and OSA.distance(key, word, score_cutoff=1) <= 1
        for word, *more in grammar.reservations.phrases
        if not more
    )
