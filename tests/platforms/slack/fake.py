"""FakeSlack: the workspace, its server and its people in one place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.platforms.slack import payloads
from tests.platforms.slack.chat_api import ChatApi
from tests.platforms.slack.delivery import Deliveries, Delivery, HttpTransport
from tests.platforms.slack.driver import Person
from tests.platforms.slack.people_api import PeopleApi
from tests.platforms.slack.schema import Json
from tests.platforms.slack.server import Call, ResponseUrls, WebApi
from tests.platforms.slack.shown import Screen
from tests.platforms.slack.socket_mode import SocketTransport
from tests.platforms.slack.trouble import Trouble
from tests.platforms.slack.view_api import ViewApi
from tests.platforms.slack.world import Channel, ChannelKind, Message, User, UserGroup, View, World
from tests.platforms.stand_in import StandIn
from tests.platforms.timing import Watch

#: What an app needs that listens to direct messages and mentions only.
SCOPES = frozenset({"app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read"})
EVENTS = frozenset({"app_home_opened", "app_mention", "message.im", "user_change"})
#: The scope without which an event is not sent; app_home_opened needs none.
_EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
}
_MESSAGE_EVENTS = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class FakeSlack(StandIn):
    """A workspace on loopback, while it is entered.

    async with FakeSlack() as slack:
        alice = slack.person("alice")
        await alice.says(alice.dm, "install pdf on claude")
        await slack.wait_for(lambda: slack.messages(alice.dm)[1:])
    """

    def __init__(
        self,
        *,
        speed: float = 1.0,
        scopes: Iterable[str] = SCOPES,
        events: Iterable[str] = EVENTS,
        commands: Iterable[str] = ("/skill",),
        port: int = 0,
        watch: Watch | None = None,
    ) -> None:
        """Prepare a workspace with the bot alone in it."""
        super().__init__(speed=speed, port=port, watch=watch)
        self.bot_token, self.app_token = "xoxb-1-fake-bot", "xapp-1-fake-app"
        self.signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"
        self.scopes, self.events, self.commands = set(scopes), set(events), set(commands)
        self.app_scopes = {"connections:write"}
        self.world = World(self.pace, watch=self._watch)
        self.trouble = Trouble(self.pace)
        self._hang = asyncio.Event()
        self.chat = ChatApi(self.world, self.scopes)
        self.view_api = ViewApi(self.world)
        self.urls = ResponseUrls(self.chat)
        self.socket = SocketTransport(self.pace, self.trouble, self._chores, self.world.app_id, self.world.changed)
        self.deliveries = Deliveries(self.pace, self.trouble, self._chores, self.world.changed)
        self.deliveries.transport = self.socket
        self._people = PeopleApi(self.world, self.scopes, self._socket_url)
        self.web_api = WebApi(
            {**self.chat.methods(), **self.view_api.methods(), **self._people.methods()},
            {"bot": self.bot_token, "app": self.app_token},
            {"bot": self.scopes, "app": self.app_scopes},
            trouble=self.trouble,
            changed=self.world.changed,
        )

    async def __aenter__(self) -> Self:
        """Open the port."""
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/upload/v1/{ticket}", self._upload)
        app.router.add_post("/actions/{key}", self.urls.answer)
        app.router.add_get("/link", self.socket.serve)
        await self._open(app)
        self.chat.upload_url = f"{self.url}/upload/v1/"
        self.urls.base = f"{self.url}/actions/"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and raise what went wrong inside the fake itself."""
        self._hang.set()
        try:
            await self._chores.finish()
        finally:
            await self.socket.close()
            await self._session.close()
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What the app takes for Slack's own address."""
        return f"{self.url}/api/"

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API so far."""
        return self.web_api.calls

    @property
    def complaints(self) -> list[str]:
        """What the app did in Socket Mode that Slack would not understand."""
        return self.socket.complaints

    async def send_to(self, url: str) -> HttpTransport:
        """Deliver over HTTP from now on, once the app has answered the challenge at ``url``."""
        transport = HttpTransport(url, self.signing_secret, self._session, self.pace)
        await transport.verify()
        self.deliveries.transport = transport
        return transport

    async def connected(self, number: int = 1) -> None:
        """Wait until the app has so many Socket Mode connections."""
        await self.wait_for(lambda: len(self.socket.connections) >= number)

    # People and places

    def person(self, name: str, **attributes: Any) -> Person:
        """Let somebody join and return who plays them; attributes are those of User."""
        return Person(self, self.world.add_user(name, **attributes))

    def channel(
        self, name: str, *members: Person | User, kind: ChannelKind = "public", with_bot: bool = True
    ) -> Channel:
        """Open a channel (public, private or mpim) with these people, and the bot unless told otherwise."""
        people = [one.user if isinstance(one, Person) else one for one in members]
        return self.world.add_channel(name, kind, [*people, self.world.bot] if with_bot else people)

    def group(self, handle: str, *members: Person) -> UserGroup:
        """Make a user group."""
        return self.world.add_group(handle, [one.user for one in members])

    # Looking

    def messages(self, channel: Channel, viewer: Person | None = None) -> list[Message]:
        """Return what is to be seen in a channel outside of threads, oldest first."""
        seen = self._seen(channel, viewer)
        return [one for one in seen if one.thread_ts in {None, one.ts}]

    def thread(self, channel: Channel, ts: str, viewer: Person | None = None) -> list[Message]:
        """Return a thread: the message at ``ts`` and the replies."""
        return [one for one in self._seen(channel, viewer) if ts in {one.ts, one.thread_ts}]

    def everything(self) -> list[Message]:
        """Return every message there is, deleted ones included, oldest first."""
        return sorted((one for channel in self.world.channels.values() for one in channel.messages.values()), key=_ts)

    def shown(self, thing: Message | View, viewer: Person | None = None) -> str:
        """Return what somebody sees of a message or a view."""
        screen = Screen(self.world, viewer.user if viewer else None)
        return screen.message(thing) if isinstance(thing, Message) else screen.view(thing)

    def transcript(self) -> str:
        """Return everything that was said, for a test that has to explain itself."""
        lines = [f"#{one.channel.name} {one.user.name}: {self.shown(one) or '(deleted)'}" for one in self.everything()]
        lost = [
            f"({one.kind} not delivered: {', '.join(one.tries)})"
            for one in self.deliveries.log
            if "ok" not in one.tries
        ]
        return "\n".join([*lines, *lost])

    async def settle(self) -> None:
        """Wait until every event is acknowledged or given up."""
        await self._chores.settle()

    # Telling the app

    def tell(self, content: Json, team: str | None = None) -> Delivery:
        """Send an event, whatever it is, and return its delivery."""
        return self.deliveries.event(payloads.event(self.world, content, team))

    def tell_if_subscribed(self, name: str, content: Json, team: str | None = None) -> Delivery | None:
        """Send an event called ``name`` if the app subscribed to it and may see it."""
        scope = _EVENT_SCOPES.get(name)
        if name not in self.events or (scope is not None and scope not in self.scopes):
            return None
        return self.tell(content, team)

    def tell_of_message(self, message: Message, content: Json) -> Delivery | None:
        """Send a message event if the app may hear what is said there."""
        if self.world.bot not in message.channel.members or message.only_for is not None:
            return None
        where = {"channel": message.channel.id, "channel_type": message.channel.event_type}
        return self.tell_if_subscribed(_MESSAGE_EVENTS[message.channel.kind], {**content, **where}, message.user.team)

    def message_changed(self, subtype: str, message: Message) -> Delivery | None:
        """Send ``message_changed`` or ``message_deleted``."""
        ts = self.world.next_ts()
        now = payloads.message_json(self.world, message)
        before = {**now, "text": message.history[-1].text} if message.history else now
        content: Json = {"type": "message", "subtype": subtype, "previous_message": before, "hidden": True}
        content |= {"ts": ts, "event_ts": ts}
        content |= {"deleted_ts": message.ts} if subtype == "message_deleted" else {"message": now}
        return self.tell_of_message(message, content)

    # The server

    def _socket_url(self) -> str:
        return f"ws://127.0.0.1:{self._port}/link?ticket={self.socket.new_ticket()}&app_id={self.world.app_id}"

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self.web_api.answer(request, self.pace, self._hang)
        finally:
            self._echo()
            self.world.changed()

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        if not self.chat.receive(request.match_info["ticket"], content):
            return web.Response(status=400, text="ERROR - unknown address or wrong size")
        return web.Response(text=f"OK - {len(content)}")

    def _echo(self) -> None:
        """Tell the app of its own messages, as Slack does."""
        while self.chat.echo:
            what, message = self.chat.echo.pop(0)
            if what == "message":
                content = {**payloads.message_json(self.world, message), "event_ts": message.ts}
                self.tell_of_message(message, content)
            else:
                self.message_changed(what, message)

    def _seen(self, channel: Channel, viewer: Person | None) -> list[Message]:
        screen = Screen(self.world, viewer.user if viewer else None)
        return [one for one in channel.messages.values() if screen.sees(one)]


def _ts(message: Message) -> str:
    return message.ts
