"""What people do to chats: add and remove the bot, join and leave, run groups, open topics, upgrade."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.platforms.telegram import payloads
from tests.platforms.telegram.world import Chat, Json, Member, Message, Status, Topic, User

if TYPE_CHECKING:
    from tests.platforms.telegram.fake import FakeTelegram


class CannotError(AssertionError):
    """Telegram's apps would not let a person do that."""


class RunsChats:
    """The part of a person that has to do with chats."""

    def __init__(self, telegram: FakeTelegram, user: User) -> None:
        """Play ``user``."""
        self.telegram = telegram
        self.user = user

    @property
    def dm(self) -> Chat:
        """The private chat with the bot."""
        return self.telegram.world.direct(self.user)

    def cannot(self, why: str) -> CannotError:
        """Return the error to raise."""
        return CannotError(why)

    def check_runs(self, chat: Chat) -> None:
        """Refuse unless this person runs the chat.

        Raises:
            CannotError: they do not.
        """
        if not chat.member(self.user).runs_it:
            raise self.cannot(f"{self.user.name} does not run {chat.title}")

    # The bot's standing

    async def adds_bot(self, chat: Chat, *, as_administrator: bool = False) -> None:
        """Add the bot to a group or a channel."""
        self._check_inside(chat)
        self.bot_becomes(chat, "administrator" if as_administrator or chat.kind == "channel" else "member")
        if chat.kind != "channel":
            self._service(chat, {"new_chat_members": [payloads.user_json(self.telegram.world.bot)]})

    async def removes_bot(self, chat: Chat) -> None:
        """Throw the bot out."""
        self.check_runs(chat)
        self.bot_becomes(chat, "kicked")

    async def promotes_bot(self, chat: Chat, **rights: bool) -> None:
        """Make the bot an administrator."""
        self.check_runs(chat)
        self.bot_becomes(chat, "administrator", **rights)

    async def demotes_bot(self, chat: Chat) -> None:
        """Make the bot a member like others."""
        self.check_runs(chat)
        self.bot_becomes(chat, "member")

    async def restricts_bot(self, chat: Chat, **rights: bool) -> None:
        """Take rights from the bot, such as ``can_send_messages=False``."""
        self.check_runs(chat)
        self.bot_becomes(chat, "restricted", **rights)

    def bot_becomes(self, chat: Chat, status: Status, **rights: bool) -> None:
        """Change the bot's standing and tell it."""
        world = self.telegram.world
        old, new = self._changed(chat, world.bot, status, rights)
        self.user.known = True
        content = payloads.member_update(chat, self.user, old, new, world.now())
        self.telegram.tell("my_chat_member", content, f"member {chat.id}")

    # One's own standing

    async def joins(self, chat: Chat) -> None:
        """Join a group."""
        self._becomes(chat, self.user, "member")
        self._service(chat, {"new_chat_members": [payloads.user_json(self.user)]})

    async def leaves(self, chat: Chat) -> None:
        """Leave a group."""
        self._check_inside(chat)
        self._becomes(chat, self.user, "left")
        self._service(chat, {"left_chat_member": payloads.user_json(self.user)})

    async def makes(self, other: RunsChats, chat: Chat, status: Status, **rights: bool) -> None:
        """Give somebody another standing in a group one runs."""
        self.check_runs(chat)
        self._becomes(chat, other.user, status, **rights)

    # The group

    async def upgrades(self, group: Chat) -> Chat:
        """Turn a group into a supergroup: it gets another id, and the bot is told on both sides."""
        self.check_runs(group)
        if group.kind != "group":
            raise self.cannot("it is no basic group")
        world = self.telegram.world
        members = [replace(one) for one in group.members.values()]
        new = world.add_chat(group.title, "supergroup", members)
        self._service(group, {"migrate_to_chat_id": new.id})
        group.migrated_to = new
        message = world.new_message(
            new, author=world.anonymous, sender_chat=new, service={"migrate_from_chat_id": group.id}
        )
        self.telegram.tell_of_message("message", message)
        return new

    async def opens_topic(self, forum: Chat, name: str) -> Topic:
        """Open a topic in a forum."""
        self._check_inside(forum)
        if not forum.is_forum:
            raise self.cannot(f"{forum.title} is no forum")
        message = self._service(
            forum, {"forum_topic_created": {"name": name, "icon_color": 7322096}, "is_topic_message": True}, tell=False
        )
        message.service["message_thread_id"] = message.id
        topic = Topic(chat=forum, id=message.id, name=name)
        forum.topics[topic.id] = topic
        self.telegram.tell_of_message("message", message)
        return topic

    async def closes_topic(self, topic: Topic) -> None:
        """Close a topic: only administrators write there from now on."""
        self.check_runs(topic.chat)
        topic.closed = True
        self._service(topic.chat, {"forum_topic_closed": {}}, topic)

    async def reopens_topic(self, topic: Topic) -> None:
        """Open a closed topic again."""
        self.check_runs(topic.chat)
        topic.closed = False
        self._service(topic.chat, {"forum_topic_reopened": {}}, topic)

    async def deletes_topic(self, topic: Topic) -> None:
        """Delete a topic and everything in it, of which no bot is told."""
        self.check_runs(topic.chat)
        topic.deleted = True
        for message in topic.chat.messages.values():
            if message.topic is topic or message.id == topic.id:
                message.deleted = True
        self.telegram.world.changed()

    async def deletes_chat(self, chat: Chat) -> None:
        """Delete a group for everybody."""
        self.check_runs(chat)
        chat.deleted = True
        self.telegram.world.changed()

    def _becomes(self, chat: Chat, user: User, status: Status, **rights: bool) -> None:
        """Change somebody's standing; a bot that runs the chat is told if it asked for chat_member."""
        old, new = self._changed(chat, user, status, rights)
        world = self.telegram.world
        if chat.member(world.bot).runs_it:
            content = payloads.member_update(chat, self.user, old, new, world.now())
            self.telegram.tell("chat_member", content, f"member {chat.id}")

    def _changed(self, chat: Chat, user: User, status: Status, rights: dict[str, bool]) -> tuple[Member, Member]:
        old = chat.member(user)
        new = Member(user=user, status=status, rights=rights)
        chat.members[user.id] = new
        self.telegram.world.changed()
        return old, new

    def _service(self, chat: Chat, service: Json, topic: Topic | None = None, *, tell: bool = True) -> Message:
        message = self.telegram.world.new_message(chat, author=self.user, service=service, topic=topic)
        if tell:
            self.telegram.tell_of_message("message", message)
        return message

    def _check_inside(self, chat: Chat) -> None:
        if not chat.member(self.user).inside:
            raise self.cannot(f"{self.user.name} is not in {chat.title}")
