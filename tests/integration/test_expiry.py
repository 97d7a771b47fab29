"""Expiry works through what is due, whatever has become of some of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.executions import Execution, ExecutionStatus
from core.domain.masking import Masker
from core.domain.policy import DEFAULT_POLICY
from core.domain.users import User
from core.services.approval_clock import ApprovalClock
from core.services.approval_notices import Audience
from core.services.rosters import Rosters
from storage.database import Database
from storage.repositories.approvals import SqlApprovals
from tests.clock import FakeClock
from tests.databases import BACKENDS, database_with_tables
from tests.storage_factory import make_approval, make_execution, make_user

CLOCK = FakeClock()


@pytest.fixture(params=BACKENDS)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """Give an empty database of each backend in turn."""
    opened = Database(await database_with_tables(request.param, tmp_path), masker=Masker(), clock=CLOCK)
    yield opened
    await opened.aclose()


@pytest.fixture
def sweep(database: Database) -> ApprovalClock:
    """Give the job that closes what is due."""
    rosters = Rosters(clock=CLOCK, policy=DEFAULT_POLICY)
    return ApprovalClock(storage=database, clock=CLOCK, rosters=rosters, audience=Audience())


async def overdue(database: Database, asker: User, **changes: Any) -> tuple[Execution, ApprovalRequest]:
    """Store and return a request whose time is over."""
    execution = make_execution(asker, waiting_for="approval", **changes)
    request = make_approval(execution, expires_at=CLOCK.now() - timedelta(seconds=1))
    async with database.begin() as uow:
        await uow.executions.add(execution)
        await uow.approvals.add(request)
        await uow.commit()
    return execution, request


async def test_a_lost_race_takes_none_of_the_others_along(database: Database, sweep: ApprovalClock) -> None:
    """Of what was found due somebody decides one before it is closed: it stays decided, and the others are closed."""
    alice = make_user()
    async with database.begin() as uow:
        await uow.users.add(alice)
        await uow.commit()
    requests = [(await overdue(database, alice))[1] for _ in range(3)]
    due, lost = SqlApprovals.due, requests[1]

    async def due_and_decided(self: SqlApprovals, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        found = await due(self, now, limit=limit)
        if limit > 1:  # the look beforehand cannot write
            await self.decide(lost, status=ApprovalStatus.CANCELLED, now=now, by=alice.id, comment=None)
        return found

    with mock.patch.object(SqlApprovals, "due", due_and_decided):
        assert await sweep.expire_due() == 2
    async with database.read() as uow:
        found = [await uow.approvals.get(request.id) for request in requests]
    assert [request and request.status for request in found] == ["expired", "cancelled", "expired"]


async def test_a_request_whose_execution_has_ended_holds_nobody_up(database: Database, sweep: ApprovalClock) -> None:
    """Its question is closed, its execution stays as it ended, and the others are closed too."""
    alice = make_user()
    async with database.begin() as uow:
        await uow.users.add(alice)
        await uow.commit()
    ended, _ = await overdue(database, alice, status=ExecutionStatus.FAILED)
    waiting, _ = await overdue(database, alice)
    assert await sweep.expire_due() == 2
    async with database.read() as uow:
        found = [await uow.executions.get(execution.id) for execution in (ended, waiting)]
    assert [execution and execution.status for execution in found] == ["failed", "cancelled"]
