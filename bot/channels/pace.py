"""Pace: a channel that keeps a distance between two messages in one conversation and holds up no other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from core.domain.cards import Card
from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef
from core.domain.users import ChannelIdentity
from core.ports import Channel


@dataclass(slots=True)
class _Pace:
    """One conversation: whose turn it is, how many want one, and when the next message may leave."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    callers: int = 0
    free_at: float = 0.0


class PacedChannel:
    """The port Channel in front of ``channel``: posts and edits of one conversation share one budget."""

    def __init__(self, channel: Channel, *, seconds: float) -> None:
        """Leave ``seconds`` between two calls about one conversation."""
        self.name: ChannelName = channel.name
        self._channel = channel
        self._seconds = seconds
        self._paces: dict[str, _Pace] = {}

    @property
    def conversations(self) -> int:
        """How many conversations are remembered: those that the next message may have to wait for."""
        return len(self._paces)

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        """Post when it is this conversation's turn; see the port."""
        async with self._turn(conversation):
            return await self._channel.post(conversation, card, only_for=only_for, asked_in=asked_in)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Edit when it is this conversation's turn; see the port."""
        async with self._turn(message.conversation):
            await self._channel.edit(message, card, asked_in=asked_in)

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        """Return the conversation with one person alone; see the port."""
        return await self._channel.private_conversation(account)

    @contextlib.asynccontextmanager
    async def _turn(self, conversation: ConversationRef) -> AsyncIterator[None]:
        self._forget()
        loop = asyncio.get_running_loop()
        pace = self._paces.setdefault(conversation.conversation_id, _Pace())
        pace.callers += 1
        try:
            async with pace.turn:
                await asyncio.sleep(max(0.0, pace.free_at - loop.time()))
                pace.free_at = loop.time() + self._seconds
                yield
        finally:
            pace.callers -= 1

    def _forget(self) -> None:
        """Drop the conversations that nobody waits in and whose distance has passed."""
        now = asyncio.get_running_loop().time()
        for key in [key for key, pace in self._paces.items() if not pace.callers and pace.free_at <= now]:
            del self._paces[key]
