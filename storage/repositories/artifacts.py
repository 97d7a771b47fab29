"""Artifacts: files that belong to executions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, false, func, or_, select, update

from core.domain.artifacts import Artifact, ArtifactStatus
from storage.repositories.base import Repository
from storage.repositories.removal import ENDED
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.artifacts import ArtifactRow
from storage.tables.executions import ExecutionRow
from storage.tables.fields import table_of
from storage.tables.skills import SkillVersionRow

ARTIFACTS = RowMap(ArtifactRow, Artifact, text=("file_name",), data=("tags",))

_artifact, _execution = ARTIFACTS.table.c, table_of(ExecutionRow).c
_versions = table_of(SkillVersionRow)
_KEPT = (ArtifactStatus.ACTIVE.value, ArtifactStatus.ARCHIVED.value)

_OF_EXECUTION = ARTIFACTS.select.where(_artifact.execution_id == bindparam("execution")).order_by(
    _artifact.created_at, _artifact.id
)
_SWAP = ARTIFACTS.update.where(_artifact.status == bindparam("expected"))
_UNFINISHED = (
    ARTIFACTS.select.where(
        _artifact.status == ArtifactStatus.UPLOADING.value, _artifact.created_at < bindparam("before")
    )
    .order_by(_artifact.created_at, _artifact.id)
    .limit(bindparam("limit"))
)
_EXPIRED = (
    ARTIFACTS.select.join(ExecutionRow, _execution.id == _artifact.execution_id)
    .where(
        _artifact.id > bindparam("after"),
        _artifact.status.in_(_KEPT),
        or_(
            and_(_artifact.expires_at.is_not(None), _artifact.expires_at <= bindparam("now")),
            and_(_artifact.expires_at.is_(None), _artifact.created_at < bindparam("others")),
        ),
        _execution.status.in_(ENDED),
        _execution.is_permanent == false(),
    )
    .order_by(_artifact.id)
    .limit(bindparam("limit"))
)
_REMOVE = delete(ARTIFACTS.table).where(_artifact.id == bindparam("key"))
_FORGET = update(_versions).where(_versions.c.bundle_path == bindparam("path")).values(bundle_path=None)


class SqlArtifacts(Repository[Artifact]):
    """Files of executions."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ARTIFACTS)

    async def add(self, artifact: Artifact) -> None:
        await self._add(artifact)

    async def get(self, artifact_id: str) -> Artifact | None:
        return await self._one(ARTIFACTS.by_id, key=artifact_id)

    async def update(self, artifact: Artifact, *, expected: str) -> bool:
        return await self._swap(artifact, _SWAP, expected=expected)

    async def of_execution(self, execution_id: str) -> tuple[Artifact, ...]:
        return await self._many(_OF_EXECUTION, execution=execution_id)

    async def of_executions(self, execution_ids: Sequence[str]) -> tuple[Artifact, ...]:
        return await self._many(
            ARTIFACTS.select.where(_artifact.execution_id.in_(execution_ids)).order_by(_artifact.id)
        )

    async def expired(self, *, others: datetime, now: datetime, after: str, limit: int) -> tuple[Artifact, ...]:
        return await self._many(_EXPIRED, others=others, now=now, after=after, limit=limit)

    async def unfinished(self, before: datetime, *, limit: int) -> tuple[Artifact, ...]:
        return await self._many(_UNFINISHED, before=before, limit=limit)

    async def holders(self, paths: Sequence[str]) -> dict[str, int]:
        statement = (
            select(_artifact.file_path, func.count())
            .where(_artifact.file_path.in_(paths), _artifact.status != ArtifactStatus.DELETED.value)
            .group_by(_artifact.file_path)
        )
        rows: Sequence[Any] = await self._session.rows(statement)
        return {row[0]: row[1] for row in rows}

    async def remove(self, artifact_id: str) -> None:
        await self._session.change(_REMOVE, {"key": artifact_id})

    async def forget_file(self, path: str) -> None:
        await self._session.change(_FORGET, {"path": path})
