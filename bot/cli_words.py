"""What the command line says, in the language of its terminal."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.locale.terminal import terminal_language
from bot.locale.translator import ENGLISH, Catalogues
from core.services.tongue import Tongue

if TYPE_CHECKING:
    from core.errors import SkillwardenError


@cache
def _catalogues() -> Catalogues:
    return Catalogues()


def say(message: str, /, **params: object) -> str:
    """Return ``message``, filled, in the language of the terminal."""
    return _catalogues().say(terminal_language(os.environ), message, **params)


def say_many(one: str, many: str, n: int, /, **params: object) -> str:
    """Return the form of the message that fits ``n``, in the language of the terminal."""
    return _catalogues().say_many(terminal_language(os.environ), one, many, n, **params)


#: For services that say something to whoever sits at the terminal.
TONGUE = Tongue(say, say_many)


def say_error(error: SkillwardenError) -> str:
    """Return the sentence of ``error`` in the language of the terminal."""
    return say(error.msgid, **error.written)


def translate_help(command: Any) -> None:
    """Put the help of a click command, its options and its subcommands into the language of the terminal."""
    if _catalogues().language(terminal_language(os.environ)) == ENGLISH:
        return
    for part in (command, *command.params):
        if getattr(part, "help", None):
            part.help = say(part.help)
    for subcommand in getattr(command, "commands", {}).values():
        translate_help(subcommand)
