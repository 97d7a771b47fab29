"""``skillwarden serve`` is started before the strict stand-ins for Slack and Telegram are."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import httpx
import pytest

from tests.acceptance.program import environment
from tests.acceptance.serving import ROOT, link, slack_secrets, slack_settings, started
from tests.acceptance.serving_telegram import (
    free_port,
    http_settings,
    link_all,
    telegram_secrets,
    telegram_settings,
)
from tests.acceptance.serving_telegram import link as link_telegram
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram

pytestmark = pytest.mark.timeout(120)

PATIENCE = 60


async def reached(address: str) -> None:
    """Wait until nothing keeps the bot from its platforms."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=address) as client:
        while True:
            if (await client.get("/readyz")).status_code == httpx.codes.OK:
                return
            await asyncio.sleep(0.1)


async def red(address: str) -> str:
    """Return what ``/readyz`` says, which is not that all is well."""
    async with httpx.AsyncClient(base_url=address) as client:
        assert (await client.get("/healthz")).status_code == httpx.codes.OK
        answer = await client.get("/readyz")
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    return str(answer.json()["status"])


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_slack_may_come_later(tmp_path: Path, mode: str) -> None:
    """Until then that is said, and afterwards all is as if Slack had been there."""
    slack = FakeSlack(port=free_port())
    alice, bob, carol = (slack.person(name) for name in ("alice", "bob", "carol"))
    await asyncio.to_thread(link, tmp_path, slack, alice, bob, carol)
    settings = f"{slack_settings(slack, mode, 0)}[http]\nport = 0\n"
    async with started(tmp_path, settings, slack_secrets(slack)) as (_, address, announced):
        assert "Slack cannot be reached: " in announced
        assert (await red(address)).startswith("Slack cannot be reached: ")
        async with slack:
            await reached(address)
            if mode == "http":
                await slack.send_to(f"{address}/slack/events")
            await alice.says(alice.dm, "install skill pdf on claude")
            await slack.wait_for(lambda: "Approve" in bob.sees(bob.dm), PATIENCE)
            await bob.press(slack.messages(bob.dm)[-1], "Approve")
            await slack.wait_for(lambda: "Installed pdf on Claude" in alice.sees(alice.dm), PATIENCE)
    logged = (tmp_path / "serve.log").read_text()
    assert '"event": "cannot be reached"' in logged
    assert '"event": "reached"' in logged


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_telegram_may_come_later(tmp_path: Path, mode: str) -> None:
    """Until then that is said, and afterwards all is as if Telegram had been there."""
    telegram = FakeTelegram(port=free_port())
    alice, bob, carol = (telegram.person(name) for name in ("alice", "bob", "carol"))
    await link_telegram(tmp_path, alice, bob, carol)
    settings = f"{http_settings(telegram)}{telegram_settings(telegram, mode, 0)}"
    async with started(tmp_path, settings, telegram_secrets(telegram)) as (_, address, announced):
        assert "Telegram cannot be reached: " in announced
        assert (await red(address)).startswith("Telegram cannot be reached: ")
        async with telegram:
            await reached(address)
            for person in (alice, bob, carol):
                await person.starts()
            await alice.says(alice.dm, "install skill pdf on claude")
            await telegram.wait_for(lambda: "waiting for approval" in alice.sees(), PATIENCE)


async def test_the_others_are_served_meanwhile_and_nothing_that_was_said_is_lost(tmp_path: Path) -> None:
    """Alice asks on Telegram while Slack is down; the room on Slack gets the card as soon as there is a Slack."""
    slack = FakeSlack(port=free_port())
    bob, carol = slack.person("bob"), slack.person("carol")
    room = slack.channel("approvals", bob, carol)
    async with FakeTelegram() as telegram:
        alice = telegram.person("alice")
        await link_all(
            tmp_path,
            ("telegram", "", str(alice.user.id), "alice"),
            *(("slack", slack.world.team_id, one.user.id, one.user.name) for one in (bob, carol)),
        )
        settings = (
            f'{slack_settings(slack, "socket", 0)}approval_channel = "{room.id}"\napproval_messages = false\n'
            f"{telegram_settings(telegram, 'polling', 0)}[http]\nport = 0\n"
        )
        async with started(tmp_path, settings, slack_secrets(slack) | telegram_secrets(telegram)) as (_, address, _):
            assert "Telegram" not in await red(address)
            await alice.starts()
            await alice.says(alice.dm, "install skill pdf on claude")
            await telegram.wait_for(lambda: "waiting for approval" in alice.sees(), PATIENCE)
            async with slack:
                await reached(address)
                await slack.wait_for(lambda: "Approve" in bob.sees(room), PATIENCE)
                await bob.press(slack.messages(room)[-1], "Approve")
                await telegram.wait_for(lambda: "Installed pdf on Claude" in alice.sees(), PATIENCE)


@pytest.mark.parametrize("missing", ["bot", "app"])
async def test_a_token_that_is_refused_ends_the_start(tmp_path: Path, missing: str) -> None:
    """No waiting mends it: the program ends with one sentence, and serves nobody."""
    async with FakeSlack() as slack:
        home = tmp_path / "demo"
        await asyncio.to_thread(home.mkdir)
        await asyncio.to_thread((home / "config.toml").write_text, f"{slack_settings(slack, 'socket', 0)}")
        secrets = slack_secrets(slack) | {f"SLACK_{missing.upper()}_TOKEN": "xoxb-wrong"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve", "--demo", "--home", os.fspath(home)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment(tmp_path) | secrets,
        )
        announced, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode
    assert b"ready" not in announced
    assert b"invalid_auth" in said
