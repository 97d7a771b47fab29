"""``skillwarden providers``: where skills go, from the machine itself. Every change is on the record."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli_groups import providers as providers  # noqa: PLC0414 - offered here too, with its commands
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.cli_words import say
from bot.clock import SystemClock
from bot.installation import Installation
from bot.integrations.secret_stores import Secrets
from bot.skill_places import installers_of, repositories_of, whereabouts
from core.domain.targets import Provider, ProviderKind, ProviderMode, ProviderStatus
from core.services.people import People
from core.services.provider_health import ProviderHealth
from core.services.providers import Providers
from core.services.rosters import Rosters

Name = Annotated[str, typer.Argument(help="The provider's name, or its kind where there is one of it.")]
Work = Callable[[Providers], Awaitable[list[Provider]]]

# What a check that found something ends with (sysexits.h: EX_UNAVAILABLE).
_NOT_WELL = 69


@providers.command()
def add(
    kind: ProviderKind,
    name: Annotated[
        str | None, typer.Option(help="What it is called; several of a kind need one each. [default: Claude, ...]")
    ] = None,
    mode: Annotated[ProviderMode, typer.Option(help="How skills get there.")] = ProviderMode.FILESYSTEM,
    path: Annotated[
        str | None, typer.Option(help="filesystem: the skills folder. [default: the client's own, ~/.claude/skills]")
    ] = None,
    repository: Annotated[str | None, typer.Option(help="git: the address of the team's repository.")] = None,
    branch: Annotated[str | None, typer.Option(help="git: the branch that counts. [default: main]")] = None,
    delivery: Annotated[
        str | None, typer.Option(help="git: push, or merge for branches that people merge. [default: push]")
    ] = None,
    folder: Annotated[str | None, typer.Option(help="git: the folder in it. [default: the client's own]")] = None,
    credential: Annotated[
        str | None, typer.Option(help="git: where the token or deploy key is, such as env:TEAM_TOKEN.")
    ] = None,
    known_hosts: Annotated[
        str | None, typer.Option(help="git over ssh: the file of the servers' keys. [default: the user's own]")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="api: its address. [default: the provider's]")] = None,
    key: Annotated[
        str | None, typer.Option(help="api: where the key is. [default: env:ANTHROPIC_API_KEY, env:OPENAI_API_KEY]")
    ] = None,
    workspace: Annotated[str | None, typer.Option(help="api, claude: the workspace, for keys of several.")] = None,
    organization: Annotated[
        str | None, typer.Option(help="api, openai: the organization, for keys of several.")
    ] = None,
    project: Annotated[str | None, typer.Option(help="api, openai: the project, for keys of several.")] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Connect a provider; keys are given by where they are, never themselves."""
    given = {
        "path": path,
        "repository": repository,
        "branch": branch,
        "delivery": delivery,
        "folder": folder,
        "credential": credential,
        "known_hosts": known_hosts,
        "base_url": base_url,
        "key": key,
        "workspace": workspace,
        "organization": organization,
        "project": project,
    }
    settings = {field: value for field, value in given.items() if value is not None}
    options = [f"--{field.replace('_', '-')} {shlex.quote(value)}" for field, value in settings.items()]
    command = " ".join(
        ["providers add", kind.value, *([f"--name {shlex.quote(name)}"] if name else []), f"--mode {mode}", *options]
    )

    async def work(service: Providers) -> list[Provider]:
        return [await service.add(kind, mode, settings, name=name, command=command)]

    _print(work, home, config, demo=demo)


@providers.command()
def connect(name: Name, home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Connect a provider again that was disconnected."""

    async def work(service: Providers) -> list[Provider]:
        return [await service.connect(name, command=f"providers connect {shlex.quote(name)}")]

    _print(work, home, config, demo=demo)


@providers.command()
def disconnect(name: Name, home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Install nothing there any more; what is there stays."""

    async def work(service: Providers) -> list[Provider]:
        return [await service.disconnect(name, command=f"providers disconnect {shlex.quote(name)}")]

    _print(work, home, config, demo=demo)


@providers.command("list")
def list_providers(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """List providers, their places, and whether they are connected."""

    async def work(service: Providers) -> list[Provider]:
        return list(await service.all())

    _print(work, home, config, demo=demo)


@providers.command()
def check(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Look whether every connected provider can be used; exits with 69 when one cannot."""

    async def work(service: Providers) -> list[Provider]:
        return list(await service.check())

    found = _print(work, home, config, demo=demo)
    if any(provider.status is ProviderStatus.ERROR for provider in found):
        raise typer.Exit(_NOT_WELL)


def _print(work: Work, home: Path | None, config: Path | None, *, demo: bool) -> list[Provider]:
    found = asyncio.run(_done(Installation.open(home, config, demo=demo), work))
    for provider in found:
        typer.echo(_line(provider))
    if not found:
        typer.echo(say('There is no provider yet. Add one: "skillwarden providers add claude".'))
    return found


async def _done(installation: Installation, work: Work) -> list[Provider]:
    clock, masker = SystemClock(), installation.masker
    rosters = Rosters(clock=clock, policy=installation.policy, channels=installation.channels)
    people = People(clock=clock, translator=installation.translator, rosters=rosters)
    secrets = Secrets(os.environ, masker)
    places = installers_of(installation, secrets, repositories_of(installation, secrets))
    async with installation.storage(clock) as database:
        health = ProviderHealth(storage=database, clock=clock, installers=places, mask=masker.text)
        return await work(Providers(storage=database, clock=clock, people=people, health=health))


def _line(provider: Provider) -> str:
    states: dict[ProviderStatus, Any] = {
        ProviderStatus.CONNECTED: say("connected"),
        ProviderStatus.DISCONNECTED: say("disconnected"),
        ProviderStatus.ERROR: say("error: {problem}", problem=provider.last_error),
    }
    place = whereabouts()(provider)
    return f"{provider.display_name:<20} {provider.name.value:<7} {place:<40} {states[provider.status]}"
