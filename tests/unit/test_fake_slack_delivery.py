"""The fake Slack delivers as Slack does: over sockets and signed HTTP, again when nobody acknowledges."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sized
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import parse_qs

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.request import SocketModeRequest

from tests.platforms.slack import FakeSlack, HttpTransport, NotDelivered, Person
from tests.platforms.slack.schema import Json
from tests.platforms.slack.sdk_app import SdkApp


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace whose clock stands still until it is moved."""
    async with FakeSlack(speed=0) as fake:
        yield fake


@pytest.fixture
def alice(slack: FakeSlack) -> Person:
    """Return somebody."""
    return slack.person("alice")


async def ignore(request: SocketModeRequest) -> bool:
    """Acknowledge nothing."""
    return False


async def test_event_over_a_socket(slack: FakeSlack, alice: Person) -> None:
    """An event reaches the SDK once and its acknowledgement is recorded."""
    async with SdkApp(slack) as app:
        said = await alice.says(alice.dm, "install pdf")
        await slack.settle()
    assert [event["ts"] for event in app.events("message")] == [said.ts]
    assert [request.retry_attempt for request in app.requests] == [0]
    assert [envelope for envelope, _ in slack.socket.acknowledged] == [app.requests[0].envelope_id]
    assert slack.deliveries.log[0].tries == ["ok"]
    assert slack.complaints == []


def _as_many(things: Sized, number: int) -> bool:
    return len(things) == number


async def test_event_nobody_acknowledges(slack: FakeSlack, alice: Person) -> None:
    """It comes again at once, after a minute and after five, as the same event with the number of the try."""
    async with SdkApp(slack, ignore) as app:
        await alice.says(alice.dm, "install pdf")
        (delivery,) = slack.deliveries.log
        for number, pause in enumerate((0, 60, 300, 0), 1):
            await slack.wait_for(partial(_as_many, app.requests, number))
            slack.pace.advance(3)
            await slack.wait_for(partial(_as_many, delivery.tries, number))
            slack.pace.advance(pause)
        await slack.settle()
    assert [request.retry_attempt for request in app.requests] == [0, 1, 2, 3]
    assert {request.retry_reason for request in app.requests[1:]} == {"timeout"}
    assert len({request.payload["event_id"] for request in app.requests}) == 1
    assert slack.deliveries.log[0].tries == ["timeout"] * 4


async def test_event_without_a_connection(slack: FakeSlack, alice: Person) -> None:
    """What is said while the app is away is delivered when it is back."""
    await alice.says(alice.dm, "anybody there?")
    await slack.wait_for(lambda: slack.deliveries.log[0].tries == ["no_connection"] * 2)
    async with SdkApp(slack) as app:
        slack.pace.advance(60)
        await slack.settle()
    assert [request.retry_attempt for request in app.requests] == [2]


async def test_socket_that_dies(slack: FakeSlack, alice: Person) -> None:
    """What a dead connection did not acknowledge goes to another one, and the SDK comes back."""
    async with SdkApp(slack, ignore, ping_interval=0.05) as first:
        await alice.says(alice.dm, "install pdf")
        await slack.wait_for(lambda: first.requests)
        async with SdkApp(slack) as second:
            slack.socket.connections[0].kill()
            await slack.settle()
            assert slack.deliveries.log[0].tries == ["connection_closed", "ok"]
            assert second.requests[0].payload["event_id"] == first.requests[0].payload["event_id"]
            await slack.wait_for(lambda: slack.socket.opened == 3)


@pytest.mark.parametrize("answers_pings", [True, False])
async def test_socket_that_swallows(slack: FakeSlack, alice: Person, answers_pings: bool) -> None:
    """A connection can stay open and swallow; without pongs the SDK notices and opens another."""
    async with SdkApp(slack, ping_interval=0.05 if not answers_pings else 5) as app:
        slack.socket.connections[0].swallow(answers_pings=answers_pings)
        await alice.says(alice.dm, "install pdf")
        if answers_pings:
            await slack.wait_for(lambda: slack.socket.connections[0].pending)
            slack.pace.advance(3)
            await slack.wait_for(lambda: "timeout" in slack.deliveries.log[0].tries)
            assert app.requests == []
            assert slack.socket.opened == 1
        else:
            await slack.wait_for(lambda: slack.socket.opened == 2)
            await slack.wait_for(lambda: "connection_closed" in slack.deliveries.log[0].tries)


async def test_refreshed_connection(slack: FakeSlack, alice: Person) -> None:
    """``disconnect`` makes the SDK open another connection, and the old one gets no more traffic."""
    async with SdkApp(slack) as app:
        await slack.socket.refresh(slack.socket.connections[0])
        await slack.wait_for(lambda: slack.socket.opened == 2)
        await alice.says(alice.dm, "install pdf")
        slack.pace.advance(10)
        await slack.settle()
        assert len(app.requests) == 1
        await slack.wait_for(lambda: [one.number for one in slack.socket.connections] == [2])


