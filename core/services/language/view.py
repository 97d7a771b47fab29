"""A sentence being read under one of its heads, and what was found in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from core.domain.actions import EVERY
from core.services.language.lexicon import Rule
from core.services.language.names import LONGEST_NAME, NameIndex
from core.services.language.normalise import Sentence, Token
from core.services.language.phrase_set import PhraseSet
from core.services.language.phrases import Grammar, Head
from core.services.language.times import Moments

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
    #: "too": what is not said is as it was the last time.
    likewise: bool = False
    #: How many names are only believed, because nothing known is like them.
    guesses: int = 0
    comment: str | None = None
    #: Where the names stand, as (offset in the text, slot).
    spots: list[tuple[int, str]] = field(default_factory=list)
    offset: int = 0
    #: The names take turns or contradict each other, or a decision comes with a condition, a doubt, a limit or a
    #: second request.
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

    @property
    def is_overstated(self) -> bool:
        """Whether everything is said beside names, as in "thank you all, remove pdf": it may stand for no name."""
        named = (self.values.get(slot, ()) for slot in ("skills", "providers"))
        return any(EVERY in names and len(names) > 1 for names in named)

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

    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        end = len(self.keys)
        self._ends = [end] * (end + 1)
        for at in range(len(self.keys) - 1, -1, -1):
            end = at if at in self.head.positions else end
            self._ends[at] = end

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the sentence."""
        return self.sentence.tokens

    def end(self, at: int) -> int:
        """Return where the words from ``at`` are interrupted by the head."""
        return self._ends[at]

    def run(self, at: int) -> int:
        """Return where the words from ``at`` are interrupted by the head or a comma, at most a name's length away."""
        end = min(self.end(at), at + LONGEST_NAME)
        return next((i for i in range(at + 1, end) if self.tokens[i].separated), end)

    def phrase(self, words: PhraseSet, at: int) -> int:
        """Return how many words from ``at`` are one of ``words``."""
        keys = self.keys
        return words.longest(keys, at, self._ends[at]) if at < len(keys) and words.begins(keys[at]) else 0

    def spoken(self, start: int, stop: int) -> str:
        """Return words as written."""
        return " ".join(token.text for token in self.tokens[start:stop])
