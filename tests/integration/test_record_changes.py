"""Changes of the bot's own records by chat: roles and access, under the policy, and never without an admin left."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus
from core.domain.policy import DEFAULT_POLICY, Policy, Rule
from core.domain.users import Role, User
from core.services.people import HOST
from tests.clock import FakeClock
from tests.harness import CODE, Talk, code_in, talking

# Longer than a press that bounces.
A_MOMENT = 3


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking; bob and carol are its admins."""
    async with talking(tmp_path / "home", FakeClock()) as opened:
        yield opened


async def says(talk: Talk, name: str, line: str) -> str:
    """Say ``line`` as ``name`` and return what was printed because of it."""
    await talk(f"/as {name}")
    return await talk(line)


async def person(talk: Talk, name: str) -> User:
    """Return somebody by name."""
    async with talk.database.read() as uow:
        return await talk.program.people.find(uow, name)


async def approve(talk: Talk, name: str, code: str) -> str:
    """Approve something destructive as it has to be done: twice, with a moment to think."""
    await says(talk, name, f"approve {code}")
    talk.clock.advance(A_MOMENT)
    return await talk(f"approve {code}")


async def ended(talk: Talk, code: str, why: str) -> None:
    """Assert that a request is over because of the error ``why``: nobody is asked any more, and it is recorded."""
    assert (await talk.request(code)).status is ApprovalStatus.APPROVED
    execution = await talk.execution(code)
    assert (execution.status, execution.error_code) == (ExecutionStatus.FAILED, why)
    assert (await talk.events(code)).count("ErrorOccurred") == 1
    assert f"#{code}" not in await talk("pending")


async def host_sets_role(talk: Talk, name: str, role: Role) -> None:
    """Change a role on the host, where nobody has to be asked."""
    async with talk.database.begin() as uow:
        people = talk.program.people
        await people.set_role(uow, await people.find(uow, name), role, actor=HOST)
        await uow.commit()


async def test_somebody_becomes_an_admin_once_an_admin_says_so_twice(talk: Talk) -> None:
    """The right to decide is given by those who have it, and the new admin has it at once."""
    code = code_in(await says(talk, "alice", "make alice an admin"))
    assert "somebody else has to approve it" in await talk(f"approve {code}")
    first = await says(talk, "bob", f"approve {code}")
    assert "DESTRUCTIVE" in first
    assert f'"approve {code}"' in first
    assert not (await person(talk, "alice")).is_admin
    talk.clock.advance(A_MOMENT)
    assert "is counted" in await talk(f"approve {code}")
    assert (await person(talk, "alice")).is_admin
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    install = code_in(await says(talk, "bob", "install skill pdf on claude"))
    assert "is counted" in await says(talk, "alice", f"approve {install}")


async def test_the_second_time_is_not_the_first_one_twice(talk: Talk) -> None:
    """What was typed twice by a nervous finger is one approval."""
    code = code_in(await says(talk, "alice", "deactivate carol"))
    await says(talk, "bob", f"approve {code}")
    talk.clock.advance(1)
    assert "DESTRUCTIVE" in await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.PENDING
    talk.clock.advance(A_MOMENT)
    assert "is counted" in await talk(f"approve {code}")
    assert not (await person(talk, "carol")).is_active


async def test_two_people_once_are_not_one_person_twice(talk: Talk) -> None:
    """Each approver says it twice themself."""
    code = code_in(await says(talk, "alice", "make alice an admin"))
    await says(talk, "bob", f"approve {code}")
    talk.clock.advance(A_MOMENT)
    assert "DESTRUCTIVE" in await says(talk, "carol", f"approve {code}")
    assert not (await person(talk, "alice")).is_admin


async def test_the_first_half_of_an_approval_can_be_taken_back(talk: Talk) -> None:
    """Who hesitates starts anew: after a withdrawal the next approval is the first one again."""
    code = code_in(await says(talk, "alice", "make alice an admin"))
    await says(talk, "bob", f"approve {code}")
    assert "is withdrawn" in await talk(f"withdraw {code}")
    talk.clock.advance(A_MOMENT)
    assert "DESTRUCTIVE" in await talk(f"approve {code}")


