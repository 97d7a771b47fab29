"""Figures: what waits and what has ended, as ``/metrics`` shows it, on every database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, insert, text

from core.domain.base import lowest_id, new_id
from core.domain.executions import EntityType
from core.domain.masking import Masker
from core.domain.notices import Backlog
from core.ports import Storage
from storage.repositories.executions import EXECUTIONS, TRANSITIONS
from storage.repositories.figures import APPROVALS, BEHIND, ENDINGS, INBOX, OUTBOX, RUNS
from storage.scrub import Scrubber
from tests.clock import START
from tests.contracts.test_storage_plans_of_queries import ROWS, plan
from tests.storage_factory import (
    World,
    make_execution,
    make_inbox_item,
    make_notice,
    make_prompt,
    make_run,
    make_transition,
)

LATER = START + timedelta(seconds=90)
END = lowest_id(START + timedelta(days=1))


async def test_what_waits_is_summed_up(database: Storage, world: World) -> None:
    """Messages, deliveries, copies, approvals and runs: how many, and since when; what is over does not count."""
    other = make_execution(world.alice, revision=2)
    async with database.begin() as uow:
        await uow.executions.add(other)
        await uow.notices.add(make_notice(other, created_at=LATER))
        await uow.notices.add(make_notice(other))
        await uow.notices.add(make_notice(other, status="delivered"))
        await uow.inbox.add(make_inbox_item())
        await uow.prompts.add(make_prompt(other, shown_revision=1))
        await uow.prompts.add(make_prompt(other, shown_revision=1, is_gone=True))
        await uow.prompts.add(make_prompt(other))
        await uow.runs.add(make_run(other, world.target))
        await uow.runs.add(make_run(other, world.target, status="success"))
        await uow.runs.add(make_run(other, world.target, status="running", waits_for="bot/7F3K"))
        await uow.commit()
    async with database.read() as uow:
        found = await uow.figures.standing()
        delivery = (await uow.inbox.waiting()).oldest
    assert found.outbox == Backlog(count=2, oldest=START)
    assert found.inbox == Backlog(count=1, oldest=delivery)
    assert found.copies_behind == 1
    assert found.approvals == {"chatops": Backlog(count=1, oldest=START)}
    assert found.runs == {"queued": Backlog(count=1, oldest=START)}


async def test_what_ended_is_told_once(database: Storage, world: World) -> None:
    """Each ending says what it was, how it went and how long it took; a beginning is none."""
    run = make_run(world.execution, world.target, status="failed", error_code="TARGET_READ_ONLY")
    ended: list[tuple[EntityType, str, str]] = [
        ("execution", world.execution.id, "completed"),
        ("hitl", world.request.id, "approved"),
        ("run", run.id, "failed"),
        ("execution", world.execution.id, "running"),
        ("target", world.target.id, "failed"),
    ]
    async with database.begin() as uow:
        await uow.runs.add(run)
        for entity, id_, status in ended:
            change = make_transition(
                world.execution, entity_type=entity, entity_id=id_, to_status=status, transitioned_at=LATER
            )
            await uow.executions.add_transition(change)
        await uow.commit()
    async with database.read() as uow:
        first = await uow.figures.endings(lowest_id(START), END, limit=2)
        rest = await uow.figures.endings(first[-1].id, END, limit=2)
        assert await uow.figures.endings(rest[-1].id, END, limit=2) == ()
        assert await uow.figures.endings(lowest_id(START), lowest_id(START), limit=2) == ()
    found = [(one.entity, one.status, one.of, one.action, one.error_code, one.seconds) for one in (*first, *rest)]
    assert found == [
        ("execution", "completed", "console", None, None, 90.0),
        ("hitl", "approved", "chatops", None, None, 90.0),
        ("run", "failed", "claude", "install", "TARGET_READ_ONLY", 90.0),
    ]


async def test_a_look_is_cheap_whatever_there_is(behind: Engine, world: World) -> None:
    """What ended is read from the end of the primary key; what waits, along an index of what waits."""
    if behind.dialect.name == "mysql":
        return  # its EXPLAIN is a table, which the types of the columns cannot read
    scrub = Scrubber(Masker())
    past = [
        make_transition(world.execution, id=new_id(START - timedelta(minutes=number)), to_status="completed")
        for number in range(ROWS)
    ]
    executions = [EXECUTIONS.to_row(make_execution(world.alice, status="completed"), scrub) for _ in past]
    with behind.begin() as connection:
        connection.execute(insert(EXECUTIONS.table), executions)
        connection.execute(insert(TRANSITIONS.table), [TRANSITIONS.to_row(one, scrub) for one in past])
        connection.execute(text("ANALYZE"))
    found = plan(behind, ENDINGS, after=lowest_id(START), until=END, limit=2000)
    for table in ("executions", "status_transitions"):  # of the others there are too few to tell
        assert f"SCAN {table}" not in found, found
        assert f"Seq Scan on {table}" not in found, found
    queries: tuple[Any, ...] = (OUTBOX, INBOX, BEHIND, APPROVALS, RUNS)
    for query in queries:
        found = plan(behind, query)
        assert "idx_" in found, found
