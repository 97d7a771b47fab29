"""Freezes: an admin stops all changes at once; that they go on again takes somebody else's agreement."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.freezes import Freeze
from tests.harness import Talk, code_in, talking

INSTALL = "install pdf on claude"
REFUSED = "was frozen by Bob at 06:30, so nothing is changed there until it is unfrozen."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


async def said(talk: Talk, who: str, sentence: str) -> str:
    """Say ``sentence`` as ``who`` and return the answer in one line."""
    await talk(f"/as {who}")
    return " ".join((await talk(sentence)).split())


async def active(talk: Talk) -> tuple[Freeze, ...]:
    """Return the freezes of this moment."""
    async with talk.database.read() as uow:
        return await uow.freezes.active()


async def test_an_admin_freezes_at_once_and_others_do_not(talk: Talk) -> None:
    """It is on the record like every other request, with the words it was asked with."""
    assert "Only an admin can do that" in await said(talk, "alice", "freeze pdf on claude")
    assert await active(talk) == ()
    printed = await said(talk, "bob", "freeze pdf on claude")
    assert "pdf: changes on Claude: allowed -> frozen" in printed
    (freeze,) = await active(talk)
    assert freeze.reason == "freeze pdf on claude"
    code = code_in(printed)
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    kinds = [kind for kind in await talk.events(code) if kind != "ResponseSent"]
    assert kinds == ["MessageReceived", "PlanGenerated", "ToolInvoked", "ToolCompleted"]
    assert "frozen already" in await said(talk, "bob", "freeze pdf on claude")


@pytest.mark.parametrize(
    ("freeze", "refused", "allowed"),
    [
        ("freeze pdf on claude", "install pdf on claude", "install pdf on gemini"),
        ("freeze pdf", "install pdf on gemini", "install meeting-notes on gemini"),
        ("freeze claude", "install meeting-notes on claude", "install meeting-notes on gemini"),
        ("freeze everything", "install meeting-notes on gemini", None),
    ],
)
async def test_what_is_frozen_cannot_be_asked_for(talk: Talk, freeze: str, refused: str, allowed: str | None) -> None:
    """The answer names who froze it and since when; what is not frozen goes on."""
    await said(talk, "bob", freeze)
    assert REFUSED in await said(talk, "alice", refused)
    if allowed:
        assert "waiting for approval" in await said(talk, "alice", allowed)


@pytest.mark.parametrize("sentence", ["sync pdf on claude", "uninstall pdf from claude", "roll back pdf on claude"])
async def test_what_is_installed_and_frozen_stays(talk: Talk, sentence: str) -> None:
    """It is neither changed nor removed; comparing it is allowed."""
    code = code_in(await talk(INSTALL))
    await said(talk, "bob", f"approve {code}")
    assert talk.skill("pdf").exists()
    await said(talk, "bob", "freeze pdf")
    assert REFUSED in await said(talk, "alice", sentence)
    assert "frozen" not in await said(talk, "alice", "diff pdf on claude")


async def test_what_was_approved_and_then_frozen_is_not_run(tmp_path: Path) -> None:
    """The run fails with the same sentence, and nothing is touched."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/config.toml").write_text("[approvals]\nundo_seconds = 10\n")
    async with talking(tmp_path / "home") as talk:
        code = code_in(await talk(INSTALL))
        await said(talk, "carol", f"approve {code}")
        await said(talk, "bob", "freeze pdf on claude")
        talk.clock.advance(11)
        await talk.settle()
        assert (await talk.request(code)).status is ApprovalStatus.APPROVED
        execution = await talk.execution(code)
        assert (execution.status, execution.error_code) == (ExecutionStatus.FAILED, "FROZEN")
        assert [run.status for run in await talk.runs(code)] == [RunStatus.FAILED]
        assert not talk.skill("pdf").exists()
        assert "was frozen by Bob" in await talk("/as alice")


async def test_what_was_frozen_since_it_was_asked_cannot_be_approved(talk: Talk) -> None:
    """A vote for it is refused with the sentence of the freeze, and counts once it is over; rejecting it works."""
    codes = [code_in(await said(talk, "alice", sentence)) for sentence in (INSTALL, "install pdf on gemini")]
    await said(talk, "bob", "freeze pdf")
    assert REFUSED in await said(talk, "carol", f"approve {codes[0]}")
    assert REFUSED in await said(talk, "carol", f"break glass {codes[0]} because it burns")
    assert (await talk.request(codes[0])).status is ApprovalStatus.PENDING
    await said(talk, "carol", f"reject {codes[1]} because it is frozen")
    assert (await talk.request(codes[1])).status is ApprovalStatus.REJECTED
    opened = code_in(await said(talk, "alice", "unfreeze pdf"))
    await said(talk, "carol", f"approve {opened}")
    await said(talk, "carol", f"approve {codes[0]}")
    assert talk.skill("pdf").exists()


