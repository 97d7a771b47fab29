"""Whole conversations: what people say, what they see, what is on the disk and what is on the record."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.events import first_broken
from core.domain.executions import ExecutionStatus, RunStatus
from core.domain.users import User
from tests.clock import FakeClock
from tests.harness import Talk, code_in, talking

INSTALL = "install skill meeting-notes on claude"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder``."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def ask(talk: Talk, sentence: str = INSTALL) -> str:
    """Say ``sentence`` as alice and return the code of the request."""
    await talk("/as alice")
    return code_in(await talk(sentence))


async def person(talk: Talk, name: str) -> User:
    """Return the user called ``name``."""
    async with talk.database.read() as uow:
        found = await uow.users.by_name(name)
    assert found is not None
    return found


@pytest.mark.parametrize("word", ["x", "install skill ", "\U0001f680 \udc80"], ids=ascii)
async def test_a_message_of_a_megabyte_is_answered(talk: Talk, word: str) -> None:
    """It is refused in a sentence, holds up nobody, and the next one is understood."""
    printed = await talk((word * (1 << 20))[: 1 << 20])
    assert 0 < len(printed.encode(errors="replace")) < 10_000
    assert "waiting for approval" in await talk(INSTALL)


async def test_a_message_that_is_too_long_is_told_so(talk: Talk) -> None:
    """Nothing of it is done, whatever it begins with, and its writer knows what to do about it."""
    printed = " ".join((await talk(f"{INSTALL} {'please ' * 300}")).split())
    assert "it is too long for a request; say in one sentence what you want" in printed
    assert "Nothing is waiting" in await talk("pending")


async def test_an_approved_request_is_installed_byte_for_byte(talk: Talk) -> None:
    """What is approved is on the disk as in the commit, and everybody is told."""
    printed = await talk(INSTALL)
    code = code_in(printed)
    assert not talk.skill("meeting-notes").exists()
    assert "waiting for approval" in printed
    card = await talk("/as bob")
    assert "Alice asks: install meeting-notes on Claude" in card
    printed = await talk("/press 1")
    assert "approved by Bob" in printed
    assert tree(talk.skill("meeting-notes")) == tree(talk.home / "sources/skills/skills/meeting-notes")
    printed = await talk("/as alice")
    assert "Installed meeting-notes on Claude" in printed
    execution = await talk.execution(code)
    assert execution.status is ExecutionStatus.COMPLETED
    assert [run.status for run in await talk.runs(code)] == [RunStatus.SUCCESS]


async def test_every_step_is_on_the_record_in_order_and_its_chain_verifies(talk: Talk) -> None:
    """The event log of an installation tells the whole story, and no row of it can be changed unnoticed."""
    code = await ask(talk)
    await talk("/as bob")
    await talk("/press 1")
    said = [kind for kind in await talk.events(code) if kind != "ResponseSent"]
    assert said == [
        "MessageReceived",
        "PlanGenerated",
        *["ToolInvoked", "ToolCompleted"] * 3,
        "ApprovalRequested",
        "ApprovalReceived",
        "ToolInvoked",
        "ToolCompleted",
    ]
    execution = await talk.execution(code)
    async with talk.database.read() as uow:
        assert first_broken(await uow.events.of_execution(execution.id)) is None
        steps = [(t.entity_type, t.from_status, t.to_status) for t in await uow.executions.transitions(execution.id)]
    assert steps == [
        ("execution", None, "pending"),
        ("chat_action", None, "accepted"),
        ("hitl", None, "pending"),
        ("hitl", "pending", "approved"),
        ("target", None, "idle"),
        ("run", None, "queued"),
        ("run", "queued", "running"),
        ("execution", "pending", "running"),
        ("target", "idle", "syncing"),
        ("run", "running", "success"),
        ("target", "syncing", "installed"),
        ("execution", "running", "completed"),
        ("chat_action", "accepted", "executed"),
    ]


async def test_a_rejection_with_its_reason_reaches_the_requester_and_installs_nothing(talk: Talk) -> None:
    """The first reject decides; the requester reads why."""
    code = await ask(talk)
    await talk("/as bob")
    assert "Why?" in await talk("/press 3")
    await talk("the script is not pinned")
    printed = await talk("/as alice")
    assert "Rejected: install meeting-notes on Claude" in printed
    assert "the script is not pinned" in printed
    assert (await talk.execution(code)).error_code == "APPROVAL_REJECTED"
    assert (await talk.request(code)).status is ApprovalStatus.REJECTED
    assert not talk.skill("meeting-notes").exists()


async def test_a_typed_decision_counts_like_a_pressed_one(talk: Talk) -> None:
    """Buttons get lost: the sentence on the card works in their place."""
    code = await ask(talk)
    await talk("/as carol")
    assert f"Your approval of #{code} is counted." in await talk(f"approve {code}")
    assert talk.skill("meeting-notes").exists()


async def test_the_requester_cannot_approve(talk: Talk) -> None:
    """Four eyes: a request of an admin's own is for another admin; the answer names them."""
    await talk("/as bob")
    code = code_in(await talk(INSTALL))
    printed = await talk(f"approve {code}")
    assert "You asked for this, so somebody else has to approve it. Waiting: Carol." in printed
    assert (await talk.request(code)).status is ApprovalStatus.PENDING
    assert not talk.skill("meeting-notes").exists()


