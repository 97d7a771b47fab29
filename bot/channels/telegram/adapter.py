"""Telegram as a channel: cards become messages, and messages are made to show other cards."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.client import NAME, TelegramClient, is_about_markup, is_without_topic, migrated_to
from bot.channels.telegram.forms import question
from bot.channels.telegram.render import CardRenderer, Keyboard, Rendered
from core.domain.cards import Card
from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef
from core.domain.users import ChannelIdentity
from core.errors import ChannelRefused, MessageGone, Words
from core.ports import Translator

_LOG = logging.getLogger(__name__)

#: What stands below a message: buttons, or the demand to reply.
Markup = Mapping[str, object]


class TelegramChannel:
    """The port Channel on the Bot API. The few words of the channel itself are in the language of the card."""

    name: ChannelName = "telegram"

    def __init__(self, client: TelegramClient, translator: Translator, *, username: str) -> None:
        """Speak through ``client`` as the bot ``username``."""
        self._client = client
        self._translator = translator
        self._username = username
        #: What groups have become, by their old ids. Telegram says it again at every call with an old one: it is the
        #: record, and nothing is stored here.
        self.moved: dict[str, str] = {}

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        """Post ``card`` in the conversation's topic; what is only for one others see too, without an alert."""
        if card.asks is not None:
            in_group = not conversation.private
            asked = question(card.title, card.asks, self._username, self._translator, in_group=in_group)
            return await self.send(conversation, asked.html, asked.html, markup=asked.markup)
        rendered = self._rendered(card, conversation, asked_in)
        is_silent = only_for is not None and not conversation.private
        return await self.send(
            conversation, rendered.html, rendered.plain, markup=_inline(rendered.keyboard), is_silent=is_silent
        )

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Make a posted message show ``card``."""
        rendered = self._rendered(card, message.conversation, asked_in)
        await self.change(message, rendered.html, rendered.plain, rendered.keyboard)

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        """Return the conversation with one person: its id is theirs."""
        return ConversationRef(channel=self.name, conversation_id=account.external_id, private=True)

    def follow(self, old: str, new: str) -> None:
        """Know that the group ``old`` is the supergroup ``new`` now."""
        if self.moved.get(old) != new:
            self.moved[old] = new
            _LOG.warning("the Telegram group %s has become %s; if [telegram] names it, change it there", old, new)

    async def look_after(self, chat: str) -> bool:
        """Find out what the group ``chat``, which the settings name, has become meanwhile; False if it is closed to us.

        Raises:
            RateLimited, ChannelError: Telegram cannot be asked.
        """
        try:
            # Harmless, and unlike asking about the chat it is refused where writing would be.
            await self._client.call("sendChatAction", chat_id=int(chat), action="typing")
        except ChannelRefused as error:
            if (new := migrated_to(error)) is not None:
                self.follow(chat, new)
            else:
                _LOG.warning("I cannot write in the Telegram chat %s, which [telegram] names: %s", chat, error)
                return False
        return True

    async def send(
        self,
        conversation: ConversationRef,
        html: str,
        plain: str,
        *,
        markup: Markup | None = None,
        is_silent: bool = False,
    ) -> MessageRef:
        """Send a message with ``markup`` below it; wherever the chat is now.

        ``plain`` is sent instead of ``html`` when Telegram cannot read that.

        Raises:
            RateLimited, NoEntry, ChannelRefused, ChannelError: as for ``post``.
        """
        where = self._current(conversation)
        arguments: dict[str, object] = {"reply_markup": markup} if markup else {}
        if is_silent:
            arguments["disable_notification"] = True
        try:
            sent = await self._send(where, html, plain, arguments)
        except ChannelRefused as error:
            if (new := migrated_to(error)) is not None:
                self.follow(where.conversation_id, new)
                where = self._current(where)
            elif where.thread_id is not None and is_without_topic(error):
                # What has to be said is said in the group; in a forum that is its general topic.
                where = where.evolve(thread_id=None)
            else:
                raise
            sent = await self._send(where, html, plain, arguments)
        return MessageRef(conversation=where, message_id=sent)

    async def change(self, message: MessageRef, html: str, plain: str, keyboard: Keyboard | None) -> None:
        """Make a message of the bot show something else.

        Raises:
            MessageGone, RateLimited, ChannelRefused, ChannelError: as for ``edit``.
        """
        chat = message.conversation.conversation_id
        if chat in self.moved or not message.message_id.isdigit():
            raise MessageGone(channel=NAME)  # messages stay behind when a group moves, and other ones have their ids
        arguments = {
            "chat_id": int(chat),
            "message_id": int(message.message_id),
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": keyboard or []},
        }
        try:
            await self._with_markup("editMessageText", html, plain, arguments)
        except ChannelRefused as error:
            if (new := migrated_to(error)) is None:
                raise
            self.follow(chat, new)
            raise MessageGone(channel=NAME) from error

    async def change_buttons(self, message: MessageRef, keyboard: Keyboard) -> None:
        """Give a message of the bot other buttons; its text stays.

        Raises:
            MessageGone, RateLimited, ChannelRefused, ChannelError: as for ``edit``.
        """
        await self._client.call(
            "editMessageReplyMarkup",
            chat_id=int(message.conversation.conversation_id),
            message_id=int(message.message_id),
            reply_markup={"inline_keyboard": keyboard},
        )

    def _rendered(self, card: Card, where: ConversationRef, asked_in: ConversationRef | None) -> Rendered:
        chat = asked_in.conversation_id if asked_in else None
        renderer = CardRenderer(self._translator, card.language, username=self._username)
        return renderer.message(card, chat, in_group=not where.private)

    def _current(self, conversation: ConversationRef) -> ConversationRef:
        chat = self.moved.get(conversation.conversation_id, conversation.conversation_id)
        return conversation.evolve(conversation_id=chat)

    async def _send(self, where: ConversationRef, html: str, plain: str, more: Mapping[str, object]) -> str:
        arguments = {**more, "chat_id": _chat_id(where), "link_preview_options": {"is_disabled": True}}
        if where.thread_id is not None:
            arguments["message_thread_id"] = int(where.thread_id)
        return str((await self._with_markup("sendMessage", html, plain, arguments))["message_id"])

    async def _with_markup(
        self, method: str, html: str, plain: str, arguments: Mapping[str, object]
    ) -> Mapping[str, Any]:
        """Call ``method`` with ``html``; with ``plain`` when Telegram cannot read the markup: better bare than not."""
        try:
            return await self._client.call(method, text=html, parse_mode="HTML", **arguments) or {}
        except ChannelRefused as error:
            if not is_about_markup(error):
                raise
            _LOG.error("Telegram cannot read the markup of a card: %s", error)
        return await self._client.call(method, text=plain, **arguments) or {}


def _inline(keyboard: Keyboard) -> Markup | None:
    return {"inline_keyboard": keyboard} if keyboard else None


def _chat_id(conversation: ConversationRef) -> int:
    try:
        return int(conversation.conversation_id)
    except ValueError as error:
        reason = Words("there is no chat {chat}", chat=conversation.conversation_id)
        raise ChannelRefused(channel=NAME, reason=reason) from error
