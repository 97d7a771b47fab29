"""Election: of several processes on a database one has the duties that only one may have, until it dies."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import structlog

from bot.peers import Peers
from core.errors import SkillwardenError

# Seconds between looks: at whether the office is free, or still ours.
LOOK = 2.0
# Looks for which whoever follows somebody else waits before it begins: a predecessor that was cut off from the database
# stops at its next look.
GRACE = 1.5
_OFFICE = "the office of the one"

_log = structlog.get_logger(__name__)


class Election:
    """Seeks the office, and keeps the duties that come with it."""

    def __init__(self, peers: Peers, *, seconds: float = LOOK) -> None:
        """Ask ``peers`` every so many ``seconds``; without any the office is ours from the beginning."""
        self._peers = peers
        self._seconds = seconds
        self._has_waited = False
        self._elected, self._resigned = asyncio.Event(), asyncio.Event()
        self._resigned.set()

    @property
    def is_elected(self) -> bool:
        """Whether this process has the office, as far as it knows."""
        return not self._peers.are_several or self._elected.is_set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Seek the office while the context lasts."""
        seeking = asyncio.create_task(self._seek(), name="election") if self._peers.are_several else None
        try:
            yield
        finally:
            if seeking is not None:
                await _ended(seeking)
                await self._peers.give_back(_OFFICE)

    @contextlib.asynccontextmanager
    async def duty(self, name: str, begin: Callable[[], AbstractAsyncContextManager[object]]) -> AsyncIterator[None]:
        """Do what ``begin`` gives while this process has the office, and at the latest until the context ends.

        What fails to begin is tried again, except where there are no others: then it is the caller's to know.
        """
        if not self._peers.are_several:
            async with begin():
                yield
            return
        keeping = asyncio.create_task(self._keep(name, begin), name=f"duty {name}")
        try:
            yield
        finally:
            await _ended(keeping)

    async def _seek(self) -> None:
        while True:
            try:
                is_ours = await self._ask()
            except Exception as error:  # noqa: BLE001 - the last boundary: who ceased to ask would be elected for good
                _log.error("the office cannot be sought", error=f"{type(error).__name__}: {error}")
                is_ours = False
            if is_ours != self._elected.is_set():
                _log.info("elected" if is_ours else "no longer elected")
                (self._elected.set if is_ours else self._elected.clear)()
                (self._resigned.clear if is_ours else self._resigned.set)()
            await asyncio.sleep(self._seconds)

    async def _ask(self) -> bool:
        if self._elected.is_set():
            return await self._peers.has(_OFFICE)
        try:
            is_ours = bool(await self._peers.take([_OFFICE])) or await self._peers.has(_OFFICE)
        except SkillwardenError as error:
            _log.warning("the office cannot be sought", error=str(error))
            return False
        if not is_ours:
            self._has_waited = True
        elif self._has_waited:
            self._has_waited = False
            await asyncio.sleep(GRACE * self._seconds)
            return await self._peers.has(_OFFICE)
        return is_ours

    async def _keep(self, name: str, begin: Callable[[], AbstractAsyncContextManager[object]]) -> None:
        while True:
            await self._elected.wait()
            try:
                async with begin():
                    await self._resigned.wait()
            except SkillwardenError as error:
                _log.warning(f"{name} cannot begin", error=str(error))
                await asyncio.sleep(self._seconds)
            except Exception as error:  # noqa: BLE001 - as above: elected, and its duty undone
                _log.error(f"{name} failed", error=f"{type(error).__name__}: {error}")
                await asyncio.sleep(self._seconds)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
