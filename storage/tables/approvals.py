"""The tables ``hitl_requests`` and ``approval_votes``; the view ``approval_requests`` shows the former."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.agents import AgentType, RequestType
from core.domain.approvals import ApprovalStatus
from core.domain.messages import ChannelName
from core.domain.plans import RiskLevel
from storage.tables.fields import Row, document, flag, key, moment, number, prose, ref, word
from storage.types import json_check, one_of


class HitlRequestRow(Row, table=True):
    """A question to people, with a deadline."""

    __tablename__ = "hitl_requests"
    __table_args__ = (
        UniqueConstraint("code", name="uq_hitl_requests_code"),
        one_of("hitl_requests", "agent_type", get_args(AgentType)),
        one_of("hitl_requests", "request_type", get_args(RequestType)),
        one_of("hitl_requests", "status", ApprovalStatus),
        one_of("hitl_requests", "risk_level", (level.lower() for level in RiskLevel)),
        *json_check("hitl_requests", "payload", "options", "response", "rule", "requesters", "change"),
        Index("idx_hitl_status", "status"),
        Index("idx_hitl_agent_status", "agent_type", "status"),
        Index("idx_hitl_expires", "expires_at"),
        Index("idx_hitl_status_expires", "status", "expires_at", "id"),
        Index("idx_hitl_created_at", "created_at"),
        Index("idx_hitl_status_created_at", "status", "created_at", "id"),
        Index("idx_hitl_execution_id", "execution_id"),
        Index("idx_hitl_question_hash", "question_hash", "status", "created_at", "id"),
    )

    id: str = key()
    code: str = word(16)
    execution_id: str | None = ref("executions")
    chat_action_id: str | None = ref("chat_actions")
    agent_type: str = word(20)
    request_type: str = word(50)
    status: str = word(20, default=ApprovalStatus.PENDING)
    title: str = word(255)
    description: str | None = prose()
    payload: dict[str, Any] = document()
    options: list[str] = document(default="[]")
    response: dict[str, Any] | None = document()
    risk_level: str = word(20)
    subject_hash: str = word(64)
    question_hash: str | None = word(64)
    policy: str = word(100)
    rule: dict[str, Any] = document()
    requesters: list[str] = document()
    change: dict[str, Any] | None = document()
    threshold: int = number(default=1)
    revision: int = number(default=1)
    created_by: str = word(100)
    responded_by: str | None = word(100)
    comment: str | None = prose()
    callback_url: str | None = word(2048)
    created_at: datetime = moment(default_now=True)
    updated_at: datetime = moment(default_now=True)
    expires_at: datetime = moment()
    remind_at: datetime | None = moment()
    responded_at: datetime | None = moment()
    execution_expires_at: datetime | None = moment()


class ApprovalVoteRow(Row, table=True):
    """The vote of one person on one request; a vote on a later revision replaces the earlier one."""

    __tablename__ = "approval_votes"
    __table_args__ = (
        UniqueConstraint("request_id", "user_id", name="uq_approval_votes_person"),
        one_of("approval_votes", "channel", get_args(ChannelName)),
        *json_check("approval_votes", "answer"),
    )

    id: str = key()
    request_id: str = ref("hitl_requests", ondelete="CASCADE")
    user_id: str = ref("users")
    approve: bool = flag()
    is_confirmed: bool = flag(default=True)
    comment: str | None = prose()
    answer: dict[str, Any] | None = document()
    revision: int = number()
    channel: str = word(20)
    on_behalf_of: str | None = ref("users")
    voted_at: datetime = moment()
