"""Callbacks: a program that left an address hears there, once, how what it asked for ended."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from core.domain.base import new_id
from core.domain.callbacks import Callback
from core.domain.events import ErrorOccurred
from core.domain.notices import Notice, NoticeKind, NoticeStatus
from core.errors import CallbackFailed, CallbackRefused, NothingGivenUp

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.executions import Execution
    from core.errors import SkillwardenError
    from core.ports import CallbackSender, Clock, Storage

# The first wait after a failure; it doubles up to the longest one. After a day nobody is waiting any more.
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)
GIVE_UP = timedelta(days=1)

_ACTOR = "system:callback"


def callback_key(execution_id: str) -> str:
    """Return what keeps a callback from being queued twice."""
    return f"{NoticeKind.CALLBACK}:{execution_id}"


def callback_notice(execution: Execution, now: datetime) -> Notice:
    """Return the callback of ``execution``, which has ended: each goes its own way and holds up no other."""
    return Notice(
        id=new_id(now),
        dedupe_key=callback_key(execution.id),
        kind=NoticeKind.CALLBACK,
        execution_id=execution.id,
        next_attempt_at=now,
        created_at=now,
    )


async def call_again(storage: Storage, clock: Clock, execution: Execution) -> None:
    """Have the callback of ``execution`` sent again that was given up, under its id, for another day at most.

    Raises:
        NothingGivenUp: it has none that was.
    """
    async with storage.begin() as uow:
        notice = await uow.notices.by_dedupe_key(callback_key(execution.id))
        if notice is None or notice.status is not NoticeStatus.FAILED:
            raise NothingGivenUp(code=execution.code)
        now = clock.now()
        await uow.notices.update(
            notice.evolve(status=NoticeStatus.PENDING, attempts=0, next_attempt_at=now, created_at=now)
        )
        await uow.commit()


class Callbacks:
    """Sends what is due. Sent twice when the program dies between sending and noting it; never not at all."""

    def __init__(self, *, storage: Storage, clock: Clock, sender: CallbackSender) -> None:
        """Send through ``sender``."""
        self._storage = storage
        self._clock = clock
        self._sender = sender

    async def send(self, notice_id: str) -> None:
        """Send one callback; try again later when its receiver cannot take it now."""
        async with self._storage.read() as uow:
            notice = await uow.notices.get(notice_id)
            execution = await uow.executions.get(notice.execution_id or "") if notice else None
            request = await uow.approvals.of_execution(execution.id) if execution else None
        if notice is None or notice.status is not NoticeStatus.PENDING or execution is None:
            return
        if notice.next_attempt_at > self._clock.now():
            return  # it was tried since it was found
        callback = Callback(
            delivery_id=notice.id, url=execution.callback_url or "", execution=execution, request=request
        )
        try:
            await self._sender.send(callback)
        except CallbackFailed as error:
            await self._failed(notice, error)
        except CallbackRefused as error:
            await self._given_up(notice, error)
        else:
            now = self._clock.now()
            done = notice.evolve(status=NoticeStatus.DELIVERED, delivered_at=now, attempts=notice.attempts + 1)
            async with self._storage.begin() as uow:
                await uow.notices.update(done)
                await uow.commit()

    async def abandon(self, notice_id: str, error: SkillwardenError) -> None:
        """Give up a callback that cannot be made."""
        async with self._storage.read() as uow:
            notice = await uow.notices.get(notice_id)
        if notice is not None:
            await self._given_up(notice, error)

    async def _failed(self, notice: Notice, error: CallbackFailed) -> None:
        now = self._clock.now()
        if now - notice.created_at >= GIVE_UP:
            await self._given_up(notice, error)
            return
        jitter = 0.5 + secrets.randbelow(1000) / 1000
        wait = min(FIRST_WAIT * float(2 ** min(notice.attempts, 16)), LONGEST_WAIT) * jitter
        later = notice.evolve(attempts=notice.attempts + 1, last_error=str(error), next_attempt_at=now + wait)
        async with self._storage.begin() as uow:
            await uow.notices.update(later)
            await uow.commit()

    async def _given_up(self, notice: Notice, error: SkillwardenError) -> None:
        now = self._clock.now()
        failed = notice.evolve(
            status=NoticeStatus.FAILED, attempts=notice.attempts + 1, last_error=str(error), next_attempt_at=now
        )
        said = ErrorOccurred(timestamp=now, error=str(error), error_type=error.error_type, recoverable=False)
        async with self._storage.begin() as uow:
            await uow.notices.update(failed)
            if notice.execution_id is not None:
                await uow.events.append(notice.execution_id, _ACTOR, said)
            await uow.commit()
