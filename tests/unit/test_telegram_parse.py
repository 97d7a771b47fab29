"""What Telegram sends, read: who is addressed, what is said, and what is nothing to the bot."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.parse import (
    Anonymous,
    Click,
    Moved,
    Reach,
    Started,
    TelegramParser,
)
from core.domain.messages import IncomingMessage
from tests.clock import START
from tests.platforms.telegram.entities import with_automatic

BOT = {"id": 99, "is_bot": True, "first_name": "Skillwarden", "username": "skillwarden_bot"}
ALICE = {"id": 5, "is_bot": False, "first_name": "Alice", "last_name": "Kim", "language_code": "ko"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Alice"}
GROUP = {"id": -100123, "type": "supergroup", "title": "ops"}
PARSER = TelegramParser(bot_id=99, username="skillwarden_bot")


def _message(text: str, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    said = {"message_id": 7, "date": 1, "chat": chat, "from": ALICE, "text": text, "entities": with_automatic(text, [])}
    return {"update_id": 1, "message": {**said, **more}}


def _read(update: dict[str, Any], parser: TelegramParser = PARSER) -> Any:
    return parser.read(update, START)


def test_a_private_sentence_is_read_whole() -> None:
    """Sender, place and words arrive; the key is the message's own."""
    said = _read(_message("install pdf on claude"))
    assert isinstance(said, IncomingMessage)
    assert (said.text, said.sender.external_id, said.sender.display_name) == ("install pdf on claude", "5", "Alice Kim")
    assert said.conversation.private
    assert said.dedupe_key == "telegram:99:5:7"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/install@skillwarden_bot pdf on claude", "install pdf on claude"),
        ("/skills", "list skills"),
        ("@skillwarden_bot status", "status"),
        ("please @Skillwarden_Bot install pdf", "please install pdf"),
        ("@skillwarden_bot", "help"),
        ("/help@SKILLWARDEN_BOT", "help"),
    ],
)
def test_what_is_said_to_the_bot_in_a_group(said: str, meant: str) -> None:
    """Commands and mentions are heard, without the slash and the name."""
    read = _read(_message(said, GROUP))
    assert isinstance(read, IncomingMessage)
    assert read.text == meant


@pytest.mark.parametrize(
    "update",
    [
        _message("lunch?", GROUP),
        _message("/install@other_bot pdf", GROUP),
        _message("/weather", GROUP),
        _message("@alice look", GROUP),
        _message("x", PRIVATE, **{"from": {**BOT, "id": 4}}),
        _message("x", PRIVATE, via_bot=BOT),
        {"update_id": 1, "edited_message": _message("install pdf")["message"]},
        {"update_id": 1, "message": {"message_id": 1, "chat": GROUP, "from": ALICE, "new_chat_members": [BOT]}},
        {"update_id": 1, "poll": {}},
    ],
)
def test_what_is_nothing_to_the_bot(update: dict[str, Any]) -> None:
    """What others say to each other, other bots, edits and service messages are dropped."""
    assert _read(update) is None


def test_a_reply_to_the_bot_is_said_to_it_but_a_topics_first_message_is_not() -> None:
    """In a topic every message replies to what opened it, and that may have been the bot."""
    ours = {"message_id": 3, "chat": GROUP, "from": BOT, "text": "a card"}
    assert _read(_message("approve 7F3K", GROUP, reply_to_message=ours)).text == "approve 7F3K"
    opened = {**ours, "forum_topic_created": {"name": "t"}}
    assert _read(_message("lunch?", GROUP, reply_to_message=opened)) is None


def test_a_topic_is_kept() -> None:
    """What is said in a topic is answered there; a reply chain in an ordinary group is none."""
    read = _read(_message("/help", GROUP, message_thread_id=12, is_topic_message=True))
    assert read.conversation.thread_id == "12"
    assert _read(_message("/help", GROUP, message_thread_id=12)).conversation.thread_id is None


