"""Verification: the whole record, or what is new in it, read once in portions and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from core.domain.audit.checking import Checked, Checker
    from core.domain.audit.hashing import Record
    from core.ports import Storage, UnitOfWork

# Events, or executions with heads, that are read at a time.
PORTION = 2_000


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
            checker.begin(execution_id, heads)
            async for event in events:
                checker.event(event)
    return checker.finish()


async def chains(
    uow: UnitOfWork, *, since: tuple[int, int] = (0, 0), executions: Sequence[str] = ()
) -> AsyncIterator[tuple[str, list[Record], AsyncIterator[Record]]]:
    """Give every execution that has events or heads, by id, with its heads and its events, which have to be read.

    ``since`` names a checkpoint and an event: only executions with a newer one of either.
    """
    events = _Peekable(_events(uow, since[1], executions))
    heads = _Peekable(_heads(uow, since[0], executions))
    while True:
        ids = [one["execution_id"] for one in (await events.peek(), await heads.peek()) if one is not None]
        if not ids:
            return
        execution_id = min(ids)
        its_heads = [head async for head in heads.of(execution_id)]
        yield execution_id, its_heads, events.of(execution_id)


class _Peekable:
    """Records by execution, of which the next one can be looked at."""

    def __init__(self, records: AsyncIterator[Record]) -> None:
        self._records = records
        self._next: Record | None = None

    async def peek(self) -> Record | None:
        """Return the next record without taking it; None at the end."""
        if self._next is None:
            self._next = await anext(self._records, None)
        return self._next

    async def of(self, execution_id: str) -> AsyncIterator[Record]:
        """Take the next records as long as they are of this execution."""
        while (record := await self.peek()) is not None and record["execution_id"] == execution_id:
            self._next = None
            yield record


async def _events(uow: UnitOfWork, since: int, executions: Sequence[str]) -> AsyncIterator[Record]:
    place = ("", 0)
    while portion := await uow.audit.events(place, limit=PORTION, since=since, executions=executions):
        for event in portion:
            yield event
        place = (portion[-1]["execution_id"], portion[-1]["seq"])


async def _heads(uow: UnitOfWork, since: int, executions: Sequence[str]) -> AsyncIterator[Record]:
    place = ""
    while portion := await uow.audit.heads(place, limit=PORTION, since=since, executions=executions):
        for head in portion:
            yield head
        place = portion[-1]["execution_id"]
