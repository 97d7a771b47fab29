"""The table of status transitions: what the data model draws is legal, everything else raises and says what is."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise, product
from typing import get_args

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.artifacts import ArtifactStatus
from core.domain.drift import DriftStatus
from core.domain.executions import (
    TRANSITIONS,
    ChatActionResult,
    EntityType,
    ExecutionStatus,
    RunStatus,
    allowed_from,
    check_transition,
)
from core.domain.targets import TargetStatus
from core.errors import IllegalTransition

#: The data model's "Transitions", as it draws them.
DRAWN: dict[EntityType, str] = {
    "execution": """
        pending -> running -> completed | failed
        pending -> failed | cancelled
        running -> cancelled
    """,
    "hitl": "pending -> approved | rejected | expired | cancelled",
    "run": """
        queued -> running -> success | failed | partial_failed
        queued -> failed
    """,
    "target": "idle | installed | failed -> syncing -> installed | failed | idle",
    "chat_action": "accepted -> executed | failed | rejected",
    "artifact": """
        uploading -> active -> archived | deleted
        archived -> active | deleted
    """,
    "drift": """
        open -> ignored -> resolved
        open -> resolved
    """,
}
STATUSES: dict[EntityType, type[StrEnum]] = {
    "execution": ExecutionStatus,
    "hitl": ApprovalStatus,
    "run": RunStatus,
    "target": TargetStatus,
    "chat_action": ChatActionResult,
    "artifact": ArtifactStatus,
    "drift": DriftStatus,
}


def steps(drawing: str) -> set[tuple[str, str]]:
    """Return the pairs that ``drawing`` joins by arrows."""
    found: set[tuple[str, str]] = set()
    for line in drawing.strip().splitlines():
        stations = [{name.strip() for name in station.split("|")} for station in line.split("->")]
        for before, after in pairwise(stations):
            found |= set(product(before, after))
    return found


LEGAL = {(entity, *step) for entity, drawing in DRAWN.items() for step in steps(drawing)}
EVERY = [
    (entity, current, wanted)
    for entity, statuses in STATUSES.items()
    for current, wanted in product([status.value for status in statuses], repeat=2)
]


def test_the_table_is_the_drawing() -> None:
    """No transition is missing from the table, and none is in it that the data model does not draw."""
    table = {
        (entity, str(current), wanted)
        for entity, by_status in TRANSITIONS.items()
        for current, allowed in by_status.items()
        for wanted in allowed
    }
    assert table == LEGAL


def test_every_kind_of_entity_has_its_statuses() -> None:
    """The drawing, the table and the kinds a transition can be recorded for are the same six, in real statuses."""
    assert set(DRAWN) == set(TRANSITIONS) == set(get_args(EntityType))
    assert LEGAL.issubset(EVERY)


@pytest.mark.parametrize(("entity", "current", "wanted"), EVERY)
def test_only_a_drawn_step_can_be_taken(entity: EntityType, current: str, wanted: str) -> None:
    """A legal step passes silently; any other raises, and the error names what would have been allowed."""
    if (entity, current, wanted) in LEGAL:
        check_transition(entity, current, wanted)
        assert wanted in allowed_from(entity, current)
        return
    with pytest.raises(IllegalTransition) as caught:
        check_transition(entity, current, wanted)
    allowed = sorted(after for kind, before, after in LEGAL if (kind, before) == (entity, current))
    assert caught.value.params["allowed"] == (", ".join(allowed) or "nothing")
    assert f"cannot go from {current} to {wanted}" in str(caught.value)


@pytest.mark.parametrize(
    ("entity", "status"),
    [
        *[("execution", status) for status in ("completed", "failed", "cancelled")],
        *[("hitl", status) for status in ("approved", "rejected", "expired", "cancelled")],
        *[("run", status) for status in ("success", "failed", "partial_failed")],
        *[("chat_action", status) for status in ("executed", "failed", "rejected")],
        ("artifact", "deleted"),
    ],
)
def test_terminal_is_terminal(entity: EntityType, status: str) -> None:
    """From an end nothing goes on, not even to itself."""
    assert allowed_from(entity, status) == frozenset()


def test_a_status_nobody_knows_leads_nowhere() -> None:
    """A status from elsewhere allows nothing."""
    with pytest.raises(IllegalTransition, match="it can go to: nothing"):
        check_transition("run", "dreaming", "success")
