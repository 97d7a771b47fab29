"""What the storage contracts run on. A new backend is one entry in ``BACKENDS``; every rule then runs on it too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from core.domain.masking import Masker
from storage.database import Database
from storage.migrate import migrate
from tests.clock import FakeClock
from tests.storage_factory import World, store_world

#: Gives the URL of an empty database in a folder of the test's own.
BACKENDS: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite:///{folder / 'skillwarden.db'}",
}


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of an empty database of each backend in turn."""
    return BACKENDS[request.param](tmp_path)


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still."""
    return FakeClock()


@pytest.fixture
def masker() -> Masker:
    """Give a masker that knows no secret yet."""
    return Masker()


@pytest.fixture
def commits() -> list[str]:
    """Give the list that grows by one with every commit."""
    return []


@pytest.fixture
async def database(database_url: str, masker: Masker, clock: FakeClock, commits: list[str]) -> AsyncIterator[Database]:
    """Give an empty database with the newest schema."""
    await migrate(database_url)
    opened = Database(database_url, masker=masker, clock=clock, on_commit=lambda: commits.append("commit"))
    yield opened
    await opened.aclose()


@pytest.fixture
async def world(database: Database) -> World:
    """Give a stored world: a request that waits for a decision."""
    return await store_world(database)


@pytest.fixture
def behind(database_url: str, database: Database) -> Iterator[Engine]:
    """Give a way into the database that goes behind the program's back."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()
