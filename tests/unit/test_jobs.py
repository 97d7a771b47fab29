"""Jobs: what the program does by itself, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast
from unittest.mock import AsyncMock, Mock, call

import pytest

from bot import jobs
from bot.jobs import NIGHT, Upkeep, renewing, timers
from core.errors import RecordReplaced, StorageError
from core.services.retention import Retired


class Night:
    """Stands where retention is, and says when it was called."""

    def __init__(self) -> None:
        self.called = asyncio.Event()

    async def run(self) -> Retired:
        self.called.set()
        return Retired()


@pytest.mark.timeout(20)
async def test_a_missed_night_is_made_up_for_after_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was down at three o'clock need not wait for the next night; providers are looked at as soon."""
    monkeypatch.setattr(jobs, "CATCH_UP", 0)
    night, nothing = Night(), cast("Any", None)
    seen = asyncio.Event()
    health = Mock(check=AsyncMock(side_effect=seen.set))
    upkeep = Upkeep(
        leases=Mock(),
        housekeeping=Mock(),
        retention=cast("Any", night),
        health=health,
        checkpoints=Mock(),
        drift=Mock(),
        checkpoint_minutes=60,
        drift_minutes=60,
    )
    async with timers(nothing, upkeep):
        await night.called.wait()
        await seen.wait()


class Timetable:
    """Stands where the scheduler is: keeps what is to be done when, and does it when it is told to."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, dict[str, Any], Callable[[], Awaitable[None]]]] = []
        self.start, self.shutdown = Mock(), Mock()

    def add_job(self, job: Callable[[], Awaitable[None]], trigger: str, **when: Any) -> None:
        self.jobs.append((trigger, when, job))

    async def do(self, trigger: str, **when: Any) -> None:
        """Do what is to be done just then."""
        for job in [job for kind, moment, job in self.jobs if (kind, moment) == (trigger, when)]:
            await job()


async def test_the_record_is_sealed_by_the_hour_and_shown_by_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkpoint comes every so many minutes, and each night one that every room is shown; trouble waits."""
    timetable, checkpoints = Timetable(), AsyncMock()
    monkeypatch.setattr(jobs, "_scheduler", lambda: timetable)
    upkeep = Upkeep(
        leases=Mock(),
        housekeeping=Mock(),
        retention=Mock(),
        health=Mock(),
        checkpoints=checkpoints,
        drift=Mock(),
        checkpoint_minutes=17,
        drift_minutes=19,
    )
    async with timers(cast("Any", None), upkeep):
        timetable.start.assert_called_once()
        await timetable.do("interval", minutes=17)
        assert checkpoints.mock_calls == [call.make()]
        checkpoints.make.side_effect = [
            RecordReplaced(seq=3, file="/elsewhere"),
            StorageError(reason="it is busy"),
            None,
        ]
        await timetable.do("interval", minutes=17)
        await timetable.do("cron", hour=NIGHT, minute=30)
        assert checkpoints.show.mock_calls == []
        await timetable.do("cron", hour=NIGHT, minute=30)
        assert checkpoints.mock_calls == [*[call.make()] * 4, call.show()]
    timetable.shutdown.assert_called_once()


@pytest.mark.parametrize("trouble", [StorageError(reason="it is busy"), RuntimeError("odd")])
async def test_leases_are_renewed_whatever_happened_the_last_time(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """Runs whose leases are not renewed are given to others while they are under way."""
    monkeypatch.setattr(jobs, "RENEW", 0)
    renewed = asyncio.Event()

    async def renew() -> None:
        if leases.renew.await_count > 1:
            renewed.set()
            return
        raise trouble

    leases = Mock(renew=AsyncMock(side_effect=renew))
    async with renewing(leases), asyncio.timeout(5):
        await renewed.wait()
