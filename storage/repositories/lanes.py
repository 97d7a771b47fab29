"""Lanes: of many rows that wait, the first of each conversation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Select, Table, func, select


def heads(table: Table, status: str, lane: Column[Any], moment: Column[Any]) -> Select[Any]:
    """Return the query for the ids of the first row with ``status`` in each ``lane``, the oldest ``moment`` first.

    Rows without a lane are left out. It reads an index of status, lane, moment and id, and of the rows the first ones:
    what waits is looked at after every commit, and there can be thousands.
    """
    waiting, same = table.alias("waiting"), table.alias("same")
    first = (
        select(waiting.c[lane.name].label("lane"), func.min(waiting.c[moment.name]).label("moment"))
        .where(waiting.c.status == status, waiting.c[lane.name].is_not(None))
        .group_by(waiting.c[lane.name])
        .subquery("first")
    )
    # Several can have come at one moment.
    head = (
        select(same.c.id)
        .where(same.c.status == status, same.c[lane.name] == first.c.lane, same.c[moment.name] == first.c.moment)
        .order_by(same.c.id)
        .limit(1)
        .correlate(first)
        .scalar_subquery()
    )
    return select(table.c.id).join_from(first, table, table.c.id == head).order_by(moment, table.c.id)