async def test_somebody_without_a_vote_is_told_who_has_one(talk: Talk) -> None:
    """Alice, who asked and is no admin, cannot approve either."""
    code = await ask(talk)
    assert "somebody else has to approve it. Waiting: Bob, Carol." in await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.PENDING


async def test_a_second_click_after_the_decision_changes_nothing(talk: Talk) -> None:
    """A stale click is answered with who decided, and the installation happens once."""
    code = await ask(talk)
    await talk("/as carol")
    await talk("/as bob")
    await talk("/press 1")
    before = await talk.execution(code)
    printed = await talk("/press 1")
    assert f"#{code} was already approved by Bob" in printed
    await talk("/as carol")
    assert f"#{code} was already approved by Bob" in await talk("/press 1")
    after = await talk.execution(code)
    assert after.status is before.status is ExecutionStatus.COMPLETED
    assert len(await talk.runs(code)) == 1


async def test_silence_is_not_consent(talk: Talk) -> None:
    """At its deadline a request expires, the requester is told, every copy shows it, a late click does nothing."""
    code = await ask(talk)
    await talk("/as bob")
    talk.clock.advance(minutes=61)
    assert await talk.program.approval_clock.expire_due() == 1
    assert await talk.program.approval_clock.expire_due() == 0
    printed = await talk.settle()
    assert "Expired - nobody decided by 07:30" in printed
    assert "expired at 07:30" in await talk("/press 1")
    printed = await talk("/as alice")
    assert "Ask again" in printed
    execution = await talk.execution(code)
    assert (execution.status, execution.error_code) == (ExecutionStatus.CANCELLED, "APPROVAL_EXPIRED")
    recorded = [kind for kind in await talk.events(code) if kind != "ResponseSent"]
    assert recorded[-3:] == ["ApprovalReceived", "ErrorOccurred", "ErrorOccurred"]  # the expiry, and bob's late press
    assert not talk.skill("meeting-notes").exists()


async def test_a_late_answer_loses_even_before_the_sweep(talk: Talk) -> None:
    """The deadline holds by itself: nobody has to sweep first."""
    code = await ask(talk)
    await talk("/as bob")
    talk.clock.advance(minutes=60)
    assert "expired at 07:30" in await talk("/press 1")
    assert (await talk.request(code)).status is ApprovalStatus.PENDING
    assert not talk.skill("meeting-notes").exists()


async def test_asking_again_is_a_new_request_of_who_asks(talk: Talk) -> None:
    """After an expiry the button makes a request of its own, with its own code, approval and outcome."""
    code = await ask(talk)
    talk.clock.advance(minutes=61)
    await talk.program.approval_clock.expire_due()
    await talk.settle()
    printed = await talk("/press 1")
    again = code_in(re.sub(rf"#{code}\b", "", printed))
    assert again != code
    assert (await talk.execution(again)).replay_of == (await talk.execution(code)).id
    await talk("/as bob")
    await talk(f"approve {again}")
    assert talk.skill("meeting-notes").exists()


async def test_a_cancelled_request_stays_cancelled(talk: Talk) -> None:
    """The requester takes it back; the approver's click comes too late."""
    code = await ask(talk)
    await talk("/as bob")
    await talk("/as alice")
    await talk(f"cancel {code}")
    assert (await talk.execution(code)).status is ExecutionStatus.CANCELLED
    await talk("/as bob")
    assert f"#{code} was already cancelled by Alice" in await talk(f"approve {code}")
    assert not talk.skill("meeting-notes").exists()


