"""A policy that changes: a version, a record, and everything that is pending asked anew when the bot starts."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.bootstrap import running
from bot.installation import Installation
from bot.wake import Wake
from core.domain.approvals import ApprovalStatus
from core.domain.events import MessageReceived, first_broken
from core.domain.executions import ExecutionStatus
from core.domain.policy import DEFAULT_POLICY, Policy, Rule, Who
from core.services.people import HOST
from tests.clock import FakeClock
from tests.harness import Talk, code_in, talking

INSTALL = "install skill meeting-notes on claude"

BOTH = Policy(rules=(Rule(name="two", outcome="require", threshold=2),))
NONE = Policy(rules=(Rule(name="frozen", outcome="deny"),))
FREE = Policy(rules=(Rule(name="free", outcome="allow"),))


async def versions(talk: Talk) -> list[tuple[int, str, bool]]:
    """Return number, hash and whether it is active of every version of the policy, newest first."""
    async with talk.database.read() as uow:
        return [(version.version, version.hash, version.is_active) for version in await uow.policies.all()]


async def recorded(talk: Talk) -> list[str]:
    """Return what the record says was changed on the host; each by the host alone, in a chain that verifies."""
    with closing(sqlite3.connect(talk.home / "skillwarden.db")) as tables:
        ids = [row[0] for row in tables.execute("SELECT id FROM executions WHERE channel = 'api' ORDER BY created_at")]
    said = []
    async with talk.database.read() as uow:
        for execution_id in ids:
            rows = await uow.events.of_execution(execution_id)
            transitions = await uow.executions.transitions(execution_id)
            assert first_broken(rows) is None
            assert {row.user_id for row in rows} | {step.actor for step in transitions} == {HOST}
            said += [row.event.message.text for row in rows if isinstance(row.event, MessageReceived)]
            execution = await uow.executions.get(execution_id)
            assert execution is not None
            assert execution.status is ExecutionStatus.COMPLETED
    return said


async def test_the_first_policy_is_a_version_and_no_change(tmp_path: Path) -> None:
    """What the bot begins with was changed by nobody; the same policy again is the same version."""
    for _ in range(2):
        async with talking(tmp_path / "home") as talk:
            assert await versions(talk) == [(1, DEFAULT_POLICY.hash, True)]
            assert await recorded(talk) == []
            async with talk.database.read() as uow:
                stored = await uow.policies.active()
    assert stored is not None
    assert stored.created_by is None
    assert Policy.model_validate(stored.rules) == DEFAULT_POLICY


async def test_a_changed_policy_is_the_next_version_and_on_the_record(tmp_path: Path) -> None:
    """The record names the version and the rules that are not what they were, as the host's doing."""
    for policy in (DEFAULT_POLICY, BOTH, BOTH, DEFAULT_POLICY):
        async with talking(tmp_path / "home", policy=policy) as talk:
            active = await versions(talk)
            said = await recorded(talk)
    assert active == [(3, DEFAULT_POLICY.hash, True), (2, BOTH.hash, False), (1, DEFAULT_POLICY.hash, False)]
    assert said == [
        f"policy version 2 ({BOTH.hash[:12]}): new: two; gone: read, write, destructive",
        f"policy version 3 ({DEFAULT_POLICY.hash[:12]}): new: read, write, destructive; gone: two",
    ]


async def test_what_changed_is_told_by_rule(tmp_path: Path) -> None:
    """A rule with other content, other people in a group, another order: each is a change."""
    one, other = Rule(name="one", outcome="allow"), Rule(name="other", outcome="deny")
    steps = (
        Policy(rules=(one, other)),
        Policy(rules=(one.evolve(priority=1), other)),
        Policy(rules=(one.evolve(priority=1), other), groups={"g": ("bob",)}),
        Policy(rules=(other, one.evolve(priority=1)), groups={"g": ("bob",)}),
    )
    for policy in steps:
        async with talking(tmp_path / "home", policy=policy) as talk:
            said = await recorded(talk)
    assert [text.partition(": ")[2] for text in said] == [
        "changed: one",
        "other people in its groups",
        "its rules are in another order",
    ]


async def test_before_there_are_people_only_the_version_is_stored(tmp_path: Path) -> None:
    """An execution belongs to somebody, and in a home that is no demo there is nobody yet."""
    clock, wake = FakeClock(), Wake()
    installation = await asyncio.to_thread(Installation.open, tmp_path / "home", None, demo=False)
    async with installation.storage(clock, wake) as database:
        for policy in (DEFAULT_POLICY, BOTH):
            async with running(installation, database, {}, clock=clock, on_wake=wake, policy=policy):
                pass
        async with database.read() as uow:
            assert [version.hash for version in await uow.policies.all()] == [BOTH.hash, DEFAULT_POLICY.hash]
            assert await uow.users.all() == ()
    with closing(sqlite3.connect(tmp_path / "home/skillwarden.db")) as tables:
        assert tables.execute("SELECT count(*) FROM executions").fetchone() == (0,)


