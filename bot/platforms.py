"""Platforms: each of the settings is reached when ``serve`` starts, or as soon as it answers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

import structlog

from bot.cli_words import say
from bot.foreground import announce
from core.errors import ChannelError, InvalidSetting, RateLimited, SkillwardenError, Words
from core.services.approval_notices import Audience

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.assembly import Program
    from bot.connections import Connection
    from core.domain.cards import Card
    from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef
    from core.domain.users import ChannelIdentity
    from core.ports import Channel, Clock, Storage, Translator, UserGroups

# Seconds until a platform that did not answer is asked again: each time twice as many, up to the longest.
_FIRST, _LONGEST = 1.0, 60.0
# Seconds for which the start waits for one that says nothing at all; afterwards each call has its own, longer limit.
_PATIENCE = 5

#: Gives the connection once the platform has said whose token it is; raises InvalidSetting where it takes none.
Connect = Callable[[], AbstractAsyncContextManager["Connection"]]

_log = structlog.get_logger(__name__)


class Platform:
    """One platform of the settings, which may be down when the program starts: then it is asked until it answers.

    A token that it refuses at the start ends the program; later there are people who use the others.
    """

    def __init__(
        self,
        name: ChannelName,
        title: str,
        connect: Connect,
        *,
        rooms: tuple[ConversationRef, ...],
        asks_each: bool,
        has_groups: bool,
        is_refusal: Callable[[ChannelError], bool],
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Reach it by ``connect``; ``title`` is what people call it, and a refusal is what no waiting mends."""
        self.title = title
        self.asks_each = asks_each
        self.channel: Channel = _LateChannel(name, self)
        self.user_groups: UserGroups | None = _LateGroups(self) if has_groups else None
        self._rooms = rooms
        self._connect = connect
        self._is_refusal = is_refusal
        self._wait = wait
        self._connection: Connection | None = None
        self._listen: Callable[[Connection], AbstractAsyncContextManager[None]] = lambda _: contextlib.nullcontext()
        self._is_heard = False
        self._problem: SkillwardenError | None = None
        self._trying: asyncio.Task[None] | None = None

    @property
    def rooms(self) -> tuple[ConversationRef, ...]:
        """Where every approval card is shown; without their workspace while nobody knows it."""
        return self._connection.rooms if self._connection is not None else self._rooms

    @property
    def connection(self) -> Connection:
        """The connection.

        Raises:
            ChannelError: the platform has not answered yet.
        """
        if self._connection is None:
            raise ChannelError(channel=self.title, reason=self._why)
        return self._connection

    @property
    def _why(self) -> object:
        if self._problem is None:
            return Words("it has not answered yet")
        return self._problem.params.get("reason", str(self._problem).rstrip("."))

    @contextlib.asynccontextmanager
    async def reached(self) -> AsyncIterator[None]:
        """Ask it whose token this is; the connection ends with the context.

        Raises:
            InvalidSetting, ChannelError: it refuses.
        """
        async with contextlib.AsyncExitStack() as stack:
            with self._forgiving():
                try:
                    async with asyncio.timeout(_PATIENCE):
                        self._connection = await stack.enter_async_context(self._connect())
                except TimeoutError as error:
                    reason = Words("no answer within {timeout} seconds", timeout=_PATIENCE)
                    raise ChannelError(channel=self.title, reason=reason) from error
            yield

    @contextlib.asynccontextmanager
    async def listening(
        self, program: Program, storage: Storage, app: FastAPI, *, translator: Translator, clock: Clock
    ) -> AsyncIterator[None]:
        """Take deliveries to ``program`` while the context lasts; from when on says ``online``.

        Raises:
            ChannelError: it refuses.
        """
        self._listen = lambda connection: connection.listening(
            program, storage, app, translator=translator, clock=clock
        )
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._give_up)
            if self._connection is not None:
                with self._forgiving():
                    await self._hear(stack)
            yield

    async def online(self) -> None:
        """Do what has to wait until the HTTP application can be reached; what failed before is tried from now on.

        Raises:
            ChannelError: it refuses.
        """
        if self._problem is None:
            with self._forgiving():
                await self._finish()
        if self._problem is not None:
            why = {"channel": self.title, "reason": self._why}
            # In a thread: the catalogue may have to be read.
            line = await asyncio.to_thread(lambda: say("{channel} cannot be reached: {reason}. I keep trying.", **why))
            announce(line)
            self._trying = asyncio.create_task(self._keep_trying(), name=f"reaching {self.title}")

    async def trouble(self) -> str | None:
        """Return what keeps the bot from the platform, as far as it is known by now; None: nothing does."""
        if self._problem is not None:
            return f"{self.title} cannot be reached: {self._why}."
        return await self._connection.trouble() if self._connection is not None else None

    async def _hear(self, stack: contextlib.AsyncExitStack) -> None:
        await stack.enter_async_context(self._listen(self.connection))
        self._is_heard = True

    async def _finish(self) -> None:
        await self.connection.online()
        self._problem = None
        for room in await self.connection.closed_rooms():
            announce(
                say(
                    'I cannot write in {room} ({channel}), where approval cards go. See "skillwarden doctor".',
                    room=room,
                    channel=self.channel.name,
                )
            )

    async def _keep_trying(self) -> None:
        """Do what is left to be done until it is, and keep the connection until cancelled."""
        async with contextlib.AsyncExitStack() as stack:
            pause = _FIRST
            while self._problem is not None:
                asked_for = float(str(self._problem.params.get("seconds", 0)))
                again_in = max(pause, asked_for if isinstance(self._problem, RateLimited) else 0)
                _log.warning("cannot be reached", channel=self.title, error=str(self._why), again_in=again_in)
                await self._wait(again_in)
                pause = min(2 * pause, _LONGEST)
                try:
                    await self._go_on(stack)
                except (ChannelError, InvalidSetting) as error:
                    self._problem = error
                except Exception as error:  # noqa: BLE001 - the last boundary: nobody else would try again
                    _log.error("connecting failed", channel=self.title, error=f"{type(error).__name__}: {error}")
                    self._problem = ChannelError(channel=self.title, reason=f"{type(error).__name__}: {error}")
            _log.warning("reached", channel=self.title)
            await asyncio.Event().wait()

    async def _go_on(self, stack: contextlib.AsyncExitStack) -> None:
        if self._connection is None:
            self._connection = await stack.enter_async_context(self._connect())
        if not self._is_heard:
            await self._hear(stack)
        await self._finish()

    async def _give_up(self) -> None:
        if self._trying is not None:
            self._trying.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._trying

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Note what may pass."""
        try:
            yield
        except ChannelError as error:
            if self._is_refusal(error):
                raise
            self._problem = error


def audience_of(platforms: Sequence[Platform]) -> Audience:
    """Return who gets approval cards: all rooms, and each approver where one platform asks them in private."""
    return Audience(
        each_approver=any(platform.asks_each for platform in platforms),
        rooms=lambda: tuple(room for platform in platforms for room in platform.rooms),
    )


class _LateChannel:
    """The port Channel on a platform that may not have answered yet."""

    def __init__(self, name: ChannelName, platform: Platform) -> None:
        self.name = name
        self._platform = platform

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        channel = self._platform.connection.channel
        return await channel.post(conversation, card, only_for=only_for, asked_in=asked_in)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        await self._platform.connection.channel.edit(message, card, asked_in=asked_in)

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        return await self._platform.connection.channel.private_conversation(account)


class _LateGroups:
    """The port UserGroups on a platform that may not have answered yet."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def members(self, group_id: str) -> frozenset[str]:
        groups = self._platform.connection.user_groups
        return await groups.members(group_id) if groups is not None else frozenset()
