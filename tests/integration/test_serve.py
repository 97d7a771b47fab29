"""``skillwarden serve`` where it begins and ends: what is missing is told at once, and a signal is never lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import serve
from bot.cli_words import say
from bot.foreground import Deadline
from bot.installation import Installation
from core.errors import InvalidSetting, SecretNotFound
from tests.clock import FakeClock
from tests.harness import PATIENCE
from tests.platforms.slack import FakeSlack

# What the HTTP application is made of.
_SERVICES = ("access", "executions", "artifacts", "hitl", "answers")


def configure(home: Path, mode: str, api_url: str = "http://127.0.0.1:9/api/") -> None:
    """Write a configuration whose Slack is at ``api_url``: unless told otherwise a port that nobody listens on."""
    home.mkdir()
    (home / "config.toml").write_text(f'[slack]\nmode = "{mode}"\napi_url = "{api_url}"\n[http]\nport = 0\n')


@pytest.mark.parametrize(("mode", "secret"), [("socket", "SLACK_APP_TOKEN"), ("http", "SLACK_SIGNING_SECRET")])
def test_a_missing_secret_is_told_before_slack_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, secret: str
) -> None:
    """Whatever the mode needs is looked for first: the operator mends everything in one go."""
    configure(tmp_path / "home", mode)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-test")
    monkeypatch.delenv(secret, raising=False)
    with pytest.raises(SecretNotFound, match=secret):
        serve.serve(tmp_path / "home", None, demo=True)


async def test_a_token_that_slack_does_not_take_is_the_configurations_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends as every wrong setting does, with its name: a service manager need not start it again."""
    home = tmp_path / "home"
    async with FakeSlack() as slack:
        configure(home, "socket", slack.api_url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
        monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
        with pytest.raises(InvalidSetting, match=r"\[slack\] bot_token.*invalid_auth") as told:
            await asyncio.to_thread(serve.serve, home, None, demo=True)
    assert told.value.exit_code == 78


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_in_the_moment_of_being_ready_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Whoever reads that it is ready may stop it at once."""
    configure(tmp_path / "home", "http")
    installation = await asyncio.to_thread(Installation.open, tmp_path / "home", None, demo=True)
    await asyncio.to_thread(say, "ready")  # the command line has read the catalogues before
    ended: list[str] = []

    @contextlib.asynccontextmanager
    async def listening(*_: object, **__: object) -> AsyncIterator[None]:
        yield
        ended.append("listener")

    async def online() -> None:
        pass

    async def closed_rooms() -> list[str]:
        return []

    monkeypatch.setattr(serve, "announce", lambda _line: os.kill(os.getpid(), number))
    nobody = cast("Any", SimpleNamespace(workers=SimpleNamespace(wake=lambda: None), **dict.fromkeys(_SERVICES)))
    platform = cast("Any", SimpleNamespace(listening=listening, online=online, closed_rooms=closed_rooms, trouble=None))
    with Deadline() as deadline:
        running = serve._listen(  # noqa: SLF001 - the moment is inside
            installation,
            [platform],
            program=nobody,
            database=nobody,
            clock=FakeClock(),
            metrics=nobody,
            deadline=deadline,
        )
        await asyncio.wait_for(running, PATIENCE)
    assert ended == ["listener"]
