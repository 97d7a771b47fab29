"""The append-only record, its seals, and what was spent."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import (
    big_number,
    counter,
    day,
    document,
    identifier,
    key,
    moment,
    money,
    number,
    prose,
    ref,
    unique,
    word,
)
from storage.types import json_check, one_of


def create() -> None:
    """Create the tables."""
    _execution_events()
    _retention_gate()
    _audit_checkpoints()
    _audit_heads()
    _cost_usage_daily()


def _execution_events() -> None:
    op.create_table(
        "execution_events",
        counter(),
        ref("execution_id", "executions", ondelete="RESTRICT"),
        word("user_id", 255),
        word("event_type", 50),
        document("event_data"),
        moment("timestamp"),
        moment("created_at", now=True),
        number("seq"),
        document("salts"),
        word("prev_hash", 64),
        word("hash", 64),
        unique("uq_execution_events_seq", "execution_id", "seq"),
        one_of(
            "execution_events",
            "event_type",
            (
                "MessageReceived",
                "PlanGenerated",
                "ApprovalRequested",
                "ApprovalReceived",
                "ToolInvoked",
                "ToolCompleted",
                "ResponseSent",
                "ErrorOccurred",
            ),
        ),
        *json_check("execution_events", "event_data"),
        sqlite_autoincrement=True,
    )
    # Seed 000 names them on PostgreSQL, seed 001 elsewhere.
    prefix = "idx_execution_events" if op.get_context().dialect.name == "postgresql" else "idx_events"
    for column in ("execution_id", "timestamp", "user_id"):
        op.create_index(f"{prefix}_{column}", "execution_events", [column])


def _retention_gate() -> None:
    op.create_table(
        "retention_gate",
        counter(),
        word("purpose", 20, default="retention"),
        moment("opened_at", now=True),
    )


def _audit_checkpoints() -> None:
    op.create_table(
        "audit_checkpoints",
        key(),
        number("seq"),
        big_number("first_event_id"),
        big_number("last_event_id"),
        number("event_count"),
        number("size"),
        word("merkle_root", 64),
        word("prev_hash", 64),
        word("hash", 64),
        word("key_id", 100, nullable=True),
        prose("signature", nullable=True),
        moment("created_at", now=True),
        unique("uq_audit_checkpoints_seq", "seq"),
    )


def _audit_heads() -> None:
    op.create_table(
        "audit_heads",
        counter(),
        number("checkpoint", nullable=True),
        identifier("execution_id"),
        number("seq"),
        word("hash", 64),
        prose("ids"),
        moment("removed_at", nullable=True),
    )
    for column in ("execution_id", "checkpoint"):
        op.create_index(f"idx_audit_heads_{column}", "audit_heads", [column])


def _cost_usage_daily() -> None:
    op.create_table(
        "cost_usage_daily",
        key(),
        day("day"),
        ref("user_id", "users"),
        word("model", 100),
        number("executions", default=0),
        big_number("input_tokens", default=0),
        big_number("output_tokens", default=0),
        big_number("tokens_used", default=0),
        money("estimated_cost"),
        moment("updated_at", now=True),
        unique("uq_cost_usage_daily_line", "day", "user_id", "model"),
    )
