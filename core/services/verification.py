"""Verification: the whole record, or what is new in it, read once in portions and checked."""

from __future__ import annotations

from collections import deque
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from core.domain.audit.checking import Checked, Checker
    from core.domain.audit.hashing import Record
    from core.ports import Storage, UnitOfWork

# Events, or executions with heads, that are read at a time.
PORTION = 1_000


async def verify(storage: Storage, checker: Checker, *, since: datetime | None = None) -> Checked:
    """Feed ``checker`` with the record and return what it says.

    With ``since``, checkpoints are all followed, but only executions with something newer than the last checkpoint
    before that moment are looked at.
    """
    async with storage.read() as uow:
        before = await uow.audit.last_checkpoint(since) if since else None
        seen, last_id = (before["seq"], before["last_event_id"]) if before else (0, 0)
        for checkpoint in await uow.audit.checkpoints():
            checker.checkpoint(checkpoint)
            if checkpoint["seq"] > seen:
                checker.tree(checkpoint, await uow.audit.heads_of(checkpoint["seq"]))
        async for execution_id, heads, events in chains(uow, since=(seen, last_id)):
            if heads is not None:
                checker.begin(execution_id, heads)
            for event in events:
                checker.event(event)
    return checker.finish()


async def chains(
    uow: UnitOfWork, *, since: tuple[int, int] = (0, 0), executions: Sequence[str] = ()
) -> AsyncIterator[tuple[str, list[Record] | None, Sequence[Record]]]:
    """Give every execution that has events or heads, by id, with its heads and its events.

    A long chain comes in several pieces; those behind the first have None for heads. ``since`` names a checkpoint and
    an event: only executions with a newer one of either.
    """
    heads, current = _Heads(uow, since, executions), ""
    place = ("", 0)
    while portion := await uow.audit.events(place, limit=PORTION, since=since, executions=executions):
        for execution_id, events in groupby(portion, itemgetter("execution_id")):
            if execution_id == current:
                yield execution_id, None, tuple(events)
                continue
            async for other, its_heads in heads.before(execution_id):
                yield other, its_heads, ()
            yield execution_id, await heads.of(execution_id), tuple(events)
            current = execution_id
        place = (portion[-1]["execution_id"], portion[-1]["seq"])
    async for other, its_heads in heads.before(None):
        yield other, its_heads, ()


class _Heads:
    """The heads of executions, by their ids, as far as they were taken."""

    def __init__(self, uow: UnitOfWork, since: tuple[int, int], executions: Sequence[str]) -> None:
        self._uow = uow
        self._since = since
        self._executions = executions
        self._ahead: deque[tuple[str, list[Record]]] = deque()
        self._place: str | None = ""

    async def before(self, execution_id: str | None) -> AsyncIterator[tuple[str, list[Record]]]:
        """Take the heads of the executions before this one; None: of all that are left."""
        while await self._look() and (execution_id is None or self._ahead[0][0] < execution_id):
            yield self._ahead.popleft()

    async def of(self, execution_id: str) -> list[Record]:
        """Take the heads of this execution, which is the next one or has none."""
        if await self._look() and self._ahead[0][0] == execution_id:
            return self._ahead.popleft()[1]
        return []

    async def _look(self) -> bool:
        """Read on if need be; False when there is nothing more."""
        if not self._ahead and self._place is not None:
            found = await self._uow.audit.heads(
                self._place, limit=PORTION, since=self._since, executions=self._executions
            )
            self._ahead.extend((key, list(heads)) for key, heads in groupby(found, itemgetter("execution_id")))
            self._place = found[-1]["execution_id"] if found else None
        return bool(self._ahead)