async def test_only_the_requester_or_an_admin_can_cancel(talk: Talk) -> None:
    """Somebody else's request is none of alice's business."""
    await talk("/as bob")
    code = code_in(await talk(INSTALL))
    await talk("/as alice")
    assert "Only Bob or an admin can cancel" in await talk(f"cancel {code}")
    assert (await talk.execution(code)).status is ExecutionStatus.PENDING


async def test_what_is_there_already_needs_nobody(talk: Talk) -> None:
    """Installing the very bytes that are there asks nobody and says so."""
    await ask(talk)
    await talk("/as bob")
    await talk("/press 1")
    await talk("/as alice")
    printed = await talk(INSTALL)
    assert "Nothing to do" in printed
    assert (await talk.execution(code_in(printed))).status is ExecutionStatus.COMPLETED


async def test_an_edit_in_place_is_shown_and_kept(talk: Talk) -> None:
    """Local edits are on the card before they are replaced, and a copy of them is an artifact."""
    await ask(talk)
    await talk("/as bob")
    await talk("/press 1")
    manifest = talk.skill("meeting-notes") / "SKILL.md"
    manifest.write_text(manifest.read_text() + "\nOur own line.\n")
    code = await ask(talk)
    assert "EDITED IN PLACE" in await talk("/as bob")
    await talk(f"approve {code}")
    assert "Our own line." not in manifest.read_text()
    execution = await talk.execution(code)
    async with talk.database.read() as uow:
        names = [artifact.file_name for artifact in await uow.artifacts.of_execution(execution.id)]
    assert "meeting-notes-before.tar" in names


async def test_an_edit_after_the_approval_card_voids_the_approval(talk: Talk) -> None:
    """What was shown is what runs: the target changed, so nothing is installed and people are asked anew."""
    code = await ask(talk)
    stray = talk.skill("meeting-notes") / "SKILL.md"
    stray.parent.mkdir(parents=True)
    stray.write_text("something else")
    await talk("/as bob")
    await talk(f"approve {code}")
    assert stray.read_text() == "something else"
    execution = await talk.execution(code)
    assert (execution.status, execution.error_code) == (ExecutionStatus.FAILED, "SUBJECT_MOVED")


async def test_a_ref_that_moves_after_the_card_installs_nothing(talk: Talk) -> None:
    """The ref is looked up again at execution; another commit means a fresh card, not another installation."""
    code = await ask(talk)
    talk.source.commit({"skills/meeting-notes/extra.md": "new"}, branch="main")
    await talk("/as bob")
    await talk(f"approve {code}")
    assert not talk.skill("meeting-notes").exists()
    execution = await talk.execution(code)
    assert (execution.status, execution.error_code) == (ExecutionStatus.FAILED, "SUBJECT_MOVED")
    printed = await talk("/as alice")
    again = code_in((execution.error_message or "").rpartition("as ")[2])
    assert again in printed
    await talk("/as bob")
    await talk(f"approve {again}")
    assert (talk.skill("meeting-notes") / "extra.md").read_text() == "new"


async def test_a_corrupt_stored_bundle_is_not_installed(talk: Talk) -> None:
    """The stored bytes are hashed again before they are used."""
    code = await ask(talk)
    (bundle,) = (talk.home / "artifacts").rglob("*.tar")
    bundle.write_bytes(bundle.read_bytes().replace(b"meeting", b"MEETING"))
    await talk("/as bob")
    await talk(f"approve {code}")
    assert not talk.skill("meeting-notes").exists()
    assert (await talk.execution(code)).error_code == "BUNDLE_CORRUPT"


async def test_an_approver_who_was_shut_out_meanwhile_does_not_count(talk: Talk) -> None:
    """Standing is checked when the run is claimed, not only when the vote was given."""
    code = await ask(talk)
    request = await talk.request(code)
    bob = await person(talk, "bob")
    async with talk.database.begin() as uow:
        await talk.program.approvals.vote(uow, request, bob, approve=True, channel="console")
        await uow.users.update(bob.evolve(is_active=False))
        await uow.commit()
    await talk.settle()
    assert not talk.skill("meeting-notes").exists()
    assert (await talk.execution(code)).error_code == "APPROVAL_MISSING"


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("install skill nonesuch on claude", 'I know no skill called "nonesuch"'),
        ("install skill pdf at v9 on claude", 'has no branch, tag or commit called "v9"'),
        ("install https://x:y@github.com/a/b.git on claude", "revoke it where it was made"),
        ("install https://example.org/acme/skills.git on claude", "Skills may not come from example.org"),
    ],
)
async def test_bad_input_gets_one_sentence_and_a_record(talk: Talk, sentence: str, answer: str) -> None:
    """What cannot be done is said, recorded with its type, and leaves nothing behind."""
    printed = await talk(sentence)
    assert answer in " ".join(printed.split())
    async with talk.database.read() as uow:
        execution = await uow.executions.by_dedupe_key("console:test:1")
        assert execution is not None
        events = await uow.events.of_execution(execution.id)
    assert execution.status is ExecutionStatus.FAILED
    assert "ErrorOccurred" in [row.event_type for row in events]
    assert not any((talk.home / "providers/claude/skills").iterdir())


