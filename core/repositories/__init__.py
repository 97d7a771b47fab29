"""Protocols of the repositories a unit of work offers. They read and write rows and never commit.

Everywhere: ``get``-like methods return None when there is no such row; ``update`` takes the status the row must still
have and returns whether it had it (a compare-and-swap); lists come oldest first unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.domain.delegations import Delegation as Delegation
from core.domain.events import ChainedEvent, ExecutionEvent
from core.domain.executions import ChatActionRecord, Execution, StatusTransition, WaitingFor
from core.domain.freezes import Freeze
from core.domain.links import LinkCode as LinkCode
from core.domain.links import LinkTry as LinkTry
from core.domain.listing import ExecutionFilter, Order, Place
from core.domain.messages import ConversationRef, MessageRef
from core.domain.notices import Backlog, ButtonToken, InboxItem, Notice, Prompt
from core.domain.policies import PolicyVersion
from core.domain.skills import Skill, SkillVersion
from core.domain.targets import InstallTarget, Provider
from core.domain.usage import DailyUsage
from core.domain.users import ApiToken as ApiToken
from core.domain.users import ChannelIdentity as ChannelIdentity
from core.domain.users import User as User
from core.repositories.approvals import Approvals as Approvals
from core.repositories.artifacts import Artifacts as Artifacts
from core.repositories.audit import Audit as Audit
from core.repositories.drifts import Drifts as Drifts
from core.repositories.figures import Figures as Figures
from core.repositories.people import ApiTokens as ApiTokens
from core.repositories.people import Delegations as Delegations
from core.repositories.people import Links as Links
from core.repositories.people import Users as Users
from core.repositories.runs import RunQueue as RunQueue
from core.repositories.runs import Runs as Runs


class Policies(Protocol):
    """The versions of the policy."""

    async def active(self) -> PolicyVersion | None: ...
    async def add(self, version: PolicyVersion) -> None:
        """Store a version; it becomes the only active one."""

    async def all(self) -> tuple[PolicyVersion, ...]:
        """Return every version, newest first."""


class Skills(Protocol):
    """The catalogue."""

    async def add(self, skill: Skill) -> None: ...
    async def get(self, skill_id: str) -> Skill | None: ...
    async def by_name(self, name: str) -> Skill | None:
        """Find by exact name, archived ones too."""

    async def all(self) -> tuple[Skill, ...]:
        """Return every skill that is not archived, by name."""

    async def owned_by(self, user_id: str) -> tuple[Skill, ...]:
        """Return every skill of an owner, archived ones too."""

    async def names(self) -> tuple[str, ...]:
        """Return the names of every skill that is not archived, sorted."""

    async def update(self, skill: Skill) -> None: ...


class Providers(Protocol):
    """The connected providers."""

    async def add(self, provider: Provider) -> None: ...
    async def get(self, provider_id: str) -> Provider | None: ...
    async def all(self) -> tuple[Provider, ...]:
        """Return every provider, by display name."""

    async def update(self, provider: Provider) -> None: ...


class Targets(Protocol):
    """What is installed where."""

    async def add(self, target: InstallTarget) -> None: ...
    async def get(self, target_id: str) -> InstallTarget | None: ...
    async def by_pair(self, skill_id: str, provider_id: str) -> InstallTarget | None: ...
    async def all(self) -> tuple[InstallTarget, ...]: ...
    async def update(self, target: InstallTarget, *, expected: str) -> bool: ...


class Freezes(Protocol):
    """What must not be changed at present."""

    async def add(self, freeze: Freeze) -> None: ...
    async def active(self) -> tuple[Freeze, ...]:
        """Return those that were not ended."""

    async def update(self, freeze: Freeze) -> None: ...


class Versions(Protocol):
    """Every content of a skill that was installed."""

    async def add(self, version: SkillVersion) -> bool:
        """Store a version; False when this content of this skill at this commit is known."""

    async def of(self, skill_id: str, digest: str) -> SkillVersion | None:
        """Return the first version of a skill with this content."""

    async def of_skill(self, skill_id: str) -> tuple[SkillVersion, ...]: ...


class Executions(Protocol):
    """Requests."""

    async def add(self, execution: Execution) -> None: ...
    async def get(self, execution_id: str) -> Execution | None: ...
    async def by_code(self, code: str) -> Execution | None: ...
    async def by_dedupe_key(self, dedupe_key: str) -> Execution | None: ...
    async def code_taken(self, code: str) -> bool: ...
    async def update(self, execution: Execution, *, expected: str) -> bool: ...
    async def bump(self, execution_id: str, now: datetime) -> None:
        """Add one to ``revision``: something visible changed."""

    async def open_of(self, user_id: str) -> tuple[str, ...]:
        """Return ids of the pending and running executions somebody asked for."""

    async def repeats(self, execution_id: str) -> tuple[Execution, ...]:
        """Return the executions that name this one as their origin."""

    async def waiting(self, what: WaitingFor, *, limit: int) -> tuple[str, ...]:
        """Return ids of pending executions that wait for ``what``."""

    async def recent(
        self,
        *,
        limit: int,
        skills: Sequence[str] = (),
        user_id: str | None = None,
        conversation: ConversationRef | None = None,
    ) -> tuple[Execution, ...]:
        """Return change requests (those with a write or destructive chat action, and freezes), newest first.

        ``skills`` keeps those whose chat action names one of them; ``conversation`` keeps those made in that chat (its
        thread is ignored).
        """

    async def last_in(self, conversation: ConversationRef) -> Execution | None:
        """Return the change request that people of that chat have seen last: it was made there, or its card posted."""

    async def prepared_since(self, moment: datetime) -> tuple[Execution, ...]:
        """Return the executions made at or after ``moment`` that have a subject."""

    async def listed(
        self, wanted: ExecutionFilter, order: Order, *, limit: int, offset: int = 0, after: Place | None = None
    ) -> tuple[Execution, ...]:
        """Return what ``wanted`` matches, in ``order``: from ``offset`` on, or what follows the place ``after``."""

    async def old(
        self, *, approved: datetime, others: datetime, now: datetime, after: str, limit: int
    ) -> tuple[Execution, ...]:
        """Return ended executions that need not be kept, by id, beginning behind the id ``after``.

        Those with an approval are old when they ended before ``approved``, other ones before ``others``; where
        ``retain_until`` is set, it decides instead. Permanent ones are never returned.
        """

    async def was_decided(self, execution_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the executions that have an approval or a run."""

    async def remove(self, execution_ids: Sequence[str]) -> None:
        """Delete executions with all that belongs to them; their events have to be gone already."""

    async def add_usage(self, usage: DailyUsage, now: datetime) -> None:
        """Add to what a person used of a model on a day."""

    async def usage(self, since: date, *, user_id: str | None = None) -> tuple[DailyUsage, ...]:
        """Return what was used on and after ``since``, newest first; of everybody when ``user_id`` is None."""

    async def tokens_since(self, moment: datetime, *, user_id: str) -> int:
        """Return how many tokens of language models somebody's requests have used that were made since ``moment``."""

    async def add_transition(self, transition: StatusTransition) -> None: ...
    async def transitions(self, execution_id: str) -> tuple[StatusTransition, ...]: ...