def test_only_allowed_groups_are_heard_and_private_chats_always() -> None:
    """An allowlist keeps other groups out."""
    parser = TelegramParser(bot_id=99, username="skillwarden_bot", allowed_chats=frozenset({"-1"}))
    assert _read(_message("/help", GROUP), parser) is None
    assert _read(_message("help"), parser) is not None


def test_start_in_private_is_home_and_brings_a_code() -> None:
    """Start alone is the home; a link with a code says the code."""
    assert isinstance(_read(_message("/start")), Started)
    assert isinstance(_read(_message("/start hello")), Started)
    assert _read(_message("/start link-7F3KQ2MD")).text == "link code 7F3KQ2MD"
    assert _read(_message("/start@skillwarden_bot", GROUP)).text == "start"


def test_who_writes_as_the_group_is_nobody() -> None:
    """An anonymous admin, or a linked channel, is answered with a sentence when the bot is addressed."""
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    update = _message("/help", GROUP, sender_chat=GROUP, **{"from": anonymous})
    assert isinstance(_read(update), Anonymous)
    assert _read(_message("lunch?", GROUP, sender_chat=GROUP, **{"from": anonymous})) is None


def test_a_group_that_moves_says_where() -> None:
    """Either half of a migration is enough."""
    old = {"id": -5, "type": "group", "title": "ops"}
    for update in (
        {"update_id": 1, "message": {"message_id": 1, "chat": old, "migrate_to_chat_id": -100123}},
        {"update_id": 1, "message": {"message_id": 1, "chat": GROUP, "migrate_from_chat_id": -5}},
    ):
        assert _read(update) == Moved(old="-5", new="-100123")


def test_who_blocks_the_bot_closes_the_chat() -> None:
    """Blocking and starting again are told; what happens in groups is another matter."""
    change = {"chat": PRIVATE, "from": ALICE, "new_chat_member": {"status": "kicked", "user": BOT}}
    closed = _read({"update_id": 1, "my_chat_member": change})
    assert isinstance(closed, Reach)
    assert not closed.is_open
    assert _read({"update_id": 1, "my_chat_member": {**change, "new_chat_member": {"status": "member"}}}).is_open
    assert _read({"update_id": 1, "my_chat_member": {**change, "chat": GROUP}}) is None


def test_a_press_brings_its_token_and_its_copy() -> None:
    """The data of a button is a kind and a token; made-up data is a press of nothing."""
    shown = {"message_id": 8, "chat": GROUP, "date": 1, "text": "Alice asks\nmore"}
    query = {"id": "q1", "from": ALICE, "message": shown, "data": "p:t0"}
    click = _read({"update_id": 1, "callback_query": query})
    assert isinstance(click, Click)
    assert click.press is not None
    assert (click.press.token, click.press.message_id, click.press.dedupe_key) == ("t0", "8", "telegram:press:99:q1")
    assert _read({"update_id": 1, "callback_query": {**query, "data": "f:t0"}}).asks == "t0"
    assert _read({"update_id": 1, "callback_query": {**query, "data": "t:3"}}).tick == 3
    assert _read({"update_id": 1, "callback_query": {**query, "data": "??"}}).press is None


@pytest.mark.parametrize("poison", [{"message": 1}, {"message": {"chat": "x"}}, {"callback_query": {"id": 1}}])
def test_an_update_of_another_shape_is_never_read_as_something(poison: Any) -> None:
    """It is an error, which the listener puts on the record, or it is nothing."""
    try:
        read = _read(poison)
    except (LookupError, TypeError, ValueError, AttributeError):
        read = None
    assert read is None


def test_files_are_named() -> None:
    """A photograph or a document comes along by name and size; its caption is what is said."""
    update = _message("", document={"file_id": "f", "file_name": "SKILL.md", "file_size": 12}, caption="this one")
    del update["message"]["text"]
    read = _read(update)
    assert read.text == "this one"
    assert (read.attachments[0].name, read.attachments[0].size) == ("SKILL.md", 12)
