"""The ceiling: a database's own driver writes, on a second database, exactly the rows that the program has written.

``Recorder`` keeps every INSERT, UPDATE and DELETE of the program with its parameters, by transaction of the program's
units of work. ``Ceiling`` runs them again - nothing is read, checked, hashed or rendered - and commits each unit of
work, as many at a time as there are requests in flight: on SQLite and MariaDB, whose writers take turns, one commit for
each such handful; on PostgreSQL on as many connections.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any, Self
from urllib.parse import unquote
from uuid import UUID

import asyncmy
import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import event, make_url
from sqlalchemy.engine import Engine

from storage import writers
from storage.backends.sqlite import WRITER_PRAGMAS

_IS_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Ids that everybody's rows name.
SHARED: set[str] = set()

#: A statement, its parameters, and whether they are many.
Written = tuple[str, Any, bool]
Unit = list[Written]


class Recorder:
    """Listens to every engine while it is open; ``units`` are the units of work that wrote something, so far."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._now: dict[Any, Unit] = {}

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._execute)
        for name in ("savepoint", "release_savepoint", "commit"):
            event.listen(Engine, name, self._end)
        for name in ("rollback", "rollback_savepoint"):
            event.listen(Engine, name, self._forget)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._execute)
        for name in ("savepoint", "release_savepoint", "commit"):
            event.remove(Engine, name, self._end)
        for name in ("rollback", "rollback_savepoint"):
            event.remove(Engine, name, self._forget)

    def taken(self) -> list[Unit]:
        """Return the units so far, and begin anew."""
        units, self.units = self.units, []
        return units

    def _execute(
        self, connection: Any, _cursor: Any, statement: str, params: Any, _context: Any, is_many: bool
    ) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self._now.setdefault(connection, []).append((statement, params, is_many))

    def _end(self, connection: Any, *_: object) -> None:
        # A savepoint begins behind a unit of work that is done.
        if written := self._now.pop(connection, None):
            self.units.append(written)

    def _forget(self, connection: Any, *_: object) -> None:
        self._now.pop(connection, None)


class SqliteCeiling:
    """Python's sqlite3, with the program's settings."""

    def __init__(self, url: str) -> None:
        self._path = make_url(url).database or ""

    async def open(self) -> None:
        self._driver = sqlite3.connect(self._path, isolation_level=None)
        for pragma in WRITER_PRAGMAS:
            self._driver.execute(pragma)

    async def run(self, units: Sequence[Unit], *, in_flight: int) -> float:
        """Write ``units``; return the seconds it took."""
        began = time.perf_counter()
        for handful in _handfuls(units, in_flight):
            self._driver.execute("BEGIN IMMEDIATE")
            for statement, params, is_many in handful:
                (self._driver.executemany if is_many else self._driver.execute)(statement, params)
            self._driver.execute("COMMIT")
        return time.perf_counter() - began

    async def close(self) -> None:
        self._driver.close()


class PostgresqlCeiling:
    """asyncpg, with prepared statements, on one connection for each request in flight."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(self._url, min_size=writers.GROUP, max_size=writers.GROUP)

    async def run(self, units: Sequence[Unit], *, in_flight: int) -> float:
        """Write ``units``; return the seconds it took. Each request's are written by one connection, in their order."""
        lanes = _lanes(units, in_flight)
        began = time.perf_counter()
        await asyncio.gather(*(self._lane(lane) for lane in lanes))
        return time.perf_counter() - began

    async def _lane(self, units: Sequence[Unit]) -> None:
        async with self._pool.acquire() as connection:
            for unit in units:
                async with connection.transaction():
                    for statement, params, is_many in unit:
                        if is_many:
                            await connection.executemany(statement, params)
                        else:
                            await connection.fetch(statement, *params)

    async def close(self) -> None:
        await self._pool.close()


class MysqlCeiling:
    """asyncmy on one connection."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    async def open(self) -> None:
        place = self._url
        self._driver = await asyncmy.connect(
            host=place.host,
            port=place.port or 3306,
            user=unquote(place.username or ""),
            password=place.password or "",
            db=place.database,
            charset="utf8mb4",
        )

    async def run(self, units: Sequence[Unit], *, in_flight: int) -> float:
        """Write ``units``; return the seconds it took."""
        began = time.perf_counter()
        async with self._driver.cursor() as cursor:
            for handful in _handfuls(units, in_flight):
                await self._driver.begin()
                for statement, params, is_many in handful:
                    await (cursor.executemany if is_many else cursor.execute)(statement, params)
                await self._driver.commit()
        return time.perf_counter() - began

    async def close(self) -> None:
        self._driver.close()


CEILINGS: dict[str, Callable[[str], Any]] = {
    "sqlite": SqliteCeiling,
    "postgresql": PostgresqlCeiling,
    "mysql": MysqlCeiling,
}


def _handfuls(units: Sequence[Unit], size: int) -> list[Unit]:
    """Return what goes into one commit: the statements of ``size`` units."""
    return [[written for unit in units[at : at + size] for written in unit] for at in range(0, len(units), size)]


def _lanes(units: Sequence[Unit], size: int) -> list[list[Unit]]:
    """Share ``units`` out to ``size`` connections, in their order; those that name the same id go to the same one."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    named = [sorted(ids_of(unit)) for unit in units]
    for ids in named:
        for one in ids:
            leader[find(one)] = find(ids[0])
    lanes: list[list[Unit]] = [[] for _ in range(size)]
    place: dict[str, int] = {}
    for unit, ids in zip(units, named, strict=True):
        key = find(ids[0]) if ids else ""
        lanes[place.setdefault(key, len(place) % size)].append(unit)
    return lanes


def ids_of(unit: Unit) -> set[str]:
    """Return the ids of the rows that ``unit`` writes, and of what they belong to; people and the like are shared."""
    rows = [row for _, params, is_many in unit for row in (params if is_many else [params])]
    texts = {str(value) for row in rows for value in row if isinstance(value, (str, UUID))}
    return {text for text in texts if _IS_ID.fullmatch(text)} - SHARED
