"""The fake Telegram answers python-telegram-bot as the Bot API does when it posts, edits and deletes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from tests.platforms.telegram import FakeTelegram, Person
from tests.platforms.telegram.sdk_bot import raw, refusal, sdk_bot
from tests.platforms.telegram.world import Json


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Return a Telegram whose clock stands still until it is moved."""
    async with FakeTelegram(speed=0) as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """Return the library's bot."""
    async with sdk_bot(telegram) as made:
        yield made


@pytest.fixture
def alice(telegram: FakeTelegram) -> Person:
    """Return somebody who has pressed Start."""
    return telegram.person("alice")


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Return buttons by label and data."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


async def test_who_the_bot_is(bot: Bot, telegram: FakeTelegram) -> None:
    """GetMe describes the bot; privacy mode shows there."""
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (telegram.world.bot.id, "skillwarden_bot", False)
    telegram.world.privacy_mode = False
    assert (await bot.get_me()).can_read_all_group_messages


async def test_tokens_and_methods(telegram: FakeTelegram) -> None:
    """A wrong token is 401, a malformed one 404, an unknown method 404; names of methods have no case."""
    assert (await raw(telegram, "getMe", token="1:AAAA"))["error_code"] == 401
    assert (await raw(telegram, "getMe", token="nonsense"))["status"] == 404
    assert (await raw(telegram, "shout"))["description"] == "Not Found: method not found"
    assert (await raw(telegram, "GETME", verb="GET"))["ok"]
    old = telegram.token
    assert telegram.revoke_token() != old
    assert (await raw(telegram, "getMe", token=old))["description"] == "Unauthorized"


async def test_library_refuses_a_revoked_token(telegram: FakeTelegram, bot: Bot) -> None:
    """The library understands the 401."""
    telegram.revoke_token()
    assert isinstance(await refusal(bot.get_me()), InvalidToken)


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_bodies(telegram: FakeTelegram, alice: Person, how: str) -> None:
    """Query strings, forms, JSON and multipart are read alike; unknown arguments are not looked at."""
    sent: Json = {"chat_id": str(alice.user.id), "text": "x", "colour": "red"}
    match how:
        case "query":
            body = await raw(telegram, "sendMessage", verb="GET", params=sent)
        case "json":
            body = await raw(telegram, "sendMessage", json={**sent, "chat_id": alice.user.id})
        case _:
            body = await raw(telegram, "sendMessage", data=sent | ({"f": BytesIO(b"1")} if how == "multipart" else {}))
    assert body["result"]["text"] == "x"
    assert [call.arguments["text"] for call in telegram.calls] == ["x"]


async def test_broken_json(telegram: FakeTelegram) -> None:
    """JSON that is none is a 400."""
    answer = await raw(telegram, "sendMessage", data="{", headers={"Content-Type": "application/json"})
    assert (answer["status"], answer["ok"]) == (400, False)


