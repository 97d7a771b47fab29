"""Artifacts: the rows of the files that belong to executions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.domain.artifacts import Artifact


class Artifacts(Protocol):
    """Files that belong to executions."""

    async def add(self, artifact: Artifact) -> None: ...
    async def get(self, artifact_id: str) -> Artifact | None: ...
    async def update(self, artifact: Artifact, *, expected: str) -> bool: ...
    async def of_execution(self, execution_id: str) -> tuple[Artifact, ...]: ...
    async def of_executions(self, execution_ids: Sequence[str]) -> tuple[Artifact, ...]:
        """Return the artifacts of several executions, by id."""

    async def expired(self, *, others: datetime, now: datetime, after: str, limit: int) -> tuple[Artifact, ...]:
        """Return artifacts of ended executions that need not be kept, by id, beginning behind the id ``after``.

        ``expires_at`` decides, or else whether they were made before ``others``. Those of permanent executions are
        never returned.
        """

    async def unfinished(self, before: datetime, *, limit: int) -> tuple[Artifact, ...]:
        """Return uploads that began before the moment and have not ended."""

    async def holders(self, paths: Sequence[str]) -> dict[str, int]:
        """Return how many artifacts, deleted ones aside, have their file at each of these paths; none: left out."""

    async def remove(self, artifact_id: str) -> None:
        """Forget an upload that came to nothing."""

    async def forget_file(self, path: str) -> None:
        """Take the path of a file that is gone from the versions of skills that name it."""
