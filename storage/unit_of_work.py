"""UnitOfWork: one transaction. Leaving it without ``commit`` rolls everything back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Self

from core.domain.events import ChainedEvent
from core.ports import Clock
from storage.memory import Memory
from storage.repositories.api_tokens import SqlApiTokens
from storage.repositories.approvals import SqlApprovals
from storage.repositories.artifacts import SqlArtifacts
from storage.repositories.audit import SqlAudit
from storage.repositories.catalogue import SqlProviders, SqlSkills, SqlTargets
from storage.repositories.delegations import SqlDelegations
from storage.repositories.drifts import SqlDrifts
from storage.repositories.events import SqlEvents
from storage.repositories.executions import SqlChatActions, SqlExecutions
from storage.repositories.figures import SqlFigures
from storage.repositories.freezes import SqlFreezes
from storage.repositories.inbox import SqlInbox
from storage.repositories.links import SqlLinks
from storage.repositories.outbox import SqlNotices, SqlPrompts, SqlTokens
from storage.repositories.policies import SqlPolicies
from storage.repositories.runs import SqlRuns
from storage.repositories.users import SqlUsers
from storage.repositories.versions import SqlVersions
from storage.run_queue import NoRunQueue, SqlRunQueue
from storage.scrub import Scrubber
from storage.session import Session
from storage.transactions import Transaction, Translate

#: Hears what has been added to the record.
OnEvents = Callable[[Sequence[ChainedEvent]], None]


class SqlUnitOfWork:
    """A transaction that is open while ``turn`` lasts, and the repositories that work in it.

    After each commit ``on_events`` is called with what was added to the record, if anything was, and ``on_commit`` with
    the names of the tables that were written.
    """

    def __init__(
        self,
        turn: AbstractAsyncContextManager[Transaction],
        *,
        scrub: Scrubber,
        clock: Clock,
        translate: Translate,
        on_commit: Callable[[Iterable[str]], None],
        on_events: OnEvents,
        queues_runs: bool,
        memory: Memory,
        is_view: bool,
    ) -> None:
        self._memory, self._is_view = memory, is_view
        self._queues_runs = queues_runs
        self._turn = turn
        self._scrub = scrub
        self._clock = clock
        self._translate = translate
        self._on_commit = on_commit
        self._on_events = on_events

    async def __aenter__(self) -> Self:
        transaction = await self._turn.__aenter__()
        self._session = Session(
            transaction,
            scrub=self._scrub,
            clock=self._clock,
            translate=self._translate,
            memory=self._memory,
            is_view=self._is_view,
        )
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
        self.drifts = SqlDrifts(session)
        self.versions = SqlVersions(session)
        self.freezes = SqlFreezes(session)
        self.executions = SqlExecutions(session)
        self.runs = SqlRuns(session)
        self.run_queue = SqlRunQueue(session) if self._queues_runs else NoRunQueue()
        self.chat_actions = SqlChatActions(session)
        self.approvals = SqlApprovals(session)
        self.events = SqlEvents(session)
        self.notices = SqlNotices(session)
        self.prompts = SqlPrompts(session)
        self.tokens = SqlTokens(session)
        self.inbox = SqlInbox(session)
        self.artifacts = SqlArtifacts(session)
        self.audit = SqlAudit(session)
        self.figures = SqlFigures(session)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._turn.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        written = await self._session.commit()
        if added := self.events.take_added():
            self._on_events(added)
        self._on_commit(written)
