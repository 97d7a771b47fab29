"""Removal: what retention lets go of - which executions are old, and everything that goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, false, func, or_, select

from core.domain.executions import ExecutionStatus
from storage.session import Session
from storage.tables.approvals import HitlRequestRow
from storage.tables.chat_actions import ChatActionRow
from storage.tables.executions import ExecutionRow
from storage.tables.fields import table_of
from storage.tables.runs import InstallRunRow

_executions, _requests = table_of(ExecutionRow), table_of(HitlRequestRow)
_actions, _runs = table_of(ChatActionRow), table_of(InstallRunRow)
_execution, _request, _run = _executions.c, _requests.c, _runs.c

ENDED = (ExecutionStatus.COMPLETED.value, ExecutionStatus.FAILED.value, ExecutionStatus.CANCELLED.value)
# What refers to an execution and does not go by itself, in an order that no reference stands against.
_IN_THE_WAY = (_requests, _actions, _runs)


def old(
    statement: Select[Any], *, approved: datetime, others: datetime, now: datetime, after: str, limit: int
) -> Select[Any]:
    """Return ``statement`` over executions with what ``Executions.old`` says."""
    ended = func.coalesce(_execution.completed_at, _execution.created_at, type_=_execution.created_at.type)
    has_approval = select(_request.id).where(_request.execution_id == _execution.id).exists()
    by_age = or_(and_(has_approval, ended < approved), and_(~has_approval, ended < others))
    is_due = or_(
        and_(_execution.retain_until.is_not(None), _execution.retain_until <= now),
        and_(_execution.retain_until.is_(None), by_age),
    )
    return (
        statement.where(_execution.id > after, _execution.status.in_(ENDED), _execution.is_permanent == false(), is_due)
        .order_by(_execution.id)
        .limit(limit)
    )


async def decided(session: Session, execution_ids: Sequence[str]) -> frozenset[str]:
    """Return those of the executions that have an approval or a run."""
    found: set[str] = set()
    for column in (_request.execution_id, _run.execution_id):
        found |= {row[0] for row in await session.rows(select(column).where(column.in_(execution_ids)).distinct())}
    return frozenset(found)


async def remove(session: Session, execution_ids: Sequence[str]) -> None:
    """Delete the executions; what has no meaning without them goes by the database's own rules."""
    for table in _IN_THE_WAY:
        await session.change(delete(table).where(table.c.execution_id.in_(execution_ids)), {})
    await session.change(delete(_executions).where(_execution.id.in_(execution_ids)), {})
