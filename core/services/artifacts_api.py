"""Artifacts as programs see them: sent, looked at, fetched, put away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.artifacts import Artifact, ArtifactStatus, ArtifactType
from core.domain.base import Domain, new_id, sha256_hex
from core.errors import ArtifactCorrupt, ChecksumMismatch, UnknownArtifact, UnknownExecution
from core.services.ledger import Ledger
from core.services.retention import ARTIFACTS

if TYPE_CHECKING:
    from core.ports import ArtifactFiles, Clock, Storage, UnitOfWork
    from core.services.access import Principal


class NewArtifact(Domain):
    """A file that is sent (seed 004: CreateArtifactDto); size, path and checksum are what arrives.

    ``checksum`` is what the sender says it is (None: nothing); ``retention_days`` None: as long as others.
    """

    execution_id: str
    file_name: str
    content: bytes
    mime_type: str | None = None
    checksum: str | None = None
    type: ArtifactType = ArtifactType.OTHER
    tags: dict[str, str] | None = None
    retention_days: int | None = None


class ArtifactsApi:
    """Serves people's programs. Whoever may see an execution may see, and add to, what belongs to it."""

    def __init__(self, *, storage: Storage, clock: Clock, files: ArtifactFiles) -> None:
        """Keep rows in ``storage`` and content in ``files``."""
        self._storage = storage
        self._clock = clock
        self._files = files

    async def add(self, principal: Principal, wanted: NewArtifact) -> Artifact:
        """Store a file. It is ``uploading`` until its content is safe; once this returns it is ``active``.

        Raises:
            UnknownExecution: there is none that the person may see.
            ChecksumMismatch: something else arrived.
            DiskFull: nothing was stored.
        """
        found = sha256_hex(wanted.content)
        if wanted.checksum is not None and wanted.checksum != found:
            raise ChecksumMismatch(found=found, announced=wanted.checksum)
        now, actor = self._clock.now(), principal.user.id
        kept = ARTIFACTS if wanted.retention_days is None else timedelta(days=wanted.retention_days)
        artifact = Artifact(
            id=new_id(now),
            execution_id=wanted.execution_id,
            file_name=wanted.file_name,
            file_path=self._files.place_of(found),
            file_size=len(wanted.content),
            mime_type=wanted.mime_type,
            checksum=found,
            type=wanted.type,
            status=ArtifactStatus.UPLOADING,
            tags=wanted.tags,
            created_at=now,
            expires_at=now + kept,
        )
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(wanted.execution_id)
            if execution is None or not principal.may_see(execution):
                raise UnknownExecution(execution=wanted.execution_id)
            await uow.artifacts.add(artifact)
            await Ledger(uow, now=now, actor=actor).note(
                "artifact", artifact.id, execution.id, None, ArtifactStatus.UPLOADING
            )
            await uow.commit()
        await self._files.keep(wanted.content)
        async with self._storage.begin() as uow:
            await Ledger(uow, now=self._clock.now(), actor=actor).artifact(artifact, ArtifactStatus.ACTIVE)
            stored = await uow.artifacts.get(artifact.id)
            await uow.commit()
        return stored or artifact

    async def get(self, principal: Principal, artifact_id: str) -> Artifact:
        """Return an artifact.

        Raises:
            UnknownArtifact: there is none that the person may see, or it is not there yet, or no longer.
        """
        async with self._storage.read() as uow:
            return await self._visible(uow, principal, artifact_id)

    async def content(self, artifact: Artifact) -> bytes:
        """Return the content of ``artifact``, checked.

        Raises:
            ArtifactCorrupt: it is missing, or not what was stored.
        """
        content = await self._files.read(artifact.file_path, artifact.checksum or "")
        if content is None:
            raise ArtifactCorrupt(name=artifact.file_name)
        return content

    async def move(self, principal: Principal, artifact_id: str, to: ArtifactStatus) -> Artifact:
        """Put an artifact away (``archived``) or take it out again (``active``); where it is already it stays.

        Raises:
            UnknownArtifact: as for ``get``.
        """
        now = self._clock.now()
        async with self._storage.begin() as uow:
            artifact = await self._visible(uow, principal, artifact_id)
            if artifact.status is to:
                return artifact
            archived_at = now if to is ArtifactStatus.ARCHIVED else None
            ledger = Ledger(uow, now=now, actor=principal.user.id)
            moved = await ledger.artifact(artifact, to, archived_at=archived_at)
            await uow.commit()
        return moved

    @staticmethod
    async def _visible(uow: UnitOfWork, principal: Principal, artifact_id: str) -> Artifact:
        artifact = await uow.artifacts.get(artifact_id)
        execution = await uow.executions.get(artifact.execution_id) if artifact is not None else None
        if artifact is None or execution is None or not principal.may_see(execution):
            raise UnknownArtifact(artifact=artifact_id)
        if artifact.status not in {ArtifactStatus.ACTIVE, ArtifactStatus.ARCHIVED}:
            raise UnknownArtifact(artifact=artifact_id)
        return artifact
