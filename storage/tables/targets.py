"""The tables ``install_targets`` and ``drift_events``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from core.domain.targets import TargetStatus
from storage.tables.fields import Row, document, key, moment, newest_first, prose, ref, word
from storage.types import json_check, one_of


class InstallTargetRow(Row, table=True):
    """One skill on one provider: what is wanted, what is there, what was there before."""

    __tablename__ = "install_targets"
    __table_args__ = (
        UniqueConstraint("skill_id", "provider_id", name="uq_install_targets_pair"),
        one_of("install_targets", "status", TargetStatus),
        Index("idx_install_targets_provider_id", "provider_id"),
    )

    id: str = key()
    skill_id: str = ref("skills")
    provider_id: str = ref("providers")
    desired_ref: str = word(120)
    installed_ref: str | None = word(120)
    installed_digest: str | None = word(64)
    previous_ref: str | None = word(120)
    previous_digest: str | None = word(64)
    status: str = word(20, default=TargetStatus.IDLE)
    last_synced_at: datetime | None = moment()
    created_at: datetime = moment(default_now=True)
    updated_at: datetime = moment(default_now=True)


class DriftEventRow(Row, table=True):
    """A time at which a target held something else than what was approved."""

    __tablename__ = "drift_events"
    __table_args__ = (
        *json_check("drift_events", "details"),
        Index("idx_drift_events_target_id_detected_at", "target_id", newest_first("detected_at")),
    )

    id: str = key()
    target_id: str = ref("install_targets")
    expected_digest: str | None = word(64)
    found_digest: str | None = word(64)
    details: dict[str, Any] | None = document()
    comment: str | None = prose()
    detected_at: datetime = moment(default_now=True)
    resolved_at: datetime | None = moment()
