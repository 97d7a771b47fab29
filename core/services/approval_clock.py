"""The clock of the approval desk: more people are asked, the silent are reminded, and in the end time is over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.approvals import ApprovalStatus
from core.domain.eligibility import standing
from core.domain.events import ApprovalReceived, ErrorOccurred
from core.domain.executions import ExecutionStatus
from core.domain.notices import NoticeKind
from core.errors import AlreadyDecided, ErrorType, RequestExpired, Words
from core.services.approval_notices import Audience, alarms, next_alarm, present, remind, send_cards
from core.services.closing import close_request, stop_execution
from core.services.outcomes import tell_outcome
from core.services.questions import waiting_seats

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest
    from core.ports import Clock, Storage, UnitOfWork
    from core.services.rosters import Rosters

# The actor of an expiry, as data-model.md names it.
EXPIRY = "system:expiry"

# How many requests one transaction reminds of.
BATCH = 50
# How many one transaction closes, which is more work: whoever speaks meanwhile waits for no more than these.
CLOSED_AT_ONCE = 10


class ApprovalClock:
    """Does what is due. Every call is safe at any time, any number of times."""

    def __init__(self, *, storage: Storage, clock: Clock, rosters: Rosters, audience: Audience) -> None:
        """Remind ``audience``."""
        self._storage = storage
        self._clock = clock
        self._rosters = rosters
        self._audience = audience

    async def expire_due(self) -> int:
        """Close every request whose time is over, each with its notice to the requester. Returns how many.

        A request that somebody decides meanwhile stays decided.
        """
        total = 0
        while await self._anything_due():
            async with self._storage.begin() as uow:
                due = await uow.approvals.due(self._clock.now(), limit=CLOSED_AT_ONCE)
                # Side by side: what they ask the database goes there together.
                expired = await asyncio.gather(*(self._expire(uow, request) for request in due), return_exceptions=True)
                if failed := next((one for one in expired if isinstance(one, BaseException)), None):
                    raise failed
                await uow.commit()
            total += expired.count(True)
        return total

    async def remind_due(self) -> int:
        """Ask more people where a rule escalates, and remind those who have not voted. Returns how many requests."""
        async with self._storage.read() as uow:
            if not await uow.approvals.remind_due(self._clock.now(), limit=1):
                return 0
        await self._rosters.look_up()
        async with self._storage.begin() as uow:
            due = await uow.approvals.remind_due(self._clock.now(), limit=BATCH)
            for request in due:
                await self._remind(uow, request)
            await uow.commit()
        return len(due)

    async def _anything_due(self) -> bool:
        async with self._storage.read() as uow:
            return bool(await uow.approvals.due(self._clock.now(), limit=1))

    async def _remind(self, uow: UnitOfWork, request: ApprovalRequest) -> None:
        now = self._clock.now()
        roster = await self._rosters.load(uow)
        available = self._rosters.seats(request, roster)
        escalation, reminder = alarms(request)
        # Whoever was shown it before is not shown it again.
        await send_cards(uow, request, available=available, roster=roster, audience=self._audience, now=now)
        if escalation is not None and escalation <= now and request.execution_id is not None:
            await uow.executions.bump(request.execution_id, now)
        if reminder <= now:
            counted = standing(await uow.approvals.votes(request.id), available, revision=request.revision)
            silent = present(waiting_seats(available, counted), roster)
            await remind(uow, request, silent, audience=self._audience, now=now)
        await uow.approvals.set_reminder(request.id, next_alarm(request, now))

    async def _expire(self, uow: UnitOfWork, request: ApprovalRequest) -> bool:
        """Close ``request``; False when somebody was first, which concerns none of the others."""
        now = self._clock.now()
        try:
            await close_request(uow, request, ApprovalStatus.EXPIRED, now=now, by=EXPIRY)
        except (AlreadyDecided, RequestExpired):
            return False
        execution = await uow.executions.get(request.execution_id) if request.execution_id else None
        if execution is None or execution.status is not ExecutionStatus.PENDING:
            return True
        await uow.events.append(
            execution.id,
            EXPIRY,
            ApprovalReceived(
                timestamp=now, approved=False, by=EXPIRY, channel="system", revision=request.revision, decided="expired"
            ),
            ErrorOccurred(
                timestamp=now,
                error=Words("Nobody decided in time."),
                error_type=ErrorType.TIMEOUT,
                recoverable=True,
                ended="cancelled",
            ),
        )
        await stop_execution(uow, execution, RequestExpired.code, now=now, actor=EXPIRY)
        await tell_outcome(uow, execution, NoticeKind.EXPIRED, now)
        return True
