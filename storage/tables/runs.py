"""The table ``install_runs``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from core.domain.executions import RunAction, RunStatus, TriggerSource
from storage.tables.fields import Row, identifier, key, moment, newest_first, number, prose, ref, word
from storage.types import one_of


class InstallRunRow(Row, table=True):
    """One installation of one skill on one provider.

    ``active_key`` is the target while the run is running and else NULL: its unique index keeps two runs off
    one target on every database, where a partial index would not.
    """

    __tablename__ = "install_runs"
    __table_args__ = (
        one_of("install_runs", "trigger_source", TriggerSource),
        one_of("install_runs", "action", RunAction),
        one_of("install_runs", "status", RunStatus),
        Index("idx_install_runs_created_at", newest_first("created_at")),
        Index("idx_install_runs_pair_created_at", "skill_id", "provider_id", newest_first("created_at")),
        Index("idx_install_runs_status_created_at", "status", newest_first("created_at")),
        Index("idx_install_runs_execution_id", "execution_id"),
        Index("idx_install_runs_target_id_status", "target_id", "status"),
        Index("idx_install_runs_receipt_due", "receipt_due"),
        Index("uq_install_runs_active_key", "active_key", unique=True),
    )

    id: str = key()
    execution_id: str = ref("executions")
    parent_run_id: str | None = ref("install_runs", ondelete="SET NULL")
    skill_id: str = ref("skills")
    provider_id: str = ref("providers")
    target_id: str | None = ref("install_targets")
    triggered_by: str = ref("users")
    trigger_source: str = word(20, default=TriggerSource.CHATBOT)
    action: str = word(20)
    requested_ref: str | None = word(120)
    status: str = word(20, default=RunStatus.QUEUED)
    attempt: int = number(default=1)
    error_code: str | None = word(100)
    error_message: str | None = prose()
    not_before: datetime | None = moment()
    waits_for: str | None = word(255)
    lease_owner: str | None = word(255)
    lease_until: datetime | None = moment()
    fence: int = number(default=0)
    active_key: str | None = identifier()
    started_at: datetime | None = moment()
    finished_at: datetime | None = moment()
    receipt_due: datetime | None = moment()
    created_at: datetime = moment(default_now=True)
