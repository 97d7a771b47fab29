"""SQLite: how ``database.py`` opens it, and what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import DiskFull, SkillwardenError, StorageError

# Seconds to wait for another process that writes.
BUSY_TIMEOUT = 5.0
# Units of work that read at the same time; more of them queue.
READERS = 4

WRITER_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # The pauses of a checkpoint are the slowest commits; with 4,000 pages they are rare.
    "PRAGMA wal_autocheckpoint=4000",
)
READER_PRAGMAS = ("PRAGMA query_only=ON",)


def writing_engine(url: URL) -> AsyncEngine:
    """Return an engine whose transactions hold the write lock from their first statement on.

    SQLite's own deferred transactions lose concurrent read-modify-writes.
    """
    return _async_engine(url, begin="BEGIN IMMEDIATE", pragmas=WRITER_PRAGMAS, connections=1)


def reading_engine(url: URL) -> AsyncEngine:
    """Return an engine whose connections refuse to write."""
    return _async_engine(url, begin="BEGIN", pragmas=READER_PRAGMAS, connections=READERS)


def migrating_engine(url: URL) -> Engine:
    """Return an engine for changes of the schema: rebuilding a table must not delete the rows that refer to it."""
    return _engine(url, begin="BEGIN IMMEDIATE", pragmas=[*WRITER_PRAGMAS, "PRAGMA foreign_keys=OFF"])


def check_references(connection: Connection, path: str) -> None:
    """Do nothing when every reference leads to a row.

    Raises:
        StorageError: one does not.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise StorageError(reason=f"{path} refers to rows that are missing, the first in {broken[0][0]}")


def error_of(error: DBAPIError, path: str) -> SkillwardenError:
    """Return what is wrong with the database at ``path``, by SQLite's result code. https://sqlite.org/rescode.html."""
    code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    # The low byte is the primary code; the rest says more about it.
    if code & 0xFF == sqlite3.SQLITE_FULL:
        return DiskFull(path=path)
    reason = _REASONS.get(code & 0xFF, "{detail}")
    return StorageError(reason=reason.format(path=path, detail=error.orig))


_REASONS = {
    sqlite3.SQLITE_BUSY: "another program is writing to {path}; try again when it has finished",
    sqlite3.SQLITE_LOCKED: "another program is writing to {path}; try again when it has finished",
    sqlite3.SQLITE_READONLY: "{path} cannot be written; give the bot's user write permission for it and its folder",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; check that its folder exists and who may write there",
    sqlite3.SQLITE_IOERR: "reading or writing {path} failed ({detail}); check the disk and its free space",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({detail}); put back a copy of it",
    sqlite3.SQLITE_NOTADB: "{path} is not a database; move it away or choose another file",
    sqlite3.SQLITE_CONSTRAINT: "a rule of its tables was broken ({detail})",
}


def looking_engine(url: URL) -> Engine:
    """Return an engine that looks at a database before the program runs."""
    return _engine(url, begin="BEGIN", pragmas=READER_PRAGMAS)


def _async_engine(url: URL, *, begin: str, pragmas: Sequence[str], connections: int) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        pool_size=connections,
        max_overflow=0,
        connect_args={"timeout": BUSY_TIMEOUT},
        # What people wrote has no place in a traceback.
        hide_parameters=True,
    )
    _prepare(engine.sync_engine, begin, pragmas)
    return engine


def _engine(url: URL, *, begin: str, pragmas: Sequence[str]) -> Engine:
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_TIMEOUT}, hide_parameters=True)
    _prepare(engine, begin, pragmas)
    return engine


def _prepare(engine: Engine, begin: str, pragmas: Sequence[str]) -> None:
    def connected(connection: Any, _record: object) -> None:
        # BEGIN is said below, not by the driver.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    def say_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", say_begin)
