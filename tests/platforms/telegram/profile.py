"""What the bot tells about itself: commands, name and descriptions, by language.

Documented: 100 commands at most, names of 1-32 lower-case letters, digits and underscores, descriptions of 1-256;
name 64, description 512, short description 120; a two-letter language code or none; and under "Determining list of
commands" in which order scopes and languages are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.platforms.telegram.arguments import Arguments, bad
from tests.platforms.telegram.places import Places
from tests.platforms.telegram.world import Chat, Json, User, World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
LONGEST_COMMAND_DESCRIPTION = 256
#: Scopes that name a chat, and one that also names a person.
_OF_CHATS = {"chat", "chat_administrators", "chat_member"}
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", *_OF_CHATS}
_LONGEST = {"name": 64, "description": 512, "short_description": 120}

Scope = tuple[str, int, int]


class Profile:
    """The bot as people find it before they write."""

    def __init__(self, world: World, places: Places) -> None:
        """Begin with nothing said."""
        self.world = world
        self._places = places
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {("name", ""): world.bot.first_name}

    def methods(self) -> dict[str, Callable[[Arguments], Any]]:
        """Return the methods by name."""
        return {
            "setMyCommands": self.set_commands,
            "getMyCommands": lambda arguments: self._commands.get(self._key(arguments), []),
            "deleteMyCommands": self.delete_commands,
            "setMyName": lambda arguments: self._set(arguments, "name"),
            "getMyName": lambda arguments: self._get(arguments, "name"),
            "setMyDescription": lambda arguments: self._set(arguments, "description"),
            "getMyDescription": lambda arguments: self._get(arguments, "description"),
            "setMyShortDescription": lambda arguments: self._set(arguments, "short_description"),
            "getMyShortDescription": lambda arguments: self._get(arguments, "short_description"),
        }

    def commands(self, scope: str = "default", language: str = "", chat: int = 0, user: int = 0) -> dict[str, str]:
        """Return what setMyCommands left behind in one place, descriptions by name."""
        found = self._commands.get(((scope, chat, user), language), [])
        return {str(one["command"]): str(one["description"]) for one in found}

    def menu(self, user: User, chat: Chat) -> dict[str, str]:
        """Return the commands somebody is offered in a chat."""
        if chat.kind == "private":
            scopes: list[Scope] = [("chat", chat.id, 0), ("all_private_chats", 0, 0)]
        else:
            scopes = [("chat_member", chat.id, user.id)]
            runs_it = chat.member(user).runs_it
            scopes += [("chat_administrators", chat.id, 0)] * runs_it + [("chat", chat.id, 0)]
            scopes += [("all_chat_administrators", 0, 0)] * runs_it + [("all_group_chats", 0, 0)]
        for scope in [*scopes, ("default", 0, 0)]:
            for language in (user.language_code[:2], ""):
                if found := self._commands.get((scope, language)):
                    return {str(one["command"]): str(one["description"]) for one in found}
        return {}

    def set_commands(self, arguments: Arguments) -> bool:
        """Do setMyCommands."""
        given = arguments.json("commands", "bot commands")
        if not isinstance(given, list):
            raise bad("expected an Array of BotCommand")
        if len(given) > MOST_COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        kept = [_command(one) for one in given]
        self._commands[self._key(arguments)] = kept
        self.world.changed()
        return True

    def delete_commands(self, arguments: Arguments) -> bool:
        """Do deleteMyCommands."""
        self._commands.pop(self._key(arguments), None)
        self.world.changed()
        return True

    def _key(self, arguments: Arguments) -> tuple[Scope, str]:
        scope = arguments.json("scope", "BotCommandScope") or {"type": "default"}
        if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
            raise bad("can't parse BotCommandScope: Unsupported type specified")
        kind, chat, user = str(scope["type"]), 0, 0
        if kind in _OF_CHATS:
            chat = self._places.chat(Arguments({"chat_id": str(scope.get("chat_id", ""))})).id
        if kind == "chat_member":
            user = int(scope.get("user_id") or 0)
            if user not in self.world.users:
                raise bad("user not found")
        return (kind, chat, user), _language(arguments)

    def _set(self, arguments: Arguments, what: str) -> bool:
        text = arguments.text(what).strip()
        if len(text) > _LONGEST[what]:
            raise bad(f"{what.upper()}_TOO_LONG")
        self._texts[what, _language(arguments)] = text
        self.world.changed()
        return True

    def _get(self, arguments: Arguments, what: str) -> Json:
        return {what: self._texts.get((what, _language(arguments))) or self._texts.get((what, ""), "")}


def _language(arguments: Arguments) -> str:
    code = arguments.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def _command(one: Any) -> Json:
    if not isinstance(one, dict) or not isinstance(one.get("command"), str):
        raise bad('can\'t parse BotCommand: Field "command" must be of type String')
    name, description = one["command"].removeprefix("/"), str(one.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
