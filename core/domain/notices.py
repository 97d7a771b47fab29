"""Notices: what still has to be said, stored with the change that causes it and delivered afterwards."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from core.domain.base import Domain
from core.domain.messages import ConversationRef, MessageRef


class NoticeKind(StrEnum):
    """What a notice says. The live kinds show a request as it stands: their copies are edited as things change."""

    REQUEST_CARD = "request_card"
    APPROVAL_CARD = "approval_card"
    #: The approval card for somebody who is told and has no vote.
    FYI_CARD = "fyi_card"
    REMINDER = "reminder"
    VOTE_VOID = "vote_void"
    CHANGE_FAILED = "change_failed"
    BREAK_GLASS = "break_glass"
    OUTCOME = "outcome"
    EXPIRED = "expired"
    REPLY = "reply"
    #: To a program, over HTTP: no card.
    CALLBACK = "callback"
    #: What somebody changed behind the bot's back; of no execution.
    DRIFT_CARD = "drift_card"

    @property
    def is_live(self) -> bool:
        """Whether the posted copy is kept up to date."""
        return self in {NoticeKind.REQUEST_CARD, NoticeKind.DRIFT_CARD} or self.is_for_approvers

    @property
    def is_for_approvers(self) -> bool:
        """Whether it is the approval card in one of its forms."""
        return self in {NoticeKind.APPROVAL_CARD, NoticeKind.FYI_CARD, NoticeKind.REMINDER}


class NoticeStatus(StrEnum):
    """Where a notice stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Notice(Domain):
    """One message to deliver, to a conversation or to a person (whose private conversation is looked up then).

    ``payload`` is ``{"card": ...}`` for a reply, written in the reader's language; with ``{"edits": message_id}`` it
    takes the place of that message. The other kinds are made from the state at the moment of delivery, the card of a
    drift from that which ``{"drift": id}`` names. Once delivered, ``conversation`` is where ``message_id`` is.
    """

    id: str
    #: One notice per key, ever: the same cause never speaks twice.
    dedupe_key: str = Field(max_length=255)
    kind: NoticeKind
    execution_id: str | None = None
    request_id: str | None = None
    user_id: str | None = None
    conversation: ConversationRef | None = None
    payload: dict[str, Any] = Field(default_factory=dict)
    status: NoticeStatus = NoticeStatus.PENDING
    attempts: int = 0
    next_attempt_at: AwareDatetime
    last_error: str | None = None
    created_at: AwareDatetime
    delivered_at: AwareDatetime | None = None
    message_id: str | None = None


class Prompt(Domain):
    """One posted copy of a live card, and the revision of the execution, or of the drift, that it shows."""

    id: str
    kind: NoticeKind
    execution_id: str | None = None
    request_id: str | None = None
    drift_id: str | None = None
    #: Who it was made for; decides language and zone.
    user_id: str | None = None
    conversation: ConversationRef
    message_id: str
    shown_revision: int
    is_gone: bool = False
    attempts: int = 0
    next_attempt_at: AwareDatetime
    created_at: AwareDatetime

    @property
    def message(self) -> MessageRef:
        """Where the copy is."""
        return MessageRef(conversation=self.conversation, message_id=self.message_id)


class ButtonToken(Domain):
    """What an opaque button token stands for: a press on one revision of one execution's card."""

    token: str = Field(max_length=32)
    execution_id: str | None = None
    request_id: str | None = None
    #: Revision of the request for approvals, else 0.
    revision: int = 0
    press: dict[str, Any]
    #: The Form that the button opens, as JSON.
    form: dict[str, Any] | None = None
    created_at: AwareDatetime


class InboxStatus(StrEnum):
    """Where a received delivery stands."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class InboxItem(Domain):
    """A stored delivery; ``payload`` is the Inbound as JSON, masked."""

    id: str
    dedupe_key: str
    kind: str
    conversation_key: str
    payload: dict[str, Any]
    status: InboxStatus = InboxStatus.PENDING
    attempts: int = 0
    last_error: str | None = None
    execution_id: str | None = None
    received_at: AwareDatetime
    processed_at: AwareDatetime | None = None


class Backlog(Domain):
    """Things that wait or failed: how many, since when the oldest, and what the last of them ran into."""

    count: int
    oldest: AwareDatetime | None = None
    last_error: str | None = None
