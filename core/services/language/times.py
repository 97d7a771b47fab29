"""Times and numbers in sentences: "until friday", "for 3 days", "last 7 days", "last 5".

What somebody else does for me until Friday they still do on Friday: ``until`` is the last second of that day. Who is
away until Monday is back on Monday: ``back`` is its first moment. Days are those of the speaker's calendar, also where
a clock change makes one shorter or longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.services.language.lexicon import Lexicon

_MOST_DAYS = 366
_MOST_ROWS = 100
# Years that are near enough to be meant, and far enough from the ends of the calendar for every zone.
_YEARS = range(1970, 3000)


class Moments:
    """Reads times relative to ``now``; without it only those that need none."""

    def __init__(self, lexicon: Lexicon, now: datetime | None) -> None:
        """Read in the words of ``lexicon``."""
        self._lexicon = lexicon
        self._now = now
        self._leads = {slot: frozenset(words.split("|")) for slot, words in lexicon.time_leads.items()}

    def read(self, slot: str, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        """Return the value of ``slot`` (until, back, days or limit) in the words from ``at``, and how many it took."""
        start, leads = at, self._leads[slot]
        if slot == "back" and keys[at] in leads:
            leads = self._leads["until"]  # "away until next friday", but "away next week" does not begin now
        while start < end and keys[start] in leads:
            start += 1
        if start >= end:
            return "", 0
        if slot in {"until", "back"}:
            value, used = self._until(keys, start, end, first=slot == "back") if start > at else ("", 0)
        elif slot == "days":
            value, used = self._days(keys, start, end)
        else:
            value, used = self._limit(keys, start, end)
        return value, start - at + used if used else 0

    def _until(self, keys: Sequence[str], at: int, end: int, *, first: bool) -> tuple[str, int]:
        """Return the ``first`` moment or the last second of a named day, or the moment after a length of time."""
        word = keys[at]
        if value := self._written(word, first=first):
            return value, 1
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
        return self._edge(self._now.date() + timedelta(days=ahead), first=first), 1

    def _written(self, word: str, *, first: bool) -> str:
        """Return the moment that ``word`` writes down, as 2026-12-01 or 2026-12-01T15:00; empty when it does not."""
        try:
            moment, is_day = datetime.fromisoformat(word.upper()), len(word) <= len("2026-12-01")
        except ValueError:
            return ""
        if moment.year not in _YEARS:
            return ""
        if is_day:
            return self._edge(moment.date(), first=first)
        return (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).isoformat()

    def _edge(self, day: date, *, first: bool) -> str:
        """Return where ``day`` begins or ends in the speaker's zone."""
        if first:
            return datetime.combine(day, time(), self._zone).isoformat()
        following = datetime.combine(day + timedelta(days=1), time(), self._zone)
        return (following.astimezone(UTC) - timedelta(seconds=1)).astimezone(self._zone).isoformat()

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
