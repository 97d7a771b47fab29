"""One value of every entity with every field set, and how it is stored and read back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.domain.actions import Install, Rollback
from core.domain.approvals import ApprovalStatus, PendingChange
from core.domain.artifacts import ArtifactStatus, ArtifactType
from core.domain.base import Domain
from core.domain.drift import DriftDetails, DriftStatus, Resolution
from core.domain.executions import (
    ChatActionResult,
    ExecutionStatus,
    RunAction,
    RunStatus,
    TriggerSource,
    WaitingFor,
)
from core.domain.messages import ConversationRef
from core.domain.notices import InboxStatus, NoticeKind, NoticeStatus
from core.domain.plans import RiskLevel
from core.domain.skills import Reach, ReachLevel, SkillDiff
from core.domain.targets import ProviderKind, ProviderMode, ProviderStatus, TargetStatus
from core.domain.users import Role, Scope
from core.ports import UnitOfWork
from tests.clock import START
from tests.storage_factory import (
    COMMIT,
    DIGEST,
    RULE,
    World,
    fresh_id,
    make_api_token,
    make_approval,
    make_artifact,
    make_chat_action,
    make_delegation,
    make_drift,
    make_execution,
    make_freeze,
    make_identity,
    make_inbox_item,
    make_link_code,
    make_notice,
    make_policy_version,
    make_prompt,
    make_provider,
    make_run,
    make_skill,
    make_subject,
    make_target,
    make_token,
    make_transition,
    make_user,
    make_version,
    make_vote,
)

LATER = START + timedelta(hours=3, microseconds=7)
JSON: dict[str, Any] = {"list": [1, 2.5, None, True], "text": "한국어 \"'\\ \n 🦊", "nested": {"": {}}}
SLACK = ConversationRef(
    channel="slack", workspace_id="T1", conversation_id="C1", thread_id="1700000000.000100", private=True
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """An entity: how one is built with every field set, stored, changed and found again."""

    build: Callable[[World], Domain]
    add: Callable[[UnitOfWork, Any], Awaitable[object]]
    find: Callable[[UnitOfWork, Any], Awaitable[object]]
    update: Callable[[UnitOfWork, Any], Awaitable[object]] | None = None


async def _first(found: Awaitable[tuple[object, ...]]) -> object:
    return (await found)[0]


def _user(_: World) -> Domain:
    return make_user(
        "민아",
        email_verified=True,
        role=Role.ADMIN,
        is_active=False,
        language="ko",
        timezone="Asia/Seoul",
        admitted_at=START,
    )


def _identity(world: World) -> Domain:
    return make_identity(world.bob, channel="slack", workspace_id="T1", external_id="U1", display_name="Bob B.")


def _api_token(world: World) -> Domain:
    return make_api_token(world.bob, scopes=tuple(Scope), expires_at=LATER, revoked_at=LATER)


def _skill(world: World) -> Domain:
    return make_skill(world.alice, "docx", tags=("office", "문서"), source_ref="v2", is_archived=True, updated_at=LATER)


def _provider(world: World) -> Domain:
    return make_provider(
        world.bob,
        ProviderKind.GEMINI,
        status=ProviderStatus.ERROR,
        mode=ProviderMode.API,
        config=JSON,
        last_error="it did not answer",
    )


def _target(world: World) -> Domain:
    return make_target(
        world.skill,
        world.provider,
        id=world.target.id,
        installed_ref=COMMIT,
        installed_digest=DIGEST,
        previous_ref=COMMIT[::-1],
        previous_digest=DIGEST[::-1],
        status=TargetStatus.INSTALLED,
        last_synced_at=LATER,
        updated_at=LATER,
    )


def _version(world: World) -> Domain:
    return make_version(
        world.skill,
        commit_sha=COMMIT,
        author="박미나",
        committed_at=LATER,
        reach=Reach(level=ReachLevel.REMOTE, scripts=("a.py",), hosts=("example.com",)),
        bundle_path="artifacts/bundles/ab/abc.tar",
        created_at=LATER,
    )


def _execution(world: World) -> Domain:
    return make_execution(
        world.alice,
        channel=SLACK.channel,
        workspace_id=SLACK.workspace_id,
        channel_id=SLACK.conversation_id,
        thread_id=SLACK.thread_id,
        is_private=True,
        input_text="pdf 설치해 줘",
        metadata=JSON,
        status=ExecutionStatus.RUNNING,
        waiting_for=WaitingFor.RUN,
        revision=3,
        subject=make_subject(world.skill, (world.provider, world.target)),
        pod_name="host:17",
        started_at=LATER,
        completed_at=LATER,
        updated_at=LATER,
        output="done",
        tokens_used=7,
        input_tokens=0,
        output_tokens=7,
        error_code="TOOK_TOO_LONG",
        error_message="it took too long",
        error_details=JSON,
        estimated_cost=Decimal("1234.567891"),
        retain_until=LATER,
        is_permanent=True,
        timeout=60,
        callback_url="https://example.test/hook",
        resources=JSON,
        replay_of=world.execution.id,
        replay_mode="dry-run",
    )


def _run(world: World) -> Domain:
    return make_run(
        world.execution,
        world.target,
        trigger_source=TriggerSource.UI,
        action=RunAction.UNINSTALL,
        status=RunStatus.RUNNING,
        attempt=2,
        error_code="DISK_FULL",
        error_message="no space left",
        not_before=LATER,
        waits_for="skillwarden/7F3K-pdf-claude",
        lease_owner="host:17",
        lease_until=LATER,
        fence=5,
        started_at=LATER,
        finished_at=LATER,
        receipt_due=LATER,
    )


def _chat_action(world: World) -> Domain:
    return make_chat_action(
        world.execution,
        Rollback(skills=("pdf",), providers=("claude",), to_ref="v1"),
        id=fresh_id(),
        result=ChatActionResult.FAILED,
        updated_at=LATER,
    )


def _request(world: World) -> Domain:
    return make_approval(
        world.execution,
        id=fresh_id(),
        code="7F3K",
        chat_action_id=world.action.id,
        agent_type="drift",
        request_type="prompt_input",
        question_hash="e" * 64,
        options=("restart", "다시"),
        status=ApprovalStatus.APPROVED,
        payload=JSON,
        response=JSON,
        rule=RULE.evolve(allow_self=True, threshold=2, ttl=timedelta(minutes=7)),
        requesters=(world.alice.id, world.bob.id),
        change=PendingChange(by=world.bob.id, action=Install(skills=("pdf",), providers=("claude",), ref="v2")),
        risk_level=RiskLevel.DESTRUCTIVE,
        threshold=2,
        revision=4,
        responded_by="system:expiry",
        comment="fine",
        callback_url="https://example.test/hook",
        responded_at=LATER,
        execution_expires_at=LATER,
    )


def _notice(world: World) -> Domain:
    return make_notice(
        world.execution,
        kind=NoticeKind.OUTCOME,
        request_id=world.request.id,
        user_id=world.bob.id,
        conversation=SLACK,
        payload=JSON,
        status=NoticeStatus.FAILED,
        attempts=3,
        next_attempt_at=LATER,
        last_error="chat gone",
        delivered_at=LATER,
        message_id="1700000000.000200",
    )


def _drift(world: World) -> Domain:
    diff = SkillDiff(first_install=False, changed=("SKILL.md",), lines_added=2, lines_removed=1)
    return make_drift(
        world.target,
        found_digest=DIGEST[::-1],
        details=DriftDetails(skill="pdf", provider="Claude", location="~/pdf", diff=diff, patch="+한국어"),
        status=DriftStatus.RESOLVED,
        resolution=Resolution.ACCEPTED,
        execution_id=world.execution.id,
        revision=3,
        ignored_by=world.bob.id,
        comment="ignore drift of pdf",
        ignored_at=LATER,
        resolved_at=LATER,
    )


def _prompt(world: World) -> Domain:
    return make_prompt(
        world.execution,
        kind=NoticeKind.APPROVAL_CARD,
        request_id=world.request.id,
        drift_id=world.drift.id,
        conversation=SLACK,
        is_gone=True,
        attempts=2,
        next_attempt_at=LATER,
    )


def _token(world: World) -> Domain:
    return make_token(world.execution, request_id=world.request.id, revision=2, press=JSON, form=JSON)


def _inbox_item(world: World) -> Domain:
    return make_inbox_item(
        status=InboxStatus.FAILED,
        attempts=4,
        last_error="unreadable",
        execution_id=world.execution.id,
        processed_at=LATER,
    )


def _artifact(world: World) -> Domain:
    return make_artifact(
        world.execution,
        file_size=2**40,
        type=ArtifactType.LOG,
        status=ArtifactStatus.ARCHIVED,
        expires_at=LATER,
        archived_at=LATER,
    )


CASES: dict[str, Case] = {
    "user": Case(
        build=_user,
        add=lambda uow, it: uow.users.add(it),
        find=lambda uow, it: uow.users.get(it.id),
        update=lambda uow, it: uow.users.update(it),
    ),
    "identity": Case(
        build=_identity,
        add=lambda uow, it: uow.users.add_identity(it),
        find=lambda uow, it: _first(uow.users.identities(it.user_id)),
    ),
    "api token": Case(
        build=_api_token,
        add=lambda uow, it: uow.api_tokens.add(it),
        find=lambda uow, it: uow.api_tokens.by_hash(it.token_hash),
        update=lambda uow, it: uow.api_tokens.update(it),
    ),
    "delegation": Case(
        build=lambda world: make_delegation(world.bob, world.alice, starts_at=START - timedelta(microseconds=1)),
        add=lambda uow, it: uow.delegations.add(it),
        find=lambda uow, it: _first(uow.delegations.active(START)),
    ),
    "link code": Case(
        build=lambda world: make_link_code(world.alice, workspace_id="W1", claimed_by=world.bob.id, used_at=LATER),
        add=lambda uow, it: uow.links.add(it),
        find=lambda uow, it: uow.links.by_hash(it.code_hash),
        update=lambda uow, it: uow.links.update(it),
    ),
    "drift": Case(
        build=_drift,
        add=lambda uow, it: uow.drifts.add(it),
        find=lambda uow, it: uow.drifts.get(it.id),
        update=lambda uow, it: uow.drifts.update(it, expected=it.status),
    ),
    "freeze": Case(
        build=lambda world: make_freeze(
            world.bob, skill_id=world.skill.id, provider_id=world.provider.id, reason="freeze pdf on claude"
        ),
        add=lambda uow, it: uow.freezes.add(it),
        find=lambda uow, _: _first(uow.freezes.active()),
        update=lambda uow, it: uow.freezes.update(it),
    ),
    "policy version": Case(
        build=lambda world: make_policy_version(7, rules=JSON, created_by=world.bob.id),
        add=lambda uow, it: uow.policies.add(it),
        find=lambda uow, it: uow.policies.active(),
    ),
    "skill": Case(
        build=_skill,
        add=lambda uow, it: uow.skills.add(it),
        find=lambda uow, it: uow.skills.get(it.id),
        update=lambda uow, it: uow.skills.update(it),
    ),
    "provider": Case(
        build=_provider,
        add=lambda uow, it: uow.providers.add(it),
        find=lambda uow, it: uow.providers.get(it.id),
        update=lambda uow, it: uow.providers.update(it),
    ),
    "target": Case(
        build=_target,
        add=lambda uow, it: uow.targets.update(it, expected="idle"),
        find=lambda uow, it: uow.targets.get(it.id),
    ),
    "skill version": Case(
        build=_version,
        add=lambda uow, it: uow.versions.add(it),
        find=lambda uow, it: uow.versions.of(it.skill_id, it.digest),
    ),
    "execution": Case(
        build=_execution,
        add=lambda uow, it: uow.executions.add(it),
        find=lambda uow, it: uow.executions.get(it.id),
        update=lambda uow, it: uow.executions.update(it, expected=it.status),
    ),
    "transition": Case(
        build=lambda world: make_transition(world.execution, from_status="pending", to_status="running"),
        add=lambda uow, it: uow.executions.add_transition(it),
        find=lambda uow, it: _first(uow.executions.transitions(it.execution_id)),
    ),
    "run": Case(
        build=_run,
        add=lambda uow, it: uow.runs.add(it),
        find=lambda uow, it: uow.runs.get(it.id),
        update=lambda uow, it: uow.runs.update(it, expected=it.status),
    ),
    "chat action": Case(
        build=_chat_action,
        add=lambda uow, it: uow.chat_actions.add(it),
        find=lambda uow, it: uow.chat_actions.of_execution(it.execution_id),
        update=lambda uow, it: uow.chat_actions.update(it, expected=it.result),
    ),
    "request": Case(
        build=_request,
        add=lambda uow, it: uow.approvals.add(it),
        find=lambda uow, it: uow.approvals.get(it.id),
    ),
    "vote": Case(
        build=lambda world: make_vote(
            world.request, world.bob, approve=False, is_confirmed=False, on_behalf_of=world.alice.id, answer=JSON
        ),
        add=lambda uow, it: uow.approvals.add_vote(it),
        find=lambda uow, it: _first(uow.approvals.votes(it.request_id)),
    ),
    "notice": Case(
        build=_notice,
        add=lambda uow, it: uow.notices.add(it),
        find=lambda uow, it: uow.notices.get(it.id),
        update=lambda uow, it: uow.notices.update(it),
    ),
    "prompt": Case(
        build=_prompt,
        add=lambda uow, it: uow.prompts.add(it),
        find=lambda uow, it: uow.prompts.get(it.id),
        update=lambda uow, it: uow.prompts.update(it),
    ),
    "token": Case(
        build=_token,
        add=lambda uow, it: uow.tokens.ensure([it]),
        find=lambda uow, it: uow.tokens.get(it.token),
    ),
    "inbox item": Case(
        build=_inbox_item,
        add=lambda uow, it: uow.inbox.add(it),
        find=lambda uow, it: uow.inbox.get(it.id),
        update=lambda uow, it: uow.inbox.update(it),
    ),
    "artifact": Case(
        build=_artifact,
        add=lambda uow, it: uow.artifacts.add(it),
        find=lambda uow, it: _first(uow.artifacts.of_execution(it.execution_id)),
    ),
}
