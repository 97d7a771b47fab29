"""The fake Telegram keeps commands and descriptions by scope and language, and offers people the right ones."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from tests.platforms.telegram import FakeTelegram
from tests.platforms.telegram.sdk_bot import raw, sdk_bot


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Return a Telegram whose clock stands still until it is moved."""
    async with FakeTelegram(speed=0) as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """Return the library's bot."""
    async with sdk_bot(telegram) as made:
        yield made


async def test_commands(telegram: FakeTelegram, bot: Bot) -> None:
    """The narrowest scope wins, in it one's language; what is deleted gives way to the next."""
    alice, bob = telegram.person("alice", language_code="de-AT"), telegram.person("bob", language_code="en")
    group = telegram.group("ops", alice, bob)
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "Hilfe")], language_code="de")
    await bot.set_my_commands([("install", "Install")], scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands([("cancel", "Cancel")], scope=BotCommandScopeChat(group.id), language_code="en")
    assert (alice.menu(), bob.menu()) == ({"help": "Hilfe"}, {"help": "Help"})
    assert (alice.menu(group), bob.menu(group)) == ({"install": "Install"}, {"cancel": "Cancel"})
    assert telegram.api_commands("all_group_chats") == {"install": "Install"}
    assert [one.command for one in await bot.get_my_commands(language_code="de")] == ["help"]
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()
    await bot.delete_my_commands(language_code="de")
    assert alice.menu() == {"help": "Help"}


@pytest.mark.parametrize(
    ("arguments", "description"),
    [
        ({"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": ["x"]}, "can't parse BotCommand: Field \"command\" must be of type String"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [], "language_code": "deu"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
    ],
)  # fmt: skip
async def test_refused_commands(telegram: FakeTelegram, arguments: dict[str, object], description: str) -> None:
    """Names, descriptions, numbers, languages and scopes have limits."""
    sent = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    assert (await raw(telegram, "setMyCommands", data=sent))["description"] == f"Bad Request: {description}"


async def test_descriptions(bot: Bot, telegram: FakeTelegram) -> None:
    """Name and descriptions are kept by language, and fall back to those without one."""
    await bot.set_my_description("Installs skills.")
    await bot.set_my_description("Installiert Skills.", language_code="de")
    await bot.set_my_short_description("Skills")
    await bot.set_my_name("Warden")
    assert (await bot.get_my_description(language_code="de")).description == "Installiert Skills."
    assert (await bot.get_my_description(language_code="fr")).description == "Installs skills."
    assert (await bot.get_my_short_description()).short_description == "Skills"
    assert (await bot.get_my_name()).name == "Warden"
    assert not (await raw(telegram, "setMyDescription", data={"description": "x" * 513}))["ok"]
