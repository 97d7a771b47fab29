"""Choices: what ``init`` was told, by setting, until it is a whole configuration."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config import Settings
from bot.home import Home
from bot.setting_words import problem_words
from core.errors import InvalidSetting

#: Settings by ``section.key``, such as ``slack.mode``; None is what nobody chose.
Choices = Mapping[str, str | None]


def settings_of(choices: Choices) -> Settings:
    """Return the settings that ``choices`` make; what nobody chose is as by default.

    Raises:
        InvalidSetting: one of them cannot be used.
    """
    nested: dict[str, Any] = {}
    for setting, value in choices.items():
        if value is not None:
            section, _, key = setting.partition(".")
            if key:
                nested.setdefault(section, {})[key] = value
            else:
                nested[section] = value
    try:
        return Settings(**nested)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        raise InvalidSetting(setting=".".join(map(str, found["loc"])), problem=problem_words(found)) from error


def write_secret(home: Home, setting: str, value: str) -> str:
    """Keep ``value`` in a file of its own that its owner alone can read, and return the reference to it.

    Raises:
        InvalidSetting: there is such a file already, or it cannot be written.
        DiskFull: there is no space for it.
    """
    path = home.secrets / setting.replace(".", "_")
    home.secrets.mkdir(mode=0o700, exist_ok=True)
    write_new(home, path, f"{value}\n")
    return f"file:{path}"


def write_new(home: Home, path: Path, text: str) -> None:
    """Write a file that its owner alone can read, whole or not at all; never over one that is there.

    Raises:
        InvalidSetting, DiskFull: as for ``write_secret``.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.unlink(missing_ok=True)  # of an attempt that died
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename it refuses what is there
    except OSError as error:
        raise home.translated(error) from error
    finally:
        draft.unlink(missing_ok=True)
