"""Conversations as people have them, written once and had on every platform: what is asked, decided and changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from tests.acceptance.stage import Stage
from tests.harness import code_in
from tests.platforms.git_repo import GitRepo

Content = dict[str, tuple[bytes, bool]]
Conversation = Callable[[Stage], Awaitable[None]]

WHY = "Why? The requester will read this."
ANOTHER_REF = "Another ref than main? Then somebody else has to approve it."
#: Longer than a press that bounced.
A_MOMENT = timedelta(seconds=5)

POLICY = """
[[policy.rules]]
name = "questions"
risks = ["read"]
outcome = "allow"

[[policy.rules]]
name = "two for pdf"
skills = ["pdf"]
risks = ["write"]
outcome = "require"
threshold = 2

[[policy.rules]]
name = "bob first"
providers = ["gemini"]
risks = ["write"]
outcome = "require"
approvers = {people = ["bob"]}
ttl = "2h"
remind_before = "30m"
escalate_after = "1h"
escalate_to = {people = ["carol"]}

[[policy.rules]]
name = "rest"
outcome = "require"
ttl = "1h"
"""


def content(folder: Path) -> Content:
    """Return every file below ``folder``: its bytes, and whether it may be executed."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), bool(path.stat().st_mode & 0o100))
        for path in folder.rglob("*")
        if path.is_file()
    }


async def approved_by_a_press(stage: Stage) -> None:
    """Asked, shown to both approvers, approved with a button, installed, and every copy says so."""
    code = await stage.asks("alice", "install skill pdf on claude", "bob", "Alice asks: install pdf on Claude")
    await stage.finds("carol", "Approve", f"#{code}")
    assert not stage.place("claude", "pdf").exists()
    await stage.presses("bob", "Approve", f"#{code}")
    await stage.sees("alice", f"#{code}", "Installed pdf on Claude")
    for approver in ("bob", "carol"):
        await stage.sees(approver, f"#{code}", "approved by Bob")
    await stage.is_told("bob", "timeline of that", "Timeline: Install pdf on Claude")  # bob never asked for anything
    assert content(stage.place("claude", "pdf")) == content(stage.home / "demo/sources/skills/skills/pdf")


async def rejected_with_a_reason(stage: Stage) -> None:
    """Reject asks why; what is answered is what the requester reads."""
    code = await stage.asks("alice", "install skill pdf on openai", "bob")
    await stage.fills("bob", "Reject...", code, {WHY: "the scripts are not pinned"})
    await stage.sees("alice", f"#{code}", "the scripts are not pinned")
    await stage.sees("carol", f"#{code}", "Rejected")
    assert not stage.place("openai", "pdf").exists()


async def decided_by_typing(stage: Stage) -> None:
    """What buttons do can be typed: a cancellation, a rejection, an approval."""
    code = await stage.asks("alice", "install skill pdf on openai", "carol")
    await stage.says("alice", f"cancel {code}", at=-1)
    await stage.sees("carol", f"#{code}", "Cancelled: install pdf on OpenAI")
    code = await stage.asks("alice", "install skill pdf on openai", "carol")
    await stage.says("carol", f"reject {code} because not today")
    await stage.sees("alice", f"#{code}", "not today")
    code = await stage.asks("alice", "install skill pdf on openai", "carol")
    await stage.says("carol", f"approve {code}", at=-1)
    await stage.sees("alice", f"#{code}", "Installed pdf on OpenAI")
    await stage.sees("bob", f"#{code}", "approved by Carol")


async def narrowed(stage: Stage) -> None:
    """Approve with changes shows what can be left out, asks for another ref, and does what was chosen."""
    code = await stage.asks("alice", "install meeting-notes on claude and gemini", "bob")
    changes = {"Places to keep": ["Claude"], ANOTHER_REF: ""}
    await stage.fills("bob", "Approve with changes...", code, changes)
    await stage.sees("alice", f"#{code}", "Installed meeting-notes on Claude")
    assert stage.place("claude", "meeting-notes").exists()
    assert not stage.place("gemini", "meeting-notes").exists()


async def asked_back(stage: Stage) -> None:
    """What is missing is asked for, with buttons; the press goes on with the request."""
    await stage.says("alice", "install meeting-notes")
    await stage.presses("alice", "OpenAI", "?")
    seat, card = await stage.finds("bob", "Approve", "meeting-notes on OpenAI")
    code = code_in(seat.side.shown(card))
    await seat.press(card, "Details")
    await stage.sees("bob", "SKILL.md", f"#{code}")
    await stage.presses("alice", "Cancel", f"#{code}")
    await stage.sees("bob", f"#{code}", "Cancelled")


async def lived_with(stage: Stage) -> None:
    """Synced when the source changed, rolled back, uninstalled; each change is approved, each folder compared."""
    skill, place = "meeting-notes", stage.place("claude", "meeting-notes")
    first = content(place)
    GitRepo(stage.home / "demo/sources/skills/.git").commit({f"skills/{skill}/extra.md": "more\n"}, branch="main")
    code = await stage.asks("alice", f"sync {skill} on claude", "carol", "1 file changed, +1 -0")
    await stage.presses("carol", "Approve", f"#{code}")
    await stage.sees("alice", f"#{code}", f"Synced {skill}")
    assert content(place) == first | {"extra.md": (b"more\n", False)}
    seat, card = await stage.finds("alice", "Roll back", f"#{code}")
    code = await stage.comes_up(seat.press(card, "Roll back"), "bob", f"roll back {skill}")
    await stage.presses("bob", "Approve", f"#{code}")
    await stage.sees("alice", f"#{code}", f"Rolled back {skill}")
    assert content(place) == first
    code = await stage.asks("alice", f"uninstall {skill} from claude", "bob", "DESTRUCTIVE")
    await stage.presses("bob", "Approve", f"#{code}")
    await stage.sees("bob", f"#{code}", "again")
    assert place.exists()
    stage.clock.advance(A_MOMENT)
    await stage.presses("bob", "Approve", f"#{code}")
    await stage.sees("alice", f"#{code}", f"Removed {skill}")
    assert not place.exists()


