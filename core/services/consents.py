"""Who agreed to a request, as it is told to places outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import Rollback
from core.domain.approvals import ApprovalStatus
from core.domain.consents import Consent
from core.domain.executions import RunAction
from core.services.runs import subject_of

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest, SkillSubject, Vote
    from core.ports import UnitOfWork
    from core.services.runs import Job


async def consent_of(uow: UnitOfWork, job: Job) -> Consent:
    """Return what a place with a history writes beside the change that ``job`` makes."""
    execution = job.execution
    request = await uow.approvals.of_execution(execution.id)
    votes = await votes_that_counted(uow, request) if request is not None else ()
    names = {person.id: person.name for person in await uow.users.all()}
    action = subject_of(execution).action
    return Consent(
        code=execution.code,
        action=RunAction(action.intent),
        asked_by=names.get(execution.user_id, execution.user_id),
        approved_by=tuple(names.get(vote.user_id, vote.user_id) for vote in votes),
        source=_source(job.content) if job.content else "",
        takes_back=await _undone(uow, job) if isinstance(action, Rollback) else None,
    )


async def _undone(uow: UnitOfWork, job: Job) -> str | None:
    """Return the code of the request that a rollback undoes: the last one that changed the place."""
    run = await uow.runs.last_done(job.row.id)
    execution = await uow.executions.get(run.execution_id) if run else None
    return execution.code if execution else None


async def votes_that_counted(uow: UnitOfWork, request: ApprovalRequest) -> tuple[Vote, ...]:
    """Return the votes that approved ``request``; none when it was not approved."""
    if request.status is not ApprovalStatus.APPROVED:
        return ()
    return tuple(
        vote
        for vote in await uow.approvals.votes(request.id)
        if vote.approve and vote.is_confirmed and vote.revision == request.revision
    )


def _source(content: SkillSubject) -> str:
    return f"{content.place} at {content.commit}" if content.commit else content.place
