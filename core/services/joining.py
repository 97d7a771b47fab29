"""Joining: who asks for exactly what is being asked already ends there, and hears how that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.executions import WaitingFor
from core.domain.notices import NoticeKind
from core.errors import AlreadyAsked
from core.services.closing import stop_execution
from core.services.records import card_notice, error_columns, error_event
from core.services.runs import subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import Execution
    from core.ports import UnitOfWork


async def joined(uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> bool:
    """End ``execution`` if people are asked already exactly what it would ask them; return whether they are."""
    for request in await uow.approvals.asking(subject_of(execution).question_hash, now):
        other = await uow.executions.get(request.execution_id) if request.execution_id else None
        if other is not None and other.waiting_for is WaitingFor.APPROVAL:
            await _join(uow, execution, other, now=now, actor=actor)
            return True
    return False


async def _join(uow: UnitOfWork, execution: Execution, other: Execution, *, now: datetime, actor: str) -> None:
    asker = await uow.users.get(other.user_id)
    error = AlreadyAsked(who=asker.name if asker else other.user_id, code=other.code)
    same = execution.evolve(replay_of=other.id)
    await uow.events.append(execution.id, actor, error_event(error, now, ended="cancelled"))
    await stop_execution(uow, same, error.code, now=now, actor=actor, reason=str(error), columns=error_columns(error))
    await uow.notices.add(card_notice(same, NoticeKind.OUTCOME, now))
