"""Drifts at work: which ones a request is about, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AcceptDrift, IgnoreDrift, RestoreDrift
from core.domain.drift import DriftStatus, Resolution
from core.errors import DriftOver, NoDrift
from core.services.ledger import Ledger

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.actions import ChatAction
    from core.domain.drift import DriftEvent
    from core.domain.executions import Execution
    from core.domain.targets import InstallTarget
    from core.ports import UnitOfWork
    from core.services.wanted import Wanted

_ENDED_BY: dict[type, Resolution] = {RestoreDrift: Resolution.RESTORED, AcceptDrift: Resolution.ACCEPTED}


async def drifts_of(uow: UnitOfWork, action: RestoreDrift | AcceptDrift | IgnoreDrift) -> dict[str, DriftEvent]:
    """Return what ``action`` can be about, by target: the drift that it names, or all that are still there.

    Raises:
        DriftOver: the one that it names is there no more.
        NoDrift: there is none.
    """
    if action.drift is not None:
        drift = await uow.drifts.get(action.drift)
        if drift is None:
            raise NoDrift
        if drift.status is DriftStatus.RESOLVED:
            raise DriftOver(skill=drift.details.skill, provider=drift.details.provider)
        return {drift.target_id: drift}
    found = {drift.target_id: drift for drift in await uow.drifts.unresolved()}
    if not found:
        raise NoDrift
    return found


async def note_request(uow: UnitOfWork, execution: Execution, wanted: Wanted) -> None:
    """Let the cards of the drifts that ``wanted`` would end say that ``execution`` asks for it."""
    targets = [place.recorded.id for skill in wanted.skills for place in skill.places if place.recorded is not None]
    for target_id in targets:
        drift = await uow.drifts.at(target_id)
        if drift is not None:
            asked = drift.evolve(execution_id=execution.id, revision=drift.revision + 1)
            await uow.drifts.update(asked, expected=drift.status)


async def end_drift(
    uow: UnitOfWork, target: InstallTarget, execution: Execution, *, action: ChatAction, now: datetime, actor: str
) -> None:
    """End the drift of ``target``, if there is one: ``execution`` has brought it to what is recorded."""
    drift = await uow.drifts.at(target.id)
    if drift is not None:
        how = _ENDED_BY.get(type(action), Resolution.REPLACED)
        await Ledger(uow, now=now, actor=actor).drift(
            drift, DriftStatus.RESOLVED, execution_id=execution.id, resolution=how, resolved_at=now
        )
