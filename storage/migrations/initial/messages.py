"""What comes in and what goes out."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import NOTICE_KINDS, document, flag, key, moment, number, prose, ref, unique, word
from storage.types import json_check, one_of


def create() -> None:
    """Create the tables."""
    _notices()
    _inbox()


def _notices() -> None:
    op.create_table(
        "notices",
        key(),
        word("dedupe_key", 255),
        word("kind", 20),
        ref("execution_id", "executions", ondelete="CASCADE", nullable=True),
        ref("request_id", "hitl_requests", ondelete="CASCADE", nullable=True),
        ref("user_id", "users", nullable=True),
        word("channel", 20, nullable=True),
        word("workspace_id", 100, nullable=True),
        word("conversation_id", 255, nullable=True),
        word("thread_id", 255, nullable=True),
        word("conversation_key", 512, nullable=True),
        flag("is_private"),
        document("payload", default="{}"),
        word("status", 20, default="pending"),
        number("attempts", default=0),
        moment("next_attempt_at"),
        prose("last_error", nullable=True),
        moment("created_at", now=True),
        moment("delivered_at", nullable=True),
        word("message_id", 255, nullable=True),
        unique("uq_notices_dedupe_key", "dedupe_key"),
        one_of("notices", "kind", NOTICE_KINDS),
        one_of("notices", "channel", ("console", "slack", "telegram", "api")),
        one_of("notices", "status", ("pending", "delivered", "failed")),
        *json_check("notices", "payload"),
    )
    op.create_index("idx_notices_execution_id", "notices", ["execution_id"])
    op.create_index("idx_notices_pending", "notices", ["status", "conversation_key", "created_at", "id"])
    op.create_index("idx_notices_status_next_attempt_at", "notices", ["status", "next_attempt_at"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        key(),
        word("dedupe_key", 255),
        word("kind", 20),
        word("conversation_key", 512),
        document("payload"),
        word("status", 20, default="pending"),
        number("attempts", default=0),
        prose("last_error", nullable=True),
        ref("execution_id", "executions", ondelete="SET NULL", nullable=True),
        moment("received_at"),
        moment("processed_at", nullable=True),
        unique("uq_inbox_dedupe_key", "dedupe_key"),
        one_of("inbox", "kind", ("message", "press", "form")),
        one_of("inbox", "status", ("pending", "done", "failed")),
        *json_check("inbox", "payload"),
    )
    op.create_index("idx_inbox_pending", "inbox", ["status", "conversation_key", "received_at", "id"])
