"""Protocols of the repositories a unit of work offers. They read and write rows and never commit.

Everywhere: ``get``-like methods return None when there is no such row; ``update`` takes the status the row must still
have and returns whether it had it (a compare-and-swap); lists come oldest first unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.artifacts import Artifact
from core.domain.delegations import Delegation
from core.domain.events import ChainedEvent, ExecutionEvent
from core.domain.executions import ChatActionRecord, Execution, InstallRun, StatusTransition, WaitingFor
from core.domain.freezes import Freeze
from core.domain.messages import ConversationRef, MessageRef
from core.domain.notices import Backlog, ButtonToken, InboxItem, Notice, Prompt
from core.domain.policies import PolicyVersion
from core.domain.skills import Skill, SkillVersion
from core.domain.targets import InstallTarget, Provider
from core.domain.users import ApiToken, ChannelIdentity, User


class Users(Protocol):
    """People and their platform accounts."""

    async def add(self, user: User) -> None: ...
    async def get(self, user_id: str) -> User | None: ...
    async def by_name(self, name: str) -> User | None:
        """Find by name or e-mail, ignoring case."""

    async def all(self) -> tuple[User, ...]: ...
    async def update(self, user: User) -> None: ...
    async def add_identity(self, identity: ChannelIdentity) -> None: ...
    async def by_identity(self, channel: str, workspace_id: str, external_id: str) -> User | None: ...
    async def all_identities(self) -> tuple[ChannelIdentity, ...]:
        """Return the platform accounts of everybody."""

    async def identities(self, user_id: str) -> tuple[ChannelIdentity, ...]: ...
    async def remove_identity(self, identity_id: str) -> None: ...


class ApiTokens(Protocol):
    """What people's programs prove themselves with."""

    async def add(self, token: ApiToken) -> None: ...
    async def by_hash(self, token_hash: str) -> ApiToken | None:
        """Find by the SHA-256 of the token; whether it is still valid is the caller's question."""

    async def of_user(self, user_id: str) -> tuple[ApiToken, ...]:
        """Return every token of a person, revoked and expired ones too."""

    async def update(self, token: ApiToken) -> None: ...
    async def revoke_all(self, user_id: str, now: datetime) -> int:
        """Revoke every token of a person that is valid at ``now``. Returns how many."""


class Delegations(Protocol):
    """Who is away, and who votes in their place."""

    async def add(self, delegation: Delegation) -> None: ...
    async def active(self, now: datetime) -> tuple[Delegation, ...]:
        """Return those that have started at ``now``, are not over and were not ended."""

    async def end_given(self, user_id: str, now: datetime) -> int:
        """End every one given by this person that is not over at ``now``. Returns how many."""

    async def end_of(self, user_id: str, now: datetime) -> int:
        """End every one given by or to this person that is not over at ``now``, begun or not. Returns how many."""


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

    async def prepared_since(self, moment: datetime) -> tuple[Execution, ...]:
        """Return the executions made at or after ``moment`` that have a subject."""

    async def add_transition(self, transition: StatusTransition) -> None: ...
    async def transitions(self, execution_id: str) -> tuple[StatusTransition, ...]: ...


