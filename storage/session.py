"""Session: the transaction of one unit of work, as repositories see it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, Table, UpdateBase

from core.ports import Clock
from storage.memory import Known, Memory
from storage.row_map import RowMap
from storage.scrub import Scrubber
from storage.transactions import DRIVER_ERRORS, Transaction, Translate

T = TypeVar("T")
Params = Mapping[str, Any] | Sequence[Mapping[str, Any]]
_Written = tuple[Executable, Params]
_Waiting = _Written | Callable[[Connection], object]

# Without it the count of an INSERT is lost.
_COUNT = {"preserve_rowcount": True}


class Session:
    """Runs statements in order, and raises errors of ours. After an error it does nothing more."""

    def __init__(
        self,
        transaction: Transaction,
        *,
        scrub: Scrubber,
        clock: Clock,
        translate: Translate,
        memory: Memory,
        is_view: bool,
    ) -> None:
        self._transaction = transaction
        self._memory = memory
        self._learned: dict[str, Known] = {}
        self.is_view = is_view
        self._translate = translate
        self._waiting: list[_Waiting] = []
        self._asked: list[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = []
        self._written: set[str] = set()
        self._failure: Exception | None = None
        self.scrub = scrub
        self.clock = clock
        #: What a transaction that writes has read or updated last, by its map and id: nobody else writes meanwhile.
        self.seen: dict[tuple[RowMap[Any], str | None], Any] = {}
        #: Ids of the executions this transaction has added: nothing else can be stored about them yet.
        self.new_executions: set[str] = set()

    def write(self, statement: Executable, params: Params) -> None:
        """Run a statement whose outcome nobody asks for: together with the next one that somebody does.

        It saves a switch between the event loop and the driver.
        """
        self._note(statement)
        self._waiting.append((statement, params))

    def write_by(self, table: str, work: Callable[[Connection], object]) -> None:
        """Do ``work``, which writes ``table`` by what it finds there, as ``write`` does."""
        self._written.add(table)
        self._waiting.append(work)

    async def rows(self, statement: Executable, params: Params | None = None) -> Sequence[Row[Any]]:
        """Return all rows of a query."""
        return await self._run(lambda connection: connection.execute(statement, params).all())

    async def whole(self, table: Table, statement: Executable, shape: Callable[[Sequence[Row[Any]]], T]) -> T:
        """Return what ``shape`` makes of all rows of a table that has a version; each has one such query."""

        def read(connection: Connection) -> T:
            return shape(connection.execute(statement).all())

        learn = self._memory.learn if self.is_view else self._learned.__setitem__
        return await self._run(lambda connection: self._memory.recall(connection, table, read, learn))

    async def change(self, statement: Executable, params: Params) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        self._note(statement)
        return await self._run(
            lambda connection: connection.execute(statement, params, execution_options=_COUNT).rowcount
        )

    async def commit(self) -> frozenset[str]:
        """Commit the transaction; return the names of the tables that it wrote."""
        waiting = self._take()
        await self._translated(self._transaction.commit(lambda connection: _execute(connection, waiting)))
        for table, known in self._learned.items():
            self._memory.learn(table, known)
        written, self._written = frozenset(self._written), set()
        # Whoever goes on does so after others.
        self.seen.clear()
        self.new_executions.clear()
        return written

    def _note(self, statement: Executable) -> None:
        if isinstance(statement, UpdateBase):
            self._written.add(statement.entity_description["name"])

    async def _run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work``; what others ask for at the same moment goes to the driver together with it."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked.append((work, answer))
        if len(self._asked) == 1:
            await self._answer()
        return await answer

    async def _answer(self) -> None:
        asked = self._asked
        try:
            await asyncio.sleep(0)  # the others of this moment
            self._asked = []
            waiting = self._take()

            def all_of_it(connection: Connection) -> list[Any]:
                _execute(connection, waiting)
                return [work(connection) for work, _ in asked]

            answers = await self._translated(self._transaction.run(all_of_it))
        except BaseException as error:
            self._asked = []
            for _, answer in asked:
                if isinstance(error, Exception) and not answer.done():
                    answer.set_exception(error)
                answer.cancel()
            if not isinstance(error, Exception):
                raise
        else:
            for (_, answer), value in zip(asked, answers, strict=True):
                if not answer.done():
                    answer.set_result(value)

    def _take(self) -> list[_Waiting]:
        if self._failure is not None:
            raise self._failure
        waiting, self._waiting = self._waiting, []
        return waiting

    async def _translated(self, outcome: Awaitable[T]) -> T:
        try:
            return await outcome
        except DRIVER_ERRORS as error:
            self._failure = self._translate(error)
            raise self._failure from error
        except Exception as error:
            self._failure = error
            raise


def _execute(connection: Connection, waiting: Sequence[_Waiting]) -> None:
    for kind, group in itertools.groupby(waiting, key=_kind):
        if callable(kind):
            kind(connection)
            continue
        rows = [params for _, params in group]  # type: ignore[misc]  # of one kind
        # The same statement again and again is one call of the driver.
        together = rows[0] if len(rows) == 1 else [row for one in rows for row in _each(one)]
        connection.execute(kind[0], together)


def _kind(waiting: _Waiting) -> tuple[Executable, tuple[str, ...]] | Callable[[Connection], object]:
    """Return what one call of the driver needs to be the same: the statement and the columns."""
    if callable(waiting):
        return waiting
    statement, params = waiting
    return statement, tuple(next(iter(_each(params)), ()))


def _each(params: Params) -> Sequence[Mapping[str, Any]]:
    return [params] if isinstance(params, Mapping) else params
