"""Replays: a request is shown again, planned again, or asked for again - never done again by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.executions import Execution, ExecutionStatus
from core.domain.listing import ExecutionFilter, Order
from tests.harness import Talk, code_in, talking

SKILL = "meeting-notes"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


async def installed(talk: Talk) -> str:
    """Install the skill on Claude; return the code of the request."""
    code = code_in(await talk(f"install {SKILL} on claude"))
    await talk("/as bob")
    await talk(f"approve {code}")
    await talk("/as alice")
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    return code


def flat(text: str) -> str:
    """Return ``text`` without line breaks."""
    return " ".join(text.split())


async def everything(talk: Talk) -> tuple[Execution, ...]:
    """Return every execution, newest first."""
    async with talk.database.read() as uow:
        return await uow.executions.listed(ExecutionFilter(), Order(), limit=100)


async def newest(talk: Talk, mode: str) -> str:
    """Return the code of the newest execution that is a replay of this kind."""
    return next(it.code for it in await everything(talk) if it.replay_mode == mode)


async def test_a_request_is_shown_again(talk: Talk) -> None:
    """Every step with what went in and what came out, and what can be done next; nothing is done."""
    code = await installed(talk)
    printed = await talk(f"replay {code}")
    assert f"Replay: Install {SKILL} on Claude" in printed
    assert "Bob approved" in printed
    assert "-> commit " in flat(printed)
    assert "[1] Dry run" in printed
    assert "[2] Ask again" in printed
    old, view = await talk.execution(code), await talk.execution(await newest(talk, "view"))
    assert (view.replay_of, view.status) == (old.id, ExecutionStatus.COMPLETED)
    assert len(await talk.runs(view.code)) == 0


async def test_a_dry_run_says_what_would_differ(talk: Talk) -> None:
    """Planned today: the source has moved, and the skill is there by now. Nothing is changed and nobody asked."""
    code = await installed(talk)
    printed = flat(await talk(f"replay {code} as a dry run"))
    assert "Planned again, 2 things differ from then:" in printed
    assert "change meeting-notes on Claude: first install, now no file changes" in printed
    talk.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
    before = {path: path.read_bytes() for path in talk.skill(SKILL).rglob("*") if path.is_file()}
    printed = flat(await talk(f"replay {code} as a dry run"))
    assert "commit meeting-notes: " in printed
    assert "Nothing was changed, and nobody was asked." in printed
    assert {path: path.read_bytes() for path in talk.skill(SKILL).rglob("*") if path.is_file()} == before
    old, dry = await talk.execution(code), await talk.execution(await newest(talk, "dry-run"))
    assert (dry.replay_of, dry.status) == (old.id, ExecutionStatus.COMPLETED)
    assert await talk.runs(dry.code) == ()
    events = await talk.events(dry.code)
    assert events.count("ToolInvoked") == events.count("ToolCompleted") == 3
    assert "ApprovalRequested" not in events
    async with talk.database.read() as uow:
        assert await uow.approvals.pending(talk.clock.now()) == ()


async def test_what_waits_does_not_differ(talk: Talk) -> None:
    """Nothing has happened since: the same would be asked."""
    code = code_in(await talk(f"install {SKILL} on claude"))
    assert "Planned again, nothing differs from then." in await talk(f"replay {code} as a dry run")


async def test_a_dry_run_of_what_cannot_be_planned_says_why(talk: Talk) -> None:
    """The source is gone, the skill archived, the place frozen: that is the answer, not an error."""
    code = await installed(talk)
    (talk.home / "sources/skills").rename(talk.home / "sources/gone")
    printed = flat(await talk(f"replay {code} as a dry run"))
    assert "Planned again, it comes to nothing today. " in printed
    dry = await talk.execution(await newest(talk, "dry-run"))
    assert dry.status is ExecutionStatus.COMPLETED


async def test_changes_of_records_and_of_the_catalogue_can_be_rehearsed(talk: Talk) -> None:
    """Whatever people are asked about is planned again by what planned it."""
    code = code_in(await talk("set role of carol to user"))
    assert "nothing differs from then" in flat(await talk(f"replay {code} as a dry run"))
    await talk(f"cancel {code}")


async def test_what_was_no_request_cannot_be_rehearsed(talk: Talk) -> None:
    """A list has nothing to plan: one sentence says so."""
    await talk("list skills")
    code = (await everything(talk))[0].code
    printed = flat(await talk(f"replay {code} as a dry run"))
    assert 'I understood "dry run", but this version cannot do it yet.' in printed


async def test_asking_again_is_a_request_of_its_own(talk: Talk) -> None:
    """It names its origin and goes through policy and approval; who asks again may not approve it."""
    code = await installed(talk)
    talk.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
    await talk("/as bob")
    printed = await talk(f"replay {code} rerun")
    again = await newest(talk, "rerun")
    assert f"I ask again as #{again}." in printed
    old, fresh = await talk.execution(code), await talk.execution(again)
    assert (fresh.replay_of, fresh.status, fresh.user_id != old.user_id) == (old.id, ExecutionStatus.PENDING, True)
    assert "You asked for this" in await talk(f"approve {again}")
    async with talk.database.read() as uow:
        hashes = [{row.hash for row in await uow.events.of_execution(it.id)} for it in (old, fresh)]
    assert hashes[0].isdisjoint(hashes[1])
    await talk("/as carol")
    await talk(f"approve {again}")
    assert (talk.skill(SKILL) / "extra.md").exists()


async def test_the_buttons_of_a_replay_are_about_what_it_shows(talk: Talk) -> None:
    """They stand on the answer to another message, and still mean the request that is shown."""
    code = await installed(talk)
    await talk(f"replay {code}")
    assert "Planned again, 2 things differ from then:" in await talk("/press 1")
    dry = await talk.execution(await newest(talk, "dry-run"))
    assert dry.replay_of == (await talk.execution(code)).id
    await talk(f"replay {code}")
    await talk("/press 2")
    fresh = await talk.execution(await newest(talk, "rerun"))
    assert fresh.replay_of == (await talk.execution(code)).id


async def test_a_replay_of_nothing_is_refused(talk: Talk) -> None:
    """A code that nobody knows, in any mode."""
    for sentence in ("replay 9QXW", "replay 9QXW as a dry run", "replay 9QXW rerun"):
        assert "I know no request #9QXW." in flat(await talk(sentence))
