"""What the record says of a run: its call, its answer, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.events import ToolInvoked
from core.services.plan_steps import acting_tool
from core.services.records import error_event
from core.services.runs import Job, commit_of, subject_of
from core.services.steps import completed

if TYPE_CHECKING:
    from core.domain.events import ExecutionEvent
    from core.errors import SkillwardenError
    from core.ports import Clock, UnitOfWork


def tool_of(job: Job) -> str:
    """Return which tool the run calls."""
    return acting_tool(subject_of(job.execution).chat_action, comes=job.content is not None)


def data_of(job: Job) -> dict[str, Any]:
    """Return what the record says of the call."""
    return {
        "skill": job.target.skill,
        "provider": job.target.provider,
        "commit": job.content.commit if job.content else None,
        "digest": job.target.wanted_digest,
    }


async def was_called(uow: UnitOfWork, job: Job) -> bool:
    """Whether the call of the run is on the record."""
    events = [row.event for row in await uow.events.of_execution(job.execution.id)]
    return any(
        isinstance(event, ToolInvoked) and (event.step, event.tool) == (job.step, tool_of(job)) for event in events
    )


def outcome_events(
    job: Job, clock: Clock, error: SkillwardenError | None, voided: tuple[int, ...]
) -> list[ExecutionEvent]:
    """Return the answer of the call, and what went wrong; ``voided`` are the steps that are not done because of it."""
    output = data_of(job) | {"commit": commit_of(job), "files": job.content.file_count if job.content else 0}
    done = completed(
        clock,
        step=job.step,
        tool=tool_of(job),
        started=job.began,
        output=None if error else output,
        error=error,
    )
    return [done] if error is None else [done, error_event(error, clock.now(), steps=(job.step, *voided))]
