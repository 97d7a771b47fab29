"""Audit: the record as it is hashed, in order and in portions, and the checkpoints over it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, insert, or_, select, type_coerce, update

from core.domain.audit.hashing import Record
from core.domain.base import new_id
from storage.session import Session
from storage.tables.events import AuditCheckpointRow, AuditHeadRow, ExecutionEventRow
from storage.tables.fields import table_of
from storage.types import MomentText

_events, _heads, _checkpoints = table_of(ExecutionEventRow), table_of(AuditHeadRow), table_of(AuditCheckpointRow)
_event, _head, _checkpoint = _events.c, _heads.c, _checkpoints.c

_NAMES = ("id", "execution_id", "user_id", "event_type", "timestamp", "created_at", "seq", "prev_hash", "hash")
_MOMENTS = {"timestamp", "created_at"}
#: The events as they are hashed.
# JSON comes as text (PostgreSQL has read it already) and is read here: where a database lets in two values for one key,
# it does not decide which counts.
EVENTS = select(
    *(type_coerce(_event[name], MomentText()) if name in _MOMENTS else _event[name] for name in _NAMES),
    type_coerce(_event.event_data, String).label("payload"),
    type_coerce(_event.salts, String).label("salts"),
)
_COLUMNS = (*_NAMES, "payload", "salts")
_HEADS = select(
    *(_head[name] for name in ("checkpoint", "execution_id", "seq", "hash", "ids")),
    type_coerce(_head.removed_at, MomentText()).label("removed_at"),
)
_CHECKPOINTS = select(
    *(_checkpoint[name] for name in ("seq", "prev_hash", "first_event_id", "last_event_id", "event_count", "size")),
    *(_checkpoint[name] for name in ("merkle_root", "key_id", "hash", "signature")),
    type_coerce(_checkpoint.created_at, MomentText()).label("created_at"),
)
_FRESH = (
    select(_event.id, _event.execution_id, _event.seq, _event.hash)
    .where(_event.id > bindparam("after"))
    .order_by(_event.id)
    .limit(bindparam("limit"))
)
_OF_CHECKPOINT = _HEADS.where(_head.checkpoint == bindparam("of")).order_by(_head.execution_id, _head.id)


class SqlAudit:
    """The whole record."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def checkpoints(self) -> tuple[Record, ...]:
        return _records(await self._session.rows(_CHECKPOINTS.order_by(_checkpoint.seq)))

    async def last_checkpoint(self, before: datetime | None = None) -> Record | None:
        statement = _CHECKPOINTS.order_by(_checkpoint.seq.desc()).limit(1)
        if before is not None:
            statement = statement.where(_checkpoint.created_at < before)
        return next(iter(_records(await self._session.rows(statement))), None)

    async def add_checkpoint(self, checkpoint: Record, heads: Sequence[Record]) -> None:
        moment = datetime.fromisoformat(checkpoint["created_at"])
        self._session.write(insert(_checkpoints), {**checkpoint, "id": new_id(moment), "created_at": moment})
        waited = update(_heads).where(_head.checkpoint.is_(None)).values(checkpoint=checkpoint["seq"])
        await self._session.change(waited, {})
        fresh = [{**head, "checkpoint": checkpoint["seq"]} for head in heads if head["removed_at"] is None]
        if fresh:
            await self._session.change(insert(_heads), fresh)

    async def fresh(self, after: int, *, limit: int) -> tuple[Record, ...]:
        return _records(await self._session.rows(_FRESH, {"after": after, "limit": limit}))

    async def waiting_heads(self) -> tuple[Record, ...]:
        return _records(await self._session.rows(_HEADS.where(_head.checkpoint.is_(None)).order_by(_head.id)))

    async def heads_of(self, checkpoint: int) -> tuple[Record, ...]:
        return _records(await self._session.rows(_OF_CHECKPOINT, {"of": checkpoint}))

    async def heads(
        self, after: str, *, limit: int, since: tuple[int, int] = (0, 0), executions: Sequence[str] = ()
    ) -> tuple[Record, ...]:
        ids = _only(select(_head.execution_id), _head.execution_id, since, executions)
        if after:
            ids = ids.where(_head.execution_id > after)
        ids = ids.distinct().order_by(_head.execution_id).limit(limit)
        wanted = ids.subquery()
        rows = await self._session.rows(
            _HEADS.join(wanted, wanted.c.execution_id == _head.execution_id).order_by(_head.execution_id, _head.id)
        )
        return _records(rows)

    async def events(
        self, after: tuple[str, int], *, limit: int, since: tuple[int, int] = (0, 0), executions: Sequence[str] = ()
    ) -> tuple[Record, ...]:
        execution, seq = after
        statement = EVENTS.order_by(_event.execution_id, _event.seq).limit(limit)
        if execution:
            # The first condition is what an index is read by.
            behind = or_(_event.execution_id > execution, _event.seq > seq)
            statement = statement.where(_event.execution_id >= execution, behind)
        rows = await self._session.rows(_only(statement, _event.execution_id, since, executions))
        return tuple(event_record(row) for row in rows)


def _only(statement: Select[Any], column: Any, since: tuple[int, int], executions: Sequence[str]) -> Select[Any]:
    """Return ``statement`` for those executions only, and for those that have a head or an event since."""
    if executions:
        statement = statement.where(column.in_(executions))
    if since == (0, 0):
        return statement
    checkpoint, event = since
    head, newer = _heads.alias("newer_head").c, _events.alias("newer_event").c
    heads = select(head.execution_id).where(or_(head.checkpoint > checkpoint, head.checkpoint.is_(None)))
    events = select(newer.execution_id).where(newer.id > event)
    return statement.where(or_(column.in_(heads), column.in_(events)))


def _records(rows: Sequence[Row[Any]]) -> tuple[Record, ...]:
    if not rows:
        return ()
    names = rows[0]._fields  # a public name of SQLAlchemy
    return tuple(dict(zip(names, row, strict=True)) for row in rows)


def event_record(row: Row[Any]) -> Record:
    """Return an event of a row of ``EVENTS``."""
    record = dict(zip(_COLUMNS, row, strict=True))
    for name in ("payload", "salts"):
        try:
            if isinstance(record[name], str):
                record[name] = _READ(record[name])
        except (ValueError, RecursionError):
            record[name] = None  # nothing that the program has written: verification says so
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


_READ = json.JSONDecoder(object_pairs_hook=_once).decode
