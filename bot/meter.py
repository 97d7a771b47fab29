"""Meter: hears what only the running program knows, such as how long an acknowledgement took."""

from __future__ import annotations

from typing import Protocol

from core.domain.messages import ChannelName


class Meter(Protocol):
    """Each method only counts: it neither waits nor raises."""

    def acknowledged(self, channel: ChannelName, seconds: float) -> None:
        """Deliveries of a platform were stored, so long after they had come."""

    def held(self, channel: ChannelName, seconds: float) -> None:
        """A platform has asked to wait."""

    def turned_away(self, channel: ChannelName) -> None:
        """Somebody asked more than they may within a minute."""

    def failed(self, what: str) -> None:
        """A piece of work failed in a way that is in the log."""
