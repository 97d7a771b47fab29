"""Jobs: the timers. Each calls a service that is safe to call at any time, any number of times."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from core.errors import SkillwardenError

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from core.services.approval_clock import ApprovalClock
    from core.services.housekeeping import Housekeeping
    from core.services.retention import Retention

# Seconds between sweeps: how late an expiry may be noticed at most.
SWEEP = 5
# Seconds between looks for notices whose next attempt has come and runs whose owner has died.
WAKE = 1
# Seconds between sweeps of questions that nobody answered.
TIDY = 60
# The hour (UTC) at which what is old goes.
NIGHT = 3
# Seconds after the start at which that is made up for: who was down at night is late, and nobody knows how late.
CATCH_UP = 60

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What the program does for itself."""

    housekeeping: Housekeeping
    retention: Retention


@contextlib.asynccontextmanager
async def timers(approvals: ApprovalClock, upkeep: Upkeep, wake: Callable[[], None]) -> AsyncIterator[None]:
    """Sweep and wake while the context lasts."""

    async def expire() -> None:
        try:
            await approvals.expire_due()
            await approvals.remind_due()
        except SkillwardenError as error:
            _log.warning("expiries and reminders have to wait", error=str(error))

    async def tidy() -> None:
        try:
            await upkeep.housekeeping.drop_unanswered()
        except SkillwardenError as error:
            _log.warning("tidying has to wait", error=str(error))

    async def retire() -> None:
        try:
            retired = await upkeep.retention.run()
        except SkillwardenError as error:
            _log.warning("retention has to wait", error=str(error))
        else:
            _log.info("retention", **retired.model_dump())

    async def look() -> None:
        wake()

    # It would write two lines for each tick.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = await asyncio.to_thread(_scheduler)
    scheduler.add_job(expire, "interval", seconds=SWEEP)
    scheduler.add_job(tidy, "interval", seconds=TIDY)
    scheduler.add_job(retire, "cron", hour=NIGHT)
    scheduler.add_job(retire, "date", run_date=datetime.now(UTC) + timedelta(seconds=CATCH_UP))
    scheduler.add_job(look, "interval", seconds=WAKE)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def _scheduler() -> AsyncIOScheduler:
    """Return a scheduler that makes up for late starts once; its import reads files, hence the thread."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    return AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
