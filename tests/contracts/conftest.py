"""What the storage contracts run on. Every rule runs on every backend."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.domain.masking import Masker
from storage.database import Database
from tests.clock import FakeClock
from tests.databases import BACKENDS, database_with_tables, way_behind
from tests.storage_factory import World, store_world


@pytest.fixture(params=BACKENDS)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database of each backend in turn, with all tables and no rows."""
    return await database_with_tables(request.param, tmp_path)


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
    engine = way_behind(database_url)
    yield engine
    engine.dispose()
