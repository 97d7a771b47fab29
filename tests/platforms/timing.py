"""Time in the stand-ins: a clock that runs ``speed`` times as fast as ours, waiting for it, and for changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

#: Seconds after which something that has not been shown will never be.
PATIENCE = 20.0


class Pace:
    """Seconds since 1970 as the fake sees them. With ``speed`` 0 time stands still until ``advance``."""

    def __init__(self, speed: float = 1.0) -> None:
        """Start at the present moment."""
        self.speed = speed
        self._start = time.time()
        self._since = time.monotonic()
        self._jumped = 0.0
        self._jump = asyncio.Event()

    def now(self) -> float:
        """Return the present moment in seconds."""
        return self._start + (time.monotonic() - self._since) * self.speed + self._jumped

    def advance(self, seconds: float) -> None:
        """Jump ahead; whoever sleeps on this clock notices at once."""
        self._jumped += seconds
        self._jump.set()
        self._jump = asyncio.Event()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Wait for so many seconds of this clock, counted from this call and not from when it is awaited."""
        return self._sleep_until(self.now() + seconds)

    async def _sleep_until(self, until: float) -> None:
        while (left := until - self.now()) > 0:
            try:
                async with asyncio.timeout(left / self.speed if self.speed else None):
                    await self._jump.wait()
            except TimeoutError:
                continue

    async def within(self, work: asyncio.Future[Any], seconds: float) -> bool:
        """Wait for ``work`` for so many seconds of this clock and tell whether it was done by then."""
        if work.done():
            return True
        alarm = asyncio.ensure_future(self.sleep(seconds))
        try:
            await asyncio.wait({work, alarm}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
        return work.done()


class Watch:
    """Where those wait who want to see something; platforms that are watched together share one."""

    def __init__(self) -> None:
        """Nothing has changed yet."""
        self._change = asyncio.Event()

    def changed(self) -> None:
        """Let everybody who waits look again."""
        self._change.set()
        self._change = asyncio.Event()

    async def wait_for(self, predicate: Callable[[], T], patience: float = PATIENCE) -> T:
        """Return the first truthy value of ``predicate``, which is asked after every change.

        Raises:
            TimeoutError: there was none within so many real seconds.
        """
        async with asyncio.timeout(patience):
            while not (found := predicate()):
                await self._change.wait()
        return found


class Chores:
    """Tasks that run beside everything else; what fails in one of them is raised by ``finish``."""

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: list[BaseException] = []

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin ``work``."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed.append(error)

    async def settle(self) -> None:
        """Wait until nothing is left to do."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        self._raise()

    async def finish(self) -> None:
        """Cancel what is left and raise what went wrong."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._raise()

    def _raise(self) -> None:
        if self._failed:
            raise self._failed[0]
