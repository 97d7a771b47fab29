"""What a typed line means: a sentence for the bot, or a command of the console itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain.messages import Actor, ButtonPress, ConversationRef, FormSubmission, IncomingMessage

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_BYTE_ORDER_MARK = "\ufeff"


def conversation_of(person: str) -> ConversationRef:
    """Return the private conversation of ``person``, the only kind a console has."""
    return ConversationRef(channel="console", conversation_id=person, private=True)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The envelope of one typed line: its key, when it came, who typed it, and the language of their terminal."""

    dedupe_key: str
    received_at: datetime
    speaker: str
    language: str = ""

    def message(self, text: str) -> IncomingMessage:
        """Return the line as a sentence for the bot."""
        return IncomingMessage(
            dedupe_key=self.dedupe_key,
            received_at=self.received_at,
            sender=self._sender,
            conversation=conversation_of(self.speaker),
            text=text,
        )

    def press(self, token: str, message_id: str) -> ButtonPress:
        """Return the line as a press of a button on a card."""
        return ButtonPress(
            dedupe_key=self.dedupe_key,
            received_at=self.received_at,
            sender=self._sender,
            conversation=conversation_of(self.speaker),
            token=token,
            message_id=message_id,
        )

    def form(self, token: str, fields: Mapping[str, str | tuple[int, ...]]) -> FormSubmission:
        """Return the line as the last one of a form that a button opened."""
        return FormSubmission(
            dedupe_key=self.dedupe_key,
            received_at=self.received_at,
            sender=self._sender,
            conversation=conversation_of(self.speaker),
            token=token,
            fields=dict(fields),
        )

    @property
    def _sender(self) -> Actor:
        return Actor(channel="console", external_id=self.speaker, language=self.language)


@dataclass(frozen=True, slots=True)
class SwitchSpeaker:
    """``/as NAME``: from now on NAME is talking."""

    name: str


@dataclass(frozen=True, slots=True)
class PressNumber:
    """``/press N``: the button with this number, counted from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Quit:
    """``/quit``: the end."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class NoSuchCommand:
    """A line that begins like a console command and is none; ``text`` is the line."""

    text: str


ConsoleLine = IncomingMessage | SwitchSpeaker | PressNumber | Quit | Blank | NoSuchCommand


def parse_line(line: str, delivery: Delivery) -> ConsoleLine:
    """Read ``line``; a sentence for the bot gets the envelope of ``delivery``."""
    text = line.removeprefix(_BYTE_ORDER_MARK).strip()
    if not text:
        return Blank()
    if not text.startswith("/"):
        return delivery.message(text)
    match text.split():
        case ["/as", name]:
            return SwitchSpeaker(name)
        case ["/press", number] if _NUMBER.fullmatch(number):
            return PressNumber(int(number))
        case ["/quit"]:
            return Quit()
        case _:
            return NoSuchCommand(text)
