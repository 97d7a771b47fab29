"""Brings a database to the schema of this program. Alembic is imported only when there is something to do."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, select
from sqlalchemy.exc import DBAPIError

from core.errors import StorageError
from storage import sqlite
from storage.database import parse_url
from storage.schema import HEAD, VERSION, create_schema


async def migrate(url: str) -> None:
    """Create the database at ``url``, or bring it to the newest revision; does nothing when it is there.

    Raises:
        StorageError: it holds something else, it is of a newer program, or it cannot be used.
        DiskFull: it is as it was before.
    """
    place = parse_url(url)
    if await asyncio.to_thread(_current, place) != HEAD:
        await asyncio.to_thread(_upgrade, place)


async def current_and_head(url: str) -> tuple[str | None, str]:
    """Return the revision of the database at ``url`` (None when there is none yet) and the newest one.

    Raises:
        StorageError: it holds something else, or it cannot be read.
    """
    return await asyncio.to_thread(_current, parse_url(url)), HEAD


def _current(place: URL) -> str | None:
    if not Path(str(place.database)).exists():
        return None
    engine = sqlite.looking_engine(place)
    try:
        with engine.connect() as connection:
            return _revision(connection, str(place.database))
    except DBAPIError as error:
        raise sqlite.error_of(error, str(place.database)) from error


def _revision(connection: Connection, path: str) -> str | None:
    tables = inspect(connection).get_table_names()
    if VERSION.name in tables:
        return connection.execute(select(VERSION.c.version_num)).scalar()
    if tables:
        raise StorageError(reason=f"{path} holds the tables of another program; move it away or choose another file")
    return None


def _upgrade(place: URL) -> None:
    path = str(place.database)
    try:
        with sqlite.migrating_engine(place).begin() as connection:
            # Asked again, now that nobody else can write: another process may have been faster.
            current = _revision(connection, path)
            if current is None:
                create_schema(connection)
            elif current != HEAD:
                _step_up(connection, current, path)
    except DBAPIError as error:
        raise sqlite.error_of(error, path) from error


def _step_up(connection: Connection, current: str, path: str) -> None:
    from storage.migrations.upgrade import known_revisions, upgrade  # noqa: PLC0415 - see that module

    if current not in known_revisions():
        raise StorageError(
            reason=f"{path} is of a newer Skillwarden (revision {current}, and this one knows up to {HEAD}); "
            "upgrade the program"
        )
    upgrade(connection)
    sqlite.check_references(connection, path)
