"""The audit record: what is not in it, and what does not fit."""

from __future__ import annotations

from core.errors.base import Internal, InvalidInput


class UnknownEvent(InvalidInput):
    """#{code} has no event {seq}. "skillwarden timeline {code} --json" lists those it has; seq is the number."""


class UnreadableRecord(InvalidInput):
    """{file} cannot be read as {what}: {reason}."""


class RecordMoved(Internal):
    """Retention let something go while the record was exported. Export it again."""

    recoverable = True


class RecordReplaced(Internal):
    """Checkpoint {seq} in the database is not the one in {file}, where it was written when it was made: the record was
    replaced by an older or another one. "skillwarden audit verify --anchor {file}" says what does not fit."""

    exit_code = 65  # sysexits.h: EX_DATAERR


class RecordBroken(Internal):
    """The record does not verify, findings: {count}. What stands above is not as it was written."""

    exit_code = 65  # sysexits.h: EX_DATAERR
