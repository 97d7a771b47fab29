"""Record changes: requests that only change what the bot itself keeps - roles, access, who stands in for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import ChatAction, DeactivateUser, Delegate, SetRole
from core.domain.approvals import RecordChange
from core.domain.base import iso, new_id
from core.domain.delegations import Delegation
from core.domain.events import ToolCompleted, ToolInvoked, ToolResult
from core.domain.executions import ChatActionResult, ExecutionStatus
from core.domain.notices import NoticeKind
from core.domain.plans import ExecutionPlan, PlanStep
from core.domain.users import Role
from core.errors import AlreadySo, NotInTheFuture, SubjectMoved, UnknownDelegate, UnknownPerson
from core.services.approval_notices import ask_newcomers
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome
from core.services.runs import subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.approvals import ApprovalSubject
    from core.domain.executions import Execution
    from core.domain.users import User
    from core.ports import Clock, UnitOfWork
    from core.services.people import People

#: The actions that need nothing from outside: described, agreed to, and applied in the agreeing transaction.
RECORD_ACTIONS = (SetRole, DeactivateUser, Delegate)

#: The one tool of their plans.
CHANGE = "change_records"


class RecordChanges:
    """Describes and applies them. What is applied is what was described, or nothing."""

    def __init__(self, *, clock: Clock, people: People) -> None:
        """Change people through ``people``."""
        self._clock = clock
        self._people = people

    async def describe(self, uow: UnitOfWork, action: ChatAction, requester: User) -> tuple[RecordChange, ...]:
        """Return what ``action`` would change, for people to agree to.

        Raises:
            UnknownPerson, AlreadySo, LastAdmin, UnknownDelegate, NotInTheFuture: it makes no sense.
        """
        if isinstance(action, SetRole):
            return await self._role(uow, action)
        if isinstance(action, DeactivateUser):
            return await self._leaving(uow, action)
        if isinstance(action, Delegate):
            return await self._delegation(uow, action, requester)
        raise TypeError(action.intent)

    @staticmethod
    def plan(subject: ApprovalSubject, *, requires_approval: bool, risk: str) -> ExecutionPlan:
        """Return the plan: one step that changes all of it."""
        changes = {
            change.name: f"{change.field}: {change.before or '-'} -> {change.after}" for change in subject.records
        }
        step = PlanStep(description=f"change {', '.join(changes)}", tool=CHANGE, input=changes)
        goal = f"{subject.action.intent} {', '.join(changes)}"
        return ExecutionPlan.model_validate(
            {"goal": goal, "steps": (step,), "estimated_risk": risk, "requires_approval": requires_approval}
        )

    async def apply(self, uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> None:
        """Do what ``execution.subject`` describes, in the caller's transaction, and end the execution.

        Raises:
            SubjectMoved: something else changed the same meanwhile.
        """
        subject = subject_of(execution)
        requester = await uow.users.get(execution.user_id)
        if requester is None:
            raise UnknownPerson(name=execution.user_id)
        if await self.describe(uow, subject.action, requester) != subject.records:
            raise SubjectMoved(what=subject.records[0].name, code=f"#{execution.code}")
        ledger = Ledger(uow, now=now, actor=actor)
        running = await ledger.execution(execution, ExecutionStatus.RUNNING, waiting_for=None, started_at=now)
        data = {change.name: change.after for change in subject.records}
        await self._change(uow, subject.action, requester, actor)
        done = ToolResult(success=True, output=data)
        await uow.events.append(
            execution.id,
            execution.user_id,
            ToolInvoked(timestamp=now, tool=CHANGE, step=0, input=data, input_masked=data),
            ToolCompleted(timestamp=now, tool=CHANGE, step=0, output=done, output_masked=done, duration_ms=0),
        )
        await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now, output="changed")
        record = await uow.chat_actions.of_execution(execution.id)
        if record is not None and record.result is ChatActionResult.ACCEPTED:
            await ledger.chat_action(record, ChatActionResult.EXECUTED)
        await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)

    async def _change(self, uow: UnitOfWork, action: ChatAction, requester: User, actor: str) -> None:
        if isinstance(action, SetRole):
            await self._people.set_role(uow, await self._people.find(uow, action.user), Role(action.role), actor=actor)
        elif isinstance(action, DeactivateUser):
            person = await self._people.find(uow, action.user)
            await self._people.deactivate(uow, person, successor=None, actor=actor)
        elif isinstance(action, Delegate):
            await self._delegate(uow, action, requester)

    async def _delegate(self, uow: UnitOfWork, action: Delegate, requester: User) -> None:
        now = self._clock.now()
        await uow.delegations.end_given(requester.id, now)
        await ask_newcomers(uow, now)
        if action.until is None:
            return
        to = await self._people.find(uow, action.to) if action.to else None
        await uow.delegations.add(
            Delegation(
                id=new_id(now),
                from_user_id=requester.id,
                to_user_id=to.id if to else None,
                starts_at=now,
                until=action.until,
                created_at=now,
            )
        )

    async def _role(self, uow: UnitOfWork, action: SetRole) -> tuple[RecordChange, ...]:
        person = await self._people.find(uow, action.user)
        if person.role == action.role:
            raise AlreadySo(name=person.name, what=action.role)
        if person.role is Role.ADMIN:
            await self._people.keep_an_admin(uow, person)
        return (
            RecordChange(
                entity_id=person.id, name=person.name, field="role", before=person.role.value, after=action.role
            ),
        )

    async def _leaving(self, uow: UnitOfWork, action: DeactivateUser) -> tuple[RecordChange, ...]:
        person = await self._people.find(uow, action.user)
        if not person.is_active:
            raise AlreadySo(name=person.name, what="shut out")
        await self._people.keep_an_admin(uow, person)
        return (
            RecordChange(entity_id=person.id, name=person.name, field="access", before="active", after="none, at once"),
        )

    async def _delegation(self, uow: UnitOfWork, action: Delegate, requester: User) -> tuple[RecordChange, ...]:
        now = self._clock.now()
        before = next((d for d in await uow.delegations.active(now) if d.from_user_id == requester.id), None)
        if action.until is None:
            if action.to is not None:
                raise UnknownDelegate
            if before is None:
                raise AlreadySo(name=requester.name, what="not away")
            after = "own votes"
        else:
            if action.until <= now:
                raise NotInTheFuture(when=action.until)
            after = f"{await self._stand_in(uow, action, requester)} until {iso(action.until)}".lstrip()
        return (
            RecordChange(
                entity_id=requester.id,
                name=requester.name,
                field="votes",
                before=f"until {iso(before.until)}" if before else None,
                after=after,
            ),
        )

    async def _stand_in(self, uow: UnitOfWork, action: Delegate, requester: User) -> str:
        if action.to is None:
            return ""
        person = await self._people.find(uow, action.to)
        if not person.is_active:
            raise UnknownPerson(name=action.to)
        if person.id == requester.id:
            raise UnknownDelegate
        return person.name
