"""The table ``notices``: the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.messages import ChannelName
from core.domain.notices import NoticeKind, NoticeStatus
from storage.tables.fields import Row, document, flag, key, moment, number, prose, ref, word
from storage.types import json_check, one_of


class NoticeRow(Row, table=True):
    """One message to deliver, to a conversation or to a person."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("dedupe_key", name="uq_notices_dedupe_key"),
        one_of("notices", "kind", NoticeKind),
        one_of("notices", "channel", get_args(ChannelName)),
        one_of("notices", "status", NoticeStatus),
        *json_check("notices", "payload"),
        Index("idx_notices_status_next_attempt_at", "status", "next_attempt_at"),
        Index("idx_notices_execution_id", "execution_id"),
        Index("idx_notices_pending", "status", "conversation_key", "created_at", "id"),
    )

    id: str = key()
    dedupe_key: str = word(255)
    kind: str = word(20)
    execution_id: str | None = ref("executions", ondelete="CASCADE")
    request_id: str | None = ref("hitl_requests", ondelete="CASCADE")
    user_id: str | None = ref("users")
    channel: str | None = word(20)
    workspace_id: str | None = word(100)
    conversation_id: str | None = word(255)
    thread_id: str | None = word(255)
    conversation_key: str | None = word(512)
    is_private: bool = flag()
    payload: dict[str, Any] = document(default="{}")
    status: str = word(20, default=NoticeStatus.PENDING)
    attempts: int = number(default=0)
    next_attempt_at: datetime = moment()
    last_error: str | None = prose()
    created_at: datetime = moment(default_now=True)
    delivered_at: datetime | None = moment()
    message_id: str | None = word(255)
