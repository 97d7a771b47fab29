"""Delegations in conversation: who votes for whom, who is away, and what a delegation never allows."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus
from core.domain.policy import DEFAULT_POLICY, Policy, Rule
from core.domain.users import Role
from core.services.people import HOST
from tests.clock import FakeClock
from tests.harness import Talk, code_in, talking

# Its first use reads a file, which must not happen in the event loop.
NEW_YORK = ZoneInfo("America/New_York")
INSTALL = "install skill meeting-notes on claude"


TWO_FOR_INSTALLS = Policy(
    rules=(Rule(name="installs", intents=("install",), outcome="require", threshold=2), *DEFAULT_POLICY.rules)
)


@contextlib.asynccontextmanager
async def team(home: Path, policy: Policy | None = None, clock: FakeClock | None = None) -> AsyncIterator[Talk]:
    """Open a demo with alice speaking; bob and dana are admins, carol is not."""
    async with talking(home, clock, policy=policy) as opened:
        people = opened.program.people
        async with opened.database.begin() as uow:
            dana = await people.add(uow, name="Dana", role=Role.ADMIN)
            await people.link(uow, dana, channel="console", workspace_id="", external_id="dana")
            await people.set_role(uow, await people.find(uow, "carol"), Role.USER, actor=HOST)
            await uow.commit()
        yield opened


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """The team under the policy that everybody starts with."""
    async with team(tmp_path / "home") as opened:
        yield opened


async def says(talk: Talk, name: str, line: str) -> str:
    """Say ``line`` as ``name`` and return what was printed because of it."""
    await talk(f"/as {name}")
    return await talk(line)


async def lend(talk: Talk, giver: str, taker: str) -> str:
    """Let ``taker`` vote for ``giver``, with dana's consent, and return the code of that request."""
    code = code_in(await says(talk, giver, f"delegate to {taker} until friday"))
    assert "is counted" in await says(talk, "dana", f"approve {code}")
    return code


async def approve_twice(talk: Talk, name: str, code: str) -> str:
    """Approve what is destructive, as ``name``, and return what is said to the second time."""
    await says(talk, name, f"approve {code}")
    talk.clock.advance(3)
    return await talk(f"approve {code}")


async def status(talk: Talk, code: str) -> ApprovalStatus:
    """Return how the request called ``code`` stands."""
    return (await talk.request(code)).status


async def test_a_delegation_gives_a_vote_once_another_admin_agrees(talk: Talk) -> None:
    """Nobody can hand their vote to a friend alone; afterwards the friend votes, and every card says for whom."""
    delegation = code_in(await says(talk, "bob", "delegate to carol until friday"))
    assert "somebody else has to approve it" in await says(talk, "bob", f"approve {delegation}")
    early = code_in(await says(talk, "alice", INSTALL))
    assert "not an approver" in await says(talk, "carol", f"approve {early}")
    await says(talk, "dana", f"approve {delegation}")
    assert (await talk.execution(delegation)).status is ExecutionStatus.COMPLETED

    code = code_in(await says(talk, "alice", "install skill pdf on claude"))
    assert "Carol for Bob" in await talk(f"who can approve {code}")
    assert "Bob delegated to you" in await says(talk, "carol", f"why {code}")
    assert "is counted" in await talk(f"approve {code}")
    assert await status(talk, code) is ApprovalStatus.APPROVED
    assert talk.skill("pdf").exists()
    assert "Carol for Bob" in await says(talk, "alice", f"timeline {code}") + await talk("/as dana")


async def test_who_was_lent_a_vote_is_told_and_the_lender_keeps_it(talk: Talk) -> None:
    """Until when, once the others agree; and who can approve names both, for either of them may."""
    code = code_in(await says(talk, "bob", "delegate to carol until friday"))
    assert "You may vote" not in await talk("/as carol")
    await says(talk, "dana", f"approve {code}")
    assert "You may vote for Bob until 2026-11-27 23:59" in await talk("/as carol")
    install = code_in(await says(talk, "alice", INSTALL))
    said = await talk(f"who can approve {install}")
    assert "can now   Dana, Carol for Bob" in said
    assert "can too   Bob (away)" in said


async def test_the_card_of_who_votes_for_somebody_names_them(talk: Talk) -> None:
    """The delegate gets the card, and it says in whose place."""
    await lend(talk, "bob", "carol")
    await says(talk, "alice", INSTALL)
    assert "Carol for Bob" in await talk("/as carol")


