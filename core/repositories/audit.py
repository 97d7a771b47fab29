"""Audit: the record as it is hashed, in order and in portions, and the checkpoints over it.

Events, heads and checkpoints are records: JSON data as in an export, moments as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.domain.audit.hashing import Record


class Audit(Protocol):
    """Reads what verification, checkpoints and exports need."""

    async def checkpoints(self) -> tuple[Record, ...]:
        """Return every checkpoint, oldest first."""

    async def last_checkpoint(self, before: datetime | None = None) -> Record | None:
        """Return the newest checkpoint; of those made before a moment, if one is named."""

    async def add_checkpoint(self, checkpoint: Record, heads: Sequence[Record]) -> None:
        """Store a checkpoint with its new heads; heads that waited for one become its own."""

    async def fresh(self, after: int, *, limit: int) -> tuple[Record, ...]:
        """Return id, execution, seq and hash of the events with an id above ``after``, by id."""

    async def waiting_heads(self) -> tuple[Record, ...]:
        """Return the tombstones that are under no checkpoint yet."""

    async def heads_of(self, checkpoint: int) -> tuple[Record, ...]:
        """Return the heads that a checkpoint was made over, in the order of its tree."""

    async def heads(
        self, after: str, *, limit: int, since: tuple[int, int] = (0, 0), executions: Sequence[str] = ()
    ) -> tuple[Record, ...]:
        """Return the heads of the next executions behind the id ``after``: all heads of each of them, oldest first.

        ``since`` is the seq of a checkpoint and the id of its last event: only executions with a newer head or event.
        ``executions`` (empty: all) are the only ones.
        """

    async def events(
        self, after: tuple[str, int], *, limit: int, since: tuple[int, int] = (0, 0), executions: Sequence[str] = ()
    ) -> tuple[Record, ...]:
        """Return the next events by execution and seq, of the same executions as ``heads``, from their first on."""
