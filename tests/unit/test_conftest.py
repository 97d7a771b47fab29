"""The guards of the test suite guard."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from blockbuster import BlockingError

from bot.home import Home
from tests.conftest import NetworkForbiddenError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.test", 443), ("2001:db8::1", 80, 0, 0)])
def test_a_socket_leaves_this_machine_for_nobody(address: tuple[str, int]) -> None:
    """A connection to another machine fails before anything is sent."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as sender, pytest.raises(NetworkForbiddenError):
        sender.connect(address)


def test_no_name_of_another_machine_is_looked_up() -> None:
    """Looking a name up is talking to another machine, too."""
    with pytest.raises(NetworkForbiddenError):
        socket.getaddrinfo("example.test", 443)


async def test_loopback_is_open() -> None:
    """A server of the test's own can be reached."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(host, port)
        assert await reader.read() == b""
        writer.close()


async def test_our_code_does_not_block_the_loop(tmp_path: Path) -> None:
    """A blocking call made by the product inside the event loop fails the test."""
    with pytest.raises(BlockingError):
        Home.open(tmp_path / "home")
