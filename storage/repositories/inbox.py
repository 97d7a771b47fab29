"""Inbox: deliveries, stored before they are acknowledged."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from core.domain.notices import InboxItem, InboxStatus
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.inbox import InboxRow
from storage.types import insert_or_skip

INBOX = RowMap(InboxRow, InboxItem, text=("last_error",), data=("payload",))

_item = INBOX.table.c
_ADD = insert_or_skip(INBOX.table, "dedupe_key")
_queued = (
    select(
        _item.id,
        _item.received_at,
        func.row_number()
        .over(partition_by=_item.conversation_key, order_by=(_item.received_at, _item.id))
        .label("place"),
    )
    .where(_item.status == InboxStatus.PENDING.value)
    .subquery()
    .c
)
_PENDING = (
    select(_queued.id).where(_queued.place == 1).order_by(_queued.received_at, _queued.id).limit(bindparam("limit"))
)


class SqlInbox(Repository[InboxItem]):
    """Received deliveries."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, INBOX)

    async def add(self, item: InboxItem) -> bool:
        return await self._session.change(_ADD, INBOX.to_row(item, self._session.scrub)) == 1

    async def get(self, item_id: str) -> InboxItem | None:
        return await self._one(INBOX.by_id, key=item_id)

    async def pending(self, *, limit: int) -> tuple[str, ...]:
        return await self._column(_PENDING, limit=limit)

    async def update(self, item: InboxItem) -> None:
        await self._update(item)
