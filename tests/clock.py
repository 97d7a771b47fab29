"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

#: The moment at which every fake clock starts, unless told otherwise.
START = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


class FakeClock:
    """The port ``Clock`` in a test's hand."""

    def __init__(self, start: datetime = START) -> None:
        """Stand at ``start``."""
        self._now = start

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return self._now

    def advance(self, seconds: float = 0, *, minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
        """Move on (or back, when negative) and return the new present moment."""
        self._now += timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        return self._now

    def set(self, moment: datetime) -> datetime:
        """Stand at ``moment`` and return it."""
        self._now = moment
        return moment
