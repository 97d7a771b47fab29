"""The methods that look at chats and people, and that answer presses.

Documented: the answer to a press has 0-200 characters, and its address can only open the bot itself unless the bot has
games. How long a press can be answered is not documented; people report from 10 seconds on, 15 are taken here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.platforms.telegram.arguments import Arguments, bad
from tests.platforms.telegram.payloads import full_chat_json, me_json, member_json
from tests.platforms.telegram.places import Places
from tests.platforms.telegram.world import Chat, Json, Member, World

LONGEST_ANSWER = 200
#: Seconds.
ANSWERABLE_FOR = 15.0
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ChatApi:
    """What the bot can ask about chats, and how it answers presses."""

    def __init__(self, world: World, places: Places, left: Callable[[Chat], None]) -> None:
        """Look at ``world``; ``left`` is called when the bot leaves a chat."""
        self.world = world
        self._places = places
        self._left = left

    def methods(self) -> dict[str, Callable[[Arguments], Any]]:
        """Return the methods by name."""
        return {
            "getMe": lambda _arguments: me_json(self.world),
            "getChat": lambda arguments: full_chat_json(self._places.chat(arguments)),
            "getChatMember": self.member,
            "getChatAdministrators": self.administrators,
            "getChatMemberCount": lambda arguments: sum(
                one.inside for one in self._places.chat(arguments).members.values()
            ),
            "leaveChat": self.leave,
            "answerCallbackQuery": self.answer,
        }

    def member(self, arguments: Arguments) -> Json:
        """Do getChatMember."""
        chat = self._places.chat(arguments)
        number = arguments.number("user_id")
        if number <= 0:
            raise bad("invalid user_id specified")
        user = self.world.users.get(number)
        if user is None:
            raise bad("PARTICIPANT_ID_INVALID")
        if chat.kind == "channel" and not chat.member(self.world.bot).runs_it:
            raise bad("CHAT_ADMIN_REQUIRED")
        return member_json(chat.member(user))

    def administrators(self, arguments: Arguments) -> list[Json]:
        """Do getChatAdministrators, which leaves out all bots but this one."""
        chat = self._places.chat(arguments)
        if chat.kind == "private":
            raise bad("there are no administrators in the private chat")

        def listed(one: Member) -> bool:
            return one.runs_it and (not one.user.is_bot or one.user is self.world.bot)

        return [member_json(one) for one in chat.members.values() if listed(one)]

    def leave(self, arguments: Arguments) -> bool:
        """Do leaveChat."""
        chat = self._places.chat(arguments)
        if chat.kind == "private":
            raise bad("chat member status can't be changed in private chats")
        self._left(chat)
        return True

    def answer(self, arguments: Arguments) -> bool:
        """Do answerCallbackQuery."""
        press = self.world.presses.get(arguments.text("callback_query_id"))
        if press is None or press.answered or self.world.pace.now() - press.born > ANSWERABLE_FOR:
            raise bad(_TOO_OLD)
        text, url = arguments.text("text"), arguments.text("url")
        if len(text) > LONGEST_ANSWER:
            raise bad("MESSAGE_TOO_LONG")
        if url and not url.startswith(f"https://t.me/{self.world.bot.username}?start="):
            raise bad("URL_INVALID")
        press.answered = True
        press.text, press.url, press.show_alert = text, url, arguments.flag("show_alert")
        self.world.changed()
        return True
