"""Database: opens what a URL names and hands out units of work.

Here and in ``types.py`` is everything that depends on the dialect; ``sqlite.py`` belongs to this module.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from functools import partial

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.domain.masking import Masker
from core.errors import StorageError
from core.ports import Clock
from storage import sqlite
from storage.scrub import Scrubber
from storage.unit_of_work import SqlUnitOfWork


class Database:
    """The port ``Storage`` on the database at ``url``. Connections open when they are needed; ``aclose`` closes them.

    ``masker`` stands before everything that is written, ``on_commit`` is called after every commit.

    Raises:
        StorageError: ``url`` is none, or names a database that is not supported.
    """

    def __init__(self, url: str, *, masker: Masker, clock: Clock, on_commit: Callable[[], None] = lambda: None) -> None:
        place = parse_url(url)
        self._writing = sqlite.writing_engine(place)
        self._reading = sqlite.reading_engine(place)
        self._one_writer, self._queue = asyncio.Lock(), asyncio.Lock()
        self._readers = asyncio.Semaphore(sqlite.READERS)
        self._unit = partial(
            SqlUnitOfWork,
            scrub=Scrubber(masker),
            clock=clock,
            translate=partial(sqlite.error_of, path=str(place.database)),
        )
        self._on_commit = on_commit

    def begin(self, *, ahead: bool = False) -> SqlUnitOfWork:
        turn = self._one_writer if ahead else self._in_line()
        return self._unit(self._writing, turn=turn, on_commit=self._on_commit)

    def read(self) -> SqlUnitOfWork:
        return self._unit(self._reading, turn=self._readers, on_commit=None)

    @contextlib.asynccontextmanager
    async def _in_line(self) -> AsyncIterator[None]:
        # Those in line wait for each other, so that whoever goes ahead waits for one writer at most.
        async with self._queue, self._one_writer:
            yield

    async def aclose(self) -> None:
        """Close all connections. No unit of work may be open."""
        # The last connection that closes empties the write-ahead log, which a reading one may not.
        await self._reading.dispose()
        await self._writing.dispose()


def parse_url(url: str) -> URL:
    """Return ``url`` with the driver that serves it.

    Raises:
        StorageError: it is no URL, or names a database that is not supported.
    """
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise StorageError(reason="its URL cannot be read; write sqlite:///path/to/file") from error
    if place.get_backend_name() != "sqlite":
        raise StorageError(reason=f"{place.get_backend_name()} is not supported; write sqlite:///path/to/file")
    if place.database in {None, "", ":memory:"}:
        raise StorageError(reason="its URL names no file; write sqlite:///path/to/file")
    return place.set(drivername="sqlite")
