"""Copies: where other tables repeat, word for word, what the events of an execution say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, and_, bindparam, select, update

from core.domain.audit.hashing import REDACTED
from core.domain.notices import InboxStatus
from storage.session import Session
from storage.tables.approvals import ApprovalVoteRow, HitlRequestRow
from storage.tables.chat_actions import ChatActionRow
from storage.tables.executions import ExecutionRow, StatusTransitionRow
from storage.tables.fields import table_of
from storage.tables.inbox import InboxRow
from storage.tables.notices import NoticeRow
from storage.tables.runs import InstallRunRow

_executions, _requests, _votes = table_of(ExecutionRow), table_of(HitlRequestRow), table_of(ApprovalVoteRow)
_inbox = table_of(InboxRow)
_execution: BindParameter[str] = bindparam("execution")
_asked = select(_requests.c.id).where(_requests.c.execution_id == _execution)
# What people agreed to (payload, subject, resolved_action) is none of it: their consent is bound to that.
_COPIES: tuple[tuple[ColumnElement[bool], tuple[Column[Any], ...]], ...] = (
    (
        _executions.c.id == _execution,
        tuple(_executions.c[name] for name in ("input_text", "prompt", "output", "error_message", "error_details")),
    ),
    (_requests.c.execution_id == _execution, (_requests.c.comment, _requests.c.response)),
    (_votes.c.request_id.in_(_asked), (_votes.c.comment, _votes.c.answer)),
    (
        # A press belongs to no execution; what was said was delivered shortly before it was recorded.
        and_(
            _inbox.c.status != InboxStatus.PENDING.value,
            _inbox.c.received_at >= bindparam("since"),
            _inbox.c.received_at <= bindparam("until"),
        ),
        (_inbox.c.payload, _inbox.c.last_error),
    ),
    *(
        (table.c.execution_id == _execution, tuple(table.c[name] for name in names))
        for table, names in (
            (table_of(ChatActionRow), ("input_text",)),
            (table_of(NoticeRow), ("payload", "last_error")),
            (table_of(StatusTransitionRow), ("reason",)),
            (table_of(InstallRunRow), ("error_message",)),
        )
    ),
)
# How long a delivery may have waited before it was worked on.
_QUEUED = timedelta(days=1)
# Shorter words are part of other words: they go where they are all that is said.
_SHORT = 4


async def forget(session: Session, execution_id: str, at: datetime, said: Collection[Any]) -> None:
    """Put ``REDACTED`` where rows of the execution repeat a text of ``said`` (JSON values), said by ``at``."""
    about = {"execution": execution_id, "since": at - _QUEUED, "until": at}
    words = sorted({word for value in said for word in _texts(value) if word.strip()}, key=len, reverse=True)
    for where, columns in _COPIES:
        table = columns[0].table
        for row in await session.rows(select(table.c.id, *columns).where(where), about):
            there: dict[str, Any] = dict(zip((column.name for column in columns), row[1:], strict=True))
            left = {name: _without(value, words) for name, value in there.items()}
            if left != there:
                changed = {name: value for name, value in left.items() if value != there[name]}
                await session.change(update(table).where(table.c.id == bindparam("row")), {"row": row[0]} | changed)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _without(value: Any, words: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(inner, words) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, words) for inner in value]
    if not isinstance(value, str):
        return value
    for word in words:
        if value.strip() == word.strip():
            return REDACTED
        if len(word) >= _SHORT:
            value = value.replace(word, REDACTED)
    return value
