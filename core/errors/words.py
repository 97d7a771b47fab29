"""Words: a piece of a sentence that can be said in any language, such as why something failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self


class Words(str):
    """English text that knows its message and what fills it: who says it to somebody says it in their language.

    Programs and records see the English text.
    """

    __slots__ = ("msgid", "params")

    msgid: str
    params: Mapping[str, object]

    def __new__(cls, msgid: str, /, **params: object) -> Self:
        """Return ``msgid`` with its placeholders filled."""
        words = super().__new__(cls, msgid.format(**params))
        words.msgid, words.params = msgid, params
        return words


def listed(names: Sequence[str], between: str = ", ") -> str:
    """Return ``names``, some of them words of ours, with something ``between`` them."""
    first, *rest = names
    return Words(f"{{first}}{between}{{rest}}", first=first, rest=listed(rest, between)) if rest else first


def kept(value: object) -> object:
    """Return ``value`` as JSON keeps it; ``restored`` makes the same words of that again."""
    if isinstance(value, Words):
        return {"msgid": value.msgid, "params": {name: kept(param) for name, param in value.params.items()}}
    return str(value)


def restored(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``params``, which were ``kept``, as a sentence takes them."""
    return {
        name: Words(value["msgid"], **restored(value["params"])) if isinstance(value, Mapping) else value
        for name, value in params.items()
    }
