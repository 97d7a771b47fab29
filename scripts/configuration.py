"""Write docs/configuration.md: every key from the settings model, explained in the words of config.example.toml."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.config import Settings

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/configuration.md"
EXAMPLE = ROOT / "config.example.toml"
_HEAD = """# Configuration

Every key of `config.toml`, with its type and what it is when it is left out. This page is made by
`python scripts/configuration.py` from [bot/config.py](../bot/config.py) and
[config.example.toml](../config.example.toml), which has examples; a test fails when it is not up to date. A key that is
not here is refused, with its line. A secret is always a reference: `env:NAME`, `file:/path` or `keyring:service/name`.
"""
_NAMES = {str: "text", int: "whole number", float: "number", bool: "true or false", timedelta: 'time, such as "4h"'}


def document() -> str:
    """Return the page."""
    said = explanations(EXAMPLE.read_text(encoding="utf-8"))
    top = [(name, field) for name, field in Settings.model_fields.items() if _model(field.annotation) is None]
    parts = [_HEAD, _table(top, "", said)]
    for name, field in Settings.model_fields.items():
        model = _model(field.annotation)
        if model is not None:
            parts += list(_section(model, name, said, is_list=_is_list(field.annotation)))
    return "\n".join(parts)


def explanations(example: str) -> dict[str, str]:
    """Return what the comments say of each key, by its whole name; also of keys that are examples."""
    found: dict[str, str] = {}
    words: list[str] = []
    table = ""
    for line in example.splitlines():
        text = re.sub(r"^# ", "", line)
        if header := re.fullmatch(r"\[\[?([\w.]+)\]\]?", text):
            table = f"{header[1]}."
            found.setdefault(header[1], " ".join(words))
            words = []
        elif setting := re.match(r"(\w+) = ", text):
            found.setdefault(table + setting[1], " ".join(words))
            words = []
        elif line.startswith("#"):
            comment = line.removeprefix("#").strip().removeprefix("#").strip()
            if comment not in {"Example:", ""}:
                words.append(comment)
        else:
            words = []
    return found


def _section(model: type[BaseModel], name: str, said: dict[str, str], *, is_list: bool) -> Iterator[str]:
    heading = f"[[{name}]]" if is_list else f"[{name}]"
    plain = [(key, field) for key, field in model.model_fields.items() if _model(field.annotation) is None]
    yield f"## `{heading}`\n"
    if said.get(name):
        yield f"{said[name]}\n"
    yield _table(plain, f"{name}.", said)
    for key, field in model.model_fields.items():
        inner = _model(field.annotation)
        if inner is not None:
            yield from _section(inner, f"{name}.{key}", said, is_list=_is_list(field.annotation))


def _table(fields: list[tuple[str, FieldInfo]], prefix: str, said: dict[str, str]) -> str:
    rows = ["| key | type | left out | |", "|---|---|---|---|"]
    for name, field in fields:
        explained = said.get(prefix + name, "").replace("|", "\\|")
        rows.append(f"| `{name}` | {_type(field)} | {_default(field)} | {explained} |")
    return "\n".join(rows) + "\n"


def _type(field: FieldInfo) -> str:
    bounds = [f"at least {mark.ge}" for mark in field.metadata if isinstance(mark, Ge)]
    bounds += [f"at most {mark.le}" for mark in field.metadata if isinstance(mark, Le)]
    return ", ".join([_named(field.annotation), *bounds])


def _named(annotation: Any) -> str:
    origin, inner = get_origin(annotation), [one for one in get_args(annotation) if one is not type(None)]
    if origin is Literal:
        return " or ".join(f'`"{one}"`' if isinstance(one, str) else f"`{one}`" for one in inner)
    if origin in {Union, types.UnionType}:
        return " or ".join(dict.fromkeys(map(_named, inner)))
    if origin in {tuple, list, frozenset}:
        return f"list of: {_named(inner[0])}"
    if origin is dict:
        return f"table of: {_named(inner[1])}"
    if origin is not None and inner:  # Annotated
        return _named(inner[0])
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return " or ".join(f'`"{one.value.lower()}"`' for one in annotation)
    return _NAMES.get(annotation, "text")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "has to be there"
    value = field.get_default(call_default_factory=True)
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case Enum():
            return f'`"{value.value}"`'
        case str():
            return f'`"{value}"`'
        case timedelta():
            hours = int(value.total_seconds()) // 3600
            return f'`"{hours // 24}d"`' if hours % 24 == 0 else f'`"{hours}h"`'
        case tuple() | list() | frozenset():
            listed = ", ".join(json.dumps(one) for one in value)
            return f"`[{listed}]`"
        case dict():
            return "`{}`"
        case _:
            return f"`{value}`"


def _model(annotation: Any) -> type[BaseModel] | None:
    """Return the model that ``annotation`` is, or is a list or an alternative of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model, get_args(annotation))), None)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) in {tuple, list} or any(map(_is_list, get_args(annotation)))


def main() -> None:
    """Write the page."""
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
