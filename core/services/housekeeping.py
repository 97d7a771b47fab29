"""Housekeeping: what the program does for itself - taking over after a crash, dropping questions nobody answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.events import ErrorOccurred
from core.domain.executions import WaitingFor
from core.errors import ErrorType
from core.services.closing import stop_execution

if TYPE_CHECKING:
    from core.ports import Clock, Storage

# How long a question waits for its answer.
ANSWER_TTL = timedelta(hours=24)

_BATCH = 50

ACTOR = "system:housekeeping"


class Housekeeping:
    """Safe to call at any time, any number of times."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        """Keep ``storage`` tidy."""
        self._storage = storage
        self._clock = clock

    async def take_over(self) -> int:
        """Free the runs that died with their process; for the only process on this database. Returns how many."""
        async with self._storage.begin() as uow:
            freed = await uow.runs.release_leases(self._clock.now())
            if freed:
                await uow.commit()
        return freed

    async def drop_unanswered(self) -> int:
        """Cancel executions whose question nobody answered within a day. Returns how many."""
        now = self._clock.now()
        dropped = 0
        async with self._storage.begin() as uow:
            for execution_id in await uow.executions.waiting(WaitingFor.ANSWER, limit=_BATCH):
                execution = await uow.executions.get(execution_id)
                if execution is not None and execution.created_at + ANSWER_TTL <= now:
                    unanswered = ErrorOccurred(
                        timestamp=now,
                        error="Nobody answered the question within a day.",
                        error_type=ErrorType.TIMEOUT,
                        recoverable=True,
                        ended="cancelled",
                    )
                    await uow.events.append(execution.id, ACTOR, unanswered)
                    await stop_execution(uow, execution, "UNANSWERED", now=now, actor=ACTOR)
                    dropped += 1
            if dropped:
                await uow.commit()
        return dropped
