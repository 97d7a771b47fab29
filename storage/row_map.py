"""RowMap: how a domain type lies in a table."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, bindparam, insert, select, update

from core.domain.base import Domain
from storage.scrub import Scrubber
from storage.tables.fields import Row, table_of

D = TypeVar("D", bound=Domain)

# How many rows of a table are remembered with their values.
_KNOWN = 1000

#: Changes the values of a row in place.
Reshape = Callable[[dict[str, Any]], None]


class RowMap(Generic[D]):
    """One column for each field of ``domain``; ``pack`` and ``unpack`` see to the fields that lie otherwise.

    ``text`` and ``data`` name the columns that hold free text and JSON: they are masked. Rows that are read are
    validated by the domain type.
    """

    def __init__(
        self,
        row: type[Row],
        domain: type[D],
        *,
        text: Iterable[str] = (),
        data: Iterable[str] = (),
        pack: Reshape | None = None,
        unpack: Reshape | None = None,
        unpacked: Iterable[str] = (),
    ) -> None:
        """Map ``domain`` to the table of ``row``; ``unpacked`` are further columns that ``unpack`` takes out."""
        self.table: Table = table_of(row)
        self._domain = domain
        self._fields = tuple(domain.model_fields)
        self.text_columns = tuple(text)
        self.data_columns = tuple(data)
        self._limits = {name: getattr(self.table.c[name].type, "length", None) for name in self.text_columns}
        self._pack = pack
        self._unpack = unpack
        self._known = functools.lru_cache(maxsize=_KNOWN)(self._validated)
        self._names = (*(name for name in self._fields if name in self.table.c), *unpacked)
        self.select = select(*(self.table.c[name] for name in self._names))
        self.insert = insert(self.table).inline()
        self.by_id = self.select.where(self.table.primary_key.columns[0] == bindparam("key"))
        self.has_id = select(self.table.primary_key.columns[0]).where(
            self.table.primary_key.columns[0] == bindparam("key")
        )
        self.update = update(self.table).where(self.table.primary_key.columns[0] == bindparam("key"))

    def to_row(self, value: D, scrub: Scrubber) -> dict[str, Any]:
        """Return the values of the columns, as they may be stored."""
        return self._stored(self._packed(value), scrub)

    def to_update(self, value: D, scrub: Scrubber, before: D | None = None) -> dict[str, Any]:
        """Return the parameters of ``update``: the columns in which it differs from ``before``, and the id as ``key``.

        They are all columns when nothing is known of before, or nothing differs.
        """
        row = self._packed(value)
        row["key"] = row.pop("id")
        if before is not None:
            old = self._packed(before)
            changed = {name: row[name] for name in old if name != "id" and self._differs(name, row[name], old[name])}
            row = changed | {"key": row["key"]} if changed else row
        return self._stored(row, scrub)

    def _differs(self, name: str, new: object, old: object) -> bool:
        """Return whether a column has to be written, which is never wrong."""
        if name not in self._fields or name == "updated_at":
            return True  # statements of their own write what is made of fields, and triggers what is not given
        # 1 equals True, but not as JSON.
        return new is not old and (name in self.data_columns or new != old)

    def _packed(self, value: D) -> dict[str, Any]:
        row = {name: getattr(value, name) for name in self._fields}
        if self._pack is not None:
            self._pack(row)
        return row

    def _stored(self, row: dict[str, Any], scrub: Scrubber) -> dict[str, Any]:
        """Return ``row`` as it may be stored."""
        for name, limit in self._limits.items():
            if row.get(name) is not None:
                row[name] = scrub.text(row[name], limit)
        for name in self.data_columns:
            if row.get(name) is not None:
                row[name] = scrub.data(row[name])
        for name, item in row.items():
            if isinstance(item, Enum):
                row[name] = item.value
        return row

    def to_domain(self, row: Sequence[Any]) -> D:
        """Return the validated value of a row of ``select``; the same one for the same row: nothing changes it."""
        try:
            return self._known(tuple(row))
        except TypeError:  # a column of JSON
            return self._validated(row)

    def _validated(self, row: Sequence[Any]) -> D:
        values = dict(zip(self._names, row, strict=True))
        if self._unpack is not None:
            self._unpack(values)
        return self._domain.model_validate(values)

    def first(self, rows: Sequence[Sequence[Any]]) -> D | None:
        """Return the value of the first row; None when there is none."""
        return self.to_domain(rows[0]) if rows else None

    def every(self, rows: Sequence[Sequence[Any]]) -> tuple[D, ...]:
        """Return the values of all rows."""
        return tuple(self.to_domain(row) for row in rows)
