"""Waits: what was proposed is looked at soon, when something was said that may end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.domain.executions import InstallRun
    from core.ports import UnitOfWork


async def look_soon(uow: UnitOfWork, now: datetime, concerns: Callable[[InstallRun], bool] = lambda _: True) -> None:
    """Have each run that waits for a merge looked at now, if it ``concerns`` the caller.

    Whoever has one at this moment has judged it before: they have cleared the time of its next look, and see by the
    new one that it was meant too. What is being pushed for the first time is looked at right after that anyway.
    """
    for run in await uow.runs.waiting():
        if concerns(run):
            await uow.runs.update(run.evolve(not_before=now), expected=run.status)