async def test_the_cards_of_what_is_open_say_that_it_is_frozen(talk: Talk) -> None:
    """Those of approvers and of who asked, as soon as it is, until it is so no more; so does whoever asks why."""
    code = code_in(await talk(INSTALL))
    other = code_in(await talk("install meeting-notes on claude"))
    asked = [(await talk.execution(one)).revision for one in (code, other)]
    printed = await said(talk, "bob", "freeze pdf on claude")
    for seen in (printed, " ".join((await talk("/as alice")).split()), await said(talk, "carol", f"why {code}")):
        assert f"pdf on Claude {REFUSED}" in seen
    assert "You can approve it" not in await said(talk, "carol", f"why {code}")
    frozen = (await talk.execution(code)).revision
    opened = code_in(await said(talk, "alice", "unfreeze pdf on claude"))
    await said(talk, "carol", f"approve {opened}")
    assert "You can approve it" in await said(talk, "carol", f"why {code}")
    thawed = (await talk.execution(code)).revision
    assert asked[0] < frozen < thawed, "their copies are edited"
    assert (await talk.execution(other)).revision == asked[1]


async def test_unfreezing_takes_an_approval(talk: Talk) -> None:
    """The card says who froze it and since when; who asks cannot agree to it alone."""
    await said(talk, "bob", "freeze pdf on claude")
    code = code_in(await said(talk, "bob", "unfreeze pdf on claude"))
    assert len(await active(talk)) == 1
    assert "frozen by Bob since 06:30 -> allowed" in " ".join((await talk("/as carol")).split())
    await talk(f"approve {code}")
    assert await active(talk) == ()
    assert "waiting for approval" in await said(talk, "alice", INSTALL)


async def test_unfreezing_ends_all_that_lies_within(talk: Talk) -> None:
    """A part of a wider freeze cannot be opened alone, and what is open needs no opening."""
    for sentence in ("freeze pdf on claude", "freeze pdf on gemini", "freeze openai"):
        await said(talk, "bob", sentence)
    assert "openai" not in (await said(talk, "alice", "show skill meeting-notes")).split("frozen")[0]
    assert "every skill on OpenAI is frozen" in await said(talk, "alice", "unfreeze pdf on openai")
    assert "open to changes already" in await said(talk, "alice", "unfreeze meeting-notes on claude")
    code = code_in(await said(talk, "alice", "unfreeze pdf"))
    await said(talk, "carol", f"approve {code}")
    (left,) = await active(talk)
    assert left.skill_id is None


async def test_history_lists_freezes_and_what_ended_them(talk: Talk) -> None:
    """A freeze is no change, but what follows from it is not understood without it."""
    frozen = code_in(await said(talk, "bob", "freeze pdf on claude"))
    opened = code_in(await said(talk, "alice", "unfreeze pdf on claude"))
    await said(talk, "carol", f"approve {opened}")
    for question in ("history", "history of pdf"):
        printed = await said(talk, "alice", question)
        assert f"#{frozen} 06:30 Bob Freeze pdf on claude - done" in printed
        assert f"#{opened} 06:30 Alice Unfreeze pdf on claude Carol done" in printed


async def test_the_status_says_who_froze_what_and_since_when(talk: Talk) -> None:
    """Whoever finds something frozen knows whom to ask; freezes of what was not asked about are left out."""
    await said(talk, "bob", "freeze pdf on claude")
    talk.clock.advance(600)
    await said(talk, "carol", "freeze gemini")
    printed = await said(talk, "alice", "status")
    assert "frozen: pdf on Claude, by Bob since 06:30" in printed
    assert "frozen: every skill on Gemini, by Carol since 06:40" in printed
    printed = await said(talk, "alice", "status of pdf on claude")
    assert "by Bob since 06:30" in printed
    assert "Carol" not in printed


async def test_a_skill_says_who_froze_it_and_who_had_it_opened(talk: Talk) -> None:
    """The newest opening stays on its card, with the request that tells the rest."""
    await said(talk, "bob", "freeze pdf on claude")
    assert "frozen Claude: by Bob since 06:30" in await said(talk, "alice", "show skill pdf")
    opened = code_in(await said(talk, "alice", "unfreeze pdf on claude"))
    talk.clock.advance(600)
    assert "opened" not in await said(talk, "alice", "show skill pdf")
    await said(talk, "carol", f"approve {opened}")
    printed = await said(talk, "alice", "show skill pdf")
    assert f"opened again 06:40, asked by Alice (#{opened})" in printed
    assert "frozen" not in printed
    assert "opened" not in await said(talk, "alice", "show skill meeting-notes")


