"""Departures: what ends when somebody leaves or may no longer decide, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.approvals import WITHDRAWN
from core.domain.base import iso, new_id
from core.domain.cards import Card
from core.domain.eligibility import Roster, capacity, seat_of
from core.domain.events import ApprovalReceived
from core.domain.executions import Execution, ExecutionStatus, RunStatus, WaitingFor
from core.domain.notices import Notice, NoticeKind
from core.services.closing import cancel_execution
from core.services.reader import Reader
from core.services.waits import look_soon

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest
    from core.domain.users import User
    from core.ports import Clock, Translator, UnitOfWork
    from core.services.rosters import Rosters


class Departures:
    """Follows a change of people through the open requests, in the transaction of the change."""

    def __init__(self, *, clock: Clock, translator: Translator, rosters: Rosters) -> None:
        """Date by ``clock``; tell each reader in their language; ask ``rosters`` who may still decide."""
        self._clock = clock
        self._rosters = rosters
        self._translator = translator

    async def settle(self, uow: UnitOfWork, user: User, heir: User | None, *, actor: str) -> None:
        """End what ``user``, who has left, had under way; what they owned goes to ``heir``, who is told."""
        now = self._clock.now()
        cancelled = await self._stop_requests(uow, user, actor)
        await uow.delegations.end_of(user.id, now)
        await uow.api_tokens.revoke_all(user.id, now)
        if heir is None:
            return
        names = await self._hand_over(uow, user, heir)
        if cancelled or names:
            card = self._inheritance(user, heir, cancelled, names)
            await uow.notices.add(self._reply(heir, card, f"left:{user.id}:{iso(now)}"))

    async def lost_standing(self, uow: UnitOfWork, user: User, before: Roster, *, actor: str) -> None:
        """Take ``user``, one of ``before``, out of every pending request that they cannot decide any more.

        Their vote is withdrawn on the record, and so is one that was given for them. When too few people are left to
        decide, the requesters and the admins are told, once.
        """
        now, roster = self._clock.now(), await self._rosters.load(uow)
        await look_soon(uow, now)  # who agreed to it may be the one
        for request in await uow.approvals.pending(now):
            available = self._rosters.seats(request, roster)
            if seat_of(available, user.id) is not None:
                continue
            had_a_seat = seat_of(self._rosters.seats(request, before), user.id) is not None
            withdrawn = await self._withdraw(uow, request, user, actor)
            if not withdrawn and not had_a_seat:
                continue
            if request.execution_id is not None:
                await uow.executions.bump(request.execution_id, now)
            able = capacity(available, roster)
            if able < request.threshold:
                await self._tell_it_is_stuck(uow, request, roster.people, able)

    async def _stop_requests(self, uow: UnitOfWork, user: User, actor: str) -> list[Execution]:
        """Cancel what ``user`` asked for, with notice to those who had joined in asking; return what was a request.

        What is being installed is finished: a request of which nothing waits any more ends as it would have.
        """
        now, cancelled = self._clock.now(), []
        for execution_id in await uow.executions.open_of(user.id):
            execution = await uow.executions.get(execution_id)
            if execution is None or await _is_all_under_way(uow, execution):
                continue
            request = await uow.approvals.of_execution(execution_id)
            # In private they could no longer be told, and what is told there is for nobody else.
            in_public = not execution.is_private
            await cancel_execution(uow, execution, now=now, actor=actor, comment="has left", notify=in_public)
            # A question that the bot had put to them is nothing that anybody has to ask for again.
            if execution.waiting_for is not WaitingFor.ANSWER:
                cancelled.append(execution)
            for other_id in set(request.requesters) - {user.id} if request else ():
                other = await uow.users.get(other_id)
                if other is not None and other.is_active:
                    key = f"left:{execution_id}:{other_id}"
                    await uow.notices.add(self._reply(other, self._ended(user, other, execution), key, execution))
        return cancelled

    async def _hand_over(self, uow: UnitOfWork, user: User, heir: User) -> list[str]:
        """Make ``heir`` the owner of what ``user`` owned; return the names."""
        now, names = self._clock.now(), []
        for skill in await uow.skills.owned_by(user.id):
            await uow.skills.update(skill.evolve(owner_id=heir.id, updated_at=now))
            names.append(skill.name)
        for provider in await uow.providers.all():
            if provider.owner_id == user.id:
                await uow.providers.update(provider.evolve(owner_id=heir.id, updated_at=now))
                names.append(provider.display_name)
        return names

    async def _withdraw(self, uow: UnitOfWork, request: ApprovalRequest, user: User, actor: str) -> bool:
        """Remove the votes that hang on ``user``; return whether one of them counted."""
        counted = False
        for vote in await uow.approvals.votes(request.id):
            # A vote that was given for somebody else stands as long as its giver is there.
            own = vote.user_id == user.id and (vote.on_behalf_of is None or not user.is_active)
            if not own and vote.on_behalf_of != user.id:
                continue
            await uow.approvals.remove_vote(request.id, vote.user_id)
            if request.execution_id is not None and vote.revision == request.revision:
                counted = True
                withdrawn = ApprovalReceived(
                    timestamp=self._clock.now(),
                    approved=False,
                    modified=WITHDRAWN,
                    by=vote.user_id,
                    channel="system",
                    revision=vote.revision,
                )
                await uow.events.append(request.execution_id, actor, withdrawn)
        return counted

    async def _tell_it_is_stuck(
        self, uow: UnitOfWork, request: ApprovalRequest, people: tuple[User, ...], available: int
    ) -> None:
        execution = await uow.executions.get(request.execution_id) if request.execution_id else None
        for person in people:
            asked = person.is_active and person.id in request.requesters
            if asked or person.is_admin:
                card = self._stuck(request, person, available)
                key = f"undecidable:{request.id}:{request.revision}:{person.id}"
                await uow.notices.add(self._reply(person, card, key, execution))

    def _reply(self, person: User, card: Card, key: str, execution: Execution | None = None) -> Notice:
        """Return a notice to ``person``: where they asked for ``execution``, else in private."""
        now = self._clock.now()
        asked_here = execution is not None and execution.user_id == person.id
        return Notice(
            id=new_id(now),
            dedupe_key=key,
            kind=NoticeKind.REPLY,
            execution_id=execution.id if execution else None,
            user_id=person.id,
            conversation=execution.conversation if execution and asked_here else None,
            payload={"card": card.model_dump(mode="json")},
            next_attempt_at=now,
            created_at=now,
        )

    def _inheritance(self, user: User, heir: User, cancelled: list[Execution], names: list[str]) -> Card:
        reader = self._reader(heir)
        lines = []
        if cancelled:
            codes = ", ".join(f"#{execution.code}" for execution in cancelled)
            lines.append(reader.say("What they had asked for was cancelled: {codes}.", codes=codes))
        if names:
            lines.append(reader.say("What they owned is yours now: {names}.", names=reader.some(names)))
        return Card(title=reader.say("{who} has left.", who=user.name), lines=tuple(lines))

    def _ended(self, user: User, other: User, execution: Execution) -> Card:
        reader, code = self._reader(other), execution.code
        title = reader.say("#{code} was cancelled: {who}, who asked first, has left.", code=code, who=user.name)
        return Card(title=title, lines=(reader.say("If you still need it, ask again."),))

    def _stuck(self, request: ApprovalRequest, person: User, available: int) -> Card:
        reader = self._reader(person)
        needed = reader.say_many(
            "It needs {n} approval; approvers left: {available}.",
            "It needs {n} approvals; approvers left: {available}.",
            request.threshold,
            available=available,
        )
        return Card(
            title=reader.say("Too few people can decide #{code}.", code=request.code),
            lines=(
                needed,
                reader.say(
                    "Unless another approver is let in by {deadline}, it expires.",
                    deadline=reader.deadline(request.expires_at),
                ),
            ),
        )

    def _reader(self, person: User) -> Reader:
        return Reader(self._translator, person, self._clock.now())


async def _is_all_under_way(uow: UnitOfWork, execution: Execution) -> bool:
    """Whether ``execution`` runs, and nothing of it is queued or waits for somebody to merge it."""
    if execution.status is not ExecutionStatus.RUNNING:
        return False
    runs = await uow.runs.of_execution(execution.id)
    return not any(run.status is RunStatus.QUEUED or run.is_waiting for run in runs)