async def test_card(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A message with HTML and buttons is seen as text and buttons; what is sent back says so too."""
    sent = await bot.send_message(
        alice.user.id,
        "<b>Install</b> pdf &lt;script&gt;",
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard([("Approve", "a:1"), ("Reject...", "r:1")], [("Details", "d:1")]),
    )
    assert (sent.text, [entity.type for entity in sent.entities]) == ("Install pdf <script>", ["bold"])
    (message,) = telegram.messages(alice.dm)
    assert message.rows == [["Approve", "Reject..."], ["Details"]]
    assert alice.sees() == "Install pdf <script>\n[Approve] [Reject...]\n[Details]"
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "a:1"
    assert sent.from_user is not None
    assert sent.from_user.id == telegram.world.bot.id


@pytest.mark.parametrize(
    ("arguments", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "\U0001f600" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "html"}, "can't parse entities: Can't find end tag corresponding to start tag"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": "12"}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "message_thread_id": "7"}, "message thread not found"),
        ({"text": "x", "reply_parameters": '{"message_id": 999}'}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ],
)
async def test_refused_messages(telegram: FakeTelegram, alice: Person, arguments: Json, description: str) -> None:
    """What Telegram would not send is a 400 that says why, and nothing is posted."""
    answer = await raw(telegram, "sendMessage", data={"chat_id": str(alice.user.id), **arguments})
    assert (answer["status"], answer["error_code"]) == (400, 400)
    assert answer["description"].startswith(f"Bad Request: {description}")
    assert not telegram.messages(alice.dm)


async def test_longest_text(bot: Bot, alice: Person) -> None:
    """4096 UTF-16 units are counted after the markup is gone."""
    sent = await bot.send_message(alice.user.id, "<b>" + "&amp;" * 4096 + "</b>", parse_mode=ParseMode.HTML)
    assert sent.text == "&" * 4096


async def test_what_telegram_finds_in_text(bot: Bot, alice: Person) -> None:
    """Commands, mentions and addresses become links by themselves, also in text of others; code keeps them out."""
    sent = await bot.send_message(
        alice.user.id, "/approve @mallory https://evil.example <code>/deny evil.com</code>", parse_mode=ParseMode.HTML
    )
    assert [(entity.type, sent.parse_entity(entity)) for entity in sent.entities] == [
        ("bot_command", "/approve"),
        ("mention", "@mallory"),
        ("url", "https://evil.example"),
        ("code", "/deny evil.com"),
    ]


def button(**attributes: object) -> str:
    """Return a reply_markup with one button."""
    return json.dumps({"inline_keyboard": [[attributes]]})


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (button(text="x", callback_data="ä" * 32 + "x"), "BUTTON_DATA_INVALID"),
        (button(text="x", callback_data=""), "BUTTON_DATA_INVALID"),
        (button(text=" ", callback_data="x"), "BUTTON_TEXT_INVALID"),
        (button(text="x"), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (button(text="x", callback_data="x", url="https://x.example"), "BUTTON_TYPE_INVALID"),
        (button(callback_data="x"), "can't parse inline keyboard button: Can't find field \"text\""),
        (button(text=1, callback_data="x"), 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        (button(text="x", url="javascript:x"), "inline keyboard button URL 'javascript:x' is invalid: Wrong HTTP URL"),
        (
            json.dumps({"inline_keyboard": [{"text": "x"}]}),
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}),
            "reply markup is too long",
        ),
        (
            json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}),
            "reply markup is too long",
        ),
    ],
)
async def test_refused_keyboards(telegram: FakeTelegram, alice: Person, markup: str, description: str) -> None:
    """A keyboard that Telegram would not show whole is refused."""
    sent = {"chat_id": str(alice.user.id), "text": "x", "reply_markup": markup}
    assert (await raw(telegram, "sendMessage", data=sent))["description"] == f"Bad Request: {description}"


async def test_largest_keyboard(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """64 bytes of data, 8 in a row and 100 in all are allowed."""
    rows = [[("x", "d" * 64)] * 8] * 12 + [[("x", "y")] * 4]
    await bot.send_message(alice.user.id, "x", reply_markup=keyboard(*rows))
    assert sum(map(len, telegram.messages(alice.dm)[0].rows)) == 100


async def test_other_markup(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A forced reply and a reply keyboard are kept, and such a message cannot be edited."""
    asked = await bot.send_message(alice.user.id, "Why?", reply_markup=ForceReply(input_field_placeholder="reason"))
    await bot.send_message(alice.user.id, "?", reply_markup=ReplyKeyboardMarkup([["yes", "no"]]))
    first, second = telegram.messages(alice.dm)
    assert first.markup == {"force_reply": True, "input_field_placeholder": "reason", "selective": False}
    assert second.markup is not None
    assert second.markup["keyboard"] == [[{"text": "yes"}, {"text": "no"}]]
    error = await refusal(bot.edit_message_text("x", alice.user.id, asked.message_id))
    assert error.message == "Message can't be edited"


async def test_edit(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """An edit changes what is seen and is counted; without buttons in it they are gone."""
    sent = await bot.send_message(alice.user.id, "waiting", reply_markup=keyboard([("Cancel", "c")]))
    edited = await bot.edit_message_text("done", alice.user.id, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    (message,) = telegram.messages(alice.dm)
    assert (message.edits, message.history[0].text, alice.sees()) == (1, "waiting", "done")
    await bot.edit_message_reply_markup(alice.user.id, sent.message_id, reply_markup=keyboard([("Again", "a")]))
    assert alice.sees() == "done\n[Again]"


async def test_refused_edits(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """What is the same, gone, of somebody else or nowhere cannot be edited, each in Telegram's words."""
    sent = await bot.send_message(alice.user.id, "x", reply_markup=keyboard([("Go", "g")]))
    same = bot.edit_message_text("x", alice.user.id, sent.message_id, reply_markup=keyboard([("Go", "g")]))
    assert (await refusal(same)).message == (
        "Message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message"
    )
    said = await alice.says(alice.dm, "hi")
    assert (await refusal(bot.edit_message_text("y", alice.user.id, said.id))).message == "Message can't be edited"
    missing = bot.edit_message_text("y", alice.user.id, 999)
    assert (await refusal(missing)).message == "Message to edit not found"
    await alice.deletes(telegram.messages(alice.dm)[0])
    gone = bot.edit_message_text("y", alice.user.id, sent.message_id)
    assert (await refusal(gone)).message == "Message to edit not found"
    assert (await raw(telegram, "editMessageText", data={"chat_id": alice.user.id, "text": "y"}))["description"] == (
        "Bad Request: message identifier is not specified"
    )


async def test_reply_and_delete(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A message can answer another; the bot deletes its own for 48 hours."""
    said = await alice.says(alice.dm, "hi")
    sent = await bot.send_message(alice.user.id, "hello", reply_parameters=ReplyParameters(said.id))
    assert telegram.messages(alice.dm)[1].reply_to is said
    assert sent.reply_to_message is not None
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(alice.user.id, "hello", reply_parameters=lenient)).reply_to_message is None
    assert await bot.delete_message(alice.user.id, sent.message_id)
    again = await refusal(bot.delete_message(alice.user.id, sent.message_id))
    assert again.message == "Message to delete not found"
    telegram.pace.advance(48 * 3600 + 1)
    late = await refusal(bot.delete_message(alice.user.id, telegram.messages(alice.dm)[1].id))
    assert late.message == "Message can't be deleted for everyone"


async def test_document(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A file can be sent with a caption of 1024; such a message has no text to edit."""
    sent = await bot.send_document(alice.user.id, InputFile(b"x", filename="log.txt"), caption="the log")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("log.txt", "the log")
    assert alice.sees() == "(document)\nthe log"
    error = await refusal(bot.edit_message_text("x", alice.user.id, sent.message_id))
    assert error.message == "There is no text in the message to edit"
    long = await refusal(bot.send_document(alice.user.id, InputFile(b"x", filename="x"), caption="x" * 1025))
    assert long.message == "Message caption is too long"


async def test_where_one_can_write(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """People who never pressed Start, blocked the bot or are gone get nothing, and the library can tell."""
    newcomer = telegram.person("bob", started=False)
    assert (await refusal(bot.send_message(newcomer.user.id, "x"))).message == "Chat not found"
    group = telegram.group("ops", alice, newcomer)
    await newcomer.says(group, "/help")
    error = await refusal(bot.send_message(newcomer.user.id, "x"))
    assert (type(error), error.message) == (Forbidden, "Forbidden: bot can't initiate conversation with a user")
    await newcomer.starts()
    await bot.send_message(newcomer.user.id, "x")
    await newcomer.blocks()
    error = await refusal(bot.send_message(newcomer.user.id, "x"))
    assert error.message == "Forbidden: bot was blocked by the user"
    await newcomer.unblocks()
    newcomer.user.deleted = True
    assert (await refusal(bot.send_message(newcomer.user.id, "x"))).message == "Forbidden: user is deactivated"


async def test_where_a_group_lets_one_write(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A bot without the right to write, thrown out, or in a deleted group is refused, each in Telegram's words."""
    group = telegram.supergroup("ops", alice)
    await alice.restricts_bot(group, can_send_messages=False)
    error = await refusal(bot.send_message(group.id, "x"))
    assert (type(error), error.message) == (BadRequest, "Not enough rights to send text messages to the chat")
    await alice.removes_bot(group)
    error = await refusal(bot.send_message(group.id, "x"))
    assert error.message == "Forbidden: bot was kicked from the supergroup chat"
    other = telegram.group("old", alice)
    await bot.leave_chat(other.id)
    error = await refusal(bot.send_message(other.id, "x"))
    assert error.message == "Forbidden: bot is not a member of the group chat"
    third = telegram.group("gone", alice)
    await alice.deletes_chat(third)
    assert (await refusal(bot.send_message(third.id, "x"))).message == "Forbidden: the group chat was deleted"
    stranger = telegram.group("secret", alice, with_bot=False)
    assert (await refusal(bot.send_message(stranger.id, "x"))).message == "Chat not found"


async def test_channel(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A bot posts in a channel it runs, under the channel's name, and can edit that; others it may not post in."""
    channel = telegram.channel("news", alice, username="acme_news")
    sent = await bot.send_message("@acme_news", "x")
    assert (sent.from_user, sent.sender_chat and sent.sender_chat.id) == (None, channel.id)
    assert await bot.edit_message_text("y", channel.id, sent.message_id)
    await alice.demotes_bot(channel)
    error = await refusal(bot.send_message(channel.id, "x"))
    assert error.message == "Need administrator rights in the channel chat"


async def test_migrated_group(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A group that became a supergroup answers with its new id, for edits too."""
    group = telegram.group("ops", alice)
    sent = await bot.send_message(group.id, "x")
    new = await alice.upgrades(group)
    error = await refusal(bot.send_message(group.id, "x"))
    assert isinstance(error, ChatMigrated)
    assert error.new_chat_id == new.id
    assert isinstance(await refusal(bot.edit_message_text("y", group.id, sent.message_id)), ChatMigrated)
    await bot.send_message(new.id, "x")


async def test_topics(bot: Bot, telegram: FakeTelegram, alice: Person) -> None:
    """A message goes to its topic, unless that is closed, deleted or the General one named by its id."""
    forum = telegram.forum("ops", alice)
    topic = await alice.opens_topic(forum, "pdf")
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic.id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.id, True)
    assert [message.text for message in telegram.messages(forum, topic)] == ["x"]
    assert (await bot.send_message(forum.id, "x")).message_thread_id is None
    await alice.closes_topic(topic)
    error = await refusal(bot.send_message(forum.id, "x", message_thread_id=topic.id))
    assert error.message == "Topic_closed"
    await alice.reopens_topic(topic)
    await bot.send_message(forum.id, "x", message_thread_id=topic.id)
    await alice.deletes_topic(topic)
    for number in (topic.id, 1000):
        error = await refusal(bot.send_message(forum.id, "x", message_thread_id=number))
        assert error.message == "Message thread not found"
    supergroup = telegram.supergroup("plain", alice)
    assert (await refusal(bot.send_message(supergroup.id, "x", message_thread_id=1))).message == (
        "Message thread not found"
    )
