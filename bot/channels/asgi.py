"""The little of ASGI that the addresses which platforms call have in common: a body that is capped, an answer."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_LARGEST = 1 << 20  # bytes; what platforms send is a few kilobytes


def headers_of(scope: Scope) -> dict[str, str]:
    """Return the headers of a request, their names in lower case."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


async def read_body(headers: Mapping[str, str], receive: Receive) -> bytes | None:
    """Return the body of a request; None when it is too large, or the caller hung up.

    ``headers`` are those of ``headers_of``.
    """
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


async def answer(send: Send, status: int, body: bytes = b"", kind: str = "text/plain;charset=utf-8") -> None:
    """Answer with ``status`` and ``body``, whose content type is ``kind``."""
    headers = [(b"content-type", kind.encode("latin-1")), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
