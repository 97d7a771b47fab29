"""Workers: finds what is due in the database and does it, several things at a time, each thing once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from secrets import token_hex

import structlog

from bot.logs import correlated
from bot.peers import Alone, Peers
from core.errors import DiskFull, Internal, SkillwardenError, StorageError
from core.ports import Storage, UnitOfWork

# Tries before a piece of work that keeps failing for no known reason is given up.
TRIES = 3
# Seconds before work that failed is tried again, and before the database is asked again when it does not answer.
PAUSE = 1.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One kind of work: how to find what is due (ids), how to do one, and how to end one that cannot be done."""

    name: str
    find: Callable[[UnitOfWork], Awaitable[Sequence[str]]]
    work: Callable[[str], Awaitable[None]]
    abandon: Callable[[str, SkillwardenError], Awaitable[None]]
    #: How many at a time.
    limit: int
    #: The table that says what is due; None when several do.
    table: str | None = None
    #: Seconds from one look for it to the next; what becomes due meanwhile is found then.
    pause: float = 0.0


def log_failure(what: str, error: Exception) -> None:
    """Write a failure to the log, with its traceback."""
    _log.error("work failed", what=what, exc_info=error)


def process_name(*, is_one_of_many: bool) -> str:
    """Return how this process is called on the record: by its host and number."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    # A container that starts again has the same name, and its program the same number.
    return f"{name}:{token_hex(4)}" if is_one_of_many else name


def _thing(task: Task, key: str) -> str:
    """Return what a piece of work is called among peers."""
    return f"{task.name} {key}"


class Workers:
    """Runs ``tasks`` whenever it is woken. Everything it knows is in the database: a crash costs nothing.

    After a commit of this process those are asked whose table it wrote. What others commit, and what time makes due, is
    found when all of them are asked.
    """

    def __init__(
        self,
        storage: Storage,
        tasks: Sequence[Task],
        *,
        at_once: int,
        report: Callable[[str, Exception], None] = log_failure,
        peers: Peers | None = None,
    ) -> None:
        """Find work in ``storage``; do at most ``at_once`` things at a time (one: always in the same order).

        ``report`` hears what failed: what was being done, and the error. What one of ``peers`` is at is left to it.
        """
        self._peers = peers or Alone()
        self._report = report
        self._storage = storage
        self._tasks = tasks
        self._at_once = at_once
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._failures: dict[tuple[str, str], int] = {}
        #: What was found to be due while it was under way: it has to be asked about again when it has ended.
        self._overlooked: set[tuple[str, str]] = set()
        #: By kind: how often its table had been written when it was asked, if nothing speaks for asking again.
        self._asked: dict[str, int] = {}
        #: By kind that was looked for a moment ago: the time of the loop from which on it may be again.
        self._rests: dict[str, float] = {}
        self._alarm: asyncio.TimerHandle | None = None
        #: How many wait for everything to settle: for them nothing rests.
        self._impatient = 0
        self._woken = asyncio.Event()
        self._idle = asyncio.Event()
        #: Why nothing can be done at the moment; told to who waits for everything to settle.
        self._stuck: SkillwardenError | None = None
        self._lookups_failed = 0

    def wake(self) -> None:
        """Look for work of all kinds soon: time has passed, or others may have left some."""
        self._asked.clear()
        self.look()

    def look(self) -> None:
        """Look for work soon: something was committed here."""
        self._idle.clear()
        self._woken.set()

    async def settle(self) -> None:
        """Wait until nothing is under way and nothing is due.

        Raises:
            StorageError, DiskFull: the database cannot be used, and trying again has not helped so far.
        """
        self._impatient += 1
        try:
            self.wake()
            await self._idle.wait()
        finally:
            self._impatient -= 1
        if self._stuck is not None:
            error, self._stuck = self._stuck, None
            raise error

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while the context lasts; at its end what is under way is finished, and nothing new begun."""
        loop = asyncio.create_task(self._run(), name="workers")
        try:
            yield
        finally:
            if self._alarm is not None:
                self._alarm.cancel()
            loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await loop
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self._start_what_is_due()
            except SkillwardenError as error:
                _log.warning("work cannot be looked up", error=str(error))
                self._lookups_failed += 1
                self._note_trouble(error, self._lookups_failed)
                self._wake_later()
            except Exception as error:  # noqa: BLE001 - as below
                self._report("looking for work", error)
                self._wake_later()
            else:
                self._lookups_failed = 0
                if not self._busy and not self._woken.is_set():
                    self._idle.set()
            await self._woken.wait()

    def _wake_later(self) -> None:
        asyncio.get_running_loop().call_later(PAUSE, self.wake)

    async def _start_what_is_due(self) -> None:
        if len(self._busy) >= self._at_once:
            return  # whoever finishes rings
        tasks = [task for task in self._tasks if self._room(task) > 0 and self._may_be_due(task)]
        if not tasks:
            return
        # Before they are asked: what is committed meanwhile makes them be asked again.
        self._asked |= {task.name: self._storage.writes(task.table) for task in tasks if task.table is not None}
        now = asyncio.get_running_loop().time()
        self._rests |= {task.name: now + task.pause for task in tasks if task.pause}
        try:
            async with self._storage.read() as uow:
                due = await asyncio.gather(*(task.find(uow) for task in tasks))
        except BaseException:
            self._asked.clear()
            raise
        for task, ids in zip(tasks, due, strict=True):
            fresh = [key for key in ids if (task.name, key) not in self._busy]
            self._overlooked |= {(task.name, key) for key in ids} & self._busy.keys()
            room = max(0, self._room(task))
            for key in await self._taken(task, fresh, room):
                place = (task.name, key)
                self._busy[place] = asyncio.create_task(self._do(task, key), name=f"{task.name} {key}")
            if len(fresh) >= room:  # there may be more of them
                self._asked.pop(task.name, None)

    def _may_be_due(self, task: Task) -> bool:
        asked = self._asked.get(task.name)
        if asked is not None and task.table is not None and self._storage.writes(task.table) == asked:
            return False
        loop = asyncio.get_running_loop()
        rests_until = self._rests.get(task.name, 0.0)
        if rests_until <= loop.time() or self._impatient:
            return True
        if self._alarm is None:
            self._alarm = loop.call_at(rests_until, self._look_again)
        return False

    def _look_again(self) -> None:
        self._alarm = None
        self.look()

    async def _taken(self, task: Task, fresh: Sequence[str], room: int) -> Sequence[str]:
        """Return as many of the ``fresh`` pieces of work as there is ``room`` for, and as nobody else is at."""
        if not self._peers.are_several:
            return fresh[:room]
        taken: list[str] = []
        still_due: frozenset[str] = frozenset()
        try:
            while fresh and len(taken) < room:
                wanted, fresh = fresh[: room - len(taken)], fresh[room - len(taken) :]
                ours = await self._peers.take([_thing(task, key) for key in wanted])
                taken += [key for key in wanted if _thing(task, key) in ours]
            if taken:
                # Whoever had one of them until now may have finished it since they were found.
                async with self._storage.read() as uow:
                    still_due = frozenset(await task.find(uow))
        finally:
            for key in set(taken) - still_due:
                await self._peers.give_back(_thing(task, key))
        return [key for key in taken if key in still_due]

    def _room(self, task: Task) -> int:
        """Return how many more of a kind of work can be begun."""
        running = sum(name == task.name for name, _ in self._busy)
        return min(task.limit - running, self._at_once - len(self._busy))

    async def _do(self, task: Task, key: str) -> None:
        place = (task.name, key)
        with correlated(key):
            try:
                await task.work(key)
                self._failures.pop(place, None)
            except Exception as error:  # noqa: BLE001 - the last boundary: one broken thing must not stop the others
                self._overlooked.add(place)  # it is still due
                await self._failed(task, key, error)
            finally:
                await self._peers.give_back(_thing(task, key))
                del self._busy[place]
                if place in self._overlooked:
                    self._overlooked.discard(place)
                    self._asked.pop(task.name, None)
                self.look()

    def _note_trouble(self, error: Exception, tries: int) -> None:
        """Tell whoever waits for everything to settle that it will not, while the database cannot be used."""
        if isinstance(error, StorageError | DiskFull) and tries >= TRIES:
            self._stuck = error
            self._idle.set()

    async def _failed(self, task: Task, key: str, error: Exception) -> None:
        place = (task.name, key)
        self._failures[place] = self._failures.get(place, 0) + 1
        self._report(f"{task.name} {key}, try {self._failures[place]}", error)
        if self._failures[place] < TRIES or (isinstance(error, SkillwardenError) and error.recoverable):
            self._note_trouble(error, self._failures[place])
            await asyncio.sleep(PAUSE)
            return
        del self._failures[place]
        reason = error if isinstance(error, SkillwardenError) else Internal(code=type(error).__name__)
        try:
            await task.abandon(key, reason)
        except Exception as again:  # noqa: BLE001 - as above
            self._report(f"giving up {task.name} {key}", again)
            await asyncio.sleep(PAUSE)
