"""PostgreSQL: writers take turns, those of other processes too."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Executable, NullPool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import DiskFull, RuleBroken, SkillwardenError, StorageError, Words
from storage.backends.base import CONNECT_TIMEOUT, LOCK_TIMEOUT, STATEMENT_TIMEOUT, Lock, Server, check_options
from storage.types import json_text

# The numbers are the bytes "SKWD".
_ALONE = text("SELECT pg_advisory_xact_lock(x'534B5744'::int, 0)")
_MIGRATING = "SELECT pg_advisory_xact_lock(x'534B5744'::int, 1), pg_advisory_xact_lock(x'534B5744'::int, 0)"

# Whether this instance may work: beside others, or alone.
_BESIDE = text("SELECT pg_try_advisory_lock_shared(x'534B5744'::int, 2)")
_ONLY = text("SELECT pg_try_advisory_lock(x'534B5744'::int, 2)")
# What an instance has taken must be free within 10 seconds of its machine's death, which nobody tells the server.
_NOTICED = text(
    "SELECT set_config('tcp_keepalives_idle', '4', false), set_config('tcp_keepalives_interval', '2', false),"
    " set_config('tcp_keepalives_count', '2', false), set_config('tcp_user_timeout', '8000', false)"
)

# What may follow the "?" of the URL: libpq calls it sslmode, asyncpg ssl, with the same values.
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLMODE
_OPTIONS = dict.fromkeys(("ssl", "sslmode"), ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"))


class Postgresql(Server):
    """A database of a PostgreSQL server, reached with asyncpg.

    Raises:
        StorageError: the URL names no database, or has an option or a value that is not known.
    """

    readers = 8
    takes_several = True

    def __init__(self, url: URL) -> None:
        if not url.database:
            raise StorageError(reason=Words("its URL names no database; write postgresql://user@host/database"))
        check_options(url, _OPTIONS)
        mode = url.query.get("ssl") or url.query.get("sslmode")
        where = f"{url.host or 'localhost'}:{url.port or 5432}/{url.database}"
        super().__init__(url.set(drivername="postgresql+asyncpg", query={"ssl": mode} if mode else {}), where)

    def writing(self) -> AsyncEngine:
        return self._engine(STATEMENT_TIMEOUT, pool_size=1, max_overflow=0)

    def reading(self) -> AsyncEngine:
        pool = {"pool_size": self.readers, "max_overflow": 0, "isolation_level": "REPEATABLE READ"}
        engine = self._engine(STATEMENT_TIMEOUT, **pool)
        return engine.execution_options(postgresql_readonly=True)

    def migrating(self) -> AsyncEngine:
        return self._engine(None, poolclass=NullPool)

    def lock(self) -> Lock:
        return _ALONE, {}

    def occupying(self, *, alone: bool) -> tuple[Executable, ...]:
        return _NOTICED, _ONLY if alone else _BESIDE

    def error_of(self, error: Exception) -> SkillwardenError:
        """Return what is wrong, by SQLSTATE. https://www.postgresql.org/docs/current/errcodes-appendix.html."""
        cause = error.orig.__cause__ or error.orig if isinstance(error, DBAPIError) and error.orig else error
        state = getattr(cause, "sqlstate", None)
        if state == "53100":
            return DiskFull(path=self.where)
        family = state and state[:2]
        if family == "22":
            return RuleBroken(reason=Words("{where} refused a value ({rule})", where=self.where, rule=_rule(cause)))
        if family == "23":
            return RuleBroken(reason=Words("a rule of its tables was broken ({rule})", rule=_rule(cause)))
        return StorageError(reason=_reason(self.where, state, cause))

    def keep_a_copy(self, revision: str) -> None:
        """Do nothing: what a server holds is backed up by its own tools."""

    def before_migrating(self, connection: Connection) -> None:
        connection.exec_driver_sql(_MIGRATING)

    def after_migrating(self, connection: Connection) -> None:
        """Do nothing: references were checked all along."""

    def after_failing(self, connection: Connection) -> None:
        """Do nothing: the transaction takes the tables along."""

    def _engine(self, statement_timeout: float | None, **pool: Any) -> AsyncEngine:
        return create_async_engine(
            self.url,
            connect_args={
                "timeout": CONNECT_TIMEOUT,
                "command_timeout": statement_timeout,
                "server_settings": {
                    "application_name": "skillwarden",
                    "lock_timeout": f"{LOCK_TIMEOUT}s",
                    # Who sits in a transaction without a word has died.
                    "idle_in_transaction_session_timeout": "60000",
                },
            },
            json_serializer=json_text,
            hide_parameters=True,
            **pool,
        )


def _kind(error: BaseException) -> str:
    return type(error).__name__


def _rule(error: BaseException) -> str:
    # Never the message: it quotes the values of the row.
    kinds = {"23503": "FOREIGN KEY ", "23514": "CHECK ", "23505": "UNIQUE ", "23502": "NOT NULL "}
    names = (getattr(error, name, None) for name in ("constraint_name", "column_name"))
    return kinds.get(getattr(error, "sqlstate", ""), "") + next((name for name in names if name), _kind(error))


def _reason(where: str, state: str | None, error: BaseException) -> Words:
    """Return why ``where`` could not be used; who has no ``state`` did not hear from it at all."""
    kind = _kind(error)
    if state is None:
        return Words("{where} does not answer ({kind}); check that it runs and its URL", where=where, kind=kind)
    known = _reasons(where, _rule(error))
    other = Words("{where} answered {state} ({kind})", where=where, state=state, kind=kind)
    return known.get(state) or known.get(state[:2], other)


def _reasons(where: str, rule: str) -> dict[str, Words]:
    return {
        "08": Words("the connection to {where} was lost; check that the server runs", where=where),
        "57": Words("the connection to {where} was ended by the server; check that it runs", where=where),
        "28": Words("{where} does not let the bot in; check user and password in its URL", where=where),
        "3D": Words("{where} does not exist; create it, or choose another one", where=where),
        "53": Words("{where} has no more room for the bot; check its connections and memory", where=where),
        "55": Words("another program is writing to {where}; try again when it has finished", where=where),
        "40": Words("another program was writing to {where} at the same moment; try again", where=where),
        "25": Words("{where} cannot be written; it is a copy, or its disk is read-only", where=where),
        "42501": Words("the bot's user may not do this in {where}; make it the owner of the database", where=where),
        "42": Words("{where} refused a statement ({rule})", where=where, rule=rule),
        "58": Words("{where} cannot read or write its files; check its disk", where=where),
        "XX": Words("{where} is damaged; see the server's log", where=where),
    }
