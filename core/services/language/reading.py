"""Reading a sentence under one of its heads: every word is a slot, politeness, glue - or left unexplained."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache

from core.services.language.hangul import has_hangul
from core.services.language.names import LONGEST_NAME, MOST_OFFERED, NameIndex
from core.services.language.normalise import Sentence, Token
from core.services.language.phrase_set import PhraseSet
from core.services.language.phrases import READS, Grammar, Head
from core.services.language.questions import DECISIONS
from core.services.language.reasons import (
    TAKES_BACK,
    begins_comment,
    begins_reason,
    ground,
    is_reserved,
    reason_before,
    take_comment,
)
from core.services.language.slots import OF_PHRASES, RECOGNISERS
from core.services.language.times import Moments, is_hour
from core.services.language.view import Reading, View

_PLAIN_NAME = re.compile(r"/?\w[\w.+\-]*")
_LONGEST_PERSON = 2
# A sentence with as many unexplained words is no request of this kind; the rest of it need not be looked at.
_ENOUGH = 3


def read(
    sentence: Sentence, head: Head, grammar: Grammar, names: NameIndex, moments: Moments, *, whole: bool = False
) -> Reading | None:
    """Return what ``sentence`` says if ``head`` is the request; None when it lacks what the rule must have.

    With ``whole`` nobody wants to know more of a reading that leaves a word unexplained.
    """
    takes, needed = _slots(head.rule.takes, head.rule.rest)
    reading = Reading(head.rule, head)
    keys = tuple(token.key for token in sentence.tokens)
    view = View(sentence, head, grammar, names, moments, reading, takes, keys)
    _walk(view, 1 if whole else _ENOUGH)
    reading.likewise = not reading.unexplained and grammar.marks(sentence.tokens, grammar.likewise)
    if head.rule.intent in DECISIONS and not reading.unexplained and (sentence.answers or is_reserved(view)):
        reading.trap = True
    if reading.is_overstated or (head.rule.intent in {"install", "sync"} and _moves(view)):
        reading.trap = True
    have = set(reading.values)
    if reading.pronoun or reading.last:
        have |= {"skills"} | ({"code"} if head.rule.rest == "comment" else set())
    if reading.latest:
        have |= {"ref"}
    return reading if needed <= have else None


def _moves(view: View) -> bool:
    """Say whether one provider is where the skills come from, as in "copy pdf from claude to gemini"."""
    grammar = view.grammar
    offsets = [offset for offset, slot in view.reading.spots if slot == "providers"]
    if len(offsets) <= 1:
        return False
    marks = set()
    for at, token in enumerate(view.tokens):
        if token.start in offsets:
            before = (key for key in reversed(view.keys[max(at - 2, 0) : at]) if key in grammar.places)
            behind = (key for key in view.keys[at + 1 : at + 1 + LONGEST_NAME] if key in grammar.places_after)
            marks |= {*itertools.islice(before, 1), *itertools.islice(behind, 1)}
    origins = [mark for mark in marks if mark in grammar.origins]
    return 0 < len(origins) < len(marks)


@lru_cache(maxsize=256)
def _slots(takes: str, rest: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the slots that a rule takes, and those that it must have."""
    slots = takes.split()
    needed = frozenset(slot[:-1] for slot in slots if slot.endswith("!"))
    return frozenset(slot.rstrip("!") for slot in slots) | ({"skills"} if rest in {"skills", "near"} else set()), needed


def _walk(view: View, enough: int) -> None:
    at = 0
    reading = view.reading
    while at < len(view.keys) and len(reading.unexplained) < enough:
        if at in view.head.positions:
            _close(view)
            view.place = view.keys[at] in view.grammar.places
            at += 1
            continue
        if view.tokens[at].separated:
            _close(view, keep_place=True)
        if (view.head.rule.rest == "comment" and begins_comment(view, at)) or begins_reason(view, at):
            take_comment(view, at)
            break
        if at == 0 and (stop := reason_before(view)):
            reading.comment = view.sentence.text[view.tokens[0].start : view.tokens[stop - 1].end].strip(" \"'`")
            at = stop
            continue
        at += _step(view, at)
    _close(view)
    if reading.is_mixed:
        reading.trap = True


def _step(view: View, at: int) -> int:
    """Return how many words from ``at`` are one thing, and remember it."""
    known = view.keys[at] in view.grammar.starts  # most words of most sentences begin no phrase at all
    if known and (used := _filler(view, at)):
        _close(view)
        return used
    for slots, recognise in RECOGNISERS:
        if slots & view.takes and (known or recognise not in OF_PHRASES):
            view.reading.offset = view.tokens[at].start
            members = len(view.group)
            if used := recognise(view, at):
                if len(view.group) == members:
                    listing = view.listing
                    _close(view)
                    view.listing = listing
                return used
    if known and (used := _glue(view, at)):
        return used
    view.group.append((view.tokens[at], None))
    return 1