async def test_an_inactive_person_is_told_so_and_nothing_happens(talk: Talk) -> None:
    """An account that is not active gets one sentence."""
    alice = await person(talk, "alice")
    async with talk.database.begin() as uow:
        await uow.users.update(alice.evolve(is_active=False))
        await uow.commit()
    assert "An admin has to let you in" in await talk(INSTALL)
    assert not await talk_pending(talk)


async def talk_pending(talk: Talk) -> bool:
    """Whether anything waits for a decision."""
    async with talk.database.read() as uow:
        return bool(await uow.approvals.pending(talk.clock.now()))


async def test_the_same_delivery_twice_is_one_request(talk: Talk) -> None:
    """A redelivered message is received once."""
    inbound = talk.interpret(INSTALL)
    assert await talk.program.dispatcher.receive(inbound)
    assert not await talk.program.dispatcher.receive(inbound)
    await talk.settle()
    async with talk.database.read() as uow:
        assert len(await uow.approvals.pending(talk.clock.now())) == 1


async def test_reports_answer(talk: Talk) -> None:
    """Every list and report of the first version says something true."""
    code = await ask(talk)
    assert "Alice" in await talk("pending")
    assert "meeting-notes" in await talk("list skills")
    assert "Gemini" in await talk("list providers")
    assert "You are Alice." in await talk("whoami")
    assert "install pdf on claude" in await talk("help")
    await talk("/as bob")
    await talk(f"approve {code}")
    await talk("/as alice")
    execution = await talk.execution(code)
    assert execution.subject is not None
    assert str(execution.subject.skills[0].commit)[:7] in await talk("status")
    assert code in await talk("history")
    assert "approved" in await talk("timeline")


async def test_a_question_back_goes_on_with_the_same_execution(talk: Talk) -> None:
    """A missing provider is asked for; the press continues what was begun."""
    printed = await talk("install skill meeting-notes")
    assert "Claude" in printed
    code = code_in(printed)
    await talk("/press 1")
    execution = await talk.execution(code)
    assert execution.subject is not None
    assert execution.subject.targets[0].provider == "Claude"


async def test_who_cancelled_is_on_the_record(talk: Talk) -> None:
    """A cancellation is an event of the request's own chain, with the person and their words."""
    code = await ask(talk)
    await talk(f"cancel {code}")
    assert "Cancelled by Alice" in await talk(f"timeline {code}")


async def test_an_overdue_request_cannot_be_cancelled(talk: Talk) -> None:
    """Once the deadline has passed it is an expiry, and stays one on the record."""
    code = await ask(talk)
    talk.clock.advance(minutes=61)
    assert "expired at 07:30" in await talk(f"cancel {code}")
    await talk.program.approval_clock.expire_due()
    assert (await talk.execution(code)).error_code == "APPROVAL_EXPIRED"
    assert f"#{code} has already ended (expired)" in await talk(f"cancel {code}")


async def test_looking_at_a_request_leaves_no_trace_in_its_record(talk: Talk) -> None:
    """Pressing Details or Timeline adds nothing to what happened."""
    code = await ask(talk)
    await talk("/as bob")
    before = await talk.events(code)
    assert "Details" in await talk("/press 4")
    assert await talk.events(code) == before


async def test_what_expired_while_nobody_was_there_is_expired_at_the_start(tmp_path: Path) -> None:
    """A start begins with the sweep: no card of a dead request offers a button."""
    clock = FakeClock()
    async with talking(tmp_path / "home", clock) as first:
        code = await ask(first)
    clock.advance(days=1)
    async with talking(tmp_path / "home", clock, session="second") as second:
        assert (await second.execution(code)).error_code == "APPROVAL_EXPIRED"
        assert "[1] Approve" not in await second("/as bob")
