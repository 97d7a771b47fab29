"""Pace: a channel that keeps a platform's budget in each conversation and holds up no other."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from core.domain.cards import Card
from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef
from core.domain.users import ChannelIdentity
from core.errors import RateLimited
from core.ports import Channel

_MINUTE = 60.0


@dataclass(slots=True)
class _Pace:
    """One conversation: whose turn it is, how many want one, and when the next message may leave."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    callers: int = 0
    free_at: float = 0.0
    #: Until when the platform takes nothing, as it said itself.
    held_until: float = 0.0
    #: When messages left, the last minute's.
    left_at: deque[float] = field(default_factory=deque)

    def is_idle(self, now: float) -> bool:
        """Whether the next message need not wait for anything that is remembered here."""
        self._forget(now)
        return not (self.callers or self.left_at) and max(self.free_at, self.held_until) <= now

    def wait(self, now: float, most: int | None) -> float:
        """Return the seconds until the next message may leave; ``most`` may in a minute (None: any number)."""
        self._forget(now)
        full = most is not None and len(self.left_at) >= most
        return max(0.0, self.free_at - now, self.left_at[-most] + _MINUTE - now if full and most else 0.0)

    def leave(self, now: float, seconds: float, most: int | None) -> None:
        """Note that a message leaves; the next may ``seconds`` later."""
        self.free_at = now + seconds
        if most is not None:
            self.left_at.append(now)

    def _forget(self, now: float) -> None:
        while self.left_at and self.left_at[0] + _MINUTE <= now:
            self.left_at.popleft()


class Paces:
    """The budgets of all conversations of one platform."""

    def __init__(
        self,
        *,
        channel: str,
        seconds: float,
        most_in_a_minute: Callable[[ConversationRef], int | None] = lambda _: None,
        on_hold: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Leave ``seconds`` between two calls about one conversation; ``channel`` is its name in errors.

        ``on_hold`` hears for how many seconds the platform asks to wait, each time it does.
        """
        self._on_hold = on_hold
        self._channel = channel
        self._seconds = seconds
        self._most = most_in_a_minute
        self._paces: dict[str, _Pace] = {}

    @property
    def conversations(self) -> int:
        """How many conversations are remembered: those that the next message may have to wait for."""
        return len(self._paces)

    @contextlib.asynccontextmanager
    async def turn(self, conversation: ConversationRef) -> AsyncIterator[None]:
        """Wait for this conversation's turn.

        Raises:
            RateLimited: the platform has asked to wait; it is not asked again before that, and nobody waits here.
        """
        self._forget()
        loop = asyncio.get_running_loop()
        pace = self._paces.setdefault(conversation.conversation_id, _Pace())
        pace.callers += 1
        try:
            async with pace.turn:
                if pace.held_until > loop.time():
                    raise RateLimited(channel=self._channel, seconds=pace.held_until - loop.time())
                most = self._most(conversation)
                await asyncio.sleep(pace.wait(loop.time(), most))
                pace.leave(loop.time(), self._seconds, most)
                try:
                    yield
                except RateLimited as error:
                    seconds = float(str(error.params["seconds"]))
                    pace.held_until = loop.time() + seconds
                    self._on_hold(seconds)
                    raise
        finally:
            pace.callers -= 1

    def _forget(self) -> None:
        now = asyncio.get_running_loop().time()
        for key in [key for key, pace in self._paces.items() if pace.is_idle(now)]:
            del self._paces[key]


class PacedChannel:
    """The port Channel in front of ``channel``: posts and edits of one conversation share one budget."""

    def __init__(self, channel: Channel, paces: Paces) -> None:
        """Keep ``paces``, which others who speak on the platform may share."""
        self.name: ChannelName = channel.name
        self._channel = channel
        self._paces = paces

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        """Post when it is this conversation's turn; see the port."""
        async with self._paces.turn(conversation):
            return await self._channel.post(conversation, card, only_for=only_for, asked_in=asked_in)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Edit when it is this conversation's turn; see the port."""
        async with self._paces.turn(message.conversation):
            await self._channel.edit(message, card, asked_in=asked_in)

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        """Return the conversation with one person alone; see the port."""
        return await self._channel.private_conversation(account)
