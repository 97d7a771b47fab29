"""The tables ``install_targets`` and ``drift_events``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from core.domain.drift import DriftStatus, Resolution
from core.domain.targets import TargetStatus
from storage.tables.fields import Row, document, key, moment, newest_first, number, prose, ref, word
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
    """A time at which a target held something else than what was approved.

    ``active_key`` is the target's id until it is resolved: no target drifts twice at once.
    """

    __tablename__ = "drift_events"
    __table_args__ = (
        UniqueConstraint("active_key", name="uq_drift_events_active_key"),
        one_of("drift_events", "status", DriftStatus),
        one_of("drift_events", "resolution", Resolution),
        *json_check("drift_events", "details"),
        Index("idx_drift_events_target_id_detected_at", "target_id", newest_first("detected_at")),
    )

    id: str = key()
    target_id: str = ref("install_targets")
    active_key: str | None = word(36)
    expected_digest: str | None = word(64)
    found_digest: str | None = word(64)
    details: dict[str, Any] | None = document()
    status: str = word(20, default=DriftStatus.OPEN)
    resolution: str | None = word(20)
    execution_id: str | None = ref("executions", ondelete="SET NULL")
    revision: int = number(default=1)
    detected_at: datetime = moment(default_now=True)
    ignored_by: str | None = ref("users")
    comment: str | None = prose()
    ignored_at: datetime | None = moment()
    resolved_at: datetime | None = moment()
