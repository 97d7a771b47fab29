"""The fake Telegram misbehaves on demand, and at random in the same way for the same seed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter

from tests.platforms.telegram import FakeTelegram, Fault, Odds, Person
from tests.platforms.telegram.sdk_bot import HookedApp, raw, refusal, sdk_bot
from tests.platforms.telegram.trouble import FaultKind, Trouble
from tests.platforms.telegram.updates import LATE
from tests.platforms.timing import Pace


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library give waits as timedeltas; it warns of the change otherwise."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


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
    return telegram.person("alice")


async def test_429(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A 429 names the seconds to wait, for the chat and the method it is meant for, and nothing was posted."""
    fault = Fault(kind="ratelimited", retry_after=7, method="sendMessage", chat=alice.user.id)
    telegram.trouble.next_calls(fault, fault)
    bob = telegram.person("bob")
    await bot.get_chat(alice.user.id)
    await bot.send_message(bob.user.id, "x")
    answer = await raw(telegram, "sendMessage", data={"chat_id": alice.user.id, "text": "x"})
    assert (answer["status"], answer["parameters"]) == (429, {"retry_after": 7})
    assert answer["description"] == "Too Many Requests: retry after 7"
    assert isinstance(await refusal(bot.send_message(alice.user.id, "x")), RetryAfter)
    assert not telegram.messages(alice.dm)
    assert telegram.trouble.happened == {"ratelimited": 2}


async def test_5xx(telegram: FakeTelegram, bot: Bot) -> None:
    """A 502 of the front end is a page, a 500 of the server is JSON."""
    telegram.trouble.next_calls(Fault(kind="server_error"), Fault(kind="server_error", status=500))
    assert isinstance(await refusal(bot.get_chat(1)), NetworkError)
    assert (await raw(telegram, "getMe"))["description"] == "Internal Server Error"