class Runs(Protocol):
    """Installations."""

    async def add(self, run: InstallRun) -> None: ...
    async def get(self, run_id: str) -> InstallRun | None: ...
    async def of_execution(self, execution_id: str) -> tuple[InstallRun, ...]: ...
    async def claimable(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of runs that are queued for ``now``, or running under a lease that ended at or before it.

        A queued run that was made well after ``now`` is due: the clock was set back. A run is left out while another
        run on the same target holds a live lease.
        """

    async def claim(self, run_id: str, *, owner: str, now: datetime, until: datetime) -> InstallRun | None:
        """Take the lease if the run is claimable and nobody else runs on its target: status running, fence + 1.

        Returns None when it could not be taken.
        """

    async def release_leases(self, now: datetime) -> int:
        """End every lease at ``now``: the caller knows that their owners are dead. Returns how many."""

    async def update(self, run: InstallRun, *, expected: str) -> bool:
        """Write the run if status and ``fence`` are still as expected."""


class ChatActions(Protocol):
    """The audit rows of understood actions."""

    async def add(self, record: ChatActionRecord) -> None: ...
    async def of_execution(self, execution_id: str) -> ChatActionRecord | None: ...
    async def update(self, record: ChatActionRecord, *, expected: str) -> bool: ...


class Approvals(Protocol):
    """``hitl_requests`` and their votes."""

    async def add(self, request: ApprovalRequest) -> None: ...
    async def get(self, request_id: str) -> ApprovalRequest | None: ...
    async def by_code(self, code: str) -> ApprovalRequest | None: ...
    async def of_execution(self, execution_id: str) -> ApprovalRequest | None: ...
    async def pending(self, now: datetime) -> tuple[ApprovalRequest, ...]:
        """Return requests that are pending and not expired at ``now``, newest first."""

    async def due(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        """Return pending requests whose ``expires_at`` is at or before ``now``."""

    async def remind_due(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        """Return requests, pending and not expired at ``now``, whose ``remind_at`` is at or before it."""

    async def set_reminder(self, request_id: str, at: datetime | None) -> None:
        """Say when to remind next; None for no more."""

    async def revise(self, request: ApprovalRequest, *, expected_revision: int) -> bool:
        """Write everything a revision may change, if the request is pending and still of ``expected_revision``.

        That is title, payload, risk, subject hash, rule, requesters, threshold, revision and its moments. Votes stay.
        """

    async def decide(
        self,
        request: ApprovalRequest,
        *,
        status: ApprovalStatus,
        now: datetime,
        by: str,
        comment: str | None,
        execution_expires_at: datetime | None = None,
        response: dict[str, Any] | None = None,
    ) -> bool:
        """Close the request if it is pending and not expired at ``now``; the one conditional update of data-model.md.

        ``expired`` and ``cancelled`` do not ask about the deadline. Returns False when somebody was first.
        """

    async def add_vote(self, vote: Vote) -> bool:
        """Store a vote; False when this person has already voted on this revision."""

    async def remove_vote(self, request_id: str, user_id: str) -> bool:
        """Forget what a person voted; False when there was nothing."""

    async def votes(self, request_id: str) -> tuple[Vote, ...]:
        """Return each person's last vote; those on older revisions stay until that person votes again."""


class Events(Protocol):
    """The append-only record."""

    async def append(self, execution_id: str, user_id: str, *events: ExecutionEvent) -> None:
        """Mask, chain and store ``events`` behind what the execution already has."""

    async def of_execution(self, execution_id: str) -> tuple[ChainedEvent, ...]:
        """Return the chain by ``seq``."""


class Notices(Protocol):
    """The outbox."""

    async def add(self, notice: Notice) -> bool:
        """Store a notice; False when its ``dedupe_key`` was used before."""

    async def get(self, notice_id: str) -> Notice | None: ...
    async def due(self, now: datetime, *, limit: int) -> tuple[str, ...]:
        """Return ids of the notices that can be said at ``now``.

        Of each conversation (or person) that is its oldest pending one, once its ``next_attempt_at`` has come: a
        conversation keeps its order and holds up no other.
        """

    async def update(self, notice: Notice) -> None: ...
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

    async def update(self, item: InboxItem) -> None: ...
    async def waiting(self) -> Backlog:
        """Sum up the pending deliveries."""

    async def failures(self, since: datetime) -> Backlog:
        """Sum up the deliveries given up at or after ``since``."""


class Artifacts(Protocol):
    """Files that belong to executions."""

    async def add(self, artifact: Artifact) -> None: ...
    async def of_execution(self, execution_id: str) -> tuple[Artifact, ...]: ...
