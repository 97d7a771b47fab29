"""Webhook mode: the address Telegram calls. The secret is compared, bytes are capped, and only then parsed."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

from bot.channels.asgi import answer, headers_of, read_body
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.listener import TelegramListener
from bot.channels.telegram.parse import ALLOWED_UPDATES
from core.errors import DiskFull, StorageError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

#: Where Telegram reaches the bot in webhook mode.
PATH = "/telegram/webhook"

_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
_CONNECTIONS = 40  # at a time; core.telegram.org/bots/api, setWebhook: what it would use anyway


class TelegramEndpoint:
    """An ASGI application for one route: ``Route(PATH, endpoint, methods=["POST"])``."""

    def __init__(self, listener: TelegramListener, secret: str) -> None:
        """Hand to ``listener`` what comes with ``secret``."""
        self._listener = listener
        self._secret = secret.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: 200 once it is stored, 401 not Telegram's, 413 too large, 400 no JSON, 503 come again."""
        headers = headers_of(scope)
        if not hmac.compare_digest(self._secret, headers.get(_SECRET, "").encode()):
            await answer(send, 401)
            return
        body = await read_body(headers, receive)
        if body is None:
            await answer(send, 413)
            return
        try:
            update = json.loads(body)
        except ValueError:
            await answer(send, 400)
            return
        try:
            await self._listener.take([update])
        except (StorageError, DiskFull):
            await answer(send, 503)
        else:
            await answer(send, 200)


async def set_webhook(client: TelegramClient, public_url: str, secret: str) -> None:
    """Tell Telegram to call ``public_url``, and to prove itself with ``secret``.

    Raises:
        RateLimited, ChannelRefused, ChannelError: Telegram does not take the address.
    """
    await client.call(
        "setWebhook",
        url=f"{public_url.rstrip('/')}{PATH}",
        secret_token=secret,
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=_CONNECTIONS,
    )
