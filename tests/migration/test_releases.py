"""A database of an earlier release is brought up, read, decided and run, as if nothing had happened in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus, ApprovalSubject
from core.domain.events import first_broken
from core.domain.executions import ExecutionStatus
from storage.migrate import current_and_head, migrate
from storage.schema import HEAD
from tests.approval_model import broken_transitions, look
from tests.databases import way_behind
from tests.desk import PROVIDERS, Desk
from tests.desk_world import Outside
from tests.migration.releasing import POLICY, RELEASED
from tests.migration.test_schema import described

FILES = sorted(RELEASED.glob("*.sql"))


def restored(file: Path, folder: Path) -> str:
    """Return the URL of a database made of ``file``."""
    path = folder / "skillwarden.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(file.read_text())
    return f"sqlite:///{path}"


def test_the_newest_revision_has_a_file() -> None:
    """What this version writes is what a later one has to read."""
    assert RELEASED / f"{HEAD}.sql" in FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_released_database_becomes_the_newest(file: Path, tmp_path: Path) -> None:
    """It has the tables, indexes, checks and triggers of a new one, letter by letter."""
    url, new = restored(file, tmp_path), f"sqlite:///{tmp_path / 'new.db'}"
    assert (await current_and_head(url))[0] == file.stem
    await migrate(url)
    await migrate(new)
    assert described(way_behind(url)) == described(way_behind(new)), "write it anew, or add a revision: see its README"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_what_waited_in_a_released_database_is_decided_and_run(file: Path, tmp_path: Path) -> None:
    """The vote that was given counts, the one that was delivered is taken, and what was shown is what is installed."""
    url, outside = restored(file, tmp_path), Outside()
    await migrate(url)
    desk = Desk(tmp_path, outside, POLICY, url)
    before = look(url)
    (waiting,) = (row for row in before.requests.values() if row["status"] == "pending")
    (shown,) = ApprovalSubject.model_validate(waiting["payload"]).skills
    assert shown.commit is not None
    (fetched,) = await outside.source.fetch(shown.location, shown.commit)
    await outside.bundles.put(fetched.bundle)  # the store is beside the database
    await desk.open()
    try:
        async with desk.database.read() as uow:
            assert len(await uow.approvals.votes(waiting["id"])) == 1
        await desk.work()
        assert (await desk.request(waiting["code"])).status is ApprovalStatus.APPROVED
        assert (await desk.execution(waiting["code"])).status is ExecutionStatus.COMPLETED
        assert {place: files.digest for place, files in outside.places.there.items()} == {
            (provider, "pdf"): shown.digest for provider in PROVIDERS
        }
        async with desk.database.read() as uow:
            for execution_id in before.executions:
                events = await uow.events.of_execution(execution_id)
                assert events
                assert first_broken(events) is None
    finally:
        await desk.close()
    assert broken_transitions(url) == []