def _filler(view: View, at: int) -> int:
    follows_up = not view.head.positions
    used = view.phrase(view.grammar.also, at) if follows_up else 0
    used = max(used, view.phrase(view.grammar.fillers, at))
    if follows_up:
        used = max(used, view.phrase(view.grammar.urges, at))
    if view.head.rule.intent in READS:
        used = max(used, view.phrase(view.grammar.looks, at))
    elif view.head.rule.intent in TAKES_BACK and at < min(view.head.positions):
        used = max(used, view.phrase(view.grammar.second_thoughts, at))
    used = max(used, ground(view, at))
    inside = view.head.rule.rest in {"query", "topic"} and at > 0 and at + used < len(view.keys)
    return 0 if inside and at > min(view.head.positions) else used


def _glue(view: View, at: int) -> int:
    grammar = view.grammar
    if used := view.phrase(grammar.places_after, at):
        _close(view, placed=True)
        return used
    if used := view.phrase(grammar.conjunctions, at):
        _close(view, keep_place=True)
        return used
    nouns: tuple[tuple[PhraseSet, frozenset[str]], ...] = (
        (grammar.skill_nouns, frozenset({"skills", "source"})),
        (grammar.provider_nouns, frozenset({"providers", "provider"})),
        (grammar.request_nouns, frozenset({"code"})),
    )
    for words, slots in nouns:
        if used := view.phrase(words, at):
            return used if slots & view.takes or view.head.rule.rest == "query" else 0
    used = view.phrase(grammar.glue, at)
    if used and view.head.rule.intent == "history" and view.phrase(grammar.owners, at):
        view.reading.add("user", "me")
    if used:
        announced = view.place and view.keys[at] in grammar.determiners
        _close(view)
        view.place = announced or view.keys[at + used - 1] in grammar.places
    return used


def _close(view: View, *, keep_place: bool = False, placed: bool = False) -> None:
    """End a group of neighbours: known skills, a name, free text - or unexplained."""
    group, view.group = view.group, []
    view.place = view.place or placed
    place, view.place = view.place, (view.place or (view.listing and not group)) and keep_place
    if not group:
        return
    view.listing = False
    view.reading.offset = group[0][0].start
    if has_hangul(view.sentence.text):
        # No preposition stands between the names of a Korean sentence: what is known needs no neighbour.
        _add_known(view, group)
        group = [pair for pair in group if pair[1] is None]
        if not group:
            return
    tokens = [token for token, _ in group]
    rest = view.head.rule.rest
    if all(name is not None for _, name in group):
        _add_known(view, group)
    elif rest in {"query", "topic", "user"}:
        _take_words(view, tokens, placed=place)
    elif place and "providers" in view.takes and _nameable(view, tokens):
        _take_name(view, "providers", tokens)
    elif rest in {"skills", "near"} and _may_be_skill(view, group):
        _take_name(view, "skills", tokens, [name for _, name in group if name is not None])
    elif rest == "provider" and _nameable(view, tokens):
        _take_name(view, "provider", tokens)
    else:
        view.reading.unexplained += [token for token, name in group if name is None]
        _add_known(view, group)


def _add_known(view: View, group: list[tuple[Token, str | None]]) -> None:
    for _, name in group:
        if name is not None:
            view.reading.add("skills", name)


def _is_behind_head(view: View, tokens: list[Token]) -> bool:
    """Say whether ``tokens`` follow the verb: what stands before it is rather a misspelt "please".

    A Korean verb comes last.
    """
    positions = view.head.positions
    return not positions or has_hangul(view.sentence.text) or tokens[0].start > view.tokens[min(positions)].start


def _may_be_skill(view: View, group: list[tuple[Token, str | None]]) -> bool:
    """Say whether the words of ``group`` could together name a skill: beside a name as it is, only what is like one."""
    tokens = [token for token, _ in group]
    if not (_is_behind_head(view, tokens) and _nameable(view, tokens)):
        return False
    is_named = any(name is not None for _, name in group)
    return not is_named or bool(view.names.near_skills(" ".join(token.text for token in tokens)))


def _is_before_head(view: View, token: Token) -> bool:
    at = view.tokens.index(token)
    return at + 1 in view.head.positions and at + 1 == min(view.head.positions)


def _nameable(view: View, tokens: list[Token]) -> bool:
    """Say whether ``tokens`` could be the name of something unknown."""
    return len(tokens) <= LONGEST_NAME and all(
        _PLAIN_NAME.fullmatch(token.text)
        and not is_hour(token.text)
        and (token.quoted or not (token.key in view.grammar.common or view.grammar.is_function_word(token.key)))
        and (token.quoted or token.key not in view.grammar.verbs)
        for token in tokens
    )


