"""Workers: everything that is due is done, each thing once, so many at a time, and a broken thing stops no other."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import cast

import pytest
from structlog.testing import capture_logs

from bot import workers
from bot.peers import Peers
from bot.workers import TRIES, Task, Workers
from core.errors import DiskFull, Internal, RuleBroken, SkillArchived, SkillwardenError, SourceUnreachable, StorageError
from core.ports import Storage, UnitOfWork
from tests.peers import Town

pytestmark = pytest.mark.timeout(20)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once."""
    monkeypatch.setattr(workers, "PAUSE", 0)


class Database:
    """Stands in for storage: it cannot be read as often as ``failures`` says."""

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.reads = 0
        self.written = Counter[str]()

    def writes(self, table: str) -> int:
        return self.written[table]

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._read()

    def begin(self, *, ahead: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        raise AssertionError("workers only read")

    @contextlib.asynccontextmanager
    async def _read(self) -> AsyncIterator[UnitOfWork]:
        self.reads += 1
        await asyncio.sleep(0)  # let others in, as a real look-up does
        if self.failures:
            raise self.failures.pop(0)
        yield cast("UnitOfWork", None)


class Board:
    """One kind of work: what is due, who is at it, what was done. ``act`` may raise, or wait."""

    def __init__(
        self, *due: str, name: str = "work", limit: int = 10, table: str | None = None, pause: float = 0.0
    ) -> None:
        self.due = list(due)
        self.pause = pause
        self.table = table
        self.looks = 0
        self.limit = limit
        self.name = name
        self.under_way: set[str] = set()
        self.most_at_once = 0
        self.begun: list[str] = []
        self.done: list[str] = []
        self.abandoned: dict[str, SkillwardenError] = {}
        self.errors: dict[str, list[Exception]] = {}
        self.abandon_errors: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.on_done: Callable[[str], None] = lambda key: None

    @property
    def task(self) -> Task:
        return Task(
            name=self.name,
            find=self._find,
            work=self._work,
            abandon=self._abandon,
            limit=self.limit,
            table=self.table,
            pause=self.pause,
        )

    async def _find(self, _uow: UnitOfWork) -> Sequence[str]:
        self.looks += 1
        return tuple(self.due)

    async def _work(self, key: str) -> None:
        assert key not in self.under_way, "done twice at the same time"
        self.under_way.add(key)
        self.most_at_once = max(self.most_at_once, len(self.under_way))
        self.begun.append(key)
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
            if self.errors.get(key):
                raise self.errors[key].pop(0)
        finally:
            self.under_way.discard(key)
        self.due.remove(key)
        self.done.append(key)
        self.on_done(key)

    async def _abandon(self, key: str, error: SkillwardenError) -> None:
        if self.abandon_errors:
            raise self.abandon_errors.pop(0)
        self.due.remove(key)
        self.abandoned[key] = error


def team(
    *boards: Board,
    at_once: int = 100,
    database: Database | None = None,
    reports: list[str] | None = None,
    peers: Peers | None = None,
) -> Workers:
    """Return workers for ``boards`` that write what fails on ``reports``."""
    storage, heard = cast("Storage", database or Database()), [] if reports is None else reports
    tasks = [board.task for board in boards]
    report = functools.partial(_hear, heard)
    return Workers(storage, tasks, at_once=at_once, report=report, peers=peers)


def _hear(heard: list[str], what: str, error: Exception) -> None:
    heard.append(f"{what}: {error!r}")


async def until(condition: Callable[[], bool]) -> None:
    """Let the others run until ``condition`` holds."""
    while not condition():  # noqa: ASYNC110 - nothing announces it, and no time passes
        await asyncio.sleep(0)


async def some_turns() -> None:
    """Let the others run for much longer than a look-up takes."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_everything_that_is_due_is_done_once() -> None:
    """However often it is found while it is under way, a thing is begun once."""
    board = Board("a", "b", "c")
    board.gate.clear()
    team_ = team(board)
    async with team_.running():
        team_.wake()
        await until(lambda: len(board.under_way) == 3)
        for _ in range(5):
            team_.wake()
            await some_turns()
        board.gate.set()
        await team_.settle()
    assert Counter(board.begun) == Counter("abc")
    assert sorted(board.done) == ["a", "b", "c"]


@pytest.mark.parametrize(("limit", "at_once", "most"), [(1, 100, 1), (3, 100, 3), (100, 2, 2), (100, 1, 1)])
async def test_no_more_at_a_time_than_allowed(limit: int, at_once: int, most: int) -> None:
    """Both the limit of a kind and that of all kinds together are kept, and still everything is done."""
    board = Board(*"abcdefgh", limit=limit)
    workers_ = team(board, at_once=at_once)
    async with workers_.running():
        await workers_.settle()
    assert sorted(board.done) == list("abcdefgh")
    assert board.most_at_once == most


async def test_kinds_of_work_share_the_workers() -> None:
    """A kind that is blocked up to its limit leaves the rest to the others."""
    slow, quick = Board("a", "b", "c", name="slow", limit=2), Board("d", "e", name="quick")
    slow.gate.clear()
    workers_ = team(slow, quick, at_once=3)
    async with workers_.running():
        workers_.wake()
        await until(lambda: len(quick.done) == 2)
        assert slow.under_way == {"a", "b"}
        slow.gate.set()
        await workers_.settle()
    assert slow.done == ["a", "b", "c"]


async def test_the_same_id_may_be_due_as_two_kinds_of_work() -> None:
    """Work is told apart by its kind and its id."""
    one, two = Board("a", name="one"), Board("a", name="two")
    workers_ = team(one, two)
    async with workers_.running():
        await workers_.settle()
    assert (one.done, two.done) == (["a"], ["a"])


async def test_one_at_a_time_is_always_in_the_same_order() -> None:
    """With one worker the first kind goes first, and within a kind what was found first."""
    order: list[str] = []
    first, second = Board("a", "b", name="first"), Board("c", "d", name="second")
    first.on_done = second.on_done = order.append
    workers_ = team(first, second, at_once=1)
    async with workers_.running():
        await workers_.settle()
    assert order == ["a", "b", "c", "d"]


async def test_work_that_comes_up_later_is_done_when_woken() -> None:
    """What a commit left behind is found, also when it was committed while somebody was looking."""
    database, board = Database(), Board()
    workers_ = team(board, database=database)
    async with workers_.running():
        await workers_.settle()
        for key in "abc":
            reads = database.reads
            workers_.wake()
            await until(lambda reads=reads: database.reads > reads)  # type: ignore[misc]  # bound for each round
            board.due.append(key)
            workers_.wake()
            await until(lambda key=key: key in board.done)  # type: ignore[misc]  # bound for each round
        await workers_.settle()
    assert board.done == ["a", "b", "c"]


async def test_after_a_commit_those_are_asked_whose_table_it_wrote() -> None:
    """A commit to one table leaves the other kinds of work alone; whoever is woken for another reason asks them all."""
    database = Database()
    left, right = Board(name="left", table="lefts"), Board(name="right", table="rights")
    workers_ = team(left, right, database=database)
    async with workers_.running():
        await workers_.settle()
        looks = (left.looks, right.looks)
        left.due.append("a")
        database.written["lefts"] += 1
        workers_.look()
        await until(lambda: left.done == ["a"])
        await some_turns()
        assert right.looks == looks[1]
        right.due.append("b")  # by another process
        workers_.look()
        await some_turns()
        assert right.done == []
        workers_.wake()
        await until(lambda: right.done == ["b"])


async def test_what_has_ended_is_not_asked_about_again() -> None:
    """What its work committed was looked at when it was; only what was found while it was under way is due again."""
    database, board = Database(), Board("a", table="things")
    ended = asyncio.Event()

    async def work(key: str) -> None:
        board.due.remove(key)
        database.written["things"] += 1
        workers_.look()
        await until(lambda: board.looks == 2)
        ended.set()

    task = dataclasses.replace(board.task, work=work)
    workers_ = Workers(cast("Storage", database), [task], at_once=2)
    async with workers_.running():
        workers_.wake()
        await ended.wait()
        await some_turns()
        assert board.looks == 2


async def test_what_becomes_due_again_while_it_is_under_way_is_done_again() -> None:
    """The commit that made it so was seen while nothing new could be begun."""
    database, board = Database(), Board("a", table="things")
    workers_ = team(board, database=database)
    board.gate.clear()
    board.on_done = lambda key: board.due.append(key) if len(board.done) == 1 else None
    async with workers_.running():
        workers_.wake()
        await until(lambda: board.under_way == {"a"})
        database.written["things"] += 1
        workers_.look()
        await some_turns()
        board.gate.set()
        await until(lambda: board.done == ["a", "a"])


async def test_what_there_was_no_room_for_is_done_without_another_commit() -> None:
    """A kind of which more was found than could be begun is asked again as soon as something has ended."""
    board, other = Board(*"abcde", limit=2, table="things"), Board("x", name="other", table="others")
    workers_ = team(board, other, at_once=2)
    async with workers_.running():
        workers_.wake()
        await until(lambda: sorted(board.done) == list("abcde") and other.done == ["x"])


async def test_what_was_not_among_the_first_is_done_without_another_commit() -> None:
    """A look-up gives as many as may be begun; behind them there may be more, whether or not their work commits."""
    board = Board(*"abcde", limit=2, table="things")

    async def first_two(_uow: UnitOfWork) -> Sequence[str]:
        return tuple(board.due[:2])

    workers_ = Workers(cast("Storage", Database()), [dataclasses.replace(board.task, find=first_two)], at_once=10)
    async with workers_.running():
        workers_.wake()
        await until(lambda: sorted(board.done) == list("abcde"))


async def test_what_was_looked_for_a_moment_ago_rests_unless_somebody_waits_for_everything() -> None:
    """However much becomes due meanwhile is found by one look, at the latest for who waits; other kinds do not rest."""
    board, other = Board("a", name="slow", pause=3600), Board("x", name="quick")
    workers_ = team(board, other)
    async with workers_.running():
        workers_.wake()
        await until(lambda: board.done == ["a"] and other.done == ["x"])
        for key in "ab":
            board.due.append(key)
            other.due.append(key)
            workers_.wake()
            await some_turns()
        assert board.done == ["a"]
        assert other.done == ["x", "a", "b"]
        await workers_.settle()
    assert sorted(board.done) == ["a", "a", "b"]


async def test_what_has_rested_is_looked_for_without_being_woken() -> None:
    """Nobody has to commit anything for it."""
    board = Board("a", pause=0.01)
    workers_ = team(board)
    async with workers_.running():
        workers_.wake()
        await until(lambda: board.done == ["a"])
        board.due.append("a")
        workers_.wake()
        await until(lambda: board.done == ["a", "a"])


async def test_settling_waits_for_what_work_leaves_behind() -> None:
    """Work that makes new work due is followed to its end."""
    board = Board("a")
    board.on_done = lambda key: board.due.append(f"{key}a") if len(key) < 5 else None
    workers_ = team(board)
    async with workers_.running():
        await workers_.settle()
        assert board.done == ["a", "aa", "aaa", "aaaa", "aaaaa"]
        await workers_.settle()
    assert not board.due


async def test_settling_waits_for_what_is_under_way() -> None:
    """As long as somebody is at it, nothing has settled."""
    board = Board("a")
    board.gate.clear()
    workers_ = team(board)
    async with workers_.running():
        settled = asyncio.create_task(workers_.settle())
        await some_turns()
        assert not settled.done()
        board.gate.set()
        await settled
    assert board.done == ["a"]


async def test_settling_waits_for_what_cannot_be_looked_up() -> None:
    """While the database does not answer nobody knows what is due, so nothing has settled."""
    database, board = Database(), Board("a")
    database.failures = [StorageError(reason="locked") for _ in range(TRIES - 1)]
    workers_ = team(board, database=database)
    async with workers_.running():
        await workers_.settle()
        assert (board.done, database.failures) == (["a"], [])


async def test_a_look_up_that_breaks_is_reported_and_tried_again() -> None:
    """An error nobody foresaw in the look-up does not end the work for ever, and somebody hears of it."""
    database, board = Database(), Board("a")
    reports: list[str] = []
    database.failures = [RuntimeError("a bug")]
    workers_ = team(board, database=database, reports=reports)
    async with workers_.running():
        await workers_.settle()
    assert board.done == ["a"]
    assert reports == ["looking for work: RuntimeError('a bug')"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RuntimeError("a bug"), Internal(code="RuntimeError")),
        (KeyError("a"), Internal(code="KeyError")),
        (SkillArchived(skill="pdf"), SkillArchived(skill="pdf")),
        (RuleBroken(reason="UNIQUE code"), RuleBroken(reason="UNIQUE code")),
    ],
)
async def test_work_that_keeps_failing_is_given_up(error: Exception, reason: SkillwardenError) -> None:
    """After so many tries it is ended with its reason, and everything else was done meanwhile."""
    board = Board("a", "b", "c")
    board.errors["b"] = [error] * 99
    workers_ = team(board)
    async with workers_.running():
        await workers_.settle()
    assert Counter(board.begun) == Counter({"a": 1, "b": TRIES, "c": 1})
    assert board.done == ["a", "c"]
    assert list(board.abandoned) == ["b"]
    assert (type(board.abandoned["b"]), str(board.abandoned["b"])) == (type(reason), str(reason))


@pytest.mark.parametrize("error", [SourceUnreachable(source="acme/skills", reason="no route"), DiskFull(path="/srv")])
async def test_what_may_pass_is_never_given_up(error: SkillwardenError) -> None:
    """A recoverable error is waited out, however long it lasts."""
    board = Board("a")
    board.errors["a"] = [error] * (10 * TRIES)
    workers_ = team(board)
    async with workers_.running():
        while not board.done:
            with contextlib.suppress(StorageError, DiskFull):
                await workers_.settle()
    assert len(board.begun) == 10 * TRIES + 1
    assert (board.done, board.abandoned) == (["a"], {})


async def test_who_waits_is_told_that_the_database_cannot_be_used() -> None:
    """Nobody waits for ever without a word: after some tries settling fails, and the work goes on being tried."""
    board = Board("a")
    board.errors["a"] = [DiskFull(path="/home")] * TRIES
    workers_ = team(board)
    async with workers_.running():
        with pytest.raises(DiskFull):
            await workers_.settle()
        await workers_.settle()
    assert board.done == ["a"]


async def test_a_success_forgives() -> None:
    """Failures count only as long as nothing went well in between: the same thing may be due again."""
    board = Board("a")
    board.errors["a"] = [RuntimeError("a bug")] * (TRIES - 1)
    workers_ = team(board)
    async with workers_.running():
        for _ in range(3):
            await workers_.settle()
            board.errors["a"] = [RuntimeError("a bug")] * (TRIES - 1)
            board.due.append("a")
        await workers_.settle()
    assert (board.done, board.abandoned) == (["a"] * 4, {})


@pytest.mark.parametrize("error", [StorageError(reason="locked"), RuntimeError("another bug")])
async def test_giving_up_is_tried_again_too(error: Exception) -> None:
    """When even the end of a piece of work cannot be recorded it stays due; the others go on, and it is reported."""
    board = Board("a", "b")
    reports: list[str] = []
    board.errors["a"] = [RuntimeError("a bug")] * 99
    board.abandon_errors = [error]
    workers_ = team(board, reports=reports)
    async with workers_.running():
        await workers_.settle()
    assert (board.done, list(board.abandoned)) == (["b"], ["a"])
    tries = [f"work a, try {number}: RuntimeError('a bug')" for number in range(1, TRIES + 1)]
    assert reports == [*tries, f"giving up work a: {error!r}", *tries]


def test_a_failure_is_logged_unless_somebody_else_wants_to_hear_of_it() -> None:
    """By default what failed is in the log, with the error itself."""
    error = RuntimeError("a bug")
    with capture_logs() as logs:
        workers.log_failure("work a, try 1", error)
    assert logs == [{"event": "work failed", "log_level": "error", "what": "work a, try 1", "exc_info": error}]


async def test_at_the_end_what_is_under_way_is_finished_and_nothing_new_begun() -> None:
    """Stopping waits for the work in hand; what else is due stays for the next start."""
    board = Board("a", "b", limit=1)
    board.gate.clear()
    workers_ = team(board)

    async def stop_soon() -> None:
        await some_turns()
        board.gate.set()

    async with workers_.running():
        workers_.wake()
        await until(lambda: board.under_way == {"a"})
        opener = asyncio.create_task(stop_soon())
    await opener
    assert (board.begun, board.done, board.due) == (["a"], ["a"], ["b"])


async def test_a_new_start_goes_on_where_the_last_one_stopped() -> None:
    """Nothing is remembered but what the database says is due."""
    board = Board("a", "b")
    async with team(board).running():
        pass
    assert board.begun == []
    workers_ = team(board)
    async with workers_.running():
        await workers_.settle()
    assert board.done == ["a", "b"]


async def test_of_two_processes_each_thing_is_done_by_one() -> None:
    """Both find everything, and the board would notice if both were at the same thing; the work is shared."""
    board, town = Board(*(f"{number}" for number in range(30)), limit=3), Town()
    one, two = team(board, peers=town.member()), team(board, peers=town.member())
    board.gate.clear()
    async with one.running(), two.running():
        one.wake()
        two.wake()
        await until(lambda: len(board.under_way) == 2 * board.limit)
        board.gate.set()
        await until(lambda: not board.due)
        await one.settle()
        await two.settle()
    assert sorted(board.begun, key=int) == [f"{number}" for number in range(30)]
    assert town.taken == {}


async def test_what_the_other_process_finished_meanwhile_is_not_done_again() -> None:
    """It was found before it was done; it can be taken, and is due no more."""
    board, town = Board("a"), Town()
    slow = town.member()
    take = slow.take

    async def late(things: Sequence[str]) -> frozenset[str]:
        board.due.clear()  # the other one was faster
        return await take(things)

    slow.take = late  # type: ignore[method-assign]  # a test's own object
    workers_ = team(board, peers=slow)
    async with workers_.running():
        await workers_.settle()
    assert board.begun == []
    assert town.taken == {}


async def test_what_failed_can_be_taken_by_another_process() -> None:
    """A process that cannot do something must not keep it from one that can."""
    board, town = Board("a"), Town()
    board.errors["a"] = [StorageError(reason="here only")]
    one = team(board, peers=town.member())
    async with one.running():
        await one.settle()
    assert board.done == ["a"]
    assert town.taken == {}


async def test_a_process_that_cannot_ask_its_peers_does_nothing_until_it_can() -> None:
    """Fail closed: somebody else may be at it."""
    board, town = Board("a"), Town()
    member = town.member()
    member.is_cut_off = True
    workers_ = team(board, peers=member)
    async with workers_.running():
        workers_.wake()
        await some_turns()
        assert board.begun == []
        member.is_cut_off = False
        await until(lambda: board.done == ["a"])
