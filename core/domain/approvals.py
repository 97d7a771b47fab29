"""ApprovalRequest: what is asked, what exactly was shown, who voted, and what the votes amount to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from core.domain.actions import ChatAction, risk_of
from core.domain.agents import AgentQuestion, AgentType, RequestType
from core.domain.base import Domain, canonical_json, sha256_hex
from core.domain.messages import ConversationRef
from core.domain.plans import RiskLevel
from core.domain.policy import Change, ItemFacts, RequestFacts, Rule
from core.domain.signatures import UNCHECKED, Signature
from core.domain.skills import Patch, Reach, Skill, SkillDiff, SourceLocation

#: What ApprovalReceived says in ``modified`` about a vote that counts no longer.
WITHDRAWN = "withdrawn"
#: And about an approval that one admin gave alone, in an emergency.
BROKEN_GLASS = "break_glass"

#: What people are asked about: something that was said in chat, or the question of another program.
SubjectAction = Annotated[ChatAction | AgentQuestion, Field(discriminator="intent")]


class ApprovalStatus(StrEnum):
    """The state of one request for a human decision."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class SkillSubject(Domain):
    """The exact content that is asked for: from the source, from what the bot keeps, or from the place it is at.

    Of content that no approval was ever about, ``commit``, ``author`` and ``committed_at`` are not known.
    """

    skill_id: str
    name: str
    title: str = ""
    #: What the action called it: its name, or a source.
    asked_as: str
    description: str = ""
    origin: Literal["source", "store", "place"] = "source"
    location: SourceLocation
    path: str
    requested_ref: str
    commit: str | None
    author: str | None
    committed_at: AwareDatetime | None
    signature: Signature = UNCHECKED
    digest: str
    #: Whether the same bytes were installed, with consent, before.
    approved_before: bool = False
    file_count: int
    size: int
    reach: Reach
    warnings: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool | None:
        """Whether a configured key vouches for it; None for what comes back and was judged when it was approved."""
        return None if self.origin == "store" and self.approved_before else self.signature.is_verified

    @property
    def place(self) -> str:
        """Host, repository and folder: "github.com/acme/skills/pdf"."""
        return "/".join(filter(None, (self.location.host, self.location.label, self.path)))

    def entry(self, owner_id: str, now: datetime, tags: tuple[str, ...] = ()) -> Skill:
        """Return the catalogue's entry for a skill that was not known before."""
        return Skill(
            id=self.skill_id,
            owner_id=owner_id,
            name=self.name,
            title=self.title or self.name,
            description=self.description,
            github_url=self.location.url,
            path=self.path,
            source_ref=self.requested_ref,
            tags=tags,
            created_at=now,
            updated_at=now,
        )


class TargetSubject(Domain):
    """One place: what is there now, and what shall be there (``wanted_digest``; None: nothing, it is removed).

    ``installed_digest`` is what was found there when the card was made; ``recorded_digest`` is what the bot installed
    last. They differ when somebody edited the skill in place. With ``adopts`` nothing is done there: what was found
    becomes what is recorded, and ``diff`` says how it differs from what is recorded now.
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
    wanted_digest: str | None
    #: Host, repository and folder of the skill's source.
    source: str = ""
    #: Whether what comes could do more than what is there.
    reach_widened: bool = False
    #: The failed run that this tries again.
    retry_of: str | None = None
    adopts: bool = False
    diff: SkillDiff

    @property
    def edited_locally(self) -> bool:
        """Whether what is there is not what the bot put there."""
        return self.installed_digest != self.recorded_digest

    @property
    def restores(self) -> bool:
        """Whether what the bot installed last comes back, after somebody else changed it."""
        return self.edited_locally and self.wanted_digest is not None and self.wanted_digest == self.recorded_digest

    @property
    def is_removed(self) -> bool:
        """Whether what is there goes, and nothing takes its place."""
        return self.installed_digest is not None and self.wanted_digest is None and not self.adopts

    @property
    def is_current(self) -> bool:
        """Whether exactly this content is there already, put there by the bot."""
        return self.installed_digest == self.wanted_digest and not self.edited_locally

    @property
    def changes(self) -> frozenset[Change]:
        """What would happen there, in the policy's words."""
        if self.is_current:
            return frozenset({"none"})
        found: set[Change] = set()
        if self.edited_locally and not self.adopts:
            found.add("local_edits")
        if self.wanted_digest is None:
            found.add("removal")
        elif self.installed_digest is None and self.recorded_digest is None:
            found.add("first_install")
        if self.diff.changed_scripts:
            found.add("scripts")
        if self.reach_widened:
            found.add("reach_widened")
        is_update = self.installed_digest is not None and not self.diff.is_empty
        if is_update and found <= {"local_edits"}:
            found.add("text_only")
        return frozenset(found)


