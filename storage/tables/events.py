"""The tables ``execution_events``, ``retention_gate``, ``audit_checkpoints``, ``audit_heads``: record and seals."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Index, UniqueConstraint

from core.domain.events import ExecutionEvent
from storage.tables.fields import Row, big_number, counter, document, identifier, key, moment, number, prose, ref, word
from storage.types import ELSEWHERE, json_check, one_of

# The members of the union ``ExecutionEvent``.
EVENT_TYPES = tuple(event.model_fields["type"].default for event in get_args(get_args(ExecutionEvent)[0]))


def event_indexes() -> tuple[Index, ...]:
    """Return the indexes of the events: seed 000 names them on PostgreSQL, seed 001 elsewhere."""
    columns = ("execution_id", "user_id", "timestamp")
    return (
        *(Index(f"idx_execution_events_{column}", column).ddl_if(dialect="postgresql") for column in columns),
        *(
            Index(f"idx_events_{column}", column).ddl_if(
                dialect=ELSEWHERE  # type: ignore[arg-type]  # a tuple is documented
            )
            for column in columns
        ),
    )


class ExecutionEventRow(Row, table=True):
    """One step of an execution, linked to the step before. Append-only: triggers refuse anything else."""

    __tablename__ = "execution_events"
    __table_args__ = (
        UniqueConstraint("execution_id", "seq", name="uq_execution_events_seq"),
        one_of("execution_events", "event_type", EVENT_TYPES),
        *json_check("execution_events", "event_data"),
        *event_indexes(),
        {"sqlite_autoincrement": True},
    )

    id: int = counter()
    execution_id: str = ref("executions", ondelete="RESTRICT")
    user_id: str = word(255)
    event_type: str = word(50)
    event_data: dict[str, Any] = document()
    timestamp: datetime = moment()
    created_at: datetime = moment(default_now=True)
    seq: int = number()
    salts: dict[str, str] = document()
    prev_hash: str = word(64)
    hash: str = word(64)


class RetentionGateRow(Row, table=True):
    """While a row is here, events may be deleted (``retention``), or lose what they say (``redaction``).

    Whoever does so puts it here and takes it back in one transaction.
    """

    __tablename__ = "retention_gate"

    id: int = counter()
    purpose: str = word(20, "retention")
    opened_at: datetime = moment(default_now=True)


class AuditCheckpointRow(Row, table=True):
    """A Merkle root over ``size`` heads, those since the checkpoint before, linked to it, optionally signed."""

    __tablename__ = "audit_checkpoints"
    __table_args__ = (UniqueConstraint("seq", name="uq_audit_checkpoints_seq"),)

    id: str = key()
    seq: int = number()
    first_event_id: int = big_number()
    last_event_id: int = big_number()
    event_count: int = number()
    size: int = number()
    merkle_root: str = word(64)
    prev_hash: str = word(64)
    hash: str = word(64)
    key_id: str | None = word(100)
    signature: str | None = prose()
    created_at: datetime = moment(default_now=True)


class AuditHeadRow(Row, table=True):
    """Where an execution's chain stood when a checkpoint was made, or when retention let it go (``removed_at``).

    ``ids`` are those of its events since the head before. ``checkpoint`` is NULL until one is made.
    """

    __tablename__ = "audit_heads"
    __table_args__ = (
        Index("idx_audit_heads_execution_id", "execution_id"),
        Index("idx_audit_heads_checkpoint", "checkpoint"),
    )

    id: int = counter()
    checkpoint: int | None = number()
    execution_id: str = identifier()
    seq: int = number()
    hash: str = word(64)
    ids: str = prose()
    removed_at: datetime | None = moment()
