"""What is said to programs: it is on the record, and they read it there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from core.domain.messages import ConversationRef, MessageRef

if TYPE_CHECKING:
    from core.domain.cards import Card
    from core.domain.messages import Actor, ChannelName
    from core.domain.users import ChannelIdentity


class ApiChannel:
    """The port ``Channel`` for requests made over HTTP: the event ``ResponseSent`` is the message."""

    name: ChannelName = "api"

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,  # noqa: ARG002 - whoever delivers it puts it on the record
        *,
        only_for: str | None = None,  # noqa: ARG002 - nobody else reads the record
        asked_in: ConversationRef | None = None,  # noqa: ARG002 - it is answered where it was asked
    ) -> MessageRef:
        return MessageRef(conversation=conversation, message_id=uuid.uuid4().hex)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Do nothing: how an execution stands is asked for."""

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        return ConversationRef(channel="api", conversation_id=account.external_id, private=True)
