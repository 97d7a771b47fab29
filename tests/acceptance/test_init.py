"""``skillwarden init`` as an operator runs it: by options in a script, and by answering at a terminal."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.program import environment, skillwarden
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram

pytestmark = pytest.mark.timeout(90)


async def init(home: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command on ``home``/own."""
    arguments = ("init", "--home", str(home / "own"), *options)
    return await asyncio.to_thread(skillwarden, *arguments, home=home, **variables)


async def test_by_options(tmp_path: Path) -> None:
    """Tokens are checked before anything is written, kept when asked, never in the file; what is there stays."""
    config = tmp_path / "own/config.toml"
    async with FakeSlack() as slack, FakeTelegram(speed=0) as telegram:
        options = ["--yes", "--slack", "socket", "--slack-api-url", slack.api_url, "--telegram", "polling"]
        options += ["--telegram-api-url", telegram.api_url, "--keep-secrets"]
        tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "TELEGRAM_TOKEN": "1:old"}
        refused = await init(tmp_path, *options, **tokens)
        assert (refused.returncode, config.exists()) == (78, False)
        assert "[telegram] token cannot be used: Telegram does not take it" in refused.stderr
        done = await init(tmp_path, *options, **{**tokens, "TELEGRAM_TOKEN": telegram.token})
        assert (done.returncode, done.stderr) == (0, "")
        written = config.read_text(encoding="utf-8")
        for secret in (slack.bot_token, slack.app_token, telegram.token):
            assert secret not in written + done.stdout
        doctor = ("doctor", "--json", "--home", str(tmp_path / "own"))
        found = await asyncio.to_thread(skillwarden, *doctor, home=tmp_path)
        assert '"check":"Slack sockets","verdict":"ok"' in found.stdout
        assert '"check":"Telegram","verdict":"ok"' in found.stdout
        again = await init(tmp_path, *options, **tokens)
        assert (again.returncode, config.read_text(encoding="utf-8")) == (78, written)


async def test_without_a_terminal_it_does_not_ask(tmp_path: Path) -> None:
    """A script that forgot --yes is told so, and nothing is written."""
    done = await init(tmp_path)
    assert done.returncode == 78
    assert "--yes" in done.stderr
    assert not (tmp_path / "own/config.toml").exists()


def test_at_a_terminal(tmp_path: Path) -> None:
    """The questions come in the terminal's language; Ctrl-D writes nothing, answers write a file."""
    assert answered(tmp_path, "\x04") == 130
    assert not (tmp_path / "own/config.toml").exists()
    assert answered(tmp_path, "2\r", "\r", "off\r", "1\r") == 0
    written = (tmp_path / "own/config.toml").read_text(encoding="utf-8")
    assert 'language = "ko"' in written
    assert any("가" <= letter <= "힣" for letter in written)


def answered(home: Path, *answers: str) -> int:
    """Run the wizard in a terminal of its own, give one answer whenever it asks, and return its exit code."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "init", "--home", str(home / "own")]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(home) | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
    )
    os.close(theirs)
    left, shown = list(answers), ""
    try:
        while True:
            shown += os.read(ours, 4096).decode(errors="replace")
            # Only then the terminal is in its hands: pastes are announced, and the cursor is shown.
            if left and "\x1b[?2004h" in shown and shown.endswith("\x1b[?25h"):
                os.write(ours, left.pop(0).encode())
                shown = ""
    except OSError:  # the other end is closed
        return process.wait(40)
    finally:
        os.close(ours)
        process.kill()
        process.wait()
