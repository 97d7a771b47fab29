"""RequestView: everything a card about one request needs, read in one transaction, folded from its events."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from core.domain.actions import ChatAction
from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.audit.checking import REDACTION
from core.domain.base import Domain, canonical_json
from core.domain.cards import Mark
from core.domain.eligibility import standing
from core.domain.events import (
    ApprovalReceived,
    ChainedEvent,
    ErrorOccurred,
    ExecutionEvent,
    PlanGenerated,
    ToolCompleted,
    ToolInvoked,
)
from core.domain.executions import Execution, ExecutionStatus, InstallRun
from core.domain.freezes import Freeze
from core.errors import Frozen, Words
from core.services.freezes import changed_by, refusal
from core.services.questions import waiting_names, waiting_seats
from core.services.wanted import PROPOSE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.ports import UnitOfWork
    from core.services.reader import Reader
    from core.services.rosters import Rosters


class StepView(Domain):
    """One step of the plan as far as it got; ``data`` is the masked input of the plan and of the last call."""

    tool: str
    mark: Mark
    data: dict[str, Any]
    output: dict[str, Any]
    duration_ms: int | None = None


class RequestView(Domain):
    """One request as it stands. ``names`` maps user ids to names; ``waiting`` are those who can still vote."""

    execution: Execution
    action: ChatAction | None
    request: ApprovalRequest | None
    votes: tuple[Vote, ...]
    #: The channel of the last vote.
    decided_in: str | None
    runs: tuple[InstallRun, ...]
    steps: tuple[StepView, ...]
    names: dict[str, str]
    waiting: tuple[str, ...]
    #: Who may vote for somebody else: ``Carol for Bob``.
    stand_ins: tuple[str, ...] = ()
    #: Who of ``waiting`` cannot be written to in private.
    unreached: tuple[str, ...] = ()
    #: Who ended it before its time; None when nobody did.
    cancelled_by: str | None = None
    events: tuple[ExecutionEvent, ...]
    #: What must not be changed at present; of what is not open nothing.
    freezes: tuple[Freeze, ...] = ()

    @property
    def frozen(self) -> Frozen | None:
        """Why nobody can approve it at present, although it is open; None when they can."""
        return refusal(self.freezes, changed_by(self.execution), self.names)

    def name(self, actor: str | None, reader: Reader | None = None) -> str:
        """Return who ``actor`` is in words, for ``reader``; see ``actor_name``."""
        return actor_name(actor, self.names, reader.say if reader else Words)


def actor_name(actor: str | None, names: Mapping[str, str], say: Callable[..., str] = Words) -> str:
    """Return who ``actor`` is: a person by their name among ``names`` (by user id), a job by what people call it.

    ``say`` puts it into the reader's language; without one it is in English, and knows how to be said.
    """
    kind, _, what = (actor or "").partition(":")
    match kind, what:
        case "system", "host":
            return say("the host's operator")
        case "system", "expiry":
            return say("nobody in time")
        case "system", "slack":
            return say("Slack")
        case "system" | "worker", _:
            return say("Skillwarden itself")
        case "policy", rule:
            return say('the rule "{rule}"', rule=rule)
        case _:
            return names.get(actor or "", actor or "")


async def load_view(uow: UnitOfWork, execution_id: str, rosters: Rosters) -> RequestView | None:
    """Read the view of an execution; None when it does not exist."""
    execution, record, request, roster, rows, runs = await asyncio.gather(
        uow.executions.get(execution_id),
        uow.chat_actions.of_execution(execution_id),
        uow.approvals.of_execution(execution_id),
        rosters.load(uow),
        uow.events.of_execution(execution_id),
        uow.runs.of_execution(execution_id),
    )
    if execution is None:
        return None
    votes = await uow.approvals.votes(request.id) if request else ()
    is_open = request is not None and request.status is ApprovalStatus.PENDING
    events = tuple(row.event for row in rows)
    counted: tuple[Vote, ...] = ()
    waiting: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    if request is not None:
        available = rosters.seats(request, roster)
        counted = standing(votes, available, revision=request.revision)
        missing = waiting_seats(available, counted)
        waiting = waiting_names(available, counted, roster)
        unreached = tuple(seat.person.name for seat in missing if seat.person.id in roster.unreached)
        stand_ins = tuple(seat.label for seat in available if seat.is_delegated)
    decisions = [event for event in events if isinstance(event, ApprovalReceived)]
    return RequestView(
        execution=execution,
        action=record.resolved_action if record else None,
        request=request,
        votes=counted if request is None or is_open else votes,
        decided_in=decisions[-1].channel if decisions else None,
        runs=runs,
        steps=fold_steps(events, execution.status),
        names={person.id: person.name for person in roster.people},
        waiting=waiting,
        unreached=unreached,
        cancelled_by=_cancelled_by(rows) if execution.error_code == "CANCELLED" else None,
        stand_ins=stand_ins,
        events=events,
        freezes=await uow.freezes.active() if is_open else (),
    )


def _cancelled_by(rows: Sequence[ChainedEvent]) -> str | None:
    """Return who cancelled a request: it is the last error on its record, but for what was under way then."""
    errors = (row for row in reversed(rows) if isinstance(row.event, ErrorOccurred))
    return next((row.user_id for row in errors if row.event.ended == "cancelled"), None)


def fold_steps(events: tuple[ExecutionEvent, ...], status: ExecutionStatus) -> tuple[StepView, ...]:
    """Return the plan's steps as the events tell them.

    A call without an answer is still running, in a cancelled request too; it has failed once all has failed or is done.
    A plan that replaces another one takes over how far the steps are that it shares with an earlier one.
    """
    steps: list[StepView] = []
    planned: list[tuple[str, bytes]] = []
    seen: dict[tuple[str, bytes], StepView] = {}
    ended = status in {ExecutionStatus.COMPLETED, ExecutionStatus.FAILED}
    for event in events:
        if isinstance(event, ToolInvoked | ToolCompleted) and event.tool in {REDACTION, PROPOSE}:
            continue  # what an admin did to the record is no step of the plan, and what was proposed is not done
        if isinstance(event, PlanGenerated):
            seen |= dict(zip(planned, steps, strict=True))
            planned = [(step.tool, canonical_json(step.input)) for step in event.plan.steps]
            steps = [
                seen.get(key) or StepView(tool=step.tool, mark=Mark.TODO, data=dict(step.input), output={})
                for key, step in zip(planned, event.plan.steps, strict=True)
            ]
        elif not steps:
            continue
        elif isinstance(event, ToolInvoked):
            mark = Mark.FAILED if ended else Mark.RUNNING
            step = steps[event.step]
            steps[event.step] = step.evolve(mark=mark, data=step.data | dict(event.input_masked))
        elif isinstance(event, ToolCompleted):
            result = event.output_masked
            steps[event.step] = steps[event.step].evolve(
                mark=Mark.DONE if result.success else Mark.FAILED,
                output=dict(result.output or {}),
                duration_ms=event.duration_ms,
            )
        elif isinstance(event, ErrorOccurred):
            for number in event.steps:
                steps[number] = steps[number].evolve(mark=Mark.FAILED)
    return tuple(steps)
