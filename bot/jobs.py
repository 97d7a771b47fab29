"""Jobs: the timers. Each calls a service that is safe to call at any time, any number of times."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from core.errors import RecordReplaced, SkillwardenError
from core.services.leases import RENEW

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from core.services.approval_clock import ApprovalClock
    from core.services.checkpoints import Checkpoints
    from core.services.drift_watch import DriftWatch
    from core.services.housekeeping import Housekeeping
    from core.services.leases import Leases
    from core.services.provider_health import ProviderHealth
    from core.services.retention import Retention

# Seconds between sweeps: how late an expiry may be noticed at most.
SWEEP = 5
# Seconds between looks for notices whose next attempt has come and runs whose owner has died.
WAKE = 1
# Seconds between sweeps of questions that nobody answered.
TIDY = 60
# Minutes between looks at the providers.
HEALTH = 5
# The hour (UTC) at which what is old goes; half an hour later the day is sealed.
NIGHT = 3
# Seconds after the start at which that is made up for: who was down at night is late, and nobody knows how late.
CATCH_UP = 60

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What the program does for itself."""

    leases: Leases
    housekeeping: Housekeeping
    retention: Retention
    health: ProviderHealth
    checkpoints: Checkpoints
    drift: DriftWatch
    #: Minutes between checkpoints, and between looks for drift.
    checkpoint_minutes: int
    drift_minutes: int


@contextlib.asynccontextmanager
async def ticking(tick: Callable[[], object]) -> AsyncIterator[None]:
    """Call ``tick`` every second while the context lasts: time has passed, and other processes have worked."""

    async def tock() -> None:
        while True:
            await asyncio.sleep(WAKE)
            tick()

    task = asyncio.create_task(tock(), name="ticking")
    try:
        yield
    finally:
        task.cancel()


@contextlib.asynccontextmanager
async def renewing(leases: Leases) -> AsyncIterator[None]:
    """Keep the leases of this process while the context lasts."""
    renew = _patient(leases.renew, "renewing leases")

    async def keep() -> None:
        while True:
            await asyncio.sleep(RENEW)
            try:
                await renew()
            except Exception as error:  # noqa: BLE001 - the last boundary: what is under way would be given to others
                _log.error("renewing leases failed", error=f"{type(error).__name__}: {error}")

    task = asyncio.create_task(keep(), name="leases")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def timers(approvals: ApprovalClock, upkeep: Upkeep) -> AsyncIterator[None]:
    """Sweep while the context lasts; of several processes on one database in one of them."""

    async def expire() -> None:
        await approvals.expire_due()
        await approvals.remind_due()

    async def retire() -> None:
        _log.info("retention", **(await upkeep.retention.run()).model_dump())

    async def look_for_drift() -> None:
        for look in await upkeep.drift.check():
            _log.warning("a place could not be read", place=look.place.name, error=look.error)

    async def seal_the_day() -> None:
        await upkeep.checkpoints.make()
        await upkeep.checkpoints.show()

    # It would write two lines for each tick.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = await asyncio.to_thread(_scheduler)
    scheduler.add_job(_patient(expire, "expiries and reminders"), "interval", seconds=SWEEP)
    scheduler.add_job(_patient(upkeep.housekeeping.drop_unanswered, "tidying"), "interval", seconds=TIDY)
    scheduler.add_job(_patient(retire, "retention"), "cron", hour=NIGHT)
    late = datetime.now(UTC) + timedelta(seconds=CATCH_UP)
    scheduler.add_job(_patient(retire, "retention"), "date", run_date=late)
    look_at_providers = _patient(upkeep.health.check, "the look at the providers")
    scheduler.add_job(look_at_providers, "interval", minutes=HEALTH, next_run_time=late)
    scheduler.add_job(_patient(upkeep.checkpoints.make, "checkpoints"), "interval", minutes=upkeep.checkpoint_minutes)
    scheduler.add_job(_patient(look_for_drift, "the look for drift"), "interval", minutes=upkeep.drift_minutes)
    scheduler.add_job(_patient(seal_the_day, "the checkpoint of the day"), "cron", hour=NIGHT, minute=30)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def _patient(work: Callable[[], Awaitable[object]], what: str) -> Callable[[], Awaitable[None]]:
    """Return ``work`` as a job: what fails is in the log, and is tried again when it is due again."""

    async def job() -> None:
        try:
            await work()
        except RecordReplaced as error:
            _log.error("the record was replaced", error=str(error))
        except SkillwardenError as error:
            _log.warning(f"{what} has to wait", error=str(error))

    return job


def _scheduler() -> AsyncIOScheduler:
    """Return a scheduler that makes up for late starts once; its import reads files, hence the thread."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    return AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
