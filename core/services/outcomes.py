"""Outcomes: who hears how a request ended - its requester, and everybody who asked for the same and joined it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import AlreadyAsked
from core.services.records import card_notice

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import Execution
    from core.domain.notices import NoticeKind
    from core.ports import UnitOfWork


async def tell_outcome(
    uow: UnitOfWork, execution: Execution, kind: NoticeKind, now: datetime, *, to_requester: bool = True
) -> None:
    """Queue the news that ``execution`` has ended, where it was asked for and where others joined it.

    Who asked for it several times in one conversation is told once.
    """
    told = {(execution.user_id, execution.conversation)} if to_requester else set()
    if to_requester:
        await uow.notices.add(card_notice(execution, kind, now))
    for other in await uow.executions.repeats(execution.id):
        place = (other.user_id, other.conversation)
        if other.error_code == AlreadyAsked.code and place not in told:
            told.add(place)
            joined = card_notice(execution, kind, now).evolve(
                dedupe_key=f"{kind}:{execution.id}:{other.id}", user_id=other.user_id, conversation=other.conversation
            )
            await uow.notices.add(joined)
