"""The one way a status changes: checked against the transition table, compared and swapped, written to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.domain.artifacts import Artifact, ArtifactStatus
from core.domain.base import new_id
from core.domain.drift import DriftEvent, DriftStatus
from core.domain.executions import (
    ChatActionRecord,
    ChatActionResult,
    EntityType,
    Execution,
    ExecutionStatus,
    InstallRun,
    RunStatus,
    StatusTransition,
    allowed_from,
    check_transition,
)
from core.domain.targets import InstallTarget, TargetStatus
from core.domain.usage import DailyUsage
from core.errors import IllegalTransition
from core.services.callbacks import callback_notice

if TYPE_CHECKING:
    from core.ports import UnitOfWork


class Ledger:
    """Changes statuses inside one unit of work, as one actor, at one moment."""

    def __init__(self, uow: UnitOfWork, *, now: datetime, actor: str) -> None:
        """Write through ``uow``; ``actor`` is a user id or ``system:<job>``."""
        self._uow = uow
        self._now = now
        self._actor = actor

    @property
    def actor(self) -> str:
        """Who changes them."""
        return self._actor

    async def execution(
        self, execution: Execution, to: ExecutionStatus, *, reason: str | None = None, **changes: Any
    ) -> Execution:
        """Move ``execution``, which becomes visible: its revision grows.

        Raises:
            IllegalTransition: the table forbids it, or somebody moved it meanwhile.
        """
        check_transition("execution", execution.status, to)
        changed: Execution = execution.evolve(
            status=to, revision=execution.revision + 1, updated_at=self._now, **changes
        )
        self._swapped(
            await self._uow.executions.update(changed, expected=execution.status),
            "execution",
            execution.status,
            to,
        )
        await self.note("execution", execution.id, execution.id, execution.status, to, reason)
        has_ended = not allowed_from("execution", to)
        if has_ended and changed.subject is not None and changed.subject.targets:
            await self._leave_drifts(changed)
        if changed.tokens_used is not None and has_ended:
            await self._uow.executions.add_usage(_usage(changed, self._now), self._now)
        if changed.callback_url is not None and has_ended:
            await self._uow.notices.add(callback_notice(changed, self._now))
        return changed

    async def _leave_drifts(self, execution: Execution) -> None:
        """Let the cards of what is still there say no more that ``execution``, which has ended, is about it."""
        for drift in await self._uow.drifts.unresolved():
            if drift.execution_id == execution.id:
                left = drift.evolve(execution_id=None, revision=drift.revision + 1)
                await self._uow.drifts.update(left, expected=drift.status)

    async def run(self, run: InstallRun, to: RunStatus, *, reason: str | None = None, **changes: Any) -> InstallRun:
        """Move ``run``. Raises IllegalTransition as ``execution`` does, also when a newer claim fenced it off."""
        check_transition("run", run.status, to)
        changed: InstallRun = run.evolve(status=to, **changes)
        self._swapped(await self._uow.runs.update(changed, expected=run.status), "run", run.status, to)
        await self.note("run", run.id, run.execution_id, run.status, to, reason)
        return changed

    async def target(
        self,
        target: InstallTarget,
        to: TargetStatus,
        *,
        execution_id: str,
        reason: str | None = None,
        **changes: Any,
    ) -> InstallTarget:
        """Move ``target``. Raises IllegalTransition as ``execution`` does."""
        check_transition("target", target.status, to)
        changed: InstallTarget = target.evolve(status=to, updated_at=self._now, **changes)
        self._swapped(await self._uow.targets.update(changed, expected=target.status), "target", target.status, to)
        await self.note("target", target.id, execution_id, target.status, to, reason)
        return changed

    async def chat_action(self, record: ChatActionRecord, to: ChatActionResult, **changes: Any) -> ChatActionRecord:
        """Move ``record``. Raises IllegalTransition as ``execution`` does."""
        check_transition("chat_action", record.result, to)
        changed: ChatActionRecord = record.evolve(result=to, updated_at=self._now, **changes)
        self._swapped(
            await self._uow.chat_actions.update(changed, expected=record.result),
            "chat_action",
            record.result,
            to,
        )
        await self.note("chat_action", record.id, record.execution_id, record.result, to, None)
        return changed

    async def artifact(
        self, artifact: Artifact, to: ArtifactStatus, *, reason: str | None = None, **changes: Any
    ) -> Artifact:
        """Move ``artifact``. Raises IllegalTransition as ``execution`` does."""
        check_transition("artifact", artifact.status, to)
        changed: Artifact = artifact.evolve(status=to, **changes)
        self._swapped(
            await self._uow.artifacts.update(changed, expected=artifact.status), "artifact", artifact.status, to
        )
        await self.note("artifact", artifact.id, artifact.execution_id, artifact.status, to, reason)
        return changed

    async def drift(
        self, drift: DriftEvent, to: DriftStatus, *, execution_id: str | None = None, **changes: Any
    ) -> DriftEvent:
        """Move ``drift``, whose cards show it: its revision grows. Raises IllegalTransition as ``execution`` does."""
        check_transition("drift", drift.status, to)
        changed: DriftEvent = drift.evolve(
            status=to,
            revision=drift.revision + 1,
            execution_id=execution_id or drift.execution_id,
            **changes,
        )
        done = await self._uow.drifts.update(changed, expected=drift.status)
        self._swapped(done, "drift", drift.status, to)
        await self.note("drift", drift.id, execution_id, drift.status, to, changed.resolution)
        return changed

    async def note(
        self,
        entity: EntityType,
        entity_id: str,
        execution_id: str | None,
        from_status: str | None,
        to_status: str,
        reason: str | None = None,
    ) -> None:
        """Write a transition that was made elsewhere; ``from_status`` None is the entity's beginning."""
        await self._uow.executions.add_transition(
            StatusTransition(
                id=new_id(self._now),
                execution_id=execution_id,
                entity_type=entity,
                entity_id=entity_id,
                from_status=from_status,
                to_status=to_status,
                transitioned_at=self._now,
                reason=reason,
                actor=self._actor,
            )
        )

    @staticmethod
    def _swapped(done: bool, entity: EntityType, current: str, wanted: str) -> None:  # noqa: FBT001 - the answer of a swap
        if not done:
            raise IllegalTransition(
                entity=entity, current=f"{current} (changed meanwhile)", wanted=wanted, allowed="nothing"
            )


def _usage(execution: Execution, now: datetime) -> DailyUsage:
    """Return what an execution that has ended at ``now`` used."""
    return DailyUsage(
        day=now.astimezone(UTC).date(),
        user_id=execution.user_id,
        model=execution.model,
        executions=1,
        input_tokens=execution.input_tokens or 0,
        output_tokens=execution.output_tokens or 0,
        tokens_used=execution.tokens_used or 0,
        estimated_cost=execution.estimated_cost or Decimal(0),
    )
