"""The server: one port on loopback that speaks the Bot API.

Documented under Making requests: the address, GET and POST, ``ok``, ``result``, ``error_code``, ``description`` and
``parameters``. From the server's source and from api.telegram.org: the words of 401 and 404, Retry-After beside
``retry_after``; a 502 comes from the front end and is a page.
"""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.platforms.telegram.arguments import Arguments, TelegramError, read_arguments
from tests.platforms.telegram.trouble import Fault, Trouble
from tests.platforms.telegram.world import Json
from tests.platforms.timing import Pace

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
#: What the Bot API server itself answers; other 5xx come from the front end.
INTERNAL = 500


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call: what was sent, and ``ok``, Telegram's description, the fault's kind or ``no answer``."""

    method: str
    arguments: Mapping[str, str]
    outcome: str
    at: float


class BotApi:
    """Answers every call the way Telegram does, unless there is trouble."""

    def __init__(
        self,
        methods: Mapping[str, Callable[[Arguments], Any]],
        token: str,
        *,
        pace: Pace,
        trouble: Trouble,
        changed: Callable[[], None],
    ) -> None:
        """Offer ``methods`` to whoever has ``token``."""
        self.calls: list[Call] = []
        self.token = token
        self._names = {name.lower(): name for name in methods}
        self._methods = methods
        self._pace, self._trouble, self._changed = pace, trouble, changed
        self._hang = asyncio.Event()

    def close(self) -> None:
        """Let go of every call that hangs."""
        self._hang.set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        token, asked = request.match_info["token"], request.match_info["method"]
        if not _TOKEN.fullmatch(token):
            return _response(TelegramError(404, "Not Found").as_json())
        if token != self.token:
            return _response(TelegramError(401, "Unauthorized").as_json())
        name = self._names.get(asked.lower(), asked)
        try:
            arguments = await read_arguments(request)
        except TelegramError as error:
            return _response(error.as_json())
        fault = self._trouble.for_call(name, arguments.text("chat_id"))
        if fault is not None and not fault.acts:
            self._note(name, arguments, fault.kind)
            return await self._misbehave(fault, request)
        body = await self._do(name, arguments)
        self._note(name, arguments, "no answer" if fault else body.get("description", "ok"))
        return await self._misbehave(fault, request) if fault else _response(body)

    async def call(self, asked: str, values: Mapping[str, str]) -> None:
        """Do a method that an answer to a webhook named."""
        name = self._names.get(asked.lower(), asked)
        arguments = Arguments(values)
        body = await self._do(name, arguments)
        self._note(name, arguments, body.get("description", "ok"))

    async def _do(self, name: str, arguments: Arguments) -> Json:
        method = self._methods.get(name)
        if method is None:
            return TelegramError(404, "Not Found: method not found").as_json()
        try:
            result = method(arguments)
            return {"ok": True, "result": await result if inspect.isawaitable(result) else result}
        except TelegramError as error:
            return error.as_json()

    def _note(self, name: str, arguments: Arguments, outcome: str) -> None:
        self.calls.append(Call(method=name, arguments=arguments.values, outcome=outcome, at=self._pace.now()))
        self._changed()

    async def _misbehave(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        match fault.kind:
            case "ratelimited":
                wait = fault.retry_after
                error = TelegramError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
                return _response(error.as_json())
            case "conflict":
                return _response(TelegramError(409, _CONFLICT).as_json())
            case "error":
                return _response(TelegramError(fault.status or 400, fault.error).as_json())
            case "server_error" if fault.status == INTERNAL:
                return _response(TelegramError(INTERNAL, "Internal Server Error").as_json())
            case "server_error":
                page = "<html><head><title>502 Bad Gateway</title></head></html>"
                return web.Response(status=fault.status or 502, text=page, content_type="text/html")
            case "hang":
                await self._hang.wait()
            case "drop":
                pass
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


def _response(body: Json) -> web.Response:
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    return web.json_response(body, status=body.get("error_code", 200), headers=headers)
