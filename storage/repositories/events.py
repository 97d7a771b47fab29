"""Events: the append-only record."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from core.domain.audit.hashing import field, withhold
from core.domain.events import ChainedEvent, ExecutionEvent, chain
from storage.repositories.copies import forget
from storage.session import Session
from storage.tables.events import AuditHeadRow, ExecutionEventRow, RetentionGateRow
from storage.tables.fields import table_of

_table, _gate, _heads = table_of(ExecutionEventRow), table_of(RetentionGateRow), table_of(AuditHeadRow)
_event = _table.c
_ENVELOPE = (
    _event.execution_id,
    _event.seq,
    _event.user_id,
    _event.event_type,
    _event.timestamp,
    _event.created_at,
    _event.salts,
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
_REDACT = (
    update(_table)
    .where(_event.execution_id == bindparam("execution"), _event.seq == bindparam("place"))
    .values(event_data=bindparam("event_data"), salts=bindparam("salts"))
)


class SqlEvents:
    """The chains of all executions."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # What this transaction appended last: nobody else can have appended since.
        self._last: dict[str, ChainedEvent] = {}
        self._added: list[ChainedEvent] = []

    async def append(self, execution_id: str, user_id: str, *events: ExecutionEvent) -> None:
        now, scrub = self._session.clock.now, self._session.scrub
        links = [(event, now(), scrub.data(event), secrets.token_hex(16)) for event in events]

        def link(connection: Connection) -> None:
            last = self._last.get(execution_id) or self._stored_last(connection, execution_id)
            added = []
            for event, created_at, payload, salt in links:
                last = chain(
                    event,
                    execution_id=execution_id,
                    user_id=user_id,
                    created_at=created_at,
                    after=last,
                    payload=payload,
                    salt=salt,
                )
                added.append(last)
            connection.execute(_INSERT, [_row(one) for one in added])
            self._last[execution_id] = added[-1]
            self._added += added

        if links:
            self._session.write_by(_table.name, link)

    def take_added(self) -> Sequence[ChainedEvent]:
        """Return what was appended since the last time: after a commit it is on the record."""
        added, self._added = self._added, []
        self._last.clear()  # whoever goes on does so after others
        return added

    async def of_execution(self, execution_id: str) -> tuple[ChainedEvent, ...]:
        rows = await self._session.rows(_CHAIN, {"execution": execution_id})
        return tuple(ChainedEvent.model_validate(row._asdict()) for row in rows)

    async def count(self, execution_ids: Sequence[str]) -> int:
        statement = select(func.count()).where(_event.execution_id.in_(execution_ids))
        return int((await self._session.rows(statement))[0][0])

    async def remove(self, execution_ids: Sequence[str]) -> int:
        await self._bury(execution_ids)
        async with self._open_gate("retention"):
            return await self._session.change(delete(_table).where(_event.execution_id.in_(execution_ids)), {})

    async def _bury(self, execution_ids: Sequence[str]) -> None:
        """Keep where the chains ended: a tombstone of each execution."""
        ends = select(_event.execution_id, func.max(_event.seq).label("seq"))
        last = ends.where(_event.execution_id.in_(execution_ids)).group_by(_event.execution_id).subquery()
        rows = await self._session.rows(
            select(_event.execution_id, _event.seq, _event.hash).join(
                last, and_(last.c.execution_id == _event.execution_id, last.c.seq == _event.seq)
            )
        )
        if rows:
            now = self._session.clock.now()
            stones = [row._asdict() | {"ids": "", "removed_at": now} for row in rows]
            self._session.write(insert(_heads), stones)

    async def redact(self, event: ChainedEvent, paths: Sequence[str]) -> None:
        payload, salts = withhold(event.payload, event.salts, paths)
        async with self._open_gate("redaction"):
            await self._session.change(
                _REDACT,
                {"execution": event.execution_id, "place": event.seq, "event_data": payload, "salts": salts},
            )
        await forget(self._session, event.execution_id, event.timestamp, [field(event.payload, path) for path in paths])

    @contextlib.asynccontextmanager
    async def _open_gate(self, purpose: str) -> AsyncIterator[None]:
        # The triggers let through what happens while a row is in this table. No other connection ever sees it, and
        # leaving without a commit takes it back too.
        await self._session.change(insert(_gate), {"purpose": purpose, "opened_at": self._session.clock.now()})
        yield
        await self._session.change(delete(_gate), {})

    def _stored_last(self, connection: Connection, execution_id: str) -> ChainedEvent | None:
        if execution_id in self._session.new_executions:
            return None
        row = connection.execute(_LAST, {"execution": execution_id}).first()
        return ChainedEvent.model_validate(row._asdict() | {"payload": {}}) if row else None


def _row(link: ChainedEvent) -> dict[str, object]:
    row = {name: getattr(link, name) for name in ChainedEvent.model_fields}
    row["event_data"] = row.pop("payload")
    return row
