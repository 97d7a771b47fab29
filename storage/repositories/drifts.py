"""Drifts: where something else was found than what was approved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, true, update

from core.domain.drift import DriftEvent, DriftStatus
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.fields import table_of
from storage.tables.prompts import ApprovalPromptRow
from storage.tables.targets import DriftEventRow
from storage.types import insert_or_skip


def _pack(row: dict[str, Any]) -> None:
    row["details"] = row["details"].model_dump(mode="json")
    row["active_key"] = None if row["status"] == DriftStatus.RESOLVED else row["target_id"]


DRIFTS = RowMap(DriftEventRow, DriftEvent, text=("comment",), data=("details",), pack=_pack)

_drift, _prompts = DRIFTS.table.c, table_of(ApprovalPromptRow)
_ADD = insert_or_skip(DRIFTS.table, "active_key")
_UNRESOLVED = DRIFTS.select.where(_drift.active_key.is_not(None)).order_by(_drift.detected_at, _drift.id)
_AT = DRIFTS.select.where(_drift.active_key == bindparam("target"))
_IGNORED = DRIFTS.select.where(_drift.target_id == bindparam("target"), _drift.ignored_at.is_not(None))
_SWAP = DRIFTS.update.where(_drift.status == bindparam("expected"))
_PROMPTS_BEHIND = (
    update(_prompts)
    .where(_prompts.c.drift_id == bindparam("key"), _prompts.c.shown_revision < bindparam("seen"))
    .values(is_behind=true())
)


class SqlDrifts(Repository[DriftEvent]):
    """Where something else was found than what was approved."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, DRIFTS)

    async def add(self, drift: DriftEvent) -> bool:
        return await self._add_once(DRIFTS.to_row(drift, self._session.scrub), _ADD)

    async def get(self, drift_id: str) -> DriftEvent | None:
        return await self._one(DRIFTS.by_id, key=drift_id)

    async def unresolved(self) -> tuple[DriftEvent, ...]:
        return await self._many(_UNRESOLVED)

    async def at(self, target_id: str) -> DriftEvent | None:
        return await self._one(_AT, target=target_id)

    async def ignored_at(self, target_id: str) -> tuple[DriftEvent, ...]:
        return await self._many(_IGNORED, target=target_id)

    async def update(self, drift: DriftEvent, *, expected: str) -> bool:
        if not await self._swap(drift, _SWAP, expected=expected):
            return False
        self._session.write(_PROMPTS_BEHIND, {"key": drift.id, "seen": drift.revision})
        return True
