"""What Telegram sends, as what the bot understands. Pure; what is not addressed to the bot is None and never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.channels.telegram.commands import COMMANDS, LINK, START
from bot.channels.telegram.forms import DROP, ON, TICK, Carried, read_carried
from bot.channels.telegram.render import ASK, PRESS
from bot.channels.telegram.text import piece
from core.domain.messages import Actor, Attachment, ButtonPress, ConversationRef, IncomingMessage, MessageRef

#: A decoded JSON object.
Payload = Mapping[str, Any]

#: The kinds of updates that are asked for: an edit is not among them, because it must not run a command again.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")

# Where Telegram says what a message carries besides text.
_FILES = ("document", "photo", "video", "audio", "voice", "video_note", "animation", "sticker", "contact", "location",
          "poll", "dice", "story", "venue")  # fmt: skip
#: What somebody wants who addresses the bot and says nothing.
_NOTHING_SAID = "help"


@dataclass(frozen=True, slots=True)
class Started:
    """Somebody pressed Start in private, and is shown their home."""

    message: IncomingMessage


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A message to the bot in the name of a group or channel: nobody is behind it whom the bot could know."""

    dedupe_key: str
    conversation: ConversationRef


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has become a supergroup, with another id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Somebody has opened or closed the private chat with the bot."""

    account: Actor
    is_open: bool


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply to a question of a form: what the question carries, and the reply as a message."""

    carried: Carried
    message: IncomingMessage


@dataclass(frozen=True, slots=True)
class Click:
    """A press of an inline button; ``query_id`` is what Telegram wants an answer to, soon."""

    query_id: str
    sender: Actor
    message: MessageRef
    data: str
    #: The message as it looked when it was pressed; Telegram leaves text and buttons out when it is too old.
    shown: Payload
    press: ButtonPress | None = None

    @property
    def asks(self) -> str | None:
        """The token of a button that opens a form; None for any other."""
        return self.data.removeprefix(ASK) if self.data.startswith(ASK) else None

    @property
    def tick(self) -> int | None:
        """The position of the option that is ticked, or no longer; None when it is not about an option."""
        return int(self.data.removeprefix(TICK)) if self.data.startswith(TICK) else None

    @property
    def goes_on(self) -> bool:
        """Whether the question is answered."""
        return self.data == ON

    @property
    def drops(self) -> bool:
        """Whether the form is given up."""
        return self.data == DROP

    @property
    def heading(self) -> str:
        """The label of the button and the first line of its message: what a form is about."""
        rows = (self.shown.get("reply_markup") or {}).get("inline_keyboard") or ()
        labels = [button["text"] for row in rows for button in row if button.get("callback_data") == self.data]
        about = (self.shown.get("text") or "").partition("\n")[0]
        return " - ".join(filter(None, (*labels[:1], about)))


