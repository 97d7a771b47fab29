"""The options that every command takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.errors import InvalidSetting, Words


def _home(text: str) -> Path:
    # An unset variable in a script must not make the current folder the home.
    if not text:
        raise InvalidSetting(setting=Words("an empty --home"), problem=Words("name a folder, or leave --home out"))
    return Path(text)


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", parser=_home, metavar="<path>", help="The folder that holds everything. [default: ~/.skillwarden]"
    ),
]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="[default: config.toml in the home]")]
DemoOption = Annotated[
    bool, typer.Option("--demo", help="Sample skills, three providers and the people alice, bob and carol.")
]
