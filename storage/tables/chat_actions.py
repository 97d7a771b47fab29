"""The table ``chat_actions``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index

from core.domain.executions import ChatActionResult
from core.domain.plans import RiskLevel
from storage.tables.fields import Row, document, key, moment, prose, ref, word
from storage.types import json_check, one_of


class ChatActionRow(Row, table=True):
    """The audit row of one understood action, with its risk at that time."""

    __tablename__ = "chat_actions"
    __table_args__ = (
        one_of("chat_actions", "risk_level", (level.lower() for level in RiskLevel)),
        one_of("chat_actions", "result", ChatActionResult),
        *json_check("chat_actions", "resolved_action"),
        Index("idx_chat_actions_execution_id", "execution_id"),
        Index("idx_chat_actions_user_id_created_at", "user_id", "created_at"),
    )

    id: str = key()
    user_id: str = ref("users")
    intent: str = word(100)
    input_text: str = prose()
    resolved_action: dict[str, Any] = document()
    risk_level: str = word(20)
    execution_id: str | None = ref("executions")
    run_id: str | None = ref("install_runs", ondelete="SET NULL")
    result: str = word(20, default=ChatActionResult.ACCEPTED)
    created_at: datetime = moment(default_now=True)
    updated_at: datetime = moment(default_now=True)
