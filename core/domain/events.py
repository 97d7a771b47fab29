"""ExecutionEvent: the append-only record of an execution, and the hash chain that holds it together."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from core.domain.approvals import ApprovalDetails
from core.domain.base import Domain, canonical_json, iso
from core.domain.messages import ChannelName, NormalizedMessage
from core.domain.plans import ExecutionPlan, RiskLevel
from core.errors import ErrorType

#: Version of the stored form, kept in every event as ``v``.
FORMAT: Literal[1] = 1

#: What the first event of an execution names as its predecessor.
GENESIS = "0" * 64


class ToolResult(Domain):
    """What a tool answered."""

    success: bool
    output: Any = None
    error: str | None = None


class _Event(Domain):
    v: Literal[1] = FORMAT
    timestamp: AwareDatetime
    #: How the execution ended with this event; None: it goes on, or it never had a plan.
    ended: Literal["completed", "failed", "cancelled"] | None = None


class MessageReceived(_Event):
    """Somebody said something to the bot."""

    type: Literal["MessageReceived"] = "MessageReceived"
    message: NormalizedMessage


class PlanGenerated(_Event):
    """The request was understood and planned; ``model_used`` is ``rules`` when no language model took part."""

    type: Literal["PlanGenerated"] = "PlanGenerated"
    plan: ExecutionPlan
    model_used: str
    tokens_used: int = Field(ge=0)


class ApprovalRequested(_Event):
    """People were asked; ``details`` is what they were shown."""

    type: Literal["ApprovalRequested"] = "ApprovalRequested"
    action: str
    risk_level: RiskLevel
    details: ApprovalDetails


class ApprovalReceived(_Event):
    """One vote, or the end of the time to vote (by ``system:expiry``)."""

    type: Literal["ApprovalReceived"] = "ApprovalReceived"
    approved: bool
    modified: str | None = None
    by: str
    #: Whose vote it was, when somebody else's.
    on_behalf_of: str | None = None
    channel: str
    comment: str | None = None
    revision: int
    #: What was decided with it; None: nothing yet.
    decided: Literal["approved", "rejected", "expired"] | None = None


class ToolInvoked(_Event):
    """A tool was called; ``input_masked`` is what people see."""

    type: Literal["ToolInvoked"] = "ToolInvoked"
    tool: str
    #: Index of the plan's step this call belongs to.
    step: int
    input: Any
    input_masked: Any


class ToolCompleted(_Event):
    """A tool answered; ``output_masked`` is what people see."""

    type: Literal["ToolCompleted"] = "ToolCompleted"
    tool: str
    step: int
    output: ToolResult
    output_masked: ToolResult
    duration_ms: int = Field(ge=0)


class ResponseSent(_Event):
    """The bot said something."""

    type: Literal["ResponseSent"] = "ResponseSent"
    text: str
    channel: ChannelName
    #: The user it was said to; None for a room.
    to: str | None = None


class ErrorOccurred(_Event):
    """Something failed; ``recoverable`` means that asking again may help."""

    type: Literal["ErrorOccurred"] = "ErrorOccurred"
    error: str
    error_type: ErrorType
    recoverable: bool
    #: Indexes of the plan's steps that failed with it, begun or not.
    steps: tuple[int, ...] = ()


ExecutionEvent = Annotated[
    MessageReceived
    | PlanGenerated
    | ApprovalRequested
    | ApprovalReceived
    | ToolInvoked
    | ToolCompleted
    | ResponseSent
    | ErrorOccurred,
    Field(discriminator="type"),
]

#: Reads an ExecutionEvent from plain data; raises ``pydantic.ValidationError`` on anything else.
EXECUTION_EVENT: TypeAdapter[ExecutionEvent] = TypeAdapter(ExecutionEvent)


class ChainedEvent(Domain):
    """An event in its place in the chain. ``payload`` is the event's JSON as stored, ``salt`` commits to it."""

    execution_id: str
    seq: int = Field(ge=1)
    user_id: str
    event_type: str
    timestamp: AwareDatetime
    payload: dict[str, Any]
    salt: str
    prev_hash: str
    hash: str

    @property
    def event(self) -> ExecutionEvent:
        """The typed event."""
        return EXECUTION_EVENT.validate_python(self.payload)


def _link(*, prev_hash: str, envelope: list[Any], salt: str, payload: dict[str, Any]) -> str:
    commitment = hashlib.sha256(salt.encode() + canonical_json(payload)).digest()
    return hashlib.sha256(prev_hash.encode() + canonical_json(envelope) + commitment).hexdigest()


def chain(
    event: ExecutionEvent,
    *,
    execution_id: str,
    user_id: str,
    after: ChainedEvent | None,
    payload: dict[str, Any],
    salt: str,
) -> ChainedEvent:
    """Return ``event`` linked behind ``after`` (None for the first one).

    ``payload`` is the event's JSON after masking; ``salt`` is random text that nobody can guess.
    """
    seq = after.seq + 1 if after else 1
    prev_hash = after.hash if after else GENESIS
    envelope = [execution_id, seq, user_id, event.type, iso(event.timestamp)]
    return ChainedEvent(
        execution_id=execution_id,
        seq=seq,
        user_id=user_id,
        event_type=event.type,
        timestamp=event.timestamp,
        payload=payload,
        salt=salt,
        prev_hash=prev_hash,
        hash=_link(prev_hash=prev_hash, envelope=envelope, salt=salt, payload=payload),
    )


def first_broken(events: tuple[ChainedEvent, ...]) -> int | None:
    """Return the ``seq`` at which an execution's chain, given from its first event, breaks; None if it holds."""
    prev_hash = GENESIS
    for expected, row in enumerate(events, start=1):
        envelope = [row.execution_id, row.seq, row.user_id, row.event_type, iso(row.timestamp)]
        sound = row.seq == expected and row.prev_hash == prev_hash
        if not sound or row.hash != _link(prev_hash=prev_hash, envelope=envelope, salt=row.salt, payload=row.payload):
            return expected
        prev_hash = row.hash
    return None