async def test_who_asks_cannot_vote_for_somebody_else(talk: Talk) -> None:
    """A delegate's own request waits for others, whoever lent them a vote."""
    await lend(talk, "bob", "carol")
    code = code_in(await says(talk, "carol", INSTALL))
    assert "You asked for this" in await talk(f"approve {code}")
    assert await status(talk, code) is ApprovalStatus.PENDING


async def test_whoever_votes_too_late_is_told_so(talk: Talk) -> None:
    """What is decided waits for nobody, also where who votes would have had no say."""
    code = code_in(await says(talk, "carol", INSTALL))
    await says(talk, "bob", f"reject {code} because no")
    for name in ("carol", "alice"):
        said = await says(talk, name, f"approve {code}")
        assert f"#{code} was already rejected by Bob" in said
        assert "Waiting" not in said


async def test_when_nobody_is_left_to_vote_that_is_said(talk: Talk) -> None:
    """A sentence never ends in an empty list: with everybody else gone, a request waits for nobody."""
    code = code_in(await says(talk, "bob", INSTALL))
    for name in ("dana", "carol"):
        async with talk.database.begin() as uow:
            person = await talk.program.people.find(uow, name)
            await talk.program.people.set_role(uow, person, Role.USER, actor=HOST)
            await uow.commit()
    said = await says(talk, "bob", f"approve {code}")
    assert "Waiting: nobody who could vote at present." in " ".join(said.split())


async def test_who_asks_cannot_vote_through_somebody_else(talk: Talk) -> None:
    """What bob asks for carol cannot approve with the vote that bob lent her."""
    await lend(talk, "bob", "carol")
    code = code_in(await says(talk, "bob", INSTALL))
    assert "not an approver" in await says(talk, "carol", f"approve {code}")
    assert await status(talk, code) is ApprovalStatus.PENDING


async def test_nobody_votes_on_what_is_about_them(talk: Talk) -> None:
    """Whom a change concerns has no say in it: not for themselves, not for somebody else, whoever asks for it."""
    await lend(talk, "bob", "carol")
    code = code_in(await says(talk, "dana", "make carol an admin"))
    assert "It is about you" in await says(talk, "carol", f"why {code}")
    assert "It is about Carol, who has no vote on it." in await talk(f"who can approve {code}")
    assert "It is about you" in await talk(f"approve {code}")
    assert "It is about you" in await talk(f"reject {code}")
    assert "is counted" in await approve_twice(talk, "bob", code)
    assert await status(talk, code) is ApprovalStatus.APPROVED

    code = code_in(await says(talk, "dana", "make carol a user"))
    assert "It is about you" in await says(talk, "carol", f"approve {code}")
    code = code_in(await says(talk, "bob", "delegate to carol until friday"))
    assert "It is about you" in await says(talk, "carol", f"approve {code}")


async def test_a_change_that_only_the_person_concerned_could_approve_is_refused(talk: Talk) -> None:
    """With one admin who asks and one whom it is about, nobody is left to agree."""
    async with talk.database.begin() as uow:
        people = talk.program.people
        await people.set_role(uow, await people.find(uow, "bob"), Role.USER, actor=HOST)
        carol = await people.find(uow, "carol")
        await people.set_role(uow, carol, Role.ADMIN, actor=HOST)
        await uow.commit()
    assert "Nobody can approve this" in await says(talk, "dana", "deactivate carol")


async def test_delegations_do_not_chain(talk: Talk) -> None:
    """What was lent to carol she cannot lend to alice; they are two people with one vote between them."""
    await lend(talk, "bob", "carol")
    await lend(talk, "carol", "alice")
    code = code_in(await says(talk, "dana", INSTALL))
    assert "not an approver" in await says(talk, "alice", f"approve {code}")
    assert "is counted" in await says(talk, "carol", f"approve {code}")
    assert await status(talk, code) is ApprovalStatus.APPROVED


async def test_a_delegation_ends_with_its_last_day(tmp_path: Path) -> None:
    """Saturday, 06:30 UTC: until Friday is until Friday night, and not a minute longer."""
    clock = FakeClock()
    async with team(tmp_path / "home", clock=clock) as talk:
        await lend(talk, "bob", "carol")
        clock.advance(days=6, hours=17)
        late = code_in(await says(talk, "alice", INSTALL))
        assert "Carol for Bob" in await talk(f"who can approve {late}")
        clock.advance(minutes=30)
        assert "Carol" not in await talk(f"who can approve {late}")
        assert "not an approver" in await says(talk, "carol", f"approve {late}")


