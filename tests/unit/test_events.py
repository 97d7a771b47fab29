"""Events: the seed's eight variants as JSON, and a chain in which nothing can be changed unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.domain.audit.hashing import GENESIS
from core.domain.events import (
    EXECUTION_EVENT,
    ApprovalReceived,
    ApprovalRequested,
    ChainedEvent,
    ErrorOccurred,
    ExecutionEvent,
    MessageReceived,
    PlanGenerated,
    ResponseSent,
    ToolCompleted,
    ToolInvoked,
    ToolResult,
    chain,
    first_broken,
)
from core.domain.messages import Actor, Attachment, ConversationRef, NormalizedMessage
from core.domain.plans import ExecutionPlan, PlanStep, RiskLevel
from core.errors import ErrorType
from tests.clock import START
from tests.request_views import details

MESSAGE = NormalizedMessage(
    sender=Actor(channel="slack", workspace_id="T1", external_id="U1", display_name="Alice"),
    conversation=ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1", thread_id="1.2"),
    text="install pdf on claude",
    attachments=(Attachment(name="SKILL.md", size=120),),
)
PLAN = ExecutionPlan(
    goal="install pdf on Claude",
    steps=(PlanStep(description="resolve", tool="skill_source.resolve", input={"ref": None, "n": [1, 2.5, True]}),),
    estimated_risk=RiskLevel.WRITE,
    requires_approval=True,
)
RESULT = ToolResult(success=False, output=None, error="no answer")
EVENTS: dict[str, ExecutionEvent] = {
    "MessageReceived": MessageReceived(timestamp=START, message=MESSAGE),
    "PlanGenerated": PlanGenerated(timestamp=START, plan=PLAN, model_used="rules", tokens_used=0),
    "ApprovalRequested": ApprovalRequested(
        timestamp=START, action="install pdf on Claude", risk_level=RiskLevel.DESTRUCTIVE, details=details()
    ),
    "ApprovalReceived": ApprovalReceived(
        timestamp=START, approved=True, modified=None, by="u-bob", channel="slack", comment="fine", revision=1
    ),
    "ToolInvoked": ToolInvoked(
        timestamp=START, tool="skill.install", step=3, input={"token": "t"}, input_masked={"token": "***MASKED***"}
    ),
    "ToolCompleted": ToolCompleted(
        timestamp=START, tool="skill.install", step=3, output=RESULT, output_masked=RESULT, duration_ms=1800
    ),
    "ResponseSent": ResponseSent(timestamp=START, text="Installed pdf on Claude", channel="telegram"),
    "ErrorOccurred": ErrorOccurred(
        timestamp=START, error="Nobody decided in time.", error_type=ErrorType.TIMEOUT, recoverable=True
    ),
}
#: Seed 000, field by field.
SEED = {
    "MessageReceived": "message timestamp",
    "PlanGenerated": "plan model_used tokens_used timestamp",
    "ApprovalRequested": "action risk_level details timestamp",
    "ApprovalReceived": "approved modified timestamp",
    "ToolInvoked": "tool input input_masked timestamp",
    "ToolCompleted": "tool output output_masked duration_ms timestamp",
    "ResponseSent": "text channel timestamp",
    "ErrorOccurred": "error error_type recoverable timestamp",
}


def written(event: ExecutionEvent) -> dict[str, Any]:
    """Return ``event`` as the JSON data that is stored."""
    data: dict[str, Any] = EXECUTION_EVENT.dump_python(event, mode="json")
    return data


@pytest.mark.parametrize("kind", SEED)
def test_a_variant_has_the_fields_of_the_seed_and_says_its_type(kind: str) -> None:
    """Each of the eight carries the seed's fields by the seed's names, its type as a tag, and the format's version."""
    data = written(EVENTS[kind])
    assert data["type"] == kind
    assert data["v"] == 1
    assert set(SEED[kind].split()) <= set(data)


@pytest.mark.parametrize("kind", EVENTS)
def test_a_variant_survives_json(kind: str) -> None:
    """What is read back is the same event of the same class, whether from text or from data."""
    event = EVENTS[kind]
    assert EXECUTION_EVENT.validate_python(written(event)) == event
    again = EXECUTION_EVENT.validate_json(EXECUTION_EVENT.dump_json(event))
    assert again == event
    assert type(again) is type(event)


def test_there_are_eight_variants() -> None:
    """The samples are all there is."""
    assert set(EVENTS) == set(SEED)
    schema = EXECUTION_EVENT.json_schema()
    assert set(schema["discriminator"]["mapping"]) == set(SEED)


