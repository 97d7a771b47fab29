"""What Slack sends reaches the sink, over both transports: stored before it is acknowledged, and not lost."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.routing import Route

from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.client import SlackClient
from bot.channels.slack.endpoint import SlackEndpoint
from bot.channels.slack.listener import SlackListener
from bot.channels.slack.parse import SlackParser
from bot.channels.slack.sockets import SlackSockets
from bot.clock import SystemClock
from bot.locale.translator import Catalogues
from core.domain.messages import ButtonPress, ConversationRef, FormSubmission, Inbound, IncomingMessage
from core.errors import ChannelError, StorageError
from tests import console_cards as cards
from tests.clock import START, FakeClock
from tests.platforms.slack import FakeSlack, Fault
from tests.platforms.slack.delivery import signature

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CATALOGUES = Catalogues()  # reads files, which no test may do inside the loop


@dataclass
class Desk:
    """A sink that keeps what it is told, fails as often as a test wants, and can be made to wait."""

    stored: dict[str, Inbound] = field(default_factory=dict)
    homes: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    failures: int = 0
    door: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.door.set()

    async def receive(self, inbound: Inbound) -> bool:
        self.waiting.set()
        await self.door.wait()
        if self.failures:
            self.failures -= 1
            raise StorageError(reason="the disk is away")
        fresh = inbound.dedupe_key not in self.stored
        self.stored.setdefault(inbound.dedupe_key, inbound)
        return fresh

    async def home_opened(self, team: str, user: str) -> None:
        self.homes.append((team, user))

    async def person_left(self, team: str, user: str) -> None:
        self.left.append((team, user))

    def said(self) -> list[str]:
        return [inbound.text for inbound in self.stored.values() if isinstance(inbound, IncomingMessage)]


@dataclass
class Running:
    """The listener at work."""

    slack: FakeSlack
    client: SlackClient
    desk: Desk
    channel: SlackChannel
    listener: SlackListener
    sockets: SlackSockets | None = None


@asynccontextmanager
async def _assembled() -> AsyncIterator[Running]:
    async with FakeSlack() as slack, SlackClient(slack.bot_token, api_url=slack.api_url) as client:
        desk, identity = Desk(), await client.identify()
        channel = SlackChannel(client, CATALOGUES, team_id=identity.team_id)
        listener = SlackListener(
            client=client,
            identity=identity,
            parser=SlackParser(team_id=identity.team_id, bot_user_id=identity.bot_user_id),
            sink=desk,
            ask=channel.ask,
            clock=SystemClock(),
        )
        yield Running(slack, client, desk, channel, listener)


@asynccontextmanager
async def _socket_mode() -> AsyncIterator[Running]:
    async with _assembled() as running:
        running.sockets = SlackSockets(
            running.client,
            running.slack.app_token,
            running.listener,
            ping_seconds=0.2,  # the same client
        )
        await running.sockets.start()
        await running.slack.connected()
        try:
            yield running
        finally:
            await running.sockets.stop()


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def _http_mode() -> AsyncIterator[Running]:
    async with _assembled() as running:
        app = FastAPI()
        app.router.routes.append(
            Route("/slack/events", SlackEndpoint(running.listener, SECRET, SystemClock()), methods=["POST"])
        )
        server = _Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, ws="none"))
        serving = asyncio.ensure_future(server.serve())
        await server.ready.wait()
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            await running.slack.send_to(f"http://127.0.0.1:{port}/slack/events")
            yield running
        finally:
            server.should_exit = True
            await serving


MODES: dict[str, Callable[[], AbstractAsyncContextManager[Running]]] = {"socket": _socket_mode, "http": _http_mode}


@pytest.fixture(params=sorted(MODES))
async def running(request: pytest.FixtureRequest) -> AsyncIterator[Running]:
    """Return the listener in each mode."""
    async with MODES[request.param]() as started:
        yield started
        assert started.slack.complaints == []


async def test_every_way_to_talk_arrives(running: Running) -> None:
    """A direct message, a mention (in a thread too), and a command are sentences; other talk is never stored."""
    slack, desk = running.slack, running.desk
    alice = slack.person("alice")
    general = slack.channel("general", alice)
    await alice.says(alice.dm, "list skills")
    said = await alice.says(general, f"@{slack.world.bot.name} install pdf")
    await alice.says(general, f"@{slack.world.bot.name} status", thread=said.ts)
    await alice.says(general, "nothing for the bot")
    assert (await alice.command("/skill help")).acknowledged
    await slack.settle()
    assert sorted(desk.said()) == ["help", "install pdf", "list skills", "status"]
    assert all(delivery.acknowledged for delivery in slack.deliveries.log)


async def test_a_mention_that_arrives_twice_is_one(running: Running) -> None:
    """Where an admin lets the bot hear the channel, the message and the mention have one key."""
    slack = running.slack
    slack.scopes.add("channels:history")
    slack.events.add("message.channels")
    alice = slack.person("alice")
    await alice.says(slack.channel("general", alice), f"@{slack.world.bot.name} install pdf")
    await slack.settle()
    assert len([one for one in slack.deliveries.log if "bot_id" not in one.payload["event"]]) == 2
    assert running.desk.said() == ["install pdf"]


async def test_a_press_and_a_form_arrive(running: Running) -> None:
    """A button that asks opens its form and counts with the answer; the others count at once."""
    slack, desk = running.slack, running.desk
    bob = slack.person("bob")
    where = ConversationRef(channel="slack", workspace_id=slack.world.team_id, conversation_id=bob.dm.id, private=True)
    await running.channel.post(where, cards.APPROVAL)
    card = slack.messages(bob.dm)[-1]
    assert (await bob.press(card, "Reject...")).acknowledged
    assert desk.stored == {}
    assert bob.view is not None
    await bob.submits(bob.view, {"Why? The requester will read this.": "too risky"})
    assert (await bob.press(card, "Approve")).acknowledged
    form, press = desk.stored.values()
    assert isinstance(form, FormSubmission)
    assert (form.token, form.fields, form.conversation) == ("t-reject", {"text": "too risky"}, where)
    assert isinstance(press, ButtonPress)
    assert (press.token, press.message_id, press.conversation) == ("t-approve", card.ts, where)
    assert bob.view is None


async def test_a_form_with_choices_arrives_as_it_was_filled_in(running: Running) -> None:
    """Fields that are left alone come as they began, unticked ones as nothing ticked."""
    slack, desk = running.slack, running.desk
    bob = slack.person("bob")
    where = ConversationRef(channel="slack", workspace_id=slack.world.team_id, conversation_id=bob.dm.id, private=True)
    await running.channel.post(where, cards.CHANGEABLE)
    for filled in ({"Where to install": ["Gemini"], "Another version": ""}, {}):
        assert (await bob.press(slack.messages(bob.dm)[-1], "Approve with changes...")).acknowledged
        assert bob.view is not None
        assert (await bob.submits(bob.view, filled)).acknowledged
    changed, kept = desk.stored.values()
    assert isinstance(changed, FormSubmission)
    assert isinstance(kept, FormSubmission)
    assert changed.fields == {"targets": (1,), "ref": ""}
    assert kept.fields == {"targets": (0, 2), "ref": "v1.1"}


async def test_what_is_not_stored_is_not_acknowledged(running: Running) -> None:
    """While the database fails, an event is sent again until it is stored, and a presser is told of the failure."""
    slack, desk = running.slack, running.desk
    bob = slack.person("bob")
    slack.pace.speed = 20
    desk.failures = 1
    await bob.says(bob.dm, "install pdf")
    await slack.settle()
    assert desk.said() == ["install pdf"]
    assert len(slack.deliveries.log[0].tries) == 2
    await running.channel.post(
        ConversationRef(channel="slack", conversation_id=bob.dm.id, private=True), cards.APPROVAL
    )
    desk.failures = 1
    assert not (await bob.press(slack.messages(bob.dm)[-1], "Approve")).acknowledged


async def test_a_form_that_cannot_open_is_no_answer(running: Running) -> None:
    """The presser sees that it failed, and nothing was decided."""
    slack = running.slack
    bob = slack.person("bob")
    await running.channel.post(
        ConversationRef(channel="slack", conversation_id=bob.dm.id, private=True), cards.APPROVAL
    )
    slack.trouble.next_calls(Fault(kind="server_error", method="views.open"))
    slack.pace.speed = 50
    assert not (await bob.press(slack.messages(bob.dm)[-1], "Reject...")).acknowledged
    assert running.desk.stored == {}


async def test_homes_and_departures_are_told(running: Running) -> None:
    """Opening the home tab and being deactivated reach the sink; other changes of an account do not."""
    slack = running.slack
    alice = slack.person("alice")
    await alice.opens_home()
    await alice.opens_home("messages")
    await alice.changes(real_name="Alice B")
    await alice.leaves()
    await slack.settle()
    expected = [(slack.world.team_id, alice.user.id)]
    assert (running.desk.homes, running.desk.left) == (expected, expected)


async def test_the_bot_does_not_hear_itself(running: Running) -> None:
    """What it posts comes back as an event, which is acknowledged and forgotten."""
    slack = running.slack
    alice = slack.person("alice")
    await running.channel.post(ConversationRef(channel="slack", conversation_id=alice.dm.id, private=True), cards.DONE)
    await slack.settle()
    assert [delivery.tries for delivery in slack.deliveries.log] == [["ok"]]
    assert running.desk.stored == {}


async def test_stopping_waits_for_what_is_in_flight() -> None:
    """A delivery that is being stored is acknowledged before the connection is closed."""
    async with _socket_mode() as running:
        alice = running.slack.person("alice")
        running.desk.door.clear()
        await alice.says(alice.dm, "install pdf")
        await running.desk.waiting.wait()
        assert running.sockets is not None
        stopping = asyncio.ensure_future(running.sockets.stop())
        await asyncio.sleep(0)
        running.desk.door.set()
        await stopping
        await running.slack.settle()
        assert running.slack.deliveries.log[0].tries == ["ok"]
        assert not await running.sockets.is_connected()


async def test_a_connection_that_dies_is_replaced() -> None:
    """Afterwards messages arrive again, and the number of connections is known."""
    async with _socket_mode() as running:
        sockets, slack = running.sockets, running.slack
        assert sockets is not None
        slack.trouble.next_calls(Fault(kind="server_error", method="apps.connections.open"))
        await slack.socket.connections[0].socket.close()
        await slack.wait_for(lambda: slack.socket.opened >= 2)
        alice = slack.person("alice")
        await alice.says(alice.dm, "install pdf")
        await slack.wait_for(running.desk.said)
        assert await sockets.is_connected()
        assert sockets.num_connections == 1


async def test_a_spent_address_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a connection fails its ticket is gone; the next try asks for a fresh address."""
    async with _assembled() as running:
        spent = running.slack.url.replace("http", "ws") + "/link?ticket=spent"

        async def stale(_: str) -> str:
            return await asyncio.sleep(0, spent)

        monkeypatch.setattr(running.client, "socket_url", stale)
        sockets = SlackSockets(running.client, running.slack.app_token, running.listener, ping_seconds=0.05)
        await sockets.start()
        await running.slack.connected()
        await sockets.stop()


