"""Times and numbers in sentences: "until friday", "for 3 days", "last 7 days", "last 5".

What somebody else does for me until Friday they still do on Friday: ``until`` is the last second of that day. Who is
away until Monday is back on Monday: ``back`` is its first moment. Days are those of the speaker's calendar, also where
a clock change makes one shorter or longer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.services.language.hangul import has_hangul
from core.services.language.lexicon import Lexicon
from core.services.language.phrase_set import PhraseSet

_HOUR = re.compile(r"\d{1,2}(?::\d{2})?(?:[ap]m|h)?|noon|midnight", re.IGNORECASE)
_MOST_DAYS = 366
_MOST_ROWS = 100
# Years that are near enough to be meant, and far enough from the ends of the calendar for every zone.
_YEARS = range(1970, 3000)


def is_hour(text: str) -> bool:
    """Say whether ``text`` is a time of the day, as in "at 5pm", and so neither a ref nor a name."""
    return _HOUR.fullmatch(text) is not None


class Moments:
    """Reads times relative to ``now``; without it only those that need none."""

    def __init__(self, lexicon: Lexicon, now: datetime | None) -> None:
        """Read in the words of ``lexicon``."""
        self._lexicon = lexicon
        self._now = now
        self._trails = {slot: frozenset(words.split("|")) for slot, words in lexicon.time_trails.items()}
        self._day_leads = PhraseSet(lexicon.day_leads)
        self._next_week = PhraseSet(lexicon.next_week)
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
            value, used = self._until(keys, start, end, first=slot == "back")
        elif slot == "days":
            value, used = self._days(keys, start, end)
        else:
            value, used = self._limit(keys, start, end)
        stop = start + used
        while used and stop < end and keys[stop] in self._trails[slot]:
            stop += 1
        announced = start > at or stop > start + used or slot in {"days", "limit"} or self._is_span(keys, start, used)
        return (value, stop - at) if used and announced else ("", 0)

    def _is_span(self, keys: Sequence[str], at: int, used: int) -> bool:
        """Say whether the words are a length of time that Korean leaves bare, as in "2주 위임"."""
        return used > 0 and has_hangul(keys[at + used - 1]) and self._length(keys, at, at + used)[1] == used

    def _until(self, keys: Sequence[str], at: int, end: int, *, first: bool) -> tuple[str, int]:
        """Return the ``first`` moment or the last second of a named day, or the moment after a length of time."""
        word = keys[at]
        if value := self._written(word, first=first):
            return value, 1
        if self._now is None:
            return "", 0
        day, used = self._date(keys, at, end, self._now.date())
        if used:
            return (self._edge(day, first=first), used) if day else ("", 0)
        days, used = self._length(keys, at, end)
        if used:
            return (self._now + timedelta(days=days)).isoformat(), used
        week = self._next_week.longest(keys, at, end)
        named = at + (week or self._day_leads.longest(keys, at, end))
        if named >= end:
            return "", 0
        ahead = self._ahead(keys[named], self._now.weekday(), next_week=week > 0)
        if ahead is None:
            return "", 0
        return self._edge(self._now.date() + timedelta(days=ahead), first=first), named + 1 - at

    def _ahead(self, word: str, today: int, *, next_week: bool) -> int | None:
        """Return how many days from today the named day is; "다음 주" is the week that begins on Monday."""
        if word in self._lexicon.weekdays:
            weekday = self._lexicon.weekdays[word]
            return 7 - today + weekday if next_week else (weekday - today) % 7 or 7
        return None if next_week else self._lexicon.days_ahead.get(word)

    def _date(self, keys: Sequence[str], at: int, end: int, today: date) -> tuple[date | None, int]:
        """Return the next day that is called so, as in "12월 1일까지", and the words it took."""
        month, day = self._lexicon.month_day
        numbers, words = keys[at:end:2], keys[at + 1 : end : 2]
        if words[:2] == (month, day) and all(map(str.isdecimal, numbers[:2])):
            return self._next(today, int(numbers[0][:2]), int(numbers[1][:2])), 4
        if words[:1] == (day,) and numbers[0].isdecimal() and at + 2 < end and keys[at + 2] in self._trails["day"]:
            later = 0 if int(numbers[0][:2]) > today.day else 1
            return self._next(today, (today.month - 1 + later) % 12 + 1, int(numbers[0][:2])), 2
        return None, 0

    def _next(self, today: date, month: int, day: int) -> date | None:
        for year in (today.year, today.year + 1):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found >= today:
                return found
        return None

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

    def _length(self, keys: Sequence[str], at: int, end: int) -> tuple[float, int]:
        """Return a number of days and the words it took."""
        if keys[at] in self._lexicon.spans:
            return self._lexicon.spans[keys[at]], 1
        counted = keys[at].isdecimal() and len(keys[at]) <= len(str(_MOST_DAYS))
        count = int(keys[at]) if counted else self._lexicon.numbers.get(keys[at], 0)
        unit = at + (count > 0)
        if unit < end and keys[unit] in self._lexicon.units and (count or at > 0 or not counted):
            return (count or 1) * self._lexicon.units[keys[unit]], unit + 1 - at
        return 0, 0

    def _days(self, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        days, used = self._length(keys, at, end)
        return (str(int(days)), used) if 1 <= days <= _MOST_DAYS and days == int(days) else ("", 0)

    def _limit(self, keys: Sequence[str], at: int, end: int) -> tuple[str, int]:
        if not keys[at].isdecimal() or not 1 <= int(keys[at][:4]) <= _MOST_ROWS:
            return "", 0
        rows = at + 1 < end and keys[at + 1] in self._lexicon.row_nouns.split("|")
        return keys[at], 1 + rows
