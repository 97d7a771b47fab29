"""Telegram for ``serve``: connected with its token, heard by long polling or at the webhook's address."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from fastapi import FastAPI
from starlette.routing import Route

from bot.assembly import Program
from bot.channels.pace import PacedChannel, Paces
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.client import NAME, TelegramClient, TelegramIdentity, is_bad_token
from bot.channels.telegram.commands import register
from bot.channels.telegram.conduct import FormConductor
from bot.channels.telegram.endpoint import PATH, TelegramEndpoint, set_webhook
from bot.channels.telegram.listener import TelegramListener
from bot.channels.telegram.parse import TelegramParser
from bot.channels.telegram.polling import TelegramPolling, polling
from bot.config import HttpSettings, TelegramSettings
from bot.integrations.secret_stores import Secrets
from bot.meter import Meter
from bot.platforms import Platform
from bot.telegram_sink import TelegramSink
from core.domain.messages import ConversationRef
from core.domain.secret_refs import SecretRef
from core.errors import ChannelError, ChannelRefused, InvalidSetting, Words
from core.ports import Channel, Clock, Storage, Translator, UserGroups

_LOG = logging.getLogger(__name__)

_GRACE = 3.0  # seconds for what is under way
# core.telegram.org/bots/api, setWebhook.
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, kw_only=True)
class TelegramSecrets:
    """The bot's token, and the webhook's secret (None: the mode needs none)."""

    token: str = field(repr=False)
    webhook: str | None = field(default=None, repr=False)

    @classmethod
    def read(cls, settings: TelegramSettings, secrets: Secrets) -> TelegramSecrets:
        """Read them from where ``settings`` say.

        Raises:
            SecretNotFound: one of them is not there.
            InvalidSetting: Telegram would not take the webhook's.
        """
        token = secrets.get(SecretRef.parse(settings.token))
        if settings.mode != "webhook":
            return cls(token=token)
        webhook = secrets.get(SecretRef.parse(settings.webhook_secret))
        if not _WEBHOOK_SECRET.fullmatch(webhook):
            problem = Words("the secret may have 1 to 256 of A-Z, a-z, 0-9, _ and -")
            raise InvalidSetting(setting="[telegram] webhook_secret", problem=problem)
        return cls(token=token, webhook=webhook)


class TelegramConnection:
    """Implements bot.connections.Connection."""

    user_groups: UserGroups | None = None

    def __init__(
        self,
        client: TelegramClient,
        identity: TelegramIdentity,
        settings: TelegramSettings,
        translator: Translator,
        *,
        public_url: str | None,
        webhook_secret: str | None,
        meter: Meter,
    ) -> None:
        """Speak through ``client``; in webhook mode Telegram calls ``public_url`` with ``webhook_secret``."""
        self._meter = meter
        self._client = client
        self._identity = identity
        self._settings = settings
        self._translator = translator
        self._public_url = public_url
        self._webhook_secret = webhook_secret
        self._telegram = TelegramChannel(client, translator, username=identity.username)
        most = settings.group_messages_per_minute
        self._paces = Paces(
            channel=NAME,
            seconds=settings.seconds_between_messages,
            most_in_a_minute=lambda conversation: None if conversation.private else most,
            on_hold=partial(meter.held, "telegram"),
        )
        self.channel: Channel = PacedChannel(self._telegram, self._paces)
        self._closed: set[str] = set()
        self.asks_each = settings.approval_messages
        self.rooms = _rooms(settings)

    @contextlib.asynccontextmanager
    async def listening(
        self, program: Program, storage: Storage, app: FastAPI, *, translator: Translator, clock: Clock
    ) -> AsyncIterator[None]:
        """Listen; see the protocol."""
        sink = TelegramSink(program, storage, translator, clock)
        allowed = self._settings.allowed_chats
        listener = TelegramListener(
            client=self._client,
            channel=self._telegram,
            parser=TelegramParser(
                bot_id=self._identity.bot_id,
                username=self._identity.username,
                allowed_chats=frozenset(allowed),
                become=self._telegram.moved,
            ),
            conductor=FormConductor(self._telegram, self._paces, sink, translator, username=self._identity.username),
            sink=sink,
            translator=translator,
            clock=clock,
            acknowledged=partial(self._meter.acknowledged, "telegram"),
        )
        await self._look_after_groups()
        async with contextlib.AsyncExitStack() as stack:
            if self._webhook_secret is None:
                poller = TelegramPolling(self._client, listener)
                await stack.enter_async_context(program.election.duty("polling Telegram", lambda: polling(poller)))
            else:
                endpoint = TelegramEndpoint(listener, self._webhook_secret)
                app.router.routes.append(Route(PATH, endpoint, methods=["POST"]))
                stack.push_async_callback(listener.finish, _GRACE)
            yield

    async def _look_after_groups(self) -> None:
        """Follow the groups of the settings that moved while nobody listened."""
        for chat in dict.fromkeys((*(room.conversation_id for room in self.rooms), *self._settings.allowed_chats)):
            try:
                if not await self._telegram.look_after(chat):
                    self._closed.add(chat)
            except ChannelError as error:
                _LOG.warning("Telegram was not asked about the chat %s: %s", chat, error)

    async def trouble(self) -> str | None:
        """Say whether Telegram takes the token."""
        return "Telegram does not take the bot's token." if self._client.is_refused else None

    async def online(self) -> None:
        """Offer the commands, and in webhook mode say where the bot is reached."""
        if self._webhook_secret is not None and self._public_url is not None:
            await set_webhook(self._client, self._public_url, self._webhook_secret)
        try:
            await register(self._client, self._translator)
        except ChannelError as error:
            _LOG.warning("Telegram was not told the commands: %s", error)

    async def closed_rooms(self) -> Sequence[str]:
        """Return what looking after the groups has found."""
        return [room.conversation_id for room in self.rooms if room.conversation_id in self._closed]


def telegram_platform(
    settings: TelegramSettings, http: HttpSettings, secrets: TelegramSecrets, translator: Translator, meter: Meter
) -> Platform:
    """Return Telegram as ``settings`` have it."""
    return Platform(
        "telegram",
        NAME,
        partial(connected_to_telegram, settings, http, secrets, translator, meter),
        rooms=_rooms(settings),
        asks_each=settings.approval_messages,
        has_groups=False,
        is_refusal=lambda error: isinstance(error, ChannelRefused) or is_bad_token(error),
    )


@contextlib.asynccontextmanager
async def connected_to_telegram(
    settings: TelegramSettings, http: HttpSettings, secrets: TelegramSecrets, translator: Translator, meter: Meter
) -> AsyncIterator[TelegramConnection]:
    """Give the connection, once Telegram has said whose token it is.

    Raises:
        InvalidSetting: Telegram does not take the token, or the webhook has no address.
        RateLimited, ChannelRefused, ChannelError: it cannot be asked.
    """
    if settings.mode == "webhook" and http.public_url is None:
        raise InvalidSetting(setting="[http] public_url", problem=Words("Telegram's webhook needs it"))
    # Made in a thread: the HTTP client reads the certificates.
    async with await asyncio.to_thread(TelegramClient, secrets.token, api_url=settings.api_url) as client:
        try:
            identity = await client.identify()
        except ChannelError as error:
            if is_bad_token(error):
                problem = Words("Telegram does not take it; skillwarden doctor says what to do")
                raise InvalidSetting(setting="[telegram] token", problem=problem) from error
            raise
        yield TelegramConnection(
            client,
            identity,
            settings,
            translator,
            public_url=http.public_url,
            webhook_secret=secrets.webhook,
            meter=meter,
        )


def _rooms(settings: TelegramSettings) -> tuple[ConversationRef, ...]:
    if not settings.approval_chat:
        return ()
    group, _, topic = settings.approval_chat.partition("/")
    return (ConversationRef(channel="telegram", conversation_id=group, thread_id=topic or None),)
