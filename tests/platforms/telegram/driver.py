"""The humans: they write, press, edit, block, join and run groups, and Telegram tells the bot about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.platforms.telegram import payloads
from tests.platforms.telegram.entities import with_automatic
from tests.platforms.telegram.message_api import LONGEST_TEXT
from tests.platforms.telegram.running import RunsChats
from tests.platforms.telegram.world import Chat, Json, Message, Press, Topic, User, labels, utf16

if TYPE_CHECKING:
    from tests.platforms.telegram.fake import FakeTelegram

#: Characters a deep link can carry, as documented.
LONGEST_PAYLOAD = 64


class Person(RunsChats):
    """Somebody with the app in hand."""

    def __init__(self, telegram: FakeTelegram, user: User) -> None:
        """Play ``user``."""
        super().__init__(telegram, user)

    def sees(self, chat: Chat | None = None, topic: Topic | None = None) -> str:
        """Return everything in a chat (or the private one with the bot) that this person can read."""
        there = chat or self.dm
        if not there.member(self.user).inside:
            return ""
        return "\n".join(self.telegram.shown(message) for message in self.telegram.messages(there, topic))

    def menu(self, chat: Chat | None = None) -> dict[str, str]:
        """Return the commands that are offered in a chat, descriptions by name."""
        return self.telegram.profile.menu(self.user, chat or self.dm)

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or follow a deep link with a payload; from then on the bot may write."""
        if len(payload) > LONGEST_PAYLOAD:
            raise self.cannot("no deep link is that long")
        if self.user.blocked:
            await self.unblocks()
        self.user.started = True
        return await self.says(self.dm, f"/start {payload}".strip())

    async def says(
        self,
        chat: Chat,
        text: str,
        *,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        anonymously: bool = False,
        as_channel: Chat | None = None,
        attachment: Json | None = None,
        more: Json | None = None,
    ) -> Message:
        """Say something; the bot learns of it as far as privacy mode lets it.

        ``anonymously`` is for administrators, ``as_channel`` for those who speak for a channel; ``attachment`` makes
        ``text`` a caption, ``more`` adds properties of Message.
        """
        self._check_may_say(chat, text)
        topic = topic or (reply_to.topic if reply_to else None)
        if topic is not None and (topic.deleted or (topic.closed and not chat.member(self.user).runs_it)):
            raise self.cannot(f"{topic.name} is closed")
        author, sender_chat = self.user, None
        if anonymously:
            self.check_runs(chat)
            author, sender_chat = self.telegram.world.anonymous, chat
        elif as_channel is not None:
            self.check_runs(as_channel)
            author, sender_chat = self.telegram.world.channel_bot, as_channel
        message = self.telegram.world.new_message(
            chat,
            author=author,
            sender_chat=sender_chat,
            text=text,
            entities=with_automatic(text, []),
            reply_to=reply_to,
            topic=topic,
            attachment=attachment or {},
            more=more or {},
        )
        self.telegram.tell_of_message("message", message)
        return message

    async def posts(self, channel: Chat, text: str) -> Message:
        """Post in a channel, which its administrators can."""
        self.check_runs(channel)
        message = self.telegram.world.new_message(
            channel, sender_chat=channel, text=text, entities=with_automatic(text, [])
        )
        self.telegram.tell_of_message("channel_post", message)
        return message

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of one's own, or a channel's that one runs."""
        if message.chat.kind == "channel":
            self.check_runs(message.chat)
        elif message.author is not self.user:
            raise self.cannot("this is somebody else's message")
        message.change(text, with_automatic(text, []), message.markup)
        message.edit_date = self.telegram.world.now()
        self.telegram.world.changed()
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        self.telegram.tell_of_message(kind, message)

    async def deletes(self, message: Message) -> None:
        """Delete a message: one's own, any in the private chat, any of a group one runs. The bot is not told."""
        chat = message.chat
        if message.author is not self.user and chat.kind != "private":
            self.check_runs(chat)
        message.deleted = True
        self.telegram.world.changed()

    async def press(
        self, message: Message, label: str, *, stale: bool = False, inaccessible: bool = False, data: str | None = None
    ) -> Press:
        """Press the button with this label and return the press, which the bot's answer will fill in.

        With ``stale`` the person still looks at how the message was before an edit, even if it is gone by now;
        ``inaccessible`` lets Telegram tell the bot no more of the message than where it is; ``data`` is what a made-up
        client sends instead of the button's own.
        """
        if not message.chat.member(self.user).inside or (message.deleted and not stale):
            raise self.cannot("the message is not there")
        button = self._button(message, label, stale=stale)
        if "callback_data" not in button:
            raise self.cannot(f"{label!r} does not ask the bot: {button}")
        world = self.telegram.world
        press = Press(
            id=str(4_000_000_000_000_000_000 + world.number()),
            user=self.user,
            data=button["callback_data"] if data is None else data,
            born=world.pace.now(),
        )
        world.presses[press.id] = press
        if world.bot_is_in(message.chat):
            self.user.known = True
            content = payloads.press_json(press, message, inaccessible=inaccessible or message.deleted)
            self.telegram.tell("callback_query", content, f"press {self.user.id}")
        return press

    async def blocks(self) -> None:
        """Block the bot."""
        self._block(blocked=True)

    async def unblocks(self) -> None:
        """Unblock the bot."""
        self._block(blocked=False)

    def _block(self, *, blocked: bool) -> None:
        if self.user.blocked is not blocked:
            self.user.blocked = blocked
            self.bot_becomes(self.dm, "kicked" if blocked else "member")

    def _check_may_say(self, chat: Chat, text: str) -> None:
        member = chat.member(self.user)
        if chat.kind == "channel":
            raise self.cannot("nobody talks in a channel: it is posted to")
        if utf16(text) > LONGEST_TEXT:
            raise self.cannot("the app would send several messages")
        if chat.kind == "private":
            if not self.user.started or self.user.blocked:
                raise self.cannot("there is only a Start button")
        elif not member.inside or chat.migrated_to is not None:
            raise self.cannot(f"{self.user.name} is not in {chat.title}")
        elif not member.runs_it and not member.may("can_send_messages"):
            raise self.cannot(f"{self.user.name} may not write in {chat.title}")

    def _button(self, message: Message, label: str, *, stale: bool) -> dict[str, Any]:
        shown = [message.markup] + ([one.markup for one in reversed(message.history)] if stale else [])
        for markup in shown:
            for row in (markup or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return dict(button)
        raise self.cannot(f"there is no {label!r} to press, only {labels(message.markup)}")
