"""The tables ``executions`` and ``status_transitions``."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from core.domain.executions import EntityType, ExecutionStatus, WaitingFor
from core.domain.messages import ChannelName
from storage.tables.fields import (
    Row,
    document,
    flag,
    identifier,
    key,
    moment,
    money,
    newest_first,
    number,
    prose,
    ref,
    word,
)
from storage.types import Json, json_check, one_of


class ExecutionRow(Row, table=True):
    """One request from its first word to its end: seeds 001 and 004 in one."""

    __tablename__ = "executions"
    __table_args__ = (
        UniqueConstraint("code", name="uq_executions_code"),
        UniqueConstraint("dedupe_key", name="uq_executions_dedupe_key"),
        one_of("executions", "channel", get_args(ChannelName)),
        one_of("executions", "status", ExecutionStatus),
        one_of("executions", "waiting_for", WaitingFor),
        one_of("executions", "replay_mode", ("view", "dry-run", "rerun")),
        *json_check("executions", "metadata", "subject", "error_details", "resources"),
        Index("idx_executions_user_id", "user_id"),
        Index("idx_executions_created_at", newest_first("created_at")),
        Index("idx_executions_status", "status"),
        # What lists are sorted by; the id breaks ties.
        Index("idx_executions_by_created_at", "created_at", "id"),
        Index("idx_executions_by_user", "user_id", "created_at", "id"),
        Index("idx_executions_by_status", "status", "id"),
        Index("idx_executions_by_completed_at", "completed_at", "id"),
        Index("idx_executions_replay_of", "replay_of", "created_at"),
        Index("idx_executions_job_name", "job_name"),
        Index("idx_executions_conversation", "channel", "channel_id", newest_first("created_at")),
        Index("idx_executions_waiting_for", "waiting_for", "created_at"),
    )

    id: str = key()
    code: str = word(16)
    user_id: str = ref("users")
    channel: str = word(20)
    workspace_id: str = word(100)
    channel_id: str = word(255)
    thread_id: str | None = word(255)
    channel_user_id: str = word(255)
    is_private: bool = flag()
    dedupe_key: str = word(255)
    input_text: str = prose()
    prompt: str = prose()
    model: str = word(100, default="claude-sonnet-4-20250514")
    max_tokens: int = number(default=4096)
    # ``metadata`` is taken on a declarative class.
    metadata_: dict[str, Any] | None = Field(sa_type=Json(), sa_column_kwargs={"name": "metadata"})
    status: str = word(20, default=ExecutionStatus.PENDING)
    waiting_for: str | None = word(20)
    revision: int = number(default=1)
    subject: dict[str, Any] | None = document()
    job_name: str = word(255)
    pod_name: str | None = word(255)
    created_at: datetime = moment(default_now=True)
    started_at: datetime | None = moment()
    completed_at: datetime | None = moment()
    updated_at: datetime = moment(default_now=True)
    output: str | None = prose()
    tokens_used: int | None = number()
    input_tokens: int | None = number()
    output_tokens: int | None = number()
    error_code: str | None = word(100)
    error_message: str | None = prose()
    error_details: dict[str, Any] | None = document()
    estimated_cost: Decimal | None = money()
    retain_until: datetime | None = moment()
    is_permanent: bool = flag()
    timeout: int | None = number()
    callback_url: str | None = word(2048)
    resources: dict[str, Any] | None = document()
    replay_of: str | None = ref("executions", ondelete="SET NULL")
    replay_mode: str | None = word(20)


class StatusTransitionRow(Row, table=True):
    """One change of one status of anything that has one."""

    __tablename__ = "status_transitions"
    __table_args__ = (
        one_of("status_transitions", "entity_type", get_args(EntityType)),
        Index("idx_status_transitions_execution_id", "execution_id"),
    )

    id: str = key()
    execution_id: str | None = ref("executions", ondelete="CASCADE")
    entity_type: str = word(20)
    entity_id: str = identifier()
    from_status: str | None = word(20)
    to_status: str = word(20)
    transitioned_at: datetime = moment(default_now=True)
    reason: str | None = prose()
    actor: str = word(255)
