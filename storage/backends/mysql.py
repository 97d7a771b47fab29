"""MySQL and MariaDB: one writer at a time, as with SQLite."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

from sqlalchemy import URL, Connection, Executable, NullPool, bindparam, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import SQLModel

from core.errors import DiskFull, RuleBroken, SkillwardenError, StorageError, Words, listed
from storage.backends.base import CONNECT_TIMEOUT, LOCK_TIMEOUT, STATEMENT_TIMEOUT, Lock, Server, check_options
from storage.types import json_text

# Text that is too long is an error, and moments are UTC. InnoDB waits for the row below for as long as it may.
_SETTINGS = (
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', "
    f"time_zone = '+00:00', innodb_lock_wait_timeout = {LOCK_TIMEOUT}"
)
# What may follow the "?" of the URL, and what else than any text it says; the character set is ours, whatever it says.
_OPTIONS = {
    **dict.fromkeys(("charset", "ssl_ca", "ssl_capath", "ssl_cert", "ssl_cipher", "ssl_key"), ()),
    "ssl_check_hostname": ("true", "false"),
}
_COLLATION = "utf8mb4_bin"
_OTHER_COLLATIONS = text(
    "SELECT table_name, collation_name FROM information_schema.columns"
    " WHERE table_schema = database() AND table_name IN :ours AND collation_name <> :collation"
    " ORDER BY table_name, ordinal_position LIMIT 1"
).bindparams(bindparam("ours", expanding=True), collation=_COLLATION)
_READ_ONLY = "SET SESSION TRANSACTION READ ONLY"
# Every database has this row, once.
_ALONE = text("SELECT version_num FROM alembic_version FOR UPDATE")
# A name may have 64 characters, and that of a database too.
_ONLY = text("SELECT GET_LOCK(concat('skillwarden:only:', sha1(database())), 0)")
# The connection is silent, and stays.
_STAYING = text("SET SESSION wait_timeout = 31536000")
_MIGRATING = f"SELECT GET_LOCK(concat('skillwarden:', database()), {LOCK_TIMEOUT})"

# The driver logs remarks, such as that a primary key has no name of its own; what matters is an error.
logging.getLogger("asyncmy").setLevel(logging.ERROR)


class Mysql(Server):
    """A database of a MySQL 8 or MariaDB server, reached with asyncmy. MariaDB is what the tests run on.

    Raises:
        StorageError: the URL names no database, or has an option or a value that is not known.
    """

    readers = 4
    # Tables are made with these: text of every script, compared byte by byte as on the other databases.
    preparation = (f"ALTER DATABASE CHARACTER SET utf8mb4 COLLATE {_COLLATION}",)

    def __init__(self, url: URL) -> None:
        if not url.database:
            raise StorageError(reason=Words("its URL names no database; write mysql://user@host/database"))
        check_options(url, _OPTIONS)
        where = f"{url.host or 'localhost'}:{url.port or 3306}/{url.database}"
        super().__init__(url.set(drivername="mysql+asyncmy"), where)

    def writing(self) -> AsyncEngine:
        pool = {"pool_size": 1, "max_overflow": 0, "isolation_level": "READ COMMITTED"}
        return self._engine(STATEMENT_TIMEOUT, **pool)

    def reading(self) -> AsyncEngine:
        pool = {"pool_size": self.readers, "max_overflow": 0, "isolation_level": "REPEATABLE READ"}
        return self._engine(STATEMENT_TIMEOUT, _READ_ONLY, **pool)

    def migrating(self) -> AsyncEngine:
        return self._engine(None, poolclass=NullPool)

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
        if rule := _rules(_named(str(message))).get(number):
            return RuleBroken(reason=Words("a rule of its tables was broken ({rule})", rule=rule))
        return StorageError(reason=_reason(self.where, number, cause))

    def text_problem(self) -> Words | None:
        ours = {"ours": list(SQLModel.metadata.tables)}
        found = self.once(lambda connection: connection.execute(_OTHER_COLLATIONS, ours).first(), changing=False)
        if found is None:
            return None
        return Words(
            "{where} keeps the text of {table} as {collation}, where it has to be {right}: "
            "some characters cannot be stored, or capital letters do not count",
            where=self.where,
            table=found[0],
            collation=found[1],
            right=_COLLATION,
        )

    def keep_a_copy(self, revision: str) -> None:
        """Do nothing: what a server holds is backed up by its own tools."""

    def before_migrating(self, connection: Connection) -> None:
        if connection.exec_driver_sql(_MIGRATING).scalar() != 1:
            raise StorageError(
                reason=Words("another program is changing the tables of {where}; try again later", where=self.where)
            )
        for statement in self.preparation:
            connection.exec_driver_sql(statement)

    def after_migrating(self, connection: Connection) -> None:
        """Do nothing: references were checked all along."""

    def after_failing(self, connection: Connection) -> None:
        # Every CREATE has been committed by itself.
        connection.exec_driver_sql("DROP VIEW IF EXISTS approval_requests")
        connection.exec_driver_sql("SET FOREIGN_KEY_CHECKS = 0")
        SQLModel.metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        connection.exec_driver_sql("SET FOREIGN_KEY_CHECKS = 1")

    def _engine(self, statement_timeout: float | None, *settings: str, **pool: Any) -> AsyncEngine:
        engine = create_async_engine(
            self.url,
            connect_args={"async_creator_fn": _connect, "read_timeout": statement_timeout, "charset": "utf8mb4"},
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


async def _connect(**arguments: Any) -> Any:
    """Connect within ``CONNECT_TIMEOUT``: the driver's own limit ends before the server has said who it is."""
    import asyncmy  # noqa: PLC0415 - only who uses MySQL has to load it

    async with asyncio.timeout(CONNECT_TIMEOUT):
        return await asyncmy.connect(**arguments)


