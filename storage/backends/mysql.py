"""MySQL and MariaDB: one writer at a time, as with SQLite."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import URL, Connection, Executable, NullPool, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import SQLModel

from core.errors import DiskFull, RuleBroken, SkillwardenError, StorageError
from storage.backends.base import Lock, Server
from storage.types import json_text

# Seconds until a server that does not answer counts as unreachable, and until another writer or migration is given up.
CONNECT_TIMEOUT = 5
LOCK_TIMEOUT = 20

# Text that is too long is an error, and moments are UTC. InnoDB waits for the row below for as long as it may.
_SETTINGS = (
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', "
    f"time_zone = '+00:00', innodb_lock_wait_timeout = {LOCK_TIMEOUT}"
)
_READ_ONLY = "SET SESSION TRANSACTION READ ONLY"
# Every database has this row, once.
_ALONE = text("SELECT version_num FROM alembic_version FOR UPDATE")
# A name may have 64 characters, and that of a database too.
_ONLY = text("SELECT GET_LOCK(concat('skillwarden:only:', sha1(database())), 0)")
# The connection is silent, and stays.
_STAYING = text("SET SESSION wait_timeout = 31536000")
_MIGRATING = f"SELECT GET_LOCK(concat('skillwarden:', database()), {LOCK_TIMEOUT})"


class Mysql(Server):
    """A database of a MySQL 8 or MariaDB server, reached with asyncmy. MariaDB is what the tests run on.

    Raises:
        StorageError: the URL names no database.
    """

    readers = 4

    def __init__(self, url: URL) -> None:
        if not url.database:
            raise StorageError(reason="its URL names no database; write mysql://user@host/database")
        where = f"{url.host or 'localhost'}:{url.port or 3306}/{url.database}"
        super().__init__(url.set(drivername="mysql+asyncmy"), where)

    def writing(self) -> AsyncEngine:
        return self._engine(pool_size=1, max_overflow=0, isolation_level="READ COMMITTED")

    def reading(self) -> AsyncEngine:
        pool = {"pool_size": self.readers, "max_overflow": 0, "isolation_level": "REPEATABLE READ"}
        return self._engine(_READ_ONLY, **pool)

    def migrating(self) -> AsyncEngine:
        return self._engine(poolclass=NullPool)

    def lock(self) -> Lock:
        return _ALONE, {}

    def occupying(self, *, alone: bool) -> tuple[Executable, ...]:  # noqa: ARG002 - it is for one instance
        return _STAYING, _ONLY

    def error_of(self, error: Exception) -> SkillwardenError:
        """Return what is wrong, by MySQL's and MariaDB's error numbers."""
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        number, message = (*cause.args, "", "")[:2]
        if number in _DISK_FULL:
            return DiskFull(path=self.where)
        if number in _RULES:
            return RuleBroken(reason=f"a rule of its tables was broken ({_RULES[number]}{_named(str(message))})")
        reason = _REASONS.get(number) if isinstance(number, int) else None
        if reason is None and not isinstance(number, int):
            reason = "{where} does not answer ({kind}); check that it runs and its URL"
        reason = reason or "{where} answered {number}"
        return StorageError(reason=reason.format(where=self.where, number=number, kind=type(cause).__name__))

    def keep_a_copy(self, revision: str) -> None:
        """Do nothing: what a server holds is backed up by its own tools."""

    def before_migrating(self, connection: Connection) -> None:
        if connection.exec_driver_sql(_MIGRATING).scalar() != 1:
            raise StorageError(reason=f"another program is changing the tables of {self.where}; try again later")
        # Tables are made with these: text of every script, compared byte by byte as on the other databases.
        connection.exec_driver_sql("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")

    def after_migrating(self, connection: Connection) -> None:
        """Do nothing: references were checked all along."""

    def after_failing(self, connection: Connection) -> None:
        # Every CREATE has been committed by itself.
        connection.exec_driver_sql("DROP VIEW IF EXISTS approval_requests")
        connection.exec_driver_sql("SET FOREIGN_KEY_CHECKS = 0")
        SQLModel.metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")

    def _engine(self, *settings: str, **pool: Any) -> AsyncEngine:
        engine = create_async_engine(
            self.url,
            connect_args={"connect_timeout": CONNECT_TIMEOUT, "charset": "utf8mb4"},
            json_serializer=json_text,
            hide_parameters=True,
            **pool,
        )

        def connected(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            for setting in (_SETTINGS, *settings):
                cursor.execute(setting)
            cursor.close()

        event.listen(engine.sync_engine, "connect", connected)
        return engine


def _named(message: str) -> str:
    # Only the name of the rule: the message quotes the values of the row.
    found = re.search(r"(?:for key|CONSTRAINT|Check constraint|[Cc]olumn) ['`](?P<name>[^'`]+)['`]", message)
    return found["name"] if found else "unnamed"


# ER_DISK_FULL, ER_RECORD_FILE_FULL, ER_TEMP_FILE_WRITE_FAILURE.
_DISK_FULL = frozenset({1021, 1114, 1878})
_RULES = {
    1062: "UNIQUE ",
    1216: "FOREIGN KEY ",
    1217: "FOREIGN KEY ",
    1451: "FOREIGN KEY ",
    1452: "FOREIGN KEY ",
    1048: "NOT NULL ",
    1364: "NOT NULL ",
    1264: "the range of ",
    1366: "the characters of ",
    1406: "the length of ",
    3819: "CHECK ",
    4025: "CHECK ",
    1644: "",
}
_REASONS = {
    1044: "{where} does not let the bot in; grant its user all privileges on the database",
    1045: "{where} does not let the bot in; check user and password in its URL",
    1049: "{where} does not exist; create it, or choose another one",
    1040: "{where} has no more connections for the bot",
    1205: "another program is writing to {where}; try again when it has finished",
    1213: "another program was writing to {where} at the same moment; try again",
    1290: "{where} cannot be written; its server is read-only",
    1792: "{where} cannot be written here; open a unit of work that writes",
    1836: "{where} cannot be written; its server is read-only",
    2002: "{where} does not answer; check that it runs and its URL",
    2003: "{where} does not answer; check that it runs and its URL",
    2006: "the connection to {where} was lost; check that the server runs",
    2013: "the connection to {where} was lost; check that the server runs",
    2014: "the connection to {where} was lost; check that the server runs",
    1419: "the bot's user may not make triggers in {where}; set log_bin_trust_function_creators on the server",
}
