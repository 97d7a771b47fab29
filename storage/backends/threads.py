"""Threads: SQLite connections, each on its thread of aiosqlite, which is given whole pieces of work.

SQLAlchemy's own adapter gives the thread single calls of the driver - open a cursor, execute, fetch, close it - and
waits for each of them: the switches from thread to thread took longer than SQLite. Here everything that is asked at a
time goes there in one piece, SQLAlchemy's part of it too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar

import aiosqlite
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")


class _Thread(aiosqlite.Connection):
    """aiosqlite's connection and its thread; pieces of work are done in the order in which they came."""

    def __init__(self, engine: Engine) -> None:
        """Connect through ``engine``, once it is awaited."""
        super().__init__(self._opened, iter_chunk_size=1)
        self._thread.daemon = True  # who forgets to close must not keep the program from ending
        self._engine = engine

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` to its end, even when the one who waits for it has gone."""
        return await self._execute(work, self._link)  # type: ignore[no-any-return, no-untyped-call]  # aiosqlite's

    def rest(self) -> None:
        """End the transaction behind all work; nobody waits for that."""
        self._tx.put_nowait((None, self._roll_back))

    async def close(self) -> None:
        if self._connection is not None:
            await self.run(Connection.close)
        await super().close()

    def _opened(self) -> Any:
        self._link = self._engine.connect()
        return self._link.connection.driver_connection

    def _roll_back(self) -> None:
        try:
            self._link.rollback()
        except DBAPIError:
            self._link.invalidate()  # another one is opened when it is needed
            self._link.rollback()


class Threads:
    """Connects through ``engine``, whose pool must keep none; connections that are closed are used again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._free: list[_Thread] = []

    def connect(self) -> Borrowed:
        """Return a connection that is not open yet."""
        return Borrowed(self._engine, self._free)

    async def dispose(self) -> None:
        """Close those that nobody uses."""
        while self._free:
            await self._free.pop().close()
        self._engine.dispose()


class Borrowed:
    """The use of a connection, from ``start`` to ``close``, in the words of SQLAlchemy's AsyncConnection."""

    def __init__(self, engine: Engine, free: list[_Thread]) -> None:
        """Take one of ``free``, which gets it back, or else a new one of ``engine``."""
        self._engine = engine
        self._free = free
        self._thread: _Thread | None = None

    async def start(self) -> Self:
        """Open it.

        Raises:
            DBAPIError: it cannot be opened.
        """
        self._thread = self._free.pop() if self._free else await _Thread(self._engine)  # type: ignore[assignment]  # aiosqlite names its base
        return self

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` with it."""
        if self._thread is None:
            raise ValueError("the connection is not open")
        return await self._thread.run(work)

    async def close(self) -> None:
        """Give it back: what was not committed is rolled back."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.rest()
            self._free.append(thread)
