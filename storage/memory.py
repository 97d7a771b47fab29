"""Memory: whole tables that are read with every card and every vote, as they were when they were last written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, select

from storage.tables.fields import table_of
from storage.tables.people import TableVersionRow

T = TypeVar("T")

_versions = table_of(TableVersionRow).c
_VERSION = select(_versions.version).where(_versions.name == bindparam("table"))


class Memory:
    """What was last read of each table, with the table's version at that moment.

    Triggers count the version up, whoever writes and through whatever program; so it is asked for every time, and the
    rows only when it is another one.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Any]] = {}

    def recall(self, connection: Connection, table: Table, read: Callable[[Connection], T], *, learns: bool) -> T:
        """Return what ``read`` would find in ``table``.

        It is remembered if ``learns``: only what is committed may be, since a version that is taken back comes again
        with other rows.
        """
        version = connection.execute(_VERSION, {"table": table.name}).scalar()
        known = self._known.get(table.name)
        if known is not None and known[0] == version:
            found: T = known[1]
            return found
        found = read(connection)
        if learns and version is not None:
            self._known[table.name] = (version, found)
        return found
