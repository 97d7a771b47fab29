"""``skillwarden worker``: does the installations of an installation that shares its database, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from bot.cli_words import say
from bot.clock import SystemClock
from bot.foreground import Deadline, announce, told_to_stop
from bot.installation import Installation
from bot.installing import installing
from bot.integrations.secret_stores import Secrets
from bot.logs import json_logs
from bot.wake import Wake
from core.domain.secret_refs import SecretRef
from core.errors import OneInstanceOnly
from core.ports import Clock, UserGroups


def work(home: Path | None, config: Path | None, *, demo: bool, clock: Clock | None = None) -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished.

    Raises:
        OneInstanceOnly: the database is not shared.
        SecretNotFound, HomeLocked, DatabaseTaken: as their docstrings say.
    """
    installation = Installation.open(home, config, demo=demo)
    if not installation.is_shared:
        raise OneInstanceOnly(database=installation.where)
    logs = json_logs(sys.stderr, installation.settings.logging.level, installation.masker)
    with installation.kept(), logs, Deadline() as deadline:
        asyncio.run(_work(installation, clock or SystemClock(), deadline))


async def _work(installation: Installation, clock: Clock, deadline: Deadline) -> None:
    wake, told = Wake(), told_to_stop(deadline)
    async with contextlib.AsyncExitStack() as stack:
        peers = await stack.enter_async_context(installation.peers())
        database = await stack.enter_async_context(installation.storage(clock, wake, shared=True))
        groups = await _user_groups(stack, installation)
        program = installing(
            installation,
            database,
            clock=clock,
            on_wake=wake,
            peers=peers,
            user_groups=groups,
            queued=database.queues_runs,
        )
        await stack.enter_async_context(program)
        announce(say("Skillwarden's worker is ready"))
        await told.wait()


async def _user_groups(stack: contextlib.AsyncExitStack, installation: Installation) -> UserGroups | None:
    """Return who knows the groups of Slack that the policy names: consent is checked before anything is installed."""
    slack = installation.settings.slack
    if slack.mode == "off" or not installation.policy.slack_groups:
        return None
    from bot.channels.slack.client import SlackClient
    from bot.channels.slack.user_groups import SlackUserGroups

    token = await asyncio.to_thread(Secrets(os.environ, installation.masker).get, SecretRef.parse(slack.bot_token))
    client = await stack.enter_async_context(SlackClient(token, api_url=slack.api_url))
    return SlackUserGroups(client)
