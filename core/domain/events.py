"""ExecutionEvent: the append-only record of an execution, and the hash chain that holds it together."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from core.domain.approvals import ApprovalSubject
from core.domain.audit.checking import DAMAGED
from core.domain.audit.hashing import GENESIS, WITHHOLDABLE, iso, link, salts_for, with_field, withheld
from core.domain.base import Domain
from core.domain.messages import ChannelName, NormalizedMessage
from core.domain.plans import ExecutionPlan, RiskLevel
from core.errors import ErrorType

#: Version of the stored form, kept in every event as ``v``.
FORMAT: Literal[1] = 1


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


class ApprovalDetails(Domain):
    """What an ApprovalRequested event says was shown, and until when it can be decided."""

    code: str
    request_id: str
    revision: int
    subject: ApprovalSubject
    policy: str
    threshold: int
    subject_hash: str
    expires_at: AwareDatetime


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
    #: What another program is answered, if it asks for more than a yes.
    answer: dict[str, Any] | None = None
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
    """An event in its place in the chain. ``payload`` is the event's JSON as stored.

    ``salts`` hide the fields that can be withheld, by path; a field without one was redacted.
    """

    execution_id: str
    seq: int = Field(ge=1)
    user_id: str
    event_type: str
    timestamp: AwareDatetime
    created_at: AwareDatetime
    payload: dict[str, Any]
    salts: dict[str, str]
    prev_hash: str
    hash: str

    @property
    def event(self) -> ExecutionEvent:
        """The typed event; what was redacted reads ``[redacted]``, or is empty."""
        payload = self.payload
        for path in withheld(self.record):
            payload = with_field(payload, path, WITHHOLDABLE[self.event_type][path])
        return EXECUTION_EVENT.validate_python(payload)

    @property
    def record(self) -> dict[str, Any]:
        """The row as the audit record has it: what the hash is made over, and the hash."""
        row = {name: getattr(self, name) for name in type(self).model_fields}
        return row | {"timestamp": iso(self.timestamp), "created_at": iso(self.created_at)}


def chain(
    event: ExecutionEvent,
    *,
    execution_id: str,
    user_id: str,
    created_at: datetime,
    after: ChainedEvent | None,
    payload: dict[str, Any],
    salt: str,
) -> ChainedEvent:
    """Return ``event``, stored at ``created_at``, linked behind ``after`` (None for the first one).

    ``payload`` is the event's JSON after masking; ``salt`` is random text that nobody can guess.
    """
    row = ChainedEvent(
        execution_id=execution_id,
        seq=after.seq + 1 if after else 1,
        user_id=user_id,
        event_type=event.type,
        timestamp=event.timestamp,
        created_at=created_at,
        payload=payload,
        salts=salts_for(payload, salt),
        prev_hash=after.hash if after else GENESIS,
        hash="",
    )
    return row.model_copy(update={"hash": link(row.record)})


def first_broken(events: tuple[ChainedEvent, ...]) -> int | None:
    """Return the ``seq`` at which an execution's chain, given from its first event, breaks; None if it holds."""
    prev_hash = GENESIS
    for expected, row in enumerate(events, start=1):
        if row.seq != expected or row.prev_hash != prev_hash or not _holds(row):
            return expected
        prev_hash = row.hash
    return None


def _holds(row: ChainedEvent) -> bool:
    try:
        return link(row.record) == row.hash
    except DAMAGED:
        return False
