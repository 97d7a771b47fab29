"""Serving on Telegram: the program in a process of its own, and the stand-in that it talks to."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from bot.clock import SystemClock
from bot.installation import Installation
from core.domain.messages import ChannelName
from core.services.people import People
from core.services.rosters import Rosters
from tests.acceptance.serving import PATIENCE, started
from tests.platforms.telegram import FakeTelegram, Person
from tests.platforms.telegram.world import Chat, Message

#: Where Telegram believes the bot to be.
PUBLIC = "https://bot.example"
SECRET = "made-up_webhook-secret"


class ServedTelegram:
    """A served home: Telegram, its people, and where the skills go."""

    def __init__(self, telegram: FakeTelegram, home: Path, process: asyncio.subprocess.Process) -> None:
        """Look at what ``process`` serves."""
        self.telegram = telegram
        self.people: dict[str, Person] = {}
        self.home = home
        self.process = process

    def installed(self, skill: str) -> Path:
        """Return where a skill is on claude."""
        return self.home / "demo/providers/claude/skills" / skill

    async def sees(self, person: Person, text: str, chat: Chat | None = None) -> str:
        """Wait until ``person`` can read ``text`` in a chat, or in private with the bot; return all they read there."""
        await self.telegram.wait_for(lambda: text in person.sees(chat), PATIENCE)
        return person.sees(chat)

    async def finds(self, chat: Chat, label: str) -> Message:
        """Wait for a message with a button ``label``, and return the last one."""

        def with_button() -> list[Message]:
            return [one for one in self.telegram.messages(chat) if label in [text for row in one.rows for text in row]]

        return (await self.telegram.wait_for(with_button, PATIENCE))[-1]


async def link(home: Path, *accounts: Person) -> None:
    """Link the demo's people to their Telegram accounts, as ``users link`` does it, in one go."""
    await link_all(home, *(("telegram", "", str(account.user.id), account.user.name) for account in accounts))


async def link_all(home: Path, *accounts: tuple[ChannelName, str, str, str]) -> None:
    """Link accounts, each a channel, a workspace, an id there and the person's name."""
    clock = SystemClock()
    installation = await asyncio.to_thread(Installation.open, home / "demo", None, demo=True)
    rosters = Rosters(clock=clock, policy=installation.policy)
    people = People(clock=clock, translator=installation.translator, rosters=rosters)
    async with installation.storage(clock) as database, database.begin() as uow:
        for channel, workspace, account, name in accounts:
            person = await people.find(uow, name)
            await people.link(uow, person, channel=channel, workspace_id=workspace, external_id=account)
        await uow.commit()


@contextlib.asynccontextmanager
async def served_telegram(
    home: Path, telegram: FakeTelegram, mode: str, *, more: str = "", configuration: str = ""
) -> AsyncIterator[ServedTelegram]:
    """Serve the demo at ``home`` until the context ends; ``more`` is added to ``[telegram]``."""
    settings = f"{http_settings(telegram)}{telegram_settings(telegram, mode, 0)}{more}\n{configuration}"
    async with started(home, settings, telegram_secrets(telegram)) as (process, _, _):
        yield ServedTelegram(telegram, home, process)


def http_settings(telegram: FakeTelegram) -> str:
    """Return the part of config.toml about the HTTP server, to which Telegram's public address for the bot leads."""
    port = free_port()
    telegram.proxy(PUBLIC, f"http://127.0.0.1:{port}")
    return f'[http]\nport = {port}\npublic_url = "{PUBLIC}"\n'


def telegram_settings(telegram: FakeTelegram, mode: str, seconds: float) -> str:
    """Return the part of config.toml that leads to ``telegram``, ``seconds`` between two messages."""
    return (
        f'[telegram]\nmode = "{mode}"\napi_url = "{telegram.api_url}"\n'
        f"seconds_between_messages = {seconds}\ngroup_messages_per_minute = 1000\n"
    )


def telegram_secrets(telegram: FakeTelegram) -> dict[str, str]:
    """Return what the program needs to be the bot."""
    return {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_WEBHOOK_SECRET": SECRET}


def free_port() -> int:
    """Return a port that nobody listens on: Telegram has to know the address before the program says it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
