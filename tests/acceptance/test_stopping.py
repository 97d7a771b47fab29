"""SIGTERM in the middle of work: the program ends soon, and the next goes on; nothing is lost, nothing done twice."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.acceptance.program import skillwarden
from tests.acceptance.serving import link, served, started
from tests.databases import POSTGRESQL
from tests.platforms.slack import FakeSlack
from tests.relay import relayed

pytestmark = pytest.mark.timeout(120)

# Seconds after SIGTERM, as the README and the unit in deploy/ say.
LONGEST = 10


async def test_what_was_under_way_is_done_once(tmp_path: Path) -> None:
    """It is stopped while approved work runs and more has just been said; both come to their end, each once."""
    async with FakeSlack() as slack:
        alice, bob = slack.person("alice"), slack.person("bob")
        await asyncio.to_thread(link, tmp_path, slack, alice, bob, slack.person("carol"))
        with contextlib.suppress(ProcessLookupError):  # it has ended before it is told to again
            async with served(tmp_path, slack, "socket") as first:
                await alice.says(alice.dm, "install skill pdf on claude")
                await first.sees(bob, "Approve")
                await bob.press(slack.messages(bob.dm)[-1], "Approve")
                await alice.says(alice.dm, "install skill meeting-notes on claude")
                began = time.monotonic()
                first.process.send_signal(signal.SIGTERM)
                assert await first.process.wait() == 0
                assert time.monotonic() - began < LONGEST
        async with served(tmp_path, slack, "socket") as second:
            await second.sees(alice, "Installed pdf on Claude")
            await second.sees(bob, "install meeting-notes on Claude")
            assert (second.installed("pdf") / "SKILL.md").exists()
            assert not second.installed("meeting-notes").exists()
            listed = ("executions", "list", "--json", "--demo", "--home", str(tmp_path / "demo"))
            found = await asyncio.to_thread(skillwarden, *listed, home=tmp_path)
        executions = [json.loads(line) for line in found.stdout.splitlines()]
        asked = [(one["prompt"], one["status"]) for one in executions if one["prompt"].startswith("install")]
        assert sorted(asked) == [
            ("install skill meeting-notes on claude", "PENDING"),
            ("install skill pdf on claude", "COMPLETED"),
        ]
        outcomes = [one for one in slack.messages(alice.dm) if one.text.startswith("Installed pdf on Claude")]
        assert len(outcomes) <= 2  # the card, and the one reply


@pytest.mark.parametrize("is_silent", [True, False])
async def test_a_database_that_does_not_answer_does_not_keep_it(tmp_path: Path, *, is_silent: bool) -> None:
    """Whether it refuses connections or leaves them open without a word: what cannot be finished is left."""
    url = make_url(await asyncio.to_thread(POSTGRESQL.create))
    async with relayed(url.port or 5432) as relay:
        through = url.set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False)
        serve = ("bot", "serve", "--home", str(tmp_path / "demo"))
        with contextlib.suppress(ProcessLookupError):  # as above
            async with started(tmp_path, "[http]\nport = 0\n", {"DATABASE_URL": through}, serve) as (process, *_):
                if is_silent:
                    relay.passes.clear()
                else:
                    await relay.down()
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
                assert await asyncio.wait_for(process.wait(), 6 * LONGEST) == 0
                assert time.monotonic() - began < LONGEST
