"""ApprovalRequest: what is asked, what exactly was shown, who voted, and what the votes amount to."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from core.domain.actions import ChatAction, risk_of
from core.domain.base import Domain, canonical_json, sha256_hex
from core.domain.messages import ConversationRef
from core.domain.plans import RiskLevel
from core.domain.policy import Change, ItemFacts, RequestFacts, Rule
from core.domain.skills import Reach, SkillDiff, SourceLocation

#: What ApprovalReceived says in ``modified`` about a vote that counts no longer.
WITHDRAWN = "withdrawn"
#: And about an approval that one admin gave alone, in an emergency.
BROKEN_GLASS = "break_glass"


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
    #: What the action called it: its name, or a source.
    asked_as: str
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
    provider_kind: str
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

    @property
    def change(self) -> Change:
        """What would happen there, in the policy's words."""
        if self.is_current:
            return "none"
        if self.edited_locally:
            return "local_edits"
        return "first" if self.installed_digest is None else "update"


class RecordChange(Domain):
    """One change of the bot's own records: "Bob, role, user -> admin"; ``entity_id`` is the person's or skill's."""

    entity_id: str
    name: str
    field: str
    before: str | None = None
    after: str | None = None


class ApprovalSubject(Domain):
    """Everything an approval binds to: approve this and only exactly this runs.

    A request that installs has skills and targets; one that only changes the bot's own records has ``records``.
    """

    action: ChatAction
    skills: tuple[SkillSubject, ...] = ()
    targets: tuple[TargetSubject, ...] = ()
    records: tuple[RecordChange, ...] = ()
    #: Name, hash and number of approvals of the policy's rule: a policy that changes asks anew.
    rule: str = ""
    rule_hash: str = ""
    threshold: int = 0

    def skill(self, skill_id: str) -> SkillSubject:
        """Return the content that goes by ``skill_id``; KeyError when there is none."""
        return {skill.skill_id: skill for skill in self.skills}[skill_id]

    def under(self, rule: Rule) -> ApprovalSubject:
        """Return the subject as ``rule`` asks about it."""
        return self.evolve(rule=rule.name, rule_hash=rule.hash, threshold=rule.threshold)

    def facts(self, conversation: ConversationRef) -> RequestFacts:
        """Return what a rule may ask about the request, which was made in ``conversation``."""
        items = []
        for target in self.targets:
            skill = self.skill(target.skill_id)
            source = "/".join(filter(None, (skill.location.host, skill.location.label, skill.path)))
            items.append(
                ItemFacts(
                    skill=skill.name,
                    source=source,
                    provider=(target.provider, target.provider_kind),
                    reach=skill.reach.level,
                    change=target.change,
                )
            )
        return RequestFacts(
            intent=self.action.intent,
            risk=risk_of(self.action),
            items=tuple(items),
            team=conversation.workspace_id,
            chat=conversation.conversation_id,
        )

    def asks_the_same_as(self, other: ApprovalSubject) -> bool:
        """Whether approving one of the two is approving the other: same content, same places, same rule."""
        return self._question == other._question

    @property
    def _question(self) -> tuple[str, dict[str, Any]]:
        unnamed = {"__all__": {"skill_id", "asked_as"}}
        rest = self.model_dump(
            mode="json", exclude={"action": True, "skills": unnamed, "targets": {"__all__": {"skill_id"}}}
        )
        return self.action.intent, rest

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
    on_behalf_of: str | None = None
    approve: bool
    #: False until an approval of something destructive was given twice.
    is_confirmed: bool = True
    comment: str | None = None
    revision: int
    channel: str
    voted_at: AwareDatetime


class PendingChange(Domain):
    """Another ref that somebody named, while what it would change is being found out."""

    by: str
    action: ChatAction


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
    change: PendingChange | None = None
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

    @property
    def is_break_glass(self) -> bool:
        """Whether one admin approved it alone, in an emergency."""
        return bool((self.response or {}).get("break_glass"))
