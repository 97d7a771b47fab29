"""Times and numbers in sentences: "until friday", "for 3 days", "last 7 days", "last 5"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from core.services.language.lexicon import Lexicon

_MOST_DAYS = 366
_MOST_ROWS = 100


class Moments:
    """Reads times relative to ``now``; without it only those that need none."""

    def __init__(self, lexicon: Lexicon, now: datetime | None) -> None:
        """Read in the words of ``lexicon``."""
        self._lexicon = lexicon
        self._now = now
        self._leads = {slot: frozenset(words.split("|")) for slot, words in lexicon.time_leads.items()}

    def read(self, slot: str, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        """Return the value of ``slot`` (until, days or limit) in the words from ``at``, and how many words it took."""
        start = at
        while start < end and keys[start] in self._leads[slot]:
            start += 1
        if start >= end:
            return "", 0
        if slot == "until":
            value, used = self._until(keys, start, end) if start > at else ("", 0)
        elif slot == "days":
            value, used = self._days(keys, start, end)
        else:
            value, used = self._limit(keys, start, end)
        return value, start - at + used if used else 0

    def _until(self, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        """Return the beginning of a named day, or the moment after a length of time: the shorter reading of each."""
        word = keys[at]
        try:
            named = datetime.fromisoformat(word)
        except ValueError:
            named = None
        if named is not None:
            return (named if named.tzinfo else named.replace(tzinfo=self._zone)).isoformat(), 1
        if self._now is None:
            return "", 0
        days, used = self._length(keys, at, end)
        if used:
            return (self._now + timedelta(days=days)).isoformat(), used
        if word in self._lexicon.weekdays:
            ahead = (self._lexicon.weekdays.index(word) - self._now.weekday()) % 7 or 7
        elif word == self._lexicon.tomorrow:
            ahead = 1
        else:
            return "", 0
        midnight = self._now.replace(hour=0, minute=0, second=0, microsecond=0)
        return (midnight + timedelta(days=ahead)).isoformat(), 1

    @property
    def _zone(self) -> tzinfo:
        return (self._now and self._now.tzinfo) or UTC

    def _length(self, keys: Sequence[str], at: int, end: int) -> tuple[int, int]:
        """Return a number of days and the words it took."""
        counted = keys[at].isdecimal() and len(keys[at]) <= len(str(_MOST_DAYS))
        count = int(keys[at]) if counted else 1
        unit = at + (counted or keys[at] in self._lexicon.one.split("|"))
        if unit < end and keys[unit] in self._lexicon.units:
            return count * self._lexicon.units[keys[unit]], unit + 1 - at
        return 0, 0

    def _days(self, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        days, used = self._length(keys, at, end)
        return (str(days), used) if 1 <= days <= _MOST_DAYS else ("", 0)

    def _limit(self, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        if not keys[at].isdecimal() or not 1 <= int(keys[at][:4]) <= _MOST_ROWS:
            return "", 0
        rows = at + 1 < end and keys[at + 1] in self._lexicon.row_nouns.split("|")
        return keys[at], 1 + rows
