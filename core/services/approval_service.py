"""Approvals: open a question to people, take their votes and take them back, break the glass, cancel."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.domain.approvals import BROKEN_GLASS, WITHDRAWN, ApprovalRequest, ApprovalStatus, Vote
from core.domain.base import new_id
from core.domain.eligibility import Roster, Seat, outcome_of, seat_of, standing
from core.domain.events import ApprovalReceived
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.plans import RiskLevel
from core.errors import (
    AdminsOnly,
    AlreadyVoted,
    BeingChanged,
    InactiveUser,
    NotAnApprover,
    NothingToWithdraw,
    NotYours,
    OwnerVoted,
    ReasonNeeded,
    RequestExpired,
    SelfApproval,
    StaleCard,
    TooLateToCancel,
    Words,
)
from core.services.answers import answered
from core.services.approval_notices import Audience, next_alarm, notice, send_cards
from core.services.closing import cancel_execution, check_open, close_request, stop_execution
from core.services.freezes import changed_by, refuse_frozen
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome
from core.services.questions import check_enough, record_question, waiting_for
from core.services.runs import subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import ChatActionRecord, Execution
    from core.domain.policy import Rule
    from core.domain.users import User
    from core.ports import Clock, UnitOfWork
    from core.services.effects import Effects
    from core.services.rosters import Rosters

# What people call the end of a request, by its code.
ENDED = {"APPROVAL_REJECTED": Words("rejected"), RequestExpired.code: Words("expired")}

# A second press that comes sooner than this is one press that bounced.
_BOUNCE = timedelta(seconds=2)


class ApprovalService:
    """The approval desk. Authorisation is decided here, at the moment of the vote, whatever the channel."""

    def __init__(self, *, clock: Clock, rosters: Rosters, audience: Audience, effects: Effects) -> None:
        """Ask whom ``rosters`` know; show cards to ``audience``; begin ``effects`` once enough people agree."""
        self._clock = clock
        self._rosters = rosters
        self._audience = audience
        self._effects = effects

    async def open(
        self,
        uow: UnitOfWork,
        execution: Execution,
        record: ChatActionRecord | None,
        rule: Rule,
        *,
        until: datetime | None = None,
    ) -> None:
        """Ask the people whom ``rule`` names about ``execution.subject``; ``until`` stands in for the rule's time.

        Raises:
            NobodyCanApprove: too few of them exist.
        """
        now = self._clock.now()
        roster = await self._rosters.load(uow)
        requesters = (execution.user_id, *await _who_changed_it(uow, execution))
        subject = subject_of(execution)
        until = until or now + rule.time_to_decide(subject.risk)
        check_enough(rule, roster, requesters, concerned=subject.concerned, asked_at=now, until=until)
        request = await self._add(uow, execution, record, rule, requesters, until=until)
        waiting = execution.evolve(waiting_for=WaitingFor.APPROVAL)
        await uow.executions.update(waiting, expected=ExecutionStatus.PENDING)
        available = self._rosters.seats(request, roster)
        await send_cards(uow, request, available=available, roster=roster, audience=self._audience, now=now)

    async def allow(self, uow: UnitOfWork, execution: Execution, rule: Rule, *, until: datetime) -> None:
        """Answer another program's question with the yes of ``rule``, which asks nobody."""
        now, actor = self._clock.now(), f"policy:{rule.name}"
        request = await self._add(uow, execution, None, rule, (execution.user_id,), until=until)
        good_until = now + rule.execution_ttl
        await close_request(uow, request, ApprovalStatus.APPROVED, now=now, by=actor, good_until=good_until)
        said = ApprovalReceived(timestamp=now, approved=True, by=actor, channel="system", revision=request.revision)
        await uow.events.append(execution.id, actor, said)
        await self._effects.begin(uow, execution, now=now, actor=actor)

    async def _add(
        self,
        uow: UnitOfWork,
        execution: Execution,
        record: ChatActionRecord | None,
        rule: Rule,
        requesters: tuple[str, ...],
        *,
        until: datetime,
    ) -> ApprovalRequest:
        """Store the question, on the record too."""
        subject, now = subject_of(execution), self._clock.now()
        request = ApprovalRequest(
            id=new_id(now),
            code=execution.code,
            execution_id=execution.id,
            chat_action_id=record.id if record else None,
            **subject.columns,
            policy=rule.name,
            rule=rule,
            requesters=requesters,
            threshold=rule.threshold,
            created_by=execution.user_id,
            callback_url=execution.callback_url if subject.question else None,
            created_at=now,
            updated_at=now,
            expires_at=until,
        )
        request = request.evolve(remind_at=next_alarm(request, now))
        await uow.approvals.add(request)
        await Ledger(uow, now=now, actor=execution.user_id).note("hitl", request.id, execution.id, None, request.status)
        await record_question(uow, execution, request, subject, now)
        return request

    async def vote(
        self,
        uow: UnitOfWork,
        request: ApprovalRequest,
        voter: User,
        *,
        approve: bool,
        channel: str,
        comment: str | None = None,
        answer: dict[str, Any] | None = None,
        revision: int | None = None,
        modified: str | None = None,
    ) -> bool:
        """Count one vote; the deciding one closes the request, whatever happens next is in the same transaction.

        Returns False when the vote was noted and has to be given once more: the request is destructive.

        ``revision`` is what the voter saw (None: a typed vote, for the current one); ``modified`` says in which way the
        voter changed what they approve. ``answer`` is what another program is answered (None: the comment is it, where
        an answer is needed).

        Raises:
            InactiveUser, SelfApproval, NotAnApprover: this person has no vote.
            AlreadyDecided, RequestExpired, StaleCard, BeingChanged, AlreadyVoted, OwnerVoted: nothing to vote on.
            AnswerMissing, AnswerUnknown, AnswerNotAsked, DifferentAnswer: the answer is not what was asked for.
            Frozen: what it would change must not be changed at present; it can be rejected.
        """
        now = self._clock.now()
        roster, given, execution = await asyncio.gather(
            self._rosters.load(uow), uow.approvals.votes(request.id), _execution(uow, request)
        )
        available = self._rosters.seats(request, roster)
        counted = standing(given, available, revision=request.revision)
        check_open(request, now, {person.id: person.name for person in roster.people})
        seat = self.authorise(voter, request, available, counted, roster)
        if revision is not None and revision != request.revision:
            raise StaleCard(code=request.code)
        if execution is not None and execution.waiting_for is WaitingFor.PLAN:
            raise BeingChanged(code=request.code)
        await refuse_frozen(uow, changed_by(execution) if approve else ())
        answer, comment = answered(request, execution, counted, answer, comment, approve=approve)
        vote = Vote(
            request_id=request.id,
            user_id=voter.id,
            on_behalf_of=seat.owner.id if seat.is_delegated else None,
            approve=approve,
            comment=comment,
            answer=answer,
            revision=request.revision,
            channel=channel,
            voted_at=now,
        )
        _check_new(request, vote, seat, counted, waiting=waiting_for(available, counted, roster))
        if not await self._place(uow, request, vote, given):
            return False
        counted = standing(await uow.approvals.votes(request.id), available, revision=request.revision)
        outcome = outcome_of(counted, threshold=request.rule.threshold)
        if execution is not None:
            said = _received(vote, request.revision, modified=modified)
            if outcome is not ApprovalStatus.PENDING:
                ended = "cancelled" if outcome is ApprovalStatus.REJECTED else None
                said = said.evolve(decided=outcome.value, ended=ended)
            await uow.events.append(execution.id, voter.id, said)
        if outcome is ApprovalStatus.PENDING:
            if execution is not None:
                await uow.executions.bump(execution.id, now)
            return True
        good_until = now + request.rule.execution_ttl if outcome is ApprovalStatus.APPROVED else None
        await close_request(
            uow, request, outcome, now=now, by=voter.id, comment=comment, good_until=good_until, response=answer
        )
        if execution is None:
            return True
        if outcome is ApprovalStatus.APPROVED:
            await self._effects.begin(uow, execution, now=now, actor=voter.id, can_undo=True)
        else:
            await stop_execution(uow, execution, "APPROVAL_REJECTED", now=now, actor=voter.id, reason=comment)
            await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)
        return True

    async def withdraw(self, uow: UnitOfWork, request: ApprovalRequest, person: User, *, channel: str) -> None:
        """Take the vote of ``person`` back while nothing is decided.

        Raises:
            NothingToWithdraw: they have none on what is asked now.
            AlreadyDecided, RequestExpired: it is too late.
        """
        now = self._clock.now()
        check_open(request, now, {other.id: other.name for other in await uow.users.all()})
        votes = await uow.approvals.votes(request.id)
        vote = next((v for v in votes if v.user_id == person.id and v.revision == request.revision), None)
        if vote is None or not await uow.approvals.remove_vote(request.id, person.id):
            raise NothingToWithdraw(code=request.code)
        if request.execution_id is not None:
            taken = _received(vote.evolve(approve=False, channel=channel, voted_at=now), request.revision, WITHDRAWN)
            await uow.events.append(request.execution_id, person.id, taken)
            await uow.executions.bump(request.execution_id, now)

    async def break_glass(
        self, uow: UnitOfWork, request: ApprovalRequest, admin: User, *, reason: str | None, channel: str
    ) -> None:
        """Approve at once and alone, for an emergency; every other admin is told, and the record says so.

        Raises:
            AdminsOnly, InactiveUser: this person may not.
            ReasonNeeded: without one nobody may.
            AnswerMissing: another program asked for more than a yes.
            AlreadyDecided, RequestExpired, BeingChanged, Frozen: there is nothing to approve.
        """
        now = self._clock.now()
        if not admin.is_active:
            raise InactiveUser
        if not admin.is_admin:
            raise AdminsOnly
        if not any(letter.isprintable() and not letter.isspace() for letter in reason or ""):
            raise ReasonNeeded(code=request.code)
        people = await uow.users.all()
        check_open(request, now, {person.id: person.name for person in people})
        execution = await uow.executions.get(request.execution_id) if request.execution_id else None
        if execution is None or execution.waiting_for is WaitingFor.PLAN:
            raise BeingChanged(code=request.code)
        await refuse_frozen(uow, changed_by(execution))
        answered(request, execution, (), None, None, approve=True)
        await close_request(
            uow,
            request,
            ApprovalStatus.APPROVED,
            now=now,
            by=admin.id,
            comment=reason,
            good_until=now + request.rule.execution_ttl,
            response={BROKEN_GLASS: True},
        )
        said = ApprovalReceived(
            timestamp=now,
            approved=True,
            modified=BROKEN_GLASS,
            by=admin.id,
            channel=channel,
            comment=reason,
            revision=request.revision,
            decided="approved",
        )
        await uow.events.append(execution.id, admin.id, said)
        for person in people:
            if person.is_admin and person.id != admin.id:
                await uow.notices.add(notice(request, NoticeKind.BREAK_GLASS, now, person=person))
        for room in self._audience.rooms():
            await uow.notices.add(notice(request, NoticeKind.BREAK_GLASS, now, room=room))
        await self._effects.begin(uow, execution, now=now, actor=admin.id)

    async def cancel(self, uow: UnitOfWork, execution: Execution, person: User, *, comment: str | None = None) -> None:
        """Stop a request that has not run; for its requester, for admins, and for who has approved it.

        Raises:
            NotYours: somebody else asks.
            TooLateToCancel, RequestExpired: it has ended.
        """
        now = self._clock.now()
        request = await uow.approvals.of_execution(execution.id)
        approved = await uow.approvals.votes(request.id) if request is not None else ()
        voters = {
            vote.user_id for vote in approved if request is not None and request.status is ApprovalStatus.APPROVED
        }
        if person.id != execution.user_id and not person.is_admin and person.id not in voters:
            requester = await uow.users.get(execution.user_id)
            raise NotYours(code=execution.code, who=requester.name if requester else "its requester")
        if execution.status not in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}:
            raise TooLateToCancel(code=execution.code, state=ENDED.get(execution.error_code or "", execution.status))
        if request is not None and request.status is ApprovalStatus.PENDING and request.expires_at <= now:
            raise RequestExpired(code=request.code, when=request.expires_at)
        await cancel_execution(uow, execution, now=now, actor=person.id, comment=comment)

    @staticmethod
    def authorise(
        voter: User, request: ApprovalRequest, available: tuple[Seat, ...], counted: tuple[Vote, ...], roster: Roster
    ) -> Seat:
        """Return the seat from which ``voter`` votes.

        Raises:
            InactiveUser, SelfApproval, NotAnApprover: there is none.
        """
        if not voter.is_active:
            raise InactiveUser
        seat = seat_of(available, voter.id)
        if seat is not None:
            return seat
        waiting = waiting_for(available, counted, roster)
        if voter.id in request.requesters:
            raise SelfApproval(why=Words("You asked for this"), waiting=waiting)
        if voter.id in request.concerned:
            raise SelfApproval(why=Words("It is about you"), waiting=waiting)
        raise NotAnApprover(code=request.code, waiting=waiting)

    async def _place(self, uow: UnitOfWork, request: ApprovalRequest, vote: Vote, given: tuple[Vote, ...]) -> bool:
        """Store ``vote``; False when it has to be given once more, because what it approves is destructive."""
        earlier = next(
            (other for other in given if other.user_id == vote.user_id and other.revision == vote.revision),
            None,
        )
        counts = not vote.approve or request.risk_level is not RiskLevel.DESTRUCTIVE
        if not counts and earlier is not None and earlier.approve:
            if vote.voted_at - earlier.voted_at < _BOUNCE:
                return False
            counts = True
        await uow.approvals.remove_vote(vote.request_id, vote.user_id)
        await uow.approvals.add_vote(vote.evolve(is_confirmed=counts))
        return counts


