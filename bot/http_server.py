"""The server around the HTTP application of ``serve``."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI
from uvicorn import Config, Server

from bot.config import HttpSettings
from bot.http_protocol import PatientProtocol
from core.errors import InvalidSetting, Words

# Seconds for what is being answered when the program stops: who waits for a decision asks again.
_GRACE = 3
# Seconds for which an idle connection is kept: longer than proxies and load balancers keep theirs, which is 60 mostly.
# Who hangs up first loses the press of a button that is just on its way, and nobody sends a press twice.
_IDLE = 75
# Connections at a time; one more is answered with 503 at once. Who waits for a decision (a long poll) holds one.
_AT_ONCE = 512
# Bytes of a request's head.
_LARGEST_HEAD = 32 * 1024


@contextlib.asynccontextmanager
async def served(app: FastAPI, http: HttpSettings) -> AsyncIterator[str]:
    """Serve ``app`` while the context lasts; give its address, once it can be reached.

    Raises:
        InvalidSetting: the port cannot be listened on.
    """
    config = Config(
        app,
        host=http.host,
        port=http.port,
        log_config=None,
        lifespan="off",
        access_log=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=_IDLE,
        http=PatientProtocol,
        ws="none",
        limit_concurrency=_AT_ONCE,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        server_header=False,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve(), name="http")
    while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    if not server.started:
        raise InvalidSetting(
            setting="[http] port", problem=Words("{host}:{port} cannot be listened on", host=http.host, port=http.port)
        )
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://{http.host}:{port}"
    finally:
        server.should_exit = True
        await task
