"""Slots: what each of them looks like in a sentence. A recogniser returns how many words it took, 0 for none."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.domain.actions import EVERY
from core.domain.base import CODE_ALPHABET
from core.domain.sources import is_ref_name, looks_like_source
from core.services.language.hangul import has_hangul
from core.services.language.normalise import Token, fold
from core.services.language.times import is_hour
from core.services.language.view import View

_VERSION = re.compile(r"v\d+(?:\.\d+)*(?:-[\w.]+)?|\d+(?:\.\d+)+(?:-[\w.]+)?|(?=.*\d)[0-9a-f]{7,40}", re.IGNORECASE)
_CODE = re.compile(rf"[{CODE_ALPHABET}]{{4,8}}", re.IGNORECASE)
# People type codes from memory: O for 0, and words that are none.
_LOOSE_CODE = re.compile(r"[A-Z0-9]{4,8}")
_ZONE = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+\-]+)+|UTC|GMT", re.IGNORECASE)
_TAG = re.compile(r"#?\w[\w.\-]*")


def may_be_code(text: str) -> bool:
    """Say whether ``text`` could be a code, or be meant as one."""
    return text.isascii() and _LOOSE_CODE.fullmatch(text.removeprefix("#").upper()) is not None


def is_code(token: Token) -> bool:
    """Say whether one word can be nothing but a code."""
    text = token.text.removeprefix("#")
    certain = text.isupper() or any(char.isdigit() for char in text) or text != token.text
    return certain and _CODE.fullmatch(text) is not None


def _ref(view: View, at: int) -> int:
    grammar, reading = view.grammar, view.reading
    lead = view.phrase(grammar.ref_leads, at)
    noun = view.phrase(grammar.ref_nouns, at + lead)
    start = at + lead + noun
    if noun and _known_skill(view, at + lead)[1] > at + lead + noun:
        return 0  # "release notes" is called like a skill, and no release
    if latest := view.phrase(grammar.latest, start):
        reading.latest = True
        return start - at + latest
    if start >= view.end(at):
        return 0
    text = view.tokens[start].text.removeprefix("@")
    # "@dev" is a ref; "@bob" is somebody who is called.
    marked = text != view.tokens[start].text and fold(text) in grammar.branches
    if not is_ref_name(text) or (view.names.skill(text) and not marked) or view.keys[start] in grammar.pronouns:
        return 0
    if not view.tokens[start].quoted and (
        grammar.is_function_word(text) or (noun and view.keys[start] in grammar.common)
    ):
        return 0
    behind = start + 1 < view.end(at) and view.keys[start + 1] in grammar.places_after
    known_form = _VERSION.fullmatch(text) or ((lead or behind) and view.keys[start] in grammar.branches)
    if _is_branch(view, start):
        reading.add("ref", text)
        stop = start + 1 + view.phrase(grammar.ref_trails, start + 1)
        return stop - at + view.phrase(grammar.ref_nouns, stop)
    if has_hangul(text):
        return 0
    if noun or marked or known_form or (view.keys[at] in grammar.ref_marks and _is_lone_ref(view, start)):
        reading.add("ref", text)
        stop = start + 1 + view.phrase(grammar.ref_nouns, start + 1)
        # "v2.1 태그로": where no tags are spoken of, the noun behind a version is that of the ref.
        is_tag = known_form and has_hangul(view.sentence.text) and not view.takes & {"tag", "tags"}
        return stop - at + (view.phrase(grammar.tag_trails, stop) if is_tag else 0)
    return 0


def _is_branch(view: View, at: int) -> bool:
    """Say whether the word at ``at`` is called a branch by the noun behind it."""
    text, key = view.tokens[at].text, view.keys[at]
    if not view.phrase(view.grammar.ref_trails, at + 1) or not text.isascii():
        return False
    little = view.grammar.is_little(key) or key in view.grammar.common or key in view.grammar.ref_nouns
    return not little and view.names.provider(text) is None


def _is_lone_ref(view: View, at: int) -> bool:
    """Say whether X in "at X" can be nothing but a ref."""
    text, key = view.tokens[at].text, view.keys[at]
    if key in view.grammar.common or view.grammar.is_function_word(key):
        return False
    return not is_hour(text) and view.names.provider(text) is None and not view.names.near_providers(text)


def _code(view: View, at: int) -> int:
    token = view.tokens[at]
    text = token.text.removeprefix("#")
    neighbours = (view.keys[at - 1] if at else "", view.keys[at + 1] if at + 1 < len(view.keys) else "")
    named = any(key in view.grammar.request_nouns for key in neighbours) and _CODE.fullmatch(text) is not None
    if token.key in view.grammar.words:
        return 0
    certain = is_code(token)
    behind = at > min(view.head.positions, default=-1) or has_hangul(view.sentence.text)
    if not certain and not (behind and text.isascii() and _LOOSE_CODE.fullmatch(text.upper() if named else text)):
        return 0
    if "skills" in view.takes and view.names.skill(text):
        return 0
    view.reading.guesses += not certain
    view.reading.add("code", text.upper())
    return 1


def _source(view: View, at: int) -> int:
    text = view.tokens[at].text
    if not looks_like_source(text):
        return 0
    if "source" in view.takes:
        view.reading.add("source", text)
        return 1
    skills = [view.names.skill(part) for part in text.split("/")]
    for skill in skills if all(skills) else [text]:  # pdf/docx are two skills where both are known
        view.reading.add("skills", skill or text)
    return 1


def _moment(slot: str) -> Callable[[View, int], int]:
    def recognise(view: View, at: int) -> int:
        value, used = view.moments.read(slot, view.keys, at, view.end(at))
        if used:
            view.reading.add(slot, value)
        return used

    return recognise


def _role(view: View, at: int) -> int:
    used = view.phrase(view.grammar.roles, at)
    if used and "role" in view.reading.values:
        return 0  # "admin: make bob an admin" names its speaker
    if used:
        view.reading.add("role", view.grammar.lexicon.roles[" ".join(view.keys[at : at + used])])
    return used


def _language(view: View, at: int) -> int:
    if view.keys[at] not in view.grammar.languages:
        return 0
    view.reading.add("language", view.grammar.lexicon.languages[view.keys[at]])
    return 1


def _timezone(view: View, at: int) -> int:
    text = view.tokens[at].text
    if zone := view.grammar.lexicon.zones.get(view.keys[at]):
        view.reading.add("timezone", zone)
        return 1
    if not _ZONE.fullmatch(text):
        return 0
    view.reading.add("timezone", text.upper() if "/" not in text else text.title() if text.islower() else text)
    return 1


def _mode(view: View, at: int) -> int:
    for mode, words in view.grammar.modes.items():
        if used := view.phrase(words, at):
            view.reading.add("mode", mode)
            return used
    return 0


def _known_skill(view: View, at: int) -> tuple[str | None, int]:
    """Return the skill that the words from ``at`` name, and where its name ends."""
    for stop in range(view.run(at), at, -1) if view.names.may_begin(view.tokens[at].text) else ():
        spoken = view.spoken(at, stop)
        name = view.names.skill(spoken)
        if name is not None and not (view.place and view.names.provider(spoken)):
            return name, stop
    return None, at


def _skill(view: View, at: int) -> int:
    token = view.tokens[at]
    if not token.quoted and view.grammar.is_little(token.key):
        return 0
    name, stop = _known_skill(view, at)
    if name is not None:
        view.group.append((token, name))
        return stop - at
    name, _, ref = token.text.rpartition("@")
    skill = view.names.skill(name) if name and "ref" in view.takes else None
    if skill is None or not is_ref_name(ref):
        return 0
    view.group.append((token, skill))
    view.reading.add("ref", ref)
    return 1


def _provider(view: View, at: int) -> int:
    slot = "providers" if "providers" in view.takes else "provider"
    for stop in range(view.run(at), at, -1) if view.names.may_begin(view.tokens[at].text) else ():
        spoken = view.spoken(at, stop)
        names = view.names.provider(spoken)
        if names is None:
            continue
        if view.reading.rule.intent == "connect_provider":
            names = (view.names.kind(spoken) or names[0],)
        if len(names) > 1:
            view.reading.ask(slot, names)
        else:
            view.reading.add(slot, names[0])
        view.place, view.listing = False, True
        return stop - at
    return 0


def _all(view: View, at: int) -> int:
    grammar = view.grammar
    for slot, words in (("skills", grammar.all_skills), ("providers", grammar.all_providers)):
        if slot in view.takes and (used := view.phrase(words, at)):
            view.reading.add(slot, EVERY)
            return used
    used = view.phrase(grammar.everything, at)
    if not used or "skills" not in view.takes:
        return 0
    placed = view.place or ("providers" in view.takes and view.phrase(grammar.places_after, at + used) > 0)
    named = any(view.reading.values.get("skills", ())) or any(name is not None for _, name in view.group)
    # "pdf랑 docx 다" are these two, and not all there are.
    if not (named and has_hangul(view.keys[at])):
        view.reading.add("providers" if placed else "skills", EVERY)
    elif placed:
        view.reading.unexplained.append(view.tokens[at])
    return used


def _last(view: View, at: int) -> int:
    used = view.phrase(view.grammar.last, at)
    view.reading.last |= used > 0
    return used


def _pronoun(view: View, at: int) -> int:
    used = view.phrase(view.grammar.pronouns, at)
    view.reading.pronoun |= used > 0
    return used


def _owner(view: View, at: int) -> int:
    """Take whoever is said to do it, in front of the phrase."""
    token = view.tokens[at]
    if at + 1 not in view.head.positions or token.key in view.grammar.common or not token.key.isalpha():
        return 0
    view.reading.add("owner", token.text.removeprefix("@"))
    return 1


def _tags_before(view: View, at: int) -> int:
    """Take tags that stand before the noun, as in "office랑 forms 태그"."""
    slot = "tag" if "tag" in view.takes else "tags"
    stop = at
    found: list[str] = []
    while stop < view.run(at) and not view.phrase(view.grammar.tag_trails, stop):
        text, key = view.tokens[stop].text, view.keys[stop]
        if view.grammar.conjunctions.longest(view.keys, stop, stop + 1) and found:
            stop += 1
            continue
        if not _TAG.fullmatch(text) or _cannot_be_tag(view, key) or view.names.skill(text):
            return 0
        found.append(text.removeprefix("#"))
        stop += 1
    used = view.phrase(view.grammar.tag_trails, stop) if found and stop < view.end(at) else 0
    for tag in found if used else ():
        view.reading.add(slot, tag)
    return stop - at + used if used else 0


def _tags(view: View, at: int) -> int:
    if used := _tags_before(view, at):
        return used
    rule = view.reading.rule
    leads = view.grammar.tag_marks if "tags!" in rule.takes else view.grammar.tag_leads
    lead = view.phrase(leads, at)
    announced = lead > 0 or _is_announced(view, at)
    slot = "tag" if "tag" in view.takes else "tags"
    stop = at + lead
    while announced and stop < view.end(at) and _TAG.fullmatch(view.tokens[stop].text):
        key = view.keys[stop]
        if key not in view.grammar.conjunctions:
            listed = view.tokens[stop].separated or view.keys[stop - 1] in view.grammar.conjunctions
            if stop > at + lead and not listed:
                break
            if not _is_letter(view, stop) and _cannot_be_tag(view, key):
                break
            if view.grammar.begins_request(view.keys, stop, other_than=rule.intent):
                break
            view.reading.add(slot, view.tokens[stop].text.removeprefix("#"))
        stop += 1
    return stop - at if stop > at + lead else 0


def _is_announced(view: View, at: int) -> bool:
    """Say whether the phrase itself ends with the noun, as in "add the tag X"."""
    phrase = len(view.head.positions) > 1 and at - 1 in view.head.positions
    return phrase and at > 0 and view.keys[at - 1] in {"tag", "tags"}


def _cannot_be_tag(view: View, key: str) -> bool:
    grammar = view.grammar
    return key in grammar.glue or key in grammar.ref_nouns or grammar.is_function_word(key)


def _is_letter(view: View, at: int) -> bool:
    """Say whether the article at ``at`` is a member of a list instead: it has nothing to stand before."""
    if len(view.keys[at]) > 1:
        return False
    behind = at + 1
    if behind < view.end(at):
        return view.tokens[behind].separated or view.keys[behind] in view.grammar.conjunctions
    return view.tokens[at].separated or view.keys[at - 1] in view.grammar.conjunctions


def _quotation(view: View, at: int) -> int:
    """Return where the words end that a quotation mark before the one at ``at`` holds together."""
    text, token = view.sentence.text, view.tokens[at]
    mark = text[token.start - 1] if token.quoted and token.start else ""
    end = text.find(mark, token.end) if mark in {'"', "'", "`"} and mark else -1
    return next((i for i in range(at + 1, view.end(at)) if view.tokens[i].start >= end), at + 1) if end >= 0 else at + 1


def _name(view: View, at: int) -> int:
    stop = _quotation(view, at)
    if trail := view.phrase(view.grammar.name_trails, stop):
        view.reading.add("name", view.spoken(at, stop))
        return stop - at + trail
    if at < min(view.head.positions, default=-1) and not has_hangul(view.sentence.text):
        return 0
    lead = view.phrase(view.grammar.name_leads, at)
    stop = view.run(at + lead) if lead and at + lead < view.end(at) else at
    while stop > at + lead and view.phrase(view.grammar.fillers, stop - 1):
        stop -= 1
    if stop <= at + lead:
        return 0
    view.reading.add("name", view.spoken(at + lead, stop))
    return stop - at


def _person(view: View, at: int) -> int:
    lead = view.phrase(view.grammar.person_leads, at)
    start = at + lead
    if not lead or start >= view.end(at) or view.keys[start] in view.grammar.common:
        return 0
    if view.names.skill(view.tokens[start].text) or view.names.provider(view.tokens[start].text):
        return 0
    view.reading.add("user", view.tokens[start].text.removeprefix("@"))
    return lead + 1


#: Which recogniser fills which slots, in the order in which they are asked.
RECOGNISERS: tuple[tuple[frozenset[str], Callable[[View, int], int]], ...] = (
    (frozenset({"ref"}), _ref),
    (frozenset({"code"}), _code),
    (frozenset({"source", "skills"}), _source),
    (frozenset({"owner"}), _owner),
    (frozenset({"until"}), _moment("until")),
    (frozenset({"back"}), _moment("back")),
    (frozenset({"days"}), _moment("days")),
    (frozenset({"limit"}), _moment("limit")),
    (frozenset({"role"}), _role),
    (frozenset({"language"}), _language),
    (frozenset({"timezone"}), _timezone),
    (frozenset({"mode"}), _mode),
    (frozenset({"name"}), _name),
    (frozenset({"skills"}), _skill),
    (frozenset({"providers", "provider"}), _provider),
    (frozenset({"skills", "providers"}), _all),
    (frozenset({"last"}), _last),
    (frozenset({"last", "skills", "source"}), _pronoun),
    (frozenset({"tag", "tags"}), _tags),
    (frozenset({"by"}), _person),
)

#: Those that find nothing where no phrase begins.
OF_PHRASES = frozenset({_role, _mode, _all, _last, _pronoun})
