"""Preparation: the reading part of a plan, done outside any transaction, up to the question to approvers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.executions import WaitingFor
from core.errors import DeniedByPolicy, NameTaken, SkillwardenError
from core.services.records import bundle_artifact, fail_execution
from core.services.runs import enqueue, nothing_to_do
from core.services.steps import StepLog

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.approvals import SkillSubject
    from core.domain.executions import ChatActionRecord, Execution
    from core.ports import Clock, Storage, UnitOfWork
    from core.services.approval_service import ApprovalService
    from core.services.planner import Planner, Preview

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
    ) -> None:
        """Preview with ``planner``; ask through ``approvals``."""
        self._storage = storage
        self._clock = clock
        self._planner = planner
        self._approvals = approvals

    async def prepare(self, execution_id: str) -> None:
        """Do the reading part of the plan, then ask - or run, where the policy asks nobody.

        Whatever is wrong ends the execution as failed, with the reason told to the requester. Safe to call again after
        a crash: nothing but the bundle store was changed.
        """
        async with self._storage.read() as uow:
            execution = await uow.executions.get(execution_id)
            record = await uow.chat_actions.of_execution(execution_id)
            if execution is None or record is None or execution.waiting_for is not WaitingFor.PLAN:
                return
        log = StepLog(self._storage, self._clock, execution)
        try:
            async with self._storage.read() as uow:
                action = record.resolved_action
                wanted = await self._planner.wanted(uow, action)  # type: ignore[arg-type]  # start() let only Install in
            preview = await self._planner.preview(action, wanted, log)  # type: ignore[arg-type]  # as above
            await self._conclude(execution_id, record, preview, log)
        except SkillwardenError as error:
            await self._give_up(execution_id, record, error, log)

    async def abandon(self, execution_id: str, error: SkillwardenError) -> None:
        """End a request that keeps failing to be prepared."""
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return
            record = await uow.chat_actions.of_execution(execution_id)
            await fail_execution(uow, execution, error, now=self._clock.now(), actor=SYSTEM, record=record)
            await uow.commit()

    async def _conclude(self, execution_id: str, record: ChatActionRecord, preview: Preview, log: StepLog) -> None:
        now = self._clock.now()
        subject = preview.subject
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return  # cancelled while it was prepared
            named: dict[str, SkillSubject] = {}
            for skill in subject.skills:
                twin = named.setdefault(skill.name, skill)
                if twin is not skill:
                    raise NameTaken(skill=skill.name, source=twin.location.label)
                known = await uow.skills.by_name(skill.name)
                if known is not None and known.id != skill.skill_id:
                    raise NameTaken(skill=skill.name, source=known.github_url)
            await uow.events.append(execution.id, execution.user_id, *log.unwritten)
            await _keep_files(uow, execution, preview, now)
            execution = execution.evolve(subject=subject, revision=execution.revision + 1, updated_at=now)
            rule = self._planner.rule_for(subject.action)
            if rule.outcome == "deny":
                raise DeniedByPolicy(rule=rule.name)
            if all(target.is_current for target in subject.targets):
                await nothing_to_do(uow, execution, record, now=now)
            elif rule.outcome == "allow":
                await enqueue(uow, execution, now=now, actor=f"policy:{rule.name}")
            else:
                await self._approvals.open(uow, execution, record, rule)
            await uow.commit()

    async def _give_up(
        self, execution_id: str, record: ChatActionRecord, error: SkillwardenError, log: StepLog
    ) -> None:
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            if execution is None or execution.waiting_for is not WaitingFor.PLAN:
                return
            await uow.events.append(execution.id, execution.user_id, *log.unwritten)
            await fail_execution(uow, execution, error, now=self._clock.now(), actor=SYSTEM, record=record)
            await uow.commit()


async def _keep_files(uow: UnitOfWork, execution: Execution, preview: Preview, now: datetime) -> None:
    known = {artifact.checksum for artifact in await uow.artifacts.of_execution(execution.id)}
    for skill, stored in zip(preview.subject.skills, preview.stored, strict=True):
        if stored.checksum not in known:
            await uow.artifacts.add(bundle_artifact(execution, skill.name, stored, now))
