"""Rates: how much one person, and one chat, may ask within a minute."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.errors import TooBusy

if TYPE_CHECKING:
    from core.domain.messages import Inbound

_MINUTE = timedelta(minutes=1)


class _Window:
    """What came from one person or chat within the last minute, and until when nobody is told again that it is full."""

    def __init__(self) -> None:
        self.came: deque[tuple[datetime, str]] = deque()
        self.told_until: datetime | None = None

    def forget(self, now: datetime) -> None:
        while self.came and self.came[0][0] + _MINUTE <= now:
            self.came.popleft()


class Rates:
    """Counts deliveries by when they came. It forgets everything when the program ends, and knows this one alone."""

    def __init__(self, *, per_person: int, per_chat: int, on_busy: Callable[[Inbound], None] = lambda _: None) -> None:
        """Let through so many a minute; ``on_busy`` hears of each that is not."""
        self._most = {"person": per_person, "chat": per_chat}
        self._on_busy = on_busy
        self._windows: dict[tuple[str, ...], _Window] = {}

    def check(self, inbound: Inbound) -> None:
        """Count a delivery; the same one is counted once.

        Raises:
            TooBusy: it is one too many. What is turned away does not count: whoever waits is let through.
        """
        now, key = inbound.received_at, inbound.dedupe_key
        self._forget(now)
        sender, where = inbound.sender, inbound.conversation
        places = {
            "person": ("person", sender.channel, sender.workspace_id, sender.external_id),
            "chat": ("chat", where.channel, where.workspace_id, where.conversation_id),
        }
        windows = {kind: self._windows.setdefault(place, _Window()) for kind, place in places.items()}
        for kind, window in windows.items():
            most = self._most[kind]
            if len(window.came) >= most and all(key != known for _, known in window.came):
                free = window.came[-most][0] + _MINUTE
                is_first = window.told_until is None or window.told_until <= now
                if is_first:
                    window.told_until = free
                self._on_busy(inbound)
                error = TooBusy(limit=most, seconds=max(1, math.ceil((free - now).total_seconds())))
                error.is_first = is_first
                raise error
        for window in windows.values():
            if all(key != known for _, known in window.came):
                window.came.append((now, key))

    def _forget(self, now: datetime) -> None:
        for place, window in list(self._windows.items()):
            window.forget(now)
            if not window.came:
                del self._windows[place]