class ChatActions(Protocol):
    """The audit rows of understood actions."""

    async def add(self, record: ChatActionRecord) -> None: ...
    async def of_execution(self, execution_id: str) -> ChatActionRecord | None: ...
    async def update(self, record: ChatActionRecord, *, expected: str) -> bool: ...


class Events(Protocol):
    """The append-only record."""

    async def append(self, execution_id: str, user_id: str, *events: ExecutionEvent) -> None:
        """Mask, chain and store ``events`` behind what the execution already has."""

    async def of_execution(self, execution_id: str) -> tuple[ChainedEvent, ...]:
        """Return the chain by ``seq``."""

    async def count(self, execution_ids: Sequence[str]) -> int:
        """Return how many events the executions have."""

    async def remove(self, execution_ids: Sequence[str]) -> int:
        """Delete all events of the executions and keep where their chains ended. Returns how many."""

    async def redact(self, event: ChainedEvent, paths: Sequence[str]) -> None:
        """Take the fields at ``paths`` out of a stored event, with their salts; their digests stay.

        Where other rows of the same execution repeat their words, those go too. What people agreed to stays.
        """


class Notices(Protocol):
    """The outbox."""

    async def add(self, notice: Notice) -> bool:
        """Store a notice; False when its ``dedupe_key`` was used before."""

    async def get(self, notice_id: str) -> Notice | None: ...
    async def due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of the notices that can be said in some conversation at ``now``.

        Of each conversation (or person) that is its oldest pending one, once its ``next_attempt_at`` has come: a
        conversation keeps its order and holds up no other.
        """

    async def by_dedupe_key(self, dedupe_key: str) -> Notice | None: ...
    async def callbacks_due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of the callbacks whose ``next_attempt_at`` has come: none waits for another."""

    async def update(self, notice: Notice) -> None: ...
    async def revive(self, user_id: str, now: datetime) -> int:
        """Let everything be tried again that could not be said to a person in private. Returns how much."""

    async def undelivered(self) -> int:
        """Return how many notices are pending."""

    async def waiting(self) -> Backlog:
        """Sum up the pending notices."""

    async def failures(self, since: datetime) -> Backlog:
        """Sum up the notices given up whose last attempt was due at or after ``since``."""


