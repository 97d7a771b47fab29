"""Retention on a real home: what is installed can always be brought back, the rest goes when its time is over."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.integrations.artifact_files import DiskArtifactFiles
from core.domain.artifacts import Artifact, ArtifactStatus
from core.domain.base import sha256_hex
from core.domain.events import first_broken
from core.ports import ArtifactFiles
from core.services.retention import Retention, Retired
from tests.clock import FakeClock
from tests.harness import Talk, code_in, talking
from tests.storage_factory import make_artifact

NOTHING = Retired()


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still."""
    return FakeClock()


@pytest.fixture
async def talk(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Talk]:
    """A demo, alice speaking."""
    async with talking(tmp_path / "home", clock) as opened:
        yield opened


def retention(talk: Talk) -> Retention:
    """Return the retention of the home."""
    return Retention(storage=talk.database, clock=talk.clock, files=DiskArtifactFiles(talk.home))


def files(talk: Talk) -> set[str]:
    """Return the files that are stored."""
    return {path.name for path in (talk.home / "artifacts").rglob("*") if path.is_file()}


def age(talk: Talk) -> None:
    """Make every stored file as old as the clock was when the demo began."""
    for path in (talk.home / "artifacts").rglob("*"):
        os.utime(path, (0, 0))


async def install(talk: Talk, what: str = "install skill pdf on claude") -> str:
    """Have something installed, and return the code of the request."""
    await talk("/as alice")
    code = code_in(await talk(what))
    await talk("/as bob")
    await talk(f"approve {code}")
    assert (await talk.execution(code)).status == "completed"
    return code


async def digests(talk: Talk) -> set[str]:
    """Return the digests of what is installed and was before."""
    async with talk.database.read() as uow:
        targets = await uow.targets.all()
    return {d for target in targets for d in (target.installed_digest, target.previous_digest) if d}


async def test_what_is_installed_and_was_before_stays_for_ever(talk: Talk, clock: FakeClock) -> None:
    """After years both contents are there, with the requests that brought them; going back still works."""
    first = await install(talk)
    talk.source.commit({"skills/pdf/NOTES.md": "second\n"})
    second = await install(talk, "sync pdf on claude")
    question = await talk("list skills")
    assert question
    age(talk)
    clock.advance(days=3000)
    before = await retention(talk).rehearse()
    done = await retention(talk).run()
    assert before == done
    assert done.executions > 0
    for code in (first, second):
        execution = await talk.execution(code)
        async with talk.database.read() as uow:
            chain = await uow.events.of_execution(execution.id)
        assert first_broken(chain) is None
        assert chain
    assert {f"{digest}.tar" for digest in await digests(talk)} <= files(talk)
    await install(talk, "roll back pdf on claude")
    assert not (talk.skill("pdf") / "NOTES.md").exists()


async def test_old_questions_go_with_all_that_belongs_to_them(talk: Talk, clock: FakeClock) -> None:
    """Reads go after 90 days, not a day before; a rehearsal says the same and changes nothing."""
    await talk("list skills")
    clock.advance(days=90)
    assert await retention(talk).run() == NOTHING
    clock.advance(seconds=1)
    expected = await retention(talk).rehearse()
    assert (expected.executions, expected.events, expected.deliveries) == (1, 2, 1)
    assert await retention(talk).rehearse() == expected
    assert await retention(talk).run() == expected
    assert await retention(talk).run() == NOTHING


async def test_requests_with_an_approval_stay_400_days(talk: Talk, clock: FakeClock) -> None:
    """What was only asked and rejected too: it is the record of a decision."""
    code = code_in(await talk("install skill pdf on claude"))
    await talk("/as bob")
    await talk(f"reject {code} because no")
    execution = await talk.execution(code)
    clock.advance(days=400)
    await retention(talk).run()
    assert (await talk.execution(code)).id == execution.id
    clock.advance(seconds=1)
    age(talk)
    done = await retention(talk).run()
    assert (done.executions, done.files) == (1, 0)
    async with talk.database.read() as uow:
        assert await uow.executions.get(execution.id) is None
        assert await uow.approvals.of_execution(execution.id) is None


async def test_bundles_that_nothing_needs_go_after_30_days(talk: Talk, clock: FakeClock) -> None:
    """The row stays as deleted until its execution goes; the file goes with the last row that names it."""
    code = code_in(await talk("install skill pdf on claude"))
    await talk(f"cancel {code}")
    other = code_in(await talk("install skill pdf on gemini"))
    await talk(f"cancel {other}")
    clock.advance(days=20)
    (bundle,) = await _artifacts(talk, code)
    (same,) = await _artifacts(talk, other)
    async with talk.database.begin() as uow:
        later = make_artifact(await talk.execution(other), file_path=same.file_path, file_size=same.file_size)
        later = later.evolve(created_at=clock.now())
        await uow.artifacts.add(later)
        await uow.commit()
    assert bundle.file_path == same.file_path
    age(talk)
    clock.advance(days=10, seconds=1)
    assert await retention(talk).run() == Retired(artifacts=2)
    assert [one.status for one in await _artifacts(talk, code)] == [ArtifactStatus.DELETED]
    assert bundle.file_path.rpartition("/")[2] in files(talk)
    clock.advance(days=20)
    rehearsed = await retention(talk).rehearse()
    assert await retention(talk).run() == rehearsed == Retired(artifacts=1, files=1, bytes=rehearsed.bytes)
    assert files(talk) == set()


