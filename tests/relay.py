"""A relay in front of a server: what is behind it can be cut off and come back, at the same address."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

_CHUNK = 1 << 16


class Relay:
    """Passes on what is sent to ``port`` of this machine; nothing as long as it is ``down`` or ``passes`` is clear."""

    def __init__(self, port: int) -> None:
        """Stand in front of ``port``."""
        self._behind = port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        #: Where it listens, from the first ``up`` on.
        self.port = 0
        #: Clear it, and connections stay open, but nothing comes through: as when a network fails without a word.
        self.passes = asyncio.Event()
        self.passes.set()
        #: How many have connected.
        self.visitors = 0

    async def up(self) -> None:
        """Listen, at the same port as before."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Cut everybody off, and let nobody in."""
        if self._server is not None:
            self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await asyncio.sleep(0)  # those who are cut off hear of it

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visitors += 1
        there, back = await asyncio.open_connection("127.0.0.1", self._behind)
        self._open |= {writer, back}
        try:
            await asyncio.gather(self._copy(reader, back), self._copy(there, writer))
        finally:
            self._open -= {writer, back}

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(_CHUNK):
                await self.passes.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def relayed(port: int) -> AsyncIterator[Relay]:
    """Give a relay in front of ``port`` that is up."""
    relay = Relay(port)
    await relay.up()
    try:
        yield relay
    finally:
        relay.passes.set()
        await relay.down()
