"""Database: opens what a URL names and hands out units of work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.domain.masking import Masker
from core.ports import Clock
from storage.backends import backend_of
from storage.scrub import Scrubber
from storage.transactions import Readers
from storage.unit_of_work import SqlUnitOfWork
from storage.writers import Writers


class Database:
    """The port ``Storage`` on the database at ``url``. Connections open when they are needed; ``aclose`` closes them.

    ``masker`` stands before everything that is written, ``on_commit`` is called after every commit. ``queues_runs``
    says that it has a queue for runs.

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
        queues_runs: bool = False,
    ) -> None:
        self.queues_runs = queues_runs
        backend = backend_of(url)
        self._writing, self._reading = backend.writing(), backend.reading()
        self._writers = Writers(self._writing, backend.lock(), backend.error_of)
        self._readers = Readers(self._reading, backend.readers, backend.error_of)
        unit = partial(SqlUnitOfWork, scrub=Scrubber(masker), clock=clock, translate=backend.error_of)
        self._unit = partial(unit, on_commit=on_commit, queues_runs=queues_runs)

    def begin(self, *, ahead: bool = False) -> SqlUnitOfWork:
        return self._unit(self._writers.open(ahead=ahead))

    def read(self) -> SqlUnitOfWork:
        return self._unit(self._readers.open())

    async def aclose(self) -> None:
        """Close all connections. No unit of work may be open."""
        # The last connection that closes empties SQLite's write-ahead log, which a reading one may not.
        await self._reading.dispose()
        await self._writers.aclose()
        await self._writing.dispose()
