"""The queue of runs on PostgreSQL: what is queued is there with the run, or neither is."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from croniter import croniter
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import make_url
from structlog.testing import capture_logs

from bot.integrations import run_queue as consumer
from core.domain.executions import RunStatus
from core.domain.masking import Masker
from core.errors import Internal, ProgramMissing, SkillwardenError, StorageError
from storage import run_queue
from storage.database import Database
from storage.instances import libpq_url
from storage.migrate import migrate
from tests.clock import START, FakeClock
from tests.databases import POSTGRESQL, database_with_tables, empty, query, way_behind
from tests.harness import PATIENCE
from tests.relay import relayed
from tests.storage_factory import World, make_run, make_skill, make_target, store_world

_JOBS = "SELECT lock, queueing_lock, args, scheduled_at, status::text FROM procrastinate_jobs ORDER BY id"

_WORKERS = "SELECT id FROM procrastinate_workers WHERE last_heartbeat > now() - interval '10 seconds'"


@pytest.fixture(scope="module")
def queued_url() -> str:
    """Give the URL of a database with a queue."""
    url = POSTGRESQL.create()
    asyncio.run(migrate(url))
    assert asyncio.run(run_queue.prepare(url))
    return url


@pytest.fixture
async def database(queued_url: str) -> AsyncIterator[Database]:
    """Give that database."""
    opened = Database(queued_url, masker=Masker(), clock=FakeClock(), queues_runs=True)
    yield opened
    await opened.aclose()


@pytest.fixture
async def world(queued_url: str, database: Database) -> World:
    """Give a stored world, the only one."""
    await asyncio.to_thread(empty, queued_url)
    return await store_world(database)


async def jobs(url: str) -> dict[str, dict[str, Any]]:
    """Return the jobs by the run they stand for."""
    rows = await asyncio.to_thread(query, url, _JOBS)
    return {row["queueing_lock"]: row for row in rows}


async def registered(url: str) -> None:
    """Wait until a worker has signed on."""
    while not await asyncio.to_thread(query, url, _WORKERS):  # noqa: ASYNC110 - no event
        await asyncio.sleep(0)


async def test_a_job_is_there_with_its_run(database: Database, world: World, queued_url: str) -> None:
    """It names the run, waits as long as the run has to, and excludes others on the same target."""
    later = START + timedelta(seconds=30)
    run = make_run(world.execution, world.target, not_before=later)
    gone = make_run(world.execution, world.target)
    async with database.begin() as uow:
        await uow.runs.add(run)
        await uow.run_queue.put(run)
        await uow.commit()
    async with database.begin() as uow:
        await uow.runs.add(gone)
        await uow.run_queue.put(gone)
        assert await uow.runs.get(gone.id) is not None
    found = await jobs(queued_url)
    assert gone.id not in found
    assert found[run.id] == {
        "lock": world.target.id,
        "queueing_lock": run.id,
        "args": {"run_id": run.id},
        "scheduled_at": later,
        "status": "todo",
    }


async def test_what_no_job_stands_for_is_queued_once(database: Database, world: World, queued_url: str) -> None:
    """It was queued before there was a queue; what is over needs no job."""
    queued, running = make_run(world.execution, world.target), make_run(world.execution, world.target)
    running = running.evolve(status=RunStatus.RUNNING, lease_until=START)
    over = make_run(world.execution, world.target, status=RunStatus.SUCCESS)
    async with database.begin() as uow:
        for run in (queued, running, over):
            await uow.runs.add(run)
        await uow.commit()
    for _ in range(2):
        async with database.begin() as uow:
            await uow.run_queue.mend(START)
            await uow.commit()
    found = await jobs(queued_url)
    assert {queued.id, running.id} <= set(found)
    assert over.id not in found


async def test_what_waits_for_a_merge_is_queued_when_it_is_to_be_looked_at(
    database: Database, world: World, queued_url: str
) -> None:
    """Until then no worker has anything to do with it."""
    soon = START + timedelta(seconds=1)
    run = make_run(world.execution, world.target, status=RunStatus.RUNNING, not_before=soon)
    async with database.begin() as uow:
        await uow.runs.add(run)
        await uow.commit()
    for now, is_queued in ((START, False), (soon, True)):
        async with database.begin() as uow:
            await uow.run_queue.mend(now)
            await uow.commit()
        assert (run.id in await jobs(queued_url)) is is_queued


async def test_preparing_twice_changes_nothing_and_the_version_is_on_record(queued_url: str) -> None:
    """The newest of procrastinate's migrations is noted at its table: a later one is run where it is missing."""
    assert await run_queue.prepare(queued_url)
    (row,) = await asyncio.to_thread(
        query, queued_url, "SELECT obj_description(to_regclass('procrastinate_jobs')) AS said"
    )
    assert row["said"].endswith(".sql")


