"""Runs: one worker on a run, one run on a target, and no word from a worker that was replaced."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from core.domain.executions import RUNS_PER_PROVIDER, InstallRun, RunStatus
from core.errors import StorageError
from core.ports import Storage, UnitOfWork
from tests.clock import START
from tests.storage_factory import (
    World,
    make_run,
    make_skill,
    make_target,
)

SOON = START + timedelta(minutes=1)
LATER = START + timedelta(minutes=5)


async def claim(uow: UnitOfWork, run: InstallRun, *, now: datetime = START, owner: str = "w1") -> InstallRun | None:
    """Claim ``run`` for five minutes."""
    return await uow.runs.claim(run.id, owner=owner, now=now, until=now + timedelta(minutes=5))


async def add_runs(database: Storage, *runs: InstallRun) -> None:
    """Store ``runs``."""
    async with database.begin() as uow:
        for run in runs:
            await uow.runs.add(run)
        await uow.commit()


async def test_a_queued_run_is_claimed_once(database: Storage, world: World) -> None:
    """Of ten workers exactly one gets the run, with a lease and a higher fence."""
    run = make_run(world.execution, world.target)
    await add_runs(database, run)

    async def work(owner: str) -> InstallRun | None:
        async with database.begin() as uow:
            claimed = await claim(uow, run, owner=owner)
            await uow.commit()
            return claimed

    claimed = [got for got in await asyncio.gather(*(work(f"w{number}") for number in range(10))) if got is not None]
    assert len(claimed) == 1
    async with database.read() as uow:
        found = await uow.runs.get(run.id)
    assert found == claimed[0]
    assert found == run.evolve(
        status="running",
        lease_owner=found.lease_owner,
        lease_until=START + timedelta(minutes=5),
        fence=1,
        started_at=START,
    )


async def test_a_run_is_claimed_again_when_its_lease_has_ended(database: Storage, world: World) -> None:
    """A dead worker's run goes to another one; the dead worker's record is refused from then on."""
    run = make_run(world.execution, world.target)
    await add_runs(database, run)
    async with database.begin() as uow:
        first = await claim(uow, run)
        assert first is not None
        assert await claim(uow, run, now=LATER - timedelta(microseconds=1)) is None
        second = await claim(uow, run, now=LATER, owner="w2")
        assert second is not None
        assert (second.fence, second.started_at, second.lease_owner) == (2, START, "w2")
        done = {"status": RunStatus.SUCCESS, "finished_at": LATER}
        assert not await uow.runs.update(first.evolve(**done), expected="running")
        assert await uow.runs.update(second.evolve(**done), expected="running")
        assert await claim(uow, run, now=LATER + timedelta(days=1)) is None


async def test_two_runs_never_share_a_target(database: Storage, world: World) -> None:
    """While a run on a target holds a live lease, another one on that target is neither offered nor claimed."""
    other_skill = make_skill(world.alice, "docx")
    elsewhere = make_target(other_skill, world.provider)
    async with database.begin() as uow:
        await uow.skills.add(other_skill)
        await uow.targets.add(elsewhere)
        await uow.commit()
    first, second = make_run(world.execution, world.target), make_run(world.execution, world.target)
    third = make_run(world.execution, elsewhere)
    await add_runs(database, first, second, third)
    async with database.begin() as uow:
        assert await uow.runs.claimable(START, limit=9) == (first.id, second.id, third.id)
        claimed = await claim(uow, first)
        assert claimed is not None
        assert await uow.runs.claimable(START, limit=9) == (third.id,)
        assert await claim(uow, second) is None
        assert await claim(uow, third) is not None
        assert await uow.runs.update(claimed.evolve(status="success"), expected="running")
        assert await uow.runs.claimable(START, limit=9) == (second.id,)
        assert await claim(uow, second) is not None


async def test_a_worker_whose_lease_ended_cannot_record_over_its_successor(database: Storage, world: World) -> None:
    """When another run takes over the target of a dead worker, the dead worker's own run is fenced off too.

    Whichever has the target in the end, a unique index refuses a third.
    """
    first, second = make_run(world.execution, world.target), make_run(world.execution, world.target)
    await add_runs(database, first, second)
    async with database.begin() as uow:
        zombie = await claim(uow, first)
        assert zombie is not None
        assert await uow.runs.claimable(LATER, limit=9) == (first.id, second.id)
        assert await claim(uow, second, now=LATER) is not None
        assert not await uow.runs.update(zombie.evolve(status="success"), expected="running")
        assert await claim(uow, first, now=LATER) is None
        again = await claim(uow, first, now=LATER + timedelta(minutes=5))
        assert again is not None
        assert again.fence == 3
        lease = {"status": RunStatus.RUNNING, "lease_owner": "w", "lease_until": LATER, "fence": 1}
        await uow.runs.add(make_run(world.execution, world.target, **lease))
        with pytest.raises(StorageError, match="active_key"):
            await uow.commit()


async def test_the_database_itself_refuses_two_running_runs_on_a_target(
    database: Storage, world: World, behind: Engine
) -> None:
    """Whatever the program does: a second running run on one target breaks a unique index."""
    lease = {"status": RunStatus.RUNNING, "lease_owner": "w", "lease_until": LATER, "fence": 1}
    async with database.begin() as uow:
        await uow.runs.add(make_run(world.execution, world.target, **lease))
        await uow.runs.add(make_run(world.execution, world.target, **lease))
        with pytest.raises(StorageError, match="active_key"):
            await uow.commit()


async def test_released_leases_can_be_claimed_at_once(database: Storage, world: World) -> None:
    """After a restart the dead process's leases end now; finished and queued runs are not counted."""
    run, queued = make_run(world.execution, world.target), make_run(world.execution, world.target)
    done = make_run(world.execution, world.target, status=RunStatus.SUCCESS, lease_until=LATER)
    await add_runs(database, run, queued, done)
    async with database.begin() as uow:
        await claim(uow, run)
        assert await uow.runs.release_leases(SOON) == 1
        assert await uow.runs.release_leases(SOON) == 0
        assert await uow.runs.claimable(SOON, limit=9) == (run.id, queued.id)
        assert await claim(uow, run, now=SOON, owner="w2") is not None


