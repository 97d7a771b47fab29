"""What the fake Telegram remembers: accounts, chats, topics, members, messages and presses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.platforms.timing import Pace, Watch

#: Documented: @GroupAnonymousBot, whose name anonymous administrators' messages carry, and @Channel_Bot, whose name
#: messages sent on behalf of a channel carry.
ANONYMOUS_ADMIN_ID = 1087968824
CHANNEL_BOT_ID = 136817688

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]


@dataclass(eq=False, kw_only=True)
class User:
    """An account.

    ``started`` lets the bot write first, ``blocked`` forbids it, ``known`` says that the bot has met this account at
    all.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    is_premium: bool = False
    started: bool = False
    blocked: bool = False
    known: bool = False
    deleted: bool = False

    @property
    def name(self) -> str:
        """What people call this account."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(eq=False, kw_only=True)
class Member:
    """Somebody's standing in a chat; ``rights`` override what the status gives."""

    user: User
    status: Status = "member"
    is_anonymous: bool = False
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Whether this is somebody who is there."""
        return self.status not in {"left", "kicked"}

    @property
    def runs_it(self) -> bool:
        """Whether this is an administrator or the owner."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str, *, otherwise: bool = True) -> bool:
        """Tell whether a right is given; owners have all of them."""
        return self.status == "creator" or self.rights.get(right, otherwise)


@dataclass(eq=False, kw_only=True)
class Topic:
    """A topic of a forum; its id is that of the service message which opened it."""

    chat: Chat
    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False, kw_only=True)
class Chat:
    """A private chat, a group, a supergroup or a channel."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    user: User | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    migrated_to: Chat | None = None
    deleted: bool = False

    def member(self, user: User) -> Member:
        """Return somebody's standing, which is ``left`` for a stranger."""
        return self.members.get(user.id) or Member(user=user, status="left")


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a message showed before an edit."""

    text: str
    entities: list[Json]
    markup: Json | None


@dataclass(eq=False, kw_only=True)
class Message:
    """One message, edited in place.

    ``service``, ``attachment`` and ``more`` are properties of the Bot API's Message: of a service message, of one that
    has ``text`` as its caption, and of any (such as forward_origin).
    """

    chat: Chat
    id: int
    date: int
    author: User | None = None
    sender_chat: Chat | None = None
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    reply_to: Message | None = None
    topic: Topic | None = None
    edit_date: int | None = None
    deleted: bool = False
    service: Json = field(default_factory=dict)
    attachment: Json = field(default_factory=dict)
    more: Json = field(default_factory=dict)
    silent: bool = False
    history: list[Version] = field(default_factory=list)

    @property
    def edits(self) -> int:
        """How often the message was changed."""
        return len(self.history)

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons below the message, row by row."""
        return labels(self.markup)

    def change(self, text: str, entities: list[Json], markup: Json | None) -> None:
        """Show something else from now on."""
        self.history.append(Version(text=self.text, entities=self.entities, markup=self.markup))
        self.text, self.entities, self.markup = text, entities, markup


@dataclass(eq=False, kw_only=True)
class Press:
    """One press of an inline button, and what the bot's answer showed."""

    id: str
    user: User
    data: str
    born: float
    answered: bool = False
    text: str = ""
    show_alert: bool = False
    url: str = ""


def labels(markup: Json | None) -> list[list[str]]:
    """Return the labels of an inline keyboard."""
    keyboard = (markup or {}).get("inline_keyboard", [])
    return [[str(button["text"]) for button in row] for row in keyboard]


