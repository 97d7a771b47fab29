"""``skillwarden users``: who is let in, from the machine itself. Every change is on the record."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.bootstrap import Installation
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.clock import SystemClock
from core.domain.users import Role, User
from core.errors import UnknownPerson
from core.ports import UnitOfWork
from core.services.people import HOST, People

users = typer.Typer(help="Let people in, link their accounts, change roles, shut people out.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A name or an e-mail address.")]
Work = Callable[[UnitOfWork, People], Awaitable[tuple[User, str]]]


@users.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="admins decide about requests")] = Role.USER,
    email: Annotated[str | None, typer.Option()] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Let somebody in; link an account next."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.add(uow, name=name, role=role, email=email)
        return user, f"{user.name} is in, as {user.role}."

    _run(work, f"users add {name} --role {role}", home, config, demo=demo)


@users.command()
def role(
    name: Name, role: Role, home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False
) -> None:
    """Make somebody an admin, or no longer one."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.set_role(uow, await people.find(uow, name), role)
        return user, f"{user.name} is now {user.role}."

    _run(work, f"users role {name} {role}", home, config, demo=demo)


@users.command()
def link(
    name: Name,
    channel: Literal["slack", "telegram", "console"],
    account: Annotated[str, typer.Argument(help="The account's id on that platform, such as U0123456789.")],
    workspace: Annotated[str, typer.Option(help="The workspace's id, such as T0123456789.")] = "",
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Say that a platform account is this person's."""
    if channel == "slack" and not workspace:
        raise typer.BadParameter("Slack needs it: the same id can be somebody else elsewhere", param_hint="--workspace")

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.find(uow, name)
        await people.link(uow, user, channel=channel, workspace_id=workspace, external_id=account)
        return user, f"{account} on {channel} is {user.name}."

    _run(work, f"users link {name} {channel} {account} --workspace {workspace}", home, config, demo=demo)


@users.command()
def unlink(
    name: Name,
    channel: Literal["slack", "telegram", "console"],
    account: str,
    workspace: Annotated[str, typer.Option(help="The workspace's id, where the account is linked in several.")] = "",
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Take a platform account away from a person."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.find(uow, name)
        found = [
            identity
            for identity in await uow.users.identities(user.id)
            if (identity.channel, identity.external_id) == (channel, account)
            and workspace in {"", identity.workspace_id}
        ]
        if not found:
            raise UnknownPerson(name=f"{account} on {channel}")
        await uow.users.remove_identity(found[0].id)
        return user, f"{account} on {channel} is nobody now."

    _run(work, f"users unlink {name} {channel} {account} --workspace {workspace}", home, config, demo=demo)


@users.command()
def activate(name: Name, home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Let in somebody who asked, or who was shut out."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.activate(uow, await people.find(uow, name))
        return user, f"{user.name} is in, as {user.role}."

    _run(work, f"users activate {name}", home, config, demo=demo)


@users.command()
def deactivate(
    name: Name,
    to: Annotated[str | None, typer.Option(help="Who gets what this person owns; else an admin does.")] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Shut somebody out at once: open requests are cancelled, votes no longer count."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        successor = await people.find(uow, to) if to else None
        user = await people.deactivate(uow, await people.find(uow, name), successor=successor, actor=HOST)
        return user, f"{user.name} is shut out."

    _run(work, f"users deactivate {name}" + (f" --to {to}" if to else ""), home, config, demo=demo)


@users.command("list")
def list_users(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """List people with their roles and accounts."""
    for line in asyncio.run(_lines(Installation.open(home, config, demo=demo))):
        typer.echo(line)


async def _lines(installation: Installation) -> list[str]:
    lines = []
    async with installation.storage(SystemClock()) as database, database.read() as uow:
        for user in await uow.users.all():
            accounts = ", ".join(f"{i.channel} {i.external_id}" for i in await uow.users.identities(user.id))
            state = "" if user.is_active else "  not active"
            lines.append(f"{user.name:<20} {user.role:<6} {accounts or 'no account linked'}{state}")
    return lines


def _run(work: Work, command: str, home: Path | None, config: Path | None, *, demo: bool) -> None:
    typer.echo(asyncio.run(_change(Installation.open(home, config, demo=demo), work, command)))


async def _change(installation: Installation, work: Work, command: str) -> str:
    clock = SystemClock()
    people = People(clock=clock)
    async with installation.storage(clock) as database, database.begin() as uow:
        user, answer = await work(uow, people)
        await people.record(uow, user, command)
        await uow.commit()
    return answer
