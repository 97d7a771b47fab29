"""UnitOfWork: one transaction. Leaving it without ``commit`` rolls everything back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cached_property
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

    # Made when they are asked for: hardly any unit of work needs more than a few.
    users = cached_property(lambda self: SqlUsers(self._session))
    api_tokens = cached_property(lambda self: SqlApiTokens(self._session))
    links = cached_property(lambda self: SqlLinks(self._session))
    delegations = cached_property(lambda self: SqlDelegations(self._session))
    policies = cached_property(lambda self: SqlPolicies(self._session))
    skills = cached_property(lambda self: SqlSkills(self._session))
    providers = cached_property(lambda self: SqlProviders(self._session))
    targets = cached_property(lambda self: SqlTargets(self._session))
    drifts = cached_property(lambda self: SqlDrifts(self._session))
    versions = cached_property(lambda self: SqlVersions(self._session))
    freezes = cached_property(lambda self: SqlFreezes(self._session))
    executions = cached_property(lambda self: SqlExecutions(self._session))
    runs = cached_property(lambda self: SqlRuns(self._session))
    chat_actions = cached_property(lambda self: SqlChatActions(self._session))
    approvals = cached_property(lambda self: SqlApprovals(self._session))
    events = cached_property(lambda self: SqlEvents(self._session))
    notices = cached_property(lambda self: SqlNotices(self._session))
    prompts = cached_property(lambda self: SqlPrompts(self._session))
    tokens = cached_property(lambda self: SqlTokens(self._session))
    inbox = cached_property(lambda self: SqlInbox(self._session))
    artifacts = cached_property(lambda self: SqlArtifacts(self._session))
    audit = cached_property(lambda self: SqlAudit(self._session))
    figures = cached_property(lambda self: SqlFigures(self._session))
    run_queue = cached_property(lambda self: SqlRunQueue(self._session) if self._queues_runs else NoRunQueue())

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
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._turn.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        written = await self._session.commit()
        if added := self.events.take_added():
            self._on_events(added)
        self._on_commit(written)