def _named(message: str) -> str:
    # Only the name of the rule: the message quotes the values of the row.
    found = re.search(r"(?:for key|CONSTRAINT|Check constraint|[Cc]olumn) ['`](?P<name>[^'`]+)['`]", message)
    return found["name"] if found else Words("unnamed")


def _reason(where: str, number: object, error: BaseException) -> Words:
    """Return why ``where`` could not be used; who has no ``number`` did not hear from it at all."""
    if not isinstance(number, int):
        kind = type(error).__name__
        return Words("{where} does not answer ({kind}); check that it runs and its URL", where=where, kind=kind)
    return _reasons(where).get(number) or Words("{where} answered {number}", where=where, number=number)


# ER_DISK_FULL, ER_RECORD_FILE_FULL, ER_TEMP_FILE_WRITE_FAILURE.
_DISK_FULL = frozenset({1021, 1114, 1878})


def _rules(name: str) -> dict[int, str]:
    reference, missing, check = (listed([kind, name], " ") for kind in ("FOREIGN KEY", "NOT NULL", "CHECK"))
    return {
        1062: listed(["UNIQUE", name], " "),
        1216: reference,
        1217: reference,
        1451: reference,
        1452: reference,
        1048: missing,
        1364: missing,
        1264: Words("the range of {column}", column=name),
        1366: Words("the characters of {column}", column=name),
        1406: Words("the length of {column}", column=name),
        3819: check,
        4025: check,
        1644: name,
    }


def _reasons(where: str) -> dict[int, Words]:
    lost = Words("the connection to {where} was lost; check that the server runs", where=where)
    read_only = Words("{where} cannot be written; its server is read-only", where=where)
    silent = Words("{where} does not answer; check that it runs and its URL", where=where)
    return {
        1044: Words("{where} does not let the bot in; grant its user all privileges on the database", where=where),
        1045: Words("{where} does not let the bot in; check user and password in its URL", where=where),
        1049: Words("{where} does not exist; create it, or choose another one", where=where),
        1040: Words("{where} has no more connections for the bot", where=where),
        1205: Words("another program is writing to {where}; try again when it has finished", where=where),
        1213: Words("another program was writing to {where} at the same moment; try again", where=where),
        1290: read_only,
        1792: Words("{where} cannot be written here; open a unit of work that writes", where=where),
        1836: read_only,
        2002: silent,
        2003: silent,
        2006: lost,
        2013: lost,
        2014: lost,
        1419: Words(
            "the bot's user may not make triggers in {where}; set log_bin_trust_function_creators on the server",
            where=where,
        ),
    }
