"""Names of skills and providers: exact first, then what is near enough to be offered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from core.domain.intents import Vocabulary
from core.services.language.hangul import has_hangul, letters
from core.services.language.normalise import fold

#: A name that scores less (0 to 100) is another name, not a misspelt one.
NEAR = 72
#: As many are offered; the fifth button is for none of them.
MOST_OFFERED = 4
#: Names have at most this many words.
LONGEST_NAME = 6

# As many letters of a name tell it from most words of a sentence.
_BEGINNING = 3
_SEPARATORS = re.compile(r"[\s_\-.]+")
# More of them are not compared: the best share most of their letters with the name.
_SHORTLIST = 400


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """Return ``text`` without what people leave out of names: case, hyphens, underscores, dots and spaces.

    Korean is taken apart into letters: a slip is one of them, not a syllable.
    """
    return letters(_SEPARATORS.sub("", fold(text)))


class NameIndex:
    """The names of one vocabulary, made searchable once."""

    def __init__(self, vocabulary: Vocabulary, aliases: Mapping[str, str]) -> None:
        """Index ``vocabulary``; ``aliases`` lead from spoken names to provider kinds."""
        self.skills = vocabulary.skills
        self._skills: dict[str, str] = {}
        self._exact = {name: name for name in vocabulary.skills}
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for name in vocabulary.skills:
            key = squeeze(name)
            if key in self._skills:
                continue
            self._skills[key] = name
            for pair in {key[i : i + 2] for i in range(len(key) - 1)}:
                self._by_pair[pair].append(key)
        self.providers = vocabulary.providers
        self._kinds: dict[str, list[str]] = defaultdict(list)
        for provider in vocabulary.providers:
            self._kinds[provider.kind].append(provider.display_name)
        self._kind_of = {p.display_name: p.kind for p in vocabulary.providers}
        self._display = {squeeze(p.display_name): p.display_name for p in vocabulary.providers}
        self._aliases = {squeeze(alias): kind for alias, kind in aliases.items()}
        self._aliases |= {squeeze(kind): kind for kind in self._kinds}
        self._beginnings = {
            name[:_BEGINNING] for names in (self._skills, self._display, self._aliases) for name in names
        }
        spoken = (*vocabulary.skills, *(provider.display_name for provider in vocabulary.providers), *aliases)
        #: The Korean names, and the words of those that have several.
        self.korean = frozenset(
            word for name in spoken if has_hangul(name) for word in (fold(name), *fold(name).split())
        )

    def may_begin(self, spoken: str) -> bool:
        """Say whether the name of a skill or a provider may begin so; it is never wrongly denied."""
        key = squeeze(spoken)
        return len(key) < _BEGINNING or key[:_BEGINNING] in self._beginnings

    def skill(self, spoken: str) -> str | None:
        """Return the skill that is called so, whatever its case, hyphens and spaces."""
        return self._exact.get(spoken) or self._skills.get(squeeze(spoken))

    def provider(self, spoken: str) -> tuple[str, ...] | None:
        """Return what is called so by display name, kind or alias: several names have to be told apart."""
        key = squeeze(spoken)
        display = self._display.get(key)
        if display is not None:
            return (self._kind_of[display] if len(self._kinds[self._kind_of[display]]) == 1 else display,)
        kind = self._aliases.get(key)
        if kind is None:
            return None
        several = self._kinds.get(kind, [])
        return tuple(several) if len(several) > 1 else (kind,)

    def kind(self, spoken: str) -> str | None:
        """Return the provider kind that is called so."""
        key = squeeze(spoken)
        return self._aliases.get(key) or self._kind_of.get(self._display.get(key, ""))

    def canonical_providers(self) -> tuple[tuple[str, str], ...]:
        """Return (name in actions, display name) of every provider."""
        return tuple(
            (p.kind if len(self._kinds[p.kind]) == 1 else p.display_name, p.display_name) for p in self.providers
        )

    def near_skills(self, spoken: str) -> tuple[str, ...]:
        """Return the skills that could be meant by ``spoken``, the likeliest first."""
        key = squeeze(spoken)
        votes: dict[str, int] = defaultdict(int)
        exchanged = (key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(len(key) - 1))
        swapped = tuple(self._skills[slip] for slip in exchanged if slip in self._skills)
        if swapped:
            return swapped[:MOST_OFFERED]
        pairs = sorted({key[i : i + 2] for i in range(len(key) - 1)}, key=lambda pair: len(self._by_pair.get(pair, ())))
        for pair in pairs:
            # The rarest pairs decide; frequent ones are in half of the catalogue and would cost the time.
            if len(votes) > _SHORTLIST:
                break
            for name in self._by_pair.get(pair, ()):
                votes[name] += 1
        return tuple(self._skills[name] for name in _nearest(key, votes))

    def near_providers(self, spoken: str) -> tuple[str, ...]:
        """Return the names of the providers that could be meant by ``spoken``."""
        found: dict[str, None] = {}
        connected = {a: k for a, k in self._aliases.items() if k in self._kinds}
        for name in _nearest(squeeze(spoken), [*self._display, *connected]):
            found |= dict.fromkeys(self.provider(name) or ())
        return tuple(found)


def _nearest(key: str, names: Iterable[str]) -> tuple[str, ...]:
    best = process.extract(key, tuple(names), scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_OFFERED)
    return tuple(name for name, _, _ in best)
