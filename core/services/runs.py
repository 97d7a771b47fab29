"""Runs: what an approval turns into - one for each target - and what a claimed one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from core.domain.approvals import ApprovalSubject, SkillSubject, TargetSubject
from core.domain.base import Domain, new_id
from core.domain.executions import (
    ChatActionRecord,
    ChatActionResult,
    Execution,
    ExecutionStatus,
    InstallRun,
    RunAction,
    WaitingFor,
)
from core.domain.notices import NoticeKind
from core.domain.skills import Skill
from core.domain.targets import InstallTarget, Provider
from core.errors import NameTaken
from core.services.ledger import Ledger
from core.services.outcomes import tell_outcome

if TYPE_CHECKING:
    from datetime import datetime

    from core.ports import UnitOfWork


class Job(Domain):
    """A claimed run with all it needs."""

    run: InstallRun
    execution: Execution
    provider: Provider
    skill: SkillSubject
    target: TargetSubject
    row: InstallTarget
    step: int
    began: AwareDatetime


async def enqueue(uow: UnitOfWork, execution: Execution, *, now: datetime, actor: str) -> None:
    """Create one run for each target of ``execution.subject``; the caller's transaction approved them.

    Raises:
        NameTaken: the catalogue has got another skill of this name since it was asked for.
    """
    subject = subject_of(execution)
    ledger = Ledger(uow, now=now, actor=actor)
    for target in subject.targets:
        skill = subject.skill(target.skill_id)
        await _ensure_skill(uow, skill, execution.user_id, now)
        row = await uow.targets.by_pair(target.skill_id, target.provider_id)
        if row is None:
            row = InstallTarget(
                id=new_id(now),
                skill_id=target.skill_id,
                provider_id=target.provider_id,
                desired_ref=skill.commit,
                created_at=now,
                updated_at=now,
            )
            await uow.targets.add(row)
            await ledger.note("target", row.id, execution.id, None, row.status)
        run = InstallRun(
            id=new_id(now),
            execution_id=execution.id,
            skill_id=target.skill_id,
            provider_id=target.provider_id,
            target_id=row.id,
            triggered_by=execution.user_id,
            action=RunAction.INSTALL,
            requested_ref=skill.requested_ref,
            created_at=now,
        )
        await uow.runs.add(run)
        await ledger.note("run", run.id, execution.id, None, run.status)
    queued = execution.evolve(waiting_for=WaitingFor.RUN, revision=execution.revision + 1, updated_at=now)
    await uow.executions.update(queued, expected=ExecutionStatus.PENDING)


async def nothing_to_do(uow: UnitOfWork, execution: Execution, record: ChatActionRecord, *, now: datetime) -> None:
    """End ``execution`` as completed: every target already holds exactly this content."""
    ledger = Ledger(uow, now=now, actor=execution.user_id)
    running = await ledger.execution(execution, ExecutionStatus.RUNNING, waiting_for=None, started_at=now)
    await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now, output="nothing to do")
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
        skill=subject.skill(run.skill_id),
        target=target,
        row=row,
        step=_step_of(subject, target),
        began=now,
    )


def subject_of(execution: Execution) -> ApprovalSubject:
    """Return what ``execution`` is about; it was prepared, or the program is wrong (ValueError)."""
    if execution.subject is None:
        raise ValueError(f"execution {execution.id} was not prepared")
    return execution.subject


def _step_of(subject: ApprovalSubject, target: TargetSubject) -> int:
    """Return the plan's step that installs ``target``: see ``Planner.draft``."""
    index = 0
    for skill in subject.skills:
        index += 3
        for other in subject.targets:
            if other.skill_id == skill.skill_id:
                if other == target:
                    return index
                index += 1
    raise ValueError("the target is not part of the subject")


async def _ensure_skill(uow: UnitOfWork, subject: SkillSubject, owner_id: str, now: datetime) -> None:
    """Add the skill to the catalogue when it was asked for by its source."""
    if await uow.skills.get(subject.skill_id) is None:
        known = await uow.skills.by_name(subject.name)
        if known is not None:  # somebody else's request was approved meanwhile
            raise NameTaken(skill=subject.name, source=known.github_url)
        await uow.skills.add(
            Skill(
                id=subject.skill_id,
                owner_id=owner_id,
                name=subject.name,
                title=subject.name,
                description=subject.description,
                github_url=subject.location.url,
                path=subject.path,
                source_ref=subject.requested_ref,
                created_at=now,
                updated_at=now,
            )
        )
