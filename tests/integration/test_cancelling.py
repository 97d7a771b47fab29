"""What "cancel that" means: something of this conversation; what is open elsewhere is asked about, not ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.executions import ExecutionStatus
from core.domain.messages import ConversationRef
from core.domain.notices import NoticeKind
from tests.harness import Talk, code_in, talking

ROOM = ConversationRef(channel="console", conversation_id="room")
PRIVATE = ROOM.evolve(private=True)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


async def elsewhere(talk: Talk, line: str, where: ConversationRef = ROOM) -> str:
    """Have alice say ``line`` in another conversation; return the code of her newest request."""
    await talk.program.dispatcher.receive(talk.interpret(line).evolve(conversation=where))
    await talk.settle()
    async with talk.database.read() as uow:
        (newest, *_) = await uow.executions.recent(limit=1, conversation=where)
    return newest.code


async def is_open(talk: Talk, code: str) -> bool:
    """Whether nobody has ended a request."""
    return (await talk.execution(code)).status is ExecutionStatus.PENDING


@pytest.mark.parametrize("line", ["cancel that", "cancel it", "그거 취소"])
async def test_here_it_is_cancelled_at_once(talk: Talk, line: str) -> None:
    """One request of this conversation is meant, whatever else is open; how it ended is said once."""
    other = await elsewhere(talk, "install pdf on gemini")
    code = code_in(await talk("install pdf on claude"))
    answer = await talk(line)
    assert not await is_open(talk, code)
    assert await is_open(talk, other)
    assert "Cancelled: install pdf on Claude" in answer
    assert f"#{code} is cancelled." not in answer


async def test_what_is_open_elsewhere_is_asked_about(talk: Talk) -> None:
    """By its code and what it does; the button ends it, and nothing else does."""
    code = await elsewhere(talk, "install pdf on gemini")
    asked = " ".join((await talk("cancel that")).split())
    assert await is_open(talk, code)
    assert "Nothing that you asked for in this conversation is open. Do you mean this?" in asked
    assert f"[1] Cancel #{code}: install pdf on Gemini [2] None of these" in asked
    assert f"#{code} is cancelled." in await talk("/press 1")
    assert not await is_open(talk, code)


async def test_none_of_these_ends_nothing(talk: Talk) -> None:
    """Who meant something else says so, and the question is over."""
    code = await elsewhere(talk, "install pdf on gemini")
    await talk("cancel that")
    assert "All right, I did nothing" in await talk("/press 2")
    assert await is_open(talk, code)
    assert "Do you mean this?" in await talk("cancel that")


async def test_several_elsewhere_are_named(talk: Talk) -> None:
    """Each has a button; more than fit are named by their codes, and what to say."""
    names = ["pdf on gemini", "pdf on openai", "pdf on claude", "meeting-notes on gemini", "meeting-notes on openai"]
    codes = [await elsewhere(talk, f"install {name}") for name in names[:2]]
    asked = await talk("cancel that")
    assert "Do you mean one of these?" in asked
    assert all(f"Cancel #{code}: install" in asked for code in codes)
    codes += [await elsewhere(talk, f"install {name}") for name in [*names[2:], "meeting-notes on claude"]]
    asked = " ".join((await talk("cancel that")).split())
    assert "Several requests are waiting" in asked
    assert all([f"#{code}" in asked and await is_open(talk, code) for code in codes])


async def test_what_was_asked_in_private_is_not_told_in_a_room(talk: Talk) -> None:
    """In public the button has its code alone."""
    code = await elsewhere(talk, "install pdf on gemini", PRIVATE.evolve(conversation_id="own"))
    heard = talk.interpret("cancel that").evolve(conversation=ROOM)
    await talk.program.dispatcher.receive(heard)
    await talk.settle()
    async with talk.database.read() as uow:
        asked = await uow.notices.by_dedupe_key(f"{NoticeKind.REPLY}:{heard.dedupe_key}")
    assert asked is not None
    assert [button["label"] for button in asked.payload["card"]["buttons"]] == [f"Cancel #{code}", "None of these"]
    assert await is_open(talk, code)


async def test_a_code_is_enough_anywhere(talk: Talk) -> None:
    """Who names a request means it."""
    code = await elsewhere(talk, "install pdf on gemini")
    await talk(f"cancel {code}")
    assert not await is_open(talk, code)