def test_enumerations_keep_the_casing_of_the_seed() -> None:
    """Risk levels and error types are written as the seed's Rust writes them."""
    assert written(EVENTS["PlanGenerated"])["plan"]["estimated_risk"] == "Write"
    assert written(EVENTS["ApprovalRequested"])["risk_level"] == "Destructive"
    assert written(EVENTS["ErrorOccurred"])["error_type"] == "Timeout"
    assert [kind.value for kind in ErrorType] == ["Network", "Permission", "Timeout", "Validation", "Internal"]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "SomethingElse"},
        {"type": "toolInvoked"},
        {"type": None},
        {"v": 2},
        {"step": "first"},
        {"timestamp": "2026-11-21T06:30:00"},
        {"surprise": 1},
    ],
)
def test_anything_else_is_no_event(change: dict[str, Any]) -> None:
    """An unknown type or version, a wrong value, a moment without a zone, a field too many: all are refused."""
    with pytest.raises(ValidationError):
        EXECUTION_EVENT.validate_python(written(EVENTS["ToolInvoked"]) | change)


@pytest.mark.parametrize("field", ["type", "timestamp", "tool"])
def test_a_missing_field_is_refused(field: str) -> None:
    """Nothing about an event is guessed."""
    data = written(EVENTS["ToolInvoked"])
    del data[field]
    with pytest.raises(ValidationError):
        EXECUTION_EVENT.validate_python(data)


def chained(*events: ExecutionEvent, execution_id: str = "e-1") -> tuple[ChainedEvent, ...]:
    """Return ``events`` as the rows of one execution."""
    rows: list[ChainedEvent] = []
    for number, event in enumerate(events):
        row = chain(
            event,
            execution_id=execution_id,
            user_id="u-alice",
            created_at=event.timestamp,
            after=rows[-1] if rows else None,
            payload=written(event),
            salt=f"salt-{number}",
        )
        rows.append(row)
    return tuple(rows)


ROWS = chained(*EVENTS.values())
_POSITIONS = st.integers(0, len(ROWS) - 1)


def test_a_chain_as_it_was_written_holds() -> None:
    """Numbers count from 1, every row names the one before, the first names none, and the events are readable."""
    assert first_broken(ROWS) is None
    assert [row.seq for row in ROWS] == list(range(1, len(ROWS) + 1))
    assert [row.prev_hash for row in ROWS] == [GENESIS, *(row.hash for row in ROWS[:-1])]
    assert [row.event for row in ROWS] == list(EVENTS.values())
    assert [row.event_type for row in ROWS] == list(EVENTS)


def test_an_empty_chain_holds() -> None:
    """Where nothing happened nothing is broken."""
    assert first_broken(()) is None


def test_a_beginning_is_a_chain() -> None:
    """What was cut off at the end is not seen here: that is what checkpoints are for."""
    assert all(first_broken(ROWS[:length]) is None for length in range(len(ROWS)))


@given(_POSITIONS.filter(lambda position: position < len(ROWS) - 1), st.integers(1, 3))
@settings(deadline=None)
def test_removing_rows_is_found(position: int, count: int) -> None:
    """Rows that are taken out at the start or in the middle leave a gap exactly where they were."""
    count = min(count, len(ROWS) - 1 - position)
    assert first_broken(ROWS[:position] + ROWS[position + count :]) == position + 1


@given(st.permutations(ROWS))
@settings(deadline=None)
def test_another_order_is_found(rows: list[ChainedEvent]) -> None:
    """Rows that changed places are found at the first one that is not in its own."""
    misplaced = next((index for index, row in enumerate(rows) if row is not ROWS[index]), None)
    assert first_broken(tuple(rows)) == (None if misplaced is None else misplaced + 1)


@given(_POSITIONS, _POSITIONS)
@settings(deadline=None)
def test_a_row_too_many_is_found(position: int, copied: int) -> None:
    """A copy of a row anywhere in the chain is found where it stands."""
    rows = (*ROWS[:position], ROWS[copied], *ROWS[position:])
    expected = position + 1 if copied != position else position + 2
    assert first_broken(rows) == expected


def _other(text: str) -> str:
    return f"{text[:-1]}{'0' if text[-1:] != '0' else '1'}"


