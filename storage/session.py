"""Session: the transaction of one unit of work, as repositories see it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import SkillwardenError
from core.ports import Clock
from storage.scrub import Scrubber

T = TypeVar("T")
Params = Mapping[str, Any] | Sequence[Mapping[str, Any]]

#: Gives the error of ours for one of the driver's.
Translate = Callable[[Exception], SkillwardenError]

# What drivers raise: through SQLAlchemy, and as it is while they connect.
_DRIVER_ERRORS = (DBAPIError, OSError)

# Without it the count of an INSERT is lost.
_COUNT = {"preserve_rowcount": True}


class Session:
    """Runs statements in order, and raises errors of ours. After an error it does nothing more."""

    def __init__(self, connection: AsyncConnection, *, scrub: Scrubber, clock: Clock, translate: Translate) -> None:
        self._connection = connection
        self._translate = translate
        self._waiting: list[tuple[Executable, Params]] = []
        self._failure: SkillwardenError | None = None
        self.scrub = scrub
        self.clock = clock
        #: Ids of the executions this transaction has added: nothing else can be stored about them yet.
        self.new_executions: set[str] = set()

    def write(self, statement: Executable, params: Params) -> None:
        """Run a statement whose outcome nobody asks for: together with the next one that somebody does.

        It saves a switch between the event loop and the driver.
        """
        self._waiting.append((statement, params))

    async def rows(self, statement: Executable, params: Params | None = None) -> Sequence[Row[Any]]:
        """Return all rows of a query."""
        return await self._run(lambda connection: connection.execute(statement, params).all())

    async def change(self, statement: Executable, params: Params) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        return await self._run(
            lambda connection: connection.execute(statement, params, execution_options=_COUNT).rowcount
        )

    async def commit(self) -> None:
        """Commit the transaction."""
        await self._run(Connection.commit)

    async def _run(self, work: Callable[[Connection], T]) -> T:
        if self._failure is not None:
            raise self._failure
        waiting, self._waiting = self._waiting, []

        def all_of_it(connection: Connection) -> T:
            for statement, params in waiting:
                connection.execute(statement, params)
            return work(connection)

        try:
            return await self._connection.run_sync(all_of_it)
        except _DRIVER_ERRORS as error:
            self._failure = self._translate(error)
            raise self._failure from error


@contextlib.contextmanager
def translated(translate: Translate) -> Iterator[None]:
    """Raise our error for one of the driver's."""
    try:
        yield
    except _DRIVER_ERRORS as error:
        raise translate(error) from error
