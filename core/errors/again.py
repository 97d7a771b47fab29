"""Again: which error a stored sentence is, so that it can be said in another language than it was stored in."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache

from core.errors.base import SkillwardenError

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


def recognised(code: str | None, text: str) -> tuple[str, dict[str, str]] | None:
    """Return the message and what fills it of the error with ``code`` that says ``text``; None where none does.

    Without a code every error may have said it.
    """
    for known, msgid, pattern in _sentences():
        if code in {None, known} and (found := pattern.fullmatch(text)):
            return msgid, found.groupdict()
    return None


@cache
def _sentences() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return code, message and pattern of every error; those that say most of their own come first."""
    found = []
    for kind in _kinds(SkillwardenError):
        msgid = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
        names: set[str] = set()
        found.append((kind.code, msgid, re.compile(_PLACEHOLDER.sub(_once(names), re.escape(msgid)), re.DOTALL)))
    return tuple(sorted(found, key=lambda one: -len(re.sub(r"\{\w+\}", "", one[1]))))


def _once(names: set[str]) -> Callable[[re.Match[str]], str]:
    """Return what makes a group of a placeholder, and a reference to it of the next one with its name."""

    def group(match: re.Match[str]) -> str:
        name = match[1]
        if name in names:
            return f"(?P={name})"
        names.add(name)
        return f"(?P<{name}>.*?)"

    return group


def _kinds(kind: type[SkillwardenError]) -> Iterator[type[SkillwardenError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)
