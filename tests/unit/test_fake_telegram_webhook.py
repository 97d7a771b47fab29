"""The fake Telegram posts updates to a webhook, in order and until the app takes them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from tests.platforms.telegram import FakeTelegram, Person
from tests.platforms.telegram.sdk_bot import HookedApp, raw, refusal, sdk_bot


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
async def app(telegram: FakeTelegram) -> AsyncIterator[HookedApp]:
    """Return an app that listens."""
    async with HookedApp(telegram) as listening:
        yield listening


@pytest.fixture
def alice(telegram: FakeTelegram) -> Person:
    """Return somebody who has pressed Start."""
    return telegram.person("alice")


def texts(app: HookedApp) -> list[str]:
    """Return what the app was told, in order."""
    return [body["message"]["text"] for _secret, body in app.posts]


async def test_delivery(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """An update is posted with the secret; the library reads it; the webhook's state can be asked for."""
    await alice.says(alice.dm, "before")
    await bot.set_webhook(app.url, secret_token="s3cret-_", allowed_updates=["message"], max_connections=7)
    await alice.says(alice.dm, "after")
    await telegram.settle()
    assert texts(app) == ["before", "after"]
    secret, body = app.posts[0]
    update = Update.de_json(body, bot)
    assert secret == "s3cret-_"
    assert update.message is not None
    assert update.message.text == "before"
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (app.url, 0, 7)
    assert info.allowed_updates == ("message",)
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_retries(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """What is not answered 2xx comes again, at once first, then after 2 and 4 seconds; the next one waits for it."""
    app.statuses, app.headers = [500, 302, 403], {"Location": "/hook"}
    await bot.set_webhook(app.url)
    await alice.says(alice.dm, "first")
    await alice.says(alice.dm, "second")
    await telegram.wait_for(lambda: len(telegram.updates.log[0].tries) == 2)
    assert texts(app) == ["first"] * 2
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (2, "Wrong response from the webhook: 302 Found")
    telegram.pace.advance(2)
    await telegram.wait_for(lambda: len(telegram.updates.log[0].tries) == 3)
    telegram.pace.advance(4)
    await telegram.settle()
    assert texts(app) == ["first"] * 4 + ["second"]


async def test_retry_after(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """An app can say when to come again."""
    app.statuses, app.headers = [503], {"Retry-After": "100"}
    await bot.set_webhook(app.url)
    await alice.says(alice.dm, "x")
    await telegram.wait_for(lambda: telegram.updates.log[0].tries)
    telegram.pace.advance(99)
    assert len(app.posts) == 1
    telegram.pace.advance(1)
    await telegram.settle()
    assert len(app.posts) == 2


async def test_queues(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """One chat that fails does not hold up another, nor the presses in it."""
    bob = telegram.person("bob")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="g")]])
    await bot.send_message(alice.user.id, "x", reply_markup=markup)
    app.statuses = [500, 500]
    await bot.set_webhook(app.url)
    await alice.says(alice.dm, "stuck")
    await telegram.wait_for(lambda: len(telegram.updates.log[0].tries) == 2)
    await bob.says(bob.dm, "free")
    await alice.press(telegram.messages(alice.dm)[0], "Go")
    await telegram.wait_for(lambda: [update.done for update in telegram.updates.log] == [False, True, True])
    telegram.pace.advance(2)
    await telegram.settle()


async def test_updates_go_back_to_polling(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """What a webhook did not take can be polled for once it is deleted, or dropped with it."""
    app.statuses = [500] * 9
    await bot.set_webhook(app.url)
    await alice.says(alice.dm, "x")
    await telegram.wait_for(lambda: len(telegram.updates.log[0].tries) == 2)
    await bot.delete_webhook()
    assert [one.message.text for one in await bot.get_updates() if one.message] == ["x"]
    await bot.set_webhook(app.url, drop_pending_updates=True)
    await telegram.settle()
    assert telegram.updates.log[0].tries[-1] == "dropped"


async def test_answer_that_calls(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """An answer can name a method, which is then called; not one that would change the webhook."""
    await bot.set_webhook(app.url)
    app.reply = {"method": "sendMessage", "chat_id": alice.user.id, "text": "hello"}
    await alice.says(alice.dm, "hi")
    await telegram.settle()
    app.reply = {"method": "deleteWebhook"}
    await alice.says(alice.dm, "hi")
    await telegram.settle()
    assert telegram.webhook is not None
    assert alice.sees() == "hi\nhello\nhi"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://bot.example/hook", "An HTTPS URL must be provided for webhook"),
        ("ftp://127.0.0.1/hook", "An HTTPS URL must be provided for webhook"),
        ("https://bot.example:8080/hook", "Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("https://elsewhere.example/hook", "Failed to resolve host: Name or service not known"),
    ],
)
async def test_refused_addresses(telegram: FakeTelegram, url: str, complaint: str) -> None:
    """An address has to be HTTPS on one of four ports, and somewhere."""
    answer = await raw(telegram, "setWebhook", data={"url": url})
    assert answer["description"] == f"Bad Request: bad webhook: {complaint}"
    assert telegram.webhook is None


@pytest.mark.parametrize(
    ("secret", "complaint"), [("a b", "contains unallowed characters"), ("x" * 257, "is too long")]
)
async def test_refused_secrets(bot: Bot, app: HookedApp, secret: str, complaint: str) -> None:
    """A secret has 256 characters of A-Z, a-z, 0-9, _ and - at most."""
    assert (await refusal(bot.set_webhook(app.url, secret_token=secret))).message == f"Secret token {complaint}"


async def test_proxy(telegram: FakeTelegram, bot: Bot, app: HookedApp, alice: Person) -> None:
    """A public HTTPS address leads to the app through a proxy."""
    telegram.proxy("https://bot.example", app.url.removesuffix("/hook"))
    await bot.set_webhook("https://bot.example/hook")
    await alice.says(alice.dm, "x")
    await telegram.settle()
    assert texts(app) == ["x"]
    assert (await bot.get_webhook_info()).url == "https://bot.example/hook"


async def test_app_that_is_down(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """An update waits for an app that does not answer, a day at most."""
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await alice.says(alice.dm, "x")
    await telegram.wait_for(lambda: len(telegram.updates.log[0].tries) == 2)
    assert telegram.updates.log[0].tries == ["Connection refused"] * 2
    telegram.pace.advance(25 * 3600)
    await telegram.settle()
    assert telegram.updates.log[0].tries[-1] == "dropped"
