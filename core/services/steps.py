"""StepLog: every call of a tool is recorded before it is made and after it answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from core.domain.events import ExecutionEvent, ToolCompleted, ToolInvoked, ToolResult
from core.domain.masking import mask_keys
from core.errors import SkillwardenError

if TYPE_CHECKING:
    from core.domain.executions import Execution
    from core.ports import Clock, Storage

T = TypeVar("T")


def invoked(clock: Clock, *, step: int, tool: str, data: dict[str, Any]) -> ToolInvoked:
    """Return the event that goes before a call."""
    return ToolInvoked(timestamp=clock.now(), tool=tool, step=step, input=data, input_masked=mask_keys(data))


def completed(
    clock: Clock,
    *,
    step: int,
    tool: str,
    started: datetime,
    output: Any = None,
    error: SkillwardenError | None = None,
) -> ToolCompleted:
    """Return the event that goes after a call that began at ``started``."""
    now = clock.now()
    result = ToolResult(success=error is None, output=output, error=str(error) if error else None)
    return ToolCompleted(
        timestamp=now,
        tool=tool,
        step=step,
        output=result,
        output_masked=result.evolve(output=mask_keys(output)),
        duration_ms=max(0, (now - started) // timedelta(milliseconds=1)),
    )


class StepLog:
    """Records the calls of one execution. A completion is written together with what follows it: one commit a step."""

    def __init__(self, storage: Storage, clock: Clock, execution: Execution) -> None:
        """Record for ``execution``, on behalf of the person who asked."""
        self._storage = storage
        self._clock = clock
        self._execution = execution
        #: Completions that the next write takes along.
        self.unwritten: list[ExecutionEvent] = []

    async def call(
        self,
        step: int,
        tool: str,
        data: dict[str, Any],
        work: Callable[[], Awaitable[T]],
        describe: Callable[[T], dict[str, Any]],
    ) -> T:
        """Make one call; ``describe`` turns its answer into what is recorded. Errors are recorded and raised."""
        async with self._storage.begin() as uow:
            event = invoked(self._clock, step=step, tool=tool, data=data)
            await uow.events.append(self._execution.id, self._execution.user_id, *self.unwritten, event)
            await uow.executions.bump(self._execution.id, self._clock.now())
            await uow.commit()
        self.unwritten = []
        started = self._clock.now()
        try:
            answer = await work()
        except SkillwardenError as error:
            self.unwritten = [completed(self._clock, step=step, tool=tool, started=started, error=error)]
            raise
        self.unwritten = [completed(self._clock, step=step, tool=tool, started=started, output=describe(answer))]
        return answer


class Unrecorded(StepLog):
    """Makes the calls, and records none: for who only wants to know."""

    async def call(
        self,
        step: int,  # noqa: ARG002 - as the steps that are recorded
        tool: str,  # noqa: ARG002
        data: dict[str, Any],  # noqa: ARG002
        work: Callable[[], Awaitable[T]],
        describe: Callable[[T], dict[str, Any]],  # noqa: ARG002
    ) -> T:
        return await work()
