"""Reception: deliveries are stored before they are acknowledged, all that have arrived in one transaction."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.base import new_id
from core.domain.notices import InboxItem

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.messages import Inbound
    from core.domain.users import User
    from core.ports import Storage, UnitOfWork


def inbox_item(inbound: Inbound, now: datetime) -> InboxItem:
    """Return what is stored of a delivery."""
    where = inbound.conversation
    return InboxItem(
        id=new_id(now),
        dedupe_key=inbound.dedupe_key,
        kind=inbound.kind,
        conversation_key=f"{where.channel}:{where.workspace_id}:{where.conversation_id}",
        payload=inbound.model_dump(mode="json"),
        received_at=inbound.received_at,
    )


async def sender_of(uow: UnitOfWork, inbound: Inbound) -> User | None:
    """Return who sent a delivery; None: nobody knows them."""
    sender = inbound.sender
    if sender.channel == "api":  # authenticated by a token, whose owner is named by id
        return await uow.users.get(sender.external_id)
    return await uow.users.by_identity(sender.channel, sender.workspace_id, sender.external_id)


class _Arrival:
    """A delivery on its way into the inbox; ``is_fresh`` is None until it is there."""

    def __init__(self, item: InboxItem) -> None:
        self.item = item
        self.is_fresh: bool | None = None


class Reception:
    """The door of the inbox. Whoever comes while a transaction begins goes in with it."""

    def __init__(self, storage: Storage) -> None:
        """Store in ``storage``."""
        self._storage = storage
        self._one_at_a_time = asyncio.Lock()
        self._waiting: list[_Arrival] = []

    async def store(self, item: InboxItem) -> bool:
        """Store ``item``; False when its key is there already. It is committed when this returns.

        Raises:
            StorageError, DiskFull: nothing is stored; each that waited tries for itself.
        """
        arrival = _Arrival(item)
        self._waiting.append(arrival)
        try:
            async with self._one_at_a_time:
                if arrival.is_fresh is None:
                    await self._store_all()
        finally:
            if arrival in self._waiting:
                self._waiting.remove(arrival)
        return bool(arrival.is_fresh)

    async def _store_all(self) -> None:
        await asyncio.sleep(0)  # those who arrive at this moment go in with it
        async with self._storage.begin(ahead=True) as uow:
            group = tuple(self._waiting)
            fresh = await uow.inbox.add_all([arrival.item for arrival in group])
            await uow.commit()
        for arrival in group:
            arrival.is_fresh = arrival.item.id in fresh
        self._waiting = [arrival for arrival in self._waiting if arrival.is_fresh is None]
