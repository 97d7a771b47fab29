"""Transactions: what one unit of work has of a connection, and how those that only read come by one."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from core.errors import SkillwardenError, StorageError, Words

T = TypeVar("T")

#: Gives the error of ours for one of the driver's.
Translate = Callable[[Exception], SkillwardenError]

#: What drivers raise: through SQLAlchemy, and as it is while they connect.
DRIVER_ERRORS = (DBAPIError, OSError)


class Line(Protocol):
    """A connection to the database, as SQLAlchemy's AsyncConnection is one."""

    def start(self) -> Awaitable[object]:
        """Open it."""

    async def run_sync(self, work: Callable[[Connection], T], /) -> T:
        """Do ``work`` with it."""

    async def close(self) -> None:
        """Close it: what was not committed is rolled back."""


class Exchange(Protocol):
    """Where connections come from, as SQLAlchemy's AsyncEngine is one."""

    def connect(self) -> Line:
        """Return a connection that is not open yet."""

    async def dispose(self) -> None:
        """Close what nobody uses."""


class Link:
    """A connection that does one thing at a time: closing waits for what was begun, also for nobody any more.

    Whoever gathers several questions is told of the first that fails, or is cancelled, while the others go on.
    """

    def __init__(self, line: Line) -> None:
        """Use ``line``, which is not open yet."""
        self._line = line
        self._is_open = False
        self._busy = asyncio.Lock()

    async def start(self) -> None:
        """Open it."""
        await self._line.start()
        self._is_open = True

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` with it."""
        async with self._busy:
            return await self._line.run_sync(work)

    async def close(self) -> None:
        """Close it, if it could be opened: what was not committed is rolled back."""
        async with self._busy:
            if self._is_open:
                await self._line.close()


class Door:
    """Opens connections; whoever waited for a turn while one could not be opened in time does not try once more."""

    def __init__(self, exchange: Exchange) -> None:
        """Open those of ``exchange``."""
        self._exchange = exchange
        self._silent_at = float("-inf")

    async def open(self, since: float) -> Link:
        """Return an open connection for who has waited ``since`` a time of the loop.

        Raises:
            TimeoutError: the server is silent, or has been to somebody else meanwhile.
        """
        if self._silent_at >= since:
            raise TimeoutError
        link = Link(self._exchange.connect())
        try:
            await link.start()
        except TimeoutError:
            self._silent_at = asyncio.get_running_loop().time()
            raise
        return link


class Transaction(ABC):
    """The transaction of one unit of work."""

    @abstractmethod
    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` inside it."""

    @abstractmethod
    async def commit(self, work: Callable[[Connection], object]) -> None:
        """Do ``work``, then make everything durable; what is done afterwards needs another commit."""


class Readers:
    """Consistent views, as many at a time as there are connections."""

    def __init__(self, exchange: Exchange, size: int, translate: Translate) -> None:
        self._door = Door(exchange)
        self._room = asyncio.Semaphore(size)
        self._translate = translate

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Transaction]:
        """Open a view, which ends with the context."""
        since = asyncio.get_running_loop().time()
        async with self._room:
            with translated(self._translate):
                link = await self._door.open(since)
            try:
                yield _View(link)
            finally:
                await asyncio.shield(link.close())  # even when the one who waited has gone


class _View(Transaction):
    def __init__(self, link: Link) -> None:
        self._link = link

    async def run(self, work: Callable[[Connection], T]) -> T:
        return await self._link.run_sync(work)

    async def commit(self, work: Callable[[Connection], object]) -> None:  # noqa: ARG002 - there is none
        raise StorageError(reason=Words("a unit of work that reads cannot commit; open one that writes"))


@contextlib.contextmanager
def translated(translate: Translate) -> Iterator[None]:
    """Raise our error for one of the driver's."""
    try:
        yield
    except DRIVER_ERRORS as error:
        raise translate(error) from error
