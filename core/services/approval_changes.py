"""Changes of an open request: fewer places or skills, another ref, another policy - each a new revision to vote on."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

from core.domain.actions import AcceptDrift, AddSkill, Modify, RestoreDrift, Rollback, Uninstall
from core.domain.approvals import PendingChange
from core.domain.eligibility import seat_of, standing
from core.domain.events import ApprovalReceived, PlanGenerated
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.policy import decide
from core.errors import (
    BeingChanged,
    CannotBeChanged,
    DeniedByPolicy,
    InvalidInput,
    NotAnApprover,
    NothingChanges,
    NothingLeft,
    NotPartOfIt,
    StaleCard,
)
from core.services.approval_notices import Audience, next_alarm, notice, send_cards
from core.services.closing import check_open
from core.services.questions import check_enough, record_question
from core.services.records import error_event
from core.services.runs import subject_of
from core.services.wanted import PLACE_ACTIONS, PlaceAction

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.approvals import ApprovalRequest, ApprovalSubject, TargetSubject
    from core.domain.executions import Execution
    from core.domain.policy import Policy, Rule
    from core.domain.skills import Patch
    from core.domain.users import User
    from core.errors import SkillwardenError
    from core.ports import Clock, UnitOfWork
    from core.services.approval_service import ApprovalService
    from core.services.planner import Planner
    from core.services.rosters import Rosters


class ApprovalChanges:
    """Gives open requests new revisions. Votes on the earlier ones fall away, and their owners are told."""

    def __init__(
        self,
        *,
        clock: Clock,
        policy: Policy,
        rosters: Rosters,
        audience: Audience,
        approvals: ApprovalService,
        planner: Planner,
    ) -> None:
        """Ask ``policy`` about what is left; count the changer's vote through ``approvals``."""
        self._clock = clock
        self._policy = policy
        self._rosters = rosters
        self._audience = audience
        self._approvals = approvals
        self._planner = planner

    async def modify(
        self,
        uow: UnitOfWork,
        request: ApprovalRequest,
        voter: User,
        change: Modify,
        *,
        channel: str,
        comment: str | None = None,
        revision: int | None = None,
    ) -> bool:
        """Approve with changes. Narrowing is a vote for what is left; another ref makes the voter a requester of it.

        Returns whether it was a vote.

        Raises:
            InactiveUser, SelfApproval, NotAnApprover: this person has no vote.
            AlreadyDecided, RequestExpired, StaleCard, BeingChanged: there is nothing to change.
            CannotBeChanged, NothingChanges, NothingLeft, NotPartOfIt: the change makes no sense.
            DeniedByPolicy, NobodyCanApprove: what is left cannot be approved.
        """
        now = self._clock.now()
        roster = await self._rosters.load(uow)
        available = self._rosters.seats(request, roster)
        counted = standing(await uow.approvals.votes(request.id), available, revision=request.revision)
        check_open(request, now, {person.id: person.name for person in roster.people})
        self._approvals.authorise(voter, request, available, counted, roster)
        if revision is not None and revision != request.revision:
            raise StaleCard(code=request.code)
        execution = await uow.executions.get(request.execution_id) if request.execution_id else None
        action = subject_of(execution).action if execution else None
        if execution is None or not isinstance(action, (*PLACE_ACTIONS, AddSkill)):
            raise CannotBeChanged(code=request.code)
        if change.ref is not None and isinstance(action, Uninstall | AddSkill | RestoreDrift | AcceptDrift):
            raise CannotBeChanged(code=request.code)
        if execution.waiting_for is WaitingFor.PLAN:
            raise BeingChanged(code=request.code)
        left = narrowed(subject_of(execution), change, request.code)
        if change.ref is not None and any(skill.requested_ref != change.ref for skill in left.skills):
            await self._prepare_anew(uow, execution, request, left, voter, change, channel=channel, comment=comment)
            return False
        if left == subject_of(execution):
            raise NothingChanges(code=request.code)
        await self._narrow(uow, execution, request, left, voter, channel=channel, comment=comment)
        return True

    async def conclude(self, uow: UnitOfWork, execution: Execution, request: ApprovalRequest, rule: Rule) -> None:
        """Ask anew about ``execution.subject``, which was prepared because somebody named another ref.

        What was asked stays a question: a ``rule`` that asks nobody leaves it to the one before.

        Raises:
            NobodyCanApprove: with one requester more, too few are left.
        """
        change = request.change
        if change is None:
            raise ValueError(f"{request.code} is not being changed")
        rule = rule if rule.outcome == "require" else request.rule
        requesters = (*request.requesters, *({change.by} - set(request.requesters)))
        roster = await self._rosters.load(uow)
        check_enough(rule, roster, requesters, asked_at=request.created_at, until=request.expires_at)
        await self._revise(uow, execution, request, subject_of(execution), rule, requesters=requesters)

    async def keep(
        self, uow: UnitOfWork, execution: Execution, request: ApprovalRequest, error: SkillwardenError
    ) -> None:
        """Go back to what was asked before: the other ref could not be prepared because of ``error``.

        The question is the same as it was, so the votes stay; the changer and the requester are told.
        """
        now = self._clock.now()
        change = request.change
        await uow.events.append(execution.id, execution.user_id, error_event(error, now))
        subject = subject_of(execution)
        with contextlib.suppress(InvalidInput):  # what it names may be gone meanwhile; then the card says what it said
            await self._plan(uow, execution, subject, now)
        same = request.evolve(change=None, updated_at=now)
        if not await uow.approvals.revise(same, expected_revision=request.revision):
            raise StaleCard(code=request.code)
        waiting = execution.evolve(waiting_for=WaitingFor.APPROVAL, revision=execution.revision + 1, updated_at=now)
        await uow.executions.update(waiting, expected=ExecutionStatus.PENDING)
        people = {person.id: person for person in await uow.users.all()}
        for user_id in dict.fromkeys((*((change.by,) if change else ()), execution.user_id)):
            told = notice(same, NoticeKind.CHANGE_FAILED, now, person=people[user_id], key=f"{now:%s%f}")
            await uow.notices.add(told)

    async def obey(self, uow: UnitOfWork, request: ApprovalRequest) -> bool:
        """Ask ``request`` as the policy of now does; False when it forbids it, and the caller has to end it.

        It may take as long as the new rule says, from now on, and no longer than it could before.
        """
        execution = await uow.executions.get(request.execution_id) if request.execution_id else None
        if execution is None or execution.subject is None or execution.waiting_for is not WaitingFor.APPROVAL:
            return True
        rule = decide(self._policy, execution.subject.facts(execution.conversation))
        if rule.outcome == "deny":
            return False
        if rule.outcome == "require" and rule.hash != request.rule.hash:
            if execution.subject.question is None:  # how long another program waits is its own to say
                until = self._clock.now() + rule.time_to_decide(execution.subject.risk)
                request = request.evolve(expires_at=min(request.expires_at, until))
            await self._revise(uow, execution, request, execution.subject, rule, requesters=request.requesters)
        return True

    async def _narrow(
        self,
        uow: UnitOfWork,
        execution: Execution,
        request: ApprovalRequest,
        left: ApprovalSubject,
        voter: User,
        *,
        channel: str,
        comment: str | None,
    ) -> None:
        rule = decide(self._policy, left.facts(execution.conversation))
        if rule.outcome == "deny":
            raise DeniedByPolicy(rule=rule.name)
        rule = rule if rule.outcome == "require" else request.rule
        now, roster = self._clock.now(), await self._rosters.load(uow)
        check_enough(rule, roster, request.requesters, asked_at=request.created_at, until=request.expires_at)
        await self._plan(uow, execution, left, now)
        fresh = await self._revise(uow, execution, request, left, rule, requesters=request.requesters, by=voter)
        if seat_of(self._rosters.seats(fresh, roster), voter.id) is None:
            raise NotAnApprover(code=request.code, waiting=rule.name)
        said = in_words(left)
        await self._approvals.vote(uow, fresh, voter, approve=True, channel=channel, comment=comment, modified=said)

    async def _prepare_anew(
        self,
        uow: UnitOfWork,
        execution: Execution,
        request: ApprovalRequest,
        left: ApprovalSubject,
        voter: User,
        change: Modify,
        *,
        channel: str,
        comment: str | None,
    ) -> None:
        now = self._clock.now()
        field = "to_ref" if isinstance(left.action, Rollback) else "ref"
        wanted = cast("PlaceAction", left.action.evolve(**{field: change.ref}))
        pending = PendingChange(by=voter.id, action=wanted)
        changed = request.evolve(change=pending, updated_at=now)
        if not await uow.approvals.revise(changed, expected_revision=request.revision):
            raise StaleCard(code=request.code)
        said = ApprovalReceived(
            timestamp=now,
            approved=False,
            modified=f"{in_words(left)} @ {change.ref}",
            by=voter.id,
            channel=channel,
            comment=comment,
            revision=request.revision,
        )
        plan = self._planner.draft(await self._planner.wanted(uow, wanted))
        planned = PlanGenerated(timestamp=now, plan=plan, model_used="rules", tokens_used=0)
        await uow.events.append(execution.id, voter.id, said, planned)
        waiting = execution.evolve(waiting_for=WaitingFor.PLAN, revision=execution.revision + 1, updated_at=now)
        await uow.executions.update(waiting, expected=ExecutionStatus.PENDING)

    async def _plan(self, uow: UnitOfWork, execution: Execution, subject: ApprovalSubject, now: datetime) -> None:
        """Record the plan for ``subject``: what was read for an earlier one is shown with it."""
        action = subject.action
        if isinstance(action, PLACE_ACTIONS):
            plan = self._planner.draft(await self._planner.wanted(uow, action, kept=subject))
            planned = PlanGenerated(timestamp=now, plan=plan, model_used="rules", tokens_used=0)
            await uow.events.append(execution.id, execution.user_id, planned)

    async def _revise(
        self,
        uow: UnitOfWork,
        execution: Execution,
        request: ApprovalRequest,
        subject: ApprovalSubject,
        rule: Rule,
        *,
        requesters: tuple[str, ...],
        by: User | None = None,
    ) -> ApprovalRequest:
        """Store the next revision, put it on the record, and tell whose votes fell away (``by`` knows)."""
        now = self._clock.now()
        subject = subject.under(rule)
        fresh = request.evolve(
            **subject.columns,
            policy=rule.name,
            rule=rule,
            threshold=rule.threshold,
            requesters=requesters,
            change=None,
            revision=request.revision + 1,
            updated_at=now,
        )
        fresh = fresh.evolve(remind_at=next_alarm(fresh, now))
        if not await uow.approvals.revise(fresh, expected_revision=request.revision):
            current = await uow.approvals.get(request.id)
            check_open(current or request, now, {person.id: person.name for person in await uow.users.all()})
            raise StaleCard(code=request.code)
        waiting = execution.evolve(
            subject=subject, waiting_for=WaitingFor.APPROVAL, revision=execution.revision + 1, updated_at=now
        )
        await uow.executions.update(waiting, expected=ExecutionStatus.PENDING)
        record = await uow.chat_actions.of_execution(execution.id)
        if record is not None and record.resolved_action != subject.action:  # asked again, it is asked as it is now
            changed = record.evolve(resolved_action=subject.action, updated_at=now)
            await uow.chat_actions.update(changed, expected=record.result)
        await record_question(uow, waiting, fresh, subject, now)
        roster = await self._rosters.load(uow)
        people = {person.id: person for person in roster.people}
        for vote in await uow.approvals.votes(request.id):
            await uow.approvals.remove_vote(request.id, vote.user_id)
            if by is None or vote.user_id != by.id:
                told = notice(fresh, NoticeKind.VOTE_VOID, now, person=people[vote.user_id], key=str(fresh.revision))
                await uow.notices.add(told)
        available = self._rosters.seats(fresh, roster)
        await send_cards(uow, fresh, available=available, roster=roster, audience=self._audience, now=now)
        return fresh


