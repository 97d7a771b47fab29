"""Memory: whole tables that are read with every sentence, card and vote, as they were when they were last written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, select

from storage.tables.fields import table_of
from storage.tables.table_versions import TableVersionRow

T = TypeVar("T")

#: A version, and what was read of the table then.
Known = tuple[str, Any]

_versions = table_of(TableVersionRow).c
_VERSION = select(_versions.version).where(_versions.name == bindparam("table"))


class Memory:
    """What was last read of each table, with the table's version at that moment.

    Triggers give the table another version, whoever writes and through whatever program; so it is asked for every time,
    and the rows only when it is another one.
    """

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def recall(
        self, connection: Connection, table: Table, read: Callable[[Connection], T], learn: Callable[[str, Known], None]
    ) -> T:
        """Return what ``read`` finds in ``table``; give ``learn`` what was not known."""
        version = connection.execute(_VERSION, {"table": table.name}).scalar()
        known = self._known.get(table.name)
        if known is not None and known[0] == version:
            remembered: T = known[1]
            return remembered
        found = read(connection)
        if version is not None:
            learn(table.name, (version, found))
        return found

    def learn(self, table: str, known: Known) -> None:
        """Remember what was read and is committed."""
        self._known[table] = known
