"""Figures: cheap sums, along indexes, for who looks on."""

from __future__ import annotations

from typing import Protocol

from core.domain.figures import Ending, Standing


class Figures(Protocol):
    """Reads what ``/metrics`` shows."""

    async def standing(self) -> Standing:
        """Sum up what waits."""

    async def endings(self, after: str, until: str, *, limit: int) -> tuple[Ending, ...]:
        """Return what came to its end, by the id of the change of status: above ``after``, up to ``until``."""
