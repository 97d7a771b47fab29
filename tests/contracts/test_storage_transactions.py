"""One transaction: all of it or nothing, one writer at a time, readers that cannot write."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from core.domain.executions import Execution
from core.domain.masking import Masker
from core.errors import RuleBroken, StorageError
from core.ports import Storage
from storage.database import Database
from tests.clock import START, FakeClock
from tests.storage_factory import (
    World,
    make_event,
    make_execution,
    make_notice,
    make_prompt,
    make_skill,
    make_transition,
    make_user,
)


async def names(database: Storage) -> set[str]:
    """Return who is stored."""
    async with database.read() as uow:
        return {user.name for user in await uow.users.all()}


async def test_leaving_without_commit_changes_nothing(database: Storage, commits: list[str]) -> None:
    """Rolling back is the default exit, also of statements that were already run."""
    async with database.begin() as uow:
        await uow.users.add(make_user("alice"))
        assert [user.name for user in await uow.users.all()] == ["alice"]
    assert await names(database) == set()
    assert commits == []


async def test_an_error_inside_changes_nothing(database: Storage) -> None:
    """An exception that leaves the unit of work takes its changes with it."""

    async def fail() -> None:
        async with database.begin() as uow:
            await uow.users.add(make_user("alice"))
            await uow.users.all()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await names(database) == set()


async def test_a_commit_is_seen_by_others_and_announced_once(database: Storage, commits: list[str]) -> None:
    """Others see the changes after the commit and not before; ``on_commit`` is called after it."""
    async with database.begin() as uow:
        await uow.users.add(make_user("alice"))
        await uow.users.all()
        assert await names(database) == set()
        assert commits == []
        await uow.commit()
        assert commits == ["commit"]
        assert await names(database) == {"alice"}


async def test_what_follows_a_commit_needs_another_one(database: Storage) -> None:
    """Changes after a commit belong to a new transaction, which is rolled back like any other."""
    async with database.begin() as uow:
        await uow.users.add(make_user("alice"))
        await uow.commit()
        await uow.users.add(make_user("bob"))
        await uow.users.all()
    assert await names(database) == {"alice"}


async def test_a_reader_cannot_commit(database: Storage, commits: list[str]) -> None:
    """Committing a unit of work that reads is a mistake of the program, and says so."""
    async with database.read() as uow:
        with pytest.raises(StorageError, match="reads cannot commit"):
            await uow.commit()
    assert commits == []


async def test_a_reader_cannot_write(database: Storage) -> None:
    """The database itself refuses what a reader tries to write, whether or not it looks at the outcome."""
    async with database.read() as uow:
        await uow.users.add(make_user("alice"))
        with pytest.raises(StorageError, match="cannot be written"):
            await uow.users.all()
    assert await names(database) == set()


async def test_a_reader_sees_one_moment(database: Storage) -> None:
    """What is committed while a reader reads does not change what it sees."""
    async with database.read() as reader:
        assert await reader.users.all() == ()
        async with database.begin() as uow:
            await uow.users.add(make_user("alice"))
            await uow.commit()
        assert await reader.users.all() == ()
    assert await names(database) == {"alice"}


async def test_writers_do_not_lose_each_others_updates(database: Storage, world: World) -> None:
    """Fifty concurrent read-modify-writes of one row all count."""

    async def tag(number: int) -> None:
        async with database.begin() as uow:
            skill = await uow.skills.get(world.skill.id)
            assert skill is not None
            await asyncio.sleep(0)
            await uow.skills.update(skill.evolve(tags=(*skill.tags, str(number))))
            await uow.commit()

    await asyncio.gather(*(tag(number) for number in range(50)))
    async with database.read() as uow:
        found = await uow.skills.get(world.skill.id)
    assert found is not None
    assert set(found.tags) == set(world.skill.tags) | {str(number) for number in range(50)}


async def test_two_programs_do_not_lose_each_others_updates(
    database: Database, database_url: str, world: World
) -> None:
    """A second program on the same database waits for the first one, whatever it has read before."""
    other = Database(database_url, masker=Masker(), clock=FakeClock())

    async def tag(storage: Storage, number: int) -> None:
        async with storage.begin() as uow:
            skill = await uow.skills.get(world.skill.id)
            assert skill is not None
            await uow.skills.update(skill.evolve(tags=(*skill.tags, str(number))))
            await uow.commit()

    try:
        await asyncio.gather(*(tag((database, other)[number % 2], number) for number in range(20)))
    finally:
        await other.aclose()
    async with database.read() as uow:
        found = await uow.skills.get(world.skill.id)
    assert found is not None
    assert set(found.tags) == set(world.skill.tags) | {str(number) for number in range(20)}


async def test_many_readers_do_not_wait_for_the_writer(database: Storage, world: World) -> None:
    """While somebody writes, more readers than there are connections get their answers."""
    async with database.begin() as uow:
        await uow.users.add(make_user("carol"))
        await uow.users.all()
        seen = await asyncio.gather(*(names(database) for _ in range(20)))
    assert seen == [{world.alice.name, world.bob.name}] * 20


@pytest.mark.parametrize("hops", range(12))
async def test_who_is_cancelled_leaves_nothing_behind(database: Storage, world: World, hops: int) -> None:
    """A unit of work that is cancelled at any point is rolled back or committed whole, and the next one can begin."""

    async def work() -> None:
        async with database.begin() as uow:
            await uow.users.add(make_user("carol"))
            await uow.users.all()
            await uow.skills.add(make_skill(world.alice, "docx"))
            await uow.skills.all()
            await uow.commit()

    task = asyncio.create_task(work())
    for _ in range(hops):
        await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    async with database.begin() as uow:
        people = {user.name for user in await uow.users.all()}
        skills = set(await uow.skills.names())
        assert ("carol" in people) == ("docx" in skills)
        await uow.users.add(make_user("dave"))
        await uow.commit()
    assert "dave" in await names(database)


async def test_who_waits_for_a_turn_and_gives_up_does_not_keep_it(database: Storage) -> None:
    """A writer that is cancelled while it waits for another one does not stand in the way of the next."""
    async with database.begin() as uow:
        waiting = asyncio.create_task(database.begin().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await uow.users.add(make_user("alice"))
        await uow.commit()
    async with database.begin() as uow:
        await uow.users.add(make_user("bob"))
        await uow.commit()
    assert await names(database) == {"alice", "bob"}


@pytest.mark.parametrize("fault", ["UNIQUE", "FOREIGN KEY"])
async def test_what_breaks_a_rule_would_break_it_again(database: Storage, world: World, fault: str) -> None:
    """Whoever tries such a thing is told not to go on trying; a database that cannot be used is another matter."""
    async with database.begin() as uow:
        owner, name = (world.alice, world.skill.name) if fault == "UNIQUE" else (make_user("nobody"), "another")
        await uow.skills.add(make_skill(owner, name))
        with pytest.raises(RuleBroken, match=fault) as caught:
            await uow.commit()
    assert not caught.value.recoverable


async def test_after_an_error_a_transaction_does_nothing_more(database: Storage, world: World) -> None:
    """A broken rule ends the transaction, as it does on PostgreSQL: nothing half-done can be committed."""
    async with database.begin() as uow:
        await uow.users.add(make_user("carol"))
        await uow.skills.add(make_skill(world.alice, world.skill.name))
        with pytest.raises(StorageError, match="rule of its tables was broken"):
            await uow.users.all()
        with pytest.raises(StorageError, match="rule of its tables was broken"):
            await uow.commit()
    assert "carol" not in await names(database)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"code": "TAKEN"}, "executions.code"),
        ({"dedupe_key": "taken"}, "executions.dedupe_key"),
        ({"user_id": "00000000-0000-7000-8000-000000000000"}, "FOREIGN KEY"),
    ],
)
async def test_the_database_keeps_the_rules_between_rows(
    database: Storage, world: World, broken: dict[str, str], rule: str
) -> None:
    """Codes and dedupe keys are unique, and references lead somewhere; the error names the rule, never the values."""
    async with database.begin() as uow:
        await uow.executions.add(make_execution(world.alice, code="TAKEN", dedupe_key="taken"))
        await uow.executions.add(make_execution(world.alice, **broken))
        with pytest.raises(StorageError, match=rule) as caught:
            await uow.commit()
    cause: BaseException | None = caught.value
    while cause is not None:
        assert world.execution.input_text not in str(cause)
        cause = cause.__cause__


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("users", "role"),
        ("providers", "status"),
        ("install_targets", "status"),
        ("executions", "status"),
        ("executions", "waiting_for"),
        ("hitl_requests", "agent_type"),
        ("hitl_requests", "risk_level"),
        ("chat_actions", "result"),
        ("hitl_requests", "payload"),
        ("executions", "subject"),
    ],
)
async def test_the_database_refuses_values_outside_the_list(
    world: World, behind: Engine, table: str, column: str
) -> None:
    """Statuses, kinds and JSON are checked by the database too, whoever writes."""
    with behind.connect() as connection, pytest.raises(DBAPIError, match=r"(?i)check|constraint|for type json"):
        connection.execute(text(f"UPDATE {table} SET {column} = 'Nonsense'"))  # noqa: S608 - the names above


async def test_lists_keep_the_order_in_which_things_were_made(database: Storage, world: World) -> None:
    """Rows of one moment come back in the order of their making."""
    moves = [make_transition(world.execution, to_status=str(number)) for number in range(30)]
    rooms = [world.execution.conversation.evolve(conversation_id=f"room {number}") for number in range(30)]
    notices = [make_notice(world.execution, conversation=room) for room in rooms]
    prompts = [make_prompt(world.execution) for _ in range(30)]
    async with database.begin() as uow:
        for move, notice, prompt in zip(moves, notices, prompts, strict=True):
            await uow.executions.add_transition(move)
            await uow.notices.add(notice)
            await uow.prompts.add(prompt)
        await uow.commit()
    async with database.read() as uow:
        assert await uow.executions.transitions(world.execution.id) == tuple(moves)
        assert await uow.notices.due(START, limit=100) == tuple(notice.id for notice in notices)
        assert await uow.prompts.of_execution(world.execution.id) == tuple(prompts)


async def test_the_storage_can_be_opened_again(database_url: str, database: Database, world: World) -> None:
    """What was committed is there for the next program, and closing leaves one plain file."""
    await database.aclose()
    again = Database(database_url, masker=Masker(), clock=FakeClock(START + timedelta(days=1)))
    try:
        async with again.begin() as uow:
            found: Execution | None = await uow.executions.get(world.execution.id)
            await uow.events.append(world.execution.id, world.alice.id, make_event())
            await uow.commit()
    finally:
        await again.aclose()
    assert found == world.execution
