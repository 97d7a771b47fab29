"""What is wrong with a setting, in our words: a validator's own, or ours for what pydantic says about Python."""

from __future__ import annotations

from typing import Any

from core.errors import Words

_PLAIN = {
    "missing": Words("this is missing"),
    "tuple_type": Words("this must be a list"),
    **dict.fromkeys(("model_type", "dict_type"), Words("this must be a table")),
    "string_type": Words('this must be text in quotes, such as "x"'),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), Words("this must be a whole number")),
    **dict.fromkeys(("float_type", "float_parsing"), Words("this must be a number")),
    **dict.fromkeys(("bool_type", "bool_parsing"), Words("this must be true or false")),
}


def problem_words(detail: Any) -> str:
    """Return what ``detail``, one of pydantic's, says is wrong."""
    kind, more = detail["type"], detail.get("ctx", {})
    if kind in _PLAIN:
        return _PLAIN[kind]
    match kind:
        case "value_error":
            return more["error"].args[0]  # type: ignore[no-any-return]  # what our validators raise with
        case "misplaced":
            return more["problem"]  # type: ignore[no-any-return]
        case "literal_error" | "enum":
            return Words("this must be one of: {choices}", choices=more["expected"].replace(" or ", ", "))
        case "greater_than_equal":
            return Words("this must be {n} at least", n=more["ge"])
        case "greater_than":
            return Words("this must be more than {n}", n=more["gt"])
        case "less_than_equal":
            return Words("this must be {n} at most", n=more["le"])
        case "string_too_short":
            return Words("this must not be empty")
        case "string_too_long":
            return Words("this must be {n} characters at most", n=more["max_length"])
        case _:
            return str(detail["msg"])
