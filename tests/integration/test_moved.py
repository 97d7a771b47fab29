"""A place that moved after the approval: what was not done is asked for anew, once, when all the rest has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.installers.filesystem import FilesystemInstaller
from core.domain.approvals import ApprovalStatus
from core.domain.consents import Consent
from core.domain.executions import Execution, RunStatus
from core.domain.skills import SkillBundle
from core.services.execution_service import ExecutionService
from core.services.request_service import again_key
from core.services.runs import subject_of
from tests.harness import Talk, code_in, talking

SKILL = "meeting-notes"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with the skill on Claude and Gemini, whose source has moved since."""
    async with talking(tmp_path / "home") as opened:
        await agree(opened, code_in(await opened(f"install {SKILL} on claude and gemini")))
        opened.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
        yield opened


async def agree(talk: Talk, code: str) -> str:
    """Approve as bob and return what alice reads then."""
    await talk("/as bob")
    if "DESTRUCTIVE" in await talk(f"approve {code}"):
        talk.clock.advance(5)
        await talk(f"approve {code}")
    return await talk("/as alice")


async def fresh(talk: Talk, code: str) -> Execution | None:
    """Return the request that was made instead of the one called ``code``."""
    old = await talk.execution(code)
    async with talk.database.read() as uow:
        return await uow.executions.by_dedupe_key(again_key(old))


@pytest.mark.parametrize("sentence", [f"sync {SKILL} on", f"roll back {SKILL} on", f"uninstall {SKILL} from"])
async def test_only_what_was_not_done_is_asked_again(talk: Talk, sentence: str) -> None:
    """What was done before is neither part of the new request nor called somebody else's work."""
    if "roll" in sentence:
        await agree(talk, code_in(await talk(f"sync {SKILL}")))
    code = code_in(await talk(f"{sentence} claude and gemini"))
    (talk.skill(SKILL, "gemini") / "mine.md").write_text("mine\n")
    await agree(talk, code)
    done = {run.status for run in await talk.runs(code)}
    assert done == {RunStatus.SUCCESS, RunStatus.FAILED}
    again = await fresh(talk, code)
    assert again is not None
    assert [target.provider for target in subject_of(again).targets] == ["Gemini"]
    assert (await talk.request(again.code)).status is ApprovalStatus.PENDING
    old = await talk.execution(code)
    assert old.error_code == "SUBJECT_MOVED"
    assert old.error_message is not None
    assert old.error_message.endswith(f"I ask again as #{again.code}.")
    (failed,) = [run for run in await talk.runs(code) if run.status is RunStatus.FAILED]
    assert failed.error_message == old.error_message
    await agree(talk, again.code)
    assert {run.status for run in await talk.runs(again.code)} == {RunStatus.SUCCESS}


async def test_nothing_is_asked_while_other_places_are_under_way(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new request waits for the last run, so that it does not look at places in the middle of their change."""
    install, stop = FilesystemInstaller.install, vars(ExecutionService)["_stop"]
    stopped = asyncio.Event()
    seen: list[Execution | None] = []
    code = code_in(await talk(f"sync {SKILL} on claude and gemini"))

    async def installing(
        installer: FilesystemInstaller, name: str, bundle: SkillBundle, *, replacing: str | None, consent: Consent
    ) -> None:
        if "claude" in installer.location(name).lower():
            await stopped.wait()
        await install(installer, name, bundle, replacing=replacing, consent=consent)

    async def stopping(service: ExecutionService, *args: object) -> None:
        await stop(service, *args)
        seen.append(await fresh(talk, code))
        stopped.set()

    monkeypatch.setattr(FilesystemInstaller, "install", installing)
    monkeypatch.setattr(ExecutionService, "_stop", stopping)
    (talk.skill(SKILL, "gemini") / "mine.md").write_text("mine\n")
    await agree(talk, code)
    assert seen == [None]
    assert await fresh(talk, code) is not None


async def test_a_bare_retry_points_to_what_is_asked_again(talk: Talk) -> None:
    """Who wants it tried again learns under which code it is asked already."""
    code = code_in(await talk(f"sync {SKILL} on gemini"))
    (talk.skill(SKILL, "gemini") / "mine.md").write_text("mine\n")
    await agree(talk, code)
    again = await fresh(talk, code)
    assert again is not None
    assert f"already asks for exactly this as #{again.code}" in " ".join((await talk("retry")).split())
