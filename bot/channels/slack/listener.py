"""What Slack sends, on its way in: parsed, stored, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.client import SlackClient, SlackIdentity
from bot.channels.slack.forms import CALLBACK, FormRequest
from bot.channels.slack.manifest import COMMAND
from bot.channels.slack.parse import SlackParser, opened_home, person_who_left
from bot.channels.slack.render import PRESS
from core.domain.messages import Inbound
from core.ports import Clock

# A storm of deliveries waits here; Slack sends again what waits for too long.
_AT_ONCE = 64
# And what comes while so many wait is not taken at all: it comes again by itself.
_AT_MOST = 1024


class Sink(Protocol):
    """Where deliveries go. Once a method has returned, what it was told is safe."""

    async def receive(self, inbound: Inbound) -> bool:
        """Store a delivery; False when it was received before."""

    async def home_opened(self, team: str, user: str) -> None:
        """Somebody looks at the App Home."""

    async def person_left(self, team: str, user: str) -> None:
        """Somebody's account was deactivated."""


class SlackListener:
    """Takes payloads, from either transport, to ``sink``. What raises there is not acknowledged: Slack sends it again.

    ``ask`` opens the form of a press that asks something; it comes first, because its key lives 3 s.
    """

    def __init__(
        self,
        *,
        client: SlackClient,
        identity: SlackIdentity,
        parser: SlackParser,
        sink: Sink,
        ask: Callable[[FormRequest], Awaitable[None]],
        clock: Clock,
        acknowledged: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Make the bolt application; nothing is connected yet. ``acknowledged`` hears how many seconds each took."""
        self._acknowledged = acknowledged
        self._parser = parser
        self._sink = sink
        self._ask = ask
        self._clock = clock
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._in_flight: set[asyncio.Event] = set()
        self._is_closing = False
        known = AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
            bot_token=client.web.token,
        )

        # Bolt would ask Slack at each event, and acknowledge and drop the event when Slack does not answer.
        async def authorize() -> AuthorizeResult:
            return known

        # Bolt finds the token of the settings in the environment by itself, and warns that it will not use it.
        logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_not_about_token)
        app = AsyncApp(
            name="skillwarden",
            # Bolt acknowledges events before their listener runs, unless it is told that this is the order wanted.
            process_before_response=True,
            authorize=authorize,
            client=AsyncWebClient(base_url=client.web.base_url, retry_handlers=[]),
            signing_secret="",  # the endpoint has verified the signature before anything was parsed
            request_verification_enabled=False,
            ssl_check_enabled=False,
        )
        for event in ("message", "app_mention"):
            app.event(event)(self._heard)
        app.event("app_home_opened")(self._home_opened)
        app.event("user_change")(self._person_changed)
        app.command(COMMAND)(self._commanded)
        app.action(re.compile(rf"^{PRESS}-"))(self._clicked)
        app.view(CALLBACK)(self._submitted)
        self._app = app

    async def dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Return the answer to one delivery: 200 once it is stored, 503 where there is no room for it."""
        if self._is_closing or len(self._in_flight) >= _AT_MOST:
            return BoltResponse(status=503)
        done, began = asyncio.Event(), time.perf_counter()
        self._in_flight.add(done)
        try:
            async with self._room:
                answer = await self._app.async_dispatch(request)
            self._acknowledged(time.perf_counter() - began)
            return answer
        finally:
            self._in_flight.discard(done)
            done.set()

    async def finish(self, seconds: float) -> None:
        """Take nothing more, and wait for what is in flight, up to ``seconds``."""
        self._is_closing = True
        waits = [asyncio.ensure_future(done.wait()) for done in self._in_flight]
        if waits:
            _, abandoned = await asyncio.wait(waits, timeout=seconds)
            for wait in abandoned:
                wait.cancel()

    async def _heard(self, body: dict[str, Any], ack: AsyncAck) -> None:
        await self._store(self._parser.event(body, self._clock.now()))
        await ack()

    async def _commanded(self, body: dict[str, Any], ack: AsyncAck) -> None:
        await self._store(self._parser.command(body, self._clock.now()))
        await ack()

    async def _clicked(self, body: dict[str, Any], ack: AsyncAck) -> None:
        clicked = self._parser.click(body, self._clock.now())
        if isinstance(clicked, FormRequest):
            await self._ask(clicked)
        else:
            await self._store(clicked)
        await ack()

    async def _submitted(self, body: dict[str, Any], ack: AsyncAck) -> None:
        await self._store(self._parser.submission(body, self._clock.now()))
        await ack()

    async def _home_opened(self, body: dict[str, Any], ack: AsyncAck) -> None:
        if person := opened_home(body):
            await self._sink.home_opened(person.team, person.user)
        await ack()

    async def _person_changed(self, body: dict[str, Any], ack: AsyncAck) -> None:
        if person := person_who_left(body):
            await self._sink.person_left(person.team, person.user)
        await ack()

    async def _store(self, inbound: Inbound | None) -> None:
        if inbound is not None:
            await self._sink.receive(inbound)


def _is_not_about_token(record: logging.LogRecord) -> bool:
    return record.getMessage() != warning_client_prioritized_and_token_skipped()
