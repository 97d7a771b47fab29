"""``python -m tests.bench.audit [EVENTS] [URL]`` fills a database and verifies it; prints time and memory.

The bounds of the issue: 10^6 events in under 60 s, in flat memory. Without a URL it is SQLite in a temporary folder.
"""

from __future__ import annotations

import asyncio
import json
import resource
import secrets
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.integrations.checkpoint_file import DiskCheckpointFile
from bot.locale.translator import Catalogues
from core.domain.audit.checking import Checked, Checker
from core.domain.base import new_id
from core.domain.events import ChainedEvent, ExecutionEvent, chain
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
    left = events // len(kinds)
    while left > 0:
        batch_executions, batch_rows = [], []
        for _ in range(min(_BATCH, left)):
            key = new_id(START + timedelta(seconds=events - left))
            batch_executions.append(columns | {"id": key, "code": secrets.token_hex(8), "dedupe_key": key})
            last: ChainedEvent | None = None
            for event in kinds:
                last = chain(
                    event,
                    execution_id=key,
                    user_id="somebody",
                    created_at=START,
                    after=last,
                    payload=json.loads(event.model_dump_json()),
                    salt=key,
                )
                batch_rows.append(
                    {name: getattr(last, name) for name in ChainedEvent.model_fields if name != "payload"}
                    | {"event_data": last.payload}
                )
        with engine.begin() as connection:
            connection.execute(insert(executions), batch_executions)
            connection.execute(insert(rows), batch_rows)
        left -= _BATCH
    engine.dispose()


async def measured(url: str, folder: Path, events: int) -> tuple[Checked, float, float]:
    """Return what was read, and the seconds that sealing and verifying took."""
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
    begun = time.perf_counter()
    checked = await verify(database, Checker(print, print))
    verifying = time.perf_counter() - begun
    await database.aclose()
    return checked, sealing, verifying


def peak() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Fill, seal, verify, and print the figures."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/bench.db"
        checked, _, seconds = asyncio.run(measured(url, Path(folder), events))
    each = seconds / checked.events * 1e6
    print(
        f"verified {checked.events} events in {seconds:.1f} s, {each:.0f} us each; {checked.findings} findings; ",
        end="",
    )
    print(f"peak {peak():.0f} MB")


if __name__ == "__main__":
    main()
