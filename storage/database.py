"""Database: opens what a URL names and hands out units of work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from core.domain.masking import Masker
from core.ports import Clock
from storage.backends import backend_of
from storage.backends.base import OneWriter
from storage.scrub import Scrubber
from storage.unit_of_work import SqlUnitOfWork


class Database:
    """The port ``Storage`` on the database at ``url``. Connections open when they are needed; ``aclose`` closes them.

    ``masker`` stands before everything that is written, ``on_commit`` is called after every commit.

    Raises:
        StorageError: ``url`` is none, or names a database that is not supported.
    """

    def __init__(self, url: str, *, masker: Masker, clock: Clock, on_commit: Callable[[], None] = lambda: None) -> None:
        self._backend = backend_of(url)
        self._writing, self._reading = self._backend.writing(), self._backend.reading()
        self._turns, self._readers = OneWriter(), asyncio.Semaphore(self._backend.readers)
        self._unit = partial(SqlUnitOfWork, scrub=Scrubber(masker), clock=clock, translate=self._backend.error_of)
        self._on_commit = on_commit

    def begin(self, *, ahead: bool = False) -> SqlUnitOfWork:
        turn = self._turns.turn(ahead=ahead)
        return self._unit(self._writing, turn=turn, lock=self._backend.lock(), on_commit=self._on_commit)

    def read(self) -> SqlUnitOfWork:
        return self._unit(self._reading, turn=self._readers, on_commit=None)

    async def aclose(self) -> None:
        """Close all connections. No unit of work may be open."""
        # The last connection that closes empties SQLite's write-ahead log, which a reading one may not.
        await self._reading.dispose()
        await self._writing.dispose()
