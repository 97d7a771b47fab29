"""The events of requests say all that the tables say: how each ended, who voted, what ran, what is installed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.events import ErrorOccurred, ExecutionEvent, ToolCompleted, ToolInvoked
from core.domain.executions import ExecutionStatus
from core.domain.folding import PLACE_TOOLS, fold
from core.services.housekeeping import Housekeeping
from core.services.wanted import ACTS
from tests.folding import Folding
from tests.harness import Talk, code_in, talking

SKILL = "meeting-notes"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking; at the end, tables and events agree."""
    async with talking(tmp_path / "home") as opened:
        yield opened
        assert await asyncio.to_thread(Folding(f"sqlite:///{opened.home}/skillwarden.db").disagreements) == []


async def events(talk: Talk, code: str) -> list[ExecutionEvent]:
    """Return the events of a request."""
    execution = await talk.execution(code)
    async with talk.database.read() as uow:
        return [row.event for row in await uow.events.of_execution(execution.id)]


async def ask(talk: Talk, sentence: str, *decisions: str) -> str:
    """Ask as alice, and let bob say ``decisions`` with the code put in; return the code."""
    await talk("/as alice")
    code = code_in(await talk(sentence))
    await talk("/as bob")
    for decision in decisions:
        await talk(decision.format(code=code))
        talk.clock.advance(5)
    await talk("/as alice")
    return code


def test_the_tools_that_change_places_are_those_of_the_plan() -> None:
    """A new tool that changes a place is a run, and has to be folded."""
    assert PLACE_TOOLS == ACTS


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Talk]:
    """The same, where nothing begins for four seconds after an approval."""
    (tmp_path / "patient").mkdir()
    (tmp_path / "patient/config.toml").write_text("[approvals]\nundo_seconds = 4\n")
    async with talking(tmp_path / "patient") as opened:
        yield opened
        assert await asyncio.to_thread(Folding(f"sqlite:///{opened.home}/skillwarden.db").disagreements) == []


async def test_a_call_that_was_refused_has_no_answer(patient: Talk) -> None:
    """Frozen between approval and run: the step failed, and nothing answers a call that was never made."""
    talk = patient
    code = code_in(await talk(f"install {SKILL} on claude and gemini"))
    await talk("/as bob")
    await talk(f"approve {code}")
    await talk(f"freeze {SKILL} on gemini")
    talk.clock.advance(5)
    await talk.settle()
    story = await events(talk, code)
    called = {event.step for event in story if isinstance(event, ToolInvoked) and event.tool in ACTS}
    answered = {event.step for event in story if isinstance(event, ToolCompleted) and event.tool in ACTS}
    failed = {step for event in story if isinstance(event, ErrorOccurred) for step in event.steps}
    assert answered == called
    assert failed.isdisjoint(answered)
    assert len(answered | failed) == 2
    assert fold(story).status is ExecutionStatus.FAILED


async def test_every_way_to_end_is_on_the_record(talk: Talk) -> None:
    """Done, nothing to do, compared, rejected, cancelled, expired, joined, removed, not answered: each exactly once."""
    done = await ask(talk, f"install {SKILL} on claude", "approve {code}")
    idle = await ask(talk, f"install {SKILL} on claude")
    compared = await ask(talk, f"diff {SKILL} on claude")
    rejected = await ask(talk, f"install {SKILL} on gemini", "reject {code} because no")
    cancelled = await ask(talk, f"install {SKILL} on gemini", "cancel {code}")
    first = await ask(talk, f"install {SKILL} on gemini")
    joined = await ask(talk, f"install {SKILL} on gemini")
    await talk(f"cancel {first}")
    removed = await ask(talk, f"uninstall {SKILL} from claude", "approve {code}", "approve {code}")
    expired = await ask(talk, f"install {SKILL} on gemini")
    talk.clock.advance(hours=2)
    await talk.program.approval_clock.expire_due()
    not_meant = code_in(await talk("install meeting-nots on gemini"))
    assert "All right, I did nothing." in await talk("/press 2")
    unanswered = code_in(await talk("install meeting-nots on gemini"))
    talk.clock.advance(days=2)
    await Housekeeping(storage=talk.database, clock=talk.clock).drop_unanswered()
    await talk("install no-such-skill on claude")
    expected = {
        done: "completed",
        idle: "completed",
        compared: "completed",
        rejected: "cancelled",
        cancelled: "cancelled",
        joined: "cancelled",
        removed: "completed",
        expired: "cancelled",
        not_meant: "cancelled",
        unanswered: "cancelled",
    }
    assert {code: fold(await events(talk, code)).status for code in expected} == expected
    ends = {code: [event.ended for event in await events(talk, code) if event.ended] for code in expected}
    assert ends == {code: [status] for code, status in expected.items()}


async def test_votes_that_are_taken_back_or_changed_fold_too(talk: Talk) -> None:
    """A vote that was withdrawn is none; an approval with changes is one."""
    await ask(talk, f"install {SKILL} on claude and gemini", "approve {code} only on claude")
    code = await ask(talk, f"uninstall {SKILL} from claude", "approve {code}", "withdraw {code}")
    assert fold(await events(talk, code)).votes == {}
    await talk(f"cancel {code}")