def _check_new(
    request: ApprovalRequest, vote: Vote, seat: Seat, counted: tuple[Vote, ...], *, waiting: str | Words
) -> None:
    """Do nothing if ``vote`` says something that was not said from its seat yet; an approval can become a rejection."""
    for other in counted:
        if other.user_id == vote.user_id and other.approve == vote.approve:
            raise AlreadyVoted(code=request.code, waiting=waiting)
        if seat.is_delegated and other.user_id == seat.owner.id:
            raise OwnerVoted(code=request.code, owner=seat.owner.name)


async def _execution(uow: UnitOfWork, request: ApprovalRequest) -> Execution | None:
    return await uow.executions.get(request.execution_id) if request.execution_id else None


async def _who_changed_it(uow: UnitOfWork, execution: Execution) -> tuple[str, ...]:
    """Return who named another ref when the same was asked before: what they chose is asked again, as theirs too."""
    origin = execution.replay_of
    while origin is not None:
        request = await uow.approvals.of_execution(origin)
        if request is not None:
            return tuple(person for person in request.requesters[1:] if person != execution.user_id)
        earlier = await uow.executions.get(origin)
        origin = earlier.replay_of if earlier else None
    return ()


def _received(vote: Vote, revision: int, modified: str | None = None) -> ApprovalReceived:
    return ApprovalReceived(
        timestamp=vote.voted_at,
        approved=vote.approve,
        modified=modified,
        by=vote.user_id,
        on_behalf_of=vote.on_behalf_of,
        channel=vote.channel,
        comment=vote.comment,
        answer=vote.answer,
        revision=revision,
    )
