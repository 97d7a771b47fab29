"""ExecutionPlan: what will be done, as steps that depend on earlier steps."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from core.domain.base import Domain
from core.errors import InvalidPlan, Words


class RiskLevel(StrEnum):
    """What an action may cost."""

    READ = "Read"
    WRITE = "Write"
    DESTRUCTIVE = "Destructive"


class PlanStep(Domain):
    """One call of a tool; ``depends_on`` are indexes of steps in the same plan."""

    description: str
    tool: str
    input: dict[str, Any] = Field(default_factory=dict)
    depends_on: tuple[int, ...] = ()


class ExecutionPlan(Domain):
    """A goal and the directed acyclic graph of steps that reaches it."""

    goal: str
    steps: tuple[PlanStep, ...]
    estimated_risk: RiskLevel
    requires_approval: bool

    @model_validator(mode="after")
    def _check(self) -> ExecutionPlan:
        self.order()
        return self

    def order(self) -> tuple[int, ...]:
        """Return the step indexes so that every step follows those it depends on; ties keep the written order.

        Raises:
            InvalidPlan: a step depends on a step that does not exist, or steps wait for each other.
        """
        waiting = dict(enumerate(step.depends_on for step in self.steps))
        for index, needs in waiting.items():
            for need in needs:
                if need not in waiting:
                    raise InvalidPlan(
                        detail=Words(
                            "step {index} depends on step {need}, which does not exist", index=index, need=need
                        )
                    )
        done: list[int] = []
        while waiting:
            ready = [index for index, needs in waiting.items() if set(needs) <= set(done)]
            if not ready:
                steps = ", ".join(map(str, waiting))
                raise InvalidPlan(detail=Words("steps {steps} wait for each other", steps=steps))
            done.append(ready[0])
            del waiting[ready[0]]
        return tuple(done)
