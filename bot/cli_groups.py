"""The groups of the command line, which the help lists; what is in them costs imports, and is in modules of its own."""

from __future__ import annotations

import typer

audit = typer.Typer(help="Seal the record, verify it, export it, redact it.", no_args_is_help=True)
executions = typer.Typer(help="List what was asked for, look at it, cancel it.", no_args_is_help=True)
policy = typer.Typer(help="Who has to agree to what: check, explain and try out the rules.", no_args_is_help=True)
providers = typer.Typer(help="Say where skills go: folders, repositories, APIs.", no_args_is_help=True)
users = typer.Typer(
    help="Let people in, link their accounts, give out API tokens, shut people out.", no_args_is_help=True
)

GROUPS = {"audit": audit, "executions": executions, "policy": policy, "providers": providers, "users": users}
