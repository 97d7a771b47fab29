"""Threaded: a blocking driver behind the face of SQLAlchemy's AsyncEngine, as far as units of work need it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")


class Threaded:
    """``engine`` with up to ``size`` connections at a time, each on a thread of its own.

    A piece of work is one switch of threads, however many statements it makes; the asynchronous driver for SQLite
    switches four times for each.
    """

    def __init__(self, engine: Engine, size: int) -> None:
        self._engine = engine
        self._threads = tuple(ThreadPoolExecutor(1, thread_name_prefix="sqlite") for _ in range(size))
        self._idle = list(self._threads)

    def connect(self) -> ThreadedConnection:
        """Return a connection that is not open yet; there must not be more than ``size`` of them at a time."""
        return ThreadedConnection(self._engine, self._idle)

    async def dispose(self) -> None:
        """Close all connections and end the threads."""
        await asyncio.to_thread(self._dispose)

    def _dispose(self) -> None:
        for thread in self._threads:
            thread.shutdown()
        self._engine.dispose()


class ThreadedConnection:
    """One connection, opened by the first work. What is cancelled while it runs ends before anything else begins."""

    def __init__(self, engine: Engine, idle: list[ThreadPoolExecutor]) -> None:
        self._engine = engine
        self._idle = idle
        self._thread = idle.pop()
        self._connection: Connection | None = None

    async def start(self) -> None:
        """Do nothing yet."""

    async def run_sync(self, work: Callable[[Connection], T], /) -> T:
        """Do ``work`` with the connection."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    async def close(self) -> None:
        """Roll back what was not committed, behind everything that was begun, and give the connection back."""
        # Nobody has to wait: whoever gets this thread comes after it.
        self._thread.submit(self._close)
        self._idle.append(self._thread)

    def _do(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
        return work(self._connection)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
