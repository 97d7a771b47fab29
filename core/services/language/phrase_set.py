"""Phrases of one meaning, looked for at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence


class PhraseSet:
    """Phrases of one meaning; ``longest`` says how many words of a sentence they cover."""

    def __init__(self, alternatives: str | Collection[str]) -> None:
        """Compile ``alternatives``, separated by ``|`` if they are one text."""
        parts = alternatives.split("|") if isinstance(alternatives, str) else alternatives
        self.phrases = frozenset(tuple(part.split()) for part in parts if part)
        self._lengths: dict[str, tuple[int, ...]] = {}
        for phrase in self.phrases:
            known = {*self._lengths.get(phrase[0], ()), len(phrase)}
            self._lengths[phrase[0]] = tuple(sorted(known, reverse=True))

    def begins(self, key: str) -> bool:
        """Say whether any phrase begins with ``key``."""
        return key in self._lengths

    def longest(self, keys: Sequence[str], start: int, end: int) -> int:
        """Return how many of ``keys`` from ``start``, before ``end``, are the longest phrase; 0 for none."""
        for length in self._lengths.get(keys[start], ()):
            if start + length <= end and tuple(keys[start : start + length]) in self.phrases:
                return length
        return 0

    def __contains__(self, word: object) -> bool:
        return (word,) in self.phrases
