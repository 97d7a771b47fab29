"""Socket Mode: several connections share the traffic at random, and each of them can die or swallow."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack.delivery import ACKNOWLEDGE_WITHIN, Delivery, NotDelivered
from tests.platforms.slack.schema import Json
from tests.platforms.slack.trouble import Mishap, Trouble
from tests.platforms.timing import Chores, Pace

#: Slack opens no more connections than this for one app.
MOST_CONNECTIONS = 10
#: Seconds after which Slack closes a connection it has asked to be refreshed.
REFRESH_WITHIN = 10.0


class Connection:
    """One WebSocket to the app."""

    def __init__(self, number: int, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        """Wrap ``socket``, which runs over ``transport``."""
        self.number = number
        self.socket = socket
        self._transport = transport
        self.leaving = False
        self.swallows = False
        self.answers_pings = True
        self.pending: dict[str, asyncio.Future[Json | None]] = {}

    def swallow(self, *, answers_pings: bool = True) -> None:
        """Stay open, but let nothing through from now on."""
        self.swallows, self.answers_pings = True, answers_pings

    async def write(self, message: Json) -> None:
        """Send one message, into nothing when the connection swallows."""
        if not self.swallows:
            await self.socket.send_str(json.dumps(message))

    def kill(self) -> None:
        """Cut the line without a word."""
        self.leaving = True
        if self._transport is not None:
            self._transport.abort()


class SocketTransport:
    """All connections of the app."""

    def __init__(self, pace: Pace, trouble: Trouble, chores: Chores, app_id: str, changed: Callable[[], None]) -> None:
        """Begin without a connection."""
        self.connections: list[Connection] = []
        #: Envelopes acknowledged, in order, with the payload of the acknowledgement.
        self.acknowledged: list[tuple[str, Json | None]] = []
        #: What the app did that Slack would not understand.
        self.complaints: list[str] = []
        self.opened = 0
        self._pace = pace
        self._trouble = trouble
        self._chores = chores
        self._app_id = app_id
        self._changed = changed
        self._tickets: set[str] = set()
        self._envelopes: set[str] = set()

    def new_ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="unknown ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.opened += 1
        connection = Connection(self.opened, socket, request.transport)
        if len(self.connections) >= MOST_CONNECTIONS:
            await connection.write(self._farewell("too_many_websockets"))
            await socket.close()
            return socket
        self.connections.append(connection)
        await connection.write(
            {
                "type": "hello",
                "num_connections": len(self.connections),
                "debug_info": {"host": "applink", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self._app_id},
            }
        )
        self._changed()
        try:
            await self._listen(connection)
        finally:
            self._ended(connection)
        return socket

    async def send(self, delivery: Delivery, number: int, reason: str, mishap: Mishap | None) -> Json | None:
        connection = self._pick()
        envelope_id = str(uuid.uuid4())
        accepts = delivery.kind != "events_api"
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": accepts,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        acknowledged: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        connection.pending[envelope_id] = acknowledged
        self._changed()
        self._envelopes.add(envelope_id)
        try:
            if mishap != "swallowed":
                await self._write(connection, envelope)
            if mishap == "dead_socket":
                connection.kill()
            if not await self._pace.within(acknowledged, ACKNOWLEDGE_WITHIN):
                raise NotDelivered("timeout")
        finally:
            connection.pending.pop(envelope_id, None)
        answer = acknowledged.result()
        if answer and not accepts:
            self.complaints.append(f"an event was answered with a payload: {answer}")
        return answer

    async def refresh(self, connection: Connection, reason: str = "refresh_requested") -> None:
        """Ask the app to replace a connection; it gets no more traffic and is closed soon."""
        connection.leaving = True
        await connection.write(self._farewell(reason))
        self._chores.start(self._close_later(connection))

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            await connection.socket.close()

    async def _close_later(self, connection: Connection) -> None:
        await self._pace.sleep(REFRESH_WITHIN)
        await connection.socket.close()

    def _pick(self) -> Connection:
        able = [one for one in self.connections if not one.leaving]
        if not able:
            raise NotDelivered("no_connection")
        return able[self._trouble.choose(len(able))] if len(able) > 1 else able[0]

    @staticmethod
    async def _write(connection: Connection, envelope: Json) -> None:
        try:
            await connection.write(envelope)
        except ConnectionError as error:
            raise NotDelivered("connection_closed") from error

    @staticmethod
    def _farewell(reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink"}}

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if connection.swallows and not (message.type is WSMsgType.PING and connection.answers_pings):
                continue
            if message.type is WSMsgType.PING:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledge(connection, message.data)
                self._changed()

    def _acknowledge(self, connection: Connection, text: str) -> None:
        try:
            said: Any = json.loads(text)
            envelope_id = said["envelope_id"]
        except (ValueError, KeyError, TypeError):
            self.complaints.append(f"not an acknowledgement: {text[:200]}")
            return
        pending = connection.pending.get(envelope_id)
        if envelope_id not in self._envelopes:
            self.complaints.append(f"unknown envelope: {envelope_id}")
        elif pending is not None and not pending.done():
            payload = said.get("payload")
            pending.set_result({"text": payload} if isinstance(payload, str) else payload)
            self.acknowledged.append((envelope_id, payload))
        elif pending is not None:
            self.complaints.append(f"acknowledged twice: {envelope_id}")

    def _ended(self, connection: Connection) -> None:
        self.connections.remove(connection)
        for pending in connection.pending.values():
            if not pending.done():
                pending.set_exception(NotDelivered("connection_closed"))
        self._changed()
