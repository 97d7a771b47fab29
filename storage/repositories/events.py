"""Events: the append-only record."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator, Sequence

from sqlalchemy import bindparam, delete, func, insert, select

from core.domain.events import ChainedEvent, ExecutionEvent, chain
from storage.session import Session
from storage.tables.events import ExecutionEventRow, RetentionGateRow
from storage.tables.fields import table_of

_table, _gate = table_of(ExecutionEventRow), table_of(RetentionGateRow)
_event = _table.c
_ENVELOPE = (
    _event.execution_id,
    _event.seq,
    _event.user_id,
    _event.event_type,
    _event.timestamp,
    _event.salt,
    _event.prev_hash,
    _event.hash,
)
_CHAIN = (
    select(*_ENVELOPE, _event.event_data.label("payload"))
    .where(_event.execution_id == bindparam("execution"))
    .order_by(_event.seq)
)
# The link needs no payload, which may be large.
_LAST = select(*_ENVELOPE).where(_event.execution_id == bindparam("execution")).order_by(_event.seq.desc()).limit(1)
_INSERT = insert(_table).inline()


class SqlEvents:
    """The chains of all executions."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # What this transaction appended last: nobody else can have appended since.
        self._last: dict[str, ChainedEvent] = {}

    async def append(self, execution_id: str, user_id: str, *events: ExecutionEvent) -> None:
        if not events:
            return
        last = self._last.get(execution_id) or await self._stored_last(execution_id)
        rows = []
        for event in events:
            last = chain(
                event,
                execution_id=execution_id,
                user_id=user_id,
                after=last,
                payload=self._session.scrub.data(event),
                salt=secrets.token_hex(16),
            )
            rows.append(_row(last) | {"created_at": self._session.clock.now()})
        self._session.write(_INSERT, rows)
        if last is not None:
            self._last[execution_id] = last

    async def of_execution(self, execution_id: str) -> tuple[ChainedEvent, ...]:
        rows = await self._session.rows(_CHAIN, {"execution": execution_id})
        return tuple(ChainedEvent.model_validate(row._asdict()) for row in rows)

    async def count(self, execution_ids: Sequence[str]) -> int:
        statement = select(func.count()).where(_event.execution_id.in_(execution_ids))
        return int((await self._session.rows(statement))[0][0])

    @contextlib.asynccontextmanager
    async def open_gate(self) -> AsyncIterator[None]:
        # The triggers let through what happens while a row is in this table. No other connection ever sees it, and
        # leaving without a commit takes it back too.
        await self._session.change(insert(_gate), {"opened_at": self._session.clock.now()})
        yield
        await self._session.change(delete(_gate), {})

    async def remove(self, execution_ids: Sequence[str]) -> int:
        return await self._session.change(delete(_table).where(_event.execution_id.in_(execution_ids)), {})

    async def _stored_last(self, execution_id: str) -> ChainedEvent | None:
        if execution_id in self._session.new_executions:
            return None
        rows = await self._session.rows(_LAST, {"execution": execution_id})
        return ChainedEvent.model_validate(rows[0]._asdict() | {"payload": {}}) if rows else None


def _row(link: ChainedEvent) -> dict[str, object]:
    row = {name: getattr(link, name) for name in ChainedEvent.model_fields}
    row["event_data"] = row.pop("payload")
    return row
