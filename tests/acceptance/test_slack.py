"""``skillwarden serve`` in a process of its own, talking to the strict stand-in for Slack, in both modes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.serving import Served, link, served
from tests.harness import code_in
from tests.platforms.slack import FakeSlack

pytestmark = pytest.mark.timeout(90)


@pytest.fixture(params=["socket", "http"])
async def serving(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Served]:
    """A served demo with alice, bob and carol linked."""
    async with FakeSlack() as slack:
        people = {name: slack.person(name) for name in ("alice", "bob", "carol")}
        await asyncio.to_thread(link, tmp_path, slack, *people.values())
        async with served(tmp_path, slack, request.param) as opened:
            opened.people = people
            yield opened


async def test_a_request_in_a_direct_message_is_approved_by_a_click_and_installed(serving: Served) -> None:
    """Asked in Slack, shown to both approvers, approved with a button, installed, and every copy says so."""
    slack = serving.slack
    alice, bob, carol = serving.people.values()
    await alice.says(alice.dm, "install skill pdf on claude")
    await serving.sees(carol, "Approve")
    code = code_in(await serving.sees(bob, "Approve"))
    card = next(message for message in slack.messages(bob.dm) if code in bob.sees(bob.dm))
    assert not serving.installed("pdf").exists()
    await bob.press(card, "Approve")
    await serving.sees(alice, "Installed pdf on Claude")
    for approver in (bob, carol):
        await serving.sees(approver, "approved by Bob")
    source = serving.home / "demo/sources/skills/skills/pdf/SKILL.md"
    assert (serving.installed("pdf") / "SKILL.md").read_bytes() == source.read_bytes()


async def test_a_rejection_asks_for_the_reason_in_a_form(serving: Served) -> None:
    """Reject opens a modal; what is typed there is what the requester reads."""
    slack = serving.slack
    alice, bob, _ = serving.people.values()
    await alice.says(alice.dm, "install skill pdf on claude")
    await serving.sees(bob, "Reject")
    await bob.press(slack.messages(bob.dm)[-1], "Reject...")
    assert bob.view is not None
    await bob.submits(bob.view, {"Why? The requester will read this.": "the scripts are not pinned"})
    await serving.sees(alice, "the scripts are not pinned")
    assert not serving.installed("pdf").exists()


async def test_a_stranger_is_told_how_to_be_admitted_and_an_admin_lets_them_in(serving: Served) -> None:
    """Nobody unknown gets anything done; the admins are asked, and one click is enough."""
    slack = serving.slack
    dana, bob = slack.person("dana"), serving.people["bob"]
    await dana.says(dana.dm, "install skill pdf on claude")
    await serving.sees(dana, "I do not know you yet")
    await serving.sees(bob, "asks to be let in")
    await bob.press(slack.messages(bob.dm)[-1], "Let in")
    await serving.sees(bob, "is in.")
    await dana.says(dana.dm, "whoami")
    await serving.sees(dana, "You are")


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    """A request made before a kill -9 is approved after it, with the very button that was posted then."""
    async with FakeSlack() as slack:
        alice, bob = slack.person("alice"), slack.person("bob")
        await asyncio.to_thread(link, tmp_path, slack, alice, bob, slack.person("carol"))
        with contextlib.suppress(ProcessLookupError):
            async with served(tmp_path, slack, "socket") as first:
                await alice.says(alice.dm, "install skill pdf on claude")
                await first.sees(bob, "Approve")
                os.kill(first.process.pid, signal.SIGKILL)
                await first.process.wait()
        async with served(tmp_path, slack, "socket") as second:
            await bob.press(slack.messages(bob.dm)[-1], "Approve")
            await second.sees(alice, "Installed pdf on Claude")
            assert second.installed("pdf").exists()


async def test_slack_says_what_people_speak(serving: Served) -> None:
    """Whose Slack is Korean is answered in Korean, before and after they are let in; bob goes on in English."""
    slack, bob = serving.slack, serving.people["bob"]
    dana = slack.person("dana", locale="ko-KR")
    await dana.says(dana.dm, "install skill pdf on claude")
    await serving.sees(dana, "아직 모르는 분이에요")
    await serving.sees(bob, "asks to be let in")
    await bob.press(slack.messages(bob.dm)[-1], "Let in")
    await serving.sees(dana, "Bob 님이 들여보내 주셨어요")
    await dana.says(dana.dm, "install skill pdf on claude")
    await serving.sees(dana, "Claude에 pdf 설치")
    await serving.sees(bob, "asks: install pdf on Claude")
