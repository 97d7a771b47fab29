"""A branch that may still be there when its run has ended: whoever reads the outcome is told not to merge it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import cast

import pytest

from core.domain.events import ErrorOccurred
from core.domain.executions import RunStatus
from core.domain.policy import DEFAULT_POLICY, Policy, Rule
from core.domain.targets import ProviderKind, ProviderMode
from core.ports import Installers
from core.services.merges import Merges
from core.services.provider_health import ProviderHealth
from core.services.providers import Providers
from tests.contracts.repository_place import NAME, TOKEN
from tests.harness import code_in
from tests.platforms.git_http import GitHttpServer
from tests.repository_team import SKILL, Team

INSTALL = f"install {SKILL} on Acme"
TWO = Policy(rules=(Rule(name="two", outcome="require", threshold=2),))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHttpServer]:
    """Give a git server, and the bot the token for it."""
    monkeypatch.setenv("TEAM_TOKEN", TOKEN)
    with GitHttpServer(tmp_path / "repositories") as opened:
        yield opened


@pytest.fixture
def team(tmp_path: Path, server: GitHttpServer) -> Team:
    """Give a team whose branch takes merges only; the bot is not running."""
    opened = Team(tmp_path / "home", server, "merge")
    server.protect(NAME)
    return opened


@pytest.fixture
async def merging(team: Team) -> AsyncIterator[Team]:
    """Give the team with the bot running."""
    async with team.running():
        yield team


def silent_after_a_push(server: GitHttpServer) -> None:
    """Have the server take the next push, and say nothing any more, not even that it did."""
    server.before_push[NAME] = [lambda: server.misbehave(NAME, 500)]
    server.lose_answers(NAME)


def dying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the process die between its next push and the record of it: its lease is what stays."""
    wait = Merges.wait

    async def dies(*_args: object) -> None:
        monkeypatch.setattr(Merges, "wait", wait)

    monkeypatch.setattr(Merges, "wait", dies)


async def added_again(team: Team, mode: ProviderMode, **config: str) -> None:
    """Disconnect Acme on the host and add it in another way, before anybody has looked at it in between."""
    talk = team.talk
    installers = cast("Installers", None)  # what is wrong with the place is not asked here
    health = ProviderHealth(storage=talk.database, clock=team.clock, installers=installers, mask=str)
    service = Providers(storage=talk.database, clock=team.clock, people=talk.program.people, health=health)
    async with talk.database.read() as uow:
        (acme,) = [provider for provider in await uow.providers.all() if provider.display_name == "Acme"]
    settings = acme.config | config if mode is ProviderMode.GIT else config
    await service.disconnect("Acme", command="providers disconnect Acme")
    await service.add(ProviderKind.CLAUDE, mode, settings, name="Acme", command="providers add claude --name Acme")


async def told(team: Team, code: str) -> str:
    """Return why the request failed, once it is sure that this and the record tell of the branch."""
    execution = await team.talk.execution(code)
    async with team.talk.database.read() as uow:
        events = [row.event for row in await uow.events.of_execution(execution.id)]
    (on_record,) = [event.error for event in events if isinstance(event, ErrorOccurred)]
    for said in (on_record, execution.error_message or ""):
        assert f"The branch {team.branch(code)} could not be deleted: " in said
        assert "Do not merge it; delete it" in said
    return execution.error_message or ""


async def test_a_push_whose_answer_was_lost_for_good(merging: Team) -> None:
    """The server took it and is silent since: the run has failed, and its branch may be merged by whoever sees it."""
    code = code_in(await merging.talk(INSTALL))
    silent_after_a_push(merging.server)
    await merging.talk("/as bob")
    card = " ".join((await merging.talk(f"approve {code}")).split())
    assert f"The branch {merging.branch(code)} could not be deleted: " in card
    assert merging.branches() == ["main", merging.branch(code)]
    assert (await merging.run(code)).error_code == "NOT_TAKEN_BACK"
    assert "could not be reached" in await told(merging, code)