def narrowed(subject: ApprovalSubject, change: Modify, code: str) -> ApprovalSubject:
    """Return what is left of ``subject`` when only the skills and providers of ``change`` are kept (none: all).

    Raises:
        NotPartOfIt: a name is not in the request.
        NothingLeft: nothing would be.
    """
    if isinstance(subject.action, AddSkill):
        return _fewer_additions(subject, change, code)
    skills = _kept(list(subject.asked), change.skills, code)
    kinds = {target.provider: target.provider_kind for target in subject.targets}
    places = _kept(list(kinds), change.providers, code, aliases=kinds)
    targets = tuple(target for target in subject.targets if target.skill in skills and target.provider in places)
    if not targets:
        raise NothingLeft(code=code)
    if len(targets) == len(subject.targets):
        return subject
    contents = {(target.skill_id, target.wanted_digest) for target in targets}
    left = subject.evolve(
        skills=tuple(skill for skill in subject.skills if (skill.skill_id, skill.digest) in contents),
        targets=targets,
        patches=tuple(patch for patch in subject.patches if _is_about(patch, targets)),
    )
    providers = tuple(dict.fromkeys(target.provider for target in targets))
    return left.evolve(action=subject.action.evolve(skills=tuple(left.asked.values()), providers=providers))


def _fewer_additions(subject: ApprovalSubject, change: Modify, code: str) -> ApprovalSubject:
    if change.providers:
        raise CannotBeChanged(code=code)
    kept = _kept([skill.name for skill in subject.skills], change.skills, code)
    return subject.evolve(skills=tuple(skill for skill in subject.skills if skill.name in kept))


