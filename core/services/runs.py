"""Runs: what an approval turns into - one for each target - and what a claimed one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import AwareDatetime

from core.domain.actions import RestoreDrift
from core.domain.approvals import ApprovalSubject, SkillSubject, TargetSubject
from core.domain.base import Domain, new_id
from core.domain.executions import (
    ChatActionRecord,
    ChatActionResult,
    Execution,
    ExecutionStatus,
    InstallRun,
    RunAction,
    TriggerSource,
    WaitingFor,
)
from core.domain.notices import NoticeKind
from core.domain.skills import SkillVersion
from core.domain.targets import InstallTarget, Provider, ProviderMode, TargetStatus
from core.errors import NameTaken
from core.services.drifts import end_drift
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome
from core.services.plan_steps import step_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.ports import UnitOfWork


#: What a run does to its target, by the intent of its request.
RUN_ACTIONS = {
    **{action.value: action for action in RunAction},
    # What was approved comes back; what is recorded follows what is there.
    "restore_drift": RunAction.ROLLBACK,
    "accept_drift": RunAction.SYNC,
}


class Job(Domain):
    """A claimed run with all it needs; ``content`` is None when the target's is removed."""

    run: InstallRun
    execution: Execution
    provider: Provider
    content: SkillSubject | None
    target: TargetSubject
    row: InstallTarget
    step: int
    began: AwareDatetime


async def enqueue(
    uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str, not_before: datetime | None = None
) -> None:
    """Create one run for each target of ``execution.subject`` that would change; the caller's transaction approved it.

    Raises:
        NameTaken: the catalogue has got another skill of this name since it was asked for.
    """
    subject = subject_of(execution)
    ledger = Ledger(uow, now=now, actor=actor)
    for target in subject.targets:
        if target.is_current:
            continue
        content = subject.content(target)
        if content is not None:
            await _ensure_skill(uow, content, execution.user_id, now)
        row = await uow.targets.by_pair(target.skill_id, target.provider_id)
        if row is None:
            row = InstallTarget(
                id=new_id(now),
                skill_id=target.skill_id,
                provider_id=target.provider_id,
                desired_ref=_desired(content) or "",
                created_at=now,
                updated_at=now,
            )
            await uow.targets.add(row)
            await ledger.note("target", row.id, execution.id, None, row.status)
        failed = await uow.runs.get(target.retry_of) if target.retry_of else None
        run = InstallRun(
            id=new_id(now),
            execution_id=execution.id,
            parent_run_id=failed.id if failed else None,
            attempt=failed.attempt + 1 if failed else 1,
            skill_id=target.skill_id,
            provider_id=target.provider_id,
            target_id=row.id,
            triggered_by=execution.user_id,
            trigger_source=TriggerSource.UI if execution.channel == "api" else TriggerSource.CHATBOT,
            action=RunAction.RETRY if failed else RUN_ACTIONS[subject.action.intent],
            requested_ref=content.requested_ref if content else None,
            not_before=not_before,
            created_at=now,
        )
        await uow.runs.add(run)
        await uow.run_queue.put(run)
        await ledger.note("run", run.id, execution.id, None, run.status)
    queued = execution.evolve(waiting_for=WaitingFor.RUN, revision=execution.revision + 1, updated_at=now)
    await uow.executions.update(queued, expected=ExecutionStatus.PENDING)


async def finish_without_runs(
    uow: UnitOfWork, execution: Execution, record: ChatActionRecord, *, output: str, now: datetime
) -> None:
    """End ``execution`` as completed: nothing has to be changed anywhere."""
    ledger = Ledger(uow, now=now, actor=execution.user_id)
    running = await ledger.execution(execution, ExecutionStatus.RUNNING, waiting_for=None, started_at=now)
    await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now, output=output)
    await ledger.chat_action(record, ChatActionResult.EXECUTED)
    await tell_outcome(uow, execution, NoticeKind.OUTCOME, now)


async def load_job(uow: UnitOfWork, run: InstallRun, now: datetime) -> Job:
    """Return everything the claimed ``run`` needs; it began at ``now``."""
    execution = await uow.executions.get(run.execution_id)
    provider = await uow.providers.get(run.provider_id)
    row = await uow.targets.get(run.target_id or "")
    if execution is None or provider is None or row is None:
        raise ValueError(f"run {run.id} has lost its execution, provider or target")
    subject = subject_of(execution)
    target = next(t for t in subject.targets if (t.skill_id, t.provider_id) == (run.skill_id, run.provider_id))
    return Job(
        run=run,
        execution=execution,
        provider=provider,
        content=subject.content(target),
        target=target,
        row=row,
        step=step_of(subject, target),
        began=now,
    )


