"""Tongue: how sentences are said where there is no reader, such as in a terminal or a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Tongue(NamedTuple):
    """Says messages in one language, as ``Reader.say`` and ``Reader.say_many`` do."""

    say: Callable[..., str]
    say_many: Callable[..., str]


def _say(message: str, /, **params: object) -> str:
    return message.format_map(params)


def _say_many(one: str, many: str, n: int, /, **params: object) -> str:
    return (one if n == 1 else many).format_map({"n": n, **params})


#: For logs and programs.
ENGLISH = Tongue(_say, _say_many)
