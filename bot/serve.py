"""``skillwarden serve``: channels, HTTP, timers and workers in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from fastapi import FastAPI, Response
from starlette.routing import Route
from uvicorn import Config, Server

from bot.bootstrap import Installation, Program, Wake, running
from bot.channels.pace import PacedChannel
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.client import SlackClient, SlackIdentity
from bot.channels.slack.endpoint import SlackEndpoint
from bot.channels.slack.listener import SlackListener
from bot.channels.slack.manifest import PATH
from bot.channels.slack.parse import SlackParser
from bot.channels.slack.sockets import SlackSockets
from bot.channels.slack.user_groups import SlackUserGroups
from bot.clock import SystemClock
from bot.config import SlackSettings
from bot.integrations.secret_stores import Secrets
from bot.logs import json_logs
from bot.slack_sink import SlackSink
from core.domain.base import new_code
from core.domain.messages import ChannelName, ConversationRef
from core.domain.policy import Policy
from core.domain.secret_refs import SecretRef
from core.errors import ChannelError, InvalidSetting, StorageError
from core.ports import Channel, Clock, Storage
from core.services.approval_notices import Audience

# docs.slack.dev, reference/methods/auth.test: what only another token mends.
_BAD_TOKEN = {
    "account_inactive",
    "invalid_auth",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}

# Characters of the code that makes the first admin: nobody guesses it.
_FIRST_CODE = 12


def serve(
    home: Path | None, config: Path | None, *, demo: bool, clock: Clock | None = None, policy: Policy | None = None
) -> None:
    """Run until SIGTERM or SIGINT, by the system's clock and the default policy unless others are given.

    Raises:
        InvalidSetting: no channel is switched on.
        SecretNotFound, ChannelError, HomeLocked: as their docstrings say.
    """
    installation = Installation.open(home, config, demo=demo)
    if installation.settings.slack.mode == "off":
        raise InvalidSetting(setting="[slack] mode", problem='it is "off", and there is no other channel to serve')
    with installation.home.lock(), json_logs(sys.stderr, installation.settings.logging.level, installation.masker):
        installation.home.clear_scratch()
        asyncio.run(_serve(installation, clock or SystemClock(), policy))


async def _serve(installation: Installation, clock: Clock, policy: Policy | None) -> None:
    settings, wake = installation.settings.slack, Wake()
    token, second = await asyncio.to_thread(_secrets, installation)
    async with installation.storage(clock, wake) as database, SlackClient(token, api_url=settings.api_url) as client:
        identity = await _identify(client)
        channel = SlackChannel(client, installation.translator, team_id=identity.team_id)
        paced = PacedChannel(channel, seconds=settings.seconds_between_messages)
        channels: Mapping[ChannelName, Channel] = {"slack": paced}
        async with running(
            installation,
            database,
            channels,
            clock=clock,
            on_wake=wake,
            audience=_audience(settings, identity),
            first_code=await _first_code(database),
            policy=policy,
            user_groups=SlackUserGroups(client),
        ) as program:
            await _warn(program, database)
            sink = SlackSink(program, database, channel, installation.translator, clock)
            listener = SlackListener(
                client=client,
                identity=identity,
                parser=_parser(settings, identity),
                sink=sink,
                ask=channel.ask,
                clock=clock,
            )
            await _listen(
                installation, client, listener, secret=second, program=program, database=database, clock=clock
            )


async def _listen(
    installation: Installation,
    client: SlackClient,
    listener: SlackListener,
    *,
    secret: str,
    program: Program,
    database: Storage,
    clock: Clock,
) -> None:
    settings = installation.settings.slack
    app = FastAPI(title="Skillwarden", docs_url=None, redoc_url=None, openapi_url=None)
    _add_health(app, database)
    told = _told_to_stop()
    async with contextlib.AsyncExitStack() as stack:
        if settings.mode == "socket":
            sockets = SlackSockets(client, secret, listener)
            await sockets.start()
            stack.push_async_callback(sockets.stop)
        else:
            app.router.routes.append(Route(PATH, SlackEndpoint(listener, secret, clock), methods=["POST"]))
            stack.push_async_callback(listener.finish, 3.0)
        await stack.enter_async_context(_http(app, installation))
        program.workers.wake()
        await told.wait()


@contextlib.asynccontextmanager
async def _http(app: FastAPI, installation: Installation) -> AsyncIterator[None]:
    """Serve ``app``; print where, once it can be reached."""
    http = installation.settings.http
    server = Server(Config(app, host=http.host, port=http.port, log_config=None, lifespan="off", access_log=False))
    task = asyncio.create_task(server.serve(), name="http")
    while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    if not server.started:
        raise InvalidSetting(setting="[http] port", problem=f"{http.host}:{http.port} cannot be listened on")
    port = server.servers[0].sockets[0].getsockname()[1]
    _announce(f"Skillwarden is ready at http://{http.host}:{port}")
    try:
        yield
    finally:
        server.should_exit = True
        await task


async def _identify(client: SlackClient) -> SlackIdentity:
    """Ask Slack who the bot is; a token that it does not take is the configuration's fault."""
    try:
        return await client.identify()
    except ChannelError as error:
        reason = str(error.params.get("reason", error))
        if reason in _BAD_TOKEN:
            problem = f"Slack does not take it ({reason}); skillwarden doctor says what to do"
            raise InvalidSetting(setting="[slack] bot_token", problem=problem) from error
        raise


