"""Delivery: notices leave through the outbox, and every posted copy of a live card converges on the database."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.domain.approvals import ApprovalStatus
from core.domain.base import new_id
from core.domain.cards import Card
from core.domain.drift import DriftStatus
from core.domain.events import ResponseSent
from core.domain.messages import Actor, MessageRef
from core.domain.notices import ButtonToken, Notice, NoticeKind, NoticeStatus, Prompt
from core.errors import ChannelError, ChannelRefused, MessageGone, NoEntry, RateLimited, Words
from core.services.drift_cards import DriftView, drift_card, load_drift
from core.services.presenter import card_for
from core.services.reader import Reader
from core.services.records import card_notice, error_event
from core.services.views import RequestView, load_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.domain.messages import ChannelName, ConversationRef
    from core.domain.users import ChannelIdentity, User
    from core.errors import SkillwardenError
    from core.ports import Channel, Clock, Storage, Translator, UnitOfWork
    from core.services.rosters import Rosters

# The first wait after a failure; it doubles up to the longest one.
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)


class _Draft(NamedTuple):
    """A card, the tokens its buttons want, and those that are stored; None when one of them is not."""

    card: Card
    wanted: Sequence[ButtonToken]
    stored: Sequence[ButtonToken] | None


class Delivery:
    """Says what is due and repairs what is out of date."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        rosters: Rosters,
        translator: Translator,
        channels: Mapping[ChannelName, Channel],
    ) -> None:
        """Speak through ``channels``."""
        self._storage = storage
        self._clock = clock
        self._rosters = rosters
        self._translator = translator
        self._channels = channels

    async def deliver(self, notice_id: str) -> None:
        """Post one notice and remember where; try again later when the channel cannot take it now.

        Posted twice when the program dies between the two; never not at all.
        """
        async with self._storage.read() as uow:
            notice = await uow.notices.get(notice_id)
            if notice is None or notice.status is not NoticeStatus.PENDING:
                return
            person, identities, view = await asyncio.gather(
                _person(uow, notice.user_id),
                _accounts(uow, notice.user_id),
                _view(uow, notice.execution_id, self._rosters),
            )
            drift = await load_drift(uow, notice.payload["drift"]) if notice.kind is NoticeKind.DRIFT_CARD else None
            is_overtaken = _overtaken(notice, view, drift)
            draft = None if is_overtaken else await self._draft(uow, self._card(notice, view, drift, person), view)
        if draft is None:
            await self._delivered(notice, None, None, view)
            return
        reached: ChannelIdentity | None = None
        try:
            conversation = notice.conversation
            if conversation is None:
                reached = self._nearest(identities, view)
                conversation = await self._channels[reached.channel].private_conversation(reached)
            card = await self._with_tokens(draft)
            message = await self._post(notice, conversation, card, view)
        except ChannelError as error:
            await self._undelivered(notice, error, reached)
        else:
            await self._delivered(notice, message, card, view, drift)

    async def reconcile(self, prompt_id: str) -> None:
        """Edit one posted copy so that it shows its execution, or drift, as it is; post anew what cannot be edited."""
        async with self._storage.read() as uow:
            prompt = await uow.prompts.get(prompt_id)
            if prompt is None or prompt.is_gone:
                return
            person, view = await asyncio.gather(
                _person(uow, prompt.user_id), _view(uow, prompt.execution_id, self._rosters)
            )
            drift = await load_drift(uow, prompt.drift_id) if prompt.drift_id else None
            if drift is not None:
                made, revision = self._drift(drift, person), drift.drift.revision
            elif view is not None:
                made, revision = self._live(prompt.kind, view, person), view.execution.revision
            else:
                return
            draft = await self._draft(uow, made, view)
        card = await self._with_tokens(draft)
        message = prompt.message
        again: Notice | None = None
        try:
            asked_in = _asked_in(prompt.kind, prompt.conversation, view)
            await self._channel(prompt.conversation).edit(message, card, asked_in=asked_in)
            changed = prompt.evolve(shown_revision=revision, attempts=0)
        except (MessageGone, ChannelRefused) as error:
            changed = prompt.evolve(is_gone=True)
            again = self._repost(prompt) if isinstance(error, MessageGone) else None
        except ChannelError as error:
            wait = self._wait(error, prompt.attempts)
            changed = prompt.evolve(attempts=prompt.attempts + 1, next_attempt_at=self._clock.now() + wait)
        async with self._storage.begin() as uow:
            await uow.prompts.update(changed)
            if again is not None:
                await uow.notices.add(again)
            await uow.commit()

    async def refresh(self, channel: ChannelName) -> None:
        """Edit every copy of an open request on ``channel``, which has forgotten them all (a terminal does)."""
        async with self._storage.read() as uow:
            copies = await uow.prompts.open_on(channel)
        for prompt_id in copies:
            await self.reconcile(prompt_id)

    async def abandon(self, notice_id: str, error: SkillwardenError) -> None:
        """Give a notice up that cannot be made into a message."""
        async with self._storage.begin() as uow:
            notice = await uow.notices.get(notice_id)
            if notice is not None:
                await uow.notices.update(notice.evolve(status=NoticeStatus.FAILED, last_error=str(error)))
                await uow.commit()

    async def abandon_prompt(self, prompt_id: str, _error: SkillwardenError) -> None:
        """Stop editing a copy that cannot be made into a message."""
        async with self._storage.begin() as uow:
            prompt = await uow.prompts.get(prompt_id)
            if prompt is not None:
                await uow.prompts.update(prompt.evolve(is_gone=True))
                await uow.commit()

    async def _post(
        self, notice: Notice, conversation: ConversationRef, card: Card, view: RequestView | None
    ) -> MessageRef:
        """Post where it belongs; what the bot may not say there to who asked, it says to them in private."""
        channel, only_for = self._channel(conversation), notice.payload.get("only_for")
        if (message_id := notice.payload.get("edits")) is not None:
            message = MessageRef(conversation=conversation, message_id=message_id)
            with contextlib.suppress(MessageGone):  # then nobody reads what it said before
                await channel.edit(message, card)
            return message
        try:
            asked_in = _asked_in(notice.kind, conversation, view)
            return await channel.post(conversation, card, only_for=only_for, asked_in=asked_in)
        except NoEntry:
            asker = _asker(notice, view)
            if asker is None:
                raise
            account = Actor(channel=conversation.channel, workspace_id=conversation.workspace_id, external_id=asker)
            private = await channel.private_conversation(account)
            if private.conversation_id == conversation.conversation_id:
                raise
        return await channel.post(private, card, asked_in=conversation)

    def _card(self, notice: Notice, view: RequestView | None, drift: DriftView | None, person: User | None) -> Card:
        if drift is not None:
            return self._drift(drift, person)
        if notice.kind is NoticeKind.REPLY or view is None:
            card = Card.model_validate(notice.payload["card"])
            return card if card.language else card.evolve(language=self._reader(person).language)
        return self._live(notice.kind, view, person)

    def _live(self, kind: NoticeKind, view: RequestView, person: User | None) -> Card:
        reader = self._reader(person)
        return card_for(kind, view, reader).evolve(language=reader.language)

    def _drift(self, view: DriftView, person: User | None) -> Card:
        reader = self._reader(person)
        return drift_card(view, reader).evolve(language=reader.language)

    def _reader(self, person: User | None) -> Reader:
        return Reader(self._translator, person, self._clock.now())

    def _channel(self, conversation: ConversationRef) -> Channel:
        channel = self._channels.get(conversation.channel)
        if channel is None:
            raise ChannelRefused(channel=conversation.channel, reason=Words("it is not connected here"))
        return channel

    def _nearest(self, identities: tuple[ChannelIdentity, ...], view: RequestView | None) -> ChannelIdentity:
        """Return where to write to a person in private: where the request was made if they are there, else anywhere.

        An account that could not be written to so far is only tried when they have no other.
        """
        home = view.execution.channel if view else None
        reachable = [identity for identity in identities if identity.channel in self._channels]
        if not reachable:
            raise ChannelRefused(channel=Words("every channel"), reason=Words("this person has no account there"))
        return min(reachable, key=lambda identity: (not identity.is_reachable, identity.channel != home))

    async def _draft(self, uow: UnitOfWork, card: Card, view: RequestView | None) -> _Draft:
        """Return ``card`` and what is known of the tokens of its buttons."""
        request = view.request if view else None
        now = self._clock.now()
        wanted = [
            ButtonToken(
                token=secrets.token_urlsafe(16),
                execution_id=view.execution.id if view else None,
                request_id=request.id if request else None,
                revision=request.revision if request else 0,
                press=button.press.model_dump(mode="json"),
                form=button.form.model_dump(mode="json") if button.form else None,
                created_at=now,
            )
            for button in card.buttons
        ]
        return _Draft(card, wanted, await uow.tokens.find(wanted) if wanted else ())

    async def _with_tokens(self, draft: _Draft) -> Card:
        """Return the card with a stored token on every button."""
        card, wanted, tokens = draft
        if tokens is None:
            async with self._storage.begin() as uow:
                tokens = await uow.tokens.ensure(wanted)
                await uow.commit()
        buttons = (button.evolve(token=row.token) for button, row in zip(card.buttons, tokens, strict=True))
        return card.evolve(buttons=tuple(buttons)) if wanted else card

    async def _delivered(
        self,
        notice: Notice,
        message: MessageRef | None,
        card: Card | None,
        view: RequestView | None,
        drift: DriftView | None = None,
    ) -> None:
        now = self._clock.now()
        async with self._storage.begin() as uow:
            done = notice.evolve(
                status=NoticeStatus.DELIVERED,
                delivered_at=now,
                attempts=notice.attempts + 1,
                conversation=message.conversation if message else notice.conversation,
                message_id=message.message_id if message else None,
                payload={} if notice.payload.get("secret") else notice.payload,
            )
            await uow.notices.update(done)
            if message is not None and card is not None and view is not None:
                text = "\n".join((card.title, *card.lines))
                said = ResponseSent(timestamp=now, text=text, channel=message.conversation.channel, to=notice.user_id)
                await uow.events.append(view.execution.id, view.execution.user_id, said)
            shown = drift or view
            if message is not None and shown is not None and notice.kind.is_live:
                await uow.prompts.add(_prompt(notice, message, shown, now))
            await uow.commit()

    async def _undelivered(self, notice: Notice, error: ChannelError, reached: ChannelIdentity | None) -> None:
        now = self._clock.now()
        changed = notice.evolve(
            attempts=notice.attempts + 1,
            last_error=str(error),
            next_attempt_at=now + self._wait(error, notice.attempts),
            status=NoticeStatus.PENDING if error.recoverable else NoticeStatus.FAILED,
        )
        async with self._storage.begin() as uow:
            await uow.notices.update(changed)
            if reached is not None and isinstance(error, NoEntry):
                await uow.users.update_identity(reached.evolve(is_reachable=False))
            if changed.status is NoticeStatus.FAILED and notice.execution_id is not None:
                await uow.events.append(notice.execution_id, "system:delivery", error_event(error, now))
                if notice.kind.is_for_approvers:
                    await self._tell_requester(uow, notice, error, now)
            await uow.commit()

    async def _tell_requester(self, uow: UnitOfWork, notice: Notice, error: ChannelError, now: datetime) -> None:
        """Say to who asked that somebody, or a room, could not be shown the request, and why."""
        execution = await uow.executions.get(notice.execution_id or "")
        requester = await uow.users.get(execution.user_id) if execution else None
        if execution is None or requester is None:
            return
        person = await uow.users.get(notice.user_id) if notice.user_id else None
        reader = self._reader(requester)
        who = person.name if person else reader.say("the approval channel")
        title = reader.say("{who} could not be shown #{code}.", who=who, code=execution.code)
        why = reader.error(error)
        # A platform's own word, such as "user_disabled", means nothing to who asked.
        if "reason" in error.params and not isinstance(error.params["reason"], Words):
            why = reader.say(
                "{channel} refused the message. An admin finds out why: skillwarden timeline {code}",
                channel=error.params["channel"],
                code=execution.code,
            )
        card = Card(title=title, lines=(why,))
        told = card_notice(execution, NoticeKind.REPLY, now).evolve(
            dedupe_key=f"unreachable:{notice.id}", payload={"card": card.model_dump(mode="json")}
        )
        await uow.notices.add(told)

    def _repost(self, prompt: Prompt) -> Notice:
        now = self._clock.now()
        return Notice(
            id=new_id(now),
            dedupe_key=f"repost:{prompt.id}",
            kind=prompt.kind,
            execution_id=prompt.execution_id,
            request_id=prompt.request_id,
            user_id=prompt.user_id,
            conversation=prompt.conversation,
            payload={"drift": prompt.drift_id} if prompt.drift_id else {},
            next_attempt_at=now,
            created_at=now,
        )

    @staticmethod
    def _wait(error: ChannelError, attempts: int) -> timedelta:
        if isinstance(error, RateLimited):
            return timedelta(seconds=float(str(error.params["seconds"])))
        jitter = 0.5 + secrets.randbelow(1000) / 1000
        return min(FIRST_WAIT * float(2 ** min(attempts, 16)), LONGEST_WAIT) * jitter


