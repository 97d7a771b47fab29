"""What the repositories share: one table, one domain type, one session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic

from sqlalchemy import ColumnElement, Executable, Select, func, select

from core.domain.notices import Backlog
from storage.row_map import D, RowMap
from storage.session import Session


class Repository(Generic[D]):
    """Reads and writes one domain type. It never commits."""

    def __init__(self, session: Session, rows: RowMap[D]) -> None:
        self._session = session
        self._map = rows

    async def _add(self, value: D) -> None:
        self._session.write(self._map.insert, self._map.to_row(value, self._session.scrub))

    async def _add_once(self, row: dict[str, Any], statement: Executable) -> bool:
        """Run ``insert_or_skip`` and return whether the row is there now."""
        self._session.write(statement, row)
        return bool(await self._column(self._map.has_id, key=row["id"]))

    async def _swap(self, value: D, statement: Executable, **where: object) -> bool:
        if await self._session.change(statement, self._changes(value) | where) != 1:
            return False
        self._session.seen[self._map, value.id] = value  # type: ignore[attr-defined]  # what is updated has an id
        return True

    async def _update(self, value: D) -> None:
        self._session.write(self._map.update, self._changes(value))
        self._session.seen[self._map, value.id] = value  # type: ignore[attr-defined]  # as above

    def _changes(self, value: D) -> dict[str, Any]:
        """Return the parameters of an update: nothing is written anew that is known to be there."""
        before = self._session.seen.get((self._map, value.id))  # type: ignore[attr-defined]  # as above
        return self._map.to_update(value, self._session.scrub, before)

    async def _one(self, statement: Executable, **where: object) -> D | None:
        return next(iter(await self._many(statement, **where)), None)

    async def _many(self, statement: Executable, **where: object) -> tuple[D, ...]:
        found = self._map.every(await self._session.rows(statement, where))
        if not self._session.is_view:
            self._session.seen.update(((self._map, getattr(value, "id", None)), value) for value in found)
        return found

    async def _column(self, statement: Executable, **where: object) -> tuple[Any, ...]:
        return tuple(row[0] for row in await self._session.rows(statement, where))

    async def _backlog(self, statement: Executable, **where: object) -> Backlog:
        row: Sequence[Any] = (await self._session.rows(statement, where))[0]
        count, oldest, last_error = row
        return Backlog(count=count, oldest=oldest, last_error=last_error)


def backlog_of(
    rows: ColumnElement[bool], *, began: ColumnElement[Any], touched: ColumnElement[Any], error: ColumnElement[Any]
) -> Select[Any]:
    """Return the query that sums ``rows`` up: how many, when the first began, the error of the one touched last."""
    last = select(error).where(rows, error.is_not(None)).order_by(touched.desc()).limit(1).correlate(None)
    return select(func.count(), func.min(began), last.scalar_subquery()).where(rows)
