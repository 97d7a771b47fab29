"""The table ``inbox``: deliveries, stored before they are acknowledged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from core.domain.notices import InboxStatus
from storage.tables.fields import Row, document, key, moment, number, prose, ref, word
from storage.types import json_check, one_of


class InboxRow(Row, table=True):
    """One delivery of a platform."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("dedupe_key", name="uq_inbox_dedupe_key"),
        one_of("inbox", "kind", ("message", "press", "form")),
        one_of("inbox", "status", InboxStatus),
        *json_check("inbox", "payload"),
        Index("idx_inbox_pending", "status", "conversation_key", "received_at", "id"),
    )

    id: str = key()
    dedupe_key: str = word(255)
    kind: str = word(20)
    conversation_key: str = word(512)
    payload: dict[str, Any] = document()
    status: str = word(20, default=InboxStatus.PENDING)
    attempts: int = number(default=0)
    last_error: str | None = prose()
    execution_id: str | None = ref("executions", ondelete="SET NULL")
    received_at: datetime = moment()
    processed_at: datetime | None = moment()
