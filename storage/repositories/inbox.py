"""Inbox: deliveries, stored before they are acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select

from core.domain.notices import Backlog, InboxItem, InboxStatus
from storage.repositories.base import Repository, backlog_of
from storage.repositories.lanes import heads
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.inbox import InboxRow
from storage.types import insert_or_skip

INBOX = RowMap(InboxRow, InboxItem, text=("last_error",), data=("payload",))

_item = INBOX.table.c
_ADD = insert_or_skip(INBOX.table, "dedupe_key")
_UPDATE = INBOX.update.where(_item.status == InboxStatus.PENDING.value)
_THERE = select(_item.id).where(_item.id.in_(bindparam("ids", expanding=True)))
_PENDING = heads(INBOX.table, InboxStatus.PENDING.value, _item.conversation_key, _item.received_at).limit(
    bindparam("limit")
)
_WAITING = backlog_of(
    _item.status == InboxStatus.PENDING.value,
    began=_item.received_at,
    touched=_item.received_at,
    error=_item.last_error,
)
_FAILURES = backlog_of(
    and_(_item.status == InboxStatus.FAILED.value, _item.processed_at >= bindparam("since")),
    began=_item.received_at,
    touched=_item.processed_at,
    error=_item.last_error,
)
_SETTLED = (
    select(_item.id)
    .where(
        _item.status != InboxStatus.PENDING.value,
        _item.received_at < bindparam("before"),
        _item.id > bindparam("after"),
    )
    .order_by(_item.id)
    .limit(bindparam("limit"))
)
_REMOVE = delete(INBOX.table).where(_item.id.in_(bindparam("ids", expanding=True)))


class SqlInbox(Repository[InboxItem]):
    """Received deliveries."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, INBOX)

    async def add(self, item: InboxItem) -> bool:
        return await self._add_once(INBOX.to_row(item, self._session.scrub), _ADD)

    async def add_all(self, items: Sequence[InboxItem]) -> frozenset[str]:
        self._session.write(_ADD, [INBOX.to_row(item, self._session.scrub) for item in items])
        return frozenset(await self._column(_THERE, ids=[item.id for item in items]))

    async def get(self, item_id: str) -> InboxItem | None:
        return await self._one(INBOX.by_id, key=item_id)

    async def pending(self, *, limit: int) -> tuple[str, ...]:
        return await self._column(_PENDING, limit=limit)

    async def update(self, item: InboxItem) -> bool:
        return await self._swap(item, _UPDATE)

    async def waiting(self) -> Backlog:
        return await self._backlog(_WAITING)

    async def failures(self, since: datetime) -> Backlog:
        return await self._backlog(_FAILURES, since=since)

    async def settled(self, before: datetime, *, after: str, limit: int) -> tuple[str, ...]:
        return await self._column(_SETTLED, before=before, after=after, limit=limit)

    async def remove(self, item_ids: Sequence[str]) -> None:
        self._session.write(_REMOVE, {"ids": list(item_ids)})
