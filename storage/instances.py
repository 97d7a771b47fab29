"""Instances: one program at a time on a database, or on PostgreSQL any number that share the work."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Sequence

from sqlalchemy import BigInteger, Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from core.errors import OneInstanceOnly, SkillwardenError
from storage.backends import backend_of
from storage.own_session import OwnSession

_thing = func.unnest(bindparam("things", type_=ARRAY(BigInteger)), type_=BigInteger).column_valued("thing")
_TAKE = select(_thing).where(func.pg_try_advisory_lock(_thing))
_GIVE_BACK = select(func.pg_advisory_unlock(bindparam("thing", type_=BigInteger)))


def takes_several(url: str) -> bool:
    """Return whether several instances may work on the database at ``url``.

    Raises:
        StorageError: it names none.
    """
    return backend_of(url).takes_several


def place_of(url: str) -> str:
    """Return how messages call the database at ``url``: where it is, without a password."""
    return backend_of(url).where


def libpq_url(url: str) -> str:
    """Return the URL of a PostgreSQL database, password included, as libpq reads it."""
    place = backend_of(url).url
    options = {"sslmode": place.query["ssl"]} if "ssl" in place.query else {}
    return place.set(drivername="postgresql", query=options).render_as_string(hide_password=False)


@contextlib.asynccontextmanager
async def kept_alone(url: str) -> AsyncIterator[None]:
    """Keep other instances off the database until the context ends or the process dies.

    Raises:
        DatabaseTaken: another one is at work.
        StorageError: it cannot be reached.
    """
    async with backend_of(url).occupied(alone=True):
        yield


@contextlib.asynccontextmanager
async def together(url: str) -> AsyncIterator[SqlPeers]:
    """Join those that share the work on the database at ``url``, until the context ends.

    Raises:
        OneInstanceOnly: it cannot be shared.
        DatabaseTaken: one has it for itself.
        StorageError: it cannot be reached.
    """
    backend = backend_of(url)
    if not backend.takes_several:
        raise OneInstanceOnly(database=backend.where)
    async with backend.occupied(alone=False) as session:
        if session is not None:
            yield SqlPeers(session)


class SqlPeers:
    """Implements the port ``Peers`` with PostgreSQL's advisory locks of one session."""

    are_several = True

    def __init__(self, session: OwnSession) -> None:
        self._session = session
        #: What this process has, and in which connection it was taken.
        self._mine: dict[str, int] = {}

    async def take(self, things: Sequence[str]) -> frozenset[str]:
        fresh = {_number(thing): thing for thing in things if not self._is_mine(thing)}
        if not fresh:
            return frozenset()

        def take(connection: Connection) -> frozenset[str]:
            taken = [fresh[number] for number in connection.execute(_TAKE, {"things": list(fresh)}).scalars()]
            self._mine.update(dict.fromkeys(taken, self._session.generation))
            return frozenset(taken)

        return await self._session.run(take)

    async def has(self, thing: str) -> bool:
        try:
            await self._session.run(lambda connection: connection.exec_driver_sql("SELECT 1"))
        except SkillwardenError:
            return False
        return self._is_mine(thing)

    async def give_back(self, thing: str) -> None:
        taken_in = self._mine.pop(thing, None)

        def give_back(connection: Connection) -> None:
            if taken_in == self._session.generation:
                connection.execute(_GIVE_BACK, {"thing": _number(thing)})

        if taken_in == self._session.generation:
            with contextlib.suppress(SkillwardenError):  # it is free with the end of the connection
                await self._session.run(give_back)

    def _is_mine(self, thing: str) -> bool:
        return self._mine.get(thing) == self._session.generation


def _number(thing: str) -> int:
    """Return the number of the lock: 64 bits, so that two things never share one by chance."""
    return int.from_bytes(hashlib.sha256(thing.encode()).digest()[:8], signed=True)
