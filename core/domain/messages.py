"""What comes in from a channel, normalised: a message, a press of a button, a submitted form."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, NonNegativeInt

from core.domain.base import Domain

ChannelName = Literal["console", "slack", "telegram", "api"]


class ConversationRef(Domain):
    """Where something is said: a chat of a channel, and a thread in it where the channel has threads."""

    channel: ChannelName
    workspace_id: str = ""
    conversation_id: str
    thread_id: str | None = None
    private: bool = False


class MessageRef(Domain):
    """One posted message: enough to edit it later."""

    conversation: ConversationRef
    message_id: str


class Standing(StrEnum):
    """What sets an account apart from the members of the workspace that has the bot."""

    GUEST = "guest"
    OUTSIDER = "outsider"


class Actor(Domain):
    """The platform account that acts; who that is among the users is for the core to say.

    ``standing`` is told of people whom nobody has let in yet (None: a member, or the platform does not say).
    ``language`` is the one that the platform speaks to them, such as ``ko``; empty where it does not say.
    """

    channel: ChannelName
    workspace_id: str = ""
    external_id: str
    display_name: str = ""
    standing: Standing | None = None
    language: str = ""


class Attachment(Domain):
    """A file sent along with a message, by name and size in bytes only."""

    name: str
    size: int


class NormalizedMessage(Domain):
    """The message as it is recorded: who said what, where."""

    sender: Actor
    conversation: ConversationRef
    text: str
    attachments: tuple[Attachment, ...] = ()


class _Inbound(Domain):
    #: The platform's own id of this delivery: the same delivery twice has the same key.
    dedupe_key: str = Field(min_length=1, max_length=255)
    received_at: AwareDatetime
    sender: Actor
    conversation: ConversationRef


class IncomingMessage(_Inbound):
    """A sentence addressed to the bot."""

    kind: Literal["message"] = "message"
    text: str
    attachments: tuple[Attachment, ...] = ()

    def normalized(self) -> NormalizedMessage:
        """Return the part that is recorded."""
        return NormalizedMessage(
            sender=self.sender, conversation=self.conversation, text=self.text, attachments=self.attachments
        )


class ButtonPress(_Inbound):
    """A press of a button; ``token`` is the opaque key the button carried, ``message_id`` the copy it sat on."""

    kind: Literal["press"] = "press"
    token: str
    message_id: str | None = None


class FormSubmission(_Inbound):
    """A form that was filled in: the token of the button that opened it, the copy that was on, its fields by name.

    Texts come as they were typed, choices as the positions, from 0, of what was ticked: what they stand for is stored
    with the token, and does not travel.
    """

    kind: Literal["form"] = "form"
    token: str
    message_id: str | None = None
    fields: dict[str, str | tuple[NonNegativeInt, ...]]


Inbound = Annotated[IncomingMessage | ButtonPress | FormSubmission, Field(discriminator="kind")]
