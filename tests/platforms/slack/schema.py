"""What Slack says about JSON that has the wrong shape: small checks that are put together, in Slack's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

#: Looks at a value found at a JSON pointer and returns what is wrong with it.
Check = Callable[[Any, str], list[str]]


def problem(text: str, pointer: str) -> str:
    """Return one complaint as Slack words it."""
    return f"{text} [json-pointer:{pointer}]"


def escaped(text: str) -> str:
    """Return ``text`` with every control character of mrkdwn escaped, which is how Slack keeps and counts it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def string(most: int | None = None, least: int = 0, *, counted: Callable[[str], int] = len) -> Check:
    """Accept a string of ``least`` to ``most`` characters."""

    def check(value: Any, pointer: str) -> list[str]:
        if not isinstance(value, str):
            return [problem("must be a string", pointer)]
        if most is not None and counted(value) > most:
            return [problem(f"must be less than {most + 1} characters", pointer)]
        if len(value) < least:
            return [problem(f"must be more than {least - 1} characters", pointer)]
        return []

    return check


def boolean(value: Any, pointer: str) -> list[str]:
    """Accept true and false."""
    return [] if isinstance(value, bool) else [problem("must be a boolean", pointer)]


def whole(value: Any, pointer: str) -> list[str]:
    """Accept a whole number."""
    good = isinstance(value, int) and not isinstance(value, bool)
    return [] if good else [problem("must be an integer", pointer)]


def anything(_value: Any, _pointer: str) -> list[str]:
    """Accept everything."""
    return []


def one_of(*values: str) -> Check:
    """Accept one of these strings."""

    def check(value: Any, pointer: str) -> list[str]:
        return [] if value in values else [problem(f"value must be one of {', '.join(values)}", pointer)]

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """Accept a list of ``least`` to ``most`` items."""

    def check(value: Any, pointer: str) -> list[str]:
        if not isinstance(value, list):
            return [problem("must provide an array", pointer)]
        if len(value) > most:
            return [problem(f"no more than {most} items allowed", pointer)]
        if len(value) < least:
            return [problem(f"must have at least {least} items", pointer)]
        return [found for number, one in enumerate(value) for found in item(one, f"{pointer}/{number}")]

    return check


def thing(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object with these properties and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> list[str]:
        if not isinstance(value, dict):
            return [problem("must provide an object", pointer)]
        found = [problem(f"missing required field: {name}", pointer) for name in required if name not in value]
        found += [problem(f"invalid additional property: {name}", pointer) for name in value if name not in known]
        for name, part in value.items():
            if name in known:
                found += known[name](part, f"{pointer}/{name}")
        return found

    return check


def by_type(kinds: Mapping[str, Check]) -> Check:
    """Accept an object whose ``type`` names the check it passes."""

    def check(value: Any, pointer: str) -> list[str]:
        if not isinstance(value, dict):
            return [problem("must provide an object", pointer)]
        if "type" not in value:
            return [problem("missing required field: type", pointer)]
        kind = value["type"]
        if not isinstance(kind, str) or kind not in kinds:
            return [problem(f"unsupported type: {kind}", f"{pointer}/type")]
        return kinds[kind](value, pointer)

    return check


def nested(check: Check) -> Check:
    """Say first that nothing fits, as Slack does where several shapes would be allowed."""

    def wrapped(value: Any, pointer: str) -> list[str]:
        found = check(value, pointer)
        return [problem("failed to match all allowed schemas", pointer), *found] if found else []

    return wrapped


def repeated(values: Sequence[tuple[str, str]], what: str) -> list[str]:
    """Complain about every (value, pointer) whose value was there before."""
    seen: set[str] = set()
    found = []
    for value, pointer in values:
        if value in seen:
            found.append(problem(f'`{what}` "{value}" already exists', pointer))
        seen.add(value)
    return found
