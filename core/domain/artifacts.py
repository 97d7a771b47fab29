"""Artifacts: files that belong to executions - bundles, diffs, big outputs."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime, Field

from core.domain.base import Domain


class ArtifactType(StrEnum):
    """What kind of file it is."""

    CODE = "code"
    DOCUMENT = "document"
    IMAGE = "image"
    DATA = "data"
    LOG = "log"
    OTHER = "other"


class ArtifactStatus(StrEnum):
    """Where the file stands."""

    UPLOADING = "uploading"
    ACTIVE = "active"
    ARCHIVED = "archived"
    DELETED = "deleted"


class Artifact(Domain):
    """A file of an execution; ``file_size`` in bytes, ``checksum`` is SHA-256 of the file."""

    id: str
    execution_id: str
    file_name: str = Field(max_length=255)
    file_path: str = Field(max_length=1024)
    file_size: int
    mime_type: str | None = None
    checksum: str | None = Field(default=None, max_length=64)
    type: ArtifactType = ArtifactType.OTHER
    status: ArtifactStatus = ArtifactStatus.ACTIVE
    tags: dict[str, str] | None = None
    created_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    archived_at: AwareDatetime | None = None
