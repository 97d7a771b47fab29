"""The fake Telegram keeps updates for a bot that polls, as getUpdates is documented."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.platforms.telegram import FakeTelegram, Person
from tests.platforms.telegram.sdk_bot import raw, refusal, sdk_bot


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Return a Telegram whose clock stands still until it is moved."""
    async with FakeTelegram(speed=0) as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """Return the library's bot."""
    async with sdk_bot(telegram) as made:
        yield made


@pytest.fixture
def alice(telegram: FakeTelegram) -> Person:
    """Return somebody who has pressed Start."""
    return telegram.person("alice", language_code="de")


async def polling(telegram: FakeTelegram, bot: Bot, offset: int | None = None) -> asyncio.Task[list[str | None]]:
    """Begin a poll and return it once it waits."""

    async def texts() -> list[str | None]:
        return [one.message.text if one.message else None for one in await bot.get_updates(offset=offset, timeout=50)]

    before = telegram.updates.poll
    task = asyncio.create_task(texts())
    await telegram.wait_for(lambda: telegram.updates.poll is not before)
    return task


async def test_message(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A message arrives with its sender, and again until a later offset confirms it."""
    await alice.says(alice.dm, "install pdf")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "install pdf"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "de"
    assert await bot.get_updates(offset=update.update_id) == (update,)
    assert await bot.get_updates(offset=update.update_id + 1) == ()
    await telegram.settle()
    assert telegram.updates.log[0].tries == ["polled", "polled", "ok"]


async def test_limit_and_order(bot: Bot, alice: Person) -> None:
    """Ids rise by one, at most ``limit`` come, and a negative offset forgets all but the last."""
    for number in range(5):
        await alice.says(alice.dm, str(number))
    found = await bot.get_updates(limit=2)
    assert [one.message.text for one in found if one.message] == ["0", "1"]
    assert found[1].update_id == found[0].update_id + 1
    assert [one.message.text for one in await bot.get_updates(offset=-2) if one.message] == ["3", "4"]
    assert len(await bot.get_updates()) == 2


async def test_long_poll(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A poll waits until there is something, or until its time is up."""
    first = await polling(telegram, bot)
    await alice.says(alice.dm, "hi")
    assert await first == ["hi"]
    second = await polling(telegram, bot, telegram.updates.log[0].id + 1)
    telegram.pace.advance(50)
    assert await second == []


async def test_second_poller(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A second poll ends the first one with 409, and gets the updates itself."""
    first = await polling(telegram, bot)
    second = await polling(telegram, bot)
    error = await refusal(first)
    assert isinstance(error, Conflict)
    assert "terminated by other getUpdates request" in error.message
    await alice.says(alice.dm, "hi")
    assert await second == ["hi"]


async def test_poll_of_a_client_that_left(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A poll whose client went away takes nothing with it."""
    left = await polling(telegram, bot)
    left.cancel()
    await telegram.wait_for(lambda: telegram.updates.poll is None)
    await alice.says(alice.dm, "hi")
    assert len(await bot.get_updates()) == 1


async def test_allowed_updates(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """Kinds that are not allowed are not kept; omitted means unchanged, unreadable too, empty the default."""
    await bot.get_updates(allowed_updates=["callback_query"])
    await alice.says(alice.dm, "lost")
    await bot.get_updates()
    await raw(telegram, "getUpdates", data={"allowed_updates": "nonsense"})
    await alice.says(alice.dm, "lost as well")
    await bot.get_updates(allowed_updates=[])
    await alice.says(alice.dm, "heard")
    assert [one.message.text for one in await bot.get_updates() if one.message] == ["heard"]
    assert telegram.tell("chat_member", {}) is None


async def test_kept_for_a_day(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """After 24 hours an update is gone."""
    await alice.says(alice.dm, "old")
    telegram.pace.advance(23 * 3600)
    await alice.says(alice.dm, "new")
    telegram.pace.advance(2 * 3600)
    assert [one.message.text for one in await bot.get_updates() if one.message] == ["new"]
    assert telegram.updates.log[0].tries == ["dropped"]


async def test_poisonous_updates(telegram: FakeTelegram, alice: Person) -> None:
    """Unknown kinds, missing fields and wrong types are delivered as they are."""
    telegram.tell("teleported", {"by": 1})
    telegram.tell("message", {"message_id": "x", "chat": None})
    telegram.tell_raw({"message": []})
    telegram.tell_raw({"update_id": "seven"})
    telegram.tell_raw({"update_id": 3, "message": {"text": "from the past"}})
    await alice.says(alice.dm, "hi")
    found = (await raw(telegram, "getUpdates"))["result"]
    ids = [one["update_id"] for one in found]
    assert [sorted(one.keys() - {"update_id"}) for one in found] == [
        ["teleported"], ["message"], ["message"], [], ["message"], ["message"],
    ]  # fmt: skip
    assert ids[3:5] == ["seven", 3]
    assert ids[5] == ids[0] + 4


async def test_polling_and_webhooks(telegram: FakeTelegram, bot: Bot) -> None:
    """While a webhook is set nobody polls; setting one ends the poll that waits."""
    waiting = await polling(telegram, bot)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    assert "terminated by setWebhook request" in (await refusal(waiting)).message
    error = await refusal(bot.get_updates())
    assert isinstance(error, Conflict)
    assert "can't use getUpdates method while webhook is active" in error.message
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