class RecordChange(Domain):
    """One change of the bot's own records: "Bob, role, user -> admin"; ``entity_id`` is the person's or skill's."""

    entity_id: str
    name: str
    field: str
    before: str | None = None
    after: str | None = None
    #: Id of the person whose rights it changes: they have no say in it.
    concerns: str | None = None
    #: What else people should know; nobody agrees to it.
    remark: str = ""


class LeftOut(Domain):
    """What is not done of what was asked for, and why.

    A skill of a source that is not added to the catalogue: ``detail`` is who has the name, or what is wrong. A skill
    that is ``frozen`` on the provider ``detail``, or ``waiting`` there for somebody to merge an earlier change. A
    provider that is ``disconnected``: nothing is done there.
    """

    name: str
    why: Literal["taken", "twice", "invalid", "frozen", "disconnected", "waiting"]
    detail: str


class ApprovalSubject(Domain):
    """Everything an approval binds to: approve this and only exactly this runs.

    A request that installs or removes has targets, and for each content that comes somewhere one of ``skills``; one
    that adds to the catalogue has ``skills`` alone, and one that only changes the bot's own records has ``records``.
    The question of another program has none of them: nothing runs here.
    """

    action: SubjectAction
    skills: tuple[SkillSubject, ...] = ()
    targets: tuple[TargetSubject, ...] = ()
    patches: tuple[Patch, ...] = ()
    records: tuple[RecordChange, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    #: Name, hash and number of approvals of the policy's rule: a policy that changes asks anew.
    rule: str = ""
    rule_hash: str = ""
    threshold: int = 0

    @property
    def risk(self) -> RiskLevel:
        """What it may cost, by what it does: what is there goes, or kept content that nobody approved comes back.

        What another program does with its answer is not known here: it is no mere question.
        """
        if isinstance(self.action, AgentQuestion):
            return RiskLevel.WRITE
        unknown = any(skill.origin == "store" and not skill.approved_before for skill in self.skills)
        if unknown or any(target.is_removed for target in self.targets):
            return RiskLevel.DESTRUCTIVE
        return risk_of(self.action)

    @property
    def concerned(self) -> frozenset[str]:
        """Ids of the people whose rights it would change."""
        return frozenset(record.concerns for record in self.records if record.concerns)

    @property
    def question(self) -> AgentQuestion | None:
        """The question of another program; None when the bot itself would do something."""
        return self.action if isinstance(self.action, AgentQuestion) else None

    @property
    def chat_action(self) -> ChatAction:
        """What was said in chat; a ValueError for the question of another program."""
        if isinstance(self.action, AgentQuestion):
            raise ValueError("another program asked this")  # noqa: TRY004 - the type is right, the moment is not
        return self.action

    @property
    def columns(self) -> dict[str, Any]:
        """What a row of ``hitl_requests`` says of it."""
        bound = {"risk_level": self.risk, "subject_hash": self.hash}
        if self.question is None:
            asked = {"title": title_of(self.action), "payload": self.model_dump(mode="json")}
            return bound | asked | {"question_hash": self.question_hash}
        names = ("agent_type", "request_type", "title", "description", "payload", "options")
        return bound | {name: getattr(self.question, name) for name in names}

    def content(self, target: TargetSubject) -> SkillSubject | None:
        """Return what shall be at ``target``; None when it is removed there."""
        wanted = (target.skill_id, target.wanted_digest)
        return next((skill for skill in self.skills if (skill.skill_id, skill.digest) == wanted), None)

    @property
    def asked(self) -> dict[str, str]:
        """Every skill it is about: its name, and what the action called it."""
        if not self.targets:
            return {skill.name: skill.asked_as for skill in self.skills}
        called = {skill.skill_id: skill.asked_as for skill in self.skills}
        return {target.skill: called.get(target.skill_id, target.skill) for target in self.targets}

    def under(self, rule: Rule) -> ApprovalSubject:
        """Return the subject as ``rule`` asks about it."""
        return self.evolve(rule=rule.name, rule_hash=rule.hash, threshold=rule.threshold)

    def facts(self, conversation: ConversationRef) -> RequestFacts:
        """Return what a rule may ask about the request, which was made in ``conversation``."""
        items = []
        for target in self.targets:
            skill = self.content(target)
            items.append(
                ItemFacts(
                    skill=target.skill,
                    source=target.source,
                    provider=(target.provider, target.provider_kind),
                    reach=skill.reach.level if skill else None,
                    changes=target.changes,
                    digest_already_approved=skill.approved_before if skill else None,
                    signed=skill.is_signed if skill else None,
                )
            )
        if not self.targets:
            items += [
                ItemFacts(skill=it.name, source=it.place, reach=it.reach.level, signed=it.is_signed)
                for it in self.skills
            ]
        return RequestFacts(
            intent=self.action.intent,
            risk=self.risk,
            agent=self.question.agent_type if self.question else None,
            request_type=self.question.request_type if self.question else None,
            items=tuple(items),
            team=conversation.workspace_id,
            chat=conversation.conversation_id,
        )

    @property
    def question_hash(self) -> str:
        """SHA-256 of what is asked, whoever asks: where it is the same, approving one is approving the other."""
        named = {"skills": {"__all__": {"skill_id", "asked_as"}}, "targets": {"__all__": {"skill_id", "retry_of"}}}
        rest = self.model_dump(mode="json", exclude={"action": True, **named})
        asked = {"intent": self.action.intent, "tags": list(getattr(self.action, "tags", ()))}
        return sha256_hex(canonical_json(rest | asked))

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of the whole subject."""
        return sha256_hex(canonical_json(self.model_dump(mode="json")))


def title_of(action: SubjectAction) -> str:
    """Return what a request is called in lists of other programs."""
    if isinstance(action, AgentQuestion):
        return action.title
    names = ", ".join(getattr(action, "skills", ())) or str(getattr(action, "user", getattr(action, "to", "")) or "")
    places = ", ".join(getattr(action, "providers", ()))
    return " ".join(filter(None, (action.intent.replace("_", " "), names, places and f"on {places}")))[:255]


class Vote(Domain):
    """One person's answer to one revision of a request; ``on_behalf_of`` is the user they stand in for, if anybody."""

    request_id: str
    user_id: str
    on_behalf_of: str | None = None
    approve: bool
    #: False until an approval of something destructive was given twice.
    is_confirmed: bool = True
    comment: str | None = None
    #: What another program is answered, if it asks for more than a yes.
    answer: dict[str, Any] | None = None
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
    agent_type: AgentType = "chatops"
    request_type: RequestType = "action_approval"
    status: ApprovalStatus = ApprovalStatus.PENDING
    title: str = Field(max_length=255)
    description: str | None = None
    payload: dict[str, Any]
    options: tuple[str, ...] = ()
    response: dict[str, Any] | None = None
    risk_level: RiskLevel
    subject_hash: str
    #: Of what the bot would do itself: two open requests with the same hash ask for the same.
    question_hash: str | None = None
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
    def concerned(self) -> frozenset[str]:
        """Ids of the people whose rights it would change, as its subject says; the words of programs say nothing."""
        records = self.payload.get("records", ()) if self.question_hash is not None else ()
        return frozenset(record["concerns"] for record in records if record.get("concerns"))

    @property
    def barred(self) -> tuple[str, ...]:
        """Ids of who has no vote on it, whomever its rule names."""
        return tuple(dict.fromkeys((*(() if self.rule.allow_self else self.requesters), *sorted(self.concerned))))

    @property
    def is_break_glass(self) -> bool:
        """Whether one admin approved it alone, in an emergency."""
        return bool((self.response or {}).get(BROKEN_GLASS))
