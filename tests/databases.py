"""The databases that tests run on: SQLite in a folder, and a PostgreSQL and a MariaDB server on this machine.

The servers are found at ``SKILLWARDEN_TEST_POSTGRESQL`` and ``SKILLWARDEN_TEST_MYSQL`` (URLs of a user who may create
databases), or where they listen by default. Every process of pytest makes a database of its own there, empties it for
each test, and drops it at its end. Where a server is absent its tests are skipped, and say how to start one.
"""

from __future__ import annotations

import atexit
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, NullPool, Table, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.base import Executable
from sqlmodel import SQLModel

from storage.migrate import migrate
from storage.migrations.initial import guards

#: The connections that are kept open at the moment, by URL.
_KEPT: dict[str, Connection] = {}
#: What an SQLite database with all tables and no rows consists of, once one was made.
_EMPTY_FILE: list[bytes] = []
#: Backends by name; "sqlite" comes first.
BACKENDS = ("sqlite", "postgresql", "mysql")


class Server:
    """A database server, and the databases that this process has made there."""

    def __init__(self, variable: str, url: str, driver: str, start: str) -> None:
        self._url = make_url(os.environ.get(variable, url))
        self._driver = driver
        self._shared: str | None = None
        self._hint = f"{self._url.host} does not answer; {start}, or say where one is in {variable}"

    def create(self) -> str:
        """Return the URL of a new database without tables; it is dropped when the process ends."""
        name = f"skillwarden_test_{uuid4().hex[:12]}"
        try:
            self._command(f"CREATE DATABASE {name}")
        except SQLAlchemyError as error:
            pytest.skip(f"{self._hint} ({error})")
        atexit.register(self._command, f"DROP DATABASE {name}{self._force}")
        return self._url.set(database=name).render_as_string(hide_password=False)

    async def shared(self) -> str:
        """Return the URL of the one database with tables that tests of this process share."""
        if self._shared is None:
            url = self.create()
            await migrate(url)
            self._shared = url
        return self._shared

    def engine(self, url: str) -> Engine:
        """Return a way into the database at ``url`` that goes behind the program's back."""
        # What TLS needs would be read anew for each connection.
        options = {"ssl_disabled": True} if self._driver == "mysql+pymysql" else {}
        return create_engine(make_url(url).set(drivername=self._driver), poolclass=NullPool, connect_args=options)

    @property
    def _force(self) -> str:
        return " WITH (FORCE)" if self._url.get_backend_name() == "postgresql" else ""

    def _command(self, command: str) -> None:
        engine = create_engine(self._url.set(drivername=self._driver), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(command)


POSTGRESQL = Server(
    "SKILLWARDEN_TEST_POSTGRESQL",
    "postgresql://postgres@127.0.0.1:5432/postgres",
    "postgresql+psycopg",
    "start PostgreSQL (on Debian: apt-get install postgresql; pg_ctlcluster 15 main start)",
)
MYSQL = Server(
    "SKILLWARDEN_TEST_MYSQL",
    "mysql://root@127.0.0.1:3306/mysql",
    "mysql+pymysql",
    "start MariaDB (on Debian: apt-get install mariadb-server; service mariadb start)",
)


def empty_database(backend: str, folder: Path) -> str:
    """Return the URL of a database without tables."""
    if backend == "sqlite":
        return f"sqlite:///{folder / f'{uuid4().hex}.db'}"
    return {"postgresql": POSTGRESQL, "mysql": MYSQL}[backend].create()


async def database_with_tables(backend: str, folder: Path) -> str:
    """Return the URL of a database with all tables and no rows, which is this test's until it ends."""
    if backend == "sqlite":
        file = folder / "skillwarden.db"
        file.write_bytes(await _empty_file(folder))
        return f"sqlite:///{file}"
    server = {"postgresql": POSTGRESQL, "mysql": MYSQL}[backend]
    url = await server.shared()
    empty(url)
    return url


async def _empty_file(folder: Path) -> bytes:
    """Return an SQLite database with all tables; migrating takes a hundred times as long as copying."""
    if not _EMPTY_FILE:
        file = folder / "template.db"
        await migrate(f"sqlite:///{file}")
        _EMPTY_FILE.append(file.read_bytes())
        file.unlink()
    return _EMPTY_FILE[0]


def empty(url: str) -> None:
    """Delete every row of the database at ``url``, which is on a server."""
    with way_behind(url).begin() as connection:
        _EMPTY[make_url(url).get_backend_name()](connection)


@functools.cache
def way_behind(url: str) -> Engine:
    """Return a way into the database at ``url`` that goes behind the program's back."""
    match make_url(url).get_backend_name():
        case "postgresql":
            return POSTGRESQL.engine(url)
        case "mysql":
            return MYSQL.engine(url)
        case _:
            return create_engine(url, poolclass=NullPool)


def table(name: str) -> Table:
    """Return the table called ``name``: what is selected from it is the same on every database."""
    return SQLModel.metadata.tables[name]


def query(url: str, what: str | Executable) -> list[dict[str, Any]]:
    """Return the rows that ``what`` selects from the database at ``url``."""
    (rows,) = queries(url, what)
    return rows


def queries(url: str, *whats: str | Executable) -> list[list[dict[str, Any]]]:
    """Return the rows that each of ``whats`` selects, over one connection."""
    with _connected(url) as connection:
        results = (
            connection.exec_driver_sql(what) if isinstance(what, str) else connection.execute(what) for what in whats
        )
        return [[dict(row) for row in result.mappings()] for result in results]


@contextmanager
def kept_open(url: str) -> Iterator[None]:
    """Let all that is asked of the database at ``url`` meanwhile go over one connection: each new one costs time."""
    with way_behind(url).connect() as connection:
        _KEPT[url] = connection
        try:
            yield
        finally:
            del _KEPT[url]


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    kept = _KEPT.get(url)
    if kept is None:
        with way_behind(url).connect() as connection:
            yield connection
        return
    try:
        yield kept
    finally:
        kept.rollback()  # the next one sees what was committed since


@contextmanager
def around_triggers(behind: Engine) -> Iterator[Connection]:
    """Give a transaction in which nothing is refused, as whoever owns the database can have it."""
    with behind.begin() as connection:
        if behind.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield connection
            return
        guards_of_events = [one for one in guards.statements(behind.dialect) if "TRIGGER execution_events_no" in one]
        for statement in guards_of_events:
            connection.exec_driver_sql(f"DROP TRIGGER {statement.split()[2]}")
        try:
            yield connection
        finally:
            for statement in guards_of_events:
                connection.exec_driver_sql(statement)


def _rows() -> list[str]:
    tables = [table.name for table in reversed(SQLModel.metadata.sorted_tables) if table.name != "table_versions"]
    deletions = [f"DELETE FROM {table}" for table in tables]  # noqa: S608 - ours
    return [*deletions, "UPDATE table_versions SET version = 'emptied'"]


def _empty_postgresql(connection: Connection) -> None:
    # Switches triggers and references off.
    connection.exec_driver_sql(";".join(("SET LOCAL session_replication_role = replica", *_rows())))


def _empty_mysql(connection: Connection) -> None:
    for statement in ("SET FOREIGN_KEY_CHECKS = 0", "INSERT INTO retention_gate VALUES ()", *_rows()):
        connection.exec_driver_sql(statement)


_EMPTY: dict[str, Callable[[Connection], None]] = {"postgresql": _empty_postgresql, "mysql": _empty_mysql}
