"""The databases: how each is opened, what keeps its writers apart, and what its errors mean."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import StorageError, Words
from storage.backends.base import Backend

_FORMS = Words("write sqlite:///path/to/file, postgresql://user@host/database or mysql://user@host/database")


def backend_of(url: str) -> Backend:
    """Return the backend of the database at ``url``.

    Raises:
        StorageError: it is no URL, names nothing, or names a database that is not supported.
    """
    try:
        place = make_url(url)
    except (ArgumentError, ValueError):
        # What was raised quotes the URL, and with it the password.
        raise StorageError(reason=Words("its URL cannot be read; {forms}", forms=_FORMS)) from None
    # A driver takes 0.1 s to import.
    match place.get_backend_name():
        case "sqlite":
            if place.database in {None, "", ":memory:"}:
                raise StorageError(reason=Words("its URL names no file; write sqlite:///path/to/file"))
            from storage.backends.sqlite import Sqlite  # noqa: PLC0415 - as said above

            return Sqlite(place)
        case "postgresql" | "postgres":
            from storage.backends.postgresql import Postgresql  # noqa: PLC0415 - as said above

            return Postgresql(place)
        case "mysql" | "mariadb":
            from storage.backends.mysql import Mysql  # noqa: PLC0415 - as said above

            return Mysql(place)
        case other:
            raise StorageError(reason=Words("{kind} is not supported; {forms}", kind=other, forms=_FORMS))
