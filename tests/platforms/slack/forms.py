"""How a modal is filled in: values by the labels of its fields, checked as Slack's client checks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.platforms.slack.schema import Json

Value = str | Iterable[str]

_SEVERAL = {"checkboxes", "multi_static_select"}
_ONE = {"radio_buttons", "static_select"}
#: Where other elements keep what was chosen, and what they begin with.
_PICKED = {
    "datepicker": ("selected_date", "initial_date"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
}


def filled_in(blocks: list[Json], values: Mapping[str, Value]) -> Json:
    """Return ``state.values`` of a modal; fields that are not named keep what they begin with.

    Raises:
        ValueError: there is no such field, a field must not be empty, or the client would not take the value.
    """
    inputs = {block["label"]["text"]: block for block in blocks if block["type"] == "input"}
    if unknown := set(values) - set(inputs):
        raise ValueError(f"there is no field {sorted(unknown)}, only {sorted(inputs)}")
    state: Json = {}
    for label, block in inputs.items():
        element = block["element"]
        entry = _entry(label, element, values.get(label))
        if not block.get("optional", False) and not any(entry[name] for name in entry if name != "type"):
            raise ValueError(f"please complete this required field: {label}")
        state[block["block_id"]] = {element["action_id"]: entry}
    return state


def _entry(label: str, element: Json, value: Value | None) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": _typed(label, element, value)}
    if kind in _SEVERAL:
        chosen = (
            element.get("initial_options", []) if value is None else [_option(label, element, one) for one in value]
        )
        return {"type": kind, "selected_options": chosen}
    if kind in _ONE:
        begins = element.get("initial_option")
        return {"type": kind, "selected_option": begins if value is None else _option(label, element, str(value))}
    kept, begins_with = _PICKED[kind]
    return {"type": kind, kept: element.get(begins_with) if value is None else value}


def _typed(label: str, element: Json, value: Value | None) -> str | None:
    text = str(element.get("initial_value", "") if value is None else value)
    if text and len(text) < element.get("min_length", 0):
        raise ValueError(f"{label}: at least {element['min_length']} characters")
    if len(text) > element.get("max_length", 3000):
        raise ValueError(f"{label}: at most {element.get('max_length', 3000)} characters")
    if "\n" in text and not element.get("multiline", False):
        raise ValueError(f"{label}: this field takes one line")
    return text or None


def _option(label: str, element: Json, value: str) -> Json:
    for option in element["options"]:
        if option["text"]["text"] == value:
            found: Json = option
            return found
    raise ValueError(f"{label} does not offer {value!r}")
