"""``skillwarden serve``: channels, HTTP, timers and workers in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.assembly import Program
from bot.bootstrap import running
from bot.cli_words import say
from bot.clock import SystemClock
from bot.election import LOOK
from bot.foreground import Deadline, announce, told_to_stop
from bot.http_app import http_app
from bot.http_server import served
from bot.installation import Installation
from bot.integrations.secret_stores import Secrets
from bot.logs import json_logs, log_events
from bot.meter import Meter
from bot.metrics import Metrics
from bot.platforms import Platform, audience_of
from bot.tasks import TASKS
from bot.wake import Wake
from bot.workers import log_failure
from core.domain.base import code_of, new_code
from core.domain.messages import ChannelName, Inbound
from core.domain.policy import Policy
from core.ports import Channel, Clock, Storage
from core.services.rates import Rates

if TYPE_CHECKING:
    from bot.slack_serving import SlackSecrets
    from bot.telegram_serving import TelegramSecrets

# Characters of the code that makes the first admin: nobody guesses it.
_FIRST_CODE = 12

_log = structlog.get_logger(__name__)

_NO_CHANNEL = "[slack] mode and [telegram] mode are off: only the HTTP API is served, and nobody is asked to approve."


def serve(
    home: Path | None,
    config: Path | None,
    *,
    demo: bool,
    clock: Clock | None = None,
    policy: Policy | None = None,
    look: float = LOOK,
) -> None:
    """Run until SIGTERM or SIGINT, by the system's clock and the default policy unless others are given.

    Of several on one database one is elected, by looking every ``look`` seconds.

    Raises:
        InvalidSetting: a platform does not take its token.
        SecretNotFound, ChannelError, HomeLocked, DatabaseTaken: as their docstrings say.
    """
    installation = Installation.open(home, config, demo=demo)
    level = installation.settings.logging.level
    with installation.kept(), json_logs(sys.stderr, level, installation.masker), Deadline() as deadline:
        asyncio.run(_serve(installation, clock or SystemClock(), policy, look, deadline))


async def _serve(
    installation: Installation, clock: Clock, policy: Policy | None, look: float, deadline: Deadline
) -> None:
    wake = Wake()
    slack, telegram = await asyncio.to_thread(_secrets, installation)
    async with contextlib.AsyncExitStack() as stack:
        peers = await stack.enter_async_context(installation.peers())
        opened = installation.storage(clock, wake, log_events, shared=peers.are_several)
        database = await stack.enter_async_context(opened)
        metrics = await asyncio.to_thread(Metrics, database, clock)  # it reads files
        await stack.enter_async_context(metrics.watching())
        platforms = _platforms(installation, slack, telegram, metrics)
        for platform in platforms:
            await stack.enter_async_context(platform.reached())
        channels: Mapping[ChannelName, Channel] = {one.channel.name: one.channel for one in platforms}
        program = await stack.enter_async_context(
            running(
                installation,
                database,
                channels,
                clock=clock,
                on_wake=wake,
                report=partial(_failed, metrics),
                rates=_rates(installation, metrics),
                audience=audience_of(platforms),
                first_code=await _first_code(database, slack or telegram if peers.are_several else None)
                if platforms
                else None,
                policy=policy,
                user_groups=next((one.user_groups for one in platforms if one.user_groups), None),
                peers=peers,
                look=look,
            )
        )
        if not platforms:
            announce(_NO_CHANNEL)
        await _warn(program, database)
        await _listen(
            installation,
            platforms,
            program=program,
            database=database,
            clock=clock,
            metrics=metrics,
            deadline=deadline,
        )


async def _listen(
    installation: Installation,
    platforms: Sequence[Platform],
    *,
    program: Program,
    database: Storage,
    clock: Clock,
    metrics: Metrics,
    deadline: Deadline,
) -> None:
    app = await asyncio.to_thread(  # it reads files
        http_app,
        database,
        access=program.access,
        executions=program.executions,
        artifacts=program.artifacts,
        hitl=program.hitl,
        answers=program.answers,
        metrics=metrics,
        troubles=[platform.trouble for platform in platforms],
        largest_artifact=installation.settings.http.artifact_bytes,
    )
    told = told_to_stop(deadline)
    async with contextlib.AsyncExitStack() as stack:
        for platform in platforms:
            listening = platform.listening(program, database, app, translator=installation.translator, clock=clock)
            await stack.enter_async_context(listening)
        address = await stack.enter_async_context(served(app, installation.settings.http))
        for platform in platforms:
            await platform.online()
        announce(say("Skillwarden is ready at {address}", address=address))
        program.workers.wake()
        await told.wait()


def _secrets(installation: Installation) -> tuple[SlackSecrets | None, TelegramSecrets | None]:
    """Read what the modes need; None for a platform that is off."""
    settings, secrets = installation.settings, Secrets(os.environ, installation.masker)
    slack: SlackSecrets | None = None
    telegram: TelegramSecrets | None = None
    if settings.slack.mode != "off":
        from bot.slack_serving import SlackSecrets

        slack = SlackSecrets.read(settings.slack, secrets)
    if settings.telegram.mode != "off":
        from bot.telegram_serving import TelegramSecrets

        telegram = TelegramSecrets.read(settings.telegram, secrets)
    return slack, telegram


def _platforms(
    installation: Installation, slack: SlackSecrets | None, telegram: TelegramSecrets | None, meter: Meter
) -> list[Platform]:
    """Return each platform that there are secrets for."""
    settings, translator = installation.settings, installation.translator
    platforms = []
    if slack is not None:
        from bot.slack_serving import slack_platform

        platforms.append(slack_platform(settings.slack, slack, translator, meter))
    if telegram is not None:
        from bot.telegram_serving import telegram_platform

        platforms.append(telegram_platform(settings.telegram, settings.http, telegram, translator, meter))
    return platforms


async def _warn(program: Program, database: Storage) -> None:
    """Print one line if rules can never be satisfied; without an admin the line about the code says enough."""
    async with database.read() as uow:
        has_admin = any(person.is_admin for person in await uow.users.all())
    short = (await program.policy.review()).shortages
    if short and has_admin:
        more = f" (+{len(short) - 1})" if len(short) > 1 else ""
        announce(
            say(
                'The policy asks for more approvals than can be given: {shortage}. See "skillwarden doctor".',
                shortage=short[0] + more,
            )
        )


async def _first_code(database: Storage, shared: SlackSecrets | TelegramSecrets | None) -> str | None:
    """Return, and print, the code that makes the first admin; None when there is one.

    It is made from what is ``shared`` with others on the database: any of them may be the one who reads it.
    """
    async with database.read() as uow:
        if any(person.is_admin for person in await uow.users.all()):
            return None
    code = code_of(f"first admin:{shared.token}", _FIRST_CODE) if shared else new_code(_FIRST_CODE)
    announce(
        say(
            "Nobody is an admin yet. Who sends this code to the bot in a private message is the first: {code}",
            code=code,
        )
    )
    return code


def _rates(installation: Installation, meter: Meter) -> Rates:
    """Return how much people may ask; who is turned away is in the log, and counted."""
    limits = installation.settings.limits

    def busy(inbound: Inbound) -> None:
        sender = inbound.sender
        _log.warning("turned away", channel=sender.channel, workspace=sender.workspace_id, account=sender.external_id)
        meter.turned_away(sender.channel)

    return Rates(per_person=limits.messages_per_minute, per_chat=limits.chat_messages_per_minute, on_busy=busy)


def _failed(meter: Meter, what: str, error: Exception) -> None:
    """Write a failure to the log, and count it by the kind of work."""
    log_failure(what, error)
    meter.failed(next((name for name in TASKS if what.startswith(f"{name} ")), "other"))
