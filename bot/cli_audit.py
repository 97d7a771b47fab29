"""``skillwarden audit``: seals the record, verifies it, exports it, takes a field out; a running bot may go on."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from bot.cli_groups import audit as audit  # noqa: PLC0414 - offered here too, with its commands
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.cli_when import when
from bot.cli_words import say
from bot.clock import SystemClock
from bot.installation import Installation
from bot.sealing import checkpoint_file, checkpoints_of
from bot.verify_export import anchors_of, collect_rarely, signature_check, summary
from core.domain.audit.checking import Checked, Checker
from core.domain.audit.hashing import Record
from core.errors import InvalidInput, RecordBroken, UnknownRequest, UnreadableRecord, Words
from core.ports import Storage
from core.services.audit_export import export as lines_of
from core.services.redaction import Redactions
from core.services.verification import verify as verified

_EVENT = re.compile(r"#?([0-9A-Za-z-]+)/([0-9]{1,9})")


@audit.command()
def verify(
    since: Annotated[
        datetime | None,
        typer.Option(parser=when, metavar="<when>", help="Only what is newer: 2026-11-01, 90d; else everything."),
    ] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="A file of checkpoints kept elsewhere, or the hash of one. Repeatable."),
    ] = None,
    key: Annotated[
        list[str] | None, typer.Option(help="A public key; every checkpoint has to be signed with one. Repeatable.")
    ] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Check that nothing in the record was changed, removed, inserted or moved; exit code 65 when something was."""
    checker = Checker(
        typer.echo,
        typer.echo,
        anchors={hash_: name for given in anchor or () for hash_, name in _anchors(given).items()},
        keys=key or (),
        is_signed=signature_check(is_needed=True),
    )

    installation = Installation.open(home, config, demo=demo)
    collect_rarely()

    async def check() -> Checked:
        async with installation.storage(SystemClock()) as storage:
            return await verified(storage, checker, since=since)

    checked = asyncio.run(check())
    typer.echo(summary(checked))
    if checked.findings:
        raise RecordBroken(count=checked.findings)


@audit.command()
def checkpoint(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Seal what is new now, as the bot does by itself, and print the newest checkpoint."""
    installation, clock = Installation.open(home, config, demo=demo), SystemClock()

    async def seal() -> Record | None:
        async with installation.storage(clock) as storage:
            return await checkpoints_of(installation, storage, clock).make()

    newest, file = asyncio.run(seal()), checkpoint_file(installation)
    if newest is None:
        typer.echo(say("There is nothing to seal yet."))
        return
    signed = say("signed with {key}", key=newest["key_id"]) if newest["key_id"] else say("not signed")
    shown = {"seq": newest["seq"], "hash": newest["hash"], "last": newest["last_event_id"]}
    typer.echo(say("Checkpoint {seq}: {hash}, up to event {last}, {signed}; {file}", signed=signed, file=file, **shown))


@audit.command()
def export(
    execution: Annotated[
        list[str] | None, typer.Option(help="The code or id of a request; else everything. Repeatable.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="A new file; else standard output.")] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Write the record as lines of JSON, with proofs, sealed up to now: python -m bot.verify_export checks it."""
    installation, clock = Installation.open(home, config, demo=demo), SystemClock()

    async def write(file: BinaryIO) -> None:
        async with installation.storage(clock) as storage:
            executions = [await _id_of(storage, code) for code in execution or ()]
            await checkpoints_of(installation, storage, clock).make()
            async for line in lines_of(storage, now=clock.now(), executions=executions):
                await asyncio.to_thread(file.write, line)

    try:
        with output.open("xb") if output else nullcontext(sys.stdout.buffer) as file:
            asyncio.run(write(file))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnreadableRecord(
            file=output, what=Words("a new file"), reason=error.strerror or type(error).__name__
        ) from error


@audit.command()
def redact(
    event: Annotated[str, typer.Argument(help="The code of a request and the number of its event: 7F3K/3.")],
    field: Annotated[str, typer.Argument(help="answer, comment, error, input, message, modified, output, plan, text.")],
    reason: Annotated[str, typer.Option(help="Why; it stays on the record.")],
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Take a field out of an event for good; the record goes on to verify, and says who did it and why."""
    found = _EVENT.fullmatch(event)
    if found is None:
        detail = Words(
            '"{event}" names no event; write the code of a request and a number, such as 7F3K/3', event=event
        )
        raise InvalidInput(detail=detail)
    code = found[1] if "-" in found[1] else found[1].upper()
    installation, clock = Installation.open(home, config, demo=demo), SystemClock()

    async def work() -> tuple[str, ...]:
        async with installation.storage(clock) as storage:
            redactions = Redactions(storage=storage, clock=clock)
            return await redactions.redact(None, code, int(found[2]), field, reason=reason)

    gone = asyncio.run(work())
    shown = {"fields": ", ".join(gone), "seq": found[2], "code": code}
    typer.echo(say("Redacted {fields} of event {seq} of #{code}. See docs/audit.md for where else it may be.", **shown))


async def _id_of(storage: Storage, code: str) -> str:
    async with storage.read() as uow:
        found = await uow.executions.by_code(code.removeprefix("#").upper()) or await uow.executions.get(code)
    if found is None:
        raise UnknownRequest(request=code)
    return found.id


def _anchors(given: str) -> dict[str, str]:
    try:
        return anchors_of(given)
    except (OSError, ValueError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        raise UnreadableRecord(file=given, what="checkpoints", reason=reason) from error