async def _person(uow: UnitOfWork, user_id: str | None) -> User | None:
    return await uow.users.get(user_id) if user_id else None


async def _accounts(uow: UnitOfWork, user_id: str | None) -> tuple[ChannelIdentity, ...]:
    return await uow.users.identities(user_id) if user_id else ()


async def _view(uow: UnitOfWork, execution_id: str | None, rosters: Rosters) -> RequestView | None:
    return await load_view(uow, execution_id, rosters) if execution_id else None


def _overtaken(notice: Notice, view: RequestView | None, drift: DriftView | None) -> bool:
    """Whether there is no sense in saying it any more: nobody has to be asked what is decided, or over."""
    if notice.kind is NoticeKind.DRIFT_CARD:
        return drift is None or drift.drift.status is DriftStatus.RESOLVED
    if not notice.kind.is_for_approvers:
        return False
    return view is None or view.request is None or view.request.status is not ApprovalStatus.PENDING


def _asker(notice: Notice, view: RequestView | None) -> str | None:
    """Return the account whose question ``notice`` answers; None where it answers nobody, as in an approval room."""
    if notice.kind is NoticeKind.REPLY:
        return notice.payload.get("asker")
    if notice.kind is NoticeKind.APPROVAL_CARD or view is None:
        return None
    return view.execution.channel_user_id


def _asked_in(kind: NoticeKind, shown_in: ConversationRef, view: RequestView | None) -> ConversationRef | None:
    """Return where a request was asked whose card had to move to a private conversation; None where it did not."""
    if kind is not NoticeKind.REQUEST_CARD or view is None or not shown_in.private:
        return None
    return None if view.execution.conversation.private else view.execution.conversation


def _prompt(notice: Notice, message: MessageRef, shown: RequestView | DriftView, now: datetime) -> Prompt:
    drift = shown.drift if isinstance(shown, DriftView) else None
    execution = None if isinstance(shown, DriftView) else shown.execution
    current = drift or execution
    return Prompt(
        id=new_id(now),
        kind=notice.kind,
        execution_id=execution.id if execution else None,
        request_id=notice.request_id,
        drift_id=drift.id if drift else None,
        user_id=notice.user_id,
        conversation=message.conversation,
        message_id=message.message_id,
        shown_revision=current.revision if current else 0,
        next_attempt_at=now,
        created_at=now,
    )
