"""HTTP mode: the address Slack calls. Bytes are capped, then verified, and only then parsed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.channels.asgi import answer, headers_of, read_body
from bot.channels.slack.listener import SlackListener
from core.ports import Clock

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

# docs.slack.dev, authentication/verifying-requests-from-slack: older ones may be replays.
_TOLERANCE = 300  # seconds
_VERSION = "v0"


class SlackEndpoint:
    """An ASGI application for one route: ``Route(PATH, endpoint, methods=["POST"])``."""

    def __init__(self, listener: SlackListener, signing_secret: str, clock: Clock) -> None:
        """Hand to ``listener`` what ``signing_secret`` signed."""
        self._listener = listener
        self._secret = signing_secret.encode()
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: 200 once it is stored, 413 too large, 401 not Slack's, 400 not readable."""
        headers = headers_of(scope)
        body = await read_body(headers, receive)
        if body is None:
            await answer(send, 413)
        elif not self._is_signed(headers, body):
            await answer(send, 401)
        else:
            try:
                request = AsyncBoltRequest(body=body.decode(), headers=dict(headers))
            except (ValueError, TypeError, AttributeError):  # no UTF-8, no JSON, no JSON object
                await answer(send, 400)
                return
            response = await self._listener.dispatch(request)
            kind = next(iter(response.headers.get("content-type", ())), "text/plain;charset=utf-8")
            await answer(send, response.status, response.body.encode(), kind)

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        sent = headers.get("x-slack-request-timestamp", "")
        if not (sent.isascii() and sent.isdigit()) or abs(self._clock.now().timestamp() - int(sent)) > _TOLERANCE:
            return False
        signed = hmac.new(self._secret, f"{_VERSION}:{sent}:".encode() + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"{_VERSION}={signed}".encode(), headers.get("x-slack-signature", "").encode())
