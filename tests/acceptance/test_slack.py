"""``skillwarden serve`` in a process of its own, talking to the strict stand-in for Slack, dies."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path

import pytest

from tests.acceptance.serving import link, served
from tests.platforms.slack import FakeSlack

pytestmark = pytest.mark.timeout(90)


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


async def test_slack_says_what_people_speak(tmp_path: Path) -> None:
    """Whose Slack is Korean is answered in Korean, before and after they are let in; bob goes on in English."""
    async with FakeSlack() as slack:
        bob, dana = slack.person("bob"), slack.person("dana", locale="ko-KR")
        await asyncio.to_thread(link, tmp_path, slack, slack.person("alice"), bob, slack.person("carol"))
        async with served(tmp_path, slack, "socket") as serving:
            await dana.says(dana.dm, "install skill pdf on claude")
            await serving.sees(dana, "아직 모르는 분이에요")
            await serving.sees(bob, "asks to be let in")
            await bob.press(slack.messages(bob.dm)[-1], "Let in")
            await serving.sees(dana, "Bob 님이 들여보내 주셨어요")
            await dana.says(dana.dm, "install skill pdf on claude")
            await serving.sees(dana, "Claude에 pdf 설치")
            await serving.sees(bob, "asks: install pdf on Claude")