async def test_a_migration_that_is_missing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the library brings a newer one."""
    url = await asyncio.to_thread(POSTGRESQL.create)
    await migrate(url)
    await run_queue.prepare(url)
    newer = tmp_path / "99.00.00_01_more.sql"
    newer.write_text("CREATE TABLE procrastinate_more (id int); CREATE INDEX more ON procrastinate_more (id);")
    known = await asyncio.to_thread(run_queue._migrations)  # noqa: SLF001 - what the library would bring
    monkeypatch.setattr(run_queue, "_migrations", lambda: [*known, newer])
    assert await run_queue.prepare(url)
    assert await asyncio.to_thread(query, url, "SELECT * FROM procrastinate_more") == []


async def test_without_the_library_there_is_no_queue_and_none_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, queued_url: str
) -> None:
    """Runs would wait for ever in a queue that nobody empties."""
    url = await asyncio.to_thread(POSTGRESQL.create)
    await migrate(url)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert not await run_queue.prepare(url)
    with pytest.raises(ProgramMissing, match="distributed"):
        await run_queue.prepare(queued_url)


@pytest.mark.parametrize("backend", ["sqlite", "mysql"])
async def test_other_databases_have_no_queue(tmp_path: Path, backend: str) -> None:
    """There runs are found by looking for them."""
    url = await database_with_tables(backend, tmp_path)
    assert not await run_queue.prepare(url)
    database = Database(url, masker=Masker(), clock=FakeClock())
    world = await store_world(database)
    run = make_run(world.execution, world.target)
    async with database.begin() as uow:
        await uow.runs.add(run)
        await uow.run_queue.put(run)
        await uow.run_queue.mend(START)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.runs.claimable(START, limit=9) == (run.id,)
    await database.aclose()
    way_behind(url).dispose()


async def test_each_job_is_done_until_its_run_is_over(
    database: Database, world: World, queued_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails for a moment and what somebody else has is tried again; what keeps failing is given up."""
    monkeypatch.setattr(consumer, "AGAIN", 0)
    runs = []
    async with database.begin() as uow:
        for name in ("good", "busy", "broken"):
            skill = make_skill(world.alice, f"{name}-skill")
            await uow.skills.add(skill)
            target = make_target(skill, world.provider)
            await uow.targets.add(target)
            runs.append(make_run(world.execution, target))
            await uow.runs.add(runs[-1])
            await uow.run_queue.put(runs[-1])
        await uow.commit()
    good, busy, broken = (run.id for run in runs)
    tries, over, abandoned = Counter[str](), set[str](), dict[str, SkillwardenError]()
    ended = asyncio.Event()

    async def work(run_id: str) -> None:
        tries[run_id] += 1
        if run_id == good and tries[run_id] == 1:
            raise StorageError(reason="for a moment")
        if run_id == broken:
            raise ValueError("for good")
        if run_id == good or tries[run_id] == 3:
            over.add(run_id)

    async def abandon(run_id: str, error: SkillwardenError) -> None:
        abandoned[run_id] = error
        over.add(run_id)

    async def is_over(run_id: str) -> bool:
        if over >= {good, busy, broken}:
            ended.set()
        return run_id in over or run_id not in {good, busy, broken}  # what other tests have left

    async def mend() -> None:
        pass

    jobs_ = consumer.RunJobs(work=work, abandon=abandon, is_over=is_over, mend=mend, tries=3, at_once=2)
    async with consumer.emptied(libpq_url(queued_url), jobs_), asyncio.timeout(60):
        with capture_logs() as logged:
            await ended.wait()
    assert [line["event"] for line in logged] == ["work failed"] * 3
    assert (tries[good], tries[busy], tries[broken]) == (2, 3, 3)
    assert {run_id: type(error) for run_id, error in abandoned.items()} == {broken: Internal}
    assert not {good, busy, broken} & set(await jobs(queued_url))


