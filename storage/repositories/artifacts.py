"""Artifacts: files that belong to executions."""

from __future__ import annotations

from sqlalchemy import bindparam

from core.domain.artifacts import Artifact
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.artifacts import ArtifactRow

ARTIFACTS = RowMap(ArtifactRow, Artifact, text=("file_name",), data=("tags",))

_artifact = ARTIFACTS.table.c
_OF_EXECUTION = ARTIFACTS.select.where(_artifact.execution_id == bindparam("execution")).order_by(
    _artifact.created_at, _artifact.id
)


class SqlArtifacts(Repository[Artifact]):
    """Files of executions."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ARTIFACTS)

    async def add(self, artifact: Artifact) -> None:
        await self._add(artifact)

    async def of_execution(self, execution_id: str) -> tuple[Artifact, ...]:
        return await self._many(_OF_EXECUTION, execution=execution_id)
