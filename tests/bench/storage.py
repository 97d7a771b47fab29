"""How fast requests go through the program, against the database's own driver writing the same rows.

A request is one whole installation: "install lane07 on claude" is received and acknowledged, understood, prepared (its
source is in memory), shown to its requester and to one approver, approved by a press, installed (which costs nothing),
recorded and reported; both cards are brought up to date after each step. It takes the real services, workers and store.
It has ended for the requester when the outcome is posted, and for the clock of a round when nothing is left to do.

The ceiling is described in ``_ceiling``: the same INSERTs, UPDATEs and DELETEs with the same values, made durable as
often, and nothing else. Program and ceiling take turns, on two databases of one server, in several rounds.

    python -m tests.bench.storage [sqlite|postgresql|mysql] ...
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import SystemClock
from bot.wake import Wake
from core.domain.masking import Masker
from storage.database import Database
from storage.migrate import migrate
from tests.bench._ceiling import CEILINGS, SHARED, Recorder, ids_of
from tests.bench._office import Office, furnish, office
from tests.databases import BACKENDS, empty_database

ROUNDS = 3
#: How many requests of a round, by how many are in flight.
REQUESTS = {1: 4, 16: 16}
#: The share of the ceiling that is to be reached, by database and requests in flight.
GOALS = {("sqlite", 1): 0.25, ("sqlite", 16): 0.40, ("postgresql", 1): 0.35, ("postgresql", 16): 0.30}
#: Milliseconds, on SQLite with one in flight: until the outcome of a request is posted, and until a press is decided.
REQUEST_GOAL, CLICK_GOAL = 2.0, 3.0


@dataclass
class _Measured:
    """Seconds for each request: of the program, of the ceiling; until the outcome; until a press is decided."""

    program: list[float] = field(default_factory=list)
    ceiling: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    #: Seconds of processor time of the program for each request.
    busy: list[float] = field(default_factory=list)
    #: Transactions and statements of each request.
    units: float = 0
    statements: float = 0


def main(backends: Sequence[str] = BACKENDS) -> None:
    """Print both for each database, the share, and whether its goal is met."""
    for backend in backends:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_compare(backend, Path(folder)))


async def _compare(backend: str, folder: Path) -> None:
    urls = [empty_database(backend, folder) for _ in range(2)]
    for url in urls:
        await migrate(url)
    wake = Wake()
    database = Database(urls[0], masker=Masker(), clock=SystemClock(), on_commit=wake)
    ceiling = CEILINGS[backend](urls[1])
    measured = {in_flight: _Measured() for in_flight in REQUESTS}
    with Recorder() as recorder:
        await furnish(database)
        SHARED.clear()
        SHARED.update(*(ids_of(unit) for unit in recorder.units))
        await ceiling.open()
        async with office(folder, urls[0], database, wake) as opened:
            await opened.requests(4, in_flight=4)  # warms up
            await ceiling.run(recorder.taken(), in_flight=1)
            for _ in range(ROUNDS):
                for in_flight, found in measured.items():
                    await _round(opened, recorder, ceiling, in_flight, found)
        await ceiling.close()
    await database.aclose()
    for in_flight, found in measured.items():
        _print(backend, in_flight, found)


async def _round(opened: Office, recorder: Recorder, ceiling: object, in_flight: int, found: _Measured) -> None:
    count = REQUESTS[in_flight]
    opened.took.clear()
    opened.clicks.clear()
    busy = time.process_time()
    found.program.append(await opened.requests(count, in_flight=in_flight) / count)
    found.busy.append((time.process_time() - busy) / count)
    units = recorder.taken()
    found.ceiling.append(await ceiling.run(units, in_flight=in_flight) / count)  # type: ignore[attr-defined]  # one of CEILINGS
    found.took += opened.took
    found.clicks += opened.clicks
    found.units = len(units) / count
    found.statements = sum(map(len, units)) / count


def _print(backend: str, in_flight: int, found: _Measured) -> None:
    name = f"{backend}, {in_flight} in flight"
    print(f"{name}: {found.units:.0f} transactions with {found.statements:.0f} writing statements for each request")
    _line("  the program, each request", found.program)
    _line("  of that, processor time", found.busy)
    _line("  the ceiling, each request", found.ceiling)
    shares = [one / other for one, other in zip(found.ceiling, found.program, strict=True)]
    share, goal = statistics.median(shares), GOALS.get((backend, in_flight))
    said = "no goal" if goal is None else f"goal: {goal:.2f}, {'met' if share >= goal else 'MISSED'}"
    print(f"  {share:.2f} of the ceiling, {min(shares):.2f} to {max(shares):.2f} ({said})")
    is_judged = (backend, in_flight) == ("sqlite", 1)
    _line("  until the outcome is posted", found.took, REQUEST_GOAL if is_judged else None)
    _line("  until a press is decided", found.clicks, CLICK_GOAL if is_judged else None)


def _line(what: str, seconds: Sequence[float], goal: float | None = None) -> None:
    taken = [one * 1000 for one in seconds]
    middle = statistics.median(taken)
    said = "" if goal is None else f"   (goal: under {goal:g} ms, {'met' if middle < goal else 'MISSED'})"
    print(f"{what:<32} median {middle:8.2f} ms   spread {min(taken):.2f} to {max(taken):.2f} ms{said}")


if __name__ == "__main__":
    main(sys.argv[1:] or BACKENDS)
