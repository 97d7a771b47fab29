"""Slots: what each of them looks like in a sentence. A recogniser returns how many words it took, 0 for none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from core.domain.actions import EVERY
from core.domain.base import CODE_ALPHABET
from core.domain.sources import is_ref_name, looks_like_source
from core.services.language.lexicon import Rule
from core.services.language.names import LONGEST_NAME, NameIndex
from core.services.language.normalise import Sentence, Token
from core.services.language.phrases import Grammar, Head, PhraseSet
from core.services.language.times import Moments

_VERSION = re.compile(r"v\d+(?:\.\d+)*(?:-[\w.]+)?|\d+(?:\.\d+)+(?:-[\w.]+)?|(?=.*\d)[0-9a-f]{7,40}", re.IGNORECASE)
_CODE = re.compile(rf"[{CODE_ALPHABET}]{{4,8}}", re.IGNORECASE)
# People type codes from memory: O for 0, and words that are none.
_LOOSE_CODE = re.compile(r"[A-Z0-9]{4,8}")
_ZONE = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+\-]+)+|UTC|GMT", re.IGNORECASE)
_TAG = re.compile(r"#?\w[\w.\-]*")
#: Stands in a slot for a name that has to be asked for.
ASKED = "?"


@dataclass(frozen=True)
class Near:
    """A name that nothing is called, and what it could be a slip of."""

    slot: str
    names: tuple[str, ...]


@dataclass
class Reading:
    """The slots of a sentence under one rule."""

    rule: Rule
    head: Head
    values: dict[str, list[str]] = field(default_factory=dict)
    #: Names to ask about: misspelt ones, and providers of one kind that were not told apart.
    near: list[Near] = field(default_factory=list)
    unexplained: list[Token] = field(default_factory=list)
    pronoun: bool = False
    last: bool = False
    latest: bool = False
    #: How many names are only believed, because nothing known is like them.
    guesses: int = 0
    comment: str | None = None
    #: Where the names stand, as (offset in the text, slot).
    spots: list[tuple[int, str]] = field(default_factory=list)
    offset: int = 0
    #: The names take turns, or a decision comes with a condition, a doubt, a limit or a second request.
    trap: bool = False

    def add(self, slot: str, value: str) -> None:
        """Add ``value`` to a slot, once."""
        self.spots.append((self.offset, slot))
        values = self.values.setdefault(slot, [])
        if value not in values or value == ASKED:
            values.append(value)

    @property
    def is_mixed(self) -> bool:
        """Whether names take turns, as in "pdf on claude and docx on gemini", so that they are not one list."""
        turns = [slot for slot, _ in itertools.groupby(slot for _, slot in sorted(self.spots))]
        return any(turns.count(slot) > 1 for slot in ("skills", "providers"))

    def ask(self, slot: str, names: tuple[str, ...]) -> None:
        """Leave a place in a slot for one of ``names``."""
        self.add(slot, ASKED)
        self.near.append(Near(slot, names))


@dataclass
class View:
    """A sentence being read under one of its heads, and what was found so far."""

    sentence: Sentence
    head: Head
    grammar: Grammar
    names: NameIndex
    moments: Moments
    reading: Reading
    takes: frozenset[str]
    keys: tuple[str, ...]
    #: Neighbours that may be the words of one name, with the skill they are known as.
    group: list[tuple[Token, str | None]] = field(default_factory=list)
    #: Whether a word such as "on" announces a provider.
    place: bool = False
    #: Whether the last name was a provider, so that "and" may bring another one.
    listing: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the sentence."""
        return self.sentence.tokens

    def end(self, at: int) -> int:
        """Return where the words from ``at`` are interrupted by the head."""
        return next((i for i in range(at, len(self.keys)) if i in self.head.positions), len(self.keys))

    def run(self, at: int) -> int:
        """Return where the words from ``at`` are interrupted by the head or a comma, at most a name's length away."""
        end = min(self.end(at), at + LONGEST_NAME)
        return next((i for i in range(at + 1, end) if self.tokens[i].separated), end)

    def phrase(self, words: PhraseSet, at: int) -> int:
        """Return how many words from ``at`` are one of ``words``."""
        return words.longest(self.keys, at, self.end(at)) if at < len(self.keys) else 0

    def spoken(self, start: int, stop: int) -> str:
        """Return words as written."""
        return " ".join(token.text for token in self.tokens[start:stop])


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
    if latest := view.phrase(grammar.latest, start):
        reading.latest = True
        return start - at + latest
    if start >= view.end(at):
        return 0
    marked = view.tokens[start].text.startswith("@")
    text = view.tokens[start].text.removeprefix("@")
    if not is_ref_name(text) or (view.names.skill(text) and not marked):
        return 0
    known_form = _VERSION.fullmatch(text) or (lead and view.keys[start] in grammar.branches)
    if noun or marked or known_form or (view.keys[at] in grammar.ref_marks and _is_lone_ref(view, start)):
        reading.add("ref", text)
        return start - at + 1 + view.phrase(grammar.ref_nouns, start + 1)
    return 0


def _is_lone_ref(view: View, at: int) -> bool:
    """Say whether X in "at X" can be nothing but a ref."""
    text, key = view.tokens[at].text, view.keys[at]
    if key in view.grammar.common or view.grammar.is_function_word(key):
        return False
    return view.names.provider(text) is None and not view.names.near_providers(text)


def _code(view: View, at: int) -> int:
    token = view.tokens[at]
    text = token.text.removeprefix("#")
    named = at > 0 and view.keys[at - 1] in view.grammar.request_nouns and _CODE.fullmatch(text) is not None
    if token.key in view.grammar.words:
        return 0
    certain = is_code(token)
    behind = at > min(view.head.positions, default=-1)
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


def _skill(view: View, at: int) -> int:
    token = view.tokens[at]
    if not token.quoted and view.grammar.is_little(token.key):
        return 0
    for stop in range(view.run(at), at, -1):
        spoken = view.spoken(at, stop)
        name = view.names.skill(spoken)
        if name is not None and not (view.place and view.names.provider(spoken)):
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
    for stop in range(view.run(at), at, -1):
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
    if used and "skills" in view.takes:
        view.reading.add("providers" if view.place else "skills", EVERY)
        return used
    return 0


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


def _tags(view: View, at: int) -> int:
    rule = view.reading.rule
    leads = view.grammar.tag_marks if "tags!" in rule.takes else view.grammar.tag_leads
    lead = view.phrase(leads, at)
    slot = "tag" if "tag" in view.takes else "tags"
    stop = at + lead
    while lead and stop < view.end(at) and _TAG.fullmatch(view.tokens[stop].text):
        key = view.keys[stop]
        if key not in view.grammar.conjunctions:
            if not _is_letter(view, stop) and _cannot_be_tag(view, key):
                break
            if view.grammar.begins_request(view.keys, stop, other_than=rule.intent):
                break
            view.reading.add(slot, view.tokens[stop].text.removeprefix("#"))
        stop += 1
    return stop - at if stop > at + lead else 0


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


def _name(view: View, at: int) -> int:
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
    (frozenset({"last", "skills"}), _pronoun),
    (frozenset({"tag", "tags"}), _tags),
    (frozenset({"by"}), _person),
)
