"""``skillwarden executions | retention``: the record, from the machine itself; a running bot may go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.api.dto import ExecutionDetailDto, ExecutionDto
from bot.cli_groups import executions as executions  # noqa: PLC0414 - offered here too, with its commands
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.cli_words import say
from bot.clock import SystemClock
from bot.installation import Installation
from bot.integrations.artifact_files import DiskArtifactFiles
from core.domain.executions import ExecutionStatus
from core.domain.listing import ExecutionFilter, Order
from core.services.callbacks import call_again
from core.services.executions_api import ExecutionRecord, ExecutionsApi
from core.services.retention import Retention, Retired

Name = Annotated[str, typer.Argument(help="The code of a request, such as 7F3K, or its id.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON as the API does, one object a line.")]
_PROMPT = 60  # characters of a line


@executions.command("list")
def list_executions(
    status: Annotated[list[ExecutionStatus] | None, typer.Option(help="Repeatable.", case_sensitive=False)] = None,
    search: Annotated[str | None, typer.Option(help="Part of what was asked.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20,
    as_json: JsonOption = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """List executions, newest first."""

    async def found() -> list[ExecutionDto]:
        wanted = ExecutionFilter(statuses=tuple(status or ()), search=search)
        async with _service(home, config, demo=demo) as service:
            page = await service.page(None, wanted, Order(), limit=limit)
        return [ExecutionDto.of(execution) for execution in page]

    listed = asyncio.run(found())
    if not listed and not as_json:
        typer.echo(say("No request matches."), err=True)
    for one in listed:
        typer.echo(one.model_dump_json(by_alias=True) if as_json else _line(one))


@executions.command()
def show(
    name: Name,
    as_json: JsonOption = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Show an execution with how its status changed and what it left behind."""

    async def found() -> ExecutionRecord:
        async with _service(home, config, demo=demo) as service:
            return await service.get(None, name)

    _print(asyncio.run(found()), as_json=as_json)


@executions.command()
def cancel(
    name: Name,
    comment: Annotated[str | None, typer.Option(help="Why; the requester reads it.")] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Stop an execution that is pending or running, as the host's operator."""

    async def stopped() -> ExecutionRecord:
        async with _service(home, config, demo=demo) as service:
            return await service.cancel(None, name, comment=comment)

    _print(asyncio.run(stopped()), as_json=as_json)


@executions.command()
def resend(
    name: Name,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Have a callback sent again that was given up; "skillwarden serve" sends it, under the id that it had."""

    async def renewed() -> str:
        installation, clock = Installation.open(home, config, demo=demo), SystemClock()
        async with installation.storage(clock) as storage:
            service = ExecutionsApi(storage=storage, clock=clock, masker=installation.masker)
            execution = (await service.get(None, name)).execution
            await call_again(storage, clock, execution)
        return execution.code

    typer.echo(say("The callback of #{code} is due again.", code=asyncio.run(renewed())))


def retired(home: Path | None, config: Path | None, *, demo: bool, dry_run: bool) -> Retired:
    """Let go of what need not be kept and return what went, or would go."""

    async def work() -> Retired:
        installation, clock = Installation.open(home, config, demo=demo), SystemClock()
        async with installation.storage(clock) as database:
            files = DiskArtifactFiles(installation.home.path)
            retention = Retention(storage=database, clock=clock, files=files)
            return await (retention.rehearse() if dry_run else retention.run())

    return asyncio.run(work())


@asynccontextmanager
async def _service(home: Path | None, config: Path | None, *, demo: bool) -> AsyncIterator[ExecutionsApi]:
    installation, clock = Installation.open(home, config, demo=demo), SystemClock()
    async with installation.storage(clock) as database:
        yield ExecutionsApi(storage=database, clock=clock, masker=installation.masker)


def _line(one: ExecutionDto) -> str:
    prompt = " ".join(one.prompt.split())[:_PROMPT]
    return f"#{one.code:<8} {one.created_at:%Y-%m-%d %H:%M}Z  {one.status:<9}  {prompt}"


def _print(record: ExecutionRecord, *, as_json: bool) -> None:
    body = ExecutionDetailDto.made_of(record)
    if as_json:
        typer.echo(body.model_dump_json(by_alias=True))
        return
    typer.echo(_line(body))
    for step in body.status_transitions:
        reason = f"  {step.reason}" if step.reason else ""
        typer.echo(f"    {step.transitioned_at:%Y-%m-%d %H:%M:%S}Z  {step.to_status}{reason}")
    if body.error_message:
        typer.echo(f"    {body.error_code}: {body.error_message}")
    for artifact in body.artifacts:
        typer.echo(f"    {artifact.file_name}  {artifact.file_size} bytes  {artifact.status}  {artifact.id}")
