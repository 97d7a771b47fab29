"""``skillwarden serve`` in a process of its own, talking to the strict stand-in for Slack, in both modes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.program import environment, skillwarden
from tests.harness import code_in
from tests.platforms.slack import FakeSlack, Person

pytestmark = pytest.mark.timeout(90)

# Seconds of patience with the program.
PATIENCE = 30


class Served:
    """A served home: the workspace, its people, and where the skills go."""

    def __init__(self, slack: FakeSlack, home: Path, process: asyncio.subprocess.Process) -> None:
        """Look at what ``process`` serves."""
        self.slack = slack
        self.people: dict[str, Person] = {}
        self.home = home
        self.process = process

    def installed(self, skill: str) -> Path:
        """Return where a skill is on claude."""
        return self.home / "demo/providers/claude/skills" / skill

    async def sees(self, person: Person, text: str) -> str:
        """Wait until ``person`` can read ``text`` in their direct messages, and return all they read there."""
        await self.slack.wait_for(lambda: text in person.sees(person.dm), PATIENCE)
        return person.sees(person.dm)


def link(home: Path, slack: FakeSlack, *people: Person) -> None:
    """Link the demo's people to their Slack accounts, as an operator does it on the host."""
    for person in people:
        done = skillwarden(
            *("users", "link", person.user.name, "slack", person.user.id, "--workspace", slack.world.team_id),
            *("--demo", "--home", str(home / "demo")),
            home=home,
        )
        assert done.returncode == 0, done.stderr


@contextlib.asynccontextmanager
async def served(home: Path, slack: FakeSlack, mode: str) -> AsyncIterator[Served]:
    """Serve the demo at ``home`` until the context ends; it has to stop by itself when it is told to."""
    (home / "demo").mkdir(parents=True, exist_ok=True)
    (home / "demo/config.toml").write_text(
        f'[slack]\nmode = "{mode}"\napi_url = "{slack.api_url}"\nseconds_between_messages = 0\n[http]\nport = 0\n'
    )
    secrets = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    with (home / "serve.log").open("a") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve", "--demo", "--home", str(home / "demo")),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env=environment(home) | secrets,
        )
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        ready = re.search(r"ready at (http://\S+)", line)
        assert ready is not None, (home / "serve.log").read_text()
        if mode == "http":
            await slack.send_to(f"{ready[1]}/slack/events")
        yield Served(slack, home, process)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0, (home / "serve.log").read_text()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


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
