"""The queue of runs, emptied: procrastinate gives each job to one worker, and again when that one has died.

That a run is carried out once per approval does not rest on it: the claim of the run does that.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from core.domain.run_queue import QUEUE, TASK
from core.errors import Internal, SkillwardenError

if TYPE_CHECKING:
    from procrastinate import App

# Seconds until what could not be done now is tried again, and until the database is asked again that did not answer.
AGAIN = 2
# Seconds between signs of life of a worker, and without one until its jobs are given to others.
ALIVE, DEAD = 5.0, 20.0
# Connections: one listens, the others fetch and finish. Seconds until one of them has to be free, or to be made: a
# worker that is told to stop asks for one more, and the program has ten seconds to end.
_CONNECTIONS = 3
_PATIENCE = 3.0
# When the jobs of dead workers are looked for: every ten seconds. croniter: the sixth field is the seconds.
LOOK = "* * * * * */10"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class RunJobs:
    """What is done with a run, by its id."""

    work: Callable[[str], Awaitable[None]]
    abandon: Callable[[str, SkillwardenError], Awaitable[None]]
    is_over: Callable[[str], Awaitable[bool]]
    #: Queues what no job stands for.
    mend: Callable[[], Awaitable[None]]
    #: Tries, in this process, of what fails for no known reason.
    tries: int
    #: How many at a time.
    at_once: int


class NotOverError(Exception):
    """Another worker has the run, or its place: it is looked at again."""


@contextlib.asynccontextmanager
async def emptied(conninfo: str, jobs: RunJobs) -> AsyncIterator[None]:
    """Do what is queued in the database at ``conninfo`` while the context lasts; what is under way then is finished."""
    # A line for each job would be two too many.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    app = await asyncio.to_thread(_app, conninfo, jobs)  # its import reads files
    worker = asyncio.create_task(_keep_working(app, jobs), name="run queue")
    try:
        yield
    finally:
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker


@contextlib.asynccontextmanager
async def _opened(app: App) -> AsyncIterator[None]:
    """Open the pool of connections, and close it in any case.

    Its tasks outlive an opening that was cancelled, and one that is connecting then takes no cancellation any more: the
    program would never end.
    """
    try:
        await app.open_async()
        yield
    finally:
        await app.close_async()


async def _keep_working(app: App, jobs: RunJobs) -> None:
    task = asyncio.current_task()
    while True:
        try:
            async with _opened(app):
                await jobs.mend()
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=jobs.at_once,
                    fetch_job_polling_interval=1.0,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=ALIVE,
                    stalled_worker_timeout=DEAD,
                )
        except Exception as error:  # noqa: BLE001 - whatever ends it, the queue is to be emptied
            _log.warning("the queue of runs cannot be read", error=f"{type(error).__name__}: {error}")
            if task is not None and task.cancelling():
                return  # it took the place of the cancellation
        await asyncio.sleep(AGAIN)


def _app(conninfo: str, jobs: RunJobs) -> App:
    from procrastinate import App, PsycopgConnector, RetryStrategy
    from procrastinate.exceptions import ConnectorException

    app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=_CONNECTIONS, timeout=_PATIENCE))

    # By run. The attempts that are on record count how often others had it or its place, too.
    failures = Counter[str]()

    @app.task(name=TASK, queue=QUEUE, retry=RetryStrategy(wait=AGAIN))
    async def run(run_id: str) -> None:
        try:
            await jobs.work(run_id)
        except Exception as error:
            if isinstance(error, SkillwardenError) and error.recoverable:
                raise
            _log.error("work failed", what=f"run {run_id}", exc_info=error)
            failures[run_id] += 1
            if failures[run_id] < jobs.tries:
                raise
            del failures[run_id]
            reason = error if isinstance(error, SkillwardenError) else Internal(code=type(error).__name__)
            await jobs.abandon(run_id, reason)
        if not await jobs.is_over(run_id):
            raise NotOverError
        failures.pop(run_id, None)

    @app.periodic(cron=LOOK)
    @app.task(name=f"{TASK}.left", queue=QUEUE, queueing_lock=f"{TASK}.left")
    async def left(timestamp: int) -> None:
        """Give the jobs of dead workers to others, then queue what no job stands for."""
        del timestamp
        for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=DEAD):
            with contextlib.suppress(ConnectorException):  # another one was faster
                await app.job_manager.retry_job(job)
        await jobs.mend()

    return app
