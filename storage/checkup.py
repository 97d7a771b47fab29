"""Checkup: whether a database is in order."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from core.errors import StorageError, Words
from storage.backends import backend_of
from storage.backends.sqlite import Sqlite


def quick_check(url: str) -> None:
    """Read through the SQLite file at ``url``, which exists; others may go on writing meanwhile.

    Does nothing for a server: it checks its pages itself when it reads them.

    Raises:
        StorageError: it is damaged, or cannot be read.
    """
    backend = backend_of(url)
    if not isinstance(backend, Sqlite):
        return
    try:
        with backend.looking().connect() as connection:
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    except DBAPIError as error:
        raise backend.error_of(error) from error
    if verdict != "ok":
        raise StorageError(
            reason=Words("{where} is damaged ({detail}); put back a copy of it", where=backend.where, detail=verdict)
        )


def text_problem(url: str) -> Words | None:
    """Return what is wrong with how the database at ``url``, which has its tables, keeps text.

    Raises:
        StorageError: it cannot be read.
    """
    return backend_of(url).text_problem()
