"""Preparation: the reading part of a plan, done outside any transaction, up to the question to approvers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.actions import AddSkill, Diff, Drift, Replay, Status
from core.domain.events import PlanGenerated
from core.domain.executions import WaitingFor
from core.errors import DeniedByPolicy, NameTaken, SkillwardenError
from core.services.joining import joined
from core.services.reader import Reader
from core.services.records import (
    bundle_artifact,
    diff_artifact,
    ending,
    fail_execution,
)
from core.services.runs import finish_without_runs, subject_of
from core.services.several import SeveralSkillsError, ask_which, names_of
from core.services.steps import StepLog

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.actions import ChatAction
    from core.domain.approvals import ApprovalSubject, SkillSubject
    from core.domain.executions import ChatActionRecord, Execution
    from core.domain.plans import ExecutionPlan
    from core.domain.policy import Rule
    from core.ports import Clock, Storage, Translator, UnitOfWork
    from core.services.additions import Additions
    from core.services.approval_changes import ApprovalChanges
    from core.services.approval_service import ApprovalService
    from core.services.drift_watch import DriftWatch
    from core.services.effects import Effects
    from core.services.matrix import Matrix
    from core.services.planner import Planner, Preview
    from core.services.replays import Replays
    from core.services.rosters import Rosters

# The actor of what nobody in particular did.
SYSTEM = "system:planner"


class Preparation:
    """Prepares accepted requests: finds out what would change, then asks - or runs, where the policy asks nobody."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        planner: Planner,
        approvals: ApprovalService,
        changes: ApprovalChanges,
        rosters: Rosters,
        additions: Additions,
        effects: Effects,
        matrix: Matrix,
        drift: DriftWatch,
        replays: Replays,
        translator: Translator,
    ) -> None:
        """Preview with ``planner`` or ``additions``, then ask through ``approvals`` - ``changes`` where it was asked.

        What nobody is asked about begins its ``effects``. What is where is answered by ``matrix``, what differs from
        what was approved by ``drift``, what would be done today by ``replays``. Who asked is asked back in the words of
        ``translator``.
        """
        self._translator = translator
        self._additions = additions
        self._effects = effects
        self._storage = storage
        self._clock = clock
        self._planner = planner
        self._approvals = approvals
        self._changes = changes
        self._rosters = rosters
        self._matrix = matrix
        self._drift = drift
        self._replays = replays

    async def prepare(self, execution_id: str) -> None:
        """Do the reading part of the plan, then ask - or run, where the policy asks nobody.

        Whatever is wrong ends the execution as failed, with the reason told to the requester. Safe to call again after
        a crash: nothing but the bundle store was changed.
        """
        async with self._storage.read() as uow:
            execution, record, request = await asyncio.gather(
                uow.executions.get(execution_id),
                uow.chat_actions.of_execution(execution_id),
                uow.approvals.of_execution(execution_id),
            )
            if execution is None or record is None or execution.waiting_for is not WaitingFor.PLAN:
                return
        log = StepLog(self._storage, self._clock, execution)
        try:
            if isinstance(record.resolved_action, Status):
                await self._matrix.answer(execution_id, record.resolved_action)
                return
            if isinstance(record.resolved_action, Drift):
                await self._drift.answer(execution_id, record.resolved_action)
                return
            if isinstance(record.resolved_action, Replay):
                await self._replays.answer(execution, log)
                return
            action = request.change.action if request and request.change else record.resolved_action
            if isinstance(action, AddSkill):
                preview = await self._additions.preview(action, log)
            else:
                preview = await self._preview(execution, action, log)
            await self._rosters.look_up()
            await self._conclude(execution_id, record, preview, log)
        except SeveralSkillsError as several:
            if request is None:
                await self._ask_which(execution_id, record, several, log)
            else:  # others have voted on it: what was asked stays as it was
                await self._give_up(execution_id, record, several.error, log)
        except SkillwardenError as error:
            await self._give_up(execution_id, record, error, log)

    async def _ask_which(
        self, execution_id: str, record: ChatActionRecord, several: SeveralSkillsError, log: StepLog
    ) -> None:
        """Ask who asked what is meant; the press continues this execution. What nobody can name is an error."""
        now = self._clock.now()
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return  # cancelled while it was prepared
            await uow.events.append(execution.id, execution.user_id, *log.unwritten)
            names = await names_of(uow, several.which)
            if names is None:
                await self._end(uow, execution, record, several.error)
            else:
                reader = Reader(self._translator, await uow.users.get(execution.user_id), now)
                await ask_which(uow, execution, several.which, names, reader, now=now)
            await uow.commit()

    async def _preview(self, execution: Execution, action: ChatAction, log: StepLog) -> Preview:
        """Read what would be changed; a plan that was drafted before things changed is drafted anew."""
        async with self._storage.read() as uow:
            wanted, rows = await asyncio.gather(
                self._planner.wanted(uow, action),  # type: ignore[arg-type]  # start() lets nothing else in
                uow.events.of_execution(execution.id),
            )
            events = [row.event for row in rows]
        plan = self._planner.draft(wanted)
        planned = [event.plan for event in events if isinstance(event, PlanGenerated)]
        if not planned or planned[-1] != plan:
            log.unwritten = [_planned(execution, plan, self._clock.now())]
        return await self._planner.preview(wanted, log)

    async def abandon(self, execution_id: str, error: SkillwardenError) -> None:
        """End a request that keeps failing to be prepared."""
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return
            record = await uow.chat_actions.of_execution(execution_id)
            await self._end(uow, execution, record, error)
            await uow.commit()

    async def _conclude(self, execution_id: str, record: ChatActionRecord, preview: Preview, log: StepLog) -> None:
        now = self._clock.now()
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return  # cancelled while it was prepared
            if isinstance(preview.subject.action, AddSkill):
                subject = await self._additions.settled(uow, preview.subject)
            else:
                await _check_names(uow, preview.subject)
                subject = await _with_history(uow, preview.subject)
            request = await uow.approvals.of_execution(execution.id)
            is_all = request is None and _has_nothing_to_do(subject)
            written = ending(log.unwritten, "completed") if is_all else log.unwritten
            await uow.events.append(execution.id, execution.user_id, *written)
            await _keep_files(uow, execution, preview, now)
            rule = self._planner.rule_for(subject, execution.conversation)
            execution = execution.evolve(subject=subject.under(rule), revision=execution.revision + 1, updated_at=now)
            if rule.outcome == "deny":
                raise DeniedByPolicy(rule=rule.name)
            await self._ask(uow, execution, record, rule, now)
            await uow.commit()

    async def _ask(
        self, uow: UnitOfWork, execution: Execution, record: ChatActionRecord, rule: Rule, now: datetime
    ) -> None:
        """Go on as ``rule`` says: nothing, at once, join others who ask the same, or ask people."""
        subject = subject_of(execution)
        request = await uow.approvals.of_execution(execution.id)
        if request is not None:
            await self._changes.conclude(uow, execution, request, rule)
        elif _has_nothing_to_do(subject):
            done = "compared" if isinstance(subject.action, Diff) else "nothing to do"
            await finish_without_runs(uow, execution, record, output=done, now=now)
        elif rule.outcome == "allow":
            await self._effects.begin(uow, execution, now=now, actor=f"policy:{rule.name}")
        elif not await joined(uow, execution, now=now, actor=SYSTEM):
            await self._approvals.open(uow, execution, record, rule)

    async def _give_up(
        self, execution_id: str, record: ChatActionRecord, error: SkillwardenError, log: StepLog
    ) -> None:
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return
            await uow.events.append(execution.id, execution.user_id, *log.unwritten)
            await self._end(uow, execution, record, error)
            await uow.commit()

    async def _end(
        self, uow: UnitOfWork, execution: Execution, record: ChatActionRecord | None, error: SkillwardenError
    ) -> None:
        """End a request that cannot be prepared; one that was only to be changed stays as it was."""
        request = await uow.approvals.of_execution(execution.id)
        if request is not None:
            await self._changes.keep(uow, execution, request, error)
        else:
            await fail_execution(uow, execution, error, now=self._clock.now(), actor=SYSTEM, record=record)


