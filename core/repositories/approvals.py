"""The repository of requests for a decision, and of the votes on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.listing import Place, RequestFilter
from core.domain.messages import ConversationRef


class Approvals(Protocol):
    """``hitl_requests`` and their votes."""

    async def add(self, request: ApprovalRequest) -> None: ...
    async def get(self, request_id: str) -> ApprovalRequest | None: ...
    async def by_code(self, code: str) -> ApprovalRequest | None: ...
    async def of_execution(self, execution_id: str) -> ApprovalRequest | None: ...
    async def pending(self, now: datetime, *, limit: int | None = None) -> tuple[ApprovalRequest, ...]:
        """Return requests that are pending and not expired at ``now``, newest first; all unless ``limit`` is given."""

    async def pending_from_chat(self, now: datetime, *, limit: int) -> tuple[ApprovalRequest, ...]:
        """Return those of them that the bot itself would execute: other programs' questions are left out."""

    async def pending_in(self, conversation: ConversationRef, now: datetime) -> ApprovalRequest | None:
        """Return the newest of those that were asked in ``conversation``, whatever its thread."""

    async def asking(self, question_hash: str, now: datetime) -> tuple[ApprovalRequest, ...]:
        """Return the pending ones that ask just this, newest first."""

    async def listed(
        self, wanted: RequestFilter, *, now: datetime, limit: int, after: Place | None = None
    ) -> tuple[ApprovalRequest, ...]:
        """Return what ``wanted`` matches, newest first, that follows the place ``after`` (its value is a moment)."""

    async def count(self, wanted: RequestFilter, *, now: datetime) -> int:
        """Return how many requests ``wanted`` matches."""

    async def still_open(self, request_ids: Sequence[str], now: datetime) -> frozenset[str]:
        """Return those of the requests that are pending and not expired at ``now``."""

    async def moments_asked(self, user_id: str, since: datetime) -> tuple[datetime, ...]:
        """Return when a person's programs asked something after ``since``, oldest first."""

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

    async def votes_on(self, request_ids: Sequence[str]) -> tuple[Vote, ...]:
        """Return the votes on several requests, as ``votes`` returns those on one."""

    async def votes(self, request_id: str) -> tuple[Vote, ...]:
        """Return each person's last vote; those on older revisions stay until that person votes again."""
