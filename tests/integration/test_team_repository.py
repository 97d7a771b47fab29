"""A team's repository as a provider, told from the conversation: pushed at once, or done once somebody merges it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.installers.git_access import GitAccess
from bot.installers.registry import proposals
from bot.integrations.secret_stores import Secrets
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.masking import Masker
from core.domain.policy import DEFAULT_POLICY
from core.domain.targets import ProviderStatus, TargetStatus
from core.services.go_ahead import GoAhead
from core.services.merges import Merges
from core.services.rosters import Rosters
from core.services.runs import load_job
from tests.contracts.repository_place import NAME, TOKEN
from tests.harness import code_in
from tests.platforms.git_http import GitHttpServer
from tests.repository_team import SKILL, Team


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHttpServer]:
    """Give a git server, and the bot the token for it."""
    monkeypatch.setenv("TEAM_TOKEN", TOKEN)
    with GitHttpServer(tmp_path / "repositories") as opened:
        yield opened


@pytest.fixture
async def direct(tmp_path: Path, server: GitHttpServer) -> AsyncIterator[Team]:
    """Give a team whose branch takes pushes."""
    team = Team(tmp_path / "home", server, "push")
    async with team.running():
        yield team


@pytest.fixture
async def merging(tmp_path: Path, server: GitHttpServer) -> AsyncIterator[Team]:
    """Give a team whose branch takes merges only."""
    team = Team(tmp_path / "home", server, "merge")
    server.protect(NAME)
    async with team.running():
        yield team


async def test_a_push_installs_at_once_and_a_rollback_is_a_commit(direct: Team) -> None:
    """The history names the requests, who asked, who approved, and which request was taken back."""
    first = await direct.ask(f"install {SKILL} on Acme")
    assert (await direct.target(first)).status is TargetStatus.INSTALLED
    before = direct.repo.git("rev-parse", f"main:.claude/skills/{SKILL}")
    direct.talk.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
    second = await direct.ask(f"sync {SKILL} on Acme")
    assert "extra.md" in direct.there()
    third = await direct.ask(f"roll back {SKILL} on Acme")
    assert direct.repo.git("rev-parse", f"main:.claude/skills/{SKILL}") == before
    fourth = await direct.ask(f"uninstall {SKILL} from Acme")
    assert direct.there() == []
    assert direct.repo.git("log", "--format=%s", "main").splitlines()[:-1] == [
        f"Remove {SKILL} from Acme (#{fourth})",
        f"Roll back {SKILL} on Acme (#{third})",
        f"Sync {SKILL} on Acme (#{second})",
        f"Install {SKILL} on Acme (#{first})",
    ]
    rollback = direct.repo.git("log", "-1", "--format=%b", "main^")
    assert f"This takes back #{second}" in rollback
    assert "Asked for by Alice" in rollback
    assert "approved by Bob" in direct.repo.git("log", "-1", "--format=%b", "main")


async def test_a_merge_is_waited_for_and_then_it_is_installed(merging: Team) -> None:
    """Until then the target is not installed, and card, status and timeline say what it waits for."""
    code = await merging.ask(f"install {SKILL} on Acme")
    run, branch = await merging.run(code), merging.branch(code)
    assert (run.status, run.waits_for, run.lease_owner, run.lease_until) == (RunStatus.RUNNING, branch, None, None)
    assert (await merging.target(code)).status is TargetStatus.SYNCING
    assert (await merging.target(code)).installed_digest is None
    assert merging.there() == []
    assert "waiting for a merge" in await merging.talk("status")
    timeline = await merging.talk(f"timeline {code}")
    assert f"waiting for somebody to merge {branch}" in timeline
    assert "waiting for a merge" in timeline
    assert await merging.look() == ""
    merging.merge(code)
    said = await merging.look()
    assert f"Installed {SKILL} on Acme" in said
    assert (await merging.run(code)).status is RunStatus.SUCCESS
    target = await merging.target(code)
    assert target.status is TargetStatus.INSTALLED
    assert target.installed_digest is not None
    assert (await merging.talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert merging.branches() == ["main"]
    assert merging.server.pushes[NAME] == 2  # the branch, and that it is not needed any more


async def test_however_it_is_merged_the_content_counts(merging: Team) -> None:
    """Of a squash or a rebase the branch has other commits, with the same bytes."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.merge(code, squash=True)
    merging.repo.delete_branch(merging.branch(code))
    await merging.look()
    assert (await merging.target(code)).status is TargetStatus.INSTALLED


