"""The repository of drifts; see the package for what holds everywhere."""

from __future__ import annotations

from typing import Protocol

from core.domain.drift import DriftEvent


class Drifts(Protocol):
    """Where something else was found than what was approved."""

    async def add(self, drift: DriftEvent) -> bool:
        """Store a drift; False when the target has one that is not resolved."""

    async def get(self, drift_id: str) -> DriftEvent | None: ...
    async def unresolved(self) -> tuple[DriftEvent, ...]:
        """Return those that are still there, ignored ones too, the oldest first."""

    async def at(self, target_id: str) -> DriftEvent | None:
        """Return the one of a target that is still there."""

    async def ignored_at(self, target_id: str) -> tuple[DriftEvent, ...]:
        """Return every one of a target that somebody ignored, resolved ones too."""

    async def update(self, drift: DriftEvent, *, expected: str) -> bool:
        """Write it if its status is ``expected``; copies of its card that show an older revision are out of date."""
