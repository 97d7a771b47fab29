"""Builders of domain values for tests: parents come first, anything else can be changed by keyword.

    alice = make_user()
    skill = make_skill(alice, name="docx")

What is built is consistent (ids of the parents, unique codes and keys), so that it can be stored as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.domain.actions import ChatAction, Install
from core.domain.approvals import ApprovalRequest, ApprovalSubject, SkillSubject, TargetSubject, Vote
from core.domain.artifacts import Artifact, ArtifactType
from core.domain.base import new_code, new_id, sha256_hex
from core.domain.delegations import Delegation
from core.domain.drift import DriftDetails, DriftEvent, DriftStatus, Resolution
from core.domain.events import MessageReceived
from core.domain.executions import (
    ChatActionRecord,
    Execution,
    InstallRun,
    RunAction,
    StatusTransition,
    WaitingFor,
)
from core.domain.freezes import Freeze
from core.domain.links import LIFETIME, LinkCode
from core.domain.messages import Actor, ConversationRef, IncomingMessage
from core.domain.notices import ButtonToken, InboxItem, Notice, NoticeKind, Prompt
from core.domain.plans import RiskLevel
from core.domain.policies import PolicyVersion
from core.domain.policy import Rule
from core.domain.skills import Reach, ReachLevel, Skill, SkillDiff, SkillVersion, SourceLocation
from core.domain.targets import InstallTarget, Provider, ProviderKind
from core.domain.users import ApiToken, ChannelIdentity, Role, Scope, User
from core.ports import Storage
from tests.clock import START

COMMIT = "4be91c2f0a" * 4
DIGEST = sha256_hex(b"the content of the skill")
RULE = Rule(name="write", risks=(RiskLevel.WRITE,), outcome="require")


def fresh_id() -> str:
    """Return an id made at the moment fake clocks start."""
    return new_id(START)


def make_user(name: str = "alice", **changes: Any) -> User:
    """Build a person with an address of their own."""
    user_id = fresh_id()
    values = {"id": user_id, "email": f"{name}-{user_id}@example.test", "name": name, "created_at": START}
    return User.model_validate(values | changes)


def make_identity(user: User, **changes: Any) -> ChannelIdentity:
    """Build the console account of ``user``."""
    values = {
        "id": fresh_id(),
        "channel": "console",
        "external_id": f"{user.name}-{user.id}",
        "user_id": user.id,
        "display_name": user.name,
        "created_at": START,
    }
    return ChannelIdentity.model_validate(values | changes)


def make_api_token(user: User, **changes: Any) -> ApiToken:
    """Build a token of ``user`` that may read requests and never expires."""
    token_id = fresh_id()
    values = {
        "id": token_id,
        "user_id": user.id,
        "name": "deploy job",
        "token_hash": sha256_hex(token_id.encode()),
        "scopes": (Scope.EXECUTIONS_READ,),
        "created_at": START,
    }
    return ApiToken.model_validate(values | changes)


def make_delegation(away: User, to: User | None = None, **changes: Any) -> Delegation:
    """Build a day in which ``away`` does not answer, and ``to`` does."""
    values = {
        "id": fresh_id(),
        "from_user_id": away.id,
        "to_user_id": to and to.id,
        "starts_at": START,
        "until": START + timedelta(days=1),
        "created_at": START,
    }
    return Delegation.model_validate(values | changes)


def make_link_code(user: User, **changes: Any) -> LinkCode:
    """Build a code that ``user`` was given on Telegram, good for ten minutes."""
    code_id = fresh_id()
    values = {
        "id": code_id,
        "user_id": user.id,
        "code_hash": sha256_hex(code_id.encode()),
        "channel": "telegram",
        "conversation_id": "700",
        "created_at": START,
        "expires_at": START + LIFETIME,
    }
    return LinkCode.model_validate(values | changes)


def make_policy_version(version: int = 1, **changes: Any) -> PolicyVersion:
    """Build the active policy with that number, taken from the configuration."""
    values = {
        "id": fresh_id(),
        "version": version,
        "hash": sha256_hex(b"%d" % version),
        "rules": {"rules": [{"name": "write", "outcome": "require"}]},
        "is_active": True,
        "created_at": START,
    }
    return PolicyVersion.model_validate(values | changes)


def make_skill(owner: User, name: str = "pdf", **changes: Any) -> Skill:
    """Build a catalogue entry called ``name``."""
    values = {
        "id": fresh_id(),
        "owner_id": owner.id,
        "name": name,
        "title": name.upper(),
        "description": f"Works with {name} files.",
        "github_url": "https://github.com/acme/skills",
        "path": f"skills/{name}",
        "tags": ("office",),
        "created_at": START,
        "updated_at": START,
    }
    return Skill.model_validate(values | changes)


def make_provider(owner: User, name: ProviderKind = ProviderKind.CLAUDE, **changes: Any) -> Provider:
    """Build a connected provider of kind ``name``."""
    values = {
        "id": fresh_id(),
        "owner_id": owner.id,
        "name": name,
        "display_name": name.value.title(),
        "config": {"path": f"/home/bot/.{name.value}/skills"},
        "created_at": START,
        "updated_at": START,
    }
    return Provider.model_validate(values | changes)


def make_version(skill: Skill, **changes: Any) -> SkillVersion:
    """Build content of ``skill`` that was installed; nothing is known of where it came from."""
    values = {
        "id": fresh_id(),
        "skill_id": skill.id,
        "requested_ref": skill.source_ref,
        "commit_sha": None,
        "digest": DIGEST,
        "author": None,
        "committed_at": None,
        "file_count": 9,
        "size": 41_000,
        "reach": Reach(level=ReachLevel.CONTAINED),
        "bundle_path": None,
        "created_at": START,
    }
    return SkillVersion.model_validate(values | changes)


def make_target(skill: Skill, provider: Provider, **changes: Any) -> InstallTarget:
    """Build the target that pairs ``skill`` with ``provider``, nothing installed yet."""
    values = {
        "id": fresh_id(),
        "skill_id": skill.id,
        "provider_id": provider.id,
        "desired_ref": COMMIT,
        "created_at": START,
        "updated_at": START,
    }
    return InstallTarget.model_validate(values | changes)


def make_drift(target: InstallTarget, **changes: Any) -> DriftEvent:
    """Build an open drift of ``target``: pdf is not on Claude any more."""
    values = {
        "id": fresh_id(),
        "target_id": target.id,
        "expected_digest": DIGEST,
        "found_digest": None,
        "details": DriftDetails(skill="pdf", provider="Claude", location="~/.claude/skills/pdf"),
        "detected_at": START,
    }
    return DriftEvent.model_validate(values | changes)


def make_freeze(user: User, **changes: Any) -> Freeze:
    """Build a freeze of everything, asked for by ``user``."""
    values = {"id": fresh_id(), "user_id": user.id, "created_at": START}
    return Freeze.model_validate(values | changes)


def make_execution(user: User, **changes: Any) -> Execution:
    """Build a pending request of ``user`` on the console: "install pdf on claude", waiting to be planned."""
    execution_id = fresh_id()
    values = {
        "id": execution_id,
        "code": new_code(8),
        "user_id": user.id,
        "channel": "console",
        "channel_id": "console",
        "channel_user_id": user.name,
        "dedupe_key": f"console:{execution_id}",
        "input_text": "install pdf on claude",
        "prompt": "install pdf on claude",
        "waiting_for": WaitingFor.PLAN,
        "job_name": f"skillwarden-{execution_id}",
        "created_at": START,
        "updated_at": START,
    }
    return Execution.model_validate(values | changes)


def make_run(execution: Execution, target: InstallTarget, **changes: Any) -> InstallRun:
    """Build the queued run of ``execution`` on ``target``."""
    values = {
        "id": fresh_id(),
        "execution_id": execution.id,
        "skill_id": target.skill_id,
        "provider_id": target.provider_id,
        "target_id": target.id,
        "triggered_by": execution.user_id,
        "action": RunAction.INSTALL,
        "requested_ref": target.desired_ref,
        "created_at": START,
    }
    return InstallRun.model_validate(values | changes)


def make_chat_action(execution: Execution, action: ChatAction | None = None, **changes: Any) -> ChatActionRecord:
    """Build the audit row of ``action`` ("install pdf on claude" when None)."""
    action = action or Install(skills=("pdf",), providers=("claude",))
    values = {
        "id": fresh_id(),
        "user_id": execution.user_id,
        "intent": action.intent,
        "input_text": execution.input_text,
        "resolved_action": action,
        "execution_id": execution.id,
        "created_at": START,
        "updated_at": START,
    }
    return ChatActionRecord.model_validate(values | changes)


def make_subject(skill: Skill, *pairs: tuple[Provider, InstallTarget], **changes: Any) -> ApprovalSubject:
    """Build what an approver of "install ``skill``" is shown: a first install on each of ``pairs``."""
    content = SkillSubject(
        skill_id=skill.id,
        name=skill.name,
        asked_as=skill.name,
        location=SourceLocation(url=skill.github_url, label="acme/skills", host="github.com", path=skill.path),
        path=skill.path,
        requested_ref=skill.source_ref,
        commit=COMMIT,
        author="Mina Park",
        committed_at=START - timedelta(days=2),
        digest=DIGEST,
        file_count=9,
        size=41_000,
        reach=Reach(level=ReachLevel.PRIVILEGED, scripts=("scripts/fill.py",)),
    )
    targets = tuple(
        TargetSubject(
            provider_id=provider.id,
            provider=provider.display_name,
            provider_kind=provider.name.value,
            skill_id=skill.id,
            skill=skill.name,
            location=f"/home/bot/.{provider.name.value}/skills/{skill.name}",
            installed_ref=target.installed_ref,
            wanted_digest=DIGEST,
            diff=SkillDiff(first_install=True, added=("SKILL.md",), lines_added=12),
        )
        for provider, target in pairs
    )
    values = {
        "action": Install(skills=(skill.name,), providers=tuple(provider.name.value for provider, _ in pairs)),
        "skills": (content,),
        "targets": targets,
        "rule": RULE.name,
        "rule_hash": RULE.hash,
        "threshold": 1,
    }
    return ApprovalSubject.model_validate(values | changes)


def make_approval(execution: Execution, **changes: Any) -> ApprovalRequest:
    """Build the pending approval of ``execution``: it shares the code and expires after one hour."""
    values = {
        "id": fresh_id(),
        "code": execution.code,
        "execution_id": execution.id,
        "title": "Install pdf on Claude",
        "description": "9 files, 41 kB",
        "payload": {"skills": ["pdf"], "providers": ["claude"]},
        "risk_level": RiskLevel.WRITE,
        "subject_hash": DIGEST,
        "policy": RULE.name,
        "rule": RULE,
        "requesters": (execution.user_id,),
        "created_by": execution.user_id,
        "created_at": START,
        "updated_at": START,
        "expires_at": START + timedelta(hours=1),
        "remind_at": START + timedelta(minutes=45),
    }
    return ApprovalRequest.model_validate(values | changes)


def make_vote(request: ApprovalRequest, user: User, **changes: Any) -> Vote:
    """Build an approving vote of ``user`` on the current revision of ``request``."""
    values = {
        "request_id": request.id,
        "user_id": user.id,
        "approve": True,
        "comment": "fine, I read the scripts",
        "revision": request.revision,
        "channel": "console",
        "voted_at": START,
    }
    return Vote.model_validate(values | changes)


def make_conversation(**changes: Any) -> ConversationRef:
    """Build a private conversation on the console."""
    return ConversationRef.model_validate(
        {"channel": "console", "conversation_id": "console", "private": True} | changes
    )


def make_notice(execution: Execution, **changes: Any) -> Notice:
    """Build a pending reply to ``execution``, due at once."""
    notice_id = fresh_id()
    values = {
        "id": notice_id,
        "dedupe_key": f"reply:{notice_id}",
        "kind": NoticeKind.REPLY,
        "execution_id": execution.id,
        "conversation": execution.conversation,
        "payload": {"card": {"title": "Done"}},
        "next_attempt_at": START,
        "created_at": START,
    }
    return Notice.model_validate(values | changes)


def make_prompt(execution: Execution, **changes: Any) -> Prompt:
    """Build a posted copy of the request card of ``execution`` that shows its current revision."""
    prompt_id = fresh_id()
    values = {
        "id": prompt_id,
        "kind": NoticeKind.REQUEST_CARD,
        "execution_id": execution.id,
        "user_id": execution.user_id,
        "conversation": execution.conversation,
        "message_id": f"message-{prompt_id}",
        "shown_revision": execution.revision,
        "next_attempt_at": START,
        "created_at": START,
    }
    return Prompt.model_validate(values | changes)


def make_token(execution: Execution, **changes: Any) -> ButtonToken:
    """Build the token of the details button of ``execution``."""
    values = {
        "token": fresh_id()[-12:],
        "execution_id": execution.id,
        "press": {"kind": "details"},
        "created_at": START,
    }
    return ButtonToken.model_validate(values | changes)


def make_message(text: str = "install pdf on claude", **changes: Any) -> IncomingMessage:
    """Build a sentence said by alice on the console."""
    values = {
        "dedupe_key": f"console:{fresh_id()}",
        "received_at": START,
        "sender": Actor(channel="console", external_id="alice", display_name="Alice"),
        "conversation": make_conversation(),
        "text": text,
    }
    return IncomingMessage.model_validate(values | changes)


def make_inbox_item(message: IncomingMessage | None = None, **changes: Any) -> InboxItem:
    """Build the stored delivery of ``message``."""
    message = message or make_message()
    values = {
        "id": fresh_id(),
        "dedupe_key": message.dedupe_key,
        "kind": message.kind,
        "conversation_key": f"{message.conversation.channel}:{message.conversation.conversation_id}",
        "payload": message.model_dump(mode="json"),
        "received_at": message.received_at,
    }
    return InboxItem.model_validate(values | changes)


def make_artifact(execution: Execution, **changes: Any) -> Artifact:
    """Build the stored bundle of ``execution``."""
    values = {
        "id": fresh_id(),
        "execution_id": execution.id,
        "file_name": "pdf.zip",
        "file_path": f"bundles/{DIGEST}.zip",
        "file_size": 41_000,
        "mime_type": "application/zip",
        "checksum": DIGEST,
        "type": ArtifactType.CODE,
        "tags": {"digest": DIGEST},
        "created_at": START,
    }
    return Artifact.model_validate(values | changes)


def make_transition(execution: Execution, **changes: Any) -> StatusTransition:
    """Build the transition that says ``execution`` began."""
    values = {
        "id": fresh_id(),
        "execution_id": execution.id,
        "entity_type": "execution",
        "entity_id": execution.id,
        "from_status": None,
        "to_status": execution.status.value,
        "transitioned_at": START,
        "reason": "asked",
        "actor": execution.user_id,
    }
    return StatusTransition.model_validate(values | changes)


def make_event(text: str = "install pdf on claude", **changes: Any) -> MessageReceived:
    """Build the event that says ``text`` was received."""
    values = {"timestamp": START, "message": make_message(text).normalized()}
    return MessageReceived.model_validate(values | changes)


@dataclass(frozen=True, kw_only=True)
class World:
    """Alice asked to install pdf on claude, and bob, an admin, has to decide."""

    alice: User
    bob: User
    skill: Skill
    provider: Provider
    target: InstallTarget
    execution: Execution
    action: ChatActionRecord
    request: ApprovalRequest
    #: It is over.
    drift: DriftEvent


def make_world() -> World:
    """Build a world; nothing of it is stored."""
    alice, bob = make_user("alice"), make_user("bob", role=Role.ADMIN)
    skill, provider, execution = make_skill(alice), make_provider(alice), make_execution(alice)
    target = make_target(skill, provider)
    return World(
        alice=alice,
        bob=bob,
        skill=skill,
        provider=provider,
        target=target,
        execution=execution,
        action=make_chat_action(execution),
        request=make_approval(execution),
        drift=make_drift(target, status=DriftStatus.RESOLVED, resolution=Resolution.BY_ITSELF, resolved_at=START),
    )


async def store_world(storage: Storage) -> World:
    """Build a world and store all of it."""
    world = make_world()
    async with storage.begin() as uow:
        await uow.users.add(world.alice)
        await uow.users.add(world.bob)
        await uow.skills.add(world.skill)
        await uow.providers.add(world.provider)
        await uow.targets.add(world.target)
        await uow.executions.add(world.execution)
        await uow.chat_actions.add(world.action)
        await uow.approvals.add(world.request)
        await uow.drifts.add(world.drift)
        await uow.commit()
    return world
