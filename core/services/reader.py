"""Reader: the person a card is written for - language, zone, and how figures and times read to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.domain.hidden_text import visible
from core.domain.remarks import remark
from core.errors.again import recognised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.domain.users import User
    from core.errors import SkillwardenError
    from core.ports import Translator

# More of a list is behind the button "Details".
_MOST_LISTED = 3

_KILO = 1000
_YEAR = 365  # days
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime.fromtimestamp(0, UTC)


class Reader:
    """Says things to one person."""

    def __init__(self, translator: Translator, person: User | None, now: datetime, *, language: str = "") -> None:
        """Speak to ``person`` (None: somebody unknown, in UTC) at ``now``, in ``language`` if they chose none."""
        self._translator = translator
        self._language = translator.language((person.language if person else "") or language)
        self._zone_name = person.timezone if person else "UTC"
        self._zone = translator.zone(self._zone_name)
        self._now = now

    @property
    def language(self) -> str:
        """The language they are spoken to in."""
        return self._language

    @property
    def now(self) -> datetime:
        """The moment for which everything is said."""
        return self._now

    @property
    def zone(self) -> str:
        """The name of the zone in which times are written."""
        return self._zone_name

    def to(self, person: User) -> Reader:
        """Return who says things to ``person`` at the same moment."""
        return Reader(self._translator, person, self._now)

    def say(self, message: str, /, **params: object) -> str:
        """Return a sentence of the catalogue; moments among ``params`` are written in the reader's zone."""
        written = {name: self.moment(value) if isinstance(value, datetime) else value for name, value in params.items()}
        return self._translator.say(self._language, message, **written)

    def say_many(self, one: str, many: str, n: int, /, **params: object) -> str:
        """Return the form of a sentence that fits ``n``."""
        return self._translator.say_many(self._language, one, many, n, **params)

    def error(self, error: SkillwardenError) -> str:
        """Return the sentence of an error."""
        return self.say(error.msgid, **error.params)

    def local(self, at: datetime) -> datetime:
        """Return a moment in the reader's zone."""
        return at.astimezone(self._zone)

    def moment(self, at: datetime) -> str:
        """Return a time of day, with the date unless it is today: ``14:35`` or ``2026-11-21 14:35``."""
        local, today = at.astimezone(self._zone), self._now.astimezone(self._zone).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        return self._translator.say(self._language, "{at:%Y-%m-%d} {at:%H:%M}", at=local)

    def clock(self, at: datetime) -> str:
        """Return a moment to the second, with the date unless it is today: ``14:35:07``."""
        return f"{self.moment(at)}:{at.astimezone(self._zone):%S}"

    def deadline(self, at: datetime) -> str:
        """Return a moment ahead with how far it is: ``14:35 UTC (in 58 min)``."""
        moment, zone = self.moment(at), at.astimezone(self._zone).strftime("%Z")
        if at <= self._now:
            return self.say("{moment} {zone} (over)", moment=moment, zone=zone)
        left = at - self._now
        if left >= _MINUTE:
            # To the nearest minute: an hour, looked at a second later, is still an hour.
            left = round(left / _MINUTE) * _MINUTE
        return self.say("{moment} {zone} (in {span})", moment=moment, zone=zone, span=self.span(left))

    def ago(self, at: datetime) -> str:
        """Return how long ago a moment was: ``2 days ago``; the moment itself where it lies ahead.

        1970-01-01 stands for a date that could not be read.
        """
        if at == _EPOCH:
            return self.say("undated")
        if at > self._now:
            return self.say("dated {moment}", moment=at)
        return self.say("{span} ago", span=self.span(self._now - at))

    def author(self, author: str) -> str:
        """Return who the commit says wrote it, as it can stand in brackets; "" is somebody who could not be read."""
        return author_name(author) or self.say("author unknown")

    def span(self, length: timedelta) -> str:
        """Return a length of time, rounded down: ``58 min``, ``1 h 20 min``, ``2 days``."""
        seconds = max(0, int(length.total_seconds()))
        minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
        if days >= _YEAR:
            return self.say_many("{n} year", "{n} years", days // _YEAR)
        if days:
            return self.say_many("{n} day", "{n} days", days)
        if hours and minutes % 60:
            return self.say("{hours} h {minutes} min", hours=hours, minutes=minutes % 60)
        if hours:
            return self.say("{hours} h", hours=hours)
        if minutes:
            return self.say("{minutes} min", minutes=minutes)
        return self.say("{seconds} s", seconds=seconds)

    def size(self, count: int) -> str:
        """Return a number of bytes: ``41 kB``."""
        if count < _KILO:
            return self.say_many("{n} byte", "{n} bytes", count)
        if round(count / _KILO) < _KILO:
            return f"{count / _KILO:.0f} kB"
        return f"{count / _KILO**2:.1f} MB"

    def some(self, names: Sequence[str]) -> str:
        """Return the first names of a list and how many there are besides: ``a, b, c and 2 more``."""
        return self._first([name_of(name) for name in names], ", ")

    def people(self, labels: Iterable[str]) -> list[str]:
        """Return who may vote, and for whom: ``Carol for Bob``."""
        found = [label.partition(" for ") for label in labels]
        return [self.say("{person} for {owner}", person=who, owner=owner) if owner else who for who, _, owner in found]

    def some_remarks(self, remarks: Sequence[str]) -> str:
        """Return the first remarks of a list, which may have commas of their own, and how many there are besides."""
        return self._first([one_line(self.remark(text), 120) for text in remarks], "; ")

    def failure(self, text: str, code: str | None = None) -> str:
        """Return the sentence of an error, which is kept in English, in the reader's language."""
        known = recognised(code, text)
        if known is None:
            return self.say(text) if text and "{" not in text else text
        msgid, params = known
        return self.say(msgid, **{name: self._reason(value) for name, value in params.items()})

    def _reason(self, text: str) -> str:
        """Return what fills the sentence of an error: a message or an error of its own, or somebody else's words."""
        if not text or "{" in text:
            return text
        is_sentence = text.endswith(".") and " " in text
        return self.failure(text) if is_sentence and recognised(None, text) is not None else self.say(text)

    def remark(self, text: str) -> str:
        """Return what an inspection found, which is kept in English, in the reader's language."""
        return remark(text, self.say)

    def _first(self, texts: Sequence[str], separator: str) -> str:
        shown, left = separator.join(texts[:_MOST_LISTED]), len(texts) - _MOST_LISTED
        return self.say("{shown} and {n} more", shown=shown, n=left) if left > 0 else shown


def commit_name(commit: str) -> str:
    """Return the abbreviated form of a commit that people recognise: ``4be91c2``."""
    return commit[:7]


def one_line(text: str, limit: int = 60) -> str:
    """Return text from outside as one line of at most ``limit`` characters in which nothing is hidden."""
    return visible(" ".join(text.split()), limit)


def name_of(text: str, limit: int = 60, marks: str = ',;"') -> str:
    """Return a name from outside; with one of ``marks`` in it, it could be read as our own words: it gets quotes."""
    name = one_line(text, limit)
    return '"{}"'.format(name.replace('"', "'")) if any(mark in name for mark in marks) else name


def author_name(author: str) -> str:
    """Return who the commit says wrote it, as it can stand in brackets."""
    return name_of(author, 40, ',;"()')
