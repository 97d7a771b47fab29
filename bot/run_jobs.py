"""Run jobs: what those who empty the queue of runs do with each."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from bot.integrations.run_queue import RunJobs, emptied
from bot.logs import correlated
from bot.tasks import CONCURRENCY
from bot.workers import TRIES
from core.domain.executions import RunStatus

if TYPE_CHECKING:
    from bot.installation import Installation
    from core.ports import Clock, Storage
    from core.services.execution_service import ExecutionService


def queue_emptied(
    installation: Installation, storage: Storage, executor: ExecutionService, clock: Clock
) -> AbstractAsyncContextManager[None]:
    """Carry out what is queued while the context lasts."""

    async def is_over(run_id: str) -> bool:
        async with storage.read() as uow:
            run = await uow.runs.get(run_id)
        # What waits for a merge has no lease; when it is to be looked at again it gets another job.
        is_waiting = run is not None and run.status is RunStatus.RUNNING and run.lease_until is None
        return run is None or is_waiting or run.status not in {RunStatus.QUEUED, RunStatus.RUNNING}

    async def mend() -> None:
        async with storage.begin() as uow:
            await uow.run_queue.mend(clock.now())
            await uow.commit()

    async def work(run_id: str) -> None:
        with correlated(run_id):
            await executor.run(run_id)

    jobs = RunJobs(
        work=work,
        abandon=executor.abandon,
        is_over=is_over,
        mend=mend,
        tries=TRIES,
        at_once=CONCURRENCY,
    )
    return emptied(installation.conninfo, jobs)
