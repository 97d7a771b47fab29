"""Slack for ``serve``: connected with the secrets that the mode needs, heard over Socket Mode or HTTP."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from fastapi import FastAPI
from starlette.routing import Route

from bot.assembly import Program
from bot.channels.pace import PacedChannel, Paces
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.client import NAME, SlackClient, SlackIdentity, is_bad_token, is_refusal, reason_of
from bot.channels.slack.endpoint import SlackEndpoint
from bot.channels.slack.listener import SlackListener
from bot.channels.slack.manifest import PATH
from bot.channels.slack.parse import SlackParser
from bot.channels.slack.sockets import SlackSockets
from bot.channels.slack.user_groups import SlackUserGroups
from bot.config import SlackSettings
from bot.integrations.secret_stores import Secrets
from bot.meter import Meter
from bot.platforms import Platform
from bot.slack_sink import SlackSink
from core.domain.messages import ConversationRef
from core.domain.secret_refs import SecretRef
from core.errors import ChannelError, ChannelRefused, InvalidSetting, Words
from core.ports import Channel, Clock, Storage, Translator, UserGroups

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class SlackSecrets:
    """The bot token, and what the mode needs besides: the app token or the signing secret."""

    token: str = field(repr=False)
    second: str = field(repr=False)

    @classmethod
    def read(cls, settings: SlackSettings, secrets: Secrets) -> SlackSecrets:
        """Read them from where ``settings`` say.

        Raises:
            SecretNotFound: one of them is not there.
        """
        second = settings.app_token if settings.mode == "socket" else settings.signing_secret
        return cls(token=secrets.get(SecretRef.parse(settings.bot_token)), second=secrets.get(SecretRef.parse(second)))


class SlackConnection:
    """Implements bot.connections.Connection."""

    def __init__(
        self,
        client: SlackClient,
        identity: SlackIdentity,
        settings: SlackSettings,
        secret: str,
        translator: Translator,
        meter: Meter,
    ) -> None:
        """Speak through ``client``; ``secret`` is what the mode needs."""
        self._meter = meter
        self._sockets: SlackSockets | None = None
        self._client = client
        self._identity = identity
        self._settings = settings
        self._secret = secret
        self._slack = SlackChannel(client, translator, team_id=identity.team_id)
        self.channel: Channel = PacedChannel(
            self._slack,
            Paces(channel=NAME, seconds=settings.seconds_between_messages, on_hold=partial(meter.held, "slack")),
        )
        self.asks_each = settings.approval_messages
        self.user_groups: UserGroups | None = SlackUserGroups(client)
        self.rooms = _rooms(settings, identity.team_id)

    @contextlib.asynccontextmanager
    async def listening(
        self, program: Program, storage: Storage, app: FastAPI, *, translator: Translator, clock: Clock
    ) -> AsyncIterator[None]:
        """Listen; see the protocol."""
        listener = SlackListener(
            client=self._client,
            identity=self._identity,
            parser=SlackParser(
                team_id=self._identity.team_id,
                bot_user_id=self._identity.bot_user_id,
                allowed_teams=frozenset(self._settings.allowed_teams),
                allowed_channels=frozenset(self._settings.allowed_channels),
            ),
            sink=SlackSink(program, storage, self._slack, translator, clock),
            ask=self._slack.ask,
            clock=clock,
            acknowledged=partial(self._meter.acknowledged, "slack"),
        )
        async with contextlib.AsyncExitStack() as stack:
            if self._settings.mode == "socket":
                sockets = SlackSockets(self._client, self._secret, listener)
                await sockets.start()
                self._sockets = sockets
                stack.push_async_callback(sockets.stop)
            else:
                app.router.routes.append(Route(PATH, SlackEndpoint(listener, self._secret, clock), methods=["POST"]))
                stack.push_async_callback(listener.finish, 3.0)
            yield

    async def trouble(self) -> str | None:
        """Say whether Slack takes the token and, in Socket Mode, whether the connection is up."""
        if self._client.refused is not None:
            return f"Slack does not take the bot's token ({self._client.refused})."
        if self._sockets is not None and not await self._sockets.is_connected():
            return "The Socket Mode connection to Slack is down."
        return None

    async def online(self) -> None:
        """Do nothing: Slack was told the address in the app's manifest."""

    async def closed_rooms(self) -> Sequence[str]:
        """Try each with a message that nobody sees, as ``skillwarden doctor`` does."""
        closed = []
        for room in self.rooms:
            asked = {"channel": room.conversation_id, "user": self._identity.bot_user_id, "text": "skillwarden serve"}
            try:
                await self._client.call("chat.postEphemeral", **asked)
            except ChannelRefused:
                closed.append(room.conversation_id)
            except ChannelError as error:
                _LOG.warning("Slack was not asked about %s: %s", room.conversation_id, error)
        return closed


def slack_platform(settings: SlackSettings, secrets: SlackSecrets, translator: Translator, meter: Meter) -> Platform:
    """Return Slack as ``settings`` have it."""
    return Platform(
        "slack",
        NAME,
        partial(connected_to_slack, settings, secrets, translator, meter),
        rooms=_rooms(settings),
        asks_each=settings.approval_messages,
        has_groups=True,
        is_refusal=is_refusal,
    )


def _rooms(settings: SlackSettings, team_id: str = "") -> tuple[ConversationRef, ...]:
    room = settings.approval_channel
    return (ConversationRef(channel="slack", workspace_id=team_id, conversation_id=room),) if room else ()


@contextlib.asynccontextmanager
async def connected_to_slack(
    settings: SlackSettings, secrets: SlackSecrets, translator: Translator, meter: Meter
) -> AsyncIterator[SlackConnection]:
    """Give the connection, once Slack has said whose token it is.

    Raises:
        InvalidSetting: Slack does not take the token.
        RateLimited, ChannelRefused, ChannelError: it cannot be asked.
    """
    async with SlackClient(secrets.token, api_url=settings.api_url) as client:
        yield SlackConnection(client, await _identify(client), settings, secrets.second, translator, meter)


async def _identify(client: SlackClient) -> SlackIdentity:
    try:
        return await client.identify()
    except ChannelError as error:
        if is_bad_token(error):
            said = reason_of(error)
            problem = Words("Slack does not take it ({reason}); skillwarden doctor says what to do", reason=said)
            raise InvalidSetting(setting="[slack] bot_token", problem=problem) from error
        raise
