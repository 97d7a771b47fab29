"""Nobody decides: the time passes in ``skillwarden serve``, and everybody reads that it has."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.serve_program import MovedClock
from tests.acceptance.serving import link, served
from tests.harness import code_in
from tests.platforms.slack import FakeSlack

pytestmark = pytest.mark.timeout(90)

TTL = timedelta(minutes=5)


async def test_what_nobody_decides_expires_everywhere_and_can_be_asked_again(tmp_path: Path) -> None:
    """Every copy shows it, the requester gets one notice, and its button asks the approvers anew."""
    clock = MovedClock(tmp_path / "clock")
    program = (
        "tests.acceptance.serve_program",
        *(str(tmp_path / "demo"), str(tmp_path / "clock"), str(int(TTL.total_seconds()))),
    )
    async with FakeSlack() as slack:
        alice, bob, carol = (slack.person(name) for name in ("alice", "bob", "carol"))
        await asyncio.to_thread(link, tmp_path, slack, alice, bob, carol)
        async with served(tmp_path, slack, "socket", program=program) as serving:
            await alice.says(alice.dm, "install skill pdf on claude")
            code = code_in(await serving.sees(bob, "[Approve]"))
            await serving.sees(carol, "[Approve]")
            request, *_ = (one for one in slack.messages(alice.dm) if "[Cancel]" in slack.shown(one))
            clock.advance(TTL)

            def expired() -> bool:
                places = [slack.shown(one) for one in (*slack.messages(bob.dm), *slack.messages(carol.dm), request)]
                return all(f"#{code}" in text and "Expired: install pdf on Claude" in text for text in places)

            await slack.wait_for(expired, 30)
            assert "[Approve]" not in bob.sees(bob.dm) + carol.sees(carol.dm)

            def notices() -> list[str]:
                others = [one for one in slack.messages(alice.dm) if one is not request]
                return [text for one in others if "Expired: install pdf" in (text := slack.shown(one))]

            await slack.wait_for(notices, 30)
            assert len(notices()) == 1
            assert "[Ask again]" in notices()[0]

            notice = next(one for one in slack.messages(alice.dm) if slack.shown(one) in notices())
            await alice.press(notice, "Ask again")
            again = code_in((await serving.sees(bob, "[Approve]")).partition("Expired:")[2].partition("Alice asks")[2])
            assert again != code
            card = next(one for one in slack.messages(bob.dm) if "[Approve]" in slack.shown(one))
            await bob.press(card, "Approve")
            await serving.sees(alice, "Installed pdf on Claude")
            assert len(notices()) == 1
