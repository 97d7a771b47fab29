"""A program that is called back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Agent:
    """A program that is called back, on a socket of this machine."""

    def __init__(self) -> None:
        """Answer 204."""
        #: b"": hang up instead; None: say nothing, and keep the line until who called is gone.
        self.answer: bytes | None = b"HTTP/1.1 204 No Content\r\n\r\n"
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.port = 0

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[Agent]:
        """Listen while the context lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        request, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self.heard.append((request, headers, await reader.readexactly(int(headers["content-length"]))))
        if self.answer is None:
            await reader.read()
        writer.write(self.answer or b"")
        await writer.drain()
        writer.close()
        await writer.wait_closed()
