"""Where the bot may write, read and change: the refusals that depend on the chat and on who is in it.

The words are those of ``check_chat``, ``check_chat_access`` and ``check_message`` in the server's source, or those
Telegram behind it answers with (TOPIC_CLOSED). A General topic cannot be written to by its id, 1, as bots find out.
"""

from __future__ import annotations

from tests.platforms.telegram.arguments import Arguments, TelegramError, bad, forbidden
from tests.platforms.telegram.world import Chat, Message, Topic, World


class Places:
    """What the bot finds where its arguments point."""

    def __init__(self, world: World) -> None:
        """Look in ``world``."""
        self.world = world

    def chat(self, arguments: Arguments) -> Chat:
        """Return the chat a call is about, if the bot knows it.

        Raises:
            TelegramError: it does not, or it cannot go there any more.
        """
        name = arguments.text("chat_id").strip()
        if not name:
            raise bad("chat_id is empty")
        found = self._named(name)
        if found is None:
            raise bad("chat not found")
        if found.migrated_to is not None:
            raise TelegramError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=found.migrated_to.id,
            )
        if found.deleted:
            raise forbidden("the group chat was deleted")
        self._inside(found)
        return found

    def _named(self, name: str) -> Chat | None:
        if name.startswith("@"):
            bare = name[1:].lower()
            return next((one for one in self.world.chats.values() if one.username.lower() == bare), None)
        try:
            chat_id = int(name)
        except ValueError:
            return None
        user = self.world.users.get(chat_id)
        if user is not None:
            return self.world.direct(user) if user.known or user.started else None
        found = self.world.chats.get(chat_id)
        return found if found is not None and self.world.bot.id in found.members else None

    def _inside(self, chat: Chat) -> None:
        if chat.kind == "private":
            return
        status = chat.member(self.world.bot).status
        what = f"{chat.kind} chat"
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {what}")
        if status == "left":
            raise forbidden(f"bot is not a member of the {what}")

    def writable(self, arguments: Arguments) -> Chat:
        """Return the chat a call wants to write to.

        Raises:
            TelegramError: the bot may not.
        """
        chat = self.chat(arguments)
        self.check_may_write(chat)
        return chat

    def check_may_write(self, chat: Chat) -> None:
        """Refuse unless the bot may write in ``chat``.

        Raises:
            TelegramError: it may not.
        """
        if chat.user is not None:
            if chat.user.deleted:
                raise forbidden("user is deactivated")
            if chat.user.is_bot:
                raise forbidden("bots can't send messages to bots")
            if chat.user.blocked:
                raise forbidden("bot was blocked by the user")
            if not chat.user.started:
                raise forbidden("bot can't initiate conversation with a user")
            return
        member = chat.member(self.world.bot)
        if chat.kind == "channel":
            if not (member.runs_it and member.may("can_post_messages")):
                raise bad("need administrator rights in the channel chat")
        elif not member.runs_it and not member.may("can_send_messages"):
            raise bad("not enough rights to send text messages to the chat")

    def topic(self, chat: Chat, arguments: Arguments) -> Topic | None:
        """Return the topic a message goes to.

        Raises:
            TelegramError: there is none with this id, or nobody may write there.
        """
        number = arguments.number("message_thread_id")
        if not number:
            return None
        found = chat.topics.get(number)
        if found is None or found.deleted:
            raise bad("message thread not found")
        if found.closed and not chat.member(self.world.bot).runs_it:
            raise bad("TOPIC_CLOSED")
        return found

    def message(self, chat: Chat, arguments: Arguments, to_what: str) -> Message:
        """Return the message a call is about.

        Raises:
            TelegramError: there is none, or none is named.
        """
        number = arguments.number("message_id")
        if number <= 0:
            raise bad("message identifier is not specified")
        found = chat.messages.get(number)
        if found is None or found.deleted:
            raise bad(f"message to {to_what} not found")
        return found

    def replied(self, chat: Chat, arguments: Arguments) -> Message | None:
        """Return the message that the new one answers.

        Raises:
            TelegramError: it is not there, and the call does not say that this is all right.
        """
        parameters = arguments.json("reply_parameters", "reply parameters") or {}
        if not isinstance(parameters, dict):
            raise bad("object expected as reply parameters")
        try:
            number = int(parameters.get("message_id", arguments.number("reply_to_message_id")))
        except (TypeError, ValueError):
            raise bad('can\'t parse reply parameters: Field "message_id" must be a valid Number') from None
        if not number:
            return None
        found = chat.messages.get(number)
        if found is not None and not found.deleted:
            return found
        if parameters.get("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
