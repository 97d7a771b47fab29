"""Drifts: one at a time for each target, changed only from where they stand, and cards that find out."""

from __future__ import annotations

from datetime import timedelta

from core.domain.drift import DriftStatus, Resolution
from core.domain.notices import NoticeKind
from core.ports import Storage
from tests.clock import START
from tests.storage_factory import World, make_drift, make_prompt

SOON = START + timedelta(minutes=1)


async def test_a_target_drifts_once_at_a_time(database: Storage, world: World) -> None:
    """Of two who find something one is first; once that is over there can be another one."""
    first, second = make_drift(world.target), make_drift(world.target, found_digest="f" * 64, detected_at=SOON)
    async with database.begin() as uow:
        assert await uow.drifts.add(first)
        assert not await uow.drifts.add(second)
        assert await uow.drifts.at(world.target.id) == first
        over = first.evolve(status=DriftStatus.RESOLVED, resolution=Resolution.CHANGED_AGAIN, resolved_at=SOON)
        assert await uow.drifts.update(over, expected=DriftStatus.OPEN)
        assert await uow.drifts.add(second)
        assert await uow.drifts.unresolved() == (second,)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.drifts.at(world.target.id) == second
        assert await uow.drifts.get(first.id) == over


async def test_a_drift_is_changed_only_from_where_it_stands(database: Storage, world: World) -> None:
    """Who ignores what is over changes nothing."""
    drift = make_drift(world.target)
    async with database.begin() as uow:
        await uow.drifts.add(drift)
        over = drift.evolve(status=DriftStatus.RESOLVED, resolution=Resolution.BY_ITSELF, resolved_at=SOON)
        assert await uow.drifts.update(over, expected=DriftStatus.OPEN)
        ignored = drift.evolve(status=DriftStatus.IGNORED, ignored_by=world.bob.id, ignored_at=SOON)
        assert not await uow.drifts.update(ignored, expected=DriftStatus.OPEN)
        assert await uow.drifts.get(drift.id) == over


async def test_what_was_ignored_is_remembered(database: Storage, world: World) -> None:
    """It is found when it is over, too; what nobody ignored is not."""
    ignored = make_drift(world.target, status=DriftStatus.IGNORED, ignored_by=world.bob.id, ignored_at=SOON)
    async with database.begin() as uow:
        await uow.drifts.add(ignored)
        assert await uow.drifts.unresolved() == (ignored,)
        over = ignored.evolve(status=DriftStatus.RESOLVED, resolution=Resolution.BY_ITSELF, resolved_at=SOON)
        await uow.drifts.update(over, expected=DriftStatus.IGNORED)
        assert await uow.drifts.unresolved() == ()
        assert await uow.drifts.ignored_at(world.target.id) == (over,)


async def test_cards_that_show_an_older_revision_are_out_of_date(database: Storage, world: World) -> None:
    """A copy of a drift's card is stale once the drift has changed, and no longer once it shows that."""
    drift = make_drift(world.target)
    card = make_prompt(world.execution, kind=NoticeKind.DRIFT_CARD, execution_id=None, drift_id=drift.id)

    async def stale() -> tuple[str, ...]:
        async with database.read() as uow:
            return await uow.prompts.stale(START, limit=9)

    async with database.begin() as uow:
        await uow.drifts.add(drift)
        await uow.prompts.add(card)
        await uow.commit()
    assert await stale() == ()
    async with database.begin() as uow:
        await uow.drifts.update(drift.evolve(revision=2), expected=DriftStatus.OPEN)
        await uow.commit()
    assert await stale() == (card.id,)
    async with database.begin() as uow:
        await uow.prompts.update(card.evolve(shown_revision=2))
        await uow.commit()
    assert await stale() == ()
