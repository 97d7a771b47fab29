"""Freezes: what must not be changed at present."""

from __future__ import annotations

from core.domain.freezes import Freeze
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.freezes import FreezeRow

FREEZES = RowMap(FreezeRow, Freeze, text=("reason",))

_freeze = FREEZES.table.c
_ACTIVE = FREEZES.select.where(_freeze.ended_at.is_(None)).order_by(_freeze.created_at, _freeze.id)


class SqlFreezes(Repository[Freeze]):
    """What must not be changed at present."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, FREEZES)

    async def add(self, freeze: Freeze) -> None:
        await self._add(freeze)

    async def active(self) -> tuple[Freeze, ...]:
        return await self._many(_ACTIVE)

    async def update(self, freeze: Freeze) -> None:
        await self._update(freeze)
