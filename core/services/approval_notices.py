"""What the approval desk has to say: cards to approvers, reminders, and words to those whose vote fell away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.domain.base import new_id
from core.domain.messages import ConversationRef
from core.domain.notices import Notice, NoticeKind
from core.domain.users import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from core.domain.approvals import ApprovalRequest
    from core.domain.eligibility import Roster, Seat
    from core.ports import UnitOfWork


@dataclass(frozen=True)
class Audience:
    """Who gets approval cards: every approver in private, and rooms where approvers gather, as they are known now."""

    each_approver: bool = True
    rooms: Callable[[], tuple[ConversationRef, ...]] = tuple


async def send_cards(
    uow: UnitOfWork,
    request: ApprovalRequest,
    *,
    available: tuple[Seat, ...],
    roster: Roster,
    audience: Audience,
    now: datetime,
) -> None:
    """Show ``request`` to everybody who may vote and was not shown it yet; later changes reach them by edits.

    Who is away is left alone unless everybody is. Those whom the rule only informs get the same card without buttons
    to decide.
    """
    for person in present(available, roster) if audience.each_approver else ():
        await uow.notices.add(notice(request, NoticeKind.APPROVAL_CARD, now, person=person))
    for room in audience.rooms():
        await uow.notices.add(notice(request, NoticeKind.APPROVAL_CARD, now, room=room))
    voters = {seat.person.id for seat in available}
    for person in roster.choose(request.rule.notify):
        if person.id not in voters and person.id not in request.requesters:
            await uow.notices.add(notice(request, NoticeKind.FYI_CARD, now, person=person))


def present(available: tuple[Seat, ...], roster: Roster) -> tuple[User, ...]:
    """Return who is asked: those with an account who are not away, or everybody with one when all are."""
    away = roster.away()
    people = tuple(dict.fromkeys(seat.person for seat in available if seat.person.id in roster.linked))
    return tuple(person for person in people if person.id not in away) or people


async def remind(
    uow: UnitOfWork, request: ApprovalRequest, people: Iterable[User], *, audience: Audience, now: datetime
) -> None:
    """Say once more to ``people`` that their vote is missing."""
    for person in people:
        await uow.notices.add(notice(request, NoticeKind.REMINDER, now, person=person, key=str(request.revision)))
    for room in () if audience.each_approver else audience.rooms():
        await uow.notices.add(notice(request, NoticeKind.REMINDER, now, room=room, key=str(request.revision)))


async def ask_newcomers(uow: UnitOfWork, now: datetime) -> None:
    """Have every open request shown to whoever may vote on it from now on: its next alarm is due at once."""
    for request in await uow.approvals.pending(now):
        await uow.approvals.set_reminder(request.id, now)
        if request.execution_id is not None:
            await uow.executions.bump(request.execution_id, now)


def notice(
    request: ApprovalRequest,
    kind: NoticeKind,
    now: datetime,
    *,
    person: User | None = None,
    room: ConversationRef | None = None,
    key: str = "",
) -> Notice:
    """Return a live card about ``request`` for a person or a room, said at most once for each ``key``."""
    where: dict[str, Any] = {"user_id": person.id} if person else {"conversation": room}
    name = person.id if person else room.conversation_id if room else ""
    return Notice(
        id=new_id(now),
        dedupe_key=":".join(filter(None, (kind, request.id, key, name))),
        kind=kind,
        execution_id=request.execution_id,
        request_id=request.id,
        next_attempt_at=now,
        created_at=now,
        **where,
    )


def alarms(request: ApprovalRequest) -> tuple[datetime | None, datetime]:
    """Return when more people are asked (None: never), and when those who have not voted are reminded."""
    rule = request.rule
    escalation = request.created_at + rule.escalate_after if rule.escalate_after is not None else None
    before = rule.remind_before or (request.expires_at - request.created_at) / 4
    return escalation, request.expires_at - before


def next_alarm(request: ApprovalRequest, now: datetime) -> datetime | None:
    """Return the first alarm after ``now``; None when there is none before the request expires."""
    ahead = [moment for moment in alarms(request) if moment is not None and now < moment < request.expires_at]
    return min(ahead, default=None)