def subject_of(execution: Execution) -> ApprovalSubject:
    """Return what ``execution`` is about; it was prepared, or the program is wrong (ValueError)."""
    if execution.subject is None:
        raise ValueError(f"execution {execution.id} was not prepared")
    return execution.subject


def commit_of(job: Job) -> str | None:
    """Return the commit that is recorded as installed: content that comes back may be known under another one."""
    if job.content is None or job.content.origin != "store":
        return _desired(job.content)
    brings_back = isinstance(subject_of(job.execution).action, RestoreDrift)
    return job.row.installed_ref if brings_back else job.row.previous_ref


def is_same_place(job: Job, location: str) -> bool:
    """Whether ``location`` is what was approved: a provider may be somewhere else since. A machine may be renamed."""
    if job.provider.mode is not ProviderMode.FILESYSTEM:
        return location == job.target.location
    return location.partition(":")[2] == job.target.location.partition(":")[2]


async def changes_of(uow: UnitOfWork, job: Job, now: datetime) -> dict[str, Any]:
    """Return what a run that succeeded changes in its target's record.

    What was there becomes what was there before, so that going back twice returns. Edits that somebody else replaced
    before a copy was kept are gone: what was there before is then what the bot had put there.
    """
    row, target = job.row, job.target
    changes = {"installed_ref": commit_of(job), "installed_digest": target.wanted_digest, "last_synced_at": now}
    if target.adopts:
        return changes | {"previous_ref": row.installed_ref, "previous_digest": row.installed_digest}
    was_done_by_others = row.installed_digest == target.wanted_digest != target.recorded_digest
    if target.installed_digest != target.wanted_digest and not was_done_by_others:
        if not target.edited_locally:
            changes |= {"previous_ref": row.installed_ref, "previous_digest": target.installed_digest}
        elif target.installed_digest in await _kept(uow, job):
            changes |= {"previous_ref": None, "previous_digest": target.installed_digest}
        elif row.installed_digest != target.wanted_digest:
            changes |= {"previous_ref": row.installed_ref, "previous_digest": row.installed_digest}
    return changes


async def _kept(uow: UnitOfWork, job: Job) -> set[str | None]:
    """Return the digests of what this request has stored; None, for no content, needs no copy."""
    kept = await uow.artifacts.of_execution(job.execution.id)
    return {None} | {(artifact.tags or {}).get("digest") for artifact in kept}


async def settle_target(uow: UnitOfWork, ledger: Ledger, job: Job, now: datetime, *, succeeded: bool) -> None:
    """Record what a run that has ended has made of its target."""
    if job.row.status is not TargetStatus.SYNCING:
        return  # the run was refused before it touched the target
    if not succeeded:
        await ledger.target(job.row, TargetStatus.FAILED, execution_id=job.execution.id)
        return
    status = TargetStatus.INSTALLED if job.content else TargetStatus.IDLE
    row = await ledger.target(job.row, status, execution_id=job.execution.id, **await changes_of(uow, job, now))
    action = subject_of(job.execution).chat_action
    await end_drift(uow, row, job.execution, action=action, now=now, actor=ledger.actor)


async def keep_version(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """Record the content that a run has installed."""
    content = job.content
    if content is None:
        return
    stored = [
        artifact.file_path
        for artifact in await uow.artifacts.of_execution(job.execution.id)
        if (artifact.tags or {}).get("digest") == content.digest
    ]
    version = SkillVersion(
        id=new_id(now),
        skill_id=content.skill_id,
        requested_ref=content.requested_ref,
        commit_sha=content.commit,
        digest=content.digest,
        author=content.author,
        committed_at=content.committed_at,
        file_count=content.file_count,
        size=content.size,
        reach=content.reach,
        bundle_path=stored[0] if stored else None,
        created_at=now,
    )
    await uow.versions.add(version)


def _desired(content: SkillSubject | None) -> str | None:
    return content.commit if content else None


async def _ensure_skill(uow: UnitOfWork, subject: SkillSubject, owner_id: str, now: datetime) -> None:
    """Add the skill to the catalogue when it was asked for by its source."""
    if await uow.skills.get(subject.skill_id) is None:
        known = await uow.skills.by_name(subject.name)
        if known is not None:  # somebody else's request was approved meanwhile
            raise NameTaken(skill=subject.name, source=known.github_url)
        await uow.skills.add(subject.entry(owner_id, now))
