"""HTTP mode: the address Slack calls. Bytes are capped, then verified, and only then parsed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.channels.slack.listener import SlackListener
from core.ports import Clock

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_LARGEST = 1 << 20  # bytes; what Slack sends is a few kilobytes
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
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _read(headers, receive)
        if body is None:
            await _answer(send, 413)
        elif not self._is_signed(headers, body):
            await _answer(send, 401)
        else:
            try:
                request = AsyncBoltRequest(body=body.decode(), headers=dict(headers))
            except (ValueError, TypeError, AttributeError):  # no UTF-8, no JSON, no JSON object
                await _answer(send, 400)
                return
            response = await self._listener.dispatch(request)
            kind = next(iter(response.headers.get("content-type", ())), "text/plain;charset=utf-8")
            await _answer(send, response.status, response.body.encode(), kind)

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        sent = headers.get("x-slack-request-timestamp", "")
        if not (sent.isascii() and sent.isdigit()) or abs(self._clock.now().timestamp() - int(sent)) > _TOLERANCE:
            return False
        signed = hmac.new(self._secret, f"{_VERSION}:{sent}:".encode() + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"{_VERSION}={signed}".encode(), headers.get("x-slack-signature", "").encode())


async def _read(headers: Mapping[str, str], receive: Receive) -> bytes | None:
    """Return the body; None when it is too large, or the caller hung up."""
    announced = headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > _LARGEST:
        return None
    body = bytearray()
    while True:
        message: MutableMapping[str, Any] = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > _LARGEST:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _answer(send: Send, status: int, body: bytes = b"", kind: str = "text/plain;charset=utf-8") -> None:
    headers = [(b"content-type", kind.encode("latin-1")), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
