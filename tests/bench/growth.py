"""What the number of rows does to a request and to what is looked up, on SQLite; expiry of many; memory.

The rows are copies of those that one real request has left, in every table, with ids and moments of their own (the
hashes are the original's: nothing here verifies them). Figures are taken with few events, then with many.

    python -m tests.bench.growth [--full | --huge]

``--full`` takes 1,000,000 events, 100,000 due requests and 4,000 requests for the memory; ``--huge`` 10,000,000 events,
which are 30 GB.
"""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.wake import Wake
from core.domain.base import iso
from core.domain.listing import ExecutionFilter, Order, Place
from core.domain.masking import Masker
from storage.database import Database
from storage.migrate import migrate
from tests.bench._office import Office, furnish, office

#: How many times as much a request, and a look-up, may take with many events; the seconds' share of expired requests.
REQUEST_GOAL, LOOK_GOAL, EXPIRY_GOAL = 1.3, 2.0, 5000
PAGE, FAR = 1, 10_000
#: Whose request is copied; who chats while the copies expire, and how often before, to compare with.
COPIED, CHATTING, ALONE = 0, 1, 20
#: How many requests warm up what was just written to, and how many are timed.
WARM, REQUESTS = 10, 30
#: How many requests are copied in one transaction.
CHUNK = 500

_TOMORROW = iso(datetime.now(UTC) + timedelta(days=1))
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Tables with rows of a request, parents first; those of people, skills and places are shared.
_TABLES = (
    *("inbox", "executions", "chat_actions", "hitl_requests", "approval_votes", "install_runs", "status_transitions"),
    *("execution_events", "artifacts", "notices", "approval_prompts", "button_tokens"),
)
_UNIQUE = {"dedupe_key", "token", "job_name"}
_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)"


@dataclass(frozen=True)
class _Sizes:
    few: int = 10_000
    many: int = 200_000
    due: int = 1_000
    requests: int = 40


SIZES = {"--full": _Sizes(many=1_000_000, due=100_000, requests=4_000), "--huge": _Sizes(many=10_000_000)}


