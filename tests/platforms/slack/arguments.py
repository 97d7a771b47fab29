"""How a method's arguments arrive, and what Slack answers when they are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.platforms.slack.schema import Json

ArgumentType = Literal["str", "bool", "int", "json", "list"]

#: Slack takes these with every method.
_ALWAYS: dict[str, ArgumentType] = {"team_id": "str"}


class SlackError(Exception):
    """An answer with ``"ok": false``."""

    def __init__(self, code: str, *messages: str, **more: Any) -> None:
        """Name the error; ``messages`` explain it the way Slack does in response_metadata."""
        super().__init__(code)
        self.code = code
        self.messages = messages
        self.more = more

    def as_json(self) -> Json:
        """Return the body of the answer."""
        body: Json = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            if self.code == "invalid_blocks":
                body["errors"] = list(self.messages)
            body["response_metadata"] = {"messages": [f"[ERROR] {one}" for one in self.messages]}
        return body


@dataclass(frozen=True, kw_only=True)
class Method:
    """What a method takes and who may call it.

    ``scopes`` lists alternatives; ``form_only`` methods do not read a JSON body, as in Slack.
    """

    act: Callable[[Arguments], Json]
    required: Mapping[str, ArgumentType] = field(default_factory=dict)
    optional: Mapping[str, ArgumentType] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    form_only: bool = False
    token: Literal["bot", "app"] = "bot"

    def read(self, sent: Mapping[str, Any], *, is_json: bool) -> Arguments:
        """Check what was sent and bring it into shape.

        Raises:
            SlackError: an argument is unknown, missing or of another type.
        """
        known = {**_ALWAYS, **self.required, **self.optional}
        found = [f"invalid additional property: {name}" for name in sent if name not in known]
        found += [
            f"missing required field: {name}" for name in self.required if sent.get(name) is None or sent[name] == ""
        ]
        values: Json = {}
        for name, value in sent.items():
            if name in known and value is not None:
                try:
                    values[name] = _shaped(value, known[name], is_json=is_json)
                except ValueError as error:
                    if name == "blocks":
                        raise SlackError("invalid_blocks_format") from error
                    found.append(f"{error} [json-pointer:/{name}]")
        if found:
            raise SlackError("invalid_arguments", *found)
        return Arguments(values)


class Arguments:
    """The arguments of one call, checked."""

    def __init__(self, values: Json) -> None:
        """Hold ``values``."""
        self.values = values

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Return a string, empty when it was not sent."""
        return str(self.values.get(name, ""))

    def get(self, name: str, default: Any = None) -> Any:
        """Return an argument as it is."""
        return self.values.get(name, default)


def _shaped(value: Any, kind: ArgumentType, *, is_json: bool) -> Any:
    if not is_json or (kind in {"json", "list"} and isinstance(value, str)):
        return _from_text(str(value), kind)
    match kind:
        case "str" if isinstance(value, str):
            return value
        case "bool" if isinstance(value, bool):
            return value
        case "int" if isinstance(value, int) and not isinstance(value, bool):
            return value
        case "json" | "list" if isinstance(value, list | dict):
            return value
    raise ValueError(_MUST_BE[kind])


def _from_text(value: str, kind: ArgumentType) -> Any:
    match kind:
        case "str":
            return value
        case "bool" if value.lower() in {"1", "0", "true", "false"}:
            return value.lower() in {"1", "true"}
        case "int" if value.isdecimal():
            return int(value)
        case "list":
            return [one for one in value.split(",") if one]
        case "json":
            try:
                return json.loads(value)
            except json.JSONDecodeError as error:
                raise ValueError("must be valid JSON") from error
    raise ValueError(_MUST_BE[kind])


_MUST_BE = {
    "str": "must be a string",
    "bool": "must be a boolean",
    "int": "must be an integer",
    "json": "must provide an object",
    "list": "must provide an array",
}
