"""Instances: a database is for one of them, and on PostgreSQL for any number that never have the same thing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import DatabaseTaken, OneInstanceOnly, StorageError
from storage import own_session
from storage.instances import SqlPeers, kept_alone, takes_several, together
from tests.databases import BACKENDS, POSTGRESQL, database_with_tables, way_behind

_CUT = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
_CUT += " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"


@pytest.fixture(params=BACKENDS)
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database of each backend in turn."""
    return await database_with_tables(request.param, tmp_path)


@pytest.fixture
async def shared() -> str:
    """Give the URL of a database that several may use."""
    return await POSTGRESQL.shared()


@pytest.fixture
async def pair(shared: str) -> AsyncIterator[tuple[SqlPeers, SqlPeers]]:
    """Give two instances on one database."""
    async with together(shared) as one, together(shared) as two:
        yield one, two


async def cut(url: str) -> None:
    """Let the server end the connections of all instances."""

    def work() -> None:
        with way_behind(url).begin() as connection:
            connection.exec_driver_sql(_CUT)

    await asyncio.to_thread(work)


async def test_a_second_instance_is_refused(url: str) -> None:
    """It hears what is taken; when the first has gone the database is free again."""
    async with kept_alone(url):
        with pytest.raises(DatabaseTaken, match="works on"):
            async with kept_alone(url):
                pytest.fail("there were two")
    async with kept_alone(url):
        pass


async def test_only_postgresql_is_shared(url: str) -> None:
    """The others say so, and name what would do."""
    if takes_several(url):
        assert url.startswith("postgresql")
        return
    with pytest.raises(OneInstanceOnly, match="Workers need PostgreSQL"):
        async with together(url):
            pytest.fail("there could be two")


async def test_whoever_works_alone_and_those_who_share_keep_each_other_off(shared: str) -> None:
    """A console frees what dead processes had; beside living ones it would free theirs."""
    async with together(shared), together(shared):
        with pytest.raises(DatabaseTaken):
            async with kept_alone(shared):
                pytest.fail("it was not alone")
    async with kept_alone(shared):
        with pytest.raises(DatabaseTaken):
            async with together(shared):
                pytest.fail("there were two")


async def test_what_one_has_taken_the_other_does_not_get(pair: tuple[SqlPeers, SqlPeers]) -> None:
    """Of the same things asked for at the same moment each goes to one; what is given back can be taken again."""
    one, two = pair
    things = [f"thing {number}" for number in range(20)]
    mine, yours = await asyncio.gather(one.take(things), two.take(things))
    assert mine | yours == set(things)
    assert not mine & yours
    assert await one.take(things) == await two.take(things) == frozenset()
    for thing in things:
        assert await one.has(thing) is (thing in mine)
        await one.give_back(thing)
    assert await two.take(things) == mine


async def test_what_is_given_back_by_somebody_else_stays(pair: tuple[SqlPeers, SqlPeers]) -> None:
    """Giving back what one does not have does nothing."""
    one, two = pair
    assert await one.take(["a"]) == {"a"}
    await two.give_back("a")
    assert await two.take(["a"]) == frozenset()
    assert await one.has("a")


async def test_the_things_of_the_dead_are_free(shared: str) -> None:
    """With the connection goes everything."""
    async with together(shared) as survivor:
        async with together(shared) as dead:
            assert await dead.take(["a"]) == {"a"}
            assert await survivor.take(["a"]) == frozenset()
        assert await survivor.take(["a"]) == {"a"}


async def test_whoever_was_cut_off_knows_and_can_take_again(shared: str, pair: tuple[SqlPeers, SqlPeers]) -> None:
    """What it had is anybody's; giving it back afterwards takes it away from nobody."""
    one, two = pair
    assert await one.take(["a", "b"]) == {"a", "b"}
    await cut(shared)
    with contextlib.suppress(StorageError):
        await two.take([])
    assert not await one.has("a")
    assert not await two.has("a")
    assert await two.take(["a"]) == {"a"}
    await one.give_back("a")
    assert await one.take(["a", "b"]) == {"b"}
    assert await two.has("a")


async def test_whoever_stops_waiting_while_it_takes_leaves_nothing_locked_unknown(
    pair: tuple[SqlPeers, SqlPeers],
) -> None:
    """What was asked for is carried out, and known: it can be given back."""
    one, two = pair
    asking = asyncio.create_task(one.take(["a"]))
    await asyncio.sleep(0)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    await one.has("a")  # behind it
    await one.give_back("a")
    assert await two.take(["a"]) == {"a"}


async def test_a_place_that_was_lost_is_taken_again(shared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else may slip in for longer than a moment: the connection is looked at all the time."""
    monkeypatch.setattr(own_session, "KEEP", 0.05)
    async with kept_alone(shared):
        await cut(shared)
        await asyncio.sleep(0.5)
        with pytest.raises(DatabaseTaken):
            async with together(shared):
                pytest.fail("the place was free")
