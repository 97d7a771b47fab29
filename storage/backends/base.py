"""Backend: what databases do differently, behind one face."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Executable
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import SkillwardenError
from storage.session import translated

T = TypeVar("T")

#: A statement that waits for a lock, which ends with the transaction.
Lock = tuple[Executable, Mapping[str, Any]]


class Backend(ABC):
    """One kind of database, and where one of them is.

    ``where`` names the place in messages, without a password; ``readers`` is how many read at the same time.
    """

    readers: int

    def __init__(self, url: URL, where: str) -> None:
        self.url = url
        self.where = where

    @abstractmethod
    def writing(self) -> AsyncEngine:
        """Return an engine for transactions that write, each seeing what was committed before its statements."""

    @abstractmethod
    def reading(self) -> AsyncEngine:
        """Return an engine for consistent views, whose connections refuse to write."""

    @abstractmethod
    def migrating(self) -> AsyncEngine:
        """Return an engine for changes of the schema."""

    def once(self, work: Callable[[Connection], T], *, changing: bool) -> T:
        """Do ``work`` in a transaction, in this thread; the schema may be changed if ``changing``.

        Raises:
            StorageError, DiskFull: the database cannot be used; nothing was changed.
        """
        engine = self.migrating() if changing else self.reading()

        async def in_its_own_loop() -> T:
            try:
                async with engine.begin() as connection:
                    return await connection.run_sync(work)
            finally:
                await engine.dispose()

        with translated(self.error_of):
            return asyncio.run(in_its_own_loop())

    @abstractmethod
    def lock(self) -> Lock | None:
        """Return what keeps the writers of other processes away."""

    @abstractmethod
    def error_of(self, error: Exception) -> SkillwardenError:
        """Return our error for one of the driver's, raised through SQLAlchemy or as it is."""

    def is_missing(self) -> bool:
        """Return whether there is no database yet, so that there is nothing to ask."""
        return False

    @abstractmethod
    def keep_a_copy(self, revision: str) -> None:
        """Copy the database, which is of ``revision``, before it is changed; a server's administrator sees to that.

        Raises:
            StorageError, DiskFull: it cannot be copied.
        """

    @abstractmethod
    def before_migrating(self, connection: Connection) -> None:
        """Keep other migrations away until the connection closes, and prepare the database for new tables."""

    @abstractmethod
    def after_migrating(self, connection: Connection) -> None:
        """Check what the migration left.

        Raises:
            StorageError: it must not stay so.
        """

    @abstractmethod
    def after_failing(self, connection: Connection) -> None:
        """Remove what a failed creation left, where the database does not do it by itself."""


class OneWriter:
    """Writers of this process take turns; who goes ahead waits for one of them at most."""

    def __init__(self) -> None:
        self._writer, self._queue = asyncio.Lock(), asyncio.Lock()

    def turn(self, *, ahead: bool) -> AbstractAsyncContextManager[object]:
        """Return what is held from the beginning of a transaction to its end."""
        return self._writer if ahead else self._in_line()

    @contextlib.asynccontextmanager
    async def _in_line(self) -> AsyncIterator[None]:
        # Those in line wait for each other, so that whoever goes ahead waits for the present writer alone.
        async with self._queue, self._writer:
            yield
