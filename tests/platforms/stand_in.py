"""What the stand-ins for chat platforms have in common: a clock, a port on loopback, chores, and waiting."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from aiohttp import web

from tests.platforms.timing import PATIENCE, Chores, Pace, Watch

T = TypeVar("T")


class Call(Protocol):
    """One call of the platform's API, and how it ended."""

    @property
    def method(self) -> str:
        """The name of the method."""

    @property
    def outcome(self) -> str:
        """``ok``, or what went wrong."""


class StandIn(ABC):
    """A platform on loopback, at ``url`` while its ``_open`` port is.

    ``speed`` is how many of the platform's seconds pass in one of ours (0: only ``pace.advance`` moves time).
    """

    def __init__(self, *, speed: float, port: int, watch: Watch | None) -> None:
        """Open ``port`` (0: any) later; those who wait do it at ``watch``, which several platforms may share."""
        self.pace = Pace(speed)
        self._watch = watch or Watch()
        self._port = port
        self._chores = Chores()
        self._runner: web.AppRunner

    async def _open(self, app: web.Application) -> None:
        """Serve ``app``."""
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self._port}"

    @property
    @abstractmethod
    def calls(self) -> Sequence[Call]:
        """Every call so far."""

    @abstractmethod
    def transcript(self) -> str:
        """Return everything that was said, for a test that has to explain itself."""

    async def wait_for(self, predicate: Callable[[], T], patience: float = PATIENCE) -> T:
        """Return the first truthy value of ``predicate``; it is asked whenever something has changed.

        Raises:
            AssertionError: there was none within so many real seconds.
        """
        try:
            return await self._watch.wait_for(predicate, patience)
        except TimeoutError:
            calls = "\n".join(f"{call.method} -> {call.outcome}" for call in self.calls[-10:])
            raise AssertionError(
                f"waited {patience} s in vain. Said so far:\n{self.transcript()}\nlast calls:\n{calls}"
            ) from None
