"""Several processes on one PostgreSQL database: what one leaves another does, and nothing is done twice."""

from __future__ import annotations

import asyncio
import itertools
import time
from pathlib import Path

import pytest

from tests.acceptance.crew import Crew, Hand
from tests.acceptance.crew_round import converse_and_kill, crewed
from tests.databases import POSTGRESQL, way_behind

pytestmark = pytest.mark.timeout(600)

# Of one round, and the seconds within which as many rounds are had as fit.
CONVERSATIONS = 6
SECONDS = 60

# Seconds within which another process has taken over what one alone may do.
MOVED = 15
_CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()"
)


async def elected(crew: Crew) -> Hand:
    """Wait until somebody is elected, and return them: whoever wrote last that they are."""
    while True:
        for hand in crew.hands:
            said = [line for line in hand.logged.splitlines() if "elected" in line]
            if said and "no longer" not in said[-1]:
                return hand
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("how", ["killed", "cut off"])
async def test_another_one_goes_on_with_what_only_one_may_do(tmp_path: Path, how: str) -> None:
    """The elected one polls Telegram; when it dies, or loses its connection, somebody polls within 15 seconds."""
    url = await asyncio.to_thread(POSTGRESQL.create)
    async with crewed(tmp_path, url, "serve", "serve") as deck:
        alice = next(seat for seat in deck.seats["alice"] if seat.side is deck.telegram)
        first = await elected(deck.crew)
        if how == "killed":
            await deck.crew.kill(first)
        else:
            await asyncio.to_thread(_cut, url)
        await alice.says("help")
        async with asyncio.timeout(MOVED):
            await deck.telegram.watch.wait_for(lambda: len(alice.messages()) > 1, MOVED)
        assert len(deck.telegram.posted()) == 1


def _cut(url: str) -> None:
    with way_behind(url).begin() as connection:
        connection.exec_driver_sql(_CUT)


async def test_processes_are_killed_while_platforms_misbehave_and_each_request_ends_once(tmp_path: Path) -> None:
    """Two ``serve`` and two ``worker``: each request ends as it should, each place changes once, every card is true.

    Rounds of it for a minute, and one on however slow a machine; ``make soak`` does it for ten.
    """
    ends, longest, kills = time.monotonic() + SECONDS, 0.0, 0
    for seed in itertools.count(1):
        began, home = time.monotonic(), tmp_path / str(seed)
        await asyncio.to_thread(home.mkdir)
        url = await asyncio.to_thread(POSTGRESQL.create)
        kills += (await converse_and_kill(home, url, seed, CONVERSATIONS))["kills"]
        longest = max(longest, time.monotonic() - began)
        if time.monotonic() + longest > ends:
            break
    assert kills
