"""Folding: what the tables say of a request, worked out from its events alone."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from core.domain.approvals import BROKEN_GLASS, ApprovalStatus, ApprovalSubject
from core.domain.base import Domain
from core.domain.events import (
    ApprovalReceived,
    ApprovalRequested,
    ErrorOccurred,
    ExecutionEvent,
    PlanGenerated,
    ToolCompleted,
    ToolInvoked,
)
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.plans import ExecutionPlan

#: The tools that change a place, or what is recorded as approved there: one call is one run.
PLACE_TOOLS = frozenset({"skill.install", "skill.uninstall", "skill.adopt"})

#: A skill and a provider, by name.
Where = tuple[str, str]


class Installed(Domain):
    """What is recorded as installed at one place; None is nothing."""

    ref: str | None = None
    digest: str | None = None


class Folded(Domain):
    """One request. ``status`` is None while there is no plan.

    A message that needs no plan is answered, or obeyed, in the transaction that records it.
    """

    status: ExecutionStatus | None = None
    request: ApprovalStatus | None = None
    #: Number of the question that people are asked now; votes on an earlier one count no more.
    revision: int = 0
    #: Who voted on it, and how.
    votes: dict[str, bool] = Field(default_factory=dict)
    runs: dict[Where, RunStatus] = Field(default_factory=dict)
    plan: ExecutionPlan | None = None
    subject: ApprovalSubject | None = None


def fold(events: Iterable[ExecutionEvent], onto: Folded | None = None) -> Folded:
    """Return what the tables say of the execution with these events; ``onto`` is what the earlier ones folded to."""
    folded = onto or Folded()
    for event in events:
        folded = _next(folded, event)
    return folded


def fold_places(events: Iterable[ExecutionEvent]) -> dict[Where, Installed]:
    """Return what is installed where, from the events of all executions in the order in which they were stored."""
    places: dict[Where, Installed] = {}
    for event in events:
        if isinstance(event, ToolCompleted) and event.tool in PLACE_TOOLS and event.output.success:
            told = event.output.output
            places[told["skill"], told["provider"]] = Installed(ref=told["commit"], digest=told["digest"])
    return places


def _next(folded: Folded, event: ExecutionEvent) -> Folded:
    match event:
        case PlanGenerated():
            folded = folded.evolve(plan=event.plan, status=folded.status or ExecutionStatus.PENDING)
        case ApprovalRequested():
            folded = folded.evolve(
                request=ApprovalStatus.PENDING,
                revision=event.details.revision,
                subject=event.details.subject,
                votes={} if event.details.revision != folded.revision else folded.votes,
            )
        case ApprovalReceived():
            folded = _voted(folded, event)
        case ToolInvoked() if event.tool in PLACE_TOOLS:
            folded = _begun(folded, event)
        case ToolCompleted() if event.tool in PLACE_TOOLS:
            done = RunStatus.SUCCESS if event.output.success else RunStatus.FAILED
            folded = folded.evolve(runs=folded.runs | {_where(folded, event.step): done})
        case ErrorOccurred():
            failed = {_where(folded, step): RunStatus.FAILED for step in event.steps}
            folded = folded.evolve(runs=folded.runs | failed)
    return folded if event.ended is None else _ended(folded, ExecutionStatus(event.ended))


def _voted(folded: Folded, event: ApprovalReceived) -> Folded:
    """Count a vote or take it back; whoever only proposes another ref, or breaks the glass, has not voted."""
    votes = dict(folded.votes)
    if event.modified == "withdrawn":
        votes.pop(event.by, None)
    elif event.modified is None or (event.approved and event.modified != BROKEN_GLASS):
        votes[event.by] = event.approved
    if event.decided is None:
        return folded.evolve(votes=votes)
    decided = ApprovalStatus(event.decided)
    if decided is ApprovalStatus.EXPIRED:
        return folded.evolve(request=decided)
    runs = _queued(folded.subject) if decided is ApprovalStatus.APPROVED else {}
    return folded.evolve(votes=votes, request=decided, runs=runs)


def _queued(subject: ApprovalSubject | None) -> dict[Where, RunStatus]:
    """Return the runs that an approval turns into."""
    targets = subject.targets if subject else ()
    return {(it.skill, it.provider): RunStatus.QUEUED for it in targets if not it.is_current}


def _begun(folded: Folded, event: ToolInvoked) -> Folded:
    status = ExecutionStatus.RUNNING if folded.status is ExecutionStatus.PENDING else folded.status
    where = (event.input["skill"], event.input["provider"])
    return folded.evolve(status=status, runs=folded.runs | {where: RunStatus.RUNNING})


def _where(folded: Folded, step: int) -> Where:
    """Return the place that a step of the plan changes."""
    if folded.plan is None:
        raise ValueError("a step without a plan")
    data = folded.plan.steps[step].input
    return data["skill"], data["provider"]


def _ended(folded: Folded, status: ExecutionStatus) -> Folded:
    """End an execution: a question that is still open is cancelled, and what has not begun will not."""
    runs = {where: RunStatus.FAILED if run is RunStatus.QUEUED else run for where, run in folded.runs.items()}
    request = ApprovalStatus.CANCELLED if folded.request is ApprovalStatus.PENDING else folded.request
    return folded.evolve(status=status, runs=runs, request=request)
