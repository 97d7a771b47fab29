"""A bot made with python-telegram-bot: what the fake is tested with, so that the library accepts what it sends."""

from __future__ import annotations

from collections.abc import Awaitable
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from tests.platforms.telegram.fake import FakeTelegram
from tests.platforms.telegram.world import Json


def sdk_bot(telegram: FakeTelegram) -> Bot:
    """Return a bot that talks to ``telegram``; enter it before use."""
    fast = {"verify": False}  # there is no TLS, and reading certificates takes most of a test's time
    return Bot(
        telegram.token,
        base_url=telegram.base_url,
        base_file_url=telegram.file_url,
        request=HTTPXRequest(read_timeout=5, httpx_kwargs=fast),
        get_updates_request=HTTPXRequest(read_timeout=5, httpx_kwargs=fast),
    )


async def refusal(call: Awaitable[Any]) -> TelegramError:
    """Return the error with which ``call`` is refused.

    Raises:
        AssertionError: it is not refused.
    """
    try:
        await call
    except TelegramError as error:
        return error
    raise AssertionError("Telegram did not refuse")


async def raw(telegram: FakeTelegram, method: str, *, token: str = "", verb: str = "POST", **request: Any) -> Json:
    """Call a method without the library and return the body of the answer, with the status as ``status``."""
    url = f"{telegram.base_url}{token or telegram.token}/{method}"
    async with aiohttp.ClientSession() as session, session.request(verb, url, **request) as response:
        body: Json = await response.json()
        return {**body, "status": response.status}


class HookedApp:
    """An app behind a URL, while entered, that keeps what is posted to it and answers 200 unless told otherwise."""

    def __init__(self, telegram: FakeTelegram) -> None:
        """Listen to ``telegram``."""
        self.posts: list[tuple[str, Json]] = []
        #: The next statuses; after them 200.
        self.statuses: list[int] = []
        #: Headers and content of every answer.
        self.headers: dict[str, str] = {}
        self.reply: Json | None = None
        self._telegram = telegram

    async def __aenter__(self) -> Self:
        """Open the port."""
        app = web.Application()
        app.router.add_post("/hook", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the port."""
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        body: Json = await request.json()
        self.posts.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), body))
        self._telegram.world.changed()
        status = self.statuses.pop(0) if self.statuses else 200
        if self.reply is not None:
            return web.json_response(self.reply, status=status, headers=self.headers)
        return web.Response(status=status, headers=self.headers)
