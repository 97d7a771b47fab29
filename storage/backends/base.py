"""Backend: what databases do differently, behind one face."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Executable
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import SkillwardenError, StorageError, Words
from storage.own_session import OwnSession
from storage.transactions import Exchange, translated

T = TypeVar("T")

# Seconds until a server that does not greet whoever connects counts as unreachable.
CONNECT_TIMEOUT = 5.0
# Seconds until another writer or migration is given up.
LOCK_TIMEOUT = 20
# Seconds without an answer after which a statement counts as lost. Longer than a wait for another writer, so that it is
# the server who says why; what the service asks takes milliseconds, and what is large it asks in portions. A change of
# the schema is not limited: it takes as long as it takes.
STATEMENT_TIMEOUT = 30.0

#: A statement that waits for a lock, which ends with the transaction.
Lock = tuple[Executable, Mapping[str, Any]]


class Backend(ABC):
    """One kind of database, and where one of them is.

    ``where`` names the place in messages, without a password; ``readers`` is how many read at the same time.
    """

    readers: int
    #: Whether several instances of the program may work on it.
    takes_several = False
    #: What an empty database needs to be told before its tables are made.
    preparation: tuple[str, ...] = ()

    def __init__(self, url: URL, where: str) -> None:
        self.url = url
        self.where = where

    @abstractmethod
    def writing(self) -> Exchange:
        """Return one connection for transactions that write, seeing what was committed before each statement."""

    @abstractmethod
    def reading(self) -> Exchange:
        """Return connections for consistent views, which refuse to write."""

    @abstractmethod
    def once(self, work: Callable[[Connection], T], *, changing: bool) -> T:
        """Do ``work`` in a transaction, in this thread; the schema may be changed if ``changing``.

        Raises:
            StorageError, DiskFull: the database cannot be used; nothing was changed.
        """

    @abstractmethod
    def lock(self) -> Lock | None:
        """Return what keeps the writers of other processes away."""

    @abstractmethod
    def error_of(self, error: Exception) -> SkillwardenError:
        """Return our error for one of the driver's, raised through SQLAlchemy or as it is."""

    def is_missing(self) -> bool:
        """Return whether there is no database yet, so that there is nothing to ask."""
        return False

    def text_problem(self) -> Words | None:
        """Return what is wrong with how the tables keep text, where they can keep it in several ways.

        Raises:
            StorageError: the database cannot be read.
        """
        return None

    @abstractmethod
    def occupied(self, *, alone: bool) -> AbstractAsyncContextManager[OwnSession | None]:
        """Keep other instances away while the context lasts; only beside those of a server may others be let in.

        Raises:
            DatabaseTaken: one is there that works alone, or any if this one is to be ``alone``.
            StorageError: the database cannot be reached.
        """

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
        """Remove what a creation left that failed or was killed, where the database does not do it by itself."""


def check_options(url: URL, known: Mapping[str, Collection[str]]) -> None:
    """Do nothing when what follows the "?" of ``url`` is ``known``: each option, and its values unless it takes any.

    Raises:
        StorageError: one is not.
    """
    for option, value in sorted(url.query.items()):
        if option not in known:
            options = ", ".join(sorted(known))
            raise StorageError(
                reason=Words(
                    "its URL has the option {option}, which is not known; known are {options}",
                    option=option,
                    options=options,
                )
            )
        if known[option] and value not in known[option]:
            values = ", ".join(sorted(known[option]))
            raise StorageError(
                reason=Words(
                    "its URL has for the option {option} a value that is not known; known are {values}",
                    option=option,
                    values=values,
                )
            )


class Server(Backend):
    """A database that is reached over the network, by SQLAlchemy's asynchronous engines."""

    @abstractmethod
    def occupying(self, *, alone: bool) -> tuple[Executable, ...]:
        """Return statements for a connection of its own; the last one says whether this instance may work now.

        It may until that connection ends. Others may beside it unless it has to be ``alone``.
        """

    @contextlib.asynccontextmanager
    async def occupied(self, *, alone: bool) -> AsyncIterator[OwnSession]:
        session = OwnSession(self.migrating(), self.occupying(alone=alone), self.where, self.error_of)
        async with session.kept():
            yield session

    @abstractmethod
    def writing(self) -> AsyncEngine: ...

    @abstractmethod
    def reading(self) -> AsyncEngine: ...

    @abstractmethod
    def migrating(self) -> AsyncEngine:
        """Return an engine for changes of the schema."""

    def once(self, work: Callable[[Connection], T], *, changing: bool) -> T:
        engine = self.migrating() if changing else self.reading()

        async def in_its_own_loop() -> T:
            try:
                async with engine.begin() as connection:
                    return await connection.run_sync(work)
            finally:
                await engine.dispose()

        with translated(self.error_of):
            return asyncio.run(in_its_own_loop())
