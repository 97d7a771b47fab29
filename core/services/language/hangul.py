"""Korean words taken apart: nouns, particles, verbs and their endings, by the cheapest way to explain all of a word.

Letters are compared one by one (as NFD has them), because an ending often begins within a syllable: the ``ㄹ게`` of
"할게" belongs to no syllable of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: What is dropped from a sentence: it only shows which part the word beside it plays.
NOTHING = ""
_RUN = re.compile(r"[가-힣]+|[ㄱ-ㅎㅏ-ㅣ]+|[^가-힣ㄱ-ㅎㅏ-ㅣ]+")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_LAUGHTER = re.compile(r"[ㅋㅎㅠㅜㅡ]+")
_FINALS = {"ㄴ": "\u11ab", "ㄹ": "\u11af", "ㅁ": "\u11b7", "ㅂ": "\u11b8", "ㅆ": "\u11bb"}
_FIRST_SYLLABLE, _FINALS_PER_VOWEL, _FINAL_L = 0xAC00, 28, 8
# Costs: the words that are known explain a word best; a particle costs little; an unknown stretch costs more than any
# way to explain it, and the more the longer it is.
_NOUN, _PARTICLE, _LIGHT, _VERB, _JOINED, _DISAGREES = 1.0, 0.3, 1.1, 1.0, 0.4, 0.6
_UNKNOWN, _SYLLABLE, _BEHIND_UNKNOWN = 4.0, 2.0, 2.0


@dataclass(frozen=True)
class Morphology:
    """How the words of Korean are built. All of it is data; ``|`` separates alternatives.

    ``particles`` lead to the key of the token that they become. A form behind a mark agrees with what stands before:
    ``+`` wants a final consonant, ``-`` wants none. ``verbs`` lead from a stem to its other forms, which need no
    ending unless they end with ``-``; ``nouns`` are spelt like a stem. ``light`` verbs are grammar: they say nothing
    but their ending; ``helping`` verbs are so where they continue a word. ``endings`` lead from a class, the key of
    the token that an ending becomes, to the endings; a leading single consonant closes the syllable before.
    """

    particles: Mapping[str, str]
    verbs: Mapping[str, str]
    nouns: frozenset[str]
    light: frozenset[str]
    helping: frozenset[str]
    endings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a word: the letters ``start`` to ``end`` of it, and what it counts as."""

    start: int
    end: int
    key: str


@dataclass(order=True)
class _Way:
    cost: float
    parts: tuple[Part, ...] = field(compare=False)


def has_hangul(text: str) -> bool:
    """Say whether any letter of ``text`` is Korean."""
    return _HANGUL.search(text) is not None


def letters(text: str) -> str:
    """Return ``text`` letter by letter: the syllables of Korean taken apart."""
    return unicodedata.normalize("NFD", text)


