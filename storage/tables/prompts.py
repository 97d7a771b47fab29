"""The tables ``approval_prompts`` and ``button_tokens``: posted cards and what their buttons stand for."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.messages import ChannelName
from core.domain.notices import NoticeKind
from storage.tables.fields import Row, document, flag, key, moment, number, ref, word
from storage.types import json_check, one_of


class ApprovalPromptRow(Row, table=True):
    """One posted copy of a live card.

    It shows an execution, or a drift. ``is_behind`` is true when the copy shows an older revision than that has: the
    reconciler finds the few such copies among all that were ever posted.
    """

    __tablename__ = "approval_prompts"
    __table_args__ = (
        one_of("approval_prompts", "kind", NoticeKind),
        one_of("approval_prompts", "channel", get_args(ChannelName)),
        Index("idx_approval_prompts_execution_id", "execution_id"),
        Index("idx_approval_prompts_drift_id", "drift_id"),
        Index("idx_approval_prompts_behind", "is_behind", "next_attempt_at"),
        Index("idx_approval_prompts_place", "channel", "workspace_id", "conversation_id", "created_at"),
        Index("idx_approval_prompts_message", "channel", "workspace_id", "conversation_id", "message_id"),
    )

    id: str = key()
    kind: str = word(20)
    execution_id: str | None = ref("executions", ondelete="CASCADE")
    request_id: str | None = ref("hitl_requests", ondelete="CASCADE")
    drift_id: str | None = ref("drift_events", ondelete="CASCADE")
    user_id: str | None = ref("users")
    channel: str = word(20)
    workspace_id: str = word(100)
    conversation_id: str = word(255)
    thread_id: str | None = word(255)
    is_private: bool = flag()
    message_id: str = word(255)
    shown_revision: int = number()
    is_behind: bool = flag()
    is_gone: bool = flag()
    attempts: int = number(default=0)
    next_attempt_at: datetime = moment()
    created_at: datetime = moment(default_now=True)


class ButtonTokenRow(Row, table=True):
    """What an opaque button token stands for; ``press_key`` is the same for two presses that are the same."""

    __tablename__ = "button_tokens"
    __table_args__ = (
        UniqueConstraint("press_key", name="uq_button_tokens_press_key"),
        *json_check("button_tokens", "press", "form"),
        Index("idx_button_tokens_execution_id", "execution_id"),
    )

    token: str = word(32, primary_key=True)
    execution_id: str | None = ref("executions", ondelete="CASCADE")
    request_id: str | None = ref("hitl_requests", ondelete="CASCADE")
    revision: int = number(default=0)
    press: dict[str, Any] = document()
    form: dict[str, Any] | None = document()
    press_key: str = word(64)
    created_at: datetime = moment(default_now=True)