async def test_a_run_that_must_not_go_on_after_a_death(merging: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was pushed before its owner died, others have built on it, and it is frozen since."""
    dying(monkeypatch)
    code = await merging.ask(INSTALL)
    merging.repo.commit({"note.md": "a review\n"}, branch=merging.branch(code))
    await merging.talk("/as bob")
    await merging.talk(f"freeze {SKILL}")
    await merging.look(minutes=11)
    assert (await merging.run(code)).error_code == "NOT_TAKEN_BACK"
    assert "frozen by Bob" in await told(merging, code)


async def test_a_run_that_another_rule_decides_after_a_death(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, where it is asked anew."""
    dying(monkeypatch)
    async with team.running(DEFAULT_POLICY):
        code = await team.ask(INSTALL)
        team.repo.commit({"note.md": "a review\n"}, branch=team.branch(code))
    async with team.running(TWO):
        await team.look(minutes=11)
        assert (await team.run(code)).error_code == "POLICY_CHANGED_NOT_TAKEN_BACK"
        assert "I ask again as #" in await told(team, code)


@pytest.mark.parametrize("when", ["while it waits", "after a death"])
async def test_something_else_on_the_branch_of_the_team(
    merging: Team, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """People are asked anew, and told that what was proposed before is still there."""
    if when == "after a death":
        dying(monkeypatch)
    code = await merging.ask(INSTALL)
    merging.repo.commit({"note.md": "a review\n"}, branch=merging.branch(code))
    merging.repo.commit({f".claude/skills/{SKILL}/SKILL.md": "mine\n"})
    await merging.look(minutes=11)
    assert (await merging.run(code)).error_code == "SUBJECT_MOVED_NOT_TAKEN_BACK"
    again = (await told(merging, code)).split("I ask again as #")[1][:4]
    assert (await merging.talk.request(again)).threshold == 1


async def test_a_server_that_was_silent_before_any_push(merging: Team) -> None:
    """There is no branch, and nobody is sent to look for one."""
    code = code_in(await merging.talk(INSTALL))
    merging.server.misbehave(NAME, 500)
    await merging.talk("/as bob")
    await merging.talk(f"approve {code}")
    assert (await merging.run(code)).error_code == "REPOSITORY_UNREACHABLE"
    assert "could not be deleted" not in await merging.talk(f"show {code}")


async def test_a_branch_that_takes_pushes(tmp_path: Path, server: GitHttpServer) -> None:
    """There it waits for nobody: what was pushed is there, or is not."""
    team = Team(tmp_path / "home", server, "push")
    async with team.running():
        code = code_in(await team.talk(INSTALL))
        silent_after_a_push(server)
        await team.talk("/as bob")
        await team.talk(f"approve {code}")
        assert (await team.run(code)).error_code == "REPOSITORY_UNREACHABLE"


@pytest.mark.parametrize("where", ["folder", "other repository", "other delivery"])
async def test_a_provider_that_is_somewhere_else_now(merging: Team, where: str) -> None:
    """Nobody looks where it waits any more: the wait ends, and people are asked about the place of now."""
    code = await merging.ask(INSTALL)
    mode = ProviderMode.FILESYSTEM if where == "folder" else ProviderMode.GIT
    config = {
        "folder": {"path": str(merging.home / "elsewhere")},
        "other repository": {"repository": merging.server.url("acme/other")},
        "other delivery": {"delivery": "push"},
    }
    await added_again(merging, mode, **config[where])
    await merging.talk.settle()
    assert (await merging.run(code)).error_code == "SUBJECT_MOVED_NOT_TAKEN_BACK"
    why = await told(merging, code)
    assert "could not be deleted: Acme is somewhere else now." in why
    assert (await merging.talk.execution(why.split("I ask again as #")[1][:4])).status


async def test_a_provider_that_is_where_it_was(merging: Team) -> None:
    """It was added again as it had been: what waits there waits on."""
    code = await merging.ask(INSTALL)
    await added_again(merging, ProviderMode.GIT)
    await merging.look()
    assert (await merging.run(code)).is_waiting
    merging.merge(code)
    await merging.look()
    assert (await merging.run(code)).status is RunStatus.SUCCESS


async def test_what_was_cancelled_is_not_asked_anew_when_its_provider_is_somewhere_else(merging: Team) -> None:
    """The requester took it back while the server was silent, and reads of the branch."""
    code = await merging.ask(INSTALL)
    merging.server.misbehave(NAME, 500)
    await merging.talk(f"cancel {code}")
    await added_again(merging, ProviderMode.FILESYSTEM, path=str(merging.home / "elsewhere"))
    await merging.talk.settle()
    run = await merging.run(code)
    assert run.error_code == "NOT_TAKEN_BACK"
    assert "could not be deleted: Acme is somewhere else now." in (run.error_message or "")