def main(sizes: _Sizes | None = None) -> None:
    """Print each figure with its goal."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_grow(Path(folder) / "skillwarden.db", sizes or _Sizes()))


async def _grow(path: Path, sizes: _Sizes) -> None:
    url, wake = f"sqlite:///{path}", Wake()
    await migrate(url)
    database = Database(url, masker=Masker(), clock=SystemClock(), on_commit=wake)
    await furnish(database)
    async with office(path.parent, url, database, wake) as opened:
        shared = _ids(path, ("users", "skills", "providers", "channel_identities", "deployment_policies"))
        await opened.requests(1, in_flight=1)
        copies = _Copies(path, shared | _ids(path, ("install_targets", "skill_versions")))
        await asyncio.to_thread(copies.until, sizes.few)
        before = await _figures(opened, database)
        await asyncio.to_thread(copies.until, sizes.many)
        after = await _figures(opened, database)
        print(f"SQLite with {sizes.few:,} and with {sizes.many:,} events")
        for name, first in before.items():
            goal = REQUEST_GOAL if name.startswith("request") else LOOK_GOAL
            _compare(name, first, after[name], goal)
        await _page(database)
        await _memory(opened, sizes.requests)
        await _expire(opened, database, copies, sizes.due)
    await database.aclose()


async def _figures(opened: Office, database: Database) -> dict[str, list[float]]:
    """Return the seconds of several runs of each figure."""
    await opened.requests(WARM, in_flight=1)
    opened.took.clear()
    busy = []
    for _ in range(REQUESTS):
        began = time.process_time()
        await opened.requests(1, in_flight=1)
        busy.append(time.process_time() - began)
    async with database.read() as uow:
        (newest,) = await uow.executions.listed(ExecutionFilter(), Order(), limit=1, offset=FAR // 20)
    now = SystemClock().now()
    return {
        "request": list(opened.took),
        "request, processor": busy,
        "timeline": await _timed(database, lambda uow: uow.events.of_execution(newest.id)),
        "latest 20": await _timed(database, lambda uow: uow.executions.listed(ExecutionFilter(), Order(), limit=20)),
        "due requests": await _timed(database, lambda uow: uow.approvals.due(now, limit=50)),
        "due notices": await _timed(database, lambda uow: uow.notices.due(now, limit=50)),
    }


async def _timed(database: Database, look: Callable[[Any], Awaitable[object]], runs: int = 40) -> list[float]:
    taken = []
    for _ in range(runs):
        async with database.read() as uow:
            await uow.users.get("")  # opens the view
            began = time.perf_counter()
            await look(uow)
            taken.append(time.perf_counter() - began)
    return taken


async def _page(database: Database) -> None:
    """Print what a page far behind takes, found by its cursor, and the first one."""
    async with database.read() as uow:
        found = await uow.executions.listed(ExecutionFilter(), Order(), limit=1, offset=(FAR - 1) * PAGE - 1)
    if not found:
        print(f"  page {FAR:,} by cursor: there are not so many")
        return
    place = Place(value=found[0].created_at, id=found[0].id)

    def page(after: Place | None) -> Callable[[Any], Awaitable[object]]:
        return lambda uow: uow.executions.listed(ExecutionFilter(), Order(), limit=PAGE, after=after)

    _compare(
        f"page {FAR:,} by cursor", await _timed(database, page(None)), await _timed(database, page(place)), LOOK_GOAL
    )


async def _expire(opened: Office, database: Database, copies: _Copies, count: int) -> None:
    """Print how fast ``count`` requests are closed when their time is over, and what those who chat meanwhile wait."""
    listed = {"at first": [await opened.question(CHATTING, "pending") for _ in range(ALONE)]}
    alone = await _chatted(opened, lambda: len(opened.took) >= ALONE)
    await asyncio.to_thread(copies.open, count)
    listed["then"] = [await opened.question(CHATTING, "pending") for _ in range(ALONE)]
    among = await _chatted(opened, lambda: len(opened.took) >= ALONE)
    before, told = _resident(), opened.told(COPIED)
    await asyncio.to_thread(copies.let_expire)
    began = time.perf_counter()
    expiring = asyncio.create_task(_nothing_due(database))
    beside = await _chatted(opened, expiring.done)
    took = await expiring - began
    said = "met" if count / took >= EXPIRY_GOAL else "MISSED"
    print(f"  {count:,} requests expired beside a chat, {count / took:,.0f} a second (goal: {EXPIRY_GOAL:,}, {said})")
    print(f"  {(opened.told(COPIED) - told) / took:,.0f} a second were told meanwhile")
    print(f"  memory {before:.0f} MB before, {_resident():.0f} MB after")
    for name, seconds in listed.items():
        _line(f"  what is pending, {name}", seconds)
    for name, times in {"at first": alone, "then": among, "meanwhile": beside}.items():
        for what, seconds in zip(("a request", "a press"), times, strict=True):
            _line(f"  {what}, {name}", seconds)


async def _nothing_due(database: Database) -> float:
    """Wait until the program's own timers have closed everything; return the moment."""
    while True:
        async with database.read() as uow:
            if not await uow.approvals.due(SystemClock().now(), limit=1):
                return time.perf_counter()
        await asyncio.sleep(0.1)


async def _chatted(opened: Office, is_over: Callable[[], bool]) -> tuple[list[float], list[float]]:
    """Make requests, one at a time, until ``is_over``; return the seconds of each, and of each press."""
    opened.took.clear()
    opened.clicks.clear()
    while not is_over():
        await opened.request(CHATTING)
    return list(opened.took), list(opened.clicks)


