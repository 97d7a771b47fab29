"""Slack misbehaves at random, from a seed: nothing is lost, nothing happens twice, every copy ends up true."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.test_slack import Served, link, served
from tests.harness import code_in
from tests.platforms.slack import FakeSlack, Odds, Person

pytestmark = pytest.mark.timeout(300)

# For each seed: 30 conversations in all.
CONVERSATIONS = 10
SEEDS = (1, 2, 3)
ODDS = Odds(
    ratelimited=0.05, server_error=0.1, lost_answer=0.05, doubled=0.15, ack_lost=0.15, dead_socket=0.02, lost_click=0.2
)
ENDS = {"reject": "Rejected: install pdf on Claude", "cancel": "Cancelled: install pdf on Claude"}


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    """Return what the database says."""
    with closing(sqlite3.connect(home / "demo/skillwarden.db")) as database:
        return database.execute(query).fetchall()


async def converse(serving: Served, alice: Person, bob: Person, known: set[str], decision: str) -> str:
    """Ask, decide by typing (clicks get lost), wait until the requester reads how it ended; return the code."""
    await alice.says(alice.dm, "install skill pdf on claude")

    def fresh() -> str | None:
        shown = [bob.slack.shown(message) for message in bob.slack.messages(bob.dm)]
        codes = [code_in(text) for text in shown if "Alice asks: install pdf" in text and "#" in text]
        return next((code for code in codes if code not in known), None)

    await serving.slack.wait_for(fresh, 60)
    code = fresh()
    assert code is not None
    who, line = (bob, f"reject {code} because no") if decision == "reject" else (alice, f"cancel {code}")
    await who.says(who.dm, line)

    def told() -> bool:
        shown = [alice.slack.shown(message) for message in alice.slack.messages(alice.dm)]
        return any(code in text and ENDS[decision] in text for text in shown)

    await serving.slack.wait_for(told, 60)
    return code


async def come_to_rest(is_at_rest: Callable[[], bool]) -> None:
    """Wait until nothing is left to be said or repaired; the program tells nobody, so it is asked."""
    for _ in range(60):
        if is_at_rest():
            return
        await asyncio.sleep(0.5)
    raise AssertionError("it does not come to rest")


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_slack_does_each_request_ends_once_and_every_copy_says_so(tmp_path: Path, seed: int) -> None:
    """Rate limits, errors, lost answers, doubled and redelivered events, dying sockets: each request ends once."""
    async with FakeSlack(speed=10) as slack:
        people = {name: slack.person(name) for name in ("alice", "bob", "carol")}
        await asyncio.to_thread(link, tmp_path, slack, *people.values())
        async with served(tmp_path, slack, "socket") as serving:
            slack.trouble.at_random(seed, ODDS)
            known: set[str] = set()
            expected: Counter[object] = Counter()
            for number in range(CONVERSATIONS):
                decision = ("reject", "cancel")[number % 2]
                known.add(await converse(serving, people["alice"], people["bob"], known, decision))
                expected["APPROVAL_REJECTED" if decision == "reject" else "CANCELLED"] += 1
            slack.trouble.calm()

            def at_rest() -> bool:
                behind = rows(tmp_path, "SELECT 1 FROM approval_prompts WHERE is_behind AND NOT is_gone")
                return not behind and not rows(tmp_path, "SELECT 1 FROM notices WHERE status = 'pending'")

            await come_to_rest(at_rest)
            # A copy whose answer got lost on the way is unknown to the bot, until somebody presses it.
            for person in (people["bob"], people["carol"]):
                for message in slack.messages(person.dm):
                    if "[Approve]" in slack.shown(message):
                        await person.press(message, "Approve")
            await come_to_rest(at_rest)
        installs = "SELECT error_code FROM executions WHERE input_text = 'install skill pdf on claude'"
        assert Counter(row[0] for row in rows(tmp_path, installs)) == expected
        assert rows(tmp_path, "SELECT status FROM notices WHERE status <> 'delivered'") == []
        for person in people.values():
            for message in slack.messages(person.dm):
                text = slack.shown(message)
                if any(code in text for code in known) and "asks: install pdf" in text:
                    assert "[Approve]" not in text, text
