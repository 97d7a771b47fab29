"""Slack as a channel: cards become messages, and messages are made to show other cards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.channels.slack.client import SlackClient
from bot.channels.slack.forms import FormRequest, form_view
from bot.channels.slack.parse import known_name, language_of, standing_of
from bot.channels.slack.render import CardRenderer, Rendered
from core.domain.cards import Card
from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef, Standing
from core.domain.users import ChannelIdentity
from core.errors import ChannelError, ChannelRefused
from core.ports import Translator

# docs.slack.dev, reference/methods/chat.postMessage.
_NO_SUCH_THREAD = {"thread_not_found", "cannot_reply_to_message"}
# Seconds for looking somebody up: Slack sends again what is not acknowledged within three.
_PATIENCE = 1.0


class SlackChannel:
    """The port Channel on Slack's Web API. The few words of the channel itself are in the language of the card."""

    name: ChannelName = "slack"

    def __init__(
        self,
        client: SlackClient,
        translator: Translator,
        *,
        team_id: str,
        patience: float = _PATIENCE,
    ) -> None:
        """Speak through ``client``, whose token is one of the workspace ``team_id``; see ``introduce`` for patience."""
        self._patience = patience
        self._team_id = team_id
        self._client = client
        self._translator = translator
        #: The private conversations that are open, by person: Slack never changes them.
        self._open: dict[str, str] = {}

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        """Post ``card`` in the conversation's thread; with ``only_for`` in a channel nobody else sees it."""
        where = await self._opened(conversation)
        rendered = self._rendered(card, asked_in)
        try:
            return await self._post(where, rendered, only_for)
        except ChannelRefused as error:
            if where.thread_id is None or error.params["reason"] not in _NO_SUCH_THREAD:
                raise
        # Whoever began the thread deleted their message; what has to be said is said in the channel.
        return await self._post(where.evolve(thread_id=None), rendered, only_for)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Make a posted message show ``card``."""
        rendered = self._rendered(card, asked_in)
        await self._client.call(
            "chat.update",
            channel=message.conversation.conversation_id,
            ts=message.message_id,
            text=rendered.text,
            blocks=rendered.blocks,
        )

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        """Return the conversation with one person, opening it the first time."""
        return ConversationRef(
            channel=self.name,
            workspace_id=self._team_id,
            conversation_id=await self._conversation_with(account.external_id),
            private=True,
        )

    async def ask(self, request: FormRequest) -> None:
        """Open the form of a press; its key lives 3 s.

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``post``.
        """
        view = form_view(request, self._translator)
        await self._client.call("views.open", trigger_id=request.trigger_id, view=view)

    async def show_home(self, person: str, cards: Sequence[Card]) -> None:
        """Make the App Home of ``person`` (an external id) show ``cards``.

        Raises:
            RateLimited, ChannelRefused, ChannelError: as for ``post``.
        """
        renderer = CardRenderer(self._translator, cards[0].language)
        await self._client.call("views.publish", user_id=person, view=renderer.home(cards))

    async def introduce(self, sender: Actor) -> Actor:
        """Return ``sender`` as Slack knows them: called by their name, and what they are in this workspace.

        Without an answer within the second that the acknowledgement can spare, they stay as the event told of them.
        """
        outside = Standing.OUTSIDER if sender.workspace_id != self._team_id else None
        try:
            async with asyncio.timeout(self._patience):
                account = await self._client.person(sender.external_id)
        except (ChannelError, TimeoutError):
            return sender.evolve(standing=outside)
        return sender.evolve(
            display_name=known_name(account) or sender.display_name,
            standing=outside or standing_of(account, self._team_id),
            language=language_of(account),
        )

    def _rendered(self, card: Card, asked_in: ConversationRef | None) -> Rendered:
        renderer = CardRenderer(self._translator, card.language)
        return renderer.message(card, asked_in.conversation_id if asked_in else None)

    async def _post(self, where: ConversationRef, rendered: Rendered, only_for: str | None) -> MessageRef:
        arguments: dict[str, object] = {
            "channel": where.conversation_id,
            "text": rendered.text,
            "blocks": rendered.blocks,
        }
        if where.thread_id is not None:
            arguments["thread_ts"] = where.thread_id
        if only_for is not None and not where.private:
            answer = await self._client.call("chat.postEphemeral", user=only_for, **arguments)
            return MessageRef(conversation=where, message_id=answer["message_ts"])
        answer = await self._client.call("chat.postMessage", unfurl_links=False, unfurl_media=False, **arguments)
        return MessageRef(conversation=where, message_id=answer["ts"])

    async def _opened(self, conversation: ConversationRef) -> ConversationRef:
        """Return ``conversation``; the private one of a person, if it only says with whom, and in which workspace."""
        if not conversation.workspace_id:  # it was named before Slack had answered
            conversation = conversation.evolve(workspace_id=self._team_id)
        if conversation.conversation_id[:1] not in {"U", "W"}:
            return conversation
        return conversation.evolve(conversation_id=await self._conversation_with(conversation.conversation_id))

    async def _conversation_with(self, person: str) -> str:
        if person not in self._open:
            answer = await self._client.call("conversations.open", users=person)
            self._open[person] = str(answer["channel"]["id"])
        return self._open[person]