class World:
    """Telegram as one bot meets it."""

    def __init__(self, pace: Pace, *, bot_username: str = "skillwarden_bot", watch: Watch | None = None) -> None:
        """Begin with the bot alone."""
        self.pace = pace
        self.watch = watch or Watch()
        self._accounts = itertools.count(5_000_000_001)  # larger than 32 bits, as the documentation warns
        self._numbers = itertools.count(1)
        self._private_messages = itertools.count(101)
        self._own_messages: dict[int, itertools.count[int]] = {}
        self.privacy_mode = True
        self.bot = User(id=7_123_456_789, first_name="Skillwarden", username=bot_username, is_bot=True)
        self.anonymous = User(id=ANONYMOUS_ADMIN_ID, first_name="Group", username="GroupAnonymousBot", is_bot=True)
        self.channel_bot = User(id=CHANNEL_BOT_ID, first_name="Channel", username="Channel_Bot", is_bot=True)
        self.users: dict[int, User] = {one.id: one for one in (self.bot, self.anonymous, self.channel_bot)}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}

    def number(self) -> int:
        """Return a number that nothing else has."""
        return next(self._numbers)

    def now(self) -> int:
        """Return the present moment as messages carry it."""
        return int(self.pace.now())

    def changed(self) -> None:
        """Let everybody who waits look again."""
        self.watch.changed()

    def add_user(self, name: str, **attributes: Any) -> User:
        """Let somebody join Telegram; attributes are those of ``User``."""
        values = {"id": next(self._accounts), "first_name": name.title(), "username": name, **attributes}
        user = User(**values)
        self.users[user.id] = user
        return user

    def add_chat(self, title: str, kind: ChatKind, members: list[Member], **attributes: Any) -> Chat:
        """Open a group, a supergroup or a channel; ids of the latter two begin with -100, as Telegram's do."""
        number = next(self._accounts) - 3_000_000_000
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(id=chat_id, kind=kind, title=title, **attributes)
        chat.members = {one.user.id: one for one in members}
        self.chats[chat.id] = chat
        return chat

    def direct(self, user: User) -> Chat:
        """Return somebody's private chat with the bot, which has the id of the person."""
        if user.id not in self.chats:
            chat = Chat(id=user.id, kind="private", user=user)
            chat.members = {one.id: Member(user=one) for one in (user, self.bot)}
            self.chats[user.id] = chat
        return self.chats[user.id]

    def next_message_id(self, chat: Chat) -> int:
        """Return the id of a new message: private chats and groups share one counter, the others have their own."""
        if chat.kind in {"private", "group"}:
            return next(self._private_messages)
        return next(self._own_messages.setdefault(chat.id, itertools.count(1)))

    def new_message(self, chat: Chat, **attributes: Any) -> Message:
        """Put a message where people see it."""
        message = Message(chat=chat, id=self.next_message_id(chat), date=self.now(), **attributes)
        chat.messages[message.id] = message
        self.changed()
        return message

    def bot_is_in(self, chat: Chat) -> bool:
        """Tell whether the bot is a member."""
        return chat.member(self.bot).inside

    def bot_sees(self, message: Message) -> bool:
        """Tell whether the bot is told of what somebody else posted; privacy mode hides most of a group from it."""
        chat = message.chat
        if not self.bot_is_in(chat) or message.author is self.bot:
            return False
        if chat.kind in {"private", "channel"} or message.service:
            return True
        by_bot = message.author is not None and message.author.is_bot and message.sender_chat is None
        if by_bot:
            return False
        return not self.privacy_mode or chat.member(self.bot).runs_it or self._concerns_bot(message)

    def _concerns_bot(self, message: Message) -> bool:
        if message.reply_to is not None and message.reply_to.author is self.bot:
            return True
        own = f"@{self.bot.username}".lower()
        for entity in message.entities:
            said = piece(message.text, entity).lower()
            if entity["type"] == "mention" and said == own:
                return True
            if entity["type"] == "bot_command" and ("@" not in said or said.endswith(own)):
                return True
        return False


def utf16(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def piece(text: str, entity: Json) -> str:
    """Return the part of ``text`` that an entity covers."""
    raw = text.encode("utf-16-le")
    start = entity["offset"] * 2
    return raw[start : start + entity["length"] * 2].decode("utf-16-le")