TAMPERED: dict[str, Callable[[ChainedEvent], Any]] = {
    "execution_id": lambda row: "e-2",
    "seq": lambda row: row.seq + 1,
    "user_id": lambda row: "u-mallory",
    "event_type": lambda row: "ResponseSent" if row.event_type != "ResponseSent" else "MessageReceived",
    "timestamp": lambda row: row.timestamp + timedelta(microseconds=1),
    "created_at": lambda row: row.created_at + timedelta(microseconds=1),
    "payload": lambda row: row.payload | {"v": 2},
    "salts": lambda row: {path: f"{salt}0" for path, salt in row.salts.items()} or {"tool": "0"},
    "prev_hash": lambda row: _other(row.prev_hash),
    "hash": lambda row: _other(row.hash),
}


@pytest.mark.parametrize("field", TAMPERED)
@pytest.mark.parametrize("position", range(len(ROWS)))
def test_a_change_of_any_field_of_any_row_is_found(field: str, position: int) -> None:
    """Envelope, payload, salt or hash: what differs from what was written breaks the chain at its row."""
    row = ROWS[position]
    changed = row.evolve(**{field: TAMPERED[field](row)})
    assert first_broken((*ROWS[:position], changed, *ROWS[position + 1 :])) == position + 1


def test_every_field_is_tampered_with() -> None:
    """No field of a row is left out of the rule above."""
    assert set(TAMPERED) == set(ChainedEvent.model_fields)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every leaf of JSON data."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        return [path]
    return [place for key, item in items for place in _places(item, (*path, key))]


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return a copy of JSON data with another leaf at ``path``."""
    if not path:
        return new
    key, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = _with(value[key], tuple(rest), new)
    return copy


LEAVES = [(position, path) for position, row in enumerate(ROWS) for path in _places(row.payload)]


@given(st.sampled_from(LEAVES), st.none() | st.booleans() | st.integers() | st.text(max_size=5))
@settings(deadline=None, max_examples=300)
def test_a_change_anywhere_in_a_payload_is_found(place: tuple[int, tuple[Any, ...]], new: Any) -> None:
    """However deep in the data something else is put, and be it only another type, the chain breaks there."""
    position, path = place
    row = ROWS[position]
    payload = _with(row.payload, path, new)
    is_same = repr(payload) == repr(row.payload)
    rows = (*ROWS[:position], row.evolve(payload=payload), *ROWS[position + 1 :])
    assert first_broken(rows) == (None if is_same else position + 1)


@pytest.mark.parametrize("position", range(len(ROWS)))
def test_a_row_of_another_execution_does_not_fit(position: int) -> None:
    """The same event of another execution cannot stand in for this one's; a first row is given away by its second."""
    foreign = chained(*EVENTS.values(), execution_id="e-2")[position]
    assert first_broken((*ROWS[:position], foreign, *ROWS[position + 1 :])) == max(position + 1, 2)


@pytest.mark.parametrize("position", range(len(ROWS) - 1))
def test_recomputing_a_row_breaks_the_next_one(position: int) -> None:
    """Who changes a row and its hash has to change all rows behind it."""
    row = ROWS[position]
    forged = chain(
        row.event,
        execution_id=row.execution_id,
        user_id="u-mallory",
        created_at=row.created_at,
        after=ROWS[position - 1] if position else None,
        payload=row.payload,
        salt="another",
    )
    assert first_broken((*ROWS[:position], forged, *ROWS[position + 1 :])) == position + 2


def test_numbers_have_no_gaps() -> None:
    """Rows whose hashes fit each other but whose numbers leave room for more are no whole chain."""
    first = ROWS[0]
    second = chain(
        EVENTS["ResponseSent"],
        execution_id=first.execution_id,
        user_id=first.user_id,
        created_at=first.created_at,
        after=first.evolve(seq=5),
        payload=written(EVENTS["ResponseSent"]),
        salt="s",
    )
    assert second.prev_hash == first.hash
    assert first_broken((first, second)) == 2


def test_the_salt_hides_the_payload() -> None:
    """The same event written twice has different hashes: a hash tells nothing about a short text to who guesses it."""
    event = EVENTS["ResponseSent"]
    one, two = (
        chain(
            event,
            execution_id="e",
            user_id="u",
            created_at=event.timestamp,
            after=None,
            payload=written(event),
            salt=salt,
        )
        for salt in ("a", "b")
    )
    assert one.hash != two.hash


def test_the_zone_of_a_timestamp_does_not_matter() -> None:
    """A database that gives the moment back in another zone does not break the chain."""
    seoul = timezone(timedelta(hours=9))
    rows = tuple(row.evolve(timestamp=row.timestamp.astimezone(seoul)) for row in ROWS)
    assert first_broken(rows) is None
