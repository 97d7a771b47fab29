"""The methods that post, edit and delete messages.

Documented: 4096 characters after entities parsing (counted in UTF-16 units, as ``platforms.md`` found), captions of
1024, a bot's own messages can be deleted for 48 hours. The order of checks follows the server's source: the text is
parsed first, then the keyboard, then the chat is looked at. Lengths are counted with the first of these, not behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.platforms.telegram.arguments import Arguments, TelegramError, bad
from tests.platforms.telegram.entities import parse_html, trimmed, with_automatic
from tests.platforms.telegram.markup import read_markup
from tests.platforms.telegram.payloads import message_json
from tests.platforms.telegram.places import Places
from tests.platforms.telegram.world import Json, Message, World, utf16

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_DELETED_AT_ONCE = 100
DELETABLE_FOR = 48 * 3600.0
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_ACTIONS = {"typing", "upload_document", "upload_photo", "record_video", "choose_sticker", "find_location"}


class MessageApi:
    """What the bot may do to messages."""

    def __init__(self, world: World, places: Places) -> None:
        """Act in ``world``."""
        self.world = world
        self._places = places

    def methods(self) -> dict[str, Callable[[Arguments], Any]]:
        """Return the methods by name."""
        return {
            "sendMessage": self.send,
            "sendDocument": self.send_document,
            "sendChatAction": self.send_action,
            "editMessageText": self.edit_text,
            "editMessageReplyMarkup": self.edit_markup,
            "deleteMessage": self.delete,
            "deleteMessages": self.delete_several,
        }

    def send(self, arguments: Arguments) -> Json:
        """Do sendMessage."""
        text, entities = self._formatted(arguments, "text", "entities")
        return self._post(arguments, text, entities, {})

    def send_document(self, arguments: Arguments) -> Json:
        """Do sendDocument with an uploaded file."""
        file = arguments.files.get("document") or arguments.files.get(
            arguments.text("document").removeprefix("attach://")
        )
        if file is None or not file.content:
            raise bad("there is no document in the request" if file is None else "file must be non-empty")
        caption, entities = "", list[Json]()
        if arguments.text("caption"):
            caption, entities = self._formatted(arguments, "caption", "caption_entities", LONGEST_CAPTION)
        number = self.world.number()
        document: Json = {"file_id": f"BQACAgIAAx{number:06d}", "file_unique_id": f"AgAD{number:06d}"}
        document |= {"file_name": file.name, "file_size": len(file.content)}
        return self._post(arguments, caption, entities, {"document": document})

    def _post(self, arguments: Arguments, text: str, entities: list[Json], attachment: Json) -> Json:
        markup = read_markup(arguments)
        chat = self._places.writable(arguments)
        reply_to = self._places.replied(chat, arguments)
        topic = self._places.topic(chat, arguments) or (reply_to.topic if reply_to else None)
        message = self.world.new_message(
            chat,
            author=None if chat.kind == "channel" else self.world.bot,
            sender_chat=chat if chat.kind == "channel" else None,
            text=text,
            entities=entities,
            markup=markup,
            reply_to=reply_to,
            topic=topic,
            attachment=attachment,
            silent=arguments.flag("disable_notification"),
        )
        return message_json(message)

    def send_action(self, arguments: Arguments) -> bool:
        """Do sendChatAction."""
        if arguments.text("action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        chat = self._places.writable(arguments)
        self._places.topic(chat, arguments)
        return True

    def edit_text(self, arguments: Arguments) -> Json:
        """Do editMessageText."""
        text, entities = self._formatted(arguments, "text", "entities")
        markup = read_markup(arguments, only_inline=True)
        message = self._own(arguments)
        if message.attachment:
            raise bad("there is no text in the message to edit")
        return self._change(message, text, entities, markup)

    def edit_markup(self, arguments: Arguments) -> Json:
        """Do editMessageReplyMarkup."""
        markup = read_markup(arguments, only_inline=True)
        message = self._own(arguments)
        return self._change(message, message.text, message.entities, markup)

    def _own(self, arguments: Arguments) -> Message:
        chat = self._places.chat(arguments)
        message = self._places.message(chat, arguments, "edit")
        by_bot = message.author is self.world.bot or (chat.kind == "channel" and message.sender_chat is chat)
        keyboard = message.markup is not None and "inline_keyboard" not in message.markup
        if not by_bot or message.service or keyboard:
            raise bad("message can't be edited")
        self._places.check_may_write(chat)
        return message

    def _change(self, message: Message, text: str, entities: list[Json], markup: Json | None) -> Json:
        if (text, entities, markup) == (message.text, message.entities, message.markup):
            raise bad(_NOT_MODIFIED)
        message.change(text, entities, markup)
        message.edit_date = self.world.now()
        self.world.changed()
        return message_json(message)

    def delete(self, arguments: Arguments) -> bool:
        """Do deleteMessage."""
        chat = self._places.chat(arguments)
        message = self._places.message(chat, arguments, "delete")
        own = message.author is self.world.bot
        member = chat.member(self.world.bot)
        may = own or chat.kind == "private" or (member.runs_it and member.may("can_delete_messages"))
        old = self.world.pace.now() - message.date > DELETABLE_FOR
        if not may or (old and not (member.runs_it and member.may("can_delete_messages"))):
            raise bad("message can't be deleted for everyone" if may else "message can't be deleted")
        message.deleted = True
        self.world.changed()
        return True

    def delete_several(self, arguments: Arguments) -> bool:
        """Do deleteMessages, which passes over what it does not find."""
        numbers = arguments.json("message_ids", "message identifiers")
        if not isinstance(numbers, list) or not 1 <= len(numbers) <= MOST_DELETED_AT_ONCE:
            raise bad("message identifiers are not specified" if not numbers else "too many message identifiers")
        self._places.chat(arguments)
        for number in numbers:
            try:
                self.delete(Arguments({"chat_id": arguments.text("chat_id"), "message_id": str(number)}))
            except TelegramError:
                continue
        return True

    def _formatted(
        self, arguments: Arguments, name: str, given: str, longest: int = LONGEST_TEXT
    ) -> tuple[str, list[Json]]:
        text, entities = arguments.text(name), list[Json]()
        if not text:
            raise bad("message text is empty")
        mode = arguments.text("parse_mode").lower()
        if mode == "html":
            text, entities = parse_html(text)
        elif mode not in {"", "none"}:
            raise bad("unsupported parse_mode")  # the stand-in knows no Markdown
        elif found := arguments.json(given, "message entities"):
            entities = found
        text, entities = trimmed(text, entities)
        if not text:
            raise bad("text must be non-empty")
        if utf16(text) > longest:
            raise bad("message is too long" if name == "text" else "message caption is too long")
        return text, with_automatic(text, entities)
