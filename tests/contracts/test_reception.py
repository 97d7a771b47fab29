"""The door of the inbox: what arrives together is stored together, ahead of whoever waits to write."""

from __future__ import annotations

import asyncio

import pytest

from core.ports import Storage
from core.services.reception import Reception
from tests.storage_factory import make_inbox_item


async def test_what_arrives_together_is_committed_together(database: Storage, commits: list[str]) -> None:
    """A storm costs one transaction, each is told whether it was new, and of one key one is stored."""
    reception, before = Reception(database), len(commits)
    keys = ["a", "b", "a", "c"]
    fresh = await asyncio.gather(*(reception.store(make_inbox_item(dedupe_key=key)) for key in keys))
    assert fresh == [True, True, False, True]
    assert len(commits) == before + 1
    assert not await reception.store(make_inbox_item(dedupe_key="c"))


async def test_who_gives_up_takes_nobody_along(database: Storage) -> None:
    """The one whose transaction the others joined is cancelled: theirs are stored all the same, and only theirs."""
    reception = Reception(database)
    first, second = make_inbox_item(conversation_key="a"), make_inbox_item(conversation_key="b")
    async with database.begin():
        leader = asyncio.create_task(reception.store(first))
        follower = asyncio.create_task(reception.store(second))
        await asyncio.sleep(0)
        leader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leader
    assert await follower
    async with database.read() as uow:
        assert await uow.inbox.pending(limit=9) == (second.id,)


async def test_who_goes_ahead_waits_for_one_writer_alone(database: Storage) -> None:
    """Deliveries are not held up by a queue of work, however long."""
    order: list[str] = []

    async def write(name: str, *, ahead: bool = False) -> None:
        async with database.begin(ahead=ahead) as uow:
            await uow.users.all()
            order.append(name)

    async with database.begin() as uow:
        await uow.users.all()
        tasks = [asyncio.create_task(write(name)) for name in ("one", "two")]
        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(write("ahead", ahead=True)))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert order[0] == "ahead"
    assert sorted(order) == ["ahead", "one", "two"]
