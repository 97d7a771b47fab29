"""What is wrong with a field, in plain words where pydantic has those of Python and of regular expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.api.artifacts import SHA256, TAG
from bot.api.cursors import CURSOR
from bot.api.dto import NO_NUL, SAID
from bot.api.executions import KEY, NAME
from bot.api.hitl_dto import ONE_LINE
from core.domain.callbacks import CALLBACK_PATTERN

_BY_PATTERN = {
    CALLBACK_PATTERN: "write it as https://host/path in ASCII, without a user name, a password and a #",
    CURSOR: "it is no cursor that a page has named",
    KEY: "use printable ASCII characters without spaces",
    NAME: "it is neither an id nor a code such as 7F3K",
    NO_NUL: "it contains a NUL",
    ONE_LINE: "write it as one line that begins with something to see",
    SAID: "it is blank",
    SHA256: "write it as 64 hexadecimal digits",
    TAG: "write it as name=value, the name in up to 100 characters without spaces, the value in up to 499",
}
_OBJECT, _WHOLE = "it has to be a JSON object", "it has to be a whole number"
# By the types of pydantic's errors.
_BY_TYPE = {
    "extra_forbidden": "there is no such field",
    "dict_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
    "list_type": "it has to be a list",
    "string_type": "it has to be a text",
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
}


def problem_of(error: Mapping[str, Any]) -> str:
    """Return what an error of pydantic says, without a full stop."""
    if error["type"] == "string_pattern_mismatch":
        return _BY_PATTERN[error["ctx"]["pattern"]]
    return _BY_TYPE.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
