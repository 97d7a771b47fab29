"""Record changes: requests that only change what the bot itself keeps - people, delegations, the catalogue, freezes.

Each kind of record says in a class of its own what an action would change, and changes it: see ``RecordKind``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from core.domain.approvals import ApprovalSubject, RecordChange
from core.domain.events import ToolCompleted, ToolInvoked, ToolResult
from core.domain.executions import ChatActionResult, ExecutionStatus
from core.domain.notices import NoticeKind
from core.domain.plans import ExecutionPlan, PlanStep
from core.errors import InvalidInput, NotAllowed, OutOfDate, UnknownPerson
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome
from core.services.records import fail_execution
from core.services.runs import subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.actions import ChatAction
    from core.domain.executions import Execution
    from core.domain.users import User
    from core.ports import UnitOfWork

#: The one tool of their plans.
CHANGE = "change_records"


class Asked(NamedTuple):
    """Who asked for a change and in which words, who agreed to it (``actor``), and the moment it is made."""

    requester: User
    said: str
    actor: str
    now: datetime


class RecordKind(Protocol):
    """What can be done with one kind of record."""

    @property
    def actions(self) -> tuple[type[Any], ...]:
        """The actions it does; ``describe`` and ``change`` get no others."""

    async def describe(self, uow: UnitOfWork, action: Any, requester: User, /) -> tuple[RecordChange, ...]:
        """Return what ``action`` would change, for people to agree to.

        Raises:
            SkillwardenError: it makes no sense, or this person may not ask for it.
        """

    async def change(self, uow: UnitOfWork, action: Any, asked: Asked, /) -> None:
        """Change what was described."""


class RecordChanges:
    """Describes and applies them. What is applied is what was described, or nothing."""

    def __init__(self, *kinds: RecordKind) -> None:
        """Leave each action to the one of ``kinds`` that names it."""
        self._kinds = {action: kind for kind in kinds for action in kind.actions}

    def handles(self, action: ChatAction) -> bool:
        """Whether ``action`` needs nothing from outside: described, agreed to, applied in the agreeing transaction."""
        return type(action) in self._kinds

    async def describe(self, uow: UnitOfWork, action: ChatAction, requester: User) -> tuple[RecordChange, ...]:
        """Return what ``action`` would change: see ``RecordKind.describe``."""
        return await self._kinds[type(action)].describe(uow, action, requester)

    @staticmethod
    def plan(subject: ApprovalSubject, *, requires_approval: bool, risk: str) -> ExecutionPlan:
        """Return the plan: one step that changes all of it."""
        names = ", ".join(dict.fromkeys(change.name for change in subject.records))
        step = PlanStep(description=f"change {names}", tool=CHANGE, input=_in_words(subject))
        return ExecutionPlan.model_validate(
            {
                "goal": f"{subject.action.intent} {names}",
                "steps": (step,),
                "estimated_risk": risk,
                "requires_approval": requires_approval,
            }
        )

    async def apply(self, uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> None:
        """Do what ``execution.subject`` describes, in the caller's transaction, and end the execution.

        What can no longer be done ends it as failed, with the reason: nobody could ever agree to it.
        """
        subject = subject_of(execution)
        try:
            requester = await self._check(uow, execution, subject)
        except (InvalidInput, NotAllowed) as error:
            record = await uow.chat_actions.of_execution(execution.id)
            await fail_execution(uow, execution, error, now=now, actor=actor, record=record)
            return
        asked = Asked(requester=requester, said=execution.input_text, actor=actor, now=now)
        await self._kinds[type(subject.action)].change(uow, subject.action, asked)
        data = _in_words(subject)
        await record_at_once(uow, execution, tool=CHANGE, step=0, data=data, output=data, now=now, actor=actor)

    async def _check(self, uow: UnitOfWork, execution: Execution, subject: ApprovalSubject) -> User:
        """Return who asked for ``subject`` if it still describes what would change.

        Raises:
            OutOfDate: something else changed the same meanwhile.
            SkillwardenError: it makes no sense any more, or may no longer be asked for.
        """
        requester = await uow.users.get(execution.user_id)
        if requester is None:
            raise UnknownPerson(name=execution.user_id)
        described = await self.describe(uow, subject.chat_action, requester)
        if _without_remarks(described) != _without_remarks(subject.records):
            raise OutOfDate(what=subject.records[0].name, code=execution.code)
        return requester


async def record_at_once(
    uow: UnitOfWork,
    execution: Execution,
    *,
    tool: str,
    step: int,
    data: dict[str, Any],
    output: dict[str, Any],
    now: datetime,
    actor: str,
) -> None:
    """Put a step on the record that was done in the caller's transaction, and end the execution: it was the last."""
    ledger = Ledger(uow, now=now, actor=actor)
    running = await ledger.execution(execution, ExecutionStatus.RUNNING, waiting_for=None, started_at=now)
    done = ToolResult(success=True, output=output)
    await uow.events.append(
        execution.id,
        execution.user_id,
        ToolInvoked(timestamp=now, tool=tool, step=step, input=data, input_masked=data),
        ToolCompleted(
            timestamp=now, tool=tool, step=step, output=done, output_masked=done, duration_ms=0, ended="completed"
        ),
    )
    await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now, output="changed")
    record = await uow.chat_actions.of_execution(execution.id)
    if record is not None and record.result is ChatActionResult.ACCEPTED:
        await ledger.chat_action(record, ChatActionResult.EXECUTED)
    await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)


def _in_words(subject: ApprovalSubject) -> dict[str, str]:
    return {
        f"{change.name}, {change.field}": f"{change.before or '-'} -> {change.after or '-'}"
        for change in subject.records
    }


def _without_remarks(changes: tuple[RecordChange, ...]) -> list[RecordChange]:
    """Return what is agreed to: a remark may be out of date by then."""
    return [change.evolve(remark="") for change in changes]
