"""Writers: units of work that write take turns, and what several of them commit reaches the disk together."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

from sqlalchemy import Connection, NestedTransaction

from storage.backends.base import Lock
from storage.transactions import DRIVER_ERRORS, Door, Exchange, Link, Transaction, Translate, translated

T = TypeVar("T")

# How many units of work one commit takes along at most: the first of them waits for the last.
GROUP = 16


class _Group:
    """Units of work in one transaction of the database: how many are done, and what became of all of them."""

    def __init__(self) -> None:
        self.size = 0
        self.error: Exception | None = None
        self.ended = asyncio.Event()

    async def settled(self, translate: Translate) -> None:
        """Wait until all of it is durable.

        Raises:
            StorageError, DiskFull: nothing of it is.
        """
        await self.ended.wait()
        if self.error is not None:
            raise translate(self.error) from self.error


class Writers:
    """Writers take turns on one connection; who goes ahead waits for one of them at most.

    When a unit of work is done while others wait in line, the next one goes on in the same transaction, behind a
    savepoint, and one commit makes all of them durable. Nobody hears that anything is committed before it is, and who
    leaves without a commit has waited for the commit of what was seen.
    """

    def __init__(self, exchange: Exchange, lock: Lock | None, translate: Translate) -> None:
        """Run ``lock`` at the beginning of every transaction: it keeps the writers of other programs away."""
        self._door = Door(exchange)
        self._lock = lock
        self.translate = translate
        self._writer, self._queue = asyncio.Lock(), asyncio.Lock()
        self._waiting, self._is_in_line = 0, False
        self._link: Link | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        #: What the present transaction holds.
        self.group = _Group()

    @contextlib.asynccontextmanager
    async def open(self, *, ahead: bool) -> AsyncIterator[Transaction]:
        """Open a unit of work; leaving it without a commit takes back what it did."""
        turn = _Turn(self, is_ahead=ahead)
        await turn.begin()
        is_patient = True
        try:
            yield turn
        except BaseException as error:
            is_patient = isinstance(error, Exception)
            raise
        finally:
            await turn.leave(is_patient=is_patient)

    async def aclose(self) -> None:
        """Close the connection. No unit of work may be open."""
        await asyncio.gather(*self._tasks)
        await self._hang_up()

    async def wait(self, *, ahead: bool) -> Link:
        """Wait for a turn, and return the connection; the turn ends with ``release`` or ``end``."""
        since = asyncio.get_running_loop().time()
        self._waiting += 1
        try:
            await self._acquire(ahead=ahead)
        except BaseException:
            # The present one may have left the commit to whoever goes now.
            self.go_on(self._commit_what_is_left())
            raise
        finally:
            self._waiting -= 1
        try:
            if self._link is None:
                with translated(self.translate):
                    self._link = await self._door.open(since)
        except BaseException:
            self.release()
            raise
        return self._link

    def begin(self, connection: Connection) -> NestedTransaction | None:
        """Begin the transaction, or go on in it behind a savepoint."""
        if connection.in_transaction():
            return connection.begin_nested()
        if self._lock is not None:
            connection.execute(*self._lock)
        return None

    def has_next(self) -> bool:
        """Whether the next one in line should go on in the same transaction."""
        return self._waiting > 0 and self.group.size + 1 < GROUP

    def release(self) -> None:
        """Let the next one in line go on."""
        if self._is_in_line:
            self._queue.release()
        self._writer.release()

    async def end(self, error: Exception | None = None) -> None:
        """The transaction has ended: all of it is durable, or, because of ``error``, nothing. Let the next begin."""
        group, self.group = self.group, _Group()
        if error is not None:
            group.error = error
            if self._link is not None:
                with contextlib.suppress(*DRIVER_ERRORS):
                    # What failed to commit may still be open: nobody goes on in it.
                    await self._link.run_sync(Connection.invalidate)
            with contextlib.suppress(*DRIVER_ERRORS):
                await self._hang_up()
        group.ended.set()
        self.release()

    async def end_or_release(self, link: Link) -> None:
        """Commit what was done before, unless the next one in line does."""
        if not self.group.size or self.has_next():
            self.release()
            return
        try:
            await link.run_sync(Connection.commit)
        except Exception as error:  # noqa: BLE001 - whatever it is, the group hears of it, and the next one goes on
            await self.end(error)
        else:
            await self.end()

    def go_on(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do ``work`` to its end, even when the one who waits for it has gone."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _acquire(self, *, ahead: bool) -> None:
        # Those in line wait for each other, so that whoever goes ahead waits for the present writer alone.
        if not ahead:
            await self._queue.acquire()
        try:
            await self._writer.acquire()
        except BaseException:
            if not ahead:
                self._queue.release()
            raise
        self._is_in_line = not ahead

    async def _commit_what_is_left(self) -> None:
        await self._acquire(ahead=True)
        if self._link is None:
            self.release()
        else:
            await self.end_or_release(self._link)

    async def _hang_up(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            await link.close()


class _Turn(Transaction):
    """One unit of work: it has a turn from its beginning to its commit, and a new one when it goes on after that."""

    def __init__(self, writers: Writers, *, is_ahead: bool) -> None:
        self._writers = writers
        self._is_ahead = is_ahead
        self._link: Link | None = None
        self._committing: asyncio.Task[None] | None = None

    async def begin(self) -> Link:
        """Wait for a turn, and return the connection."""
        self._link = await self._writers.wait(ahead=self._is_ahead)
        self._group = self._writers.group
        self._saw_others = self._group.size > 0
        self._has_begun = self._is_behind_others = False
        self._savepoint: NestedTransaction | None = None
        return self._link

    async def run(self, work: Callable[[Connection], T]) -> T:
        link = self._link or await self.begin()
        return await link.run_sync(lambda connection: self._do(connection, work))

    async def commit(self, work: Callable[[Connection], object]) -> None:
        link = self._link or await self.begin()
        self._committing = self._writers.go_on(self._commit(link, work))
        await asyncio.shield(self._committing)
        await self._group.settled(self._writers.translate)

    async def leave(self, *, is_patient: bool) -> None:
        """Take back what was not committed. Who is not patient does not wait for what others have done before."""
        if self._link is not None:
            await asyncio.shield(self._writers.go_on(self._give_up()))
            if self._saw_others and is_patient:
                await self._group.settled(self._writers.translate)

    def _do(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        if not self._has_begun:
            self._has_begun = True
            self._is_behind_others = connection.in_transaction()
            self._savepoint = self._writers.begin(connection)
        return work(connection)

    async def _commit(self, link: Link, work: Callable[[Connection], object]) -> None:
        """Do ``work``, then commit, or leave that to the next one in line."""
        is_last = self._is_ahead or not self._writers.has_next()
        is_done = False

        def all_of_it(connection: Connection) -> None:
            nonlocal is_done
            self._do(connection, work)
            if self._savepoint is not None:
                self._savepoint.commit()
            is_done = True
            if is_last:
                connection.commit()

        try:
            await link.run_sync(all_of_it)
        except Exception as error:
            if not is_done:
                raise  # nobody else is concerned: leaving takes it back
            self._link = None
            await self._writers.end(error)
            return
        self._link = None
        self._group.size += 1
        if is_last:
            await self._writers.end()
        else:
            self._writers.release()

    async def _give_up(self) -> None:
        if self._committing is not None:
            await asyncio.wait([self._committing])
        link, self._link = self._link, None
        if link is None:
            return  # it was committed after all
        try:
            # Also when nobody waits any more for what was begun: whether it was is known where it is done.
            await link.run_sync(self._take_back)
        except Exception as error:  # noqa: BLE001 - as above
            await self._writers.end(error)
        else:
            await self._writers.end_or_release(link)

    def _take_back(self, connection: Connection) -> None:
        if not self._has_begun:
            return
        if self._savepoint is not None:
            self._savepoint.rollback()
        else:
            connection.rollback()
        if connection.invalidated or (self._is_behind_others and self._savepoint is None):
            raise ConnectionResetError("what was done before is lost with the connection")
