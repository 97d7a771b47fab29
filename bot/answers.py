"""Answers: whom to wake when a request for a human decision is decided, so that waiting costs nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict

from core.errors import SkillwardenError
from core.ports import Clock, Storage

# Seconds after which the database is looked at without a ring: other processes decide too, and time passes.
_RECHECK = 5.0


class Answers:
    """One look at the database for all who wait, whenever something was committed."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        """Look at the requests in ``storage``; they end by ``clock``."""
        self._storage = storage
        self._clock = clock
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._rung = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> frozenset[str]:
        """The requests that somebody waits for."""
        return frozenset(self._waiting)

    def ring(self) -> None:
        """Look soon: something was committed."""
        self._rung.set()

    async def wait(self, request_id: str, seconds: float) -> None:
        """Return once the request is no longer open, and after ``seconds`` at the latest."""
        decided: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[request_id].add(decided)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look(), name="answers")
        self.ring()
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await decided
        finally:
            self._waiting[request_id].discard(decided)
            if not self._waiting[request_id]:
                del self._waiting[request_id]
            self.ring()

    async def _look(self) -> None:
        while self._waiting:
            self._rung.clear()
            asked = tuple(self._waiting)
            with contextlib.suppress(
                SkillwardenError
            ):  # the database is asked again; who waits is told by the next read
                async with self._storage.read() as uow:
                    is_open = await uow.approvals.still_open(asked, self._clock.now())
                for request_id in set(asked) - is_open:
                    for decided in self._waiting.get(request_id, ()):
                        if not decided.done():
                            decided.set_result(None)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_RECHECK):
                    await self._rung.wait()
