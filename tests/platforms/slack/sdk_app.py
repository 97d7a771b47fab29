"""A small app made with Slack's own SDK: what the fake is tested with, so that the SDK accepts what it sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack.fake import FakeSlack
from tests.platforms.slack.schema import Json

#: Returns whether to acknowledge, and with what.
Handler = Callable[[SocketModeRequest], Awaitable[Json | bool | None]]


class SdkApp:
    """Keeps every request and acknowledges it, unless ``handle`` returns False; a dict is the answer's payload."""

    def __init__(self, slack: FakeSlack, handle: Handler | None = None, *, ping_interval: float = 5) -> None:
        """Work against ``slack``, connected while entered; ``ping_interval`` is in real seconds."""
        self.web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, timeout=5, retry_handlers=[])
        self.requests: list[SocketModeRequest] = []
        self._slack = slack
        self._handle = handle
        self._ping_interval = ping_interval

    async def __aenter__(self) -> Self:
        """Connect."""
        before = self._slack.socket.opened
        self.socket = SocketModeClient(
            app_token=self._slack.app_token, web_client=self.web, ping_interval=self._ping_interval
        )
        self.socket.socket_mode_request_listeners.append(self._take)
        await self.socket.connect()  # type: ignore[no-untyped-call]  # the SDK has no annotation there
        await self._slack.wait_for(lambda: self._slack.socket.opened > before)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        await self.socket.close()  # type: ignore[no-untyped-call]  # as above

    def events(self, kind: str) -> list[Json]:
        """Return the events of one type that people caused, oldest first."""
        found = [request.payload["event"] for request in self.requests if request.type == "events_api"]
        return [event for event in found if event["type"] == kind and "bot_id" not in event]

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        self._slack.world.changed()
        answer = await self._handle(request) if self._handle else None
        if answer is not False:
            payload = answer if isinstance(answer, dict) else None
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


async def refusal(call: Awaitable[Any]) -> Json:
    """Return the body with which Slack refuses ``call``.

    Raises:
        AssertionError: it does not refuse.
    """
    try:
        await call
    except SlackApiError as error:
        found: Json = error.response.data
        return found
    raise AssertionError("Slack did not refuse")
