"""Slow, oversize and garbage: whatever is sent over real sockets, the server goes on answering others."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.responses import Response
from starlette.routing import Route

from bot import http_protocol
from bot.channels.slack.endpoint import SlackEndpoint
from bot.config import HttpSettings
from bot.http_server import served
from core.domain.masking import Masker
from storage.database import Database
from tests.clock import FakeClock
from tests.databases import database_with_tables
from tests.harness import PATIENCE
from tests.integration.test_unreachable import application

MANY = 40


@pytest.fixture
async def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """Serve the application, which loses patience soon."""
    for name in ("LOOK", "HEAD", "STILL"):
        monkeypatch.setattr(http_protocol, name, 1.0)
    url = await database_with_tables("sqlite", tmp_path)
    database = await asyncio.to_thread(Database, url, masker=Masker(), clock=FakeClock())
    app = await application(database)

    app.router.routes.append(Route("/long", lambda _request: Response(b"x" * 30_000_000)))
    endpoint = SlackEndpoint(cast("Any", None), "secret", FakeClock())  # nothing gets as far as its listener
    app.router.routes.append(Route("/slack/events", endpoint, methods=["POST"]))
    async with served(app, HttpSettings(port=0)) as where:
        yield where
    await database.aclose()


@contextlib.asynccontextmanager
async def connected(address: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect without speaking HTTP."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def heard(address: str, *pieces: bytes) -> bytes:
    """Send ``pieces`` and return everything that comes back until the server hangs up."""
    async with connected(address) as (reader, writer):
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            return await asyncio.wait_for(reader.read(), PATIENCE)
    return b""


async def is_well(address: str) -> bool:
    """Whether somebody else is answered."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        answers = [await client.get(path) for path in ("/healthz", "/readyz")]
    return [answer.status_code for answer in answers] == [200, 200]


HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"{"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n{"),
    ],
    ids=["nothing", "half a head", "half a body", "half a chunk"],
)
async def test_who_is_slow_is_hung_up_on(address: str, pieces: tuple[bytes, ...]) -> None:
    """Many at a time, and others are answered meanwhile and afterwards."""
    slow = [asyncio.create_task(heard(address, *pieces)) for _ in range(MANY)]
    assert await is_well(address)
    await asyncio.gather(*slow)
    assert await is_well(address)


async def test_who_does_not_read_the_answer_is_hung_up_on(address: str) -> None:
    """An answer that nobody takes is not kept for ever."""
    async with connected(address) as (reader, writer):
        writer.write(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # it is a socket's
        while not writer.transport.is_closing() and await _still_open(writer):
            assert await is_well(address)
        del reader
    assert await is_well(address)


async def _still_open(writer: asyncio.StreamWriter) -> bool:
    """Whether the other side still listens: something written to who has hung up fails."""
    try:
        writer.write(b" ")
        await writer.drain()
    except OSError:
        return False
    return True


#: Seconds for which load balancers and proxies keep a connection that nobody uses, mostly.
KEPT_BY_PROXIES = 60


async def test_a_proxy_hangs_up_first(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server does not end a connection that is in use: nobody sends a press twice that was lost so."""
    seen = list[http_protocol.PatientProtocol]()
    hears = http_protocol.PatientProtocol.data_received

    def data_received(self: http_protocol.PatientProtocol, data: bytes) -> None:
        seen.append(self)
        hears(self, data)

    monkeypatch.setattr(http_protocol.PatientProtocol, "data_received", data_received)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        await client.get("/healthz")
        ends = seen[0].timeout_keep_alive_task
        assert ends is not None
        assert ends.when() - asyncio.get_running_loop().time() > KEPT_BY_PROXIES


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 8,
        b"\x00" * 100_000,
        b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: " + b"a" * 2_000_000 + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + b"X-Many: 1\r\n" * 200_000 + b"\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nthis is no length\r\n\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HELO mail.example.com\r\n",
    ],
    ids=["tls", "zeros", "long path", "long header", "many headers", "no chunk", "no length", "two lengths", "smtp"],
)
async def test_garbage_is_refused(address: str, garbage: bytes) -> None:
    """With 400 at most; it reaches nothing, and the connection ends."""
    answered = await asyncio.gather(*(heard(address, garbage) for _ in range(5)))
    assert all(not answer or answer.startswith(b"HTTP/1.1 4") for answer in answered), answered
    assert await is_well(address)


@pytest.mark.parametrize("path", ["/slack/events", "/api/v1/executions"])
@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_large_is_refused(address: str, path: str, announced: bool) -> None:
    """Announced or not: it is not read to its end, let alone kept."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 100_000

    headers = {"content-length": "10000000"} if announced else {}
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        try:
            answer = await client.post(path, content=endless(), headers=headers)
        except httpx.TransportError:  # hung up on in the middle of it
            pass
        else:
            assert answer.status_code in {401, 413}
    assert await is_well(address)