async def test_withdraw_that_means_what_i_voted_on(talk: Talk) -> None:
    """Requests without a vote of mine are not offered; where there is none, that is said."""
    code = code_in(await says(talk, "alice", "make alice an admin"))
    await talk("install skill pdf on claude")
    printed = " ".join((await says(talk, "bob", "withdraw that")).split())
    assert "I know no request with a vote of yours that could be withdrawn" in printed
    await talk(f"approve {code}")
    assert f"Your vote on #{code} is withdrawn." in await talk("withdraw that")


async def test_one_rejection_is_enough(talk: Talk) -> None:
    """Saying no needs no second time."""
    code = code_in(await says(talk, "alice", "make alice an admin"))
    assert "is rejected" in await says(talk, "carol", f"reject {code} because not yet")
    assert not (await person(talk, "alice")).is_admin


async def test_who_is_shut_out_says_nothing_more(talk: Talk) -> None:
    """Access ends in the approving transaction, with what the person had asked for."""
    install = code_in(await says(talk, "alice", "install skill pdf on claude"))
    code = code_in(await says(talk, "carol", "deactivate alice"))
    assert "is counted" in await approve(talk, "bob", code)
    assert not (await person(talk, "alice")).is_active
    assert (await talk.request(install)).status is ApprovalStatus.CANCELLED
    assert "has to let you in" in await says(talk, "alice", "status")


async def test_an_admin_can_step_down_with_consent(talk: Talk) -> None:
    """Also who gives a right away asks, and afterwards has no vote."""
    code = code_in(await says(talk, "bob", "make bob a user"))
    assert "somebody else has to approve it" in await talk(f"approve {code}")
    await approve(talk, "carol", code)
    assert not (await person(talk, "bob")).is_admin
    install = code_in(await says(talk, "alice", "install skill pdf on claude"))
    assert "not an approver" in await says(talk, "bob", f"approve {install}")


@pytest.mark.parametrize("line", ["make bob a user", "demote bob", "deactivate bob"])
async def test_the_last_admin_stays(talk: Talk, line: str) -> None:
    """It is refused at once, and nobody is asked for what can never be done."""
    await host_sets_role(talk, "carol", Role.USER)
    printed = await says(talk, "bob", line)
    assert "the last admin" in printed
    assert "for carol" not in printed
    assert (await person(talk, "bob")).is_admin


async def test_the_last_admin_stays_whatever_was_asked_before(talk: Talk) -> None:
    """Two admins step down; the third one is then the last, and stays though the glass is broken: the request ends."""
    async with talk.database.begin() as uow:
        people = talk.program.people
        dana = await people.add(uow, name="Dana", role=Role.ADMIN)
        await people.link(uow, dana, channel="console", workspace_id="", external_id="dana")
        await uow.commit()
    bob = code_in(await says(talk, "alice", "make bob a user"))
    carol = code_in(await says(talk, "alice", "make carol a user"))
    dana_leaves = code_in(await says(talk, "alice", "deactivate dana"))
    await approve(talk, "dana", bob)
    await approve(talk, "dana", carol)
    printed = await talk(f"break glass {dana_leaves} because nobody else is left to agree")
    assert "the last admin" in printed
    assert (await person(talk, "dana")).is_admin
    await ended(talk, dana_leaves, "LAST_ADMIN")


async def test_what_is_so_already_asks_nobody(talk: Talk) -> None:
    """Nothing to change is said, and is no request."""
    printed = await says(talk, "alice", "make carol an admin")
    assert "admin already" in printed
    assert "for bob" not in printed
    assert "Zed" in await talk("make Zed an admin")


async def test_a_request_that_others_overtook_ends_with_the_reason(talk: Talk) -> None:
    """The host was faster, so it can no longer be done. Who approves it and who asked for it read why."""
    code = code_in(await says(talk, "bob", "make alice an admin"))
    await host_sets_role(talk, "alice", Role.ADMIN)
    assert "Alice is admin already" in " ".join((await approve(talk, "carol", code)).split())
    await ended(talk, code, "ALREADY_SO")
    told = await talk("/as bob")
    assert "Failed: make Alice an admin" in told
    assert "Alice is admin already" in told