async def test_a_run_that_waits_for_a_merge_has_its_target_and_no_lease(database: Storage, world: World) -> None:
    """Nobody claims it before the next look, and nothing else on its target is claimed until it has ended."""
    waiting = make_run(
        world.execution, world.target, status=RunStatus.RUNNING, waits_for="bot/7F3K", not_before=LATER, fence=1
    )
    queued = make_run(world.execution, world.target)
    await add_runs(database, waiting, queued)
    async with database.begin() as uow:
        assert await uow.runs.waiting() == (waiting,)
        assert await uow.runs.claimable(SOON, limit=9) == ()
        assert await claim(uow, waiting, now=SOON) is None
        assert await claim(uow, queued, now=SOON) is None
        assert await uow.runs.claimable(LATER, limit=9) == (waiting.id,)
        looked_at = await claim(uow, waiting, now=LATER)
        assert looked_at is not None
        assert (looked_at.fence, looked_at.waits_for) == (2, "bot/7F3K")
        assert await claim(uow, queued, now=LATER) is None


async def test_after_a_restart_what_waits_is_looked_at(database: Storage, world: World) -> None:
    """Nobody knows for how long nobody looked."""
    waiting = make_run(world.execution, world.target, status=RunStatus.RUNNING, waits_for="bot/7F3K", not_before=LATER)
    await add_runs(database, waiting)
    async with database.begin() as uow:
        assert await uow.runs.release_leases(SOON) == 1
        assert await uow.runs.claimable(SOON, limit=9) == (waiting.id,)


async def test_the_last_run_that_succeeded_is_found(database: Storage, world: World) -> None:
    """Whatever was tried since."""
    done = [
        make_run(world.execution, world.target, status=RunStatus.SUCCESS, finished_at=moment)
        for moment in (LATER, SOON)
    ]
    failed = make_run(world.execution, world.target, status=RunStatus.FAILED, finished_at=LATER)
    await add_runs(database, *done, failed)
    async with database.read() as uow:
        assert await uow.runs.last_done(world.target.id) == done[0]
        assert await uow.runs.last_done("nothing") is None


