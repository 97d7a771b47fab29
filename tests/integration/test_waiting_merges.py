"""A change that waits for somebody to merge it: what people stop, decide anew or take back meanwhile stops it too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from core.domain.base import new_id
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.freezes import Freeze
from core.domain.policy import DEFAULT_POLICY, Policy, Rule, Who
from core.domain.targets import TargetStatus
from core.domain.users import Role
from core.errors import ChannelError
from core.ports import Installers
from core.services.execution_service import ExecutionService
from core.services.merges import Merges
from core.services.provider_health import ProviderHealth
from core.services.providers import Providers
from core.services.runs import Job
from core.services.waits import look_soon
from tests.contracts.repository_place import NAME, TOKEN
from tests.harness import code_in
from tests.platforms.git_http import GitHttpServer
from tests.repository_team import SKILL, Team

INSTALL = f"install {SKILL} on Acme"
TWO = Policy(rules=(Rule(name="two", outcome="require", threshold=2),))
NOBODY = Policy(rules=(Rule(name="closed", outcome="deny"),))
BOB = Policy(
    rules=(
        Rule(name="bob", intents=("install",), outcome="require", approvers=Who(people=("Bob",))),
        Rule(name="rest", outcome="allow"),
    )
)


REST = Rule(name="rest", outcome="allow")
OR_GROUP = Rule(
    name="or in the group",
    intents=("install",),
    outcome="require",
    approvers=Who(roles=(Role.ADMIN,), slack_groups=("S1",)),
)
ESCALATED = Rule(
    name="escalated",
    intents=("install",),
    outcome="require",
    escalate_after=timedelta(minutes=10),
    escalate_to=Who(slack_groups=("S1",)),
)
ADMINS_INSTALL = Rule(name="admins install", priority=1, intents=("install",), outcome="require")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """Give a team whose branch takes merges only; the bot is not running."""
    monkeypatch.setenv("TEAM_TOKEN", TOKEN)
    with GitHttpServer(tmp_path / "repositories") as server:
        opened = Team(tmp_path / "home", server, "merge")
        server.protect(NAME)
        yield opened


@pytest.fixture
async def merging(team: Team) -> AsyncIterator[Team]:
    """Give the team with the bot running."""
    async with team.running():
        yield team


async def said(team: Team, who: str, sentence: str) -> str:
    """Say ``sentence`` as ``who`` and return all that is printed because of it, in one line."""
    await team.talk(f"/as {who}")
    return " ".join((await team.talk(sentence)).split())


async def shut_out(team: Team, name: str) -> None:
    """Shut ``name`` out on the host."""
    people = team.talk.program.people
    async with team.talk.database.begin() as uow:
        await people.deactivate(uow, await people.find(uow, name), successor=None, actor="system:host")
        await uow.commit()


async def froze(team: Team, now: datetime) -> None:
    """Have Bob freeze everything, in a transaction like any other."""
    async with team.talk.database.begin() as uow:
        bob = await team.talk.program.people.find(uow, "Bob")
        await uow.freezes.add(Freeze(id=new_id(now), user_id=bob.id, created_at=now))
        await look_soon(uow, now)
        await uow.commit()


@pytest.mark.parametrize("freeze", [f"freeze {SKILL} on acme", f"freeze {SKILL}", "freeze acme", "freeze everything"])
async def test_a_freeze_takes_back_what_waits(merging: Team, freeze: str) -> None:
    """At once, not at the next look: the branch is gone, and the card says who froze it and what became of it."""
    code = await merging.ask(INSTALL)
    merging.talk.program.workers.wake()
    await said(merging, "bob", freeze)
    assert merging.branches() == ["main"]
    run = await merging.run(code)
    assert (run.status, run.error_code) == (RunStatus.FAILED, "TAKEN_BACK")
    assert (await merging.talk.execution(code)).status is ExecutionStatus.FAILED
    assert (await merging.target(code)).status is TargetStatus.FAILED
    card = await said(merging, "alice", f"show {code}")
    assert f"{SKILL} on Acme was frozen by Bob" in card
    assert f"{merging.branch(code)}, which waited to be merged, was deleted, and nothing was changed." in card


async def test_a_freeze_of_something_else_leaves_it_alone(merging: Team) -> None:
    """It waits as before, and nobody looks sooner because of that."""
    code = await merging.ask(INSTALL)
    before = await merging.run(code)
    await said(merging, "bob", "freeze pdf")
    assert await merging.run(code) == before
    assert merging.branch(code) in merging.branches()


async def test_what_was_merged_before_the_freeze_is_recorded_as_done(merging: Team) -> None:
    """It is there, whatever was said a moment later."""
    code = await merging.ask(INSTALL)
    merging.merge(code)
    await said(merging, "bob", f"freeze {SKILL}")
    assert (await merging.run(code)).status is RunStatus.SUCCESS
    assert (await merging.target(code)).status is TargetStatus.INSTALLED


async def test_what_is_merged_while_it_is_taken_back_is_recorded_as_done(
    merging: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the decision and the deletion somebody merges: what is on the branch counts."""
    code = await merging.ask(INSTALL)
    withdraw = Merges.withdraw

    async def too_late(self: Merges, *args: object) -> object:
        monkeypatch.setattr(Merges, "withdraw", withdraw)
        await asyncio.to_thread(merging.merge, code)
        return await withdraw(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Merges, "withdraw", too_late)
    await said(merging, "bob", f"freeze {SKILL}")
    assert (await merging.run(code)).status is RunStatus.SUCCESS
    assert merging.branches() == ["main"]


