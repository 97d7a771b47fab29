"""The table ``cost_usage_daily``."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import UniqueConstraint

from storage.tables.fields import Row, big_number, key, moment, money, number, ref, word


class CostUsageDailyRow(Row, table=True):
    """What one person's requests used of one model on one day (UTC)."""

    __tablename__ = "cost_usage_daily"
    __table_args__ = (UniqueConstraint("day", "user_id", "model", name="uq_cost_usage_daily_line"),)

    id: str = key()
    day: dt.date
    user_id: str = ref("users")
    model: str = word(100)
    executions: int = number(default=0)
    input_tokens: int = big_number(default=0)
    output_tokens: int = big_number(default=0)
    tokens_used: int = big_number(default=0)
    estimated_cost: Decimal = money()
    updated_at: dt.datetime = moment(default_now=True)
