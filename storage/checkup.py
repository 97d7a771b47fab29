"""Checkup: whether SQLite finds its own file in order."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from core.errors import StorageError
from storage import sqlite
from storage.database import parse_url


def quick_check(url: str) -> None:
    """Read through the database at ``url``, which exists; others may go on writing meanwhile.

    Raises:
        StorageError: it is damaged, or cannot be read.
    """
    place = parse_url(url)
    try:
        with sqlite.looking_engine(place).connect() as connection:
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    except DBAPIError as error:
        raise sqlite.error_of(error, str(place.database)) from error
    if verdict != "ok":
        raise StorageError(reason=f"{place.database} is damaged ({verdict}); put back a copy of it")
