"""What every test runs under: no network but loopback, and no blocking call of ours inside the event loop."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from blockbuster import BlockBuster

pytest_plugins = ["tests.plugins.golden"]

# The command line speaks the language of the terminal, and what tests read of it is English.
os.environ["LC_ALL"] = "C.UTF-8"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--soak-seed``."""
    parser.addoption("--soak-seed", type=int, default=0, help="what the tests marked soak draw their dice from")


@pytest.fixture
def soak_seed(request: pytest.FixtureRequest) -> int:
    """Give the seed of this soak."""
    seed: int = request.config.getoption("--soak-seed")
    return seed


class NetworkForbiddenError(AssertionError):
    """A test tried to leave this machine."""


def _refuse_remote(address: Any) -> None:
    if isinstance(address, tuple) and address[0] not in {"localhost", ""}:
        try:
            is_local = ip_address(address[0]).is_loopback
        except ValueError:
            is_local = False
        if not is_local:
            raise NetworkForbiddenError(f"tests may not connect to {address[0]}")


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets connect to this machine only, and look up no other name."""
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_remote((host.decode() if isinstance(host, bytes) else host or "",))
        return look_up(host, *args, **kwargs)

    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def checked(self: socket.socket, address: Any, original: Any = original) -> Any:
            _refuse_remote(address)
            return original(self, address)

        monkeypatch.setattr(socket.socket, name, checked)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture(autouse=True, scope="session")
def _no_blocking() -> Iterator[None]:
    """Fail whatever of ours blocks the event loop."""
    guard = BlockBuster(scanned_modules=["bot", "core", "storage"])
    # It reads no disk; SQLAlchemy calls it whenever an engine is made.
    del guard.functions["os.path.abspath"]
    # A zone's first use reads a file of a few kilobytes.
    guard.functions["os.stat"].can_block_in("bot/locale/translator.py", "zone")
    for function in guard.functions.values():
        # It has a loop of its own, in which nothing else waits.
        function.can_block_in("storage/migrate.py", "_upgrade")
        # A small file with passwords, where there is one.
        function.can_block_in("asyncpg/connect_utils.py", "_parse_connect_dsn_and_args")
    guard.activate()
    yield
    guard.deactivate()
