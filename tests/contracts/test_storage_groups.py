"""Units of work that wait for each other are committed together, and nothing else about them changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from core.domain.events import first_broken
from core.domain.masking import Masker
from core.domain.users import User
from core.errors import RuleBroken, StorageError
from core.ports import Storage
from storage.database import Database
from storage.writers import GROUP
from tests.clock import FakeClock
from tests.storage_factory import World, make_event, make_user


@contextlib.contextmanager
def counted(broken: bool = False) -> Iterator[list[Any]]:
    """Give the list that grows with every commit of a database; a ``broken`` one fails as a full disk lets it fail."""
    seen: list[Any] = []

    def commit(connection: Any) -> None:
        seen.append(connection)
        if broken:
            raise OSError("no space")

    event.listen(Engine, "commit", commit)
    try:
        yield seen
    finally:
        event.remove(Engine, "commit", commit)


async def names(database: Storage) -> set[str]:
    """Return who is stored."""
    async with database.read() as uow:
        return {user.name for user in await uow.users.all()}


async def add(database: Storage, *people: User, commit: bool = True) -> None:
    """Store ``people`` in one unit of work."""
    async with database.begin() as uow:
        for person in people:
            await uow.users.add(person)
        await uow.users.all()
        if commit:
            await uow.commit()


async def all_at_once(database: Storage, *units: Any) -> list[Any]:
    """Begin all of ``units`` while somebody writes, who commits last; return what became of each."""
    async with database.begin() as uow:
        await uow.users.add(make_user("first"))
        tasks = [asyncio.create_task(unit) for unit in units]
        await asyncio.sleep(0)
        await uow.commit()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_who_waits_in_line_shares_a_commit(database: Storage, commits: list[str]) -> None:
    """Six units of work that wait for each other cost one commit, and each of them is announced."""
    before = len(commits)
    with counted() as seen:
        await all_at_once(database, *(add(database, make_user(f"user {number}")) for number in range(5)))
    assert len(seen) == 1
    assert len(commits) == before + 6
    assert await names(database) == {"first", *(f"user {number}" for number in range(5))}


async def test_a_commit_takes_a_limited_number_along(database: Storage) -> None:
    """However long the line, the first of a group does not wait for all of it."""
    with counted() as seen:
        await all_at_once(database, *(add(database, make_user()) for _ in range(2 * GROUP)))
    assert len(seen) == 3


async def test_what_breaks_a_rule_takes_nobody_along(database: Storage) -> None:
    """Of units of work that would be committed together, the one that fails leaves the others whole."""
    twin = make_user("twin")
    answers = await all_at_once(
        database,
        add(database, twin),
        add(database, make_user("half"), make_user("other", id=twin.id)),
        add(database, make_user("last")),
    )
    assert [type(answer) for answer in answers] == [type(None), RuleBroken, type(None)]
    assert await names(database) == {"first", "twin", "last"}


async def test_who_leaves_without_a_commit_takes_nobody_along(database: Storage) -> None:
    """Rolling back takes back one's own changes, and only those; the last one leaves the others committed."""
    await all_at_once(
        database,
        add(database, make_user("nobody"), commit=False),
        add(database, make_user("somebody")),
        add(database, make_user("nobody either"), commit=False),
    )
    assert await names(database) == {"first", "somebody"}


async def test_when_the_commit_fails_nobody_was_stored(database: Storage, commits: list[str]) -> None:
    """Every unit of work of the group hears of it, also who only looked; nothing is announced; the next one works."""
    before = len(commits)
    with counted(broken=True), pytest.raises(StorageError):
        await all_at_once(database, add(database, make_user("alice")))
    assert await names(database) == set()
    assert len(commits) == before
    await add(database, make_user("bob"))
    assert await names(database) == {"bob"}


async def test_each_of_a_group_hears_that_the_commit_failed(database: Storage) -> None:
    """Who waited for the commit, and who saw what it was to make durable, are both told that it is not."""
    tasks = []
    with counted(broken=True):
        async with contextlib.AsyncExitStack() as stack:
            uow = await stack.enter_async_context(database.begin())
            await uow.users.all()
            tasks = [
                asyncio.create_task(add(database, make_user("alice"))),
                asyncio.create_task(add(database, make_user("nobody"), commit=False)),
            ]
            await asyncio.sleep(0)
        answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageError, StorageError]
    assert await names(database) == set()


async def test_the_commit_does_not_wait_for_who_has_gone(database: Storage) -> None:
    """Who left the commit to the next one in line is committed all the same when that one gives up."""
    async with database.begin() as uow:
        await uow.users.add(make_user("first"))
        waiting = asyncio.create_task(add(database, make_user("second")))
        await asyncio.sleep(0)
        committing = asyncio.create_task(uow.commit())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait_for(committing, 10)
    assert "first" in await names(database)


async def test_two_programs_that_append_to_one_execution_do_not_fork_its_chain(
    database: Database, database_url: str, world: World
) -> None:
    """Each link names the one before it, whoever writes, and none is lost."""
    other = Database(database_url, masker=Masker(), clock=FakeClock())

    async def append(storage: Storage, number: int) -> None:
        async with storage.begin() as uow:
            await uow.events.append(world.execution.id, world.alice.id, make_event(f"{number}"), make_event("again"))
            await uow.commit()

    try:
        await asyncio.gather(*(append((database, other)[number % 2], number) for number in range(40)))
    finally:
        await other.aclose()
    async with database.read() as uow:
        events = await uow.events.of_execution(world.execution.id)
    assert [link.seq for link in events] == list(range(events[0].seq, events[0].seq + 80))
    assert first_broken(events) is None