class Analyser:
    """Takes words apart by one morphology and the words that a grammar knows."""

    def __init__(self, morphology: Morphology, words: frozenset[str]) -> None:
        """Know ``words`` besides the verbs."""
        self._words = words - frozenset(morphology.verbs) | morphology.nouns
        self._light = morphology.light
        self._helping = morphology.helping
        self._particles: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for surfaces, key in morphology.particles.items():
            for surface in surfaces.split("|"):
                mark = surface[0] if surface[0] in "+-" else ""
                spelt = surface[len(mark) :]
                self._particles[spelt[0]].append((spelt, mark, key))
        self._endings = {
            _written(ending): name for name, endings in morphology.endings.items() for ending in endings.split("|")
        }
        self._longest = max(map(len, self._endings))
        self._forms: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for stem, others in morphology.verbs.items():
            for index, form in enumerate((stem, *others.split())):
                written = letters(form.rstrip("-"))
                self._forms[written[0]].append((written, stem, index > 0 and not form.endswith("-")))

    def parts(self, word: str, known: Callable[[str], bool]) -> tuple[Part, ...]:
        """Return the pieces of ``word`` that say something; ``known`` tells names."""
        if not has_hangul(word):
            return (Part(0, len(word), word),)
        if word in self._words or known(word):
            return (Part(0, len(word), word),)
        found: list[Part] = []
        at = self._mixed_name(word, known)
        if at:
            found.append(Part(0, at, word[:at]))
        for run in _RUN.finditer(word, at):
            text, start = run[0], run.start()
            if not has_hangul(text):
                found.append(Part(start, run.end(), text))
            elif not _LAUGHTER.fullmatch(text):
                found += self._run(word, start, run.end(), known)
        return tuple(found)

    def _mixed_name(self, word: str, known: Callable[[str], bool]) -> int:
        """Return the length of a name in both scripts at the beginning of ``word``, as in "챗gpt에"."""
        runs = [run.end() for run in _RUN.finditer(word)]
        return next((end for end in reversed(runs[1:-1]) if known(word[:end])), 0)

    def _run(self, word: str, start: int, end: int, known: Callable[[str], bool]) -> tuple[Part, ...]:
        """Return the pieces of the syllables from ``start`` to ``end``, the cheapest way."""
        ways: list[dict[str, _Way]] = [{} for _ in range(end - start + 1)]
        ways[0]["noun" if start else "start"] = _Way(0.0, ())
        for at, here in enumerate(ways[:-1]):
            for kind, way in here.items():
                for stop, becomes, cost, parts in self._steps(word, start + at, end, kind, known):
                    reached = _Way(way.cost + cost, way.parts + parts)
                    there = ways[stop - start]
                    if becomes not in there or reached < there[becomes]:
                        there[becomes] = reached
        return min(ways[-1].values()).parts if ways[-1] else (Part(start, end, word[start:end]),)

    def _steps(
        self, word: str, at: int, end: int, kind: str, known: Callable[[str], bool]
    ) -> list[tuple[int, str, float, tuple[Part, ...]]]:
        """Return what may stand at ``at`` behind something of ``kind``: where it ends, its kind, cost and pieces."""
        joined = _JOINED if kind in {"particle", "verb"} else 0.0
        steps: list[tuple[int, str, float, tuple[Part, ...]]] = []
        for stop in range(at + 1, end + 1):
            text = word[at:stop]
            part = (Part(at, stop, text),)
            if text in self._words or known(text):
                behind = _BEHIND_UNKNOWN if kind == "unknown" else joined
                steps.append((stop, "noun", _NOUN + behind, part))
            elif kind != "noun":
                late = 0.0 if kind == "start" else _UNKNOWN
                steps.append((stop, "unknown", _UNKNOWN + late + _SYLLABLE * (stop - at), part))
        if kind in {"noun", "unknown", "particle"}:
            for surface, mark, key in self._particles.get(word[at], ()):
                if not word.startswith(surface, at) or at + len(surface) > end:
                    continue
                agrees = _agrees(word[at - 1], mark, surface)
                if agrees or kind != "unknown":
                    stop = at + len(surface)
                    parts = (Part(at, stop, key),) if key else ()
                    steps.append((stop, "particle", _PARTICLE + (0 if agrees else _DISAGREES), parts))
        return steps + [(stop, "verb", cost + joined, parts) for stop, cost, parts in self._verbs(word, at, end, kind)]

    def _verbs(self, word: str, at: int, end: int, kind: str) -> list[tuple[int, float, tuple[Part, ...]]]:
        rest = letters(word[at:end])
        if rest[0] not in self._forms:
            return []
        bounds: dict[int, int] = {0: at}
        size = 0
        for index in range(at, end):
            size += len(letters(word[index]))
            bounds[size] = index + 1
        found = []
        for form, stem, complete in self._forms.get(rest[0], ()):
            if not rest.startswith(form):
                continue
            for size, stop in bounds.items():
                ending = rest[len(form) : size]
                if size < len(form) or len(ending) > self._longest or (not ending and not complete):
                    continue
                name = self._endings.get(ending) if ending else NOTHING
                if name is not None:
                    cost = _LIGHT if stem in self._light | self._helping else _VERB
                    found.append((stop, cost, self._said(stem, name, at, stop, helps=kind != "start")))
        return found

    def _said(self, stem: str, ending: str, start: int, stop: int, *, helps: bool) -> tuple[Part, ...]:
        """Return what a verb says: its stem, unless that is grammar, and its ending, unless that only asks for it."""
        silent = stem in self._light or (helps and not ending and stem in self._helping)
        keys = [key for key in (NOTHING if silent else stem, ending) if key]
        return tuple(Part(start, stop, key) for key in keys)


def _written(ending: str) -> str:
    return _FINALS.get(ending[0], letters(ending[0])) + letters(ending[1:])


def _agrees(before: str, mark: str, surface: str) -> bool:
    if not mark or not "가" <= before <= "힣":
        return True
    final = (ord(before) - _FIRST_SYLLABLE) % _FINALS_PER_VOWEL
    return (final > 0) == (mark == "+") or (final == _FINAL_L and surface == "로")
