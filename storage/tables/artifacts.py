"""The table ``artifacts``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from core.domain.artifacts import ArtifactStatus, ArtifactType
from storage.tables.fields import Row, big_number, document, key, moment, ref, word
from storage.types import json_check, one_of


class ArtifactRow(Row, table=True):
    """A file that belongs to an execution."""

    __tablename__ = "artifacts"
    __table_args__ = (
        one_of("artifacts", "type", ArtifactType),
        one_of("artifacts", "status", ArtifactStatus),
        *json_check("artifacts", "tags"),
        Index("idx_artifacts_execution_id", "execution_id"),
        Index("idx_artifacts_status", "status"),
        Index("idx_artifacts_expires_at", "expires_at"),
    )

    id: str = key()
    execution_id: str = ref("executions", ondelete="CASCADE")
    file_name: str = word(255)
    file_path: str = word(1024)
    file_size: int = big_number()
    mime_type: str | None = word(100)
    checksum: str | None = word(64)
    type: str = word(20, default=ArtifactType.OTHER)
    status: str = word(20, default=ArtifactStatus.ACTIVE)
    created_at: datetime = moment(default_now=True)
    expires_at: datetime | None = moment()
    archived_at: datetime | None = moment()
    tags: dict[str, str] | None = document()
