"""Leases: how long a run is left to the process that has it, and how that process keeps it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ports import Clock, Storage

# Of a process that shares its database with others: renewed every few seconds, so that one that died is soon noticed.
SHARED_LEASE = timedelta(seconds=30)
# Seconds between renewals.
RENEW = 5


class Leases:
    """The leases of one process that shares its database with others."""

    def __init__(self, *, storage: Storage, clock: Clock, owner: str) -> None:
        """Keep what ``owner`` has."""
        self._storage = storage
        self._clock = clock
        self._owner = owner

    async def renew(self) -> int:
        """Prolong them all. Returns how many."""
        async with self._storage.begin() as uow:
            renewed = await uow.runs.renew(self._owner, self._clock.now() + SHARED_LEASE)
            if renewed:
                await uow.commit()
        return renewed