async def test_waiting_behind_others_counts_for_no_try(
    database: Database, world: World, queued_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long somebody else had the place: what fails then has all its tries before it."""
    monkeypatch.setattr(consumer, "AGAIN", 0)
    run = make_run(world.execution, world.target)
    async with database.begin() as uow:
        await uow.runs.add(run)
        await uow.run_queue.put(run)
        await uow.commit()
    looks, failures, abandoned = Counter[str](), Counter[str](), asyncio.Event()

    async def work(run_id: str) -> None:
        looks[run_id] += 1
        if looks[run_id] <= 5:
            return  # another one has the place
        failures[run_id] += 1
        raise ValueError("for good")

    async def abandon(run_id: str, _error: SkillwardenError) -> None:
        if run_id == run.id:
            abandoned.set()

    async def is_over(run_id: str) -> bool:
        return run_id != run.id or abandoned.is_set()

    jobs_ = consumer.RunJobs(work=work, abandon=abandon, is_over=is_over, mend=AsyncMock(), tries=3, at_once=1)
    async with consumer.emptied(libpq_url(queued_url), jobs_), asyncio.timeout(60):
        with capture_logs():
            await abandoned.wait()
    assert failures[run.id] == 3


def test_the_jobs_of_the_dead_are_looked_for_every_ten_seconds() -> None:
    """At any moment: with the fields in another order it is every second of every tenth minute."""
    ticks = croniter(consumer.LOOK, START.timestamp() + 61)
    assert [ticks.get_next(float) - START.timestamp() for _ in range(3)] == [70, 80, 90]


async def test_the_job_of_a_dead_worker_goes_to_another(
    database: Database, world: World, queued_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was killed with a job in hand gives no sign of life any more."""
    monkeypatch.setattr(consumer, "LOOK", "* * * * * *")
    run = make_run(world.execution, world.target)
    async with database.begin() as uow:
        await uow.runs.add(run)
        await uow.run_queue.put(run)
        await uow.commit()

    def die() -> None:
        with way_behind(queued_url).begin() as connection:
            connection.exec_driver_sql(
                "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') "
                "RETURNING id) UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead "
                "WHERE queueing_lock = %s",
                (run.id,),
            )

    await asyncio.to_thread(die)
    done = asyncio.Event()

    async def work(run_id: str) -> None:
        if run_id == run.id:
            done.set()

    async def is_over(_run_id: str) -> bool:
        return True

    jobs_ = consumer.RunJobs(work=work, abandon=AsyncMock(), is_over=is_over, mend=AsyncMock(), tries=3, at_once=2)
    async with consumer.emptied(libpq_url(queued_url), jobs_), asyncio.timeout(60):
        await done.wait()


async def test_a_queue_that_is_left_while_it_connects_leaves_nothing_behind(
    queued_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told to stop as soon as it has started stops: a task of the pool would keep the program for ever."""
    connecting = asyncio.Event()

    async def wait(_pool: AsyncConnectionPool, **_options: float) -> None:
        connecting.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(AsyncConnectionPool, "wait", wait)
    jobs_ = consumer.RunJobs(
        work=AsyncMock(), abandon=AsyncMock(), is_over=AsyncMock(), mend=AsyncMock(), tries=3, at_once=2
    )
    async with asyncio.timeout(60), consumer.emptied(libpq_url(queued_url), jobs_):
        await connecting.wait()
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("pool-")]


async def test_a_queue_whose_database_has_gone_can_be_left(queued_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker that stops cannot sign off any more: that error must not make it begin anew, or nothing would end."""
    monkeypatch.setattr(consumer, "_PATIENCE", 0.5)
    jobs_ = consumer.RunJobs(
        work=AsyncMock(), abandon=AsyncMock(), is_over=AsyncMock(), mend=AsyncMock(), tries=3, at_once=2
    )
    url = make_url(libpq_url(queued_url))
    async with relayed(url.port or 5432) as relay:
        through = url.set(port=relay.port).render_as_string(hide_password=False)
        emptied = contextlib.AsyncExitStack()
        await emptied.enter_async_context(consumer.emptied(through, jobs_))
        await registered(queued_url)
        await relay.down()
        ended, _ = await asyncio.wait([asyncio.create_task(emptied.aclose())], timeout=PATIENCE)
        assert ended
