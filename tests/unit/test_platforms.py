"""A platform that is down when the program starts, and comes, or does not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from bot.platforms import Platform, audience_of
from core.domain.cards import Card
from core.domain.messages import ConversationRef
from core.errors import ChannelError, ChannelRefused, InvalidSetting, RateLimited, Words

ROOM = ConversationRef(channel="slack", conversation_id="C1")
DOWN = ChannelError(channel="Slack", reason="no route")


class Fake:
    """A platform that does with each step what is planned for it, in order; then all is well."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.steps: list[str] = []
        self.waited: list[float] = []
        self.rooms = (ROOM.evolve(workspace_id="T1"),)
        self.channel = AsyncMock()
        self.user_groups = AsyncMock()
        self.user_groups.members.return_value = frozenset({"U1"})
        self.trouble = AsyncMock(return_value=None)
        self.closed_rooms = AsyncMock(return_value=[])
        self.is_well = asyncio.Event()

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if self.failures:
            raise self.failures.pop(0)

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncIterator[Fake]:
        self._step("connect")
        try:
            yield self
        finally:
            self.steps.append("disconnected")

    @contextlib.asynccontextmanager
    async def listening(self, *_: object, **__: object) -> AsyncIterator[None]:
        self._step("listen")
        try:
            yield
        finally:
            self.steps.append("deaf")

    async def online(self) -> None:
        self._step("online")
        self.is_well.set()

    async def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


def platform_of(
    fake: Fake, connect: Callable[[], Any] | None = None, wait: Callable[[float], Any] | None = None
) -> Platform:
    """Return the platform that is reached through ``fake``, in its ways unless there are others."""
    return Platform(
        "slack",
        "Slack",
        connect or fake.connect,  # type: ignore[arg-type]  # what is used of a connection
        rooms=(ROOM,),
        asks_each=True,
        has_groups=True,
        is_refusal=lambda error: isinstance(error, ChannelRefused),
        wait=wait or fake.wait,
    )


@contextlib.asynccontextmanager
async def started(platform: Platform) -> AsyncIterator[None]:
    """Do with it what ``serve`` does."""
    async with (
        platform.reached(),
        platform.listening(Mock(), Mock(), Mock(), translator=Mock(), clock=Mock()),
        asyncio.timeout(10),
    ):
        await platform.online()
        yield


async def test_one_that_answers_is_there_at_once() -> None:
    """Its rooms have their workspace, and nothing is tried again."""
    fake = Fake()
    platform = platform_of(fake)
    async with started(platform):
        assert platform.rooms == fake.rooms
        assert await platform.trouble() is None
    assert fake.steps == ["connect", "listen", "online", "deaf", "disconnected"]


@pytest.mark.parametrize(
    ("failures", "steps"),
    [
        ([DOWN, DOWN], ["connect", "connect", "connect", "listen", "online"]),
        ([DOWN, RateLimited(channel="Slack", seconds=9)], ["connect", "connect", "connect", "listen", "online"]),
        ([DOWN, ValueError("?")], ["connect", "connect", "connect", "listen", "online"]),
    ],
)
async def test_one_that_is_down_is_asked_until_it_answers(failures: list[Exception], steps: list[str]) -> None:
    """Whatever it answers meanwhile; in the end everything is let go again."""
    fake = Fake(*failures)
    async with started(platform_of(fake)):
        await fake.is_well.wait()
    assert fake.steps == [*steps, "deaf", "disconnected"]
    assert fake.waited[0] == 1
    assert fake.waited[1] == (9 if isinstance(failures[1], RateLimited) else 2)


async def test_only_what_failed_is_done_again() -> None:
    """Who has connected and listens does not connect a second time when it cannot say where it is."""
    fake = Fake()
    platform = platform_of(fake)
    async with (
        platform.reached(),
        platform.listening(Mock(), Mock(), Mock(), translator=Mock(), clock=Mock()),
        asyncio.timeout(10),
    ):
        fake.failures.append(DOWN)
        await platform.online()
        assert await platform.trouble() == "Slack cannot be reached: no route."
        await fake.is_well.wait()
    assert fake.steps == ["connect", "listen", "online", "online", "deaf", "disconnected"]


async def test_until_it_answers_the_channel_says_so() -> None:
    """What has to be said waits in the outbox, and whoever is in a group is not known."""
    fake = Fake(DOWN)
    platform = platform_of(fake)
    card = Card(title=Words("Hello"))

    async with platform.reached():
        assert platform.rooms == (ROOM,)
        for work in (
            platform.channel.post(ROOM, card),
            platform.channel.edit(Mock(), card),
            platform.channel.private_conversation(Mock()),
        ):
            with pytest.raises(ChannelError, match="no route"):
                await work
        assert platform.user_groups is not None
        with pytest.raises(ChannelError, match="no route"):
            await platform.user_groups.members("S1")
        async with platform.listening(Mock(), Mock(), Mock(), translator=Mock(), clock=Mock()), asyncio.timeout(10):
            await platform.online()
            await fake.is_well.wait()
            await platform.channel.post(ROOM, card)
            fake.channel.post.assert_awaited_once_with(ROOM, card, only_for=None, asked_in=None)
            assert await platform.user_groups.members("S1") == {"U1"}
            assert await platform.trouble() is None


async def test_its_rooms_have_their_workspace_as_soon_as_it_answers() -> None:
    """What is said there from then on keeps its order with all that is said there, without a restart."""
    fake = Fake(DOWN)
    platform = platform_of(fake)
    async with platform.reached():
        audience = audience_of([platform])
        assert audience.rooms() == (ROOM,)
        async with platform.listening(Mock(), Mock(), Mock(), translator=Mock(), clock=Mock()), asyncio.timeout(10):
            await platform.online()
            await fake.is_well.wait()
            assert audience.rooms() == fake.rooms


async def test_pauses_grow_up_to_a_minute() -> None:
    """A platform that is down for hours is not asked every second."""
    fake = Fake(*[DOWN] * 9)
    async with started(platform_of(fake)):
        await fake.is_well.wait()
    assert fake.waited == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(
    "error",
    [
        InvalidSetting(setting="[slack] bot_token", problem=Words("Slack does not take it")),
        ChannelRefused(channel="Slack", reason="no"),
    ],
)
async def test_a_refusal_at_the_start_is_the_end(error: Exception) -> None:
    """Waiting does not mend it, and nobody is there yet who would lose something."""
    with pytest.raises(type(error)):
        async with started(platform_of(Fake(error))):
            pass


async def test_a_refusal_later_is_said_and_tried_again() -> None:
    """Others use the program by then; somebody may repair the app at the platform."""
    fake = Fake(DOWN, InvalidSetting(setting="[slack] bot_token", problem=Words("Slack does not take it")))
    said: list[str | None] = []

    async def wait(_seconds: float) -> None:
        said.append(await platform.trouble())

    platform = platform_of(fake, wait=wait)
    async with started(platform):
        await fake.is_well.wait()
    assert said[0] == "Slack cannot be reached: no route."
    assert "Slack does not take it" in str(said[1])


async def test_one_that_says_nothing_holds_up_the_start_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that swallows everything is as good as none."""
    monkeypatch.setattr("bot.platforms._PATIENCE", 0.01)
    fake = Fake()
    is_there = asyncio.Event()

    @contextlib.asynccontextmanager
    async def silent() -> AsyncIterator[Fake]:
        await is_there.wait()
        async with fake.connect():
            yield fake

    platform = platform_of(fake, silent)
    async with started(platform):
        assert await platform.trouble() == "Slack cannot be reached: no answer within 0.01 seconds."
        is_there.set()
        await fake.is_well.wait()
