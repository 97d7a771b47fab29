"""The election: one of several processes has the duties, another one when that dies, and whoever is alone has them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from unittest.mock import AsyncMock

import pytest

from bot.election import Election
from bot.peers import Alone
from core.errors import StorageError
from tests.peers import Town

pytestmark = pytest.mark.timeout(20)

SECONDS = 0.01


class Duty:
    """Something that only one may do: notes who does it."""

    def __init__(self) -> None:
        self.who: list[str] = []
        self.failures: list[Exception] = []

    def of(self, name: str) -> Callable[[], contextlib.AbstractAsyncContextManager[None]]:
        @contextlib.asynccontextmanager
        async def doing() -> AsyncIterator[None]:
            if self.failures:
                raise self.failures.pop()
            self.who.append(name)
            try:
                yield
            finally:
                self.who.remove(name)

        return doing


async def until(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds."""
    while not condition():  # noqa: ASYNC110 - nothing announces it
        await asyncio.sleep(SECONDS / 2)


async def test_one_has_the_duty_and_it_moves_when_that_is_cut_off() -> None:
    """Whoever lost the connection stops by itself; the other one begins, and goes on when the first is back."""
    duty, town = Duty(), Town()
    one, two = town.member(), town.member()
    first, second = Election(one, seconds=SECONDS), Election(two, seconds=SECONDS)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(first.running())
        await stack.enter_async_context(first.duty("it", duty.of("one")))
        await until(lambda: duty.who == ["one"])
        await stack.enter_async_context(second.running())
        await stack.enter_async_context(second.duty("it", duty.of("two")))
        assert (first.is_elected, second.is_elected) == (True, False)
        one.cut_off()
        await until(lambda: duty.who == ["two"])
        one.is_cut_off = False
        for _ in range(10):
            await asyncio.sleep(SECONDS)
        assert duty.who == ["two"]
    assert duty.who == []


async def test_whoever_ends_gives_the_office_back() -> None:
    """The next one need not wait until the connection is found dead."""
    duty, town = Duty(), Town()
    second = Election(town.member(), seconds=SECONDS)
    async with second.running(), second.duty("it", duty.of("two")):
        await until(lambda: duty.who == ["two"])
    assert town.taken == {}


@pytest.mark.parametrize("trouble", [StorageError(reason="for a moment"), RuntimeError("odd")])
async def test_a_duty_that_cannot_begin_is_tried_again(trouble: Exception) -> None:
    """A platform that is down for a moment must not leave the duty undone for good, nor must a fault of ours."""
    duty, town = Duty(), Town()
    duty.failures = [trouble]
    election = Election(town.member(), seconds=SECONDS)
    async with election.running(), election.duty("it", duty.of("one")):
        await until(lambda: duty.who == ["one"])


async def test_a_surprise_while_seeking_is_not_the_end_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot tell whether they have the office have not, and go on asking."""
    duty, town = Duty(), Town()
    member = town.member()
    election, has = Election(member, seconds=SECONDS), member.has
    async with election.running(), election.duty("it", duty.of("one")):
        await until(lambda: duty.who == ["one"])
        monkeypatch.setattr(member, "has", AsyncMock(side_effect=RuntimeError("odd")))
        await until(lambda: duty.who == [])
        monkeypatch.setattr(member, "has", has)
        await until(lambda: duty.who == ["one"])


async def test_whoever_is_alone_has_the_duty_at_once() -> None:
    """There is nobody to ask; what keeps it from beginning is told."""
    duty = Duty()
    election = Election(Alone())
    async with election.running(), election.duty("it", duty.of("one")):
        assert duty.who == ["one"]
        assert election.is_elected
    duty.failures = [StorageError(reason="for good")]
    with pytest.raises(StorageError, match="for good"):
        async with election.duty("it", duty.of("one")):
            pytest.fail("it began")
