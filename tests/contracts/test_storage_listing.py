"""Lists of executions, and what retention lets go of: the same on every database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from core.domain.artifacts import Artifact, ArtifactStatus
from core.domain.executions import Execution, ExecutionStatus
from core.domain.listing import ExecutionFilter, Order, Place, SortKey
from core.domain.usage import DailyUsage
from core.ports import Storage
from tests.clock import START
from tests.storage_factory import (
    World,
    make_artifact,
    make_event,
    make_execution,
    make_run,
    make_version,
    make_vote,
)

EVERYTHING = ExecutionFilter()
FIRST = "00000000-0000-0000-0000-000000000000"
DAY = timedelta(days=1)
ENDED = {"status": ExecutionStatus.COMPLETED, "waiting_for": None}


async def store(database: Storage, *executions: Execution) -> None:
    """Store ``executions``."""
    async with database.begin() as uow:
        for execution in executions:
            await uow.executions.add(execution)
        await uow.commit()


async def walk(database: Storage, order: Order, size: int) -> list[Execution]:
    """Go through all executions by keyset."""
    seen: list[Execution] = []
    place: Place | None = None
    async with database.read() as uow:
        while page := await uow.executions.listed(EVERYTHING, order, limit=size, after=place):
            seen += page
            place = Place(value=getattr(page[-1], order.by.value), id=page[-1].id)
    return seen


@pytest.mark.parametrize("by", SortKey)
@pytest.mark.parametrize("descending", [True, False])
async def test_a_keyset_goes_through_everything_once_and_in_order(
    database: Storage, world: World, by: SortKey, descending: bool
) -> None:
    """Equal values and missing ones included, a walk in pages sees what one long page shows; NULL comes last."""
    moments = [None, None, START, START, START + timedelta(microseconds=1), START + DAY]
    await store(
        database,
        *(
            make_execution(
                world.alice,
                completed_at=moment,
                created_at=START + timedelta(minutes=number // 2),
                status=list(ExecutionStatus)[number % 5],
                waiting_for=None,
            )
            for number, moment in enumerate(moments)
        ),
    )
    order = Order(by=by, descending=descending)
    async with database.read() as uow:
        at_once = await uow.executions.listed(EVERYTHING, order, limit=100)
    assert len(at_once) == len(moments) + 1
    for size in (1, 2, 3):
        assert await walk(database, order, size) == list(at_once)
    values = [getattr(execution, by.value) for execution in at_once]
    filled = [value for value in values if value is not None]
    assert filled == sorted(filled, reverse=descending)
    assert values[: len(filled)] == filled


async def test_what_is_searched_for_is_text_and_no_pattern(database: Storage, world: World) -> None:
    """Percent signs, underscores and escapes mean themselves; case does not matter."""
    prompts = ["100%", "1000", "a_b", "axb", "a/b", "a\\b", "PDF"]
    await store(database, *(make_execution(world.alice, prompt=prompt) for prompt in prompts))
    async with database.read() as uow:
        for text, expected in {
            "100%": {"100%"},
            "a_b": {"a_b"},
            "a/b": {"a/b"},
            "a\\b": {"a\\b"},
            "%": {"100%"},
            "pdf": {"PDF", world.execution.prompt},
        }.items():
            found = await uow.executions.listed(ExecutionFilter(search=text), Order(), limit=10)
            assert {execution.prompt for execution in found} == expected, text


async def test_only_executions_with_kept_files_have_artifacts(database: Storage, world: World) -> None:
    """A deleted file, and one that never arrived, is none."""
    statuses = list(ArtifactStatus)
    executions = [make_execution(world.alice) for _ in statuses]
    await store(database, *executions)
    async with database.begin() as uow:
        for execution, status in zip(executions, statuses, strict=True):
            await uow.artifacts.add(make_artifact(execution, status=status))
        await uow.commit()
    async with database.read() as uow:
        found = await uow.executions.listed(ExecutionFilter(has_artifacts=True), Order(), limit=10)
        others = await uow.executions.listed(ExecutionFilter(has_artifacts=False), Order(), limit=10)
    kept = {e.id for e, s in zip(executions, statuses, strict=True) if s in {"active", "archived"}}
    assert {execution.id for execution in found} == kept
    assert {execution.id for execution in others} == {e.id for e in executions} - kept | {world.execution.id}


async def test_an_artifact_changes_only_from_the_expected_status(database: Storage, world: World) -> None:
    """Somebody who comes late changes nothing."""
    artifact = make_artifact(world.execution)
    async with database.begin() as uow:
        await uow.artifacts.add(artifact)
        assert await uow.artifacts.update(artifact.evolve(status=ArtifactStatus.ARCHIVED), expected="active")
        assert not await uow.artifacts.update(artifact.evolve(status=ArtifactStatus.DELETED), expected="active")
        found = await uow.artifacts.get(artifact.id)
    assert found is not None
    assert found.status is ArtifactStatus.ARCHIVED


async def test_the_files_of_live_artifacts_have_holders(database: Storage, world: World) -> None:
    """Deleted ones hold nothing; unknown paths are left out."""
    rows = [make_artifact(world.execution, file_path=path) for path in ("a", "a", "b")]
    async with database.begin() as uow:
        for row in (*rows, make_artifact(world.execution, file_path="b", status=ArtifactStatus.DELETED)):
            await uow.artifacts.add(row)
        assert await uow.artifacts.holders(["a", "b", "c"]) == {"a": 2, "b": 1}
        await uow.artifacts.remove(rows[2].id)
        assert await uow.artifacts.holders(["a", "b", "c"]) == {"a": 2}


async def test_the_path_of_a_file_that_is_gone_is_forgotten(database: Storage, world: World) -> None:
    """No version of a skill names a file that is not there."""
    version = make_version(world.skill, bundle_path="artifacts/bundles/ab/x.tar")
    async with database.begin() as uow:
        await uow.versions.add(version)
        await uow.artifacts.forget_file("artifacts/bundles/ab/x.tar")
        assert await uow.versions.of(world.skill.id, version.digest) == version.evolve(bundle_path=None)


async def test_what_is_old_is_told_by_its_end_and_its_approval(database: Storage, world: World) -> None:
    """Permanent and open executions never are; ``retain_until`` decides where it is set."""
    now, old = START + 500 * DAY, START + 9 * DAY
    kept = [
        make_execution(world.alice),
        make_execution(world.alice, is_permanent=True, completed_at=START, **ENDED),
        make_execution(world.alice, retain_until=now + DAY, completed_at=START, **ENDED),
        make_execution(world.alice, completed_at=START + 10 * DAY, **ENDED),
    ]
    gone = [
        make_execution(world.alice, completed_at=old, **ENDED),
        make_execution(world.alice, **ENDED),
        make_execution(world.alice, retain_until=now, completed_at=now, **ENDED),
    ]
    await store(database, *kept, *gone)
    async with database.begin() as uow:
        await uow.executions.update(world.execution.evolve(completed_at=old, **ENDED), expected="pending")
        await uow.commit()

    async def found(approved: int, *, after: str = FIRST, limit: int = 10) -> list[str]:
        moments = {"approved": START + approved * DAY, "others": START + 10 * DAY, "now": now}
        async with database.read() as uow:
            return [e.id for e in await uow.executions.old(**moments, after=after, limit=limit)]

    others = sorted(execution.id for execution in gone)
    assert await found(9) == others
    assert await found(10) == sorted([*others, world.execution.id])
    assert await found(9, limit=2) == others[:2]
    assert await found(9, after=others[1]) == others[2:]


async def test_artifacts_expire_by_their_own_time_or_by_age(database: Storage, world: World) -> None:
    """Those of executions that are open or permanent stay."""
    ended = make_execution(world.alice, **ENDED)
    permanent = make_execution(world.alice, is_permanent=True, **ENDED)
    await store(database, ended, permanent)
    expired: list[Artifact] = [
        make_artifact(ended),
        make_artifact(ended, created_at=START + 2 * DAY, expires_at=START + 2 * DAY),
        make_artifact(ended, status=ArtifactStatus.ARCHIVED),
    ]
    async with database.begin() as uow:
        for artifact in (
            *expired,
            make_artifact(ended, created_at=START + DAY),
            make_artifact(ended, expires_at=START + 3 * DAY),
            make_artifact(ended, status=ArtifactStatus.DELETED),
            make_artifact(permanent),
            make_artifact(world.execution),
        ):
            await uow.artifacts.add(artifact)
        await uow.commit()
    async with database.read() as uow:
        moments = {"others": START + DAY, "now": START + 2 * DAY}
        found = await uow.artifacts.expired(**moments, after=FIRST, limit=10)
        assert {artifact.id for artifact in found} == {artifact.id for artifact in expired}
        assert await uow.artifacts.expired(**moments, after=found[0].id, limit=1) == found[1:2]


async def test_an_execution_goes_with_everything_that_belongs_to_it(database: Storage, world: World) -> None:
    """Events, votes, runs, artifacts and transitions go with it; others stay."""
    other = make_execution(world.alice, replay_of=world.execution.id)
    await store(database, other)
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, make_event(), make_event())
        await uow.events.append(other.id, world.alice.id, make_event())
        await uow.approvals.add_vote(make_vote(world.request, world.bob))
        await uow.runs.add(make_run(world.execution, world.target))
        await uow.artifacts.add(make_artifact(world.execution))
        await uow.commit()
    async with database.begin() as uow:
        assert await uow.executions.was_decided([world.execution.id, other.id]) == {world.execution.id}
        assert await uow.events.count([world.execution.id, other.id]) == 3
        assert await uow.events.remove([world.execution.id]) == 2
        await uow.executions.remove([world.execution.id])
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.get(world.execution.id) is None
        assert await uow.approvals.get(world.request.id) is None
        assert await uow.approvals.votes(world.request.id) == ()
        assert await uow.runs.of_execution(world.execution.id) == ()
        assert await uow.artifacts.of_execution(world.execution.id) == ()
        left = await uow.executions.get(other.id)
        assert left is not None
        assert left.replay_of is None
        assert await uow.events.count([other.id]) == 1


async def test_a_gate_that_is_rolled_back_is_shut(database: Storage, world: World, behind: Engine) -> None:
    """What was opened in a transaction that failed lets nobody through afterwards."""
    async with database.begin() as uow:
        await uow.events.append(world.execution.id, world.alice.id, make_event())
        await uow.commit()
    async with database.begin() as uow:
        await uow.events.remove([world.execution.id])
    with behind.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("DELETE FROM execution_events"))
    async with database.read() as uow:
        assert await uow.events.count([world.execution.id]) == 1


async def test_usage_adds_up_by_day_person_and_model(database: Storage, world: World) -> None:
    """Each line is the sum of what was added to it; lists are narrowed by day and person."""
    first = DailyUsage(
        day=date(2026, 11, 21),
        user_id=world.alice.id,
        model="m",
        executions=1,
        input_tokens=2,
        output_tokens=3,
        tokens_used=5,
        estimated_cost=Decimal("0.000001"),
    )
    others = (
        first.evolve(user_id=world.bob.id),
        first.evolve(model="n"),
        first.evolve(day=date(2026, 11, 20)),
    )
    async with database.begin() as uow:
        for usage in (first, first, *others):
            await uow.executions.add_usage(usage, START)
        await uow.commit()
    twice = first.evolve(
        executions=2, input_tokens=4, output_tokens=6, tokens_used=10, estimated_cost=Decimal("0.000002")
    )
    async with database.read() as uow:
        assert await uow.executions.usage(date(2026, 11, 21), user_id=world.alice.id) == (twice, others[1])
        assert set(await uow.executions.usage(date(2026, 11, 20))) == {twice, *others}
        assert await uow.executions.usage(date(2026, 11, 22)) == ()


async def test_tokens_are_counted_from_the_moment_they_are_used(database: Storage, world: World) -> None:
    """Open and ended requests count, those without tokens and those of others do not; nothing makes zero."""
    await store(database, *(make_execution(world.alice, tokens_used=tokens) for tokens in (None, 5, 7)))
    async with database.read() as uow:
        assert await uow.executions.tokens_since(START, user_id=world.alice.id) == 12
        assert await uow.executions.tokens_since(START, user_id=world.bob.id) == 0
        assert await uow.executions.tokens_since(START + DAY, user_id=world.alice.id) == 0