async def test_connections_share_traffic(slack: FakeSlack, alice: Person) -> None:
    """Several connections share the traffic; there are ten at most."""
    async with AsyncExitStack() as stack:
        apps = [await stack.enter_async_context(SdkApp(slack)) for _ in range(10)]
        for _ in range(40):
            await alice.says(alice.dm, "hi")
        await slack.settle()
        assert sum(len(app.requests) for app in apps) == 40
        assert sum(bool(app.requests) for app in apps) > 5
        await stack.enter_async_context(SdkApp(slack))
        assert len(slack.socket.connections) == 10


async def test_hello(slack: FakeSlack) -> None:
    """``hello`` tells each connection how many there are; a ticket opens one connection only."""
    said: list[Json] = []
    async with SdkApp(slack):
        app = SdkApp(slack)
        url = (await app.web.apps_connections_open(app_token=slack.app_token))["url"]
        async with ClientSession() as session:
            async with session.ws_connect(url) as socket:
                said.append(await socket.receive_json())
                await socket.send_str('{"envelope_id": "never-sent"}')
                await socket.send_str("hello")
                await slack.wait_for(lambda: len(slack.complaints) == 2)
            with pytest.raises(WSServerHandshakeError):
                await session.ws_connect(url)
    assert (said[0]["type"], said[0]["num_connections"]) == ("hello", 2)
    assert slack.complaints == ["unknown envelope: never-sent", "not an acknowledgement: hello"]


class HttpApp:
    """An app behind a URL, which checks signatures with the SDK."""

    def __init__(self, slack: FakeSlack) -> None:
        """Answer 200 to what is signed."""
        self.seen: list[tuple[web.Request, bytes]] = []
        self.statuses: list[int] = []
        self.reply: Json | None = None
        self.no_retry = False
        self._verifier = SignatureVerifier(slack.signing_secret)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one request."""
        body = await request.read()
        if not self._verifier.is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        if b"url_verification" in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        self.seen.append((request, body))
        status = self.statuses.pop(0) if self.statuses else 200
        headers = {"X-Slack-No-Retry": "1"} if self.no_retry else {}
        return (
            web.json_response(self.reply, headers=headers)
            if self.reply
            else web.Response(status=status, headers=headers)
        )


@pytest.fixture
async def http(slack: FakeSlack) -> AsyncIterator[HttpApp]:
    """Return an app to which the workspace delivers over HTTP."""
    served = HttpApp(slack)
    app = web.Application()
    app.router.add_post("/slack/events", served.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await slack.send_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield served
    await runner.cleanup()


async def test_events_over_http(slack: FakeSlack, alice: Person, http: HttpApp) -> None:
    """Events are JSON, signed, and come again with the retry headers when the app fails."""
    http.statuses = [500, 302]
    await alice.says(alice.dm, "install pdf")
    await slack.wait_for(lambda: len(slack.deliveries.log[0].tries) == 2)
    slack.pace.advance(60)
    await slack.settle()
    assert slack.deliveries.log[0].tries == ["http_error", "http_error", "ok"]
    assert json.loads(http.seen[0][1])["event"]["text"] == "install pdf"
    retries = [(one.headers.get("X-Slack-Retry-Num"), one.headers.get("X-Slack-Retry-Reason")) for one, _ in http.seen]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_no_retry(slack: FakeSlack, alice: Person, http: HttpApp) -> None:
    """An app that does not want an event again says so."""
    http.statuses, http.no_retry = [500], True
    await alice.says(alice.dm, "install pdf")
    await slack.settle()
    assert slack.deliveries.log[0].tries == ["http_error"]


async def test_forms_over_http(slack: FakeSlack, alice: Person, http: HttpApp) -> None:
    """Presses and commands are signed forms; the answer to a command is shown to its sender."""
    http.reply = {"text": "on it"}
    await alice.command("/skill install <pdf>")
    form = parse_qs(http.seen[0][1].decode())
    assert (form["command"], form["text"], form["channel_name"]) == (
        ["/skill"],
        ["install &lt;pdf&gt;"],
        ["directmessage"],
    )
    assert alice.sees() == "on it"
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "value": "v"}
    blocks = [{"type": "actions", "elements": [button]}]
    await SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x", blocks=blocks)
    delivery = await alice.press(slack.messages(alice.dm)[-1], "Go")
    assert delivery.acknowledged
    payload = json.loads(parse_qs(http.seen[-1][1].decode())["payload"][0])
    assert (payload["type"], payload["actions"][0]["value"]) == ("block_actions", "v")


async def test_signatures(slack: FakeSlack, alice: Person, http: HttpApp) -> None:
    """What is unsigned or signed too long ago is not Slack's, and the SDK says so."""
    transport = slack.deliveries.transport
    assert isinstance(transport, HttpTransport)
    with pytest.raises(NotDelivered, match="http_error"):
        await transport.post(b"{}", "application/json", sign=False)
    transport.signing_time = lambda: 1_000_000_000.0
    with pytest.raises(NotDelivered, match="http_error"):
        await transport.post(b"{}", "application/json")


async def test_app_that_is_down(slack: FakeSlack, alice: Person, http: HttpApp) -> None:
    """A press on the message of an app that is down fails and is not tried again."""
    slack.trouble.next_delivery("dead_socket")
    delivery = await alice.command("/skill help")
    assert delivery.tries == ["connection_failed"]