async def test_a_freeze_during_a_look_is_seen_right_after_it(merging: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looks at that moment has judged before it: the next look does not wait its turn."""
    code = await merging.ask(INSTALL)
    wait = Merges.wait
    told: list[bool] = []

    async def late(self: Merges, *args: object) -> None:
        if not told:
            told.append(True)
            merging.clock.advance(1)
            await merging.talk.program.dispatcher.receive(merging.talk.interpret(f"freeze {SKILL}"))
            async with merging.talk.database.read() as uow:
                (heard,) = await uow.inbox.pending(limit=1)
            await merging.talk.program.dispatcher.process(heard)
        await wait(self, *args)  # type: ignore[arg-type]

    await merging.talk("/as bob")
    monkeypatch.setattr(Merges, "wait", late)
    await merging.look()
    assert told
    assert (await merging.run(code)).status is RunStatus.FAILED
    assert merging.branches() == ["main"]


async def test_what_is_said_at_the_very_moment_of_a_look_is_seen_right_after_it(
    merging: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the look was due at the moment at which it is said."""
    code = await merging.ask(INSTALL)
    due = (await merging.run(code)).not_before
    assert due is not None
    is_merged = vars(Merges)["_is_merged"]

    async def meanwhile(self: Merges, job: Job) -> bool:
        monkeypatch.setattr(Merges, "_is_merged", is_merged)
        await froze(merging, due)
        return bool(await is_merged(self, job))

    monkeypatch.setattr(Merges, "_is_merged", meanwhile)
    merging.clock.advance((due - merging.clock.now()).total_seconds())
    await merging.talk.settle()
    assert (await merging.run(code)).status is RunStatus.FAILED
    assert merging.branches() == ["main"]


async def test_what_is_said_while_its_branch_is_pushed_is_seen_right_after_it(
    merging: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows yet that it will wait, and it was judged before."""
    act = vars(ExecutionService)["_act"]

    async def meanwhile(self: ExecutionService, job: Job) -> str | None:
        waits_for: str | None = await act(self, job)
        await froze(merging, merging.clock.now())
        return waits_for

    monkeypatch.setattr(ExecutionService, "_act", meanwhile)
    code = await merging.ask(INSTALL)
    assert (await merging.run(code)).error_code == "TAKEN_BACK"
    assert merging.branches() == ["main"]


async def test_what_others_built_on_stays_and_the_card_warns(merging: Team) -> None:
    """The branch is theirs: nobody says that it is gone, and whoever could merge it is told not to."""
    code = await merging.ask(INSTALL)
    merging.repo.commit({"note.md": "a review\n"}, branch=merging.branch(code))
    await said(merging, "bob", f"freeze {SKILL}")
    assert (await merging.run(code)).error_code == "NOT_TAKEN_BACK"
    assert merging.branches() == ["main", merging.branch(code)]
    card = await said(merging, "alice", f"show {code}")
    assert "frozen by Bob" in card
    assert f"{merging.branch(code)} could not be deleted" in card
    assert "Do not merge it" in card


async def test_a_cancelled_branch_that_stays_is_told(merging: Team) -> None:
    """It was cancelled, and could be merged all the same: the requester reads that it must not be."""
    code = await merging.ask(INSTALL)
    merging.repo.commit({"note.md": "a review\n"}, branch=merging.branch(code))
    card = await said(merging, "alice", f"cancel {code}")
    assert (await merging.run(code)).error_code == "NOT_TAKEN_BACK"
    assert (await merging.talk.execution(code)).status is ExecutionStatus.CANCELLED
    assert "cancelled by Alice" in card
    assert f"It was cancelled before it was merged. The branch {merging.branch(code)} could not be deleted" in card
    assert "Do not merge it" in card


async def test_another_policy_tells_of_the_branch_that_stays_and_asks_anew(team: Team) -> None:
    """Nobody should merge what another rule decides about now; that is asked for all the same."""
    async with team.running(DEFAULT_POLICY):
        code = await team.ask(INSTALL)
        team.repo.commit({"note.md": "a review\n"}, branch=team.branch(code))
    async with team.running(TWO):
        assert team.branches() == ["main", team.branch(code)]
        card = await said(team, "alice", f"show {code}")
        assert 'the rule "two" decides now' in card
        assert f"The branch {team.branch(code)} could not be deleted: Somebody has committed to it" in card
        assert "Do not merge it; delete it." in card
        again = ((await team.talk.execution(code)).error_message or "").split("ask again as #")[1][:4]
        assert (await team.talk.request(again)).threshold == 2


async def test_while_the_server_is_silent_a_frozen_wait_goes_on(merging: Team) -> None:
    """Nobody can say that nothing will come of it; what is unfrozen before it could be taken back just waits on."""
    code = await merging.ask(INSTALL)
    merging.server.misbehave(NAME, 500)
    await said(merging, "bob", f"freeze {SKILL}")
    run = await merging.run(code)
    assert run.is_waiting
    assert run.not_before is not None
    assert run.not_before > merging.clock.now()
    thaw = await said(merging, "carol", f"unfreeze {SKILL}")
    await said(merging, "bob", f"approve {thaw.split('#')[1][:4]}")
    merging.server.behave(NAME)
    await merging.look()
    assert (await merging.run(code)).is_waiting
    merging.merge(code)
    await merging.look()
    assert (await merging.target(code)).status is TargetStatus.INSTALLED


async def test_disconnecting_takes_back_what_waits_there(merging: Team) -> None:
    """Nothing of the bot's stays where it no longer looks."""
    code = await merging.ask(INSTALL)
    await merging.ask("disconnect acme")
    assert merging.branches() == ["main"]
    assert (await merging.run(code)).error_code == "TAKEN_BACK"
    assert "Acme is not connected" in await said(merging, "alice", f"show {code}")


async def test_disconnecting_on_the_host_does_too(merging: Team) -> None:
    """Whoever owns the machine says it once, and it is looked at soon."""
    code = await merging.ask(INSTALL)
    talk = merging.talk
    installers = cast("Installers", None)  # nobody is asked for what is left
    health = ProviderHealth(storage=talk.database, clock=merging.clock, installers=installers, mask=str)
    service = Providers(storage=talk.database, clock=merging.clock, people=talk.program.people, health=health)
    await service.disconnect("Acme", command="providers disconnect Acme")
    await talk.settle()
    assert (await merging.run(code)).error_code == "TAKEN_BACK"
    assert merging.branches() == ["main"]


async def test_a_vote_that_counts_no_more_takes_back_what_waits(merging: Team) -> None:
    """Whoever shut out the approver did so for a reason; the requester may ask again."""
    code = await merging.ask(INSTALL)
    await shut_out(merging, "Bob")
    await merging.talk.settle()
    assert merging.branches() == ["main"]
    assert (await merging.run(code)).error_code == "TAKEN_BACK"
    card = await said(merging, "alice", f"show {code}")
    assert f"The approval of #{code} is not, or no longer, good for this" in card


async def test_who_is_no_approver_any_more_has_not_approved_what_waits(merging: Team) -> None:
    """A role that was taken away takes the vote along."""
    code = await merging.ask(INSTALL)
    people = merging.talk.program.people
    async with merging.talk.database.begin() as uow:
        await people.set_role(uow, await people.find(uow, "Bob"), Role.USER, actor="system:host")
        await uow.commit()
    await merging.talk.settle()
    assert (await merging.run(code)).status is RunStatus.FAILED
    assert merging.branches() == ["main"]


class Groups:
    """Slack's user groups, all of them empty, which Slack tells of or not."""

    def __init__(self) -> None:
        self.silent: set[str] = set()

    async def members(self, group: str) -> frozenset[str]:
        if group in self.silent:
            raise ChannelError(channel="Slack", reason="silence")
        return frozenset()


@pytest.mark.parametrize("rule", [OR_GROUP, ESCALATED], ids=lambda rule: rule.name)
async def test_a_group_that_slack_does_not_tell_is_no_news(team: Team, rule: Rule) -> None:
    """Whoever approved may be in one that was asked: the wait goes on until that is known."""
    groups = Groups()
    async with team.running(Policy(rules=(rule, REST)), user_groups=groups):
        code = await team.ask(INSTALL)
        groups.silent.add("S1")
        await shut_out(team, "Bob")
        await team.look()
        assert (await team.run(code)).is_waiting
        groups.silent.clear()
        await team.look()
        assert (await team.run(code)).error_code == "TAKEN_BACK"


async def test_silence_about_the_group_of_another_rule_excuses_nobody(team: Team) -> None:
    """Who is in a group that was not asked makes no difference."""
    groups = Groups()
    async with team.running(Policy(rules=(ADMINS_INSTALL, OR_GROUP)), user_groups=groups):
        code = await team.ask(INSTALL)
        groups.silent.add("S1")
        await shut_out(team, "Bob")
        await team.look()
        assert (await team.run(code)).error_code == "TAKEN_BACK"
        assert team.branches() == ["main"]


async def test_a_silent_group_does_not_excuse_that_nobody_was_asked(team: Team) -> None:
    """What was allowed and is now to be asked about has no votes that could count once Slack tells."""
    groups = Groups()
    async with team.running(Policy(rules=(REST,))):
        code = code_in(await team.talk(INSTALL))
        assert (await team.run(code)).is_waiting
    groups.silent.add("S1")
    async with team.running(Policy(rules=(OR_GROUP, REST)), user_groups=groups):
        assert (await team.run(code)).error_code == "TAKEN_BACK"
        assert team.branches() == ["main"]


async def test_what_was_allowed_and_is_forbidden_now_is_asked_anew(team: Team) -> None:
    """It says which rule forbids it, not that an approval is missing which there never was."""
    async with team.running(Policy(rules=(REST,))):
        code = code_in(await team.talk(INSTALL))
    async with team.running(NOBODY):
        assert team.branches() == ["main"]
        assert (await team.run(code)).error_code == "POLICY_CHANGED"
        assert 'the rule "closed" decides now' in ((await team.talk.execution(code)).error_message or "")


async def test_who_leaves_takes_along_what_waits_for_them(merging: Team) -> None:
    """Their requests end, as those do that nobody has decided yet."""
    code = await merging.ask(INSTALL)
    await shut_out(merging, "Alice")
    await merging.talk.settle()
    assert merging.branches() == ["main"]
    assert (await merging.talk.execution(code)).status is ExecutionStatus.CANCELLED


async def test_time_takes_nothing_back(merging: Team) -> None:
    """It was proposed while its approval was good; how long others take to merge it is up to them."""
    code = await merging.ask(INSTALL)
    await merging.look(minutes=60 * 24 * 9)
    assert (await merging.run(code)).is_waiting
    merging.merge(code)
    await merging.look()
    assert (await merging.run(code)).status is RunStatus.SUCCESS


async def test_a_vote_for_somebody_else_outlives_the_delegation(team: Team) -> None:
    """Who was away is back: what was agreed to in their place stays agreed to."""
    async with team.running(BOB):
        await said(team, "bob", "delegate to carol until friday")
        code = (await said(team, "alice", INSTALL)).split("#")[1][:4]
        await said(team, "carol", f"approve {code}")
        assert (await team.run(code)).is_waiting
        team.clock.advance(60)
        await said(team, "bob", "I am back")
        await team.look()
        assert (await team.run(code)).is_waiting
        await team.look(minutes=60 * 24 * 9)
        assert (await team.run(code)).is_waiting


async def test_another_policy_asks_anew_about_what_waits(team: Team) -> None:
    """The branch goes, and people are asked as the policy of now says."""
    async with team.running(DEFAULT_POLICY):
        code = await team.ask(INSTALL)
    async with team.running(TWO):
        assert team.branches() == ["main"]
        assert (await team.run(code)).error_code == "POLICY_CHANGED"
        why = (await team.talk.execution(code)).error_message or ""
        assert 'the rule "two" decides now' in why
        again = why.split("ask again as #")[1][:4]
        assert (await team.talk.request(again)).threshold == 2


async def test_a_policy_that_forbids_it_takes_it_back(team: Team) -> None:
    """What is asked anew is refused."""
    async with team.running(DEFAULT_POLICY):
        code = await team.ask(INSTALL)
    async with team.running(NOBODY):
        assert team.branches() == ["main"]
        again = ((await team.talk.execution(code)).error_message or "").split("ask again as #")[1][:4]
        assert (await team.talk.execution(again)).error_message == 'The rule "closed" does not allow this.'
