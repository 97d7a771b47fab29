"""Where config.toml is wrong, and what would be right: the line, the key, one sentence."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.setting_words import problem_words
from core.domain.masking import shows_secret
from core.errors import ConfigError, Words

Location = tuple[int | str, ...]


def syntax_error(path: Path, text: str, error: tomllib.TOMLDecodeError) -> ConfigError:
    """Return what is wrong with TOML that cannot be read."""
    problem, _, place = str(error).partition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else len(text.splitlines())
    return ConfigError(file=path, line=line, key="TOML", problem=problem)


def first_error(path: Path, text: str, error: ValidationError, settings: type[BaseModel]) -> ConfigError:
    """Return the first thing in ``text`` that ``settings`` does not take."""
    found = [
        (_line_of(text, location), _keys(location), detail)
        for detail in error.errors(include_url=False)
        # What concerns several keys at a time says at which of them it is.
        for location in [(*detail["loc"], *detail.get("ctx", {}).get("at", ()))]
    ]
    line, keys, detail = min(found, key=lambda item: item[0])
    is_unknown = detail["type"] == "extra_forbidden"
    problem = _unknown(keys, settings.model_fields) if is_unknown else problem_words(detail)
    return ConfigError(file=path, line=line, key=".".join(keys), problem=problem)


def exposed() -> Words:
    """Return what is wrong with a secret that stands in the settings."""
    return Words(
        "this looks like a key or a password, which whoever reads the settings can use: revoke it where it was made, "
        "take it out, and write env:NAME, file:/path or keyring:service/name instead"
    )


def refuse_secrets(path: Path, text: str) -> None:
    """Do nothing unless a text of the file looks like a secret, wherever it stands.

    Raises:
        ConfigError: one does.
    """

    def look(value: Any, location: Location) -> None:
        if isinstance(value, str) and shows_secret(value):
            line, key = _line_of(text, location), ".".join(_keys(location))
            raise ConfigError(file=path, line=line, key=key, problem=exposed())
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, part in parts:
            look(part, (*location, name))

    look(tomllib.loads(text), ())


def _keys(location: Location) -> tuple[str, ...]:
    """Return the names in ``location``, without the places in lists."""
    return tuple(part for part in location if isinstance(part, str))


def _unknown(keys: tuple[str, ...], fields: Mapping[str, Any]) -> str:
    for key in keys[:-1]:
        fields = _fields(fields[key].annotation)
    nearest = difflib.get_close_matches(keys[-1], fields, n=1, cutoff=0.5)
    if nearest:
        return Words('there is no such key; the nearest is "{name}"', name=nearest[0])
    return Words("there is no such key; here can be: {names}", names=", ".join(fields))


def _fields(annotation: Any) -> Mapping[str, Any]:
    """Return the fields of the model that ``annotation`` is, or is a list or an alternative of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.model_fields
    return next(filter(None, map(_fields, get_args(annotation))), {})


def _line_of(text: str, location: Location) -> int:
    """Return the number of the line that sets what is at ``location``, or else of the innermost table around it."""
    lists: dict[Location, int] = {}
    table: Location = ()
    best, deepest = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)([^\[\]]+)\]", line):
            table = found = _table(_names(header[2]), lists, adds=header[1] == "[[")
        elif setting := re.match(r"\s*([\w.\"' -]+?)\s*=", line):
            found = (*table, *_names(setting[1]))
        else:
            continue
        if len(found) > deepest and location[: len(found)] == found:
            best, deepest = number, len(found)
    return best


def _table(names: tuple[str, ...], lists: dict[Location, int], *, adds: bool) -> Location:
    """Return where the table of a header is; ``lists`` knows the last table of each list, and is kept up to date."""
    place: Location = ()
    for left, name in enumerate(names, 1 - len(names)):
        place = (*place, name)
        if adds and not left:
            lists[place] = lists.get(place, -1) + 1
        if place in lists:
            place = (*place, lists[place])
    return place


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))