async def _memory(opened: Office, count: int) -> None:
    """Print how much memory the process has before and after ``count`` requests."""
    quarters = [_resident()]
    for _ in range(4):
        await opened.requests(count // 4, in_flight=16)
        quarters.append(_resident())
    print(f"  memory over {count:,} requests: " + ", ".join(f"{one:.0f}" for one in quarters) + " MB")


class _Copies:
    """Makes copies of the rows of the one request in the database at ``path``; ids in ``shared`` stay as they are."""

    def __init__(self, path: Path, shared: set[str]) -> None:
        self._path = path
        self._shared = shared
        self._made = 0
        self._rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
        with closing(sqlite3.connect(path)) as database:
            for table in _TABLES:
                found = database.execute(f"SELECT * FROM {table}")  # noqa: S608 - ours
                self._rows[table] = [column[0] for column in found.description], found.fetchall()

    def until(self, events: int) -> None:
        """Copy until there are so many events."""
        each = len(self._rows["execution_events"][1])
        self._copy(_TABLES, events // each - self._made)

    def open(self, count: int) -> None:
        """Make ``count`` requests that wait for a decision until tomorrow."""
        changes = {
            "executions": {"status": "pending", "waiting_for": "approval", "completed_at": None, "error_code": None},
            "hitl_requests": {
                "status": "pending",
                "responded_at": None,
                "responded_by": None,
                "expires_at": _TOMORROW,
                "remind_at": None,
            },
            "chat_actions": {"result": "accepted", "run_id": None},
        }
        self._copy(("executions", "chat_actions", "hitl_requests", "execution_events"), count, changes)

    def let_expire(self) -> None:
        """Let the time of all of those be over."""
        with closing(sqlite3.connect(self._path, timeout=60)) as database:
            yesterday = iso(datetime.now(UTC) - timedelta(days=1))
            database.execute("UPDATE hitl_requests SET expires_at = ? WHERE expires_at = ?", (yesterday, _TOMORROW))
            database.commit()

    def _copy(self, tables: Sequence[str], count: int, changes: dict[str, dict[str, Any]] | None = None) -> None:
        now = datetime.now(UTC).replace(tzinfo=None)
        with closing(sqlite3.connect(self._path, timeout=60)) as database:
            database.execute("PRAGMA foreign_keys=OFF")
            # Little by little: the program writes meanwhile.
            for first in range(self._made + 1, self._made + count + 1, CHUNK):
                numbers = {"first": first, "last": min(first + CHUNK - 1, self._made + count), "now": str(now)}
                for table in tables:
                    columns, rows = self._rows[table]
                    for row in rows:
                        values = dict(zip(columns, row, strict=True)) | (changes or {}).get(table, {})
                        kept = set((changes or {}).get(table, {}))
                        made = ", ".join(self._made_of(table, name, values[name], kept) for name in columns)
                        database.execute(f"{_NUMBERS} INSERT INTO {table} SELECT {made} FROM numbers", values | numbers)  # noqa: S608 - ours
                database.commit()
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.sync()  # so that nobody who commits afterwards waits for what was copied
        self._made += count

    def _made_of(self, table: str, name: str, value: Any, kept: set[str]) -> str:
        """Return what a column of copy ``n`` is, in SQL."""
        if value is None or name in kept:
            return f":{name}"
        if table == "execution_events" and name == "id":
            return "NULL"
        if name == "code":
            return f"printf('%X-', n) || substr(:{name}, 1, 4)"
        if name == "press_key":
            return f"substr(printf('%x', n) || :{name}, 1, 64)"
        if name in _UNIQUE:
            return f"substr(:{name} || ' ' || n, -255)"
        if name.endswith("_at") or name in {"timestamp", "lease_until", "not_before"}:
            return "strftime('%Y-%m-%dT%H:%M:%f000Z', :now, '-1 day', -n || ' seconds')"
        if isinstance(value, str) and _ID.fullmatch(value) and value not in self._shared:
            return f"substr(:{name}, 1, 24) || printf('%012x', n)"
        return f":{name}"


def _ids(path: Path, tables: Sequence[str]) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        return {row[0] for table in tables for row in database.execute(f"SELECT id FROM {table}")}  # noqa: S608 - ours


def _resident() -> float:
    """Return the memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _compare(name: str, first: Sequence[float], then: Sequence[float], goal: float) -> None:
    ratio = statistics.median(then) / statistics.median(first)
    _line(f"  {name}, at first", first)
    _line(f"  {name}, then", then)
    print(f"  {ratio:.2f} times as much (goal: {goal:g}, {'met' if ratio <= goal else 'MISSED'})")


def _line(what: str, seconds: Sequence[float]) -> None:
    taken = [one * 1000 for one in seconds] or [0]
    print(f"{what:<32} median {statistics.median(taken):8.2f} ms   spread {min(taken):.2f} to {max(taken):.2f} ms")


if __name__ == "__main__":
    main(next((SIZES[word] for word in sys.argv[1:]), None))
