"""Telegram in memory, without a server, for suites that start outside of a loop: the strict stand-in's own methods."""

from __future__ import annotations

import json
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.channels.telegram.client import TelegramClient, translated
from tests.platforms.telegram import FakeTelegram, Person
from tests.platforms.telegram.arguments import Arguments, TelegramError
from tests.platforms.telegram.chat_api import ChatApi
from tests.platforms.telegram.message_api import MessageApi
from tests.platforms.telegram.places import Places
from tests.platforms.telegram.world import Message


class TelegramStub(TelegramClient):
    """A client whose calls never leave the process; what Telegram would refuse is refused."""

    def __init__(self) -> None:
        """Know nobody yet."""
        super().__init__("1:x", api_url="http://127.0.0.1:9")
        self.telegram = FakeTelegram(speed=0)
        world, places = self.telegram.world, Places(self.telegram.world)
        chats = ChatApi(world, places, lambda _chat: None)
        self._methods = {**MessageApi(world, places).methods(), **chats.methods()}
        self._people: dict[str, Person] = {}

    def person(self, name: str) -> Person:
        """Return somebody who has pressed Start."""
        if name not in self._people:
            self._people[name] = self.telegram.person(name)
        return self._people[name]

    async def call(self, method: str, **arguments: object) -> Any:
        """Do what Telegram would do."""
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
        try:
            return self._methods[method](Arguments(texts))
        except TelegramError as error:
            refused = translated(_as_the_library_has_it(error), method)
            if refused is None:
                return None
            raise refused from error

    def message(self, chat: str, message_id: str) -> Message:
        """Return a message by its ids."""
        return self.telegram.world.chats[int(chat)].messages[int(message_id)]

    def news(self) -> list[dict[str, Any]]:
        """Return the updates since the last time."""
        found = [update.as_json() for update in self.telegram.updates.log if not update.done]
        for update in self.telegram.updates.log:
            update.done = True
        return found


def _as_the_library_has_it(error: TelegramError) -> BadRequest | Forbidden | ChatMigrated:
    if "migrate_to_chat_id" in error.parameters:
        return ChatMigrated(error.parameters["migrate_to_chat_id"])
    return (Forbidden if error.code == 403 else BadRequest)(error.description)
