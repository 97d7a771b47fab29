"""Serving: the program in a process of its own, and the stand-in for Slack that it talks to."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from tests.acceptance.program import environment, skillwarden
from tests.platforms.slack import FakeSlack, Person

ROOT = Path(__file__).resolve().parents[2]

# Seconds of patience with the program.
PATIENCE = 30


class Served:
    """A served home: the workspace, its people, and where the skills go."""

    def __init__(self, slack: FakeSlack, home: Path, process: asyncio.subprocess.Process, announced: str) -> None:
        """Look at what ``process`` serves; ``announced`` is what it printed until it was ready."""
        self.announced = announced
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
async def served(
    home: Path,
    slack: FakeSlack,
    mode: str,
    *,
    seconds_between_messages: float = 0,
    program: Sequence[str] | None = None,
    configuration: str = "",
) -> AsyncIterator[Served]:
    """Serve the demo at ``home`` until the context ends; it has to stop by itself when it is told to.

    ``program`` is the module that serves and its arguments, instead of the command; ``configuration`` is added to
    config.toml.
    """
    settings = f"{slack_settings(slack, mode, seconds_between_messages)}[http]\nport = 0\n{configuration}"
    async with started(home, settings, slack_secrets(slack), program) as (process, address, announced):
        if mode == "http":
            await slack.send_to(f"{address}/slack/events")
        yield Served(slack, home, process, announced)


def slack_settings(slack: FakeSlack, mode: str, seconds: float) -> str:
    """Return the part of config.toml that leads to ``slack``, ``seconds`` between two messages."""
    return f'[slack]\nmode = "{mode}"\napi_url = "{slack.api_url}"\nseconds_between_messages = {seconds}\n'


def slack_secrets(slack: FakeSlack) -> dict[str, str]:
    """Return what the program needs to be Slack's app."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }


@contextlib.asynccontextmanager
async def started(
    home: Path, settings: str, secrets: Mapping[str, str], program: Sequence[str] | None = None
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str, str]]:
    """Run the program with ``settings`` as config.toml: give the process, its address, and what it announced."""
    command = program or ("bot", "serve", "--demo", "--home", str(home / "demo"))
    (home / "demo").mkdir(parents=True, exist_ok=True)
    (home / "demo/config.toml").write_text(settings)
    with (home / "serve.log").open("a") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *command),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env=environment(home) | dict(secrets),
        )
    try:
        assert process.stdout is not None
        announced = ""
        while (ready := re.search(r"ready at (http://\S+)", announced)) is None:
            line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
            assert line, (home / "serve.log").read_text()
            announced += line
        yield process, ready[1], announced
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0, (home / "serve.log").read_text()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