async def test_a_rehearsal_promises_no_file_that_was_just_used(talk: Talk, clock: FakeClock) -> None:
    """The rows of an old request go at once; a file that was stored or read today goes a day later."""
    code = code_in(await talk("install skill pdf on claude"))
    await talk(f"cancel {code}")
    clock.advance(days=31)
    for path in (talk.home / "artifacts").rglob("*"):
        os.utime(path, (clock.now().timestamp(), clock.now().timestamp()))
    rehearsed = await retention(talk).rehearse()
    assert await retention(talk).run() == rehearsed == Retired(artifacts=1)
    clock.advance(days=1, seconds=1)
    rehearsed = await retention(talk).rehearse()
    assert await retention(talk).run() == rehearsed == Retired(files=1, bytes=rehearsed.bytes)


async def test_deliveries_go_after_90_days(talk: Talk, clock: FakeClock) -> None:
    """Also where their execution stays, which says what was asked."""
    code = await install(talk)
    clock.advance(days=90)
    assert (await retention(talk).run()).deliveries == 0
    clock.advance(seconds=1)
    rehearsed = await retention(talk).rehearse()
    assert rehearsed.deliveries > 0
    assert (await retention(talk).run()).deliveries == rehearsed.deliveries
    assert (await retention(talk).run()).deliveries == 0
    assert (await talk.execution(code)).input_text == "install skill pdf on claude"


async def test_permanent_and_open_requests_are_left_alone(talk: Talk, clock: FakeClock) -> None:
    """Neither they nor their files are ever too old."""
    waiting = code_in(await talk("install skill pdf on claude"))
    kept = await talk.execution(waiting)
    await talk("list skills")
    async with talk.database.begin() as uow:
        for execution in await uow.executions.prepared_since(kept.created_at):
            await uow.executions.update(execution.evolve(is_permanent=True), expected=execution.status)
        await uow.commit()
    await talk(f"cancel {waiting}")
    clock.advance(days=5000)
    age(talk)
    done = await retention(talk).run()
    assert (done.artifacts, done.files) == (0, 0)
    assert (await talk.execution(waiting)).is_permanent


async def test_a_file_that_no_row_names_goes_after_a_day(talk: Talk, clock: FakeClock) -> None:
    """A crash between a row and its file leaves nothing for ever; a file that was just stored waits for its row."""
    store = DiskArtifactFiles(talk.home)
    kept, empty = await store.keep(b"orphan"), await store.keep(b"")
    clock.set(clock.now() + timedelta(days=3650))
    rehearsed = await retention(talk).rehearse()
    assert (await retention(talk).run()) == rehearsed == Retired(files=2, bytes=len(b"orphan"))
    assert await store.read(empty.path, empty.checksum) is None
    assert await store.read(kept.path, kept.checksum) is None
    await store.keep(b"orphan")
    path = talk.home / kept.path
    os.utime(path, (clock.now().timestamp(), clock.now().timestamp()))
    assert (await retention(talk).rehearse()) == (await retention(talk).run()) == NOTHING
    assert path.exists()


async def test_an_interrupted_upload_is_finished_or_forgotten(talk: Talk, clock: FakeClock) -> None:
    """With its file it becomes active; without it there never was one. One that is under way is left alone."""
    store = DiskArtifactFiles(talk.home)
    code = code_in(await talk("install skill pdf on claude"))
    execution = await talk.execution(code)
    whole = await store.keep(b"whole")

    def upload(content: bytes) -> Artifact:
        return make_artifact(
            execution,
            file_path=store.place_of(sha256_hex(content)),
            checksum=sha256_hex(content),
            status=ArtifactStatus.UPLOADING,
            created_at=clock.now(),
        )

    rows = [upload(b"whole"), upload(b"half")]
    clock.advance(hours=1, seconds=1)
    rows.append(upload(b"fresh"))
    async with talk.database.begin() as uow:
        for row in rows:
            await uow.artifacts.add(row)
        await uow.commit()
    await retention(talk).run()
    async with talk.database.read() as uow:
        found = [await uow.artifacts.get(row.id) for row in rows]
    assert [one.status if one else None for one in found] == ["active", None, "uploading"]
    assert await store.read(whole.path, whole.checksum) == b"whole"


async def test_a_crash_before_the_files_go_is_made_up_for(talk: Talk, clock: FakeClock) -> None:
    """Rows go first, and the next night finds the files that nothing names."""
    code = code_in(await talk("install skill pdf on claude"))
    await talk(f"cancel {code}")
    age(talk)
    clock.advance(days=31)

    class Dying(DiskArtifactFiles):
        async def listed(self) -> tuple[str, ...]:
            raise KeyboardInterrupt

    dying = cast("ArtifactFiles", Dying(talk.home))
    with pytest.raises(KeyboardInterrupt):
        await Retention(storage=talk.database, clock=clock, files=dying).run()
    assert files(talk)
    assert (await retention(talk).run()).files == 1
    assert files(talk) == set()


async def _artifacts(talk: Talk, code: str) -> tuple[Artifact, ...]:
    execution = await talk.execution(code)
    async with talk.database.read() as uow:
        return await uow.artifacts.of_execution(execution.id)
