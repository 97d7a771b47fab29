"""``skillwarden console``: one terminal in which all demo people talk to the bot."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.assembly import Program
from bot.bootstrap import running
from bot.channels.console.adapter import Console
from bot.channels.console.terminal import script_lines, typed_lines
from bot.clock import SystemClock
from bot.installation import Installation
from bot.locale.terminal import terminal_language
from bot.locale.translator import Catalogues
from bot.logs import json_logs, log_events
from bot.tasks import AT_ONCE
from bot.wake import Wake
from bot.workers import log_failure
from core.errors import DiskFull, NobodyHere, StorageError
from core.ports import Clock, Storage


def talk(
    home: Path | None,
    config: Path | None,
    *,
    demo: bool,
    clock: Clock | None = None,
    session: str | None = None,
    wake: Wake | None = None,
    at_once: int = AT_ONCE,
) -> None:
    """Read lines until they end or somebody says /quit.

    From a script, each line waits until all work that the one before it caused is done.
    """
    # A terminal that cannot show a character is no reason to stop.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream, unless a test replaced it
    installation = _on_terminal(Installation.open(home, config, demo=demo))
    level = installation.settings.logging.level
    with installation.home.lock(), json_logs(installation.home.logs / "skillwarden.log", level, installation.masker):
        installation.home.clear_scratch()
        conversation = _converse(
            installation,
            clock=clock or SystemClock(),
            session=session or secrets.token_hex(8),
            wake=wake or Wake(),
            at_once=at_once,
        )
        asyncio.run(conversation)


def _on_terminal(installation: Installation) -> Installation:
    """Return ``installation`` as who reads it here wants it: whoever chose no language, reads that of the terminal."""
    language = installation.translator.language(terminal_language(os.environ))
    return replace(installation, translator=Catalogues(default=language))


async def _converse(installation: Installation, *, clock: Clock, session: str, wake: Wake, at_once: int) -> None:
    async with installation.peers(alone=True), installation.storage(clock, wake, log_events) as database:
        people = await _people(database)
        channel = Console(
            partial(print, flush=True),
            people[0],
            people,
            session=session,
            clock=clock,
            translator=installation.translator,
            language=terminal_language(os.environ),
        )
        said: set[str] = set()

        def report(what: str, error: Exception) -> None:
            log_failure(what, error)
            if isinstance(error, StorageError | DiskFull) and str(error) not in said:
                said.add(str(error))
                channel.say("{sentence} I keep trying.", sentence=error)

        channels = {channel.name: channel}
        async with running(
            installation, database, channels, clock=clock, on_wake=wake, at_once=at_once, report=report
        ) as program:
            await program.delivery.refresh(channel.name)
            if sys.stdin.isatty():
                await _read_person(channel, program)
            else:
                await _read_script(channel, program)


async def _read_person(channel: Console, program: Program) -> None:
    channel.say('Say "install skill meeting-notes on claude", then "/as bob" and "/press 1"; or "help".')
    async for line in typed_lines(lambda: channel.prompt):
        inbound = channel.interpret(line)
        if channel.is_closed:
            return
        if inbound is not None:
            await program.dispatcher.receive(inbound)


async def _read_script(channel: Console, program: Program) -> None:
    await program.workers.settle()
    async for line in script_lines(sys.stdin.buffer):
        channel.echo(line)
        inbound = channel.interpret(line)
        if channel.is_closed:
            return
        if inbound is not None:
            await program.dispatcher.receive(inbound)
        await program.workers.settle()


async def _people(storage: Storage) -> tuple[str, ...]:
    """Return the console accounts of active people, in the order in which they came."""
    async with storage.read() as uow:
        accounts = [
            identity.external_id
            for user in await uow.users.all()
            for identity in await uow.users.identities(user.id)
            if identity.channel == "console"
        ]
    if not accounts:
        raise NobodyHere
    return tuple(accounts)
