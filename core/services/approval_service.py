"""Approvals: open a question to people, take their votes, cancel it, let it expire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.actions import risk_of
from core.domain.approvals import (
    ApprovalDetails,
    ApprovalRequest,
    ApprovalStatus,
    Vote,
    outcome_of,
)
from core.domain.base import Domain, new_id
from core.domain.events import ApprovalReceived, ApprovalRequested, ErrorOccurred
from core.domain.executions import Execution, ExecutionStatus, WaitingFor
from core.domain.messages import ConversationRef
from core.domain.notices import Notice, NoticeKind
from core.domain.policy import Policy, approvers
from core.errors import (
    AlreadyVoted,
    ErrorType,
    InactiveUser,
    NobodyCanApprove,
    NotAnApprover,
    NotYours,
    RequestExpired,
    SelfApproval,
    StaleCard,
    TooLateToCancel,
)
from core.services.closing import cancel_execution, check_open, close_request, stop_execution
from core.services.ledger import Ledger
from core.services.records import card_notice
from core.services.runs import enqueue

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.actions import ChatAction
    from core.domain.executions import ChatActionRecord
    from core.domain.policy import Rule
    from core.domain.users import User
    from core.ports import Clock, Storage, UnitOfWork

# The actor of an expiry, as data-model.md names it.
EXPIRY = "system:expiry"

# What people call the end of a request, by its code.
ENDED = {"APPROVAL_REJECTED": "rejected", RequestExpired.code: "expired"}

# How many due requests one transaction closes: writers wait for it.
EXPIRY_BATCH = 50


class Audience(Domain):
    """Who gets approval cards: every approver in private, and rooms where approvers gather."""

    each_approver: bool = True
    rooms: tuple[ConversationRef, ...] = ()


class ApprovalService:
    """The approval desk. Authorisation is decided here, at the moment of the vote, whatever the channel."""

    def __init__(self, *, storage: Storage, clock: Clock, policy: Policy, audience: Audience) -> None:
        """Decide under ``policy``; show cards to ``audience``."""
        self._audience = audience
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def open(self, uow: UnitOfWork, execution: Execution, record: ChatActionRecord, rule: Rule) -> None:
        """Ask the people whom ``rule`` names about ``execution.subject``.

        Raises:
            NobodyCanApprove: too few of them exist.
        """
        subject = execution.subject
        if subject is None:
            raise ValueError("an approval needs a subject")
        now = self._clock.now()
        able = approvers(rule, requester_id=execution.user_id, people=await uow.users.all())
        if len(able) < rule.threshold:
            raise NobodyCanApprove(needed=rule.threshold, available=len(able))
        request = ApprovalRequest(
            id=new_id(now),
            code=execution.code,
            execution_id=execution.id,
            chat_action_id=record.id,
            title=_title(subject.action),
            payload=subject.model_dump(mode="json"),
            risk_level=risk_of(subject.action),
            subject_hash=subject.hash,
            policy=rule.name,
            rule=rule,
            requesters=(execution.user_id,),
            threshold=rule.threshold,
            created_by=execution.user_id,
            created_at=now,
            updated_at=now,
            expires_at=now + rule.ttl,
        )
        await uow.approvals.add(request)
        ledger = Ledger(uow, now=now, actor=execution.user_id)
        await ledger.note("hitl", request.id, execution.id, None, request.status)
        details = ApprovalDetails(
            code=request.code,
            request_id=request.id,
            revision=request.revision,
            subject=subject,
            policy=rule.name,
            threshold=rule.threshold,
            subject_hash=request.subject_hash,
            expires_at=request.expires_at,
        )
        await uow.events.append(
            execution.id,
            execution.user_id,
            ApprovalRequested(timestamp=now, action=request.title, risk_level=request.risk_level, details=details),
        )
        waiting = execution.evolve(waiting_for=WaitingFor.APPROVAL)
        await uow.executions.update(waiting, expected=ExecutionStatus.PENDING)
        for person in able if self._audience.each_approver else ():
            await uow.notices.add(_card_for(request, now, person.id, user_id=person.id))
        for room in self._audience.rooms:
            await uow.notices.add(_card_for(request, now, room.conversation_id, conversation=room))

    async def vote(
        self,
        uow: UnitOfWork,
        request: ApprovalRequest,
        voter: User,
        *,
        approve: bool,
        channel: str,
        comment: str | None = None,
        revision: int | None = None,
    ) -> None:
        """Count one vote; the deciding one closes the request, whatever happens next is in the same transaction.

        ``revision`` is what the voter saw (None: a typed vote, for the current one).

        Raises:
            InactiveUser, SelfApproval, NotAnApprover: this person has no vote.
            AlreadyDecided, RequestExpired, StaleCard, AlreadyVoted: there is nothing to vote on.
        """
        now = self._clock.now()
        rule = self._rule(request)
        people = await uow.users.all()
        names = {person.id: person.name for person in people}
        able = approvers(rule, requester_id=request.created_by, people=people)
        standing = {person.id for person in able}
        # The vote of somebody who has lost the right to it meanwhile does not count.
        votes = tuple(vote for vote in await uow.approvals.votes(request.id) if vote.user_id in standing)
        waiting = _waiting(able, votes, request.revision)
        self._authorise(voter, request, able, waiting)
        check_open(request, now, names)
        if revision is not None and revision != request.revision:
            raise StaleCard(code=request.code)
        vote = Vote(
            request_id=request.id,
            user_id=voter.id,
            approve=approve,
            comment=comment,
            revision=request.revision,
            channel=channel,
            voted_at=now,
        )
        if not await uow.approvals.add_vote(vote):
            raise AlreadyVoted(code=request.code, waiting=waiting)
        outcome = outcome_of((*votes, vote), revision=request.revision, threshold=request.threshold)
        if request.execution_id is None:
            return
        execution = await uow.executions.get(request.execution_id)
        if execution is None:
            return
        await uow.events.append(
            execution.id,
            voter.id,
            ApprovalReceived(
                timestamp=now,
                approved=approve,
                by=voter.id,
                channel=channel,
                comment=comment,
                revision=request.revision,
            ),
        )
        if outcome is ApprovalStatus.PENDING:
            await uow.executions.bump(execution.id, now)
            return
        good_until = now + rule.execution_ttl if outcome is ApprovalStatus.APPROVED else None
        await close_request(uow, request, outcome, now=now, by=voter.id, comment=comment, good_until=good_until)
        if outcome is ApprovalStatus.APPROVED:
            await enqueue(uow, execution, now=now, actor=voter.id)
        else:
            await stop_execution(uow, execution, "APPROVAL_REJECTED", now=now, actor=voter.id, reason=comment)
            await uow.notices.add(card_notice(execution, NoticeKind.OUTCOME, now))

    async def cancel(self, uow: UnitOfWork, execution: Execution, person: User, *, comment: str | None = None) -> None:
        """Stop a request that has not run; for its requester and for admins.

        Raises:
            NotYours: somebody else asks.
            TooLateToCancel, RequestExpired: it has ended.
        """
        now = self._clock.now()
        if person.id != execution.user_id and not person.is_admin:
            requester = await uow.users.get(execution.user_id)
            raise NotYours(code=execution.code, who=requester.name if requester else "its requester")
        if execution.status not in {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}:
            raise TooLateToCancel(code=execution.code, state=ENDED.get(execution.error_code or "", execution.status))
        request = await uow.approvals.of_execution(execution.id)
        if request is not None and request.status is ApprovalStatus.PENDING and request.expires_at <= now:
            raise RequestExpired(code=request.code, when=request.expires_at)
        await cancel_execution(uow, execution, now=now, actor=person.id, comment=comment)

    async def expire_due(self) -> int:
        """Close every request whose time is over, each with its notice to the requester. Returns how many.

        Idempotent: a request that somebody decides meanwhile stays decided.
        """
        total = 0
        while await self._anything_due():
            async with self._storage.begin() as uow:
                due = await uow.approvals.due(self._clock.now(), limit=EXPIRY_BATCH)
                for request in due:
                    await self._expire(uow, request)
                await uow.commit()
            total += len(due)
        return total

    async def _anything_due(self) -> bool:
        async with self._storage.read() as uow:
            return bool(await uow.approvals.due(self._clock.now(), limit=1))

    async def _expire(self, uow: UnitOfWork, request: ApprovalRequest) -> None:
        now = self._clock.now()
        await close_request(uow, request, ApprovalStatus.EXPIRED, now=now, by=EXPIRY)
        execution = await uow.executions.get(request.execution_id) if request.execution_id else None
        if execution is None:
            return
        await uow.events.append(
            execution.id,
            EXPIRY,
            ApprovalReceived(timestamp=now, approved=False, by=EXPIRY, channel="system", revision=request.revision),
            ErrorOccurred(
                timestamp=now, error="Nobody decided in time.", error_type=ErrorType.TIMEOUT, recoverable=True
            ),
        )
        await stop_execution(uow, execution, RequestExpired.code, now=now, actor=EXPIRY)
        await uow.notices.add(card_notice(execution, NoticeKind.EXPIRED, now))

    def _rule(self, request: ApprovalRequest) -> Rule:
        return next(rule for rule in self._policy.rules if rule.name == request.policy)

    @staticmethod
    def _authorise(voter: User, request: ApprovalRequest, able: tuple[User, ...], waiting: str) -> None:
        if not voter.is_active:
            raise InactiveUser
        if voter.id in {person.id for person in able}:
            return
        if voter.id == request.created_by:
            raise SelfApproval(waiting=waiting)
        raise NotAnApprover(code=request.code, waiting=waiting)


def _waiting(able: tuple[User, ...], votes: tuple[Vote, ...], revision: int) -> str:
    voted = {vote.user_id for vote in votes if vote.revision == revision}
    return ", ".join(person.name for person in able if person.id not in voted)


def _title(action: ChatAction) -> str:
    names = ", ".join(getattr(action, "skills", ()))
    places = ", ".join(getattr(action, "providers", ()))
    return f"{action.intent} {names} on {places}"[:255]


def _card_for(request: ApprovalRequest, now: datetime, where: str, **address: Any) -> Notice:
    return Notice(
        id=new_id(now),
        dedupe_key=f"{NoticeKind.APPROVAL_CARD}:{request.id}:{request.revision}:{where}",
        kind=NoticeKind.APPROVAL_CARD,
        execution_id=request.execution_id,
        request_id=request.id,
        next_attempt_at=now,
        created_at=now,
        **address,
    )
