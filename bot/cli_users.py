"""``skillwarden users``: who is let in, from the machine itself. Every change is on the record."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli_groups import users as users  # noqa: PLC0414 - offered here too, with its commands
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.cli_words import say
from bot.clock import SystemClock
from bot.installation import Installation
from core.domain.hidden_text import visible
from core.domain.users import ApiToken, Role, Scope, User
from core.errors import UnknownPerson
from core.ports import UnitOfWork
from core.services.people import HOST, People
from core.services.rosters import Rosters

Name = Annotated[str, typer.Argument(help="A name or an e-mail address.")]
_UNITS = {"h": "hours", "d": "days"}
# What a token may do unless somebody says otherwise.
READING = (Scope.HITL_READ, Scope.EXECUTIONS_READ, Scope.ARTIFACTS_READ)
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
        return user, say("{name} is in, as {role}.", name=user.name, role=user.role)

    _run(work, f"users add {name} --role {role}", home, config, demo=demo)


@users.command()
def role(
    name: Name, role: Role, home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False
) -> None:
    """Make somebody an admin, or no longer one."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.set_role(uow, await people.find(uow, name), role, actor=HOST)
        return user, say("{name} is now {role}.", name=user.name, role=user.role)

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
        raise typer.BadParameter(
            say("Slack needs it: the same id can be somebody else elsewhere"), param_hint="--workspace"
        )

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.find(uow, name)
        await people.link(uow, user, channel=channel, workspace_id=workspace, external_id=account)
        return user, say("{account} on {channel} is {name}.", account=account, channel=channel, name=user.name)

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
            raise UnknownPerson(name=say("{account} on {channel}", account=account, channel=channel))
        await uow.users.remove_identity(found[0].id)
        return user, say("{account} on {channel} is nobody now.", account=account, channel=channel)

    _run(work, f"users unlink {name} {channel} {account} --workspace {workspace}", home, config, demo=demo)


@users.command()
def activate(name: Name, home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Let in somebody who asked, or who was shut out."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.activate(uow, await people.find(uow, name))
        return user, say("{name} is in, as {role}.", name=user.name, role=user.role)

    _run(work, f"users activate {name}", home, config, demo=demo)


@users.command()
def deactivate(
    name: Name,
    to: Annotated[
        str | None, typer.Option(help="The admin who gets what this person owns; else one of them does.")
    ] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Shut somebody out at once: requests are cancelled, votes, delegations and tokens end."""

    async def work(uow: UnitOfWork, people: People) -> tuple[User, str]:
        successor = await people.find(uow, to) if to else None
        user = await people.deactivate(uow, await people.find(uow, name), successor=successor, actor=HOST)
        return user, say("{name} is shut out.", name=user.name)

    _run(work, f"users deactivate {name}" + (f" --to {to}" if to else ""), home, config, demo=demo)


@users.command()
def token(
    name: Name,
    label: Annotated[str | None, typer.Option("--name", help="What to call a new token.")] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help="What it may do; else it may read. Repeatable.")] = None,
    expires_in: Annotated[str, typer.Option(help="How long it is good: 12h, 90d, or never.")] = "90d",
    revoke: Annotated[str | None, typer.Option(metavar="LABEL", help="End the token called so at once.")] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Make an API token for somebody's program, printed once; or revoke one."""
    if (label is None) is (revoke is None):
        raise typer.BadParameter(say("give --name LABEL for a new token, or --revoke LABEL for one to end"))
    lifetime, scopes = _lifetime(expires_in), tuple(scope or READING)

    async def make(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.find(uow, name)
        made, secret = await people.add_token(uow, user, name=label or "", scopes=scopes, lifetime=lifetime)
        return user, f"{secret}\n{say('Keep it: it is shown once. It is for {what}.', what=_what_it_may(made))}"

    async def end(uow: UnitOfWork, people: People) -> tuple[User, str]:
        user = await people.find(uow, name)
        await people.revoke_token(uow, user, revoke or "")
        return user, say('The token "{label}" of {name} is revoked.', label=revoke, name=user.name)

    if revoke is None:
        options = " ".join(f"--scope {one}" for one in scopes)
        _run(make, f"users token {name} --name {label} {options} --expires-in {expires_in}", home, config, demo=demo)
    else:
        _run(end, f"users token {name} --revoke {revoke}", home, config, demo=demo)


@users.command("list")
def list_users(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """List people with their roles, accounts and API tokens."""
    for line in asyncio.run(_lines(Installation.open(home, config, demo=demo))):
        typer.echo(line)


async def _lines(installation: Installation) -> list[str]:
    lines, clock = [], SystemClock()
    async with installation.storage(clock) as database, database.read() as uow:
        for user in await uow.users.all():
            accounts = ", ".join(f"{i.channel} {i.external_id}" for i in await uow.users.identities(user.id))
            state = "" if user.is_active else f"  {say('not active')}"
            lines.append(f"{visible(user.name):<20} {user.role:<6} {accounts or say('no account linked')}{state}")
            tokens = [token for token in await uow.api_tokens.of_user(user.id) if token.is_valid(clock.now())]
            lines += [
                "    " + say('token "{label}" for {what}', label=token.name, what=_what_it_may(token))
                for token in tokens
            ]
    return lines


def _what_it_may(token: ApiToken) -> str:
    until = (
        say("until {at:%Y-%m-%d %H:%M} UTC", at=token.expires_at) if token.expires_at else say("until it is revoked")
    )
    return f"{', '.join(token.scopes)}, {until}"


def _lifetime(text: str) -> timedelta | None:
    """Read ``12h``, ``90d`` or ``never`` (None)."""
    if text == "never":
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,3})([hd])", text)
    if found is None:
        raise typer.BadParameter(
            say('"{text}" is no length of time such as 12h, 90d or never', text=text), param_hint="--expires-in"
        )
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _run(work: Work, command: str, home: Path | None, config: Path | None, *, demo: bool) -> None:
    typer.echo(asyncio.run(_change(Installation.open(home, config, demo=demo), work, command)))


async def _change(installation: Installation, work: Work, command: str) -> str:
    clock = SystemClock()
    rosters = Rosters(clock=clock, policy=installation.policy, channels=installation.channels)
    people = People(clock=clock, translator=installation.translator, rosters=rosters)
    async with installation.storage(clock) as database, database.begin() as uow:
        user, answer = await work(uow, people)
        await people.record(uow, user, command)
        await uow.commit()
    return answer
