"""The table ``table_versions``: which state of a table it was that somebody has read."""

from __future__ import annotations

from storage.tables.fields import Row, word


class TableVersionRow(Row, table=True):
    """The version of a table that is read far more often than it is written: triggers give it another one."""

    __tablename__ = "table_versions"

    name: str = word(64, primary_key=True)
    version: str = word(36)
