"""A demo in this process: real services, SQLite, git and installers; clock and people are in the test's hand."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

from bot.assembly import Program
from bot.bootstrap import running
from bot.channels.console.adapter import Console
from bot.installation import Installation
from bot.wake import Wake
from core.domain.approvals import ApprovalRequest
from core.domain.executions import Execution, InstallRun
from core.domain.messages import ChannelName, Inbound
from core.domain.policy import Policy
from core.ports import CallbackSender, Channel, LanguageModel, UserGroups
from core.services.rates import Rates
from storage.database import Database
from tests.clock import FakeClock
from tests.platforms.git_repo import GitRepo

# Seconds after which a conversation that does not come to rest is broken.
PATIENCE = 20

CODE = re.compile(r"#([0-9A-Z]{4,8})\b")


class Talk:
    """A conversation with the bot. Calling it says one line and returns what was printed because of it."""

    def __init__(self, home: Path, database: Database, program: Program, console: Console, clock: FakeClock) -> None:
        self.home = home
        self.database = database
        self.program = program
        self.clock = clock
        self._console = console
        self._printed: list[str] = []

    def hear(self, line: str) -> None:
        """Take one printed line."""
        self._printed.append(line)

    async def __call__(self, line: str) -> str:
        """Say ``line`` as the current speaker (or /as, /press), wait for all that follows, return what was printed."""
        self._printed.clear()
        inbound = self._console.interpret(line)
        if inbound is not None:
            await self.program.dispatcher.receive(inbound)
        await asyncio.wait_for(self.program.workers.settle(), PATIENCE)
        return "\n".join(self._printed)

    def interpret(self, line: str) -> Inbound:
        """Return what ``line`` would send, without sending it."""
        inbound = self._console.interpret(line)
        assert inbound is not None
        return inbound

    async def settle(self) -> str:
        """Wait for everything that is due and return what was printed."""
        self._printed.clear()
        await self.program.workers.settle()
        return "\n".join(self._printed)

    async def execution(self, code: str) -> Execution:
        """Return the execution called ``code``."""
        async with self.database.read() as uow:
            found = await uow.executions.by_code(code)
        assert found is not None, code
        return found

    async def request(self, code: str) -> ApprovalRequest:
        """Return the approval called ``code``."""
        async with self.database.read() as uow:
            found = await uow.approvals.by_code(code)
        assert found is not None, code
        return found

    async def runs(self, code: str) -> tuple[InstallRun, ...]:
        """Return the runs of the execution called ``code``."""
        execution = await self.execution(code)
        async with self.database.read() as uow:
            return await uow.runs.of_execution(execution.id)

    async def events(self, code: str) -> list[str]:
        """Return the types of the events of the execution called ``code``."""
        execution = await self.execution(code)
        async with self.database.read() as uow:
            return [row.event_type for row in await uow.events.of_execution(execution.id)]

    def skill(self, name: str, provider: str = "claude") -> Path:
        """Return where a skill is on a provider."""
        return self.home / "providers" / provider / "skills" / name

    @property
    def source(self) -> GitRepo:
        """The demo's repository of skills."""
        return GitRepo(self.home / "sources" / "skills")


def code_in(text: str) -> str:
    """Return the first request code in ``text``."""
    found = CODE.search(text)
    assert found is not None, text
    return found[1]


@contextlib.asynccontextmanager
async def talking(
    home: Path,
    clock: FakeClock | None = None,
    *,
    session: str = "test",
    first_code: str | None = None,
    policy: Policy | None = None,
    language: str = "",
    sender: CallbackSender | None = None,
    language_model: LanguageModel | None = None,
    rates: Rates | None = None,
    user_groups: UserGroups | None = None,
) -> AsyncIterator[Talk]:
    """Open a demo at ``home``, alice speaking. Raises whatever work failed in a way nobody foresaw.

    ``policy`` stands in for the configured one, ``sender`` for calling back over HTTP, ``language_model`` for
    the one that is asked second; ``language`` is that of the terminal, ``rates`` what people may ask within a minute;
    ``user_groups`` tells who is in Slack's.
    """
    clock, wake = clock or FakeClock(), Wake()
    installation = await asyncio.to_thread(Installation.open, home, None, demo=True)
    async with installation.storage(clock, wake) as database:
        people = ("alice", "bob", "carol")
        talks: list[Talk] = []
        failures: list[Exception] = []
        console = Console(
            lambda line: talks[0].hear(line),  # noqa: PLW0108 - there is no talk yet
            "alice",
            people,
            session=session,
            clock=clock,
            translator=installation.translator,
            language=language,
        )
        channels: dict[ChannelName, Channel] = {"console": console}
        async with running(
            installation,
            database,
            channels,
            clock=clock,
            on_wake=wake,
            report=lambda _what, error: failures.append(error),
            first_code=first_code,
            policy=policy,
            sender=sender,
            language_model=language_model,
            rates=rates,
            user_groups=user_groups,
        ) as program:
            talks.append(Talk(home, database, program, console, clock))
            await program.workers.settle()
            yield talks[0]
    if failures:
        raise failures[0]
