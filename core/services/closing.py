"""Closing: how requests and executions end before their time - decided, cancelled, expired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.events import ErrorOccurred
from core.domain.executions import ChatActionResult, Execution, ExecutionStatus, RunStatus
from core.domain.notices import NoticeKind
from core.errors import AlreadyDecided, ErrorType, RequestExpired, Words
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome
from core.services.views import actor_name
from core.services.waits import look_soon

if TYPE_CHECKING:
    from datetime import datetime

    from core.ports import UnitOfWork


_DECIDED = {
    ApprovalStatus.APPROVED: Words("approved"),
    ApprovalStatus.REJECTED: Words("rejected"),
    ApprovalStatus.CANCELLED: Words("cancelled"),
}


async def close_request(
    uow: UnitOfWork,
    request: ApprovalRequest,
    status: ApprovalStatus,
    *,
    now: datetime,
    by: str,
    comment: str | None = None,
    good_until: datetime | None = None,
    response: dict[str, Any] | None = None,
) -> None:
    """Give ``request`` its final status; ``good_until`` is how long an approval may be acted upon.

    Raises:
        AlreadyDecided, RequestExpired: somebody or something was first; the error says who.
    """
    decided = await uow.approvals.decide(
        request, status=status, now=now, by=by, comment=comment, execution_expires_at=good_until, response=response
    )
    if not decided:
        current = await uow.approvals.get(request.id)
        check_open(current or request, now, {person.id: person.name for person in await uow.users.all()})
    ledger = Ledger(uow, now=now, actor=by)
    await ledger.note("hitl", request.id, request.execution_id, ApprovalStatus.PENDING, status, comment)


def check_open(request: ApprovalRequest, now: datetime, names: dict[str, str]) -> None:
    """Do nothing while ``request`` can be decided.

    Raises:
        RequestExpired: its time is over, swept or not.
        AlreadyDecided: it is closed; ``names`` tells who by user id.
    """
    overdue = request.status is ApprovalStatus.PENDING and request.expires_at <= now
    if overdue or request.status is ApprovalStatus.EXPIRED:
        raise RequestExpired(code=request.code, when=request.expires_at)
    if request.status is not ApprovalStatus.PENDING:
        who = actor_name(request.responded_by, names)
        raise AlreadyDecided(
            code=request.code, status=_DECIDED.get(request.status, request.status), who=who, when=request.responded_at
        )


async def cancel_execution(
    uow: UnitOfWork,
    execution: Execution,
    *,
    now: datetime,
    actor: str,
    comment: str | None = None,
    notify: bool = True,
) -> None:
    """End ``execution`` as cancelled, with its open request and its queued runs, and tell the requester."""
    request = await uow.approvals.of_execution(execution.id)
    if request is not None and request.status is ApprovalStatus.PENDING:
        await close_request(uow, request, ApprovalStatus.CANCELLED, now=now, by=actor, comment=comment)
    for run in await uow.runs.of_execution(execution.id):
        if run.status is RunStatus.QUEUED:
            ledger = Ledger(uow, now=now, actor=actor)
            await ledger.run(run, RunStatus.FAILED, error_code="CANCELLED", finished_at=now)
    await look_soon(uow, now, lambda run: run.execution_id == execution.id)
    person = await uow.users.get(actor)
    said = f"Cancelled by {actor_name(actor, {actor: person.name} if person else {})}" + (
        f": {comment}" if comment else "."
    )
    await uow.events.append(
        execution.id,
        actor,
        ErrorOccurred(timestamp=now, error=said, error_type=ErrorType.PERMISSION, recoverable=True, ended="cancelled"),
    )
    await stop_execution(uow, execution, "CANCELLED", now=now, actor=actor, reason=comment)
    await tell_outcome(uow, execution, NoticeKind.OUTCOME, now, to_requester=notify)


async def stop_execution(
    uow: UnitOfWork,
    execution: Execution,
    code: str,
    *,
    now: datetime,
    actor: str,
    reason: str | None = None,
    columns: dict[str, Any] | None = None,
) -> None:
    """Move ``execution`` to cancelled because of ``code``, and its action to rejected; ``columns`` go with it."""
    ledger = Ledger(uow, now=now, actor=actor)
    ended = {"waiting_for": None, "completed_at": now, "error_code": code} | (columns or {})
    await ledger.execution(execution, ExecutionStatus.CANCELLED, reason=reason, **ended)
    record = await uow.chat_actions.of_execution(execution.id)
    if record is not None and record.result is ChatActionResult.ACCEPTED:
        await ledger.chat_action(record, ChatActionResult.REJECTED)
