"""Guard: what happens to every request before anything looks at it - an id, a limit of its size, one last catch."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import structlog

from bot.api.errors import error_response
from bot.logs import correlated

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/api/"
# Bytes of a body that is no file.
LARGEST_BODY = 1 << 20
# Bytes that the other fields of a form and its boundaries take at most, beside the file.
FORM_ROOM = 1 << 17
_ID = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
_LONGEST_LENGTH = 18  # digits
_HEADER = b"x-request-id"
# RFC 9112, section 6.1: who sends both may mean another request behind the first; the connection ends with the answer.
_TWO_LENGTHS = {b"content-length", b"transfer-encoding"}

_log = structlog.get_logger(__name__)


#: Hears what nobody foresaw: the id of the request, and the error.
Report = Callable[[str, Exception], None]


def log_failure(request_id: str, error: Exception) -> None:
    """Write a failure to the log, with its traceback."""
    _log.error("request failed", request_id=request_id, exc_info=error)


class BodyTooLargeError(Exception):
    """The body went on beyond the limit."""

    def __init__(self, limit: int) -> None:
        """Name ``limit``, in bytes."""
        super().__init__(f"The body is larger than {limit} bytes")
        self.limit = limit


class Guard:
    """An ASGI middleware. Platforms' webhooks pass it untouched but for the id."""

    def __init__(self, app: ASGIApp, *, files: dict[str, int], report: Report) -> None:
        """Let ``app`` take forms with files of up to ``files`` bytes by path, other bodies of ``LARGEST_BODY``."""
        self._app = app
        self._report = report
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; answer what was not foreseen with the id under which the log has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = headers.get(_HEADER, b"")
        request_id = given.decode() if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        added = [(_HEADER, request_id.encode())]
        if headers.keys() >= _TWO_LENGTHS:
            added.append((b"connection", b"close"))
        started = False

        async def tagged(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        is_api = scope["path"].startswith(API)
        if is_api and (where := _no_utf8(scope)):
            sentence = f"The {where} is no UTF-8 once its percent signs are read."
            await error_response(400, "INVALID_ADDRESS", sentence, request_id)(scope, receive, tagged)
            return
        if is_api:
            path = scope["path"]
            limit, room = (self._files[path], FORM_ROOM) if path in self._files else (LARGEST_BODY, 0)
            receive = _capped(headers, receive, limit, room)
        try:
            with correlated(request_id):
                await self._app(scope, receive, tagged)
        except Exception as error:  # noqa: BLE001 - the last boundary: the caller gets an answer, the log the cause
            self._report(request_id, error)
            if not started:
                sentence = "Something went wrong on our side; it is in the log under this request id."
                await error_response(500, "INTERNAL", sentence, request_id)(scope, receive, tagged)


def _no_utf8(scope: Scope) -> str | None:
    """Return which part of the address is no UTF-8; None when all is: what is replaced silently finds other things."""
    for where, raw in (("path", scope.get("raw_path") or b""), ("query", scope["query_string"])):
        try:
            unquote_to_bytes(raw).decode()
        except UnicodeDecodeError:
            return where
    return None


def _capped(headers: dict[bytes, bytes], receive: Receive, limit: int, room: int) -> Receive:
    """Return ``receive`` that raises BodyTooLargeError beyond ``limit`` and ``room``: once announced, or once come."""
    announced = headers.get(b"content-length", b"0")
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        if announced.isdigit() and (len(announced) > _LONGEST_LENGTH or int(announced) > limit + room):
            raise BodyTooLargeError(limit)
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit + room:
            raise BodyTooLargeError(limit)
        return message

    return counted
