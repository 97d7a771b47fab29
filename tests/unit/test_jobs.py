"""Jobs: what the program does by itself, and when."""

from __future__ import annotations

import asyncio
from typing import Any, cast
from unittest.mock import Mock

import pytest

from bot import jobs
from bot.jobs import Upkeep, timers
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
    """Whoever was down at three o'clock need not wait for the next night."""
    monkeypatch.setattr(jobs, "CATCH_UP", 0)
    night, nothing = Night(), cast("Any", None)
    upkeep = Upkeep(
        leases=Mock(), housekeeping=Mock(), retention=cast("Any", night), checkpoints=Mock(), checkpoint_minutes=60
    )
    async with timers(nothing, upkeep):
        await night.called.wait()
