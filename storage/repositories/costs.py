"""Usage: the table ``cost_usage_daily``, a line for each day, person and model."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select, update

from core.domain.base import new_id
from core.domain.usage import DailyUsage
from storage.session import Session
from storage.tables.costs import CostUsageDailyRow
from storage.tables.fields import table_of
from storage.types import insert_or_skip

_table = table_of(CostUsageDailyRow)
_line = _table.c
_AMOUNTS = ("executions", "input_tokens", "output_tokens", "tokens_used", "estimated_cost")
_FIELDS = tuple(DailyUsage.model_fields)
_BEGIN = insert_or_skip(_table, "day", "user_id", "model")
_ADD = (
    update(_table)
    .where(
        _line.day == bindparam("on_day"), _line.user_id == bindparam("of_user"), _line.model == bindparam("of_model")
    )
    .values(
        {name: _line[name] + bindparam(f"more_{name}", type_=_line[name].type) for name in _AMOUNTS}
        | {"updated_at": bindparam("now")}
    )
)


def add_usage(session: Session, usage: DailyUsage, now: datetime) -> None:
    """Add ``usage`` to its line, which begins at nothing."""
    begin = dict.fromkeys(_AMOUNTS, 0) | {"id": new_id(now), "day": usage.day, "user_id": usage.user_id}
    session.write(_BEGIN, begin | {"model": usage.model, "updated_at": now})
    more = {f"more_{name}": getattr(usage, name) for name in _AMOUNTS}
    where = {"on_day": usage.day, "of_user": usage.user_id, "of_model": usage.model}
    session.write(_ADD, where | more | {"now": now})


async def usage_since(session: Session, since: date, user_id: str | None) -> tuple[DailyUsage, ...]:
    """Return the lines from ``since`` on, newest day first, then by person and model."""
    statement = (
        select(*(_line[name] for name in _FIELDS))
        .where(_line.day >= since)
        .order_by(_line.day.desc(), _line.user_id, _line.model)
    )
    if user_id is not None:
        statement = statement.where(_line.user_id == user_id)
    return tuple(DailyUsage.model_validate(row._asdict()) for row in await session.rows(statement))
