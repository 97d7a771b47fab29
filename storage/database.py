"""Database: opens what a URL names and hands out units of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from core.domain.masking import Masker
from core.ports import Clock
from storage.backends import backend_of
from storage.memory import Memory
from storage.scrub import Scrubber
from storage.transactions import Readers
from storage.unit_of_work import OnEvents, SqlUnitOfWork
from storage.writers import Writers


class Database:
    """The port ``Storage`` on the database at ``url``. Connections open when they are needed; ``aclose`` closes them.

    ``masker`` stands before everything that is written, ``on_commit`` is called after every commit, and ``on_events``
    with what each has added to the record. ``queues_runs`` says that it has a queue for runs.

    Raises:
        StorageError: ``url`` is none, or names a database that is not supported.
    """

    def __init__(
        self,
        url: str,
        *,
        masker: Masker,
        clock: Clock,
        on_commit: Callable[[], None] = lambda: None,
        on_events: OnEvents = lambda _: None,
        queues_runs: bool = False,
    ) -> None:
        self.queues_runs = queues_runs
        backend = backend_of(url)
        self._writing, self._reading = backend.writing(), backend.reading()
        self._writers = Writers(self._writing, backend.lock(), backend.error_of)
        self._readers = Readers(self._reading, backend.readers, backend.error_of)
        self._writes = Counter[str]()

        def committed(tables: Iterable[str]) -> None:
            self._writes.update(tables)
            on_commit()

        unit = partial(SqlUnitOfWork, scrub=Scrubber(masker), clock=clock, translate=backend.error_of)
        self._unit = partial(unit, on_commit=committed, on_events=on_events, queues_runs=queues_runs, memory=Memory())

    def begin(self, *, ahead: bool = False) -> SqlUnitOfWork:
        return self._unit(self._writers.open(ahead=ahead), is_view=False)

    def read(self) -> SqlUnitOfWork:
        return self._unit(self._readers.open(), is_view=True)

    def writes(self, table: str) -> int:
        return self._writes[table]

    async def aclose(self) -> None:
        """Close all connections. No unit of work may be open."""
        # The last connection that closes empties SQLite's write-ahead log, which a reading one may not.
        await self._reading.dispose()
        await self._writers.aclose()
        await self._writing.dispose()
