"""Where the deliveries of Telegram go: to the dispatcher, and to who answers Start and what concerns chats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.assembly import Program
from bot.channels.telegram.conduct import Next
from bot.home_cards import home_cards
from core.domain.base import new_id
from core.domain.cards import Card
from core.domain.forms import Form
from core.domain.messages import Actor, ConversationRef, Inbound, IncomingMessage
from core.domain.notices import InboxItem, InboxStatus, Notice, NoticeKind
from core.ports import Clock, Storage, Translator
from core.services.approval_notices import ask_newcomers

_LONGEST_ERROR = 300  # characters


class TelegramSink:
    """Implements bot.channels.telegram.listener.Sink."""

    def __init__(self, program: Program, storage: Storage, translator: Translator, clock: Clock) -> None:
        """Hand to ``program``; what needs no understanding goes to ``storage``."""
        self._program = program
        self._storage = storage
        self._translator = translator
        self._clock = clock

    async def receive(self, inbound: Inbound) -> bool:
        """Store a delivery; who says something in private can be written to from then on."""
        if inbound.conversation.private:
            await self.reach_changed(inbound.sender, is_open=True)
        return await self._program.dispatcher.receive(inbound)

    async def started(self, message: IncomingMessage) -> None:
        """Queue a greeting and the home of a person; somebody unknown is met like anybody who speaks."""
        sender = message.sender
        await self.reach_changed(sender, is_open=True)
        async with self._storage.read() as uow:
            person = await uow.users.by_identity(sender.channel, sender.workspace_id, sender.external_id)
            if person is not None and person.is_active:
                cards = await home_cards(
                    uow, self._program.reports, message, person, translator=self._translator, clock=self._clock
                )
        if person is None or not person.is_active:
            await self._program.dispatcher.receive(message)
            return
        hint = self._translator.say(person.language, 'Say "help" to see what I can do.')
        cards = [
            Card(title=self._translator.say(person.language, "Hello {name}.", name=person.name), lines=(hint,)),
            *cards,
        ]
        await self._queue(message.conversation, cards, key=f"home:{message.dedupe_key}", user_id=person.id)

    async def ask(self, question: Next) -> None:
        """Queue a question of a form."""
        await self._queue(question.conversation, [question.card], key=question.key)

    async def tell(self, conversation: ConversationRef, sentence: str, *, key: str) -> None:
        """Queue one sentence."""
        await self._queue(conversation, [Card(title=sentence)], key=key)

    async def reach_changed(self, account: Actor, *, is_open: bool) -> None:
        """Remember whether somebody can be written to in private, and say what could not be said before.

        Nothing is written while it is as it was.
        """
        async with self._storage.read() as uow:
            identity = await uow.users.identity(account.channel, account.workspace_id, account.external_id)
        if identity is None or identity.is_reachable == is_open:
            return
        async with self._storage.begin(ahead=True) as uow:
            now = self._clock.now()
            await uow.users.update_identity(identity.evolve(is_reachable=is_open))
            await ask_newcomers(uow, now)  # cards in groups say who cannot be reached
            if is_open:
                await uow.notices.revive(identity.user_id, now)
            await uow.commit()

    async def form(self, token: str) -> Form | None:
        """Return the form that a button opens; None when there is no such button any more."""
        async with self._storage.read() as uow:
            button = await uow.tokens.get(token)
        return Form.model_validate(button.form) if button and button.form else None

    async def unreadable(self, update: Mapping[str, Any], error: Exception, *, key: str) -> None:
        """Store an update as a delivery that failed: ``doctor`` counts it, and it is not tried again."""
        now = self._clock.now()
        item = InboxItem(
            id=new_id(now),
            dedupe_key=key,
            kind="unreadable",
            conversation_key="telegram::unreadable",
            payload={"update": update},
            status=InboxStatus.FAILED,
            last_error=f"{type(error).__name__}: {error}"[:_LONGEST_ERROR],
            received_at=now,
            processed_at=now,
        )
        async with self._storage.begin(ahead=True) as uow:
            await uow.inbox.add(item)
            await uow.commit()

    async def _queue(
        self, conversation: ConversationRef, cards: list[Card], *, key: str, user_id: str | None = None
    ) -> None:
        now = self._clock.now()
        async with self._storage.begin(ahead=True) as uow:
            for number, card in enumerate(cards):
                await uow.notices.add(
                    Notice(
                        id=new_id(now),
                        dedupe_key=f"{key}:{number}",
                        kind=NoticeKind.REPLY,
                        user_id=user_id,
                        conversation=conversation,
                        payload={"card": card.model_dump(mode="json")},
                        next_attempt_at=now,
                        created_at=now,
                    )
                )
            await uow.commit()
