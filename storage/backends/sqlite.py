"""SQLite: one file, one writer at a time."""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from core.errors import DatabaseTaken, DiskFull, RuleBroken, SkillwardenError, StorageError, Words
from storage.backends.base import Backend, T
from storage.backends.threads import Threads
from storage.transactions import translated

# Seconds to wait for another process that writes.
BUSY_TIMEOUT = 5.0

WRITER_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # The pauses of a checkpoint are the slowest commits; with 4,000 pages they are rare.
    "PRAGMA wal_autocheckpoint=4000",
)
READER_PRAGMAS = ("PRAGMA query_only=ON",)
# Rebuilding a table must not delete the rows that refer to it.
MIGRATION_PRAGMAS = (*WRITER_PRAGMAS, "PRAGMA foreign_keys=OFF")


class Sqlite(Backend):
    """The database in one file.

    Transactions that write hold the write lock from their first statement on: SQLite's own deferred transactions lose
    concurrent read-modify-writes.
    """

    readers = 4

    def __init__(self, url: URL) -> None:
        super().__init__(url.set(drivername="sqlite"), where=str(url.database))

    def writing(self) -> Threads:
        return Threads(self._engine("BEGIN IMMEDIATE", WRITER_PRAGMAS))

    def reading(self) -> Threads:
        return Threads(self.looking())

    def once(self, work: Callable[[Connection], T], *, changing: bool) -> T:
        engine = self._engine("BEGIN IMMEDIATE", MIGRATION_PRAGMAS) if changing else self.looking()
        with translated(self.error_of), engine.begin() as connection:
            return work(connection)

    def lock(self) -> None:
        """Return nothing: BEGIN IMMEDIATE has locked out everybody."""

    def error_of(self, error: Exception) -> SkillwardenError:
        """Return what is wrong, by SQLite's result code. https://sqlite.org/rescode.html."""
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        # The low byte is the primary code; the rest says more about it.
        if code & 0xFF == sqlite3.SQLITE_FULL:
            return DiskFull(path=self.where)
        if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
            return RuleBroken(reason=Words("a rule of its tables was broken ({rule})", rule=cause))
        return StorageError(reason=_reason(self.where, code & 0xFF, cause))

    def is_missing(self) -> bool:
        return not Path(self.where).exists()

    def keep_a_copy(self, revision: str) -> None:
        target = Path(f"{self.where}.{revision}")
        target.unlink(missing_ok=True)  # of an attempt that failed
        copy_file(Path(self.where), target)

    def before_migrating(self, connection: Connection) -> None:
        """Do nothing: BEGIN IMMEDIATE has locked out everybody."""

    def after_migrating(self, connection: Connection) -> None:
        check_references(connection, self.where)

    def after_failing(self, connection: Connection) -> None:
        """Do nothing: the transaction takes the tables along."""

    @asynccontextmanager
    async def occupied(self, *, alone: bool) -> AsyncIterator[None]:  # noqa: ARG002 - it is for one instance
        with ExitStack() as stack:
            try:
                # The lock of a home keeps others off that home; this one off the file, from whatever home.
                file = stack.enter_context(await asyncio.to_thread(Path(f"{self.where}.lock").open, "a"))
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise DatabaseTaken(database=self.where) from error
            except OSError as error:
                raise StorageError(reason=_reason(self.where, sqlite3.SQLITE_CANTOPEN, error)) from error
            yield

    def looking(self) -> Engine:
        """Return an engine that looks at the database, in the thread that calls it."""
        return self._engine("BEGIN", READER_PRAGMAS)

    def _engine(self, begin: str, pragmas: Sequence[str]) -> Engine:
        # What people wrote has no place in a traceback.
        options = {"timeout": BUSY_TIMEOUT}
        engine = create_engine(self.url, poolclass=NullPool, connect_args=options, hide_parameters=True)
        _prepare(engine, begin, pragmas)
        return engine


def copy_file(source: Path, target: Path) -> None:
    """Copy the database in ``source`` to the new file ``target`` and check the copy; others may go on meanwhile.

    Raises:
        StorageError: it is damaged, or ``target`` cannot be written.
        DiskFull: there is no space for the copy.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)
            (verdict,) = there.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DiskFull(path=target) from error
        raise StorageError(
            reason=Words(
                "{source} could not be copied to {target} ({detail})", source=source, target=target, detail=error
            )
        ) from error
    if verdict != "ok":
        target.unlink(missing_ok=True)
        raise StorageError(
            reason=Words("{source} is damaged ({verdict}); the copy was thrown away", source=source, verdict=verdict)
        )


def check_references(connection: Connection, path: str) -> None:
    """Do nothing when every reference leads to a row.

    Raises:
        StorageError: one does not.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise StorageError(
            reason=Words("{path} refers to rows that are missing, the first in {table}", path=path, table=broken[0][0])
        )


def _reason(where: str, code: int, error: BaseException) -> Words:
    """Return why ``where`` could not be used; what nobody has thought of is passed on as SQLite says it."""
    busy = Words("another program is writing to {where}; try again when it has finished", where=where)
    known = {
        sqlite3.SQLITE_BUSY: busy,
        sqlite3.SQLITE_LOCKED: busy,
        sqlite3.SQLITE_READONLY: Words(
            "{where} cannot be written; give the bot's user write permission for it and its folder", where=where
        ),
        sqlite3.SQLITE_CANTOPEN: Words(
            "{where} cannot be opened; check that its folder exists and who may write there", where=where
        ),
        sqlite3.SQLITE_IOERR: Words(
            "reading or writing {where} failed ({detail}); check the disk and its free space", where=where, detail=error
        ),
        sqlite3.SQLITE_CORRUPT: Words(
            "{where} is damaged ({detail}); put back a copy of it", where=where, detail=error
        ),
        sqlite3.SQLITE_NOTADB: Words("{where} is not a database; move it away or choose another file", where=where),
    }
    return known.get(code) or Words("{detail}", detail=error)


def _prepare(engine: Engine, begin: str, pragmas: Sequence[str]) -> None:
    def connected(connection: Any, _record: object) -> None:
        # BEGIN is said below, not by the driver.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    def say_begin(driver: PoolProxiedConnection) -> None:
        driver.execute(begin).close()

    event.listen(engine, "connect", connected)
    # The dialect says it: a listener to "begin" would make SQLAlchemy look for listeners at every statement.
    engine.dialect.do_begin = say_begin  # type: ignore[method-assign, assignment]  # of one engine
