"""The command line's group: what of an option or an argument cannot be used is said in plain words."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperGroup

from bot.cli_words import say

_NO_CHOICE = re.compile(r"(?:Value error, )?'(?P<value>.*)' is not one of (?P<choices>.+?)\.?", re.DOTALL)


class PlainGroup(TyperGroup):
    """A group of commands whose library says what is wrong in words about Python."""

    def invoke(self, ctx: Any) -> Any:
        """Do what was typed."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as wrong:
            wrong.message = _plain(wrong.message)
            raise


def _plain(message: str) -> str:
    if found := _NO_CHOICE.fullmatch(message):
        choices = ", ".join(sorted(found["choices"].replace("'", "").split(", ")))
        return say('there is no "{value}" here; it is one of: {choices}', value=found["value"], choices=choices) + "."
    if "valid integer" in message:
        return say("this must be a whole number") + "."
    return message.removeprefix("Value error, ")