Read = IncomingMessage | Started | Anonymous | Moved | Reach | Replied | Click


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramParser:
    """Reads updates for the bot ``bot_id`` that is called ``username``.

    ``allowed_chats``, if not empty, are the groups that are listened to, and what they have ``become`` by their old
    ids; private chats always are. Whether a person may do something is for the core to say.
    """

    bot_id: int
    username: str
    allowed_chats: frozenset[str] = frozenset()
    become: Mapping[str, str] = field(default_factory=dict)

    def read(self, update: Payload, now: datetime) -> Read | None:
        """Read one update.

        Raises:
            LookupError, TypeError, ValueError: it is not what Telegram documents.
        """
        if "message" in update:
            return self._message(update["message"], now)
        if "callback_query" in update:
            return self._click(update["callback_query"], now)
        if "my_chat_member" in update:
            return _reach(update["my_chat_member"])
        return None

    def _message(self, message: Payload, now: datetime) -> Read | None:
        chat = message["chat"]
        if "migrate_to_chat_id" in message:
            return Moved(old=str(chat["id"]), new=str(message["migrate_to_chat_id"]))
        if "migrate_from_chat_id" in message:
            return Moved(old=str(message["migrate_from_chat_id"]), new=str(chat["id"]))
        where, key = _conversation(message), f"telegram:{self.bot_id}:{chat['id']}:{message['message_id']}"
        attachments = tuple(_attachment(message[kind], kind) for kind in _FILES if kind in message)
        text = message.get("text") or message.get("caption") or ""
        if not self._admits(where) or not (text or attachments) or "via_bot" in message:
            return None
        words = self._words(message, text)
        carried = self._carried(message)
        if not (where.private or carried or words.is_to_us or self._answers_us(message)):
            return None
        if "sender_chat" in message or "from" not in message:
            return Anonymous(key, where) if chat["type"] != "channel" else None
        if message["from"].get("is_bot") or words.is_to_others:
            return None
        said = IncomingMessage(
            dedupe_key=key,
            received_at=now,
            sender=_actor(message["from"]),
            conversation=where,
            text=words.text if words.text or attachments else _NOTHING_SAID,
            attachments=attachments,
        )
        if carried is not None:
            return Replied(carried, said.evolve(text=text))
        return Started(said.evolve(text=START)) if words.starts and where.private else said

    def _click(self, query: Payload, now: datetime) -> Click | None:
        shown, data = query.get("message"), query.get("data")
        if shown is None or data is None:
            return None
        sender, message = _actor(query["from"]), MessageRef(
            conversation=_conversation(shown), message_id=str(shown["message_id"])
        )  # fmt: skip
        if not self._admits(message.conversation):
            return None
        press = None
        if data.startswith((PRESS, ASK)):
            press = ButtonPress(
                dedupe_key=f"telegram:press:{self.bot_id}:{query['id']}",
                received_at=now,
                sender=sender,
                conversation=message.conversation,
                token=data[len(PRESS) :],
                message_id=message.message_id,
            )
        return Click(query["id"], sender, message, data, shown, press)

    def _admits(self, where: ConversationRef) -> bool:
        here = {where.conversation_id, *(old for old, new in self.become.items() if new == where.conversation_id)}
        return where.private or not self.allowed_chats or bool(here & self.allowed_chats)

    def _carried(self, message: Payload) -> Carried | None:
        asked = message.get("reply_to_message")
        return read_carried(asked, self.username) if asked and self._is_ours(asked) else None

    def _answers_us(self, message: Payload) -> bool:
        """Whether it is a reply to the bot; in a topic every message replies to what opened it."""
        answered: Payload = message.get("reply_to_message") or {}
        return self._is_ours(answered) and "forum_topic_created" not in answered

    def _is_ours(self, message: Payload) -> bool:
        return bool((message.get("from") or {}).get("id") == self.bot_id)

    def _words(self, message: Payload, text: str) -> _Words:
        """Read what is said, without the slash of a command and without the name of the bot."""
        entities = message.get("entities") or message.get("caption_entities") or ()
        first = next(iter(entities), None)
        if first and first["type"] == "bot_command" and not first["offset"]:
            command, _, bot = piece(text, 0, first["length"])[1:].partition("@")
            rest = piece(text, first["length"], len(text)).strip()
            if bot and bot.casefold() != self.username.casefold():
                return _Words(text, is_to_others=True)
            # Without a name every bot in the group hears it: only what is ours is ours.
            is_to_us = bool(bot) or command in COMMANDS
            return _command(command, rest, is_to_us=is_to_us)
        names = [piece(text, one["offset"], one["length"]) for one in entities if one["type"] == "mention"]
        ours = [name for name in names if name[1:].casefold() == self.username.casefold()]
        for name in ours:
            text = text.replace(name, " ")
        return _Words(" ".join(text.split()) if ours else text.strip(), is_to_us=bool(ours))


@dataclass(frozen=True, slots=True)
class _Words:
    """What was said, and to whom as far as the words tell."""

    text: str
    is_to_us: bool = False
    is_to_others: bool = False
    starts: bool = False


def _command(command: str, rest: str, *, is_to_us: bool) -> _Words:
    if command != START:
        phrase = COMMANDS[command].phrase if command in COMMANDS else command.replace("_", " ")
        return _Words(f"{phrase} {rest}".strip(), is_to_us=is_to_us)
    # A link that carries something: what was copied out of the address instead of typed.
    if rest.startswith(LINK):
        return _Words(f"link code {rest.removeprefix(LINK)}", is_to_us=is_to_us)
    return _Words(START, is_to_us=is_to_us, starts=True)


def _reach(change: Payload) -> Reach | Moved | None:
    if change["chat"]["type"] != "private":
        return None
    return Reach(account=_actor(change["from"]), is_open=change["new_chat_member"]["status"] != "kicked")


def _conversation(message: Payload) -> ConversationRef:
    chat = message["chat"]
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    return ConversationRef(
        channel="telegram",
        conversation_id=str(chat["id"]),
        thread_id=None if thread is None else str(thread),
        private=chat["type"] == "private",
    )


def _actor(user: Payload) -> Actor:
    names = [user.get("first_name"), user.get("last_name")]
    return Actor(
        channel="telegram",
        external_id=str(user["id"]),
        display_name=" ".join(filter(None, names)),
        language=str(user.get("language_code") or "").partition("-")[0],
    )


def _attachment(file: Any, kind: str) -> Attachment:
    largest = file[-1] if isinstance(file, list) and file else file
    known: Payload = largest if isinstance(largest, Mapping) else {}
    return Attachment(name=str(known.get("file_name") or kind), size=int(known.get("file_size") or 0))
