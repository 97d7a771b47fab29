"""Costs: what a request used is counted when it ends, once, and told to whom it concerns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.executions import ExecutionStatus
from core.services.ledger import Ledger
from tests.clock import FakeClock
from tests.harness import Talk, talking
from tests.storage_factory import make_execution


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo, alice speaking."""
    async with talking(tmp_path / "home", FakeClock()) as opened:
        yield opened


async def spend(talk: Talk, name: str, tokens: int | None, cost: str, *, fails: bool = False) -> None:
    """Let somebody's request end that has used so much."""
    async with talk.database.begin() as uow:
        person = await talk.program.people.find(uow, name)
        execution = make_execution(person, model="haiku")
        await uow.executions.add(execution)
        ledger = Ledger(uow, now=talk.clock.now(), actor="system:test")
        running = await ledger.execution(execution, ExecutionStatus.RUNNING)
        end = ExecutionStatus.FAILED if fails else ExecutionStatus.COMPLETED
        await ledger.execution(running, end, tokens_used=tokens, estimated_cost=Decimal(cost))
        await uow.commit()


async def test_nothing_was_spent_where_rules_read(talk: Talk) -> None:
    """Executions without tokens leave no line."""
    await talk("list skills")
    await spend(talk, "alice", None, "0")
    assert "Nothing was spent in the last 30 days" in await talk("costs")


async def test_people_see_their_own_costs_and_admins_everybodys(talk: Talk) -> None:
    """Sums by person and model; failed requests have cost too, and zero tokens are a request all the same."""
    await spend(talk, "alice", 1200, "0.25")
    await spend(talk, "alice", 300, "0.05", fails=True)
    await spend(talk, "alice", 0, "0")
    await spend(talk, "bob", 10, "1")
    mine = await talk("costs")
    assert "$0.3000 in the last 30 days" in mine
    assert "1,500" in mine
    assert "Bob" not in mine
    await talk("/as bob")
    everybodys = await talk("costs")
    assert "$1.3000" in everybodys
    assert everybodys.index("Bob") < everybodys.index("Alice")


async def test_days_are_those_that_were_asked_for(talk: Talk) -> None:
    """The last seven days are today and the six before."""
    await spend(talk, "alice", 1, "1")
    talk.clock.advance(days=6)
    assert "$1.0000" in await talk("costs of the last 7 days")
    talk.clock.advance(days=1)
    assert "Nothing was spent" in await talk("costs of the last 7 days")
