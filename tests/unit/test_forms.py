"""Forms: what a button can ask, and what a turn finds in the answer."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.locale.translator import Catalogues
from core.domain.forms import ChoicesField, Form, Option, TextField
from core.domain.messages import Actor, ButtonPress, ConversationRef, FormSubmission, Inbound
from core.domain.notices import ButtonToken
from core.services.reader import Reader
from core.services.turn import Turn
from tests import console_cards as cards
from tests.clock import START
from tests.fake_unit_of_work import unit_of_work

ENVELOPE: dict[str, Any] = {
    "dedupe_key": "k",
    "received_at": START,
    "sender": Actor(channel="console", external_id="bob"),
    "conversation": ConversationRef(channel="console", conversation_id="bob", private=True),
    "token": "t",
}


def _turn(fields: dict[str, Any] | None, form: Form | None = cards.CHANGES) -> Turn:
    inbound = ButtonPress(**ENVELOPE) if fields is None else FormSubmission(**ENVELOPE, fields=fields)
    turn = Turn(uow=unit_of_work(), inbound=inbound, user=None, reader=Reader(Catalogues(), None, START), now=START)
    stored = form.model_dump(mode="json") if form else None
    turn.button = ButtonToken(token="t", press={}, form=stored, created_at=START)
    return turn


def _options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=value) for value in values)


def _choices(count: int, name: str = "x") -> dict[str, Any]:
    return {"kind": "choices", "name": name, "label": "l", "options": _options(*map(str, range(count)))}


def test_a_question_is_a_form_with_one_field() -> None:
    """Its answer is the field ``text``, of several lines, which must not stay empty."""
    assert Form.question("Why?") == Form(fields=(TextField(name="text", label="Why?", multiline=True),))
    assert not Form.question("Why?").fields[0].optional


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [_choices(2), _choices(2)],
        [_choices(0)],
        [_choices(101)],
        [_choices(60, "x"), _choices(60, "y")],
        [{**_choices(2), "options": _options("a", "a")}],
        [{**_choices(2), "options": ({"value": "", "label": "none"},)}],
        [{**_choices(2), "initial": ("2",)}],
        [{"kind": "text", "name": "Not a name", "label": ""}],
        [_choices(1, name) for name in "abcdef"],
    ],
)
def test_a_form_makes_sense(fields: list[Any]) -> None:
    """Names and values are told apart, what is ticked is offered, and every platform can show it."""
    with pytest.raises(ValidationError):
        Form.model_validate({"fields": fields})


def test_a_form_survives_storage() -> None:
    """As JSON and back it is the same."""
    assert Form.model_validate(cards.CHANGES.model_dump(mode="json")) == cards.CHANGES


@pytest.mark.parametrize("fields", [{"x": "text"}, {"x": (0, 2), "y": ""}, {"x": ()}])
def test_a_submission_survives_storage(fields: dict[str, Any]) -> None:
    """Texts stay texts and positions stay positions on the way through the inbox."""
    submission = FormSubmission(**ENVELOPE, fields=fields)
    inbound: TypeAdapter[Any] = TypeAdapter(Inbound)
    assert inbound.validate_python(submission.model_dump(mode="json")).fields == fields


@pytest.mark.parametrize("value", [(-1,), ("claude",), None, 3, {"a": 1}])
def test_a_submission_holds_texts_and_positions_only(value: Any) -> None:
    """Anything else is refused at the door."""
    with pytest.raises(ValidationError):
        FormSubmission(**ENVELOPE, fields={"x": value})


@pytest.mark.parametrize(
    ("ticked", "values"),
    [((0, 2), ("claude", "openai")), ((2, 0, 2), ("claude", "openai")), ((1,), ("gemini",)), ((), ())],
)
def test_a_turn_knows_what_was_ticked(ticked: tuple[int, ...], values: tuple[str, ...]) -> None:
    """Positions become the values that the stored form offers, each once, in its order."""
    turn = _turn({"targets": ticked, "ref": " v2.0 "})
    assert turn.chosen("targets") == values
    assert turn.field("ref") == "v2.0"
    assert turn.typed is None


def test_a_turn_knows_what_was_not_asked() -> None:
    """A press, another field, and an empty text are None; so is a choice that the form did not offer to make."""
    turn = _turn({"targets": (0,), "ref": "  ", "other": (0,)})
    assert (turn.field("ref"), turn.field("targets"), turn.field("missing")) == (None, None, None)
    assert (turn.chosen("ref"), turn.chosen("missing"), turn.chosen("other")) == (None, None, None)
    assert (_turn(None).field("ref"), _turn(None).chosen("targets"), _turn(None).typed) == (None, None, None)
    assert _turn({"targets": (0,)}, form=None).chosen("targets") is None


def test_a_question_is_answered_as_typed() -> None:
    """The one answer is ``typed``."""
    assert _turn({"text": " it deletes files\n"}, Form.question("Why?")).typed == "it deletes files"


def test_a_position_that_is_not_offered_is_no_choice() -> None:
    """It never becomes another one."""
    with pytest.raises(ValueError, match="no such option"):
        _turn({"targets": (0, 3)}).chosen("targets")
    field = cards.CHANGES.field("targets")
    assert isinstance(field, ChoicesField)
    with pytest.raises(ValueError, match="no such option"):
        field.values_at((-1,))
