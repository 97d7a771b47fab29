"""Brings a database to the schema of this program. Alembic is imported only when there is something to do."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection, inspect, select

from core.errors import StorageError, Words
from storage.backends import backend_of
from storage.backends.base import Backend
from storage.schema import HEAD, VERSION, create_schema


async def migrate(url: str) -> None:
    """Create the database at ``url``, or bring it to the newest revision; does nothing when it is there.

    Raises:
        StorageError: it holds something else, it is of a newer program, or it cannot be used.
        DiskFull: it is as it was before.
    """

    def work() -> None:
        backend = backend_of(url)
        current = _current(backend)
        if current is not None and current != HEAD:
            backend.keep_a_copy(current)
        if current != HEAD:
            backend.once(lambda connection: _upgrade(connection, backend), changing=True)

    # Alembic reads files and takes its time.
    await asyncio.to_thread(work)


async def current_and_head(url: str) -> tuple[str | None, str]:
    """Return the revision of the database at ``url`` (None when there is none yet) and the newest one.

    Raises:
        StorageError: it holds something else, or it cannot be read.
    """
    return await asyncio.to_thread(lambda: _current(backend_of(url))), HEAD


async def statements(url: str) -> str:
    """Return the SQL that ``migrate`` would run, without running it; empty when there is nothing to do.

    Raises:
        StorageError: as for ``current_and_head``.
    """

    def work() -> str:
        from storage.migrations.upgrade import statements as written  # noqa: PLC0415 - see that module

        backend = backend_of(url)
        current = _current(backend)
        return "" if current == HEAD else written(current, backend.url.get_backend_name())

    return await asyncio.to_thread(work)


def _current(backend: Backend) -> str | None:
    if backend.is_missing():
        return None
    return backend.once(lambda connection: _revision(connection, backend.where), changing=False)


def _revision(connection: Connection, where: str) -> str | None:
    tables = inspect(connection).get_table_names()
    if VERSION.name in tables and "execution_events" in tables:
        return connection.execute(select(VERSION.c.version_num)).scalar()
    if tables:
        raise StorageError(
            reason=Words("{where} holds the tables of another program; move it away or choose another one", where=where)
        )
    return None


def _upgrade(connection: Connection, backend: Backend) -> None:
    backend.before_migrating(connection)
    # Asked again, now that nobody else can write: another process may have been faster.
    current = _revision(connection, backend.where)
    if current is None:
        _create(connection, backend)
    elif current != HEAD:
        _step_up(connection, current, backend)


def _create(connection: Connection, backend: Backend) -> None:
    try:
        create_schema(connection)
    except Exception:
        backend.after_failing(connection)
        raise


def _step_up(connection: Connection, current: str, backend: Backend) -> None:
    from storage.migrations.upgrade import known_revisions, upgrade  # noqa: PLC0415 - see that module

    if current not in known_revisions():
        raise StorageError(
            reason=Words(
                "{where} is of a newer Skillwarden (revision {current}, and this one knows up to {head}); "
                "upgrade the program",
                where=backend.where,
                current=current,
                head=HEAD,
            )
        )
    upgrade(connection)
    backend.after_migrating(connection)
