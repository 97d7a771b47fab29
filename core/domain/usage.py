"""Usage: what requests cost, by day, person and model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.domain.base import Domain


class DailyUsage(Domain):
    """What one person's requests used of one model on one day (UTC); tokens are the model's, money is US dollars."""

    day: date
    user_id: str
    model: str
    executions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    tokens_used: int = 0
    estimated_cost: Decimal = Decimal(0)
