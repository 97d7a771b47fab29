"""A line typed at the console is a sentence for the bot or a command of the console."""

from __future__ import annotations

import pytest

from bot.channels.console.parse import (
    Blank,
    ConsoleLine,
    Delivery,
    NoSuchCommand,
    PressNumber,
    Quit,
    SwitchSpeaker,
    conversation_of,
    parse_line,
)
from core.domain.messages import Actor, IncomingMessage
from tests.clock import START

DELIVERY = Delivery(dedupe_key="console:s:7", received_at=START, speaker="alice")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/as bob", SwitchSpeaker("bob")),
        ("  /as   bob  ", SwitchSpeaker("bob")),
        ("/press 1", PressNumber(1)),
        ("/press 12", PressNumber(12)),
        ("/quit", Quit()),
        ("", Blank()),
        (" \t ", Blank()),
        ("/as", NoSuchCommand("/as")),
        ("/as bob carol", NoSuchCommand("/as bob carol")),
        ("/press", NoSuchCommand("/press")),
        ("/press 0", NoSuchCommand("/press 0")),
        ("/press -1", NoSuchCommand("/press -1")),
        ("/press ٣", NoSuchCommand("/press ٣")),
        ("/press " + "9" * 5000, NoSuchCommand("/press " + "9" * 5000)),
        ("/PRESS 1", NoSuchCommand("/PRESS 1")),
        ("/help", NoSuchCommand("/help")),
    ],
)
def test_console_commands_are_told_apart(line: str, expected: ConsoleLine) -> None:
    """Only /as NAME, /press N (from 1) and /quit are commands; a line that merely looks like one is named as such."""
    assert parse_line(line, DELIVERY) == expected


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("install pdf on claude", "install pdf on claude"),
        ("  클로드에 pdf 설치해 줘 \r", "클로드에 pdf 설치해 줘"),
        ("\ufeffinstall pdf", "install pdf"),
        ("what does /press do?", "what does /press do?"),
    ],
)
def test_everything_else_is_said_to_the_bot(line: str, text: str) -> None:
    """A sentence keeps its words and loses the white space around it and a byte order mark."""
    message = parse_line(line, DELIVERY)
    assert isinstance(message, IncomingMessage)
    assert message.text == text


def test_everything_sent_says_who_when_and_where() -> None:
    """Message, press and form of one line have the speaker's private conversation and the line's key."""
    for inbound in (DELIVERY.message("hello"), DELIVERY.press("t1", "m1"), DELIVERY.form("t1", {"text": "because"})):
        assert inbound.dedupe_key == "console:s:7"
        assert inbound.received_at == START
        assert inbound.sender == Actor(channel="console", external_id="alice")
        assert inbound.conversation == conversation_of("alice")
        assert inbound.conversation.private