def _add_health(app: FastAPI, database: Storage) -> None:
    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz(response: Response) -> dict[str, str]:
        try:
            async with database.read() as uow:
                await uow.notices.undelivered()
        except StorageError as error:
            response.status_code = 503
            return {"status": str(error)}
        return {"status": "ok"}


def _secrets(installation: Installation) -> tuple[str, str]:
    """Return the bot token, and what the mode needs besides: the app token or the signing secret."""
    settings, secrets = installation.settings.slack, Secrets(os.environ, installation.masker)
    second = settings.app_token if settings.mode == "socket" else settings.signing_secret
    return secrets.get(SecretRef.parse(settings.bot_token)), secrets.get(SecretRef.parse(second))


def _parser(settings: SlackSettings, identity: SlackIdentity) -> SlackParser:
    return SlackParser(
        team_id=identity.team_id,
        bot_user_id=identity.bot_user_id,
        allowed_teams=frozenset(settings.allowed_teams),
        allowed_channels=frozenset(settings.allowed_channels),
    )


def _audience(settings: SlackSettings, identity: SlackIdentity) -> Audience:
    if settings.approval_channel is None:
        return Audience(each_approver=settings.approval_messages)
    room = ConversationRef(channel="slack", workspace_id=identity.team_id, conversation_id=settings.approval_channel)
    return Audience(each_approver=settings.approval_messages, rooms=(room,))


async def _warn(program: Program, database: Storage) -> None:
    """Print one line if rules can never be satisfied; without an admin the line about the code says enough."""
    async with database.read() as uow:
        has_admin = any(person.is_admin for person in await uow.users.all())
    short = (await program.policy.review()).shortages
    if short and has_admin:
        more = f" {len(short) - 1} more: see the log." if len(short) > 1 else ""
        _announce(f'The policy asks for more approvals than can be given: {short[0]}.{more} See "skillwarden doctor".')


async def _first_code(database: Storage) -> str | None:
    """Return, and print, the code that makes the first admin; None when there is one."""
    async with database.read() as uow:
        if any(person.is_admin for person in await uow.users.all()):
            return None
    code = new_code(_FIRST_CODE)
    _announce(f"Nobody is an admin yet. Who sends this code to the bot in a private message is the first: {code}")
    return code


def _announce(line: str) -> None:
    """Print ``line`` for whoever started the program; the log is on standard error."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _told_to_stop() -> asyncio.Event:
    """Return what SIGTERM and SIGINT set. The HTTP server, started later, hears them too and passes them on."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told
