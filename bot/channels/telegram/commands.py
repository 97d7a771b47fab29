"""The commands that Telegram offers behind the slash, in each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.channels.telegram.client import TelegramClient
from core.ports import Translator

#: The command behind the button Start.
START = "start"
#: How the payload of a Start link begins that brings a one-time code to join two accounts.
LINK = "link-"

# core.telegram.org/bots/api, setMyCommands: two letters of ISO 639-1; without them it is for everybody else.
_LANGUAGES = {"en": None, "ko": "ko"}


#: Returns a sentence of the catalogue.
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Command:
    """What a command stands for, as somebody would say it, and what the menu says it does."""

    phrase: str
    purpose: Callable[[Say], str]


#: By name; the menu has this order.
COMMANDS: dict[str, Command] = {
    "install": Command("install", lambda say: say("Install a skill: /install pdf on claude")),
    "status": Command("status", lambda say: say("What is installed where")),
    "pending": Command("pending", lambda say: say("What waits for a decision")),
    "skills": Command("list skills", lambda say: say("The skills there are")),
    "providers": Command("list providers", lambda say: say("Where skills can be installed")),
    "history": Command("history", lambda say: say("What was asked lately")),
    "help": Command("help", lambda say: say("What I can do")),
    START: Command(START, lambda say: say("My requests, and what waits for me")),
}


async def register(client: TelegramClient, translator: Translator) -> None:
    """Tell Telegram the commands.

    Raises:
        RateLimited, ChannelRefused, ChannelError: as for the client.
    """
    for language, code in _LANGUAGES.items():
        say = partial(translator.say, language)
        commands = [{"command": name, "description": command.purpose(say)} for name, command in COMMANDS.items()]
        await client.call("setMyCommands", commands=commands, **({"language_code": code} if code else {}))
