"""Requests for a human decision as programs see them: asked, listed, answered, cancelled - at the one approval desk."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.domain.agents import AgentQuestion, AgentType, RequestType
from core.domain.approvals import ApprovalRequest, ApprovalStatus, ApprovalSubject
from core.domain.base import Domain, new_id, sha256_hex
from core.domain.callbacks import check_callback
from core.domain.eligibility import seat_of
from core.domain.events import MessageReceived
from core.domain.executions import ExecutionStatus
from core.domain.listing import Place, RequestFilter
from core.domain.messages import Actor, ConversationRef, NormalizedMessage
from core.domain.notices import Notice
from core.domain.policy import decide
from core.errors import AskedTooOften, CallbacksUnsigned, DeniedByPolicy, KeyReused, UnknownHitlRequest
from core.services.agent_cards import check_options
from core.services.callbacks import callback_key
from core.services.closing import check_open
from core.services.records import Speaker, new_execution

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.domain.executions import Execution
    from core.domain.masking import Masker
    from core.domain.policy import Policy
    from core.domain.users import User
    from core.ports import Clock, Storage, Translator, UnitOfWork
    from core.services.access import Principal
    from core.services.approval_service import ApprovalService
    from core.services.rosters import Rosters

_MINUTE = timedelta(minutes=1)
_LONGEST_TITLE = 255


class NewRequest(Domain):
    """What a program asks (seed 003)."""

    agent_type: AgentType
    request_type: RequestType
    title: str
    description: str | None = None
    payload: dict[str, Any]
    options: tuple[str, ...] = ()
    expires_in: timedelta
    callback_url: str | None = None


class HitlRecord(Domain):
    """A request as it stands, and the callback that tells its program, once there is one to send."""

    request: ApprovalRequest
    callback: Notice | None = None


class HitlApi:
    """Serves people's programs. Who answers is the person whose token it is; what they may is the desk's to say."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        policy: Policy,
        rosters: Rosters,
        approvals: ApprovalService,
        masker: Masker,
        translator: Translator,
        per_minute: int,
        plain_hosts: Collection[str] = (),
        signs: bool = False,
    ) -> None:
        """Let each person's programs ask ``per_minute`` times; take callbacks only where somebody ``signs`` them.

        No option is called what ``translator`` calls a button of the bot's own.
        """
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._rosters = rosters
        self._approvals = approvals
        self._masker = masker
        self._translator = translator
        self._per_minute = per_minute
        self._plain_hosts = frozenset(plain_hosts)
        self._signs = signs

    async def create(self, principal: Principal, wanted: NewRequest, *, key: str | None) -> tuple[HitlRecord, bool]:
        """Ask people; once this returns the question is stored, with its cards to send.

        Returns:
            The request, and whether it is new: the same ``key`` of the same person leads to the same one.

        Raises:
            CallbackNotAllowed, CallbacksUnsigned: it may not be called back.
            InvalidInput: an option is called like one of the bot's own buttons.
            KeyReused: something else was asked with the ``key`` before, and nobody may take its answer for this one's.
            AskedTooOften: too many questions in a minute.
            DeniedByPolicy, NobodyCanApprove: there is nobody to ask.
        """
        if wanted.callback_url is not None:
            check_callback(wanted.callback_url, self._plain_hosts)
            if not self._signs:
                raise CallbacksUnsigned
        now, user = self._clock.now(), principal.user
        dedupe_key = f"hitl:{sha256_hex(f'{user.id}:{key}'.encode()) if key is not None else new_id(now)}"
        await self._rosters.look_up()
        async with self._storage.begin() as uow:
            known = await uow.executions.by_dedupe_key(dedupe_key)
            if known is None:
                check_options(wanted.options, self._translator)
                await self._check_pace(uow, user, now)
                made = await self._ask(uow, user, wanted, dedupe_key, now)
                await uow.commit()
            elif not self._asked(known, wanted):
                raise KeyReused(request=known.code)
            execution_id = (known or made).id
        async with self._storage.read() as uow:
            request = await uow.approvals.of_execution(execution_id)
            if request is None:
                raise UnknownHitlRequest(request=execution_id)
            return await self._record(uow, request), known is None

    async def page(
        self, principal: Principal, wanted: RequestFilter, *, limit: int, after: Place | None = None
    ) -> tuple[ApprovalRequest, ...]:
        """Return what ``wanted`` matches of the person's requests (an admin's are everybody's), newest first."""
        now = self._clock.now()
        async with self._storage.read() as uow:
            found = await uow.approvals.listed(_own(principal, wanted), now=now, limit=limit, after=after)
        return tuple(_as_it_stands(request, now) for request in found)

    async def pending_count(self, principal: Principal, wanted: RequestFilter) -> int:
        """Return how many of them can still be decided."""
        open_ones = _own(principal, wanted).evolve(statuses=(ApprovalStatus.PENDING,))
        async with self._storage.read() as uow:
            return await uow.approvals.count(open_ones, now=self._clock.now())

    async def get(self, principal: Principal, request_id: str) -> HitlRecord:
        """Return a request.

        Raises:
            UnknownHitlRequest: there is none that the person may see: their own, one they may answer, any for an admin.
        """
        async with self._storage.read() as uow:
            return await self._record(uow, await self._visible(uow, principal, request_id))

    async def respond(
        self,
        principal: Principal,
        request_id: str,
        *,
        approve: bool,
        response: dict[str, Any] | None = None,
        comment: str | None = None,
    ) -> HitlRecord:
        """Count the person's vote, and return the request as it is then: more votes may be needed.

        Raises:
            UnknownHitlRequest: as for ``get``.
            SkillwardenError: see ``ApprovalService.vote``.
        """
        await self._rosters.look_up()
        async with self._storage.begin() as uow:
            request = await self._visible(uow, principal, request_id)
            voter = await uow.users.get(principal.user.id) or principal.user
            answer = None if response is None else self._masker.data(response)
            await self._approvals.vote(
                uow, request, voter, approve=approve, channel="api", comment=comment, answer=answer
            )
            await uow.commit()
        return await self.get(principal, request_id)

    async def cancel(self, principal: Principal, request_id: str, *, comment: str | None = None) -> HitlRecord:
        """Take a request back; for whose it is, and for admins.

        Raises:
            UnknownHitlRequest: as for ``get``.
            AlreadyDecided, RequestExpired: it is over; the error says by whom and when.
            NotYours: it is somebody else's.
        """
        async with self._storage.begin() as uow:
            request = await self._visible(uow, principal, request_id)
            check_open(request, self._clock.now(), {person.id: person.name for person in await uow.users.all()})
            execution = await uow.executions.get(request.execution_id or "")
            person = await uow.users.get(principal.user.id)
            if execution is None or person is None:
                raise UnknownHitlRequest(request=request_id)
            await self._approvals.cancel(uow, execution, person, comment=comment)
            await uow.commit()
        return await self.get(principal, request_id)

    async def _check_pace(self, uow: UnitOfWork, user: User, now: datetime) -> None:
        asked = await uow.approvals.moments_asked(user.id, now - _MINUTE)
        if len(asked) >= self._per_minute:
            free = asked[-self._per_minute] + _MINUTE - now
            raise AskedTooOften(limit=self._per_minute, seconds=max(1, math.ceil(free.total_seconds())))

    async def _ask(self, uow: UnitOfWork, user: User, wanted: NewRequest, dedupe_key: str, now: datetime) -> Execution:
        """Store the question with its execution, and ask whom the policy names."""
        question = self._question(wanted)
        where = ConversationRef(channel="api", conversation_id=user.id, private=True)
        subject = ApprovalSubject(action=question)
        rule = decide(self._policy, subject.facts(where))
        if rule.outcome == "deny":
            raise DeniedByPolicy(rule=rule.name)
        speaker = Speaker(user_id=user.id, external_id=user.id, conversation=where)
        more = {} if wanted.callback_url is None else {"callback_url": wanted.callback_url}
        execution = await new_execution(uow, speaker, now=now, dedupe_key=dedupe_key, text=question.title, **more)
        sender = Actor(channel="api", external_id=user.id, display_name=user.name)
        message = NormalizedMessage(sender=sender, conversation=where, text=question.title)
        await uow.events.append(execution.id, user.id, MessageReceived(timestamp=now, message=message))
        asked = execution.evolve(subject=subject.under(rule), revision=execution.revision + 1)
        await uow.executions.update(asked, expected=ExecutionStatus.PENDING)
        until = now + wanted.expires_in
        if rule.outcome == "allow" and not question.needs_answer:
            await self._approvals.allow(uow, asked, rule, until=until)
        else:
            await self._approvals.open(uow, asked, None, rule, until=until)
        return asked

    def _question(self, wanted: NewRequest) -> AgentQuestion:
        """Return what people agree to, which is what is stored: secrets go before the hash is made."""
        said = self._masker.data(wanted.model_dump(mode="json", exclude={"expires_in", "callback_url"}))
        return AgentQuestion.model_validate(said | {"title": said["title"][:_LONGEST_TITLE]})

    def _asked(self, known: Execution, wanted: NewRequest) -> bool:
        """Whether ``known`` is what was made of ``wanted``: more may be masked by now than when it was asked."""
        before = known.subject.question if known.subject else None
        asked, stored = (
            self._masker.data([question.model_dump(mode="json") if question else None, url])
            for question, url in ((self._question(wanted), wanted.callback_url), (before, known.callback_url))
        )
        return bool(asked == stored)

    async def _visible(self, uow: UnitOfWork, principal: Principal, request_id: str) -> ApprovalRequest:
        request = await uow.approvals.get(request_id)
        if request is None or not await self._may_see(uow, principal, request):
            raise UnknownHitlRequest(request=request_id)
        return request

    async def _may_see(self, uow: UnitOfWork, principal: Principal, request: ApprovalRequest) -> bool:
        if principal.sees_only in {None, request.created_by}:
            return True
        seats = self._rosters.seats(request, await self._rosters.load(uow))
        return seat_of(seats, principal.user.id) is not None

    async def _record(self, uow: UnitOfWork, request: ApprovalRequest) -> HitlRecord:
        callback = None
        if request.callback_url is not None and request.execution_id is not None:
            callback = await uow.notices.by_dedupe_key(callback_key(request.execution_id))
        return HitlRecord(request=_as_it_stands(request, self._clock.now()), callback=callback)


def _own(principal: Principal, wanted: RequestFilter) -> RequestFilter:
    return wanted if principal.sees_only is None else wanted.evolve(created_by=principal.sees_only)


def _as_it_stands(request: ApprovalRequest, now: datetime) -> ApprovalRequest:
    """Return ``request``; one whose time is over is expired, whether or not the clock of the desk came by."""
    is_over = request.status is ApprovalStatus.PENDING and request.expires_at <= now
    return request.evolve(status=ApprovalStatus.EXPIRED) if is_over else request
