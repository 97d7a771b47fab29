"""Lanes: of many rows that wait, the first of each conversation, found without reading those behind it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Select, Table, func, select


def heads(table: Table, status: str, lane: Column[Any], moment: Column[Any]) -> Select[Any]:
    """Return the query for the ids of the first row with ``status`` in each ``lane``, the oldest ``moment`` first.

    Rows without a lane are left out. It goes from lane to lane along an index of status, lane, moment and id: a lane
    costs one step, however many rows wait in it.
    """
    waiting = table.alias("waiting")
    lanes = (
        select(func.min(waiting.c[lane.name]).label("lane"))
        .where(waiting.c.status == status)
        .cte("lanes", recursive=True)
    )
    following = table.alias("following")
    after = select(func.min(following.c[lane.name])).where(
        following.c.status == status, following.c[lane.name] > lanes.c.lane
    )
    lanes = lanes.union_all(select(after.correlate(lanes).scalar_subquery()).where(lanes.c.lane.is_not(None)))
    first = table.alias("first")
    head = (
        select(first.c.id)
        .where(first.c.status == status, first.c[lane.name] == lanes.c.lane)
        .order_by(first.c[moment.name], first.c.id)
        .limit(1)
        .correlate(lanes)
    )
    return select(table.c.id).join_from(lanes, table, table.c.id == head.scalar_subquery()).order_by(moment, table.c.id)
