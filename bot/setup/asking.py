"""Asking: one question after the other, at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import typer

Say = Callable[..., str]

_YES = {"y", "yes", "예", "네", "응"}


class Asking(Protocol):
    """Who answers."""

    async def line(self, question: str, default: str = "", *, is_secret: bool = False) -> str:
        """Return what is answered, ``default`` for nothing; a secret is not shown while it is typed."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""


class Terminal:
    """A person at a terminal. Ctrl-C raises KeyboardInterrupt, Ctrl-D EOFError: nothing was answered then."""

    def __init__(self) -> None:
        """Remember no answer: some are secrets."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import DummyHistory

        self._session: PromptSession[str] = PromptSession(history=DummyHistory())

    async def line(self, question: str, default: str = "", *, is_secret: bool = False) -> str:
        shown = f"{question} [{default}] " if default else f"{question} "
        return (await self._session.prompt_async(shown, is_password=is_secret)).strip() or default

    def tell(self, text: str) -> None:
        typer.echo(text)


async def choose(asking: Asking, say: Say, question: str, options: Sequence[tuple[str, str]], default: str) -> str:
    """Return the value of the option (value, label) that is chosen by its number or by its value."""
    asking.tell(question)
    for number, (value, label) in enumerate(options, 1):
        asking.tell(f"  {number}  {value:<8} {label}")
    while True:
        answer = (await asking.line(">", default)).lower()
        for number, (value, _) in enumerate(options, 1):
            if answer in {value, str(number)}:
                return value
        asking.tell(say("Answer with a number from 1 to {most}.", most=len(options)))


async def agrees(asking: Asking, question: str, *, default: bool = True) -> bool:
    """Return whether the answer is yes; ``default`` is what no answer means."""
    answer = await asking.line(f"{question} {'[Y/n]' if default else '[y/N]'}")
    return answer.lower() in _YES if answer else default