STAYS = "pdf on Claude, stays as it is"


@pytest.mark.parametrize("sentence", ["install everything on claude", "install all skills on claude and gemini"])
async def test_what_is_frozen_is_left_out_of_everything(talk: Talk, sentence: str) -> None:
    """The rest is asked for and done; who approves, who asked and the record read what stays as it is."""
    await said(talk, "bob", "freeze pdf on claude")
    printed = await said(talk, "alice", sentence)
    code = code_in(printed)
    assert f"frozen: {STAYS}" in printed
    assert f"frozen {STAYS}" in " ".join((await talk("/as carol")).split())
    await talk(f"approve {code}")
    assert f"frozen: {STAYS}" in " ".join((await talk("/as alice")).split())
    assert talk.skill("meeting-notes").exists()
    assert not talk.skill("pdf").exists()
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert len(await talk.runs(code)) == (1 if sentence == "install everything on claude" else 3)


async def test_a_sync_of_everything_goes_around_what_is_frozen(talk: Talk) -> None:
    """What is up to date besides is not claimed of what nobody looked at."""
    for skill in ("pdf", "meeting-notes"):
        code = code_in(await said(talk, "alice", f"install {skill} on claude"))
        await said(talk, "bob", f"approve {code}")
    await said(talk, "bob", "freeze pdf on claude")
    printed = await said(talk, "alice", "sync everything")
    assert "Nothing to do: meeting-notes on Claude" in printed
    assert f"frozen: {STAYS}" in printed
    assert f"frozen: {STAYS}" not in await said(talk, "alice", "diff pdf on claude")


@pytest.mark.parametrize(
    ("freeze", "sentence"),
    [
        ("freeze pdf on claude", "install pdf and meeting-notes on claude"),
        ("freeze pdf on claude", "install pdf on claude and gemini"),
        ("freeze everything", "install everything everywhere"),
        ("freeze pdf", "install pdf everywhere"),
    ],
)
async def test_what_was_named_or_all_there_is_cannot_be_left_out(talk: Talk, freeze: str, sentence: str) -> None:
    """Whoever names a frozen skill and its provider is told why not, and so is who would get nothing at all."""
    await said(talk, "bob", freeze)
    printed = await said(talk, "alice", sentence)
    assert REFUSED in printed
    assert "waiting for approval" not in printed


async def test_what_was_left_out_does_not_stop_who_asks_for_less(talk: Talk) -> None:
    """The approver keeps two of three providers, in whose lists of skills and places the frozen pair would lie."""
    await said(talk, "bob", "freeze pdf on claude")
    code = code_in(await said(talk, "alice", "install everything everywhere"))
    await said(talk, "carol", f"approve {code} only on claude and gemini")
    assert (await talk.request(code)).status is ApprovalStatus.APPROVED
    runs = await talk.runs(code)
    assert [run.status for run in runs] == [RunStatus.SUCCESS] * 3
    assert not talk.skill("pdf").exists()
    assert talk.skill("pdf", "gemini").exists()


async def test_the_rest_of_what_is_frozen_in_part_is_approved_alone(talk: Talk) -> None:
    """Left out is only what the approver was told of: what was frozen later has to be taken out by who approves."""
    code = code_in(await said(talk, "alice", "install everything on claude"))
    await said(talk, "bob", "freeze pdf on claude")
    assert REFUSED in await said(talk, "carol", f"approve {code}")
    await said(talk, "carol", f"approve {code} only meeting-notes")
    assert talk.skill("meeting-notes").exists()
    assert not talk.skill("pdf").exists()
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED


@pytest.mark.parametrize(
    ("freeze", "again", "said_then"),
    [
        ("freeze claude", "freeze claude", "Claude의 모든 스킬: 이미"),
        ("freeze everything", "freeze everything", "모든 곳의 모든 스킬: 이미"),
        ("freeze pdf", "freeze pdf", "모든 곳의 pdf: 이미"),
        ("freeze everything", "unfreeze pdf on claude", "모든 곳의 모든 스킬"),
    ],
)
async def test_what_is_frozen_is_said_in_the_readers_language(
    talk: Talk, freeze: str, again: str, said_then: str
) -> None:
    """No English stands inside a Korean sentence, whatever the freeze is about."""
    await said(talk, "bob", "set language korean")
    await said(talk, "bob", freeze)
    answer = await said(talk, "bob", again)
    assert said_then in answer
    assert "every" not in answer