def _take_name(view: View, slot: str, tokens: list[Token], exact: Iterable[str] = ()) -> None:
    """Take a name that nothing is called: offer what is in it as it is, then what is near, or believe it as written."""
    spoken = " ".join(token.text for token in tokens)
    near = view.names.near_skills(spoken) if slot == "skills" else view.names.near_providers(spoken)
    near = tuple(dict.fromkeys((*exact, *near)))[:MOST_OFFERED]
    if slot == "skills" and (view.names.provider(spoken) or _is_of_something(view, tokens[-1])):
        view.reading.unexplained += tokens  # "archive pdf from claude", "undo the removal of pdf" name no other skill
        return
    if slot == "providers" and _is_purpose(view, tokens[0]) and _is_audience(view, tokens[-1]):
        return
    if slot == "skills" and not near and view.head.rule.intent in READS and view.reading.values.get("skills"):
        view.reading.unexplained += tokens
        return
    known = slot == "providers" and (view.reading.values.get(slot) or _is_purpose(view, tokens[0]))
    known = known or view.head.rule.intent == "disconnect_provider"  # "unlink my telegram" is about no provider
    if known and not near:
        view.reading.unexplained += tokens
    elif near:
        view.reading.ask(slot, near)
    elif len(tokens) == 1 and not (slot == "skills" and view.head.rule.rest == "near") and _is_believed(tokens[0]):
        view.reading.guesses += 1
        view.reading.add(slot, spoken)
    else:
        view.reading.unexplained += tokens


def _is_of_something(view: View, token: Token) -> bool:
    """Say whether ``token`` is only something of what follows, as in "the removal of pdf"."""
    at = view.tokens.index(token) + 1
    return at < len(view.keys) and view.keys[at] in view.grammar.relations


def _is_purpose(view: View, token: Token) -> bool:
    """Say whether "for" or "for the" stands before ``token``: "for the sales people" is no provider."""
    at = view.tokens.index(token)
    before = view.keys[max(at - 2, 0) : at]
    return any(key in view.grammar.purposes for key in before[-1:]) or (
        len(before) > 1 and before[-1] in view.grammar.determiners and before[0] in view.grammar.purposes
    )


def _is_audience(view: View, token: Token) -> bool:
    at = view.tokens.index(token) + 1
    return token.key in view.grammar.audiences or (at < len(view.keys) and view.keys[at] in view.grammar.audiences)


def _is_believed(token: Token) -> bool:
    """Say whether an unknown word may be a name: a Korean one is more likely an adverb that nobody taught us."""
    return token.quoted or not has_hangul(token.text)


def _take_words(view: View, tokens: list[Token], *, placed: bool = False) -> None:
    """Take words for the slot of free text; ``placed``: behind a word such as "for"."""
    rest, grammar, reading = view.head.rule.rest, view.grammar, view.reading
    if rest == "query":
        placed = placed or (has_hangul(view.sentence.text) and _is_before_head(view, tokens[-1]))
        is_request = not (placed and len(tokens) == 1) and any(token.key in grammar.verbs for token in tokens)
        is_people = not placed and len(tokens) == 1 and tokens[0].key in grammar.audiences  # "list users"
        wanted = _is_behind_head(view, tokens) and not is_request and not is_people
        if not wanted or any(grammar.is_function_word(token.key) for token in tokens):
            reading.unexplained += tokens
        else:
            reading.values.setdefault(rest, []).extend(token.text for token in tokens)
    elif rest == "topic":
        # Help is about what the bot does; "help me with my homework" is not.
        known = all(
            grammar.words.get(token.key) or token.key in grammar.topics or view.names.skill(token.text)
            for token in tokens
        )
        if known and _is_behind_head(view, tokens):
            reading.values.setdefault(rest, []).extend(token.text for token in tokens)
        else:
            reading.unexplained += tokens
    elif len(tokens) == 1 and tokens[0].key in grammar.myself:
        reading.add("user", "me")
    elif "user" not in reading.values and _is_person(view, tokens):
        reading.add("user", " ".join(token.text.removeprefix("@") for token in tokens))
    else:
        reading.unexplained += tokens
        # Which of two people is meant must not be guessed, not even in a question.
        reading.trap |= "user" in reading.values and _is_person(view, tokens)


def _is_person(view: View, tokens: list[Token]) -> bool:
    """Say whether ``tokens`` may be somebody: people are taken as written, but nobody is called like a skill."""
    spoken = " ".join(token.text for token in tokens)
    korean = [token for token in tokens if has_hangul(token.text)]
    if korean and (len(tokens) > 1 or korean[0].key in view.grammar.korean):
        return False
    if any(token.text.startswith("@") for token in tokens[1:]):
        return False  # "deactivate carol @bob"
    if spoken.isdecimal():
        return False  # "history 0"
    if len(tokens) > _LONGEST_PERSON or view.names.skill(spoken) or view.names.provider(spoken):
        return False
    if view.names.near_skills(spoken) or view.names.near_providers(spoken):
        return False
    return not any(
        token.key in view.grammar.common or token.key in view.grammar.verbs or view.grammar.is_function_word(token.key)
        for token in tokens
    )
