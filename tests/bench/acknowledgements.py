"""How soon a storm of signed requests over HTTP is acknowledged by ``skillwarden serve``, and whether all are stored.

Each is one of a hundred linked people asking "status" in private. The bot, the sender and the stand-in for Slack are
three processes; the bot works on what it has received all the while, with its default settings.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bot.clock import SystemClock
from bot.installation import Installation
from core.domain.base import new_id
from core.domain.users import ChannelIdentity, User
from tests.acceptance.serving import ROOT, served
from tests.platforms.slack import FakeSlack, HttpTransport, Person, payloads

PER_SECOND = 200
SECONDS = 30
PEOPLE = 100


def main() -> None:
    """Print median, 99th percentile and slowest acknowledgement, and what was lost or stored twice."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_storm(Path(folder)))


async def _storm(folder: Path) -> None:
    async with FakeSlack() as slack:
        people = [slack.person(f"person{number}") for number in range(PEOPLE)]
        await _link(folder / "demo", slack, people)
        bodies, keys = _requests(slack, people)
        await asyncio.to_thread((folder / "requests").write_text, "\n".join(bodies))
        async with served(folder, slack, "http", seconds_between_messages=1) as serving:
            transport = slack.deliveries.transport
            assert isinstance(transport, HttpTransport)
            sender = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.bench._sender", transport.url, slack.signing_secret),
                *(str(folder / "requests"), str(PER_SECOND)),
                stdout=asyncio.subprocess.PIPE,
                cwd=ROOT,
            )
            printed, _ = await sender.communicate()
            stored = _stored(serving.home / "demo/skillwarden.db")
        taken, refused = json.loads(printed)["milliseconds"], json.loads(printed)["refused"]
        cuts = statistics.quantiles(taken, n=100)
        print(f"{len(keys):,} requests, {PER_SECOND} a second, {refused} not acknowledged")
        print(
            f"acknowledged after     median {cuts[49]:7.1f} ms   p99 {cuts[98]:7.1f} ms   slowest {max(taken):7.1f} ms"
        )
        lost, twice = len(keys - set(stored)), len(stored) - len(set(stored))
        print(f"in the inbox           {len(keys & set(stored)):,} once each, {lost} lost, {twice} twice")


async def _link(home: Path, slack: FakeSlack, people: list[Person]) -> None:
    installation = await asyncio.to_thread(Installation.open, home, None, demo=True)
    clock = SystemClock()
    now = clock.now()
    async with installation.storage(clock) as database, database.begin() as uow:
        for person in people:
            name = person.user.name
            user = User(id=new_id(now), email=f"{name}@demo.invalid", name=name, created_at=now)
            await uow.users.add(user)
            account = ChannelIdentity(
                id=new_id(now),
                channel="slack",
                workspace_id=slack.world.team_id,
                external_id=person.user.id,
                user_id=user.id,
                created_at=now,
            )
            await uow.users.add_identity(account)
        await uow.commit()


def _requests(slack: FakeSlack, people: list[Person]) -> tuple[list[str], set[str]]:
    """Return the bodies of all requests and the keys under which the inbox should have them."""
    bodies, keys = [], set()
    for number in range(PER_SECOND * SECONDS):
        person = people[number % len(people)]
        content = {
            "type": "message",
            "channel_type": "im",
            "channel": person.dm.id,
            "user": person.user.id,
            "team": slack.world.team_id,
            "text": "status",
            "ts": (ts := slack.world.next_ts()),
            "event_ts": ts,
        }
        bodies.append(json.dumps(payloads.event(slack.world, content)))
        keys.add(f"slack:{slack.world.team_id}:{person.dm.id}:{ts}")
    return bodies, keys


def _stored(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("SELECT dedupe_key FROM inbox")]


if __name__ == "__main__":
    main()
