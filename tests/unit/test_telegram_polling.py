"""Long polling and the webhook: nothing is confirmed before it is stored, and nothing comes for ever."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from bot.channels.pace import Paces
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.conduct import FormConductor, Next
from bot.channels.telegram.endpoint import TelegramEndpoint
from bot.channels.telegram.listener import TelegramListener
from bot.channels.telegram.parse import ALLOWED_UPDATES, Payload, TelegramParser
from bot.channels.telegram.polling import TelegramPolling
from bot.locale.translator import Catalogues
from core.domain.forms import Form
from core.domain.messages import Actor, ConversationRef, Inbound, IncomingMessage
from core.errors import ChannelError, RateLimited, StorageError
from tests.clock import FakeClock

CATALOGUES = Catalogues()
ALICE = {"id": 5, "is_bot": False, "first_name": "Alice"}


def _update(number: int, text: str = "help") -> dict[str, Any]:
    chat = {"id": 5, "type": "private"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": ALICE, "text": text},
    }


class Store:
    """A sink that remembers; while ``broken``, storing fails."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.skipped: list[str] = []
        self.broken = 0

    async def receive(self, inbound: Inbound) -> bool:
        if self.broken:
            self.broken -= 1
            raise StorageError(reason="the disk is busy")
        assert isinstance(inbound, IncomingMessage)
        if inbound.dedupe_key not in self.stored:
            self.stored.append(inbound.dedupe_key)
        return True

    async def started(self, message: IncomingMessage) -> None:
        """Nobody starts here."""

    async def ask(self, question: Next) -> None:
        """Nothing is asked here."""

    async def tell(self, conversation: ConversationRef, sentence: str, *, key: str) -> None:
        """Nothing is said here."""

    async def reach_changed(self, account: Actor, *, is_open: bool) -> None:
        """Nobody blocks here."""

    async def form(self, token: str) -> Form | None:
        return None

    async def unreadable(self, update: Payload, error: Exception, *, key: str) -> None:
        self.skipped.append(key)


class Script(TelegramClient):
    """A client that answers each poll with what the script says next, and then is silent for ever."""

    def __init__(self, *answers: Sequence[Any] | Exception) -> None:
        # Nothing of the real one is used: it would read certificates.
        self.answers = list(answers)
        self.offsets: list[int | None] = []
        self.over = asyncio.Event()

    async def call(self, method: str, **arguments: object) -> Any:
        return True

    async def updates(self, offset: int | None, *, allowed: Sequence[str], seconds: int, most: int = 100) -> Any:
        assert tuple(allowed) == ALLOWED_UPDATES
        self.offsets.append(offset)
        if not self.answers:
            self.over.set()
            if seconds:
                await asyncio.Event().wait()
            return []
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def _listener(client: TelegramClient, store: Store) -> TelegramListener:
    channel = TelegramChannel(client, CATALOGUES, username="skillwarden_bot")
    return TelegramListener(
        client=client,
        channel=channel,
        parser=TelegramParser(bot_id=99, username="skillwarden_bot"),
        conductor=FormConductor(
            channel, Paces(channel="Telegram", seconds=0), store, CATALOGUES, username="skillwarden_bot"
        ),
        sink=store,
        translator=CATALOGUES,
        clock=FakeClock(),
    )


async def _polled(client: Script, store: Store) -> list[float]:
    """Poll until the script is over; return how long it would have paused."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    polling = TelegramPolling(client, _listener(client, store), pause=pause)
    await polling.start()
    await asyncio.wait_for(client.over.wait(), 10)
    await polling.stop()
    return pauses


async def test_the_offset_follows_what_is_stored() -> None:
    """Each poll confirms what was stored before it, and stopping confirms the last."""
    client, store = Script([_update(7), _update(8)], [_update(9)]), Store()
    await _polled(client, store)
    assert store.stored == ["telegram:99:5:7", "telegram:99:5:8", "telegram:99:5:9"]
    assert client.offsets == [None, 9, 10, 10]


async def test_what_could_not_be_stored_is_not_confirmed() -> None:
    """While the database cannot be used, the same updates are asked for again; nothing is lost or stored twice."""
    store = Store()
    store.broken = 1
    client = Script([_update(7), _update(8)], [_update(7), _update(8)])
    assert await _polled(client, store) == [1]
    assert client.offsets[:3] == [None, None, 9]
    assert sorted(store.stored) == ["telegram:99:5:7", "telegram:99:5:8"]


@pytest.mark.parametrize("poison", [{"update_id": 8, "message": {"chat": 1}}, {"update_id": 8, "message": None}])
async def test_a_poisonous_update_is_recorded_and_skipped(poison: dict[str, Any]) -> None:
    """It costs nobody else's update and does not come again."""
    client, store = Script([_update(7), poison, _update(9)]), Store()
    await _polled(client, store)
    assert store.stored == ["telegram:99:5:7", "telegram:99:5:9"]
    assert store.skipped == ["telegram:update:99:8"]
    assert client.offsets[1] == 10


async def test_what_is_no_update_at_all_stops_nothing() -> None:
    """Something without an id, or that is no object, is recorded; the others are confirmed."""
    client, store = Script(["surprise", {}, _update(3)]), Store()
    await _polled(client, store)
    assert store.stored == ["telegram:99:5:3"]
    assert client.offsets[1] == 4


async def test_trouble_is_waited_out() -> None:
    """Failures double the wait; Telegram's own wait goes before; a success begins anew."""
    down = ChannelError(channel="Telegram", reason="down")
    client = Script(down, down, RateLimited(channel="Telegram", seconds=7), [_update(1)], down)
    assert await _polled(client, Store()) == [1, 2, 7, 1]


async def _posted(endpoint: TelegramEndpoint, body: bytes, secret: str | None) -> int:
    sent: list[dict[str, Any]] = []
    headers = [(b"x-telegram-bot-api-secret-token", secret.encode())] if secret is not None else []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        sent.append(message)

    await endpoint({"type": "http", "headers": headers}, receive, send)
    return int(sent[0]["status"])


async def test_the_webhook_answers_what_it_has_done() -> None:
    """200 after storing; 401 without the secret, 400 for no JSON, 413 too large, 503 when it has to come again."""
    store = Store()
    endpoint = TelegramEndpoint(_listener(Script(), store), "s3cret")
    body = json.dumps(_update(7)).encode()
    assert await _posted(endpoint, body, None) == 401
    assert await _posted(endpoint, body, "wrong") == 401
    assert await _posted(endpoint, b"{", "s3cret") == 400
    assert await _posted(endpoint, b"x" * (1 << 20) + b"y", "s3cret") == 413
    assert store.stored == []
    store.broken = 1
    assert await _posted(endpoint, body, "s3cret") == 503
    assert await _posted(endpoint, body, "s3cret") == 200
    assert store.stored == ["telegram:99:5:7"]
