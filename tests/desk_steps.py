"""How a state machine works an approval desk: it says, presses, works, dies and restarts, and everything is checked."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from typing import Any
from unittest import mock

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import update

from core.domain.actions import ChatAction
from core.domain.executions import RunStatus
from core.domain.users import User
from core.errors import SkillwardenError
from core.ports import UnitOfWork
from core.services.people import People
from tests.approval_model import Row, Snapshot, look, requests_in
from tests.databases import kept_open, table, way_behind
from tests.desk import Desk
from tests.desk_checks import Checks
from tests.desk_world import Died

# What is worked on, by what is said about it.
_BEFORE = {"everything": None, "preparing": {"inbox", "prepare"}, "hearing": {"inbox"}, "nothing": set[str]()}


class DeskMachine(RuleBasedStateMachine):
    """A desk and its checks; the rules are somebody else's."""

    #: Where the desk is: one of ``BACKENDS``.
    backend = "sqlite"
    desk: Desk
    checks: Checks

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="skillwarden-machine-")
        self._loop = asyncio.Runner()
        # How long a failed delivery waits is random within limits.
        self._jitter = mock.patch("secrets.randbelow", lambda most: most // 2)
        self._jitter.start()
        self.said: list[tuple[str, ChatAction, str]] = []
        #: The rows after the last thing that changed them.
        self._seen: Snapshot | None = None

    def teardown(self) -> None:
        """Let everything come to rest, and look at what is left."""
        try:
            if hasattr(self, "desk"):
                self._settle()
                self._loop.run(self.checks.at_the_end())
        finally:
            self.close()

    def close(self) -> None:
        """End the process, and leave nothing behind."""
        if hasattr(self, "desk"):
            self._run(self.desk.close())
        self._jitter.stop()
        self._loop.close()
        self._folder.cleanup()

    def _run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        try:
            return self._loop.run(doing)
        except Died:
            self._restart()
            return None

    def _restart(self) -> None:
        self._seen = None
        self._loop.run(self.desk.restart(self.checks.terms.policy))

    def _say(self, who: str, action: ChatAction, at_once: str) -> None:
        key = f"line {len(self.said)}"
        self.said.append((who, action, key))
        self._run(self.desk.say(who, action, key))
        self._perhaps_work(at_once)

    def _perhaps_work(self, at_once: str) -> None:
        """Do what is due, as far as ``at_once`` says."""
        kinds = _BEFORE[at_once]
        while (due := self._run(self.desk.workers.due())) and (kinds is None or due[0][0] in kinds):
            self._watched(lambda: self.desk.work([0]))

    def _swap(self, request: Row) -> None:
        """Write something else into what will run, behind the program's back."""
        execution = look(self.desk.url).executions[request["execution_id"]]
        subject, rows = execution["subject"], table("executions")
        if execution["status"] == "pending" and subject["skills"]:
            subject["skills"][0]["author"] = "Mallory"
            with way_behind(self.desk.url).begin() as connection:
                connection.execute(update(rows).where(rows.c.id == execution["id"]).values(subject=subject))

    async def _claim_again(self, execution_id: str) -> None:
        """Be another worker that takes the runs of an execution while they are under way."""
        async with self.desk.database.read() as uow:
            runs = await uow.runs.of_execution(execution_id)
        for run in runs:
            if run.status is RunStatus.RUNNING:
                await self.desk.workers.do("run", run.id)

    def _on_the_host(self, who: str, change: Callable[[People, UnitOfWork, User], Coroutine[Any, Any, None]]) -> None:
        """Do something to a person on the machine itself."""

        async def doing() -> None:
            people = self.desk.program.people
            async with self.desk.database.begin() as uow:
                await change(people, uow, await people.find(uow, who.capitalize()))
                await uow.commit()

        self._watched(doing)

    def _request(self, code: str | None) -> Row:
        """Return the request that is called ``code``."""
        return next(row for row in requests_in(self.desk.url) if row["code"] == code)

    def _code(self, back: int) -> str | None:
        """Return what the newest request is called but for ``back`` others; None as long as there is none."""
        codes = [row["code"] for row in requests_in(self.desk.url)]
        return codes[-1 - back % len(codes)] if codes else None

    def _watched(self, doing: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Do one thing, and check each decision that fell in it against who could decide before it."""
        with kept_open(self.desk.url):
            before = self._seen or look(self.desk.url)
            try:
                self._loop.run(doing())
            except Died:
                self._restart()
            except SkillwardenError:
                pass  # the command line says it
            after = self._seen = look(self.desk.url)
            self.checks.after_step(before, after)

    def _settle(self) -> None:
        self.desk.outside.fuse.disarm()
        self.desk.outside.chat.trouble = []
        for days in (0, 3, 9, 1):
            self.desk.clock.advance(days=days)
            self._watched(self.desk.tick)
            self._perhaps_work("everything")