async def a_stranger_let_in(stage: Stage) -> None:
    """Nobody unknown gets anything done; the admins are asked, and one press is enough."""
    for side in stage.sides:
        dana = stage.stranger(side, f"dana-{side.channel}")
        await dana.says("install skill pdf on claude")
        await stage.seen_at(dana, "I do not know you yet")
        await stage.presses("carol", "Let in", dana.called)
        await stage.seen_at(dana, "Carol has let you in")
        await dana.says("whoami")
        await stage.seen_at(dana, "You are")


async def two_agree(stage: Stage) -> None:
    """Two have to approve; one vote is shown everywhere, counts once, and can be taken back."""
    code = await stage.asks("alice", "install pdf on claude", "bob", "2 approvals")
    await stage.presses("bob", "Approve", f"#{code}")
    await stage.sees("alice", f"#{code}", "1 of 2")
    await stage.sees("carol", f"#{code}", "approved so far: Bob")
    await stage.says("bob", f"withdraw {code}")
    await stage.sees("alice", f"#{code}", "0 of 2")
    await stage.says("bob", f"approve {code}", at=-1)
    await stage.sees("alice", f"#{code}", "1 of 2")
    assert not stage.place("claude", "pdf").exists()
    await stage.presses("carol", "Approve", f"#{code}")
    await stage.sees("alice", f"#{code}", "Installed pdf on Claude")
    await stage.sees("bob", f"#{code}", "approved by Bob, Carol")


async def four_eyes(stage: Stage) -> None:
    """Who asks does not approve, whichever of their accounts they use."""
    code = await stage.asks("carol", "install meeting-notes on openai", "bob")
    await stage.says("carol", f"approve {code}", at=-1)
    await stage.sees("carol", "You asked for this, so somebody else has to approve it")
    assert not stage.place("openai", "meeting-notes").exists()
    await stage.says("bob", f"reject {code} because notes are taken by hand")
    await stage.sees("carol", f"#{code}", "notes are taken by hand")


async def another_ref(stage: Stage) -> None:
    """Who names another ref wants it, and somebody else approves that."""
    code = await stage.asks("alice", "install meeting-notes on claude", "carol")
    await stage.fills("carol", "Approve with changes...", code, {ANOTHER_REF: "v1.0"})
    await stage.finds("bob", "Approve", f"#{code}", "v1.0")
    await stage.is_told("carol", f"approve {code}", "You asked for this, so somebody else")
    await stage.presses("bob", "Approve", f"#{code}", "v1.0")
    await stage.sees("alice", f"#{code}", "Installed meeting-notes on Claude")


async def escalated_reminded_expired(stage: Stage) -> None:
    """Bob alone is asked; Carol when he does not answer; both are reminded; then it is over, and can be asked again."""
    code = await stage.asks("alice", "install meeting-notes on gemini", "bob")
    assert f"#{code}" not in stage.reads("carol")
    stage.clock.advance(timedelta(minutes=61))
    await stage.finds("carol", "Approve", f"#{code}")
    stage.clock.advance(timedelta(minutes=31))
    await stage.sees("bob", f"#{code}", "Reminder")
    stage.clock.advance(timedelta(minutes=30))
    await stage.sees("alice", f"#{code}", "Expired: install meeting-notes on Gemini")
    for name in ("bob", "carol"):
        await stage.sees(name, f"#{code}", "Expired")
    assert not stage.place("gemini", "meeting-notes").exists()
    seat, notice = await stage.finds("alice", "Ask again", f"#{code}")
    again = await stage.comes_up(seat.press(notice, "Ask again"), "bob", "meeting-notes on Gemini")
    await stage.presses("bob", "Approve", f"#{again}")
    await stage.sees("alice", f"#{again}", "Installed meeting-notes on Gemini")


async def broken_glass(stage: Stage) -> None:
    """An admin does it now, with a reason; the others are told."""
    code = await stage.asks("alice", "install pdf on openai", "bob")
    await stage.says("bob", f"break glass {code} because customers cannot log in")
    await stage.sees("alice", f"#{code}", "Installed pdf on OpenAI")
    await stage.sees("carol", f"#{code}", "customers cannot log in")


async def delegated(stage: Stage) -> None:
    """A vote is lent with somebody's consent, and the card says for whom it was given."""
    code = await stage.asks("bob", "delegate to alice until friday", "carol")
    await stage.presses("carol", "Approve", f"#{code}")
    await stage.sees("bob", f"#{code}", "Alice")
    code = await stage.asks("carol", "install meeting-notes on openai", "alice", "Bob")
    await stage.presses("alice", "Approve", f"#{code}")
    await stage.sees("carol", f"#{code}", "Alice for Bob")


#: On the default policy, and on ``POLICY``; each leaves the next one what it needs.
TEAM: tuple[Conversation, ...] = (
    approved_by_a_press,
    rejected_with_a_reason,
    decided_by_typing,
    narrowed,
    asked_back,
    lived_with,
    a_stranger_let_in,
)
DESK: tuple[Conversation, ...] = (
    two_agree,
    four_eyes,
    another_ref,
    broken_glass,
    escalated_reminded_expired,
    delegated,
)
