"""Backup: a copy of the database as it is at one moment, taken while the program goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import DiskFull, StorageError
from storage.database import parse_url


def copy_database(url: str, target: Path) -> None:
    """Copy the database at ``url`` to the new file ``target`` and check the copy.

    Raises:
        StorageError: there is no database, it is damaged, or ``target`` exists or cannot be written.
        DiskFull: there is no space for the copy.
    """
    source = Path(str(parse_url(url).database))
    if not source.exists():
        raise StorageError(reason=f"there is no database at {source}")
    if target.exists():
        raise StorageError(reason=f"{target} exists; choose another place")
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)
            (verdict,) = there.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DiskFull(path=target) from error
        raise StorageError(reason=f"{source} could not be copied to {target} ({error})") from error
    if verdict != "ok":
        target.unlink(missing_ok=True)
        raise StorageError(reason=f"{source} is damaged ({verdict}); the copy was thrown away")
