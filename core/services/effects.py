"""Effects: what begins in the transaction that approves - runs for what takes time, changes of records at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.services.runs import enqueue, subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import Execution
    from core.ports import UnitOfWork
    from core.services.record_changes import RecordChanges


class Effects:
    """Begins what people agreed to."""

    def __init__(self, *, records: RecordChanges) -> None:
        """Change the bot's own records through ``records``."""
        self._records = records

    async def begin(self, uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> None:
        """Begin what ``execution.subject`` says, in the caller's transaction.

        Raises:
            NameTaken, SubjectMoved: what was approved can no longer be done.
        """
        if subject_of(execution).records:
            await self._records.apply(uow, execution, now=now, actor=actor)
        else:
            await enqueue(uow, execution, now=now, actor=actor)