def _is_about(patch: Patch, targets: tuple[TargetSubject, ...]) -> bool:
    """Whether ``patch`` shows how one of ``targets`` would change, or was edited."""
    digests = [{t.installed_digest, t.recorded_digest, t.wanted_digest} for t in targets if t.skill == patch.skill]
    return any({patch.before, patch.after} <= known for known in digests)


def in_words(subject: ApprovalSubject) -> str:
    """Return what a subject is about, for the record: "pdf, docx on Claude"."""
    if isinstance(subject.action, AddSkill):
        return ", ".join(skill.name for skill in subject.skills)
    return f"{', '.join(subject.asked)} on {', '.join(dict.fromkeys(target.provider for target in subject.targets))}"


def _kept(
    names: list[str], wanted: tuple[str, ...], code: str, *, aliases: dict[str, str] | None = None
) -> frozenset[str]:
    """Return those of ``names`` that ``wanted`` means; all when it is empty."""
    if not wanted:
        return frozenset(names)
    found: set[str] = set()
    for want in wanted:
        exact = [name for name in names if name.lower() == want.lower()]
        matches = exact or [name for name in names if (aliases or {}).get(name) == want.lower()]
        if not matches:
            raise NotPartOfIt(name=want, code=code, names=", ".join(dict.fromkeys(names)))
        found.update(matches)
    return frozenset(found)
