"""``python -m tests.bench.audit [EVENTS] [URL]`` fills a database and verifies it; prints time and memory.

The bounds of the issue: 10^6 events in under 60 s, in flat memory. Without a URL it is SQLite in a temporary folder.
"""

from __future__ import annotations

import asyncio
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.integrations.checkpoint_file import DiskCheckpointFile
from bot.locale.translator import Catalogues
from bot.verify_export import collect_rarely
from core.domain.audit.checking import Checked, Checker
from core.domain.audit.hashing import GENESIS, iso, link, salts_for
from core.domain.base import new_id
from core.domain.events import ExecutionEvent
from core.domain.masking import Masker
from core.services.checkpoints import Checkpoints
from core.services.verification import verify
from storage.database import Database
from storage.migrate import migrate
from storage.tables.events import ExecutionEventRow
from storage.tables.executions import ExecutionRow
from storage.tables.fields import table_of
from tests.audit_world import every_event
from tests.clock import START, FakeClock
from tests.databases import way_behind
from tests.storage_factory import make_execution, store_world

EVENTS = 50_000
# Executions that are stored at a time.
_BATCH = 1_000


def fill(url: str, columns: dict[str, object], events: int, kinds: list[ExecutionEvent]) -> None:
    """Store about so many events, eight to an execution."""
    rows, executions = table_of(ExecutionEventRow), table_of(ExecutionRow)
    engine = way_behind(url)
    payloads = [event.model_dump(mode="json") for event in kinds]
    for start in range(0, events // len(kinds), _BATCH):
        keys = [new_id(START + timedelta(seconds=start)) for _ in range(_BATCH)]
        with engine.begin() as connection:
            connection.execute(
                insert(executions),
                [columns | {"id": key, "code": secrets.token_hex(8), "dedupe_key": key} for key in keys],
            )
            connection.execute(insert(rows), [row for key in keys for row in chained(key, payloads)])
    engine.dispose()


def chained(execution_id: str, payloads: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the rows of one execution's events."""
    prev_hash = GENESIS
    for seq, payload in enumerate(payloads, start=1):
        record = {
            "execution_id": execution_id,
            "seq": seq,
            "user_id": "somebody",
            "event_type": payload["type"],
            "timestamp": iso(START),
            "created_at": iso(START),
            "payload": payload,
            "salts": salts_for(payload, execution_id),
            "prev_hash": prev_hash,
        }
        prev_hash = link(record)
        yield record | {"event_data": record.pop("payload"), "hash": prev_hash, "timestamp": START, "created_at": START}


async def measured(url: str, folder: Path, events: int) -> tuple[Checked, float, float]:
    """Return what was read, and how many seconds verifying took, by the clock and of the processor."""
    clock = FakeClock()
    await migrate(url)
    database = Database(url, masker=Masker(), clock=clock)
    world = await store_world(database)
    execution = make_execution(world.alice)
    async with database.begin() as uow:
        await uow.executions.add(execution)
        await uow.commit()
    with way_behind(url).connect() as connection:
        table = table_of(ExecutionRow)
        found = connection.execute(table.select().where(table.c.id == execution.id)).one()
    fill(url, dict(found._mapping), events, every_event(world))  # noqa: SLF001 - SQLAlchemy's public name
    checkpoints = Checkpoints(
        storage=database, clock=clock, translator=Catalogues(), file=DiskCheckpointFile(folder / "checkpoints.jsonl")
    )
    print(f"filled; peak {peak():.0f} MB", flush=True)
    begun = time.perf_counter()
    await checkpoints.make()
    sealing = time.perf_counter() - begun
    print(f"sealed in {sealing:.1f} s; peak {peak():.0f} MB", flush=True)
    begun, used = time.perf_counter(), time.process_time()
    checked = await verify(database, Checker(print, print))
    verifying, used = time.perf_counter() - begun, time.process_time() - used
    await database.aclose()
    return checked, verifying, used


def peak() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Fill, seal, verify, and print the figures."""
    collect_rarely()
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/bench.db"
        checked, seconds, used = asyncio.run(measured(url, Path(folder), events))
    each = used / checked.events * 1e6
    print(
        f"verified {checked.events} events in {seconds:.1f} s, {used:.1f} s of the processor, {each:.0f} us each; ",
        end="",
    )
    print(f"{checked.findings} findings; peak {peak():.0f} MB")


if __name__ == "__main__":
    main()
