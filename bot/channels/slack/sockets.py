"""Socket Mode: a connection that Slack talks through, held up until it is stopped."""

from __future__ import annotations

import asyncio
import logging
from time import time
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.channels.slack.client import SlackClient
from bot.channels.slack.listener import SlackListener

_LOG = logging.getLogger(__name__)

_PING = 5.0  # seconds; after four without an answer the connection counts as dead
_GRACE = 3.0  # seconds; Slack stops waiting for an acknowledgement then


class SlackSockets:
    """One Socket Mode connection; the SDK's client replaces it when it breaks."""

    def __init__(
        self, client: SlackClient, app_token: str, listener: SlackListener, *, ping_seconds: float = _PING
    ) -> None:
        """Connect with ``app_token`` (``xapp-``) once started."""
        self._client = client
        self._app_token = app_token
        self._listener = listener
        self._ping_seconds = ping_seconds
        self._socket: SocketModeClient | None = None
        self._connections: int | None = None

    @property
    def num_connections(self) -> int | None:
        """How many connections share the traffic, as Slack's last greeting said; None before the first.

        More than one that is not ours swallows clicks at random.
        """
        return self._connections

    async def is_connected(self) -> bool:
        """Whether the connection is up."""
        return self._socket is not None and bool(await self._socket.is_connected())

    async def start(self) -> None:
        """Connect; from now on deliveries arrive.

        Raises:
            RateLimited, ChannelRefused, ChannelError: Slack gives no address for a connection.
        """
        first = await self._client.socket_url(self._app_token)
        socket = _Socket(self._client, self._app_token, first, self._ping_seconds)
        socket.message_listeners.append(self._greeted)
        socket.socket_mode_request_listeners.append(self._delivered)
        self._socket = socket
        await socket.connect()  # type: ignore[no-untyped-call]  # the SDK's own omission

    async def stop(self) -> None:
        """Take nothing more, acknowledge what is in flight, and hang up."""
        socket, self._socket = self._socket, None
        if socket is None:
            return
        await self._listener.finish(_GRACE)
        ends = (socket.message_processor, socket.current_session_monitor, socket.message_receiver)
        await socket.close()  # type: ignore[no-untyped-call]  # the SDK's own omission
        # The client cancels its tasks and leaves them behind.
        await asyncio.gather(*(task for task in ends if task is not None), return_exceptions=True)

    async def _greeted(
        self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None = None
    ) -> None:
        if message.get("type") == "hello":
            self._connections = message.get("num_connections")

    async def _delivered(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time()
        bolt = AsyncBoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
        await send_async_response(client, request, await self._listener.dispatch(bolt), began)


class _Socket(SocketModeClient):
    """The SDK's client, except that an address is used once: when that fails, its ticket is spent all the same."""

    def __init__(self, client: SlackClient, app_token: str, first: str, ping_seconds: float) -> None:
        """Begin with the address ``first``."""
        super().__init__(app_token, logger=_LOG, web_client=client.web, ping_interval=ping_seconds)
        self.proxy = client.web.proxy
        self.wss_uri = first
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._spend)
        trace.freeze()
        self.aiohttp_client_session.trace_configs.append(trace)

    async def _spend(self, *_: object) -> None:
        self.wss_uri = None
