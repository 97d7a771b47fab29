"""UnitOfWork: one transaction. Leaving it without ``commit`` rolls everything back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import StorageError
from core.ports import Clock
from storage.backends.base import Lock
from storage.repositories.api_tokens import SqlApiTokens
from storage.repositories.approvals import SqlApprovals
from storage.repositories.artifacts import SqlArtifacts
from storage.repositories.audit import SqlAudit
from storage.repositories.catalogue import SqlProviders, SqlSkills, SqlTargets
from storage.repositories.delegations import SqlDelegations
from storage.repositories.events import SqlEvents
from storage.repositories.executions import SqlChatActions, SqlExecutions
from storage.repositories.freezes import SqlFreezes
from storage.repositories.inbox import SqlInbox
from storage.repositories.links import SqlLinks
from storage.repositories.outbox import SqlNotices, SqlPrompts, SqlTokens
from storage.repositories.policies import SqlPolicies
from storage.repositories.runs import SqlRuns
from storage.repositories.users import SqlUsers
from storage.repositories.versions import SqlVersions
from storage.scrub import Scrubber
from storage.session import Session, Translate, translated


class SqlUnitOfWork:
    """A transaction on one connection of ``engine``, and the repositories that work in it.

    ``turn`` is held from the beginning to the end, ``lock`` from the first statement on; ``on_commit`` is called after
    each commit, and None says that this unit only reads.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        turn: AbstractAsyncContextManager[object],
        lock: Lock | None = None,
        scrub: Scrubber,
        clock: Clock,
        translate: Translate,
        on_commit: Callable[[], None] | None,
    ) -> None:
        self._connection = AsyncConnection(engine)
        self._turn = turn
        self._lock = lock
        self._scrub = scrub
        self._clock = clock
        self._translate = translate
        self._on_commit = on_commit
        self._cleanup = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as cleanup:
            await cleanup.enter_async_context(self._turn)
            cleanup.push_async_callback(self._close)
            with translated(self._translate):
                await self._connection.start()
            self._cleanup = cleanup.pop_all()
        self._session = Session(self._connection, scrub=self._scrub, clock=self._clock, translate=self._translate)
        if self._lock is not None:
            self._session.write(*self._lock)
        self._open_repositories(self._session)
        return self

    def _open_repositories(self, session: Session) -> None:
        self.users = SqlUsers(session)
        self.api_tokens = SqlApiTokens(session)
        self.links = SqlLinks(session)
        self.delegations = SqlDelegations(session)
        self.policies = SqlPolicies(session)
        self.skills = SqlSkills(session)
        self.providers = SqlProviders(session)
        self.targets = SqlTargets(session)
        self.versions = SqlVersions(session)
        self.freezes = SqlFreezes(session)
        self.executions = SqlExecutions(session)
        self.runs = SqlRuns(session)
        self.chat_actions = SqlChatActions(session)
        self.approvals = SqlApprovals(session)
        self.events = SqlEvents(session)
        self.notices = SqlNotices(session)
        self.prompts = SqlPrompts(session)
        self.tokens = SqlTokens(session)
        self.inbox = SqlInbox(session)
        self.artifacts = SqlArtifacts(session)
        self.audit = SqlAudit(session)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._cleanup.aclose()

    async def commit(self) -> None:
        if self._on_commit is None:
            raise StorageError(reason="a unit of work that reads cannot commit; open one that writes")
        await self._session.commit()
        self._on_commit()

    async def _close(self) -> None:
        if self._connection.sync_connection is None:
            return  # it could not be opened
        # Rolls back what was not committed, even when the one who waited has gone.
        await asyncio.shield(self._connection.close())
