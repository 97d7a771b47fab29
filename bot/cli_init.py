"""``skillwarden init``: a configuration for this machine, asked for or made of options; a secret is never in it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import typer

from bot.cli_words import say
from bot.config import Settings, load_settings
from bot.home import Home, home_path
from bot.integrations.secret_stores import Secrets
from bot.locale.terminal import terminal_language
from bot.locale.translator import Catalogues
from bot.setup.choices import Choices, settings_of, write_new, write_secret
from bot.setup.config_text import config_text
from bot.setup.tokens import check
from bot.setup.wizard import Wizard
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.errors import InvalidSetting, SecretNotFound, Unreachable, Words

_INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended


@dataclass(frozen=True, kw_only=True)
class Way:
    """How it goes: ask nothing, ask the platforms nothing, keep the secrets of the environment in files."""

    asks_nobody: bool
    checks: bool
    keeps_secrets: bool


def initialise(home: Path | None, config: Path | None, choices: Choices, way: Way) -> None:
    """Write the configuration, and say what is to be done next.

    Raises:
        InvalidSetting: there is one already, an option or a token is wrong, or nobody is there to be asked.
        Unreachable, DiskFull, SecretNotFound: as their docstrings say.
    """
    opened = Home.open(home_path(home, os.environ))
    target = config or opened.path / "config.toml"
    if target.exists():
        raise InvalidSetting(setting=target, problem=Words("it exists; move it away first, or change it by hand"))
    if not way.asks_nobody and not sys.stdin.isatty():
        problem = Words('nobody can be asked here; say "--yes", and the rest with options')
        raise InvalidSetting(setting="init", problem=problem)
    settings_of(choices)  # what is wrong is said before the first question
    if way.asks_nobody:
        chosen, kept = asyncio.run(_without_asking(choices, way))
    else:
        chosen, kept = _by_asking(choices)
    written = dict(chosen)
    for setting, value in kept.items():
        written[setting] = write_secret(opened, setting, value)
    language = written.get("language") or _language()
    settings = settings_of({**written, "language": language})
    write_new(opened, target, config_text(settings, partial(Catalogues().say, language)))
    _conclude(load_settings(opened.path, target), opened, target, kept)


def _by_asking(choices: Choices) -> tuple[Choices, Mapping[str, str]]:
    from bot.setup.asking import Terminal

    wizard = Wizard(Terminal(), say, choices, os.environ, language=_language())
    try:
        return asyncio.run(wizard.run()), wizard.kept
    except (KeyboardInterrupt, EOFError):
        typer.echo(say("Nothing was written."))
        raise typer.Exit(_INTERRUPTED) from None


async def _without_asking(choices: Choices, way: Way) -> tuple[Choices, Mapping[str, str]]:
    settings = settings_of(choices)
    kept: dict[str, str] = {}
    for setting in settings.needed_secrets:
        section, _, key = setting.partition(".")
        place = SecretRef.parse(getattr(getattr(settings, section), key))
        try:
            value = await asyncio.to_thread(Secrets(os.environ, Masker()).get, place)
        except SecretNotFound as error:
            if way.keeps_secrets:
                raise
            typer.echo(say("Not checked: {problem}", problem=error))
            continue
        if way.checks:
            await _checked(f"[{section}] {key}", setting, value, str(getattr(settings, section).api_url))
        if way.keeps_secrets and place.scheme == "env":
            kept[setting] = value
    return choices, kept


async def _checked(name: str, setting: str, value: str, api_url: str) -> None:
    found = await check(setting, value, api_url)
    if found.is_good is None:
        raise Unreachable(what=name, reason=Words("{said} (--no-check goes on without)", said=found.said))
    if not found.is_good:
        raise InvalidSetting(setting=name, problem=found.said)
    typer.echo(say("{name}: {said}.", name=name, said=found.said))


def _conclude(settings: Settings, home: Home, target: Path, kept: Mapping[str, str]) -> None:
    typer.echo(say("Written: {file}", file=target))
    if kept:
        typer.echo(say("The secrets are in {folder}; only you can read them.", folder=home.secrets))
    for setting in settings.needed_secrets:
        section, _, key = setting.partition(".")
        place = SecretRef.parse(getattr(getattr(settings, section), key))
        if place.scheme == "env" and not os.environ.get(place.name):
            typer.echo(say("Where serve runs, {name} has to be set.", name=place.name))
    typer.echo(say('Next: "skillwarden doctor" looks for what is missing, "skillwarden serve" runs the bot.'))


def _language() -> str:
    """Return the language of the terminal, or English where the bot does not speak it."""
    return Catalogues().language(terminal_language(os.environ))