class Prompts(Protocol):
    """The posted copies of live cards."""

    async def add(self, prompt: Prompt) -> None: ...
    async def get(self, prompt_id: str) -> Prompt | None: ...
    async def by_message(self, message: MessageRef) -> Prompt | None: ...
    async def of_execution(self, execution_id: str) -> tuple[Prompt, ...]: ...
    async def open_on(self, channel: str) -> tuple[str, ...]:
        """Return ids of the copies on ``channel``, not gone, whose execution has not ended."""

    async def stale(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of copies, not gone and due for an attempt, that show an older revision than their execution."""

    async def update(self, prompt: Prompt) -> None: ...


class Tokens(Protocol):
    """Opaque button tokens."""

    async def ensure(self, wanted: Sequence[ButtonToken]) -> tuple[ButtonToken, ...]:
        """Return, in order, the stored token for each wanted one, storing it if there is none yet.

        Two are the same when execution, request, revision, press and form are.
        """

    async def find(self, wanted: Sequence[ButtonToken]) -> tuple[ButtonToken, ...] | None:
        """Return, in order, the stored token for each wanted one; None when one of them has none yet."""

    async def get(self, token: str) -> ButtonToken | None: ...


class Inbox(Protocol):
    """Received deliveries."""

    async def add(self, item: InboxItem) -> bool:
        """Store a delivery; False when its ``dedupe_key`` was received before."""

    async def add_all(self, items: Sequence[InboxItem]) -> frozenset[str]:
        """Store deliveries, in this order; return the ids of those whose ``dedupe_key`` was not there."""

    async def get(self, item_id: str) -> InboxItem | None: ...
    async def pending(self, *, limit: int) -> tuple[str, ...]:
        """Return ids of the oldest pending delivery of each conversation, so that each conversation keeps its order."""

    async def update(self, item: InboxItem) -> bool:
        """Write a delivery that is pending; False when it is not any more: another process was faster."""

    async def waiting(self) -> Backlog:
        """Sum up the pending deliveries."""

    async def failures(self, since: datetime) -> Backlog:
        """Sum up the deliveries given up at or after ``since``."""

    async def settled(self, before: datetime, *, after: str, limit: int) -> tuple[str, ...]:
        """Return ids behind ``after`` of deliveries received before that moment that nothing waits for, by id."""

    async def remove(self, item_ids: Sequence[str]) -> None:
        """Forget deliveries; one that comes again is new."""