async def test_a_pending_request_is_asked_under_the_new_policy(tmp_path: Path) -> None:
    """Its votes fall away with the question they answered, and the new number of approvals decides."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as talk:
        code = code_in(await talk(INSTALL))
    async with talking(tmp_path / "home", clock, policy=BOTH) as talk:
        request = await talk.request(code)
        assert (request.revision, request.rule.name, request.threshold) == (2, "two", 2)
        await talk("/as bob")
        await talk(f"approve {code}")
        assert (await talk.request(code)).status is ApprovalStatus.PENDING
        await talk("/as carol")
        await talk(f"approve {code}")
        assert (await talk.request(code)).status is ApprovalStatus.APPROVED
        assert talk.skill("meeting-notes").exists()


@pytest.mark.parametrize(("minutes", "left"), [(5, 5), (240, 30)])
async def test_who_is_asked_anew_has_the_time_of_the_new_rule_and_no_more(
    tmp_path: Path, minutes: int, left: int
) -> None:
    """A shorter time counts from now on, with a reminder before its end; what was promised before is not prolonged."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as talk:
        code = code_in(await talk(INSTALL))
    clock.advance(minutes=30)
    rule = Rule(name="other", outcome="require", ttl=timedelta(minutes=minutes))
    async with talking(tmp_path / "home", clock, session="later", policy=Policy(rules=(rule,))) as talk:
        until = clock.now() + timedelta(minutes=left)
        assert (await talk.request(code)).expires_at == until
        assert f"in {left} min" in await talk(f"who can approve {code}")
        await talk.program.approval_clock.remind_due()
        remind_at = (await talk.request(code)).remind_at
        assert remind_at is None or clock.now() < remind_at < until
        clock.advance(minutes=left)
        await talk.program.approval_clock.expire_due()
        assert (await talk.request(code)).status is ApprovalStatus.EXPIRED


async def test_a_vote_under_the_old_policy_does_not_count_under_the_new_one(tmp_path: Path) -> None:
    """One of two approvals was given; under a policy that asks for one it has to be given anew."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock, policy=BOTH) as talk:
        code = code_in(await talk(INSTALL))
        await talk("/as bob")
        await talk(f"approve {code}")
    async with talking(tmp_path / "home", clock) as talk:
        assert (await talk.request(code)).status is ApprovalStatus.PENDING
        await talk("/as carol")
        await talk(f"approve {code}")
        assert (await talk.request(code)).status is ApprovalStatus.APPROVED


async def test_a_pending_request_that_is_denied_now_is_cancelled(tmp_path: Path) -> None:
    """The rule is named as who did it, the requester is told why, and nobody can approve it any more."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as talk:
        code = code_in(await talk(INSTALL))
    async with talking(tmp_path / "home", clock, session="later", policy=NONE) as talk:
        assert (await talk.execution(code)).status is ExecutionStatus.CANCELLED
        request = await talk.request(code)
        assert (request.status, request.responded_by) == (ApprovalStatus.CANCELLED, "policy:frozen")
        timeline = await talk(f"timeline {code}")
        assert 'rule "frozen"' in timeline
        assert "the policy was changed" in timeline
        await talk("/as bob")
        assert "already cancelled" in await talk(f"approve {code}")
        assert not talk.skill("meeting-notes").exists()


async def test_a_pending_request_that_would_be_free_stays_a_question(tmp_path: Path) -> None:
    """Nothing runs because a policy was changed: who was asked still answers."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as talk:
        code = code_in(await talk(INSTALL))
    async with talking(tmp_path / "home", clock, policy=FREE) as talk:
        request = await talk.request(code)
        assert (request.status, request.revision) == (ApprovalStatus.PENDING, 1)
        assert not talk.skill("meeting-notes").exists()


async def test_a_request_whose_rule_is_the_same_is_left_alone(tmp_path: Path) -> None:
    """Votes stay where the policy changed elsewhere."""
    clock = FakeClock()
    two = Rule(name="two", outcome="require", threshold=2)
    async with talking(tmp_path / "home", clock, policy=Policy(rules=(two,))) as talk:
        code = code_in(await talk(INSTALL))
        await talk("/as bob")
        await talk(f"approve {code}")
    elsewhere = Rule(name="docx", priority=1, skills=("docx",), outcome="deny")
    async with talking(tmp_path / "home", clock, policy=Policy(rules=(two, elsewhere))) as talk:
        assert (await talk.request(code)).revision == 1
        await talk("/as carol")
        await talk(f"approve {code}")
        assert (await talk.request(code)).status is ApprovalStatus.APPROVED


async def test_what_is_overdue_expires_and_is_not_asked_anew(tmp_path: Path) -> None:
    """The end of the time to vote goes before the change of the policy."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as talk:
        code = code_in(await talk(INSTALL))
    clock.advance(hours=2)
    async with talking(tmp_path / "home", clock, policy=NONE) as talk:
        assert (await talk.request(code)).status is ApprovalStatus.EXPIRED


async def test_a_policy_that_cannot_be_satisfied_is_logged_and_runs(tmp_path: Path) -> None:
    """Rules that ask for too much and names that are nobody's are told; the bot answers all the same."""
    crowd = Rule(name="crowd", outcome="require", threshold=3, notify=Who(people=("zoe",)))
    with capture_logs() as log:
        async with talking(tmp_path / "home", policy=Policy(rules=(crowd,))) as talk:
            assert "pdf" in await talk("list skills")
    found = [entry["found"] for entry in log if entry["event"] == "policy"]
    assert [entry["log_level"] for entry in log if entry["event"] == "policy"] == ["warning"] * 2
    assert 'rule "crowd" needs 3 approvals, and 2 can be given' in found[0]
    assert 'rule "crowd" names "zoe"' in found[1]


async def test_the_default_policy_is_not_warned_of(tmp_path: Path) -> None:
    """Two admins with accounts satisfy it."""
    with capture_logs() as log:
        async with talking(tmp_path / "home"):
            pass
    assert [entry for entry in log if entry["event"] == "policy"] == []