async def test_a_wait_survives_a_restart_and_is_proposed_once(tmp_path: Path, server: GitHttpServer) -> None:
    """What was merged while nobody was there is found at the start, without a second proposal."""
    team = Team(tmp_path / "home", server, "merge")
    async with team.running():
        code = await team.ask(f"install {SKILL} on Acme")
    async with team.running():
        assert (await team.run(code)).status is RunStatus.RUNNING
    team.merge(code)
    async with team.running():
        assert (await team.run(code)).status is RunStatus.SUCCESS
    commits = team.repo.git("log", "--format=%cn", "--all").splitlines()
    assert commits.count("Skillwarden") == 1


async def test_a_death_between_push_and_record_costs_nothing(merging: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next claim finds the branch, and goes on waiting."""
    wait = Merges.wait

    async def dying(*_args: object) -> None:
        monkeypatch.setattr(Merges, "wait", wait)  # the process is gone; its lease is what stays

    monkeypatch.setattr(Merges, "wait", dying)
    code = await merging.ask(f"install {SKILL} on Acme")
    assert (await merging.run(code)).waits_for is None
    await merging.look(minutes=11)
    assert (await merging.run(code)).waits_for == merging.branch(code)
    assert merging.repo.git("log", "--format=%cn", "--all").splitlines().count("Skillwarden") == 1
    merging.merge(code)
    await merging.look()
    assert (await merging.target(code)).status is TargetStatus.INSTALLED


async def test_a_branch_that_is_deleted_ends_the_wait_in_words(merging: Team) -> None:
    """Somebody decided against it."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.repo.delete_branch(merging.branch(code))
    said = await merging.look()
    assert "was deleted before it was merged" in said
    assert (await merging.run(code)).status is RunStatus.FAILED
    assert (await merging.target(code)).status is TargetStatus.FAILED
    assert (await merging.talk.execution(code)).status is ExecutionStatus.FAILED


async def test_something_else_on_the_branch_is_asked_about_anew(merging: Team) -> None:
    """What was proposed is taken back, and what is there now is shown to the approver."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.repo.commit({f".claude/skills/{SKILL}/SKILL.md": "mine\n"})
    said = await merging.look()
    assert "I ask again as #" in said
    assert (await merging.run(code)).status is RunStatus.FAILED
    assert merging.branches() == ["main"]


async def test_a_wait_can_be_cancelled(merging: Team) -> None:
    """The branch is deleted, the run has failed as cancelled, and the place is free for the next request."""
    code = await merging.ask(f"install {SKILL} on Acme")
    assert "waits for somebody to merge" in await merging.talk(f"install {SKILL} on Acme")
    said = await merging.talk(f"cancel {code}")
    assert "cancelled by Alice" in said
    run = await merging.run(code)
    assert (run.status, run.error_code) == (RunStatus.FAILED, "CANCELLED")
    assert (await merging.talk.execution(code)).status is ExecutionStatus.CANCELLED
    assert merging.branches() == ["main"]
    again = await merging.ask(f"install {SKILL} on Acme")
    merging.merge(again)
    await merging.look()
    assert (await merging.target(again)).status is TargetStatus.INSTALLED


async def test_a_cancellation_waits_for_its_branch_to_be_gone(merging: Team) -> None:
    """While the server does not answer nobody can say that nothing will come of it; the looks are as rare as ever."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.server.misbehave(NAME, 500)
    await merging.talk(f"cancel {code}")
    run = await merging.run(code)
    assert run.is_waiting
    assert run.not_before is not None
    assert run.not_before > merging.clock.now()
    merging.server.behave(NAME)
    await merging.look()
    run = await merging.run(code)
    assert (run.status, run.error_code) == (RunStatus.FAILED, "CANCELLED")
    assert merging.branches() == ["main"]


async def test_a_cancellation_does_not_wait_for_a_provider_that_was_disconnected(merging: Team) -> None:
    """Nobody will look there any more."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.server.misbehave(NAME, 500)
    async with merging.talk.database.begin() as uow:
        (acme,) = [provider for provider in await uow.providers.all() if provider.display_name == "Acme"]
        await uow.providers.update(acme.evolve(status=ProviderStatus.DISCONNECTED))
        await uow.commit()
    await merging.talk(f"cancel {code}")
    assert (await merging.run(code)).status is RunStatus.FAILED


async def test_who_was_taken_for_dead_takes_nothing_back(merging: Team) -> None:
    """What an owner proposed belongs to whoever has the run now."""
    code = await merging.ask(f"install {SKILL} on Acme")
    run = await merging.run(code)
    async with merging.talk.database.read() as uow:
        job = await load_job(uow, run.evolve(fence=run.fence - 1), merging.clock.now())
    masker = Masker()
    access = GitAccess(merging.home / "scratch", Secrets(os.environ, masker), masker)
    go_ahead = GoAhead(policy=DEFAULT_POLICY, rosters=Rosters(clock=merging.clock, policy=DEFAULT_POLICY))
    merges = Merges(storage=merging.talk.database, clock=merging.clock, proposals=proposals(access), go_ahead=go_ahead)
    await merges.withdraw(job)
    assert merging.branch(code) in merging.branches()
    await merges.withdraw(job.evolve(run=run))
    assert merging.branches() == ["main"]


async def test_who_asks_for_everything_is_told_what_waits(merging: Team) -> None:
    """What is meant by the way is left out, and the card says so."""
    await merging.ask(f"install {SKILL} on Acme")
    said = await merging.talk(f"install {SKILL} everywhere")
    assert f"waiting for a merge: {SKILL} on Acme, stays as it is" in " ".join(said.split())
    subject = (await merging.talk.execution(code_in(said))).subject
    assert subject is not None
    assert {target.provider for target in subject.targets} == {"Claude", "Gemini", "OpenAI"}


async def test_what_others_built_on_a_cancelled_branch_stays(merging: Team) -> None:
    """It is theirs; the bot says that it no longer waits."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.repo.commit({"note.md": "a review\n"}, branch=merging.branch(code))
    await merging.talk(f"cancel {code}")
    assert (await merging.run(code)).status is RunStatus.FAILED
    assert merging.branches() == ["main", merging.branch(code)]


async def test_a_merge_that_comes_before_the_cancellation_is_installed(merging: Team) -> None:
    """What is on the branch is there, whatever was said a moment later."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.merge(code)
    await merging.talk(f"cancel {code}")
    assert (await merging.run(code)).status is RunStatus.SUCCESS
    assert (await merging.target(code)).status is TargetStatus.INSTALLED


async def test_a_server_that_does_not_answer_is_no_news(merging: Team) -> None:
    """The wait goes on, and looks are rarer the longer it lasts."""
    code = await merging.ask(f"install {SKILL} on Acme")
    merging.server.misbehave(NAME, 500)
    assert await merging.look() == ""
    merging.server.behave(NAME)
    before = len(merging.server.requests)
    for _ in range(12):
        await merging.look(minutes=1)
    assert len(merging.server.requests) - before < 12 * 10
    merging.merge(code)
    await merging.look()
    assert (await merging.run(code)).status is RunStatus.SUCCESS


async def test_a_rollback_and_a_removal_wait_for_their_merges_too(merging: Team) -> None:
    """Each of them is a branch of its own, and what is recorded follows the merge."""
    first = await merging.ask(f"install {SKILL} on Acme")
    merging.merge(first)
    await merging.look()
    merging.talk.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
    second = await merging.ask(f"sync {SKILL} on Acme")
    merging.merge(second)
    await merging.look()
    back = await merging.ask(f"roll back {SKILL} on Acme")
    assert f"This takes back #{second}" in merging.repo.git("log", "-1", "--format=%b", merging.branch(back))
    assert "extra.md" in merging.there()
    merging.merge(back)
    await merging.look()
    assert "extra.md" not in merging.there()
    removal = await merging.ask(f"uninstall {SKILL} from Acme")
    merging.merge(removal)
    await merging.look()
    assert merging.there() == []
    assert (await merging.target(removal)).status is TargetStatus.IDLE
