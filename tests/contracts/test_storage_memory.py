"""Who is in the team is read with every card and vote: what is remembered of it is never older than the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text

from core.ports import Storage
from tests.storage_factory import World, make_identity, make_skill, make_user

TABLES = ("users", "channel_identities", "skills")


@pytest.fixture
def rows_read() -> Iterator[list[str]]:
    """Give the list of queries for the rows of the tables that are remembered, as they are made."""
    heard: list[str] = []

    def listen(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.startswith("SELECT") and any(f"FROM {table}" in sql for table in TABLES):
            heard.append(sql)

    event.listen(Engine, "before_cursor_execute", listen)
    yield heard
    event.remove(Engine, "before_cursor_execute", listen)


async def _names(database: Storage) -> list[str]:
    async with database.read() as uow:
        return [person.name for person in await uow.users.all()]


async def test_what_nobody_wrote_is_not_read_again(database: Storage, world: World, rows_read: list[str]) -> None:
    """Views and transactions that write share what views have read."""
    async with database.read() as uow:
        people, accounts = await uow.users.all(), await uow.users.all_identities()
    rows_read.clear()
    async with database.read() as uow:
        assert (await uow.users.all(), await uow.users.all_identities()) == (people, accounts)
    async with database.begin() as uow:
        assert (await uow.users.all(), await uow.users.all_identities()) == (people, accounts)
    assert rows_read == []


async def test_what_a_transaction_has_read_is_remembered_when_it_is_committed(
    database: Storage, world: World, rows_read: list[str]
) -> None:
    """Sentences are read where something is written: the names of skills, most of all."""
    async with database.begin() as uow:
        names = await uow.skills.names()
    rows_read.clear()
    async with database.begin() as uow:
        assert await uow.skills.names() == names
        await uow.commit()
    assert len(rows_read) == 1
    async with database.begin() as uow:
        assert await uow.skills.names() == names
        await uow.skills.add(make_skill(world.alice, "zebra"))
        assert await uow.skills.names() == (*names, "zebra")
        await uow.commit()
    assert len(rows_read) == 2
    async with database.read() as uow:
        assert await uow.skills.names() == (*names, "zebra")
    assert len(rows_read) == 2


async def test_what_was_written_is_seen_by_who_wrote_it_and_by_others_once_it_is_committed(
    database: Storage, world: World
) -> None:
    """People who are added, changed and linked, and accounts that are taken away."""
    before = await _names(database)
    dora = make_user("Dora")
    account = make_identity(dora, external_id="dora")
    async with database.begin() as uow:
        await uow.users.add(dora)
        await uow.users.add_identity(account)
        assert dora in await uow.users.all()
        assert account in await uow.users.all_identities()
        assert await _names(database) == before
        await uow.commit()
    assert sorted(await _names(database)) == sorted([*before, "Dora"])
    async with database.begin() as uow:
        await uow.users.update(dora.evolve(is_active=False))
        await uow.users.remove_identity(account.id)
        await uow.commit()
    async with database.read() as uow:
        assert dora.evolve(is_active=False) in await uow.users.all()
        assert account not in await uow.users.all_identities()


async def test_what_was_taken_back_is_not_remembered(database: Storage, world: World) -> None:
    """Neither where it was read, nor when the next change comes."""
    before = await _names(database)
    async with database.begin() as uow:
        await uow.users.add(make_user("Nobody"))
        assert len(await uow.users.all()) == len(before) + 1
    assert await _names(database) == before
    async with database.begin() as uow:
        await uow.users.add(make_user("Dora"))
        await uow.commit()
    assert sorted(await _names(database)) == sorted([*before, "Dora"])


async def test_a_version_never_comes_again(database: Storage, world: World, behind: Engine) -> None:
    """A database that is put back to what it was, and changed again, is not taken for what is remembered."""

    def version() -> str:
        with behind.connect() as connection:
            found = connection.exec_driver_sql("SELECT version FROM table_versions WHERE name = 'users'")
            return str(found.scalar())

    first = version()
    async with database.begin() as uow:
        await uow.users.update(world.bob.evolve(name="Robert"))
        await uow.commit()
    second = version()
    with behind.begin() as connection:
        back = text("UPDATE table_versions SET version = :first WHERE name = 'users'")
        connection.execute(back, {"first": first})
    async with database.begin() as uow:
        await uow.users.update(world.bob.evolve(name="Rob"))
        await uow.commit()
    assert version() not in {first, second}


async def test_what_was_written_behind_its_back_is_seen(database: Storage, world: World, behind: Engine) -> None:
    """An operator who locks somebody out by hand is heard at once, and so is another instance of the program."""
    await _names(database)
    with behind.begin() as connection:
        connection.exec_driver_sql("UPDATE users SET name = 'Renamed'")
    assert set(await _names(database)) == {"Renamed"}
