"""Where Babel finds messages: in calls of ``say`` and ``say_many``, and in the docstrings of the exceptions.

Babel's own extractor counts arguments from the left; this one takes the last literal texts, so that both
``translator.say(language, "Done.")`` and ``say("Done.")`` are found. A message that is chosen from a table by a key is
only found when the table is a tuple of counted forms, such as ``(60, "{n} minute", "{n} minutes")``.
"""

from __future__ import annotations

import ast
import inspect
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    #: What Babel wants of an extractor: line, the function whose keyword rule applies, message(s), comments.
    Found = tuple[int, str | None, str | tuple[str, str], list[str]]


def calls(source: IO[bytes], _keywords: Iterable[str], _tags: Sequence[str], **_options: object) -> Iterator[Found]:
    """Find the literal messages of every ``say(...)`` and ``say_many(...)``."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            name = (name or "").lstrip("_")
            if name == "Words":
                for text in _texts(node.args[0]) if node.args else ():
                    yield node.lineno, None, text, []
            literals = [found for found in map(_texts, node.args) if found]
            if name in {"say", "sentence"} and literals:
                for text in literals[-1]:
                    yield node.lineno, None, text, []
            elif name == "say_many" and len(literals) > 1:
                yield node.lineno, "ngettext", (literals[-2][0], literals[-1][0]), []
        elif isinstance(node, ast.Tuple):
            counted = [text for element in node.elts for text in _texts(element) if "{n}" in text]
            match counted:
                case [one, many]:
                    yield node.lineno, "ngettext", (one, many), []


def commands(source: IO[bytes], keywords: Iterable[str], tags: Sequence[str], **options: object) -> Iterator[Found]:
    """Find what ``calls`` finds, and the help of the command line: each ``help=`` and each command's docstring."""
    yield from calls(source, keywords, tags, **options)
    source.seek(0)
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.keyword) and node.arg == "help":
            for text in _texts(node.value):
                yield node.value.lineno, None, text, []
        elif isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            yield node.lineno, None, ast.get_docstring(node) or "", []


def _is_command(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr == "command"


def exceptions(
    source: IO[bytes], _keywords: Iterable[str], _tags: Sequence[str], **_options: object
) -> Iterator[Found]:
    """Find the sentence of every exception: its docstring on one line, as in ``SkillwardenError.msgid``."""
    for node in ast.parse(source.read()).body:
        if not isinstance(node, ast.ClassDef) or {"StrEnum", "str"} & {getattr(base, "id", "") for base in node.bases}:
            continue
        if docstring := ast.get_docstring(node):
            yield node.lineno, None, " ".join(inspect.cleandoc(docstring).split()), []


def _texts(argument: ast.expr) -> list[str]:
    """Return the literal text of an argument, or both texts of ``a if condition else b``."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return _texts(argument.body) + _texts(argument.orelse)
    return []
