"""In Korean the reasons inside a sentence are Korean too: who may decide, what was left out, how something ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.policy import Policy, Rule, Who
from core.domain.users import Role
from tests.harness import Talk, code_in, talking

THREE = Policy(
    rules=(
        Rule(name="read", intents=("set_language",), outcome="allow"),
        Rule(name="three", outcome="require", threshold=3, approvers=Who(roles=(Role.ADMIN,), groups=("security",))),
    ),
    groups={"security": ("dora",)},
)
BOB = Policy(
    rules=(
        Rule(name="bob", intents=("install",), outcome="require", approvers=Who(people=("Bob",))),
        Rule(name="rest", outcome="allow"),
    )
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice, who reads Korean."""
    async with talking(tmp_path / "home") as opened:
        await opened("set language korean")
        yield opened


async def said(talk: Talk, who: str, line: str) -> str:
    """Say ``line`` as ``who`` and return the answer in one line."""
    await talk(f"/as {who}")
    return " ".join((await talk(line)).split())


async def test_who_is_missing_is_said(tmp_path: Path) -> None:
    """Roles, groups and the number are words of the reader's."""
    async with talking(tmp_path / "home", policy=THREE) as talk:
        await talk("set language korean")
        answer = await said(talk, "alice", "install pdf on claude")
        assert "관리자, 그룹 security" in answer
        assert "1명 더" in answer


async def test_who_votes_for_whom_is_said(tmp_path: Path) -> None:
    """On cards and when somebody asks."""
    async with talking(tmp_path / "home", policy=BOB) as talk:
        await talk("set language korean")
        await said(talk, "bob", "delegate to carol until friday")
        asked = await said(talk, "alice", "install pdf on claude")
        assert "Bob 대신 Carol" in asked
        assert "Bob 대신 Carol" in await said(talk, "alice", f"who can approve {code_in(asked)}")


@pytest.mark.parametrize(("end", "told"), [("cancel", "Alice 취소"), ("expire", "제때 아무도 결정하지 않았어요")])
async def test_how_it_ended_is_said_in_the_timeline(talk: Talk, end: str, told: str) -> None:
    """The record is English; its reader is not."""
    code = code_in(await said(talk, "alice", "install pdf on claude"))
    if end == "cancel":
        await talk(f"cancel {code}")
    else:
        talk.clock.advance(minutes=61)
        await talk.program.approval_clock.expire_due()
    assert told in await said(talk, "alice", f"timeline {code}")


async def test_an_error_on_the_record_is_said_in_the_timeline(talk: Talk) -> None:
    """Whatever failed, its sentence is known by its words."""
    code = code_in(await said(talk, "alice", "install nothing-like-it/at-all on claude"))
    timeline = await said(talk, "alice", f"timeline {code}")
    assert "오류:" in timeline
    assert "could not" not in timeline


async def test_a_role_is_said(talk: Talk) -> None:
    """In whoami, and where it would change."""
    assert "역할 사용자" in await said(talk, "alice", "whoami")
    await said(talk, "carol", "set language korean")
    await said(talk, "bob", "make alice an admin")
    assert "사용자 -> 관리자" in " ".join((await talk("/as carol")).split())
