"""Executions, install runs and the one table of status transitions."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from core.domain.actions import ChatAction
from core.domain.approvals import ApprovalStatus, ApprovalSubject
from core.domain.base import Domain
from core.domain.drift import DriftStatus
from core.domain.messages import ChannelName, ConversationRef
from core.domain.targets import TargetStatus
from core.errors import IllegalTransition

#: How many runs may be under way on one provider at a time, in all processes together.
RUNS_PER_PROVIDER = 8


class ExecutionStatus(StrEnum):
    """The state of one request; waiting for approval is ``pending``."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunStatus(StrEnum):
    """The state of one installation of one skill on one provider."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    PARTIAL_FAILED = "partial_failed"


class ChatActionResult(StrEnum):
    """What became of an action."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXECUTED = "executed"
    FAILED = "failed"


class WaitingFor(StrEnum):
    """What has to happen next; None once nothing has."""

    ANSWER = "answer"
    PLAN = "plan"
    APPROVAL = "approval"
    RUN = "run"


class Execution(Domain):
    """One request from its first word to its end."""

    id: str
    code: str
    user_id: str
    channel: ChannelName
    workspace_id: str = ""
    channel_id: str
    thread_id: str | None = None
    channel_user_id: str
    is_private: bool = False
    dedupe_key: str
    input_text: str
    prompt: str
    model: str = "rules"
    max_tokens: int = 4096
    metadata: dict[str, Any] | None = None
    status: ExecutionStatus = ExecutionStatus.PENDING
    waiting_for: WaitingFor | None = None
    #: Counts visible changes; a posted card that shows a lower number is out of date.
    revision: int = 1
    #: What was shown to approvers, once it is known.
    subject: ApprovalSubject | None = None
    job_name: str
    pod_name: str | None = None
    created_at: AwareDatetime
    started_at: AwareDatetime | None = None
    completed_at: AwareDatetime | None = None
    updated_at: AwareDatetime
    output: str | None = None
    tokens_used: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    error_code: str | None = None
    error_message: str | None = None
    error_details: dict[str, Any] | None = None
    estimated_cost: Decimal | None = None
    retain_until: AwareDatetime | None = None
    is_permanent: bool = False
    timeout: int | None = None
    callback_url: str | None = None
    resources: dict[str, Any] | None = None
    replay_of: str | None = None
    replay_mode: Literal["view", "dry-run", "rerun"] | None = None

    @property
    def read_by(self) -> str:
        """Who read what was asked for: the model that took part, or the rules."""
        return "rules" if self.tokens_used is None else self.model

    @property
    def conversation(self) -> ConversationRef:
        """Where the request was made and is answered."""
        return ConversationRef(
            channel=self.channel,
            workspace_id=self.workspace_id,
            conversation_id=self.channel_id,
            thread_id=self.thread_id,
            private=self.is_private,
        )


class RunAction(StrEnum):
    """What a run does to its target."""

    INSTALL = "install"
    SYNC = "sync"
    RETRY = "retry"
    ROLLBACK = "rollback"
    UNINSTALL = "uninstall"


class TriggerSource(StrEnum):
    """Where a run came from."""

    UI = "ui"
    CHATBOT = "chatbot"
    SYSTEM = "system"


class InstallRun(Domain):
    """One change of one skill on one provider. It exists only after approval, and can be undone until ``not_before``.

    A worker owns it while ``lease_until`` lies ahead; ``fence`` grows with each claim, and a record made under a lower
    fence is refused. While it waits for a merge nobody owns it; from ``not_before`` on somebody may look.
    """

    id: str
    execution_id: str
    parent_run_id: str | None = None
    skill_id: str
    provider_id: str
    target_id: str | None = None
    triggered_by: str
    trigger_source: TriggerSource = TriggerSource.CHATBOT
    action: RunAction
    requested_ref: str | None = None
    status: RunStatus = RunStatus.QUEUED
    attempt: int = 1
    error_code: str | None = None
    error_message: str | None = None
    #: Nobody may claim it earlier; None: it can be claimed at once.
    not_before: AwareDatetime | None = None
    #: The branch that somebody has to merge before it is done, once the bot has pushed it.
    waits_for: str | None = None
    lease_owner: str | None = None
    lease_until: AwareDatetime | None = None
    fence: int = 0
    started_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None
    #: When its receipt is to be written; None when there is none to write, or it was written.
    receipt_due: AwareDatetime | None = None
    created_at: AwareDatetime

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for somebody to merge what the bot has pushed."""
        return self.status is RunStatus.RUNNING and self.waits_for is not None


class ChatActionRecord(Domain):
    """The audit row of one understood action."""

    id: str
    user_id: str
    intent: str = Field(max_length=100)
    input_text: str
    resolved_action: ChatAction
    execution_id: str | None = None
    run_id: str | None = None
    result: ChatActionResult = ChatActionResult.ACCEPTED
    created_at: AwareDatetime
    updated_at: AwareDatetime


EntityType = Literal["execution", "hitl", "run", "target", "chat_action", "artifact", "drift"]


class StatusTransition(Domain):
    """One change of one status, by whom and why."""

    id: str
    execution_id: str | None
    entity_type: EntityType
    entity_id: str
    from_status: str | None
    to_status: str
    transitioned_at: AwareDatetime
    reason: str | None = None
    actor: str


#: The only legal transitions; drawn in docs/architecture.md.
TRANSITIONS: dict[EntityType, dict[str, frozenset[str]]] = {
    "execution": {
        ExecutionStatus.PENDING: frozenset({"running", "failed", "cancelled"}),
        ExecutionStatus.RUNNING: frozenset({"completed", "failed", "cancelled"}),
    },
    "hitl": {ApprovalStatus.PENDING: frozenset({"approved", "rejected", "expired", "cancelled"})},
    "run": {
        RunStatus.QUEUED: frozenset({"running", "failed"}),
        RunStatus.RUNNING: frozenset({"success", "failed", "partial_failed"}),
    },
    "target": {
        TargetStatus.IDLE: frozenset({"syncing"}),
        TargetStatus.INSTALLED: frozenset({"syncing"}),
        TargetStatus.FAILED: frozenset({"syncing"}),
        TargetStatus.SYNCING: frozenset({"installed", "failed", "idle"}),
    },
    "chat_action": {ChatActionResult.ACCEPTED: frozenset({"executed", "failed", "rejected"})},
    "artifact": {
        "uploading": frozenset({"active"}),
        "active": frozenset({"archived", "deleted"}),
        "archived": frozenset({"active", "deleted"}),
    },
    "drift": {
        DriftStatus.OPEN: frozenset({"ignored", "resolved"}),
        DriftStatus.IGNORED: frozenset({"resolved"}),
    },
}


def allowed_from(entity: EntityType, current: str) -> frozenset[str]:
    """Return the statuses ``entity`` may go to from ``current``; empty when ``current`` is terminal."""
    return TRANSITIONS[entity].get(current, frozenset())


def check_transition(entity: EntityType, current: str, wanted: str) -> None:
    """Do nothing when the step is legal.

    Raises:
        IllegalTransition: it is not; the error names what is allowed.
    """
    allowed = allowed_from(entity, current)
    if wanted not in allowed:
        raise IllegalTransition(
            entity=entity, current=current, wanted=wanted, allowed=", ".join(sorted(allowed)) or "nothing"
        )