async def test_any_error(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """Every error of Telegram's can be had."""
    telegram.trouble.next_calls(Fault(kind="error", error="Bad Request: PEER_FLOOD"), Fault(kind="conflict"))
    assert type(await refusal(bot.send_message(alice.user.id, "x"))) is BadRequest
    assert isinstance(await refusal(bot.get_updates()), Conflict)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize("kind", ["drop", "hang"])
@pytest.mark.parametrize("acts", [True, False])
async def test_no_answer(telegram: FakeTelegram, bot: Bot, alice: Person, kind: FaultKind, acts: bool) -> None:
    """The answer can be missing although the message was posted, or with nothing posted."""
    telegram.trouble.next_calls(Fault(kind=kind, acts=acts, method="sendMessage"))
    send = asyncio.ensure_future(bot.send_message(alice.user.id, "x"))
    if kind == "drop":
        assert isinstance(await refusal(send), NetworkError)
    else:
        await telegram.wait_for(lambda: telegram.calls[-1].method == "sendMessage")
        assert not send.done()
        send.cancel()
        await asyncio.wait({send})
    assert len(telegram.messages(alice.dm)) == acts


async def test_lost_updates_come_again(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """Updates whose answer got lost are there for the next poll."""
    await alice.says(alice.dm, "hi")
    telegram.trouble.next_calls(Fault(kind="drop", acts=True, method="getUpdates"))
    assert isinstance(await refusal(bot.get_updates()), NetworkError)
    assert len(await bot.get_updates()) == 1


async def test_doubled_update(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """An update can come once more although it was confirmed."""
    telegram.trouble.next_delivery("doubled")
    await alice.says(alice.dm, "hi")
    (update,) = await bot.get_updates()
    assert await bot.get_updates(offset=update.update_id + 1) == (update,)
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_delayed_update(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """An update can be late: another overtakes it, and the order of messages is not that of updates."""
    telegram.trouble.next_delivery("delayed")
    await alice.says(alice.dm, "first")
    await alice.says(alice.dm, "second")
    (early,) = await bot.get_updates()
    telegram.pace.advance(LATE)
    (late,) = await bot.get_updates(offset=early.update_id + 1, timeout=50)
    assert early.message is not None
    assert late.message is not None
    assert (early.message.text, late.message.text) == ("second", "first")
    assert late.message.message_id < early.message.message_id


async def test_webhook_trouble(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A webhook can be out of reach, answer in vain, and be told twice."""
    async with HookedApp(telegram) as app:
        telegram.trouble.next_delivery("refused", "ack_lost", "doubled")
        await bot.set_webhook(app.url)
        for text in ("a", "b", "c"):
            await alice.says(alice.dm, text)
        await telegram.settle()
        assert [body["message"]["text"] for _secret, body in app.posts] == ["a", "b", "b", "c", "c"]
    assert [update.tries for update in telegram.updates.log] == [
        ["Connection refused", "ok"],
        ["Read timeout expired", "ok"],
        ["ok", "ok"],
    ]


async def test_polls_are_spared_webhook_trouble(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """What only befalls webhooks waits for one."""
    telegram.trouble.next_delivery("refused", "doubled")
    await alice.says(alice.dm, "hi")
    assert telegram.trouble.happened == {"doubled": 1}


async def test_budget_of_a_chat(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A chat takes one message or edit a second after a short burst; others do not wait for it."""
    bob = telegram.person("bob")
    telegram.trouble.enforce_budgets()
    sent = await bot.send_message(alice.user.id, "x")
    for text in "yz":
        await bot.edit_message_text(text, alice.user.id, sent.message_id)
    error = await refusal(bot.send_message(alice.user.id, "x"))
    assert isinstance(error, RetryAfter)
    await bot.send_message(bob.user.id, "x")
    telegram.pace.advance(1)
    await bot.send_message(alice.user.id, "x")
    telegram.trouble.calm()
    await bot.send_message(alice.user.id, "x")


def test_budget_of_a_group() -> None:
    """A group takes 20 in any minute, however they are spread; a wait is long enough, and people have no such limit."""
    pace = Pace(0)
    trouble = Trouble(pace)
    trouble.enforce_budgets()
    for _ in range(20):
        assert trouble.for_call("sendMessage", "-100") is None
        assert trouble.for_call("sendMessage", "100") is None
        pace.advance(1)
    assert trouble.for_call("sendMessage", "100") is None
    fault = trouble.for_call("editMessageText", "-100")
    assert fault is not None
    assert fault.retry_after == 40
    pace.advance(40)
    assert trouble.for_call("editMessageText", "-100") is None


def test_budget_over_all() -> None:
    """All chats together take 30 a second; a wait is long enough."""
    pace = Pace(0)
    trouble = Trouble(pace)
    trouble.enforce_budgets()
    faults = [trouble.for_call("sendMessage", str(number)) for number in range(31)]
    assert faults[:30] == [None] * 30
    assert faults[30] is not None
    pace.advance(faults[30].retry_after)
    assert trouble.for_call("sendMessage", "30") is None
    assert trouble.for_call("answerCallbackQuery", "") is None


def rolled(seed: int) -> list[str]:
    """Return what 200 calls, polls and updates meet."""
    trouble = Trouble(Pace(0))
    trouble.at_random(seed, Odds(ratelimited=0.1, lost_answer=0.1, conflict=0.1, doubled=0.1, delayed=0.1, refused=0.1))
    calls = [trouble.for_call(method, "1") for method in ("sendMessage", "getUpdates") * 50]
    updates = [trouble.for_update(to_webhook=number % 2 == 0) for number in range(100)]
    return [fault.kind if fault else "" for fault in calls] + [mishap or "" for mishap in updates]


def test_seeds() -> None:
    """The same seed brings the same trouble, another one other trouble, and each kind of it occurs."""
    assert rolled(1) == rolled(1)
    assert rolled(1) != rolled(2)
    assert set(rolled(1)) == {"", "ratelimited", "drop", "conflict", "doubled", "delayed", "refused"}


async def test_bad_luck_loses_nothing() -> None:
    """Under random trouble every update arrives in the end: what is missing then, the app has lost."""
    async with FakeTelegram(speed=600) as telegram, sdk_bot(telegram) as bot:
        telegram.trouble.at_random(7, Odds(server_error=0.1, lost_answer=0.1, conflict=0.1, doubled=0.2, delayed=0.2))
        alice = telegram.person("alice")
        said = {(await alice.says(alice.dm, "hi")).id for _ in range(40)}
        found: list[int] = []
        offset = 0
        while not all(update.done for update in telegram.updates.log):
            try:
                updates = await bot.get_updates(offset=offset, timeout=5, limit=1)
            except (NetworkError, Conflict):
                continue
            found += [update.message.message_id for update in updates if update.message]
            offset = max([offset, *(update.update_id + 1 for update in updates)])
    assert set(found) == said
    assert len(found) > len(said)
    assert {"conflict", "drop", "doubled", "delayed"} <= set(telegram.trouble.happened)
