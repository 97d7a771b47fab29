"""Where Slack's deliveries go: messages and presses to the dispatcher, App Home and departures to who answers them."""

from __future__ import annotations

from bot.assembly import Program
from bot.channels.slack.adapter import SlackChannel
from bot.home_cards import home_cards
from core.domain.messages import Actor, ConversationRef, Inbound, IncomingMessage
from core.errors import LastAdmin
from core.ports import Clock, Storage, Translator

# The actor of a suspension that Slack reports.
SUSPENSION = "system:slack"


class SlackSink:
    """Implements bot.channels.slack.listener.Sink."""

    def __init__(
        self, program: Program, storage: Storage, channel: SlackChannel, translator: Translator, clock: Clock
    ) -> None:
        """Hand to ``program``; answer App Home through ``channel``."""
        self._program = program
        self._storage = storage
        self._channel = channel
        self._translator = translator
        self._clock = clock
        #: Whose language was asked for: Slack may speak one to them that the bot does not.
        self._asked: frozenset[str] = frozenset()

    async def receive(self, inbound: Inbound) -> bool:
        """Store a delivery; the sender of a message of whom too little is known is looked up before."""
        if isinstance(inbound, IncomingMessage) and not await self._is_known(inbound.sender):
            inbound = inbound.evolve(sender=await self._channel.introduce(inbound.sender))
        return await self._program.dispatcher.receive(inbound)

    async def _is_known(self, sender: Actor) -> bool:
        """Whether nothing has to be looked up: who it is, and once in the life of this process, what they speak."""
        async with self._storage.read() as uow:
            person = await uow.users.by_identity(sender.channel, sender.workspace_id, sender.external_id)
        if person is None:
            return False
        is_asked, self._asked = person.id in self._asked, self._asked | {person.id}
        return bool(person.language) or is_asked

    async def home_opened(self, team: str, user: str) -> None:
        """Show what waits for a person, what they asked for, and what is installed where."""
        now = self._clock.now()
        place = ConversationRef(channel="slack", workspace_id=team, conversation_id=user, private=True)
        looking = IncomingMessage(
            dedupe_key=f"home:{user}",
            received_at=now,
            sender=Actor(channel="slack", workspace_id=team, external_id=user),
            conversation=place,
            text="home",
        )
        async with self._storage.read() as uow:
            person = await uow.users.by_identity("slack", team, user)
            if person is None or not person.is_active:
                return
            cards = await home_cards(
                uow, self._program.reports, looking, person, translator=self._translator, clock=self._clock
            )
        await self._channel.show_home(user, cards)

    async def person_left(self, team: str, user: str) -> None:
        """Suspend the person whose account was deactivated, unless nobody would be left to approve."""
        async with self._storage.begin() as uow:
            person = await uow.users.by_identity("slack", team, user)
            if person is None or not person.is_active:
                return
            try:
                await self._program.people.deactivate(uow, person, successor=None, actor=SUSPENSION)
            except LastAdmin:
                return
            command = "suspended: the Slack account was deactivated"
            await self._program.people.record(uow, person, command, actor=SUSPENSION)
            await uow.commit()
