"""``skillwarden doctor`` as an operator runs it, beside a bot that serves."""

from __future__ import annotations

import asyncio
import json
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.program import skillwarden
from tests.acceptance.serving import link, served
from tests.platforms.slack import FakeSlack

pytestmark = pytest.mark.timeout(90)


async def doctor(home: Path, slack: FakeSlack, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command at the demo in ``home``, with the tokens of ``slack``."""
    return await asyncio.to_thread(
        skillwarden,
        *("doctor", "--demo", "--home", str(home / "demo"), *options),
        home=home,
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_APP_TOKEN=slack.app_token,
    )


async def test_beside_a_running_bot(tmp_path: Path) -> None:
    """All is well and the exit code 0; then a scope is taken away, which is named on one line, and the code says so."""
    async with FakeSlack() as slack:
        await asyncio.to_thread(link, tmp_path, slack, slack.person("bob"), slack.person("carol"))
        async with served(tmp_path, slack, "socket"):
            well = await doctor(tmp_path, slack)
            assert (well.returncode, well.stderr) == (0, ""), well.stdout + well.stderr
            assert {line.split()[0] for line in well.stdout.splitlines()} == {"ok"}
            assert "a bot runs on this home" in well.stdout
            assert len(slack.socket.connections) == 1
            slack.scopes.discard("im:write")
            ill = await doctor(tmp_path, slack, "--json")
    findings = [json.loads(line) for line in ill.stdout.splitlines()]
    (bad,) = [finding for finding in findings if finding["verdict"] != "ok"]
    assert ill.returncode == 78
    assert (bad["check"], bad["verdict"]) == ("Slack scopes", "problem")
    assert "im:write" in bad["found"]
    assert slack.bot_token not in well.stdout + ill.stdout
    assert slack.app_token not in well.stdout + ill.stdout