def _has_nothing_to_do(subject: ApprovalSubject) -> bool:
    """Whether all that was wanted is known, or there already."""
    is_there = bool(subject.targets) and all(target.is_current for target in subject.targets)
    return isinstance(subject.action, Diff) or is_there


async def _check_names(uow: UnitOfWork, subject: ApprovalSubject) -> None:
    """Do nothing if every name means one skill.

    Raises:
        NameTaken: another one has it.
    """
    named: dict[str, SkillSubject] = {}
    for skill in subject.skills:
        twin = named.setdefault(skill.name, skill)
        if twin.skill_id != skill.skill_id:
            raise NameTaken(skill=skill.name, source=twin.location.label)
        known = await uow.skills.by_name(skill.name)
        if known is not None and known.id != skill.skill_id:
            raise NameTaken(skill=skill.name, source=known.github_url)


async def _with_history(uow: UnitOfWork, subject: ApprovalSubject) -> ApprovalSubject:
    """Return ``subject`` with what is known of each content's past."""
    skills = [
        skill.evolve(approved_before=await uow.versions.of(skill.skill_id, skill.digest) is not None)
        for skill in subject.skills
    ]
    return subject.evolve(skills=tuple(skills))


def _planned(execution: Execution, plan: ExecutionPlan, now: datetime) -> PlanGenerated:
    return PlanGenerated(timestamp=now, plan=plan, model_used=execution.read_by, tokens_used=execution.tokens_used or 0)


async def _keep_files(uow: UnitOfWork, execution: Execution, preview: Preview, now: datetime) -> None:
    known = {artifact.checksum for artifact in await uow.artifacts.of_execution(execution.id)}
    found = [bundle_artifact(execution, name, stored, now) for name, stored in preview.bundles]
    found += [diff_artifact(execution, name, stored, now) for name, stored in preview.diffs]
    for artifact in found:
        if artifact.checksum not in known:
            known.add(artifact.checksum)
            await uow.artifacts.add(artifact)
