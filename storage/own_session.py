"""OwnSession: one connection beside the pools, whose locks say which instances of the program are at work."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import DatabaseTaken, SkillwardenError
from storage.transactions import DRIVER_ERRORS, Translate, translated

T = TypeVar("T")

# Seconds after which the connection is looked at when nobody uses it, and until the server's silence is a failure.
KEEP = 10.0
SILENCE = 5.0

_log = logging.getLogger(__name__)


class OwnSession:
    """A session that is opened again when it was lost; what it had locked is lost with it."""

    def __init__(self, engine: AsyncEngine, occupy: Sequence[Executable], where: str, translate: Translate) -> None:
        """Connect through ``engine``; the last of the statements ``occupy`` says whether this instance may work."""
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._occupy = occupy
        self._where = where
        self._translate = translate
        self._one_at_a_time = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        #: Counts connections: what was locked in an earlier one is locked no more.
        self.generation = 0

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Open it, and keep it open until the context ends.

        Raises:
            DatabaseTaken: another instance keeps this one away.
            StorageError: the database cannot be reached.
        """
        keeper: asyncio.Task[None] | None = None
        try:
            await self.run(_look)
            keeper = asyncio.create_task(self._keep(), name="own session")
            yield
        finally:
            if keeper is not None:
                keeper.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await keeper
            async with self._one_at_a_time:
                await self._hang_up()
            await self._engine.dispose()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` on it, to its end, even when the one who waits has gone: what it locks must be known.

        Raises:
            DatabaseTaken, StorageError: as for ``kept``.
        """
        return await asyncio.shield(asyncio.ensure_future(self._run(work)))

    async def _run(self, work: Callable[[Connection], T]) -> T:
        async with self._one_at_a_time:
            with translated(self._translate):
                try:
                    async with asyncio.timeout(SILENCE):
                        connection = self._connection or await self._open()
                        return await connection.run_sync(work)
                except DRIVER_ERRORS:
                    await self._hang_up()
                    raise

    async def _open(self) -> AsyncConnection:
        self._connection = connection = await self._engine.connect()
        self.generation += 1
        if not await connection.run_sync(lambda one: _occupy(one, self._occupy)):
            await self._hang_up()
            raise DatabaseTaken(database=self._where)
        return connection

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(*DRIVER_ERRORS):
                await connection.invalidate()  # never back into a pool: its locks must go with it
            with contextlib.suppress(*DRIVER_ERRORS):
                await connection.close()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP)
            try:
                await self.run(_look)
            except SkillwardenError as error:
                _log.error("the place among the instances is lost", extra={"error": str(error)})


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1")


def _occupy(connection: Connection, statements: Sequence[Executable]) -> bool:
    *before, question = statements
    for statement in before:
        connection.execute(statement)
    return bool(connection.execute(question).scalar())