async def test_a_wrong_app_token_is_told_at_the_start() -> None:
    """Without an address there is no connection, and the operator learns why."""
    async with _assembled() as running:
        sockets = SlackSockets(running.client, "xapp-wrong", running.listener)
        with pytest.raises(ChannelError, match="invalid_auth"):
            await sockets.start()
        await sockets.stop()
        assert sockets.num_connections is None


Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """Return a way to post raw bodies to the endpoint, whose clock stands at START."""
    async with _assembled() as running:
        app = FastAPI()
        app.router.routes.append(
            Route("/slack/events", SlackEndpoint(running.listener, SECRET, FakeClock()), methods=["POST"])
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:

            async def send(
                body: bytes, *, at: str = str(int(START.timestamp())), secret: str = SECRET, kind: str | None = None
            ) -> httpx.Response:
                headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature(secret, at, body)}
                headers |= {"content-type": kind} if kind else {}
                return await client.post("/slack/events", content=body, headers=headers)

            yield send


CHALLENGE = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()


@pytest.mark.parametrize(
    ("body", "sent", "status"),
    [
        (CHALLENGE, {}, 200),
        (CHALLENGE, {"at": str(int(START.timestamp()) - 299)}, 200),
        (CHALLENGE, {"at": str(int(START.timestamp()) - 301)}, 401),
        (CHALLENGE, {"at": str(int(START.timestamp()) + 301)}, 401),
        (CHALLENGE, {"at": "soon"}, 401),
        (CHALLENGE, {"secret": "guessed"}, 401),
        (b"{" + b" " * (1 << 20), {}, 413),
        (b"{not json", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[]", {"kind": "application/json"}, 400),
        (b'"text"', {"kind": "application/json"}, 400),
    ],
)
async def test_only_slack_is_heard(post: Post, body: bytes, sent: dict[str, str], status: int) -> None:
    """Size, signature and age are checked before anything is parsed; the clock is ours."""
    response = await post(body, **sent)
    assert response.status_code == status
    assert ("abc" in response.text) == (status == 200)


async def test_an_unsigned_or_endless_body_is_refused(post: Post) -> None:
    """Nothing larger than a mebibyte is read, whatever its length was said to be."""
    assert (await post(b"x" * (1 << 20), secret="guessed")).status_code == 401
    assert (await post(b"x" * ((1 << 20) + 1))).status_code == 413


async def test_the_token_in_the_environment_is_no_reason_to_warn(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the settings look for it Bolt looks too; that it does not use what it found is nothing to worry about."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-somewhere")
    async with _assembled():
        assert [record.getMessage() for record in caplog.records if record.name.startswith("slack_bolt")] == []
