"""Effects: what begins in the transaction that approves - runs for what takes time, changes of records at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AddSkill
from core.domain.executions import ExecutionStatus
from core.domain.notices import NoticeKind
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome
from core.services.runs import enqueue, subject_of

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from core.domain.executions import Execution
    from core.ports import UnitOfWork
    from core.services.additions import Additions
    from core.services.record_changes import RecordChanges


class Effects:
    """Begins what people agreed to."""

    def __init__(self, *, records: RecordChanges, additions: Additions, undo: timedelta) -> None:
        """Change the bot's own records through ``records``, and what it has in its catalogue through ``additions``.

        What people voted for takes place elsewhere after ``undo`` only.
        """
        self._undo = undo
        self._records = records
        self._additions = additions

    async def begin(
        self, uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str, can_undo: bool = False
    ) -> None:
        """Begin what ``execution.subject`` says, in the caller's transaction.

        Raises:
            NameTaken, OutOfDate: what was approved can no longer be done.
        """
        subject = subject_of(execution)
        if subject.question is not None:
            await _answer(uow, execution, now=now, actor=actor)
        elif subject.records:
            await self._records.apply(uow, execution, now=now, actor=actor)
        elif isinstance(subject.action, AddSkill):
            await self._additions.apply(uow, execution, now=now, actor=actor)
        else:
            # Without a window nothing waits, not even for a clock that is set back.
            not_before = now + self._undo if can_undo and self._undo else None
            await enqueue(uow, execution, now=now, actor=actor, not_before=not_before)


async def _answer(uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> None:
    """End what another program asked: whatever follows from the answer is its own to do."""
    ledger = Ledger(uow, now=now, actor=actor)
    running = await ledger.execution(execution, ExecutionStatus.RUNNING, started_at=now, waiting_for=None)
    await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now)
    await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)