async def test_a_run_that_is_not_there_cannot_be_claimed(database: Storage, world: World) -> None:
    """Claiming an unknown run gives None."""
    async with database.begin() as uow:
        assert await claim(uow, make_run(world.execution, world.target)) is None


async def test_the_runs_of_an_execution_keep_their_order(database: Storage, world: World) -> None:
    """Runs come back in the order in which they were planned, as many as can be claimed at a time."""
    runs = tuple(make_run(world.execution, world.target) for _ in range(5))
    await add_runs(database, *runs)
    async with database.read() as uow:
        assert await uow.runs.of_execution(world.execution.id) == runs
        assert await uow.runs.claimable(START, limit=2) == (runs[0].id, runs[1].id)


async def test_a_run_cannot_be_claimed_before_its_time(database: Storage, world: World) -> None:
    """Until then it is neither offered nor given out; from then on it is like any other."""
    run = make_run(world.execution, world.target, not_before=LATER)
    await add_runs(database, run)
    early = LATER - timedelta(microseconds=1)
    async with database.begin() as uow:
        assert await uow.runs.claimable(early, limit=9) == ()
        assert await claim(uow, run, now=early) is None
        assert await uow.runs.claimable(LATER, limit=9) == (run.id,)
        assert await claim(uow, run, now=LATER) is not None


async def test_a_clock_that_is_set_back_holds_no_run_up(database: Storage, world: World) -> None:
    """A run that was made a while after now has its time behind it; a few seconds are another machine's clock."""
    run = make_run(world.execution, world.target, created_at=LATER, not_before=LATER + timedelta(seconds=10))
    await add_runs(database, run)
    just_before, back = LATER - timedelta(seconds=10), LATER - timedelta(seconds=10, microseconds=1)
    async with database.begin() as uow:
        assert await uow.runs.claimable(just_before, limit=9) == ()
        assert await claim(uow, run, now=just_before) is None
        assert await uow.runs.claimable(back, limit=9) == (run.id,)
        assert await claim(uow, run, now=back) is not None


async def test_an_owner_keeps_its_leases_and_nobody_elses(database: Storage, world: World) -> None:
    """What is renewed is not claimable at the old end; finished runs and those of others stay as they are."""
    run, done = make_run(world.execution, world.target), make_run(world.execution, world.target)
    await add_runs(database, run, done.evolve(status=RunStatus.SUCCESS, lease_owner="w1"))
    async with database.begin() as uow:
        await claim(uow, run)
        assert await uow.runs.renew("w2", LATER + timedelta(minutes=5)) == 0
        assert await uow.runs.renew("w1", LATER + timedelta(minutes=5)) == 1
        assert await uow.runs.claimable(LATER, limit=9) == ()
        assert await uow.runs.claimable(LATER + timedelta(minutes=5), limit=9) == (run.id,)


async def test_a_provider_takes_so_many_runs_at_a_time(database: Storage, world: World) -> None:
    """Whoever claims them, in whatever process; those whose lease has ended do not count, and other providers do."""
    more = 2
    runs = []
    async with database.begin() as uow:
        for number in range(RUNS_PER_PROVIDER + more):
            skill = make_skill(world.alice, name=f"skill-{number}")
            await uow.skills.add(skill)
            target = make_target(skill, world.provider)
            await uow.targets.add(target)
            runs.append(make_run(world.execution, target))
            await uow.runs.add(runs[-1])
        await uow.commit()
    async with database.begin() as uow:
        claimed = [await claim(uow, run, owner=run.id) for run in runs]
        assert [run is not None for run in claimed] == [True] * RUNS_PER_PROVIDER + [False] * more
        assert await uow.runs.claimable(SOON, limit=9) == ()
        first = claimed[0]
        assert first is not None
        await uow.runs.update(first.evolve(status=RunStatus.SUCCESS), expected="running")
        assert await uow.runs.claimable(SOON, limit=9) == (runs[-2].id, runs[-1].id)
        assert await claim(uow, runs[-1]) is not None
        assert await uow.runs.claimable(SOON, limit=9) == ()
