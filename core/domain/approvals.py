"""ApprovalRequest: what is asked, what exactly was shown, who voted, and what the votes amount to."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from core.domain.actions import ChatAction
from core.domain.base import Domain, canonical_json, sha256_hex
from core.domain.plans import RiskLevel
from core.domain.policy import Rule
from core.domain.skills import Reach, SkillDiff, SourceLocation

#: What ApprovalReceived says in ``modified`` about a vote that counts no longer.
WITHDRAWN = "withdrawn"


class ApprovalStatus(StrEnum):
    """The state of one request for a human decision."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class SkillSubject(Domain):
    """The exact content that is asked for."""

    skill_id: str
    name: str
    description: str = ""
    location: SourceLocation
    path: str
    requested_ref: str
    commit: str
    author: str
    committed_at: AwareDatetime
    digest: str
    file_count: int
    size: int
    reach: Reach
    warnings: tuple[str, ...] = ()


class TargetSubject(Domain):
    """One place the content would go, and what is there now.

    ``installed_digest`` is what was found there when the card was made; ``recorded_digest`` is what the bot installed
    last. They differ when somebody edited the skill in place.
    """

    provider_id: str
    provider: str
    skill_id: str
    skill: str
    location: str
    installed_ref: str | None = None
    installed_digest: str | None = None
    recorded_digest: str | None = None
    diff: SkillDiff

    @property
    def edited_locally(self) -> bool:
        """Whether what is there is not what the bot put there."""
        return self.installed_digest != self.recorded_digest

    @property
    def is_current(self) -> bool:
        """Whether exactly this content is there already, put there by the bot."""
        return self.diff.is_empty and not self.edited_locally


class ApprovalSubject(Domain):
    """Everything an approval binds to: approve this and only exactly this runs."""

    action: ChatAction
    skills: tuple[SkillSubject, ...]
    targets: tuple[TargetSubject, ...]
    rule: str
    threshold: int

    def skill(self, skill_id: str) -> SkillSubject:
        """Return the content that goes by ``skill_id``; KeyError when there is none."""
        return {skill.skill_id: skill for skill in self.skills}[skill_id]

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of the whole subject."""
        return sha256_hex(canonical_json(self.model_dump(mode="json")))


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


class Vote(Domain):
    """One person's answer to one revision of a request; ``on_behalf_of`` is the user they stand in for, if anybody."""

    request_id: str
    user_id: str
    approve: bool
    comment: str | None = None
    revision: int
    channel: str
    on_behalf_of: str | None = None
    voted_at: AwareDatetime


class ApprovalRequest(Domain):
    """A row of ``hitl_requests``: a question to people, with a deadline."""

    id: str
    code: str
    execution_id: str | None = None
    chat_action_id: str | None = None
    agent_type: str = "chatops"
    request_type: str = "action_approval"
    status: ApprovalStatus = ApprovalStatus.PENDING
    title: str = Field(max_length=255)
    description: str | None = None
    payload: dict[str, Any]
    response: dict[str, Any] | None = None
    risk_level: RiskLevel
    subject_hash: str
    #: Name of the rule that asked for this approval, and the rule as it was then.
    policy: str
    rule: Rule
    #: Ids of everybody whose ask this revision is, the creator first.
    requesters: tuple[str, ...]
    threshold: int = 1
    revision: int = 1
    created_by: str
    responded_by: str | None = None
    comment: str | None = None
    callback_url: str | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    expires_at: AwareDatetime
    remind_at: AwareDatetime | None = None
    responded_at: AwareDatetime | None = None
    execution_expires_at: AwareDatetime | None = None


def outcome_of(votes: tuple[Vote, ...], *, revision: int, threshold: int) -> ApprovalStatus:
    """Return what the votes on ``revision`` amount to: the first reject decides, then ``threshold`` approvals."""
    current = [vote for vote in votes if vote.revision == revision]
    if any(not vote.approve for vote in current):
        return ApprovalStatus.REJECTED
    if sum(vote.approve for vote in current) >= threshold:
        return ApprovalStatus.APPROVED
    return ApprovalStatus.PENDING
