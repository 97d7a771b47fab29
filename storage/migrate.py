"""Brings a database to the schema of this program. Alembic is imported only when there is something to do."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection, inspect, literal, select
from sqlmodel import SQLModel

from core.errors import StorageError, Words
from storage.backends import backend_of
from storage.backends.base import Backend
from storage.schema import HEAD, VERSION, create_schema

#: The revision of a database that has tables of ours and no revision: its creation is under way, or was interrupted.
UNFINISHED = ""


async def migrate(url: str) -> None:
    """Create the database at ``url``, or bring it to the newest revision; does nothing when it is there.

    Raises:
        StorageError: it holds something else, it is of a newer program, or it cannot be used.
        DiskFull: it is as it was before.
    """

    def work() -> None:
        backend = backend_of(url)
        current = _current(backend)
        if current and current != HEAD:
            _check_known(current, backend.where)
            backend.keep_a_copy(current)
        if current != HEAD:
            backend.once(lambda connection: _upgrade(connection, backend), changing=True)

    # Alembic reads files and takes its time.
    await asyncio.to_thread(work)


async def current_and_head(url: str) -> tuple[str | None, str]:
    """Return the revision of the database at ``url`` (None when there is none yet, or UNFINISHED) and the newest one.

    Raises:
        StorageError: it holds something else, or it cannot be read.
    """
    return await asyncio.to_thread(lambda: _current(backend_of(url))), HEAD


async def statements(url: str) -> str:
    """Return the SQL that ``migrate`` would run, without running it; empty when there is nothing to do.

    Raises:
        StorageError: as for ``current_and_head``, it is unfinished, or of a newer program.
    """

    def work() -> str:
        from storage.migrations.upgrade import statements as written  # noqa: PLC0415 - see that module

        backend = backend_of(url)
        current = _current(backend)
        if current == UNFINISHED:
            raise StorageError(
                reason=Words('{unfinished}; run "skillwarden migrate"', unfinished=unfinished(backend.where))
            )
        if current == HEAD:
            return ""
        if current is not None:
            _check_known(current, backend.where)
        preparation = "".join(f"{statement};\n\n" for statement in backend.preparation)
        return preparation + written(current, backend.url.get_backend_name())

    return await asyncio.to_thread(work)


def _current(backend: Backend) -> str | None:
    if backend.is_missing():
        return None
    return backend.once(lambda connection: _revision(connection, backend.where), changing=False)


def unfinished(where: str) -> Words:
    """Return what there is to say of the database at ``where``, which is UNFINISHED."""
    return Words(
        "{where} has tables of Skillwarden but no revision: a migration is under way or was interrupted", where=where
    )


def _revision(connection: Connection, where: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if VERSION.name in tables and "execution_events" in tables:
        return connection.execute(select(VERSION.c.version_num)).scalar() or UNFINISHED
    if tables - {VERSION.name, *SQLModel.metadata.tables}:
        raise _of_another_program(where)
    return UNFINISHED if tables else None


def _of_another_program(where: str) -> StorageError:
    return StorageError(
        reason=Words("{where} holds the tables of another program; move it away or choose another one", where=where)
    )


def _upgrade(connection: Connection, backend: Backend) -> None:
    backend.before_migrating(connection)
    # Asked again, now that nobody else can write: another process may have been faster.
    current = _revision(connection, backend.where)
    if current == UNFINISHED:
        _clear(connection, backend)
        current = None
    if current is None:
        _create(connection, backend)
    elif current != HEAD:
        _step_up(connection, current, backend)


def _clear(connection: Connection, backend: Backend) -> None:
    """Remove the tables of a creation that was interrupted, which nobody has used yet.

    Raises:
        StorageError: they are not ours, there are rows in them, or the database does not leave half of them behind.
    """
    inspector = inspect(connection)
    present = set(inspector.get_table_names())
    tables = [table for table in (VERSION, *SQLModel.metadata.sorted_tables) if table.name in present]
    for table in tables:
        if {column["name"] for column in inspector.get_columns(table.name)} != set(table.columns.keys()):
            raise _of_another_program(backend.where)
    # The creation itself fills this one.
    used = (table for table in tables if table.name != "table_versions")
    if not any(connection.execute(select(literal(1)).select_from(table).limit(1)).first() for table in used):
        backend.after_failing(connection)
    if inspect(connection).get_table_names():
        raise StorageError(
            reason=Words(
                "{unfinished}; put back a copy of it, or choose an empty one", unfinished=unfinished(backend.where)
            )
        )


def _create(connection: Connection, backend: Backend) -> None:
    try:
        create_schema(connection)
    except Exception:
        backend.after_failing(connection)
        raise


def _step_up(connection: Connection, current: str, backend: Backend) -> None:
    from storage.migrations.upgrade import upgrade  # noqa: PLC0415 - see that module

    _check_known(current, backend.where)
    upgrade(connection)
    backend.after_migrating(connection)


def _check_known(current: str, where: str) -> None:
    """Do nothing when this program can start from the revision ``current``.

    Raises:
        StorageError: it is of a newer one.
    """
    from storage.migrations.upgrade import known_revisions  # noqa: PLC0415 - see that module

    if current not in known_revisions():
        raise StorageError(
            reason=Words(
                "{where} is of a newer Skillwarden (revision {current}, and this one knows up to {head}); "
                "upgrade the program",
                where=where,
                current=current,
                head=HEAD,
            )
        )