async def test_what_would_be_something_else_by_now_ends_too(talk: Talk) -> None:
    """A card holds for what it shows: another change of the same skill meanwhile ends the request."""
    code = code_in(await says(talk, "alice", "set the ref of pdf to v1.0"))
    other = code_in(await says(talk, "alice", "set the ref of pdf to v1.1"))
    await says(talk, "bob", f"approve {other}")
    assert "was already cancelled" in " ".join((await says(talk, "carol", f"approve {code}")).split())
    assert (await talk.request(code)).status is ApprovalStatus.CANCELLED
    assert (await talk.execution(code)).error_code == "OUT_OF_DATE"
    async with talk.database.read() as uow:
        skill = await uow.skills.by_name("pdf")
    assert skill is not None
    assert skill.source_ref == "v1.1"


async def test_breaking_the_glass_cannot_do_what_can_no_longer_be_done(talk: Talk) -> None:
    """The one who goes ahead alone reads that it came to nothing, not that it runs."""
    code = code_in(await says(talk, "bob", "make alice an admin"))
    await host_sets_role(talk, "alice", Role.ADMIN)
    printed = await says(talk, "carol", f"break glass {code} because it is urgent")
    assert "runs now" not in printed
    assert "Alice is admin already" in " ".join(printed.split())
    await ended(talk, code, "ALREADY_SO")


async def test_a_policy_can_allow_it(tmp_path: Path) -> None:
    """What a rule allows is done at once, by the rule, and the record says so."""
    rule = Rule(name="small team", priority=1, intents=("set_role",), outcome="allow")
    async with talking(tmp_path / "home", policy=Policy(rules=(rule, *DEFAULT_POLICY.rules))) as talk:
        printed = await says(talk, "bob", "make alice an admin")
        assert "for carol" not in printed
        assert (await person(talk, "alice")).is_admin
        assert "allowed at once" in await talk(f"why {code_in(printed)}")


async def test_a_policy_can_forbid_it(tmp_path: Path) -> None:
    """What a rule denies is refused with the name of the rule, and nobody is asked."""
    rule = Rule(name="host only", priority=1, intents=("set_role", "deactivate_user"), outcome="deny")
    async with talking(tmp_path / "home", policy=Policy(rules=(rule, *DEFAULT_POLICY.rules))) as talk:
        printed = await says(talk, "bob", "make alice an admin")
        assert "host only" in printed
        assert "for carol" not in printed
        assert not (await person(talk, "alice")).is_admin
        assert "forbidden" in await talk("policy")


@pytest.mark.parametrize(
    "change", ["set ref of pdf to v1.0", "disconnect gemini", "make alice an admin", "archive pdf", "deactivate alice"]
)
async def test_who_asks_for_the_same_change_joins(talk: Talk, change: str) -> None:
    """Nobody is asked twice, history says what it is the same as, and one person in one chat hears once how it ends."""
    code = code_in(await says(talk, "bob", change))
    again = f"already asks for exactly this as #{code}. You will hear here how it ends."
    asked = [await says(talk, who, change) for who in ("alice", "alice", "bob")]
    for answer in asked:
        assert again in " ".join(answer.split())
        joined = await talk.execution(next(found for found in CODE.findall(answer) if found != code))
        assert (joined.status, joined.error_code) == (ExecutionStatus.CANCELLED, "ALREADY_ASKED")
    assert (await talk("pending")).count("#") == 1
    history = " ".join((await talk("history")).split())
    assert history.count(f"same as #{code}") == len(asked)
    assert "cancelled" not in history
    await says(talk, "bob", f"cancel {code}")
    assert len(await outcomes(talk, code)) == 2


async def outcomes(talk: Talk, code: str) -> list[str]:
    """Return who was told how a request ended, once for each message."""
    execution = await talk.execution(code)
    with closing(sqlite3.connect(talk.home / "skillwarden.db")) as tables:
        told = "SELECT user_id FROM notices WHERE execution_id = ? AND kind = 'outcome'"
        return [row[0] for row in tables.execute(told, (execution.id,))]
