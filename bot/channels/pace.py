"""Pace: a channel that keeps a distance between two messages in one conversation and holds up no other."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from core.domain.cards import Card
from core.domain.messages import ChannelName, ConversationRef, MessageRef
from core.domain.users import ChannelIdentity
from core.ports import Channel


class PacedChannel:
    """The port Channel in front of ``channel``: posts and edits of one conversation share one budget."""

    def __init__(self, channel: Channel, *, seconds: float) -> None:
        """Leave ``seconds`` between two calls about one conversation."""
        self.name: ChannelName = channel.name
        self._channel = channel
        self._seconds = seconds
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}

    async def post(self, conversation: ConversationRef, card: Card, *, only_for: str | None = None) -> MessageRef:
        """Post when it is this conversation's turn; see the port."""
        async with self._turns[conversation.conversation_id]:
            await self._wait(conversation)
            return await self._channel.post(conversation, card, only_for=only_for)

    async def edit(self, message: MessageRef, card: Card) -> None:
        """Edit when it is this conversation's turn; see the port."""
        async with self._turns[message.conversation.conversation_id]:
            await self._wait(message.conversation)
            await self._channel.edit(message, card)

    async def private_conversation(self, identity: ChannelIdentity) -> ConversationRef:
        """Return the conversation with one person alone; see the port."""
        return await self._channel.private_conversation(identity)

    async def _wait(self, conversation: ConversationRef) -> None:
        loop, key = asyncio.get_running_loop(), conversation.conversation_id
        await asyncio.sleep(max(0.0, self._free_at.get(key, 0.0) - loop.time()))
        self._free_at[key] = loop.time() + self._seconds
