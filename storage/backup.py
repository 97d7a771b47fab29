"""Backup: a copy of the database as it is at one moment, taken while the program goes on."""

from __future__ import annotations

from pathlib import Path

from core.errors import StorageError, Words
from storage.backends import backend_of
from storage.backends.sqlite import Sqlite, copy_file


def copy_database(url: str, target: Path) -> None:
    """Copy the SQLite database at ``url`` to the new file ``target`` and check the copy.

    Raises:
        StorageError: it is on a server, there is none, it is damaged, or ``target`` exists or cannot be written.
        DiskFull: there is no space for the copy.
    """
    backend = backend_of(url)
    if not isinstance(backend, Sqlite):
        raise StorageError(
            reason=Words(
                "{where} is on a server; back it up with pg_dump, mysqldump or mariadb-dump", where=backend.where
            )
        )
    if backend.is_missing():
        raise StorageError(reason=Words("there is no database at {where}", where=backend.where))
    if target.exists():
        raise StorageError(reason=Words("{target} exists; choose another place", target=target))
    copy_file(Path(backend.where), target)


def copy_into(backup: Path, target: Path) -> None:
    """Copy the database in the file ``backup`` to the new file ``target`` and check the copy.

    Raises:
        StorageError: it is damaged or no database, or ``target`` cannot be written.
        DiskFull: there is no space for the copy.
    """
    copy_file(backup, target)


def file_of(url: str) -> Path | None:
    """Return the file that the database at ``url`` is in; None: it is on a server."""
    backend = backend_of(url)
    return Path(backend.where) if isinstance(backend, Sqlite) else None