async def test_who_is_away_is_left_alone_at_once(talk: Talk) -> None:
    """Being away takes nobody's consent; no card comes, until one is back."""
    gone = await says(talk, "bob", "away until monday")
    assert "Bob is away until 2026-11-23 00:00" in gone
    assert "does not answer until 2026-11-23 00:00" in gone
    first = code_in(printed := await says(talk, "alice", INSTALL))
    assert "for dana" in printed
    assert "for bob" not in printed
    said = await talk(f"who can approve {first}")
    assert "can now   Dana" in said
    assert "can too   Bob (away)" in said

    assert "Bob is back" in await says(talk, "bob", "I am back")
    assert "not away already" in await talk("I am back")
    assert "for bob" in await says(talk, "alice", "install skill pdf on claude")


async def test_who_is_away_may_still_vote(talk: Talk) -> None:
    """Away means not asked; a vote from the beach is a vote."""
    await says(talk, "bob", "away until monday")
    code = code_in(await says(talk, "alice", INSTALL))
    assert "is counted" in await says(talk, "bob", f"approve {code}")
    assert await status(talk, code) is ApprovalStatus.APPROVED


async def test_coming_back_ends_what_was_lent(talk: Talk) -> None:
    """Being back takes the lent vote back, at once and without asking anybody."""
    await lend(talk, "bob", "carol")
    assert "Bob is back" in await says(talk, "bob", "stop delegating")
    code = code_in(await says(talk, "alice", INSTALL))
    assert "not an approver" in await says(talk, "carol", f"approve {code}")


async def test_history_names_everybody_who_approved(tmp_path: Path) -> None:
    """Both votes, and for whom the lent one was given."""
    async with team(tmp_path / "home", TWO_FOR_INSTALLS) as talk:
        await lend(talk, "bob", "carol")
        code = code_in(await says(talk, "alice", INSTALL))
        await says(talk, "dana", f"approve {code}")
        await says(talk, "carol", f"approve {code}")
        (row,) = [line for line in (await says(talk, "alice", "history")).splitlines() if f"#{code} " in line]
        assert "Dana, Carol for Bob  done" in row


async def test_a_lent_vote_counts_no_longer_than_the_delegation(tmp_path: Path) -> None:
    """Where two are needed, carol's vote for bob falls away when bob takes it back before the second one."""
    async with team(tmp_path / "home", TWO_FOR_INSTALLS) as talk:
        await lend(talk, "bob", "carol")
        code = code_in(await says(talk, "alice", INSTALL))
        await says(talk, "carol", f"approve {code}")
        assert "approved   Carol" in await talk(f"who can approve {code}")
        await says(talk, "bob", "end my delegation")
        await says(talk, "dana", f"approve {code}")
        assert await status(talk, code) is ApprovalStatus.PENDING
        assert "is counted" in await says(talk, "bob", f"approve {code}")
        assert await status(talk, code) is ApprovalStatus.APPROVED


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("delegate to carol", "Say who answers for you and until when"),
        ("delegate to bob until friday", "Say who answers for you and until when"),
        ("delegate to nobody-here until friday", "nobody-here"),
        ("away until 2020-01-01", "is over already"),
        ("I am back", "not away already"),
    ],
)
async def test_what_makes_no_sense_is_said(talk: Talk, line: str, answer: str) -> None:
    """One sentence, and nobody is asked anything."""
    printed = await says(talk, "bob", line)
    assert answer in printed
    assert "for dana" not in printed


async def test_nobody_delegates_for_somebody_else(talk: Talk) -> None:
    """What bob says of himself is done; said of somebody else, it is a question about the speaker's own vote."""
    asked = await says(talk, "alice", "bob delegates to carol until friday")
    assert "only their own votes" in asked
    assert "Let carol vote for me until 2026-11-27 23:59" in asked
    assert "Let Carol vote for Bob" in await says(talk, "bob", "bob delegates to carol until friday")


async def test_days_are_those_of_the_speaker(talk: Talk) -> None:
    """Monday begins when it begins where the speaker lives."""
    async with talk.database.begin() as uow:
        bob = await talk.program.people.find(uow, "bob")
        await uow.users.update(bob.evolve(timezone=NEW_YORK.key))
        await uow.commit()
    await says(talk, "bob", "away until monday")
    async with talk.database.read() as uow:
        (delegation,) = await uow.delegations.active(talk.clock.now())
    assert delegation.until.isoformat() == "2026-11-23T05:00:00+00:00"
