"""People use the fake Telegram as they use Telegram, and the bot is told as much as it would be."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from tests.platforms.telegram import CannotError, FakeTelegram, Person
from tests.platforms.telegram.sdk_bot import refusal, sdk_bot
from tests.platforms.telegram.world import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID

APPROVE = InlineKeyboardMarkup([[InlineKeyboardButton("Approve", callback_data="a:1")]])


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


@pytest.fixture
def bob(telegram: FakeTelegram) -> Person:
    """Return somebody else."""
    return telegram.person("bob")


async def heard(bot: Bot) -> list[Update]:
    """Return what the bot has not heard yet."""
    found = await bot.get_updates(timeout=0, allowed_updates=Update.ALL_TYPES)
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1)
    return list(found)


async def messages(bot: Bot) -> list[Message]:
    """Return the messages among what the bot has not heard yet."""
    return [update.message for update in await heard(bot) if update.message]


async def queries(bot: Bot) -> list[CallbackQuery]:
    """Return the presses among what the bot has not heard yet."""
    return [update.callback_query for update in await heard(bot) if update.callback_query]


async def test_start(telegram: FakeTelegram, bot: Bot) -> None:
    """Somebody new can only press Start; a deep link brings its payload."""
    newcomer = telegram.person("carol", started=False)
    with pytest.raises(CannotError):
        await newcomer.says(newcomer.dm, "hi")
    await newcomer.starts("k7f3_a-b")
    (message,) = await messages(bot)
    assert (message.text, message.chat.type, message.chat.id) == ("/start k7f3_a-b", "private", newcomer.user.id)
    assert [message.parse_entity(entity) for entity in message.entities] == ["/start"]
    with pytest.raises(CannotError):
        await newcomer.starts("x" * 65)


async def test_blocking(bot: Bot, alice: Person) -> None:
    """Blocking and unblocking are told as my_chat_member; a blocked bot is not written to."""
    await alice.blocks()
    with pytest.raises(CannotError):
        await alice.says(alice.dm, "hi")
    await alice.starts()
    blocked, unblocked, started = await heard(bot)
    changes = [blocked.my_chat_member, unblocked.my_chat_member]
    assert [(one.old_chat_member.status, one.new_chat_member.status) for one in changes if one] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert started.message is not None


async def test_privacy_mode(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """In a group the bot hears commands for it, mentions, replies to it and service messages; nothing else."""
    group = telegram.supergroup("ops", alice, bob)
    sent = await bot.send_message(group.id, "hello")
    answer = telegram.messages(group)[0]
    await alice.says(group, "nobody listens")
    await alice.says(group, "/install pdf")
    await alice.says(group, "/install@skillwarden_bot pdf")
    await alice.says(group, "/install@other_bot pdf")
    await alice.says(group, "hey @Skillwarden_Bot install pdf")
    await alice.says(group, "hey @bob")
    await alice.says(group, "yes", reply_to=answer)
    await telegram.person("carol").joins(group)
    found = await messages(bot)
    assert [one.text for one in found] == [
        "/install pdf",
        "/install@skillwarden_bot pdf",
        "hey @Skillwarden_Bot install pdf",
        "yes",
        None,
    ]
    assert found[3].reply_to_message is not None
    assert found[3].reply_to_message.message_id == sent.message_id
    assert [user.username for user in found[4].new_chat_members] == ["carol"]
    await alice.promotes_bot(group)
    await alice.says(group, "administrators hear everything")
    assert [one.text for one in await messages(bot)] == ["administrators hear everything"]
    await alice.demotes_bot(group)
    telegram.world.privacy_mode = False
    await alice.says(group, "without privacy mode too")
    assert [one.text for one in await messages(bot)] == ["without privacy mode too"]


async def test_bot_comes_and_goes(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """The bot is told when it is added and thrown out, and hears nothing afterwards."""
    group = telegram.group("ops", alice, bob, with_bot=False)
    await bob.says(group, "/help")
    await bob.adds_bot(group)
    await bob.says(group, "/help")
    with pytest.raises(CannotError):
        await bob.removes_bot(group)
    await alice.removes_bot(group)
    await bob.says(group, "/help")
    added, service, command, removed = await heard(bot)
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert [user.id for user in service.message.new_chat_members] == [telegram.world.bot.id]
    assert command.message is not None
    assert removed.my_chat_member is not None
    assert removed.my_chat_member.new_chat_member.status == "kicked"


async def test_press(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A press brings the data and the message; the answer is shown once, within its time."""
    sent = await bot.send_message(alice.user.id, "Approve?", reply_markup=APPROVE)
    (message,) = telegram.messages(alice.dm)
    press = await alice.press(message, "Approve")
    (query,) = await queries(bot)
    assert (query.data, query.from_user.id) == ("a:1", alice.user.id)
    assert isinstance(query.message, Message)
    assert (query.message.message_id, query.message.text) == (sent.message_id, "Approve?")
    assert not press.answered
    await query.answer("Done.", show_alert=True)
    assert (press.answered, press.text, press.show_alert) == (True, "Done.", True)
    too_old = "Query is too old and response timeout expired or query id is invalid"
    assert (await refusal(query.answer())).message == too_old
    await alice.press(message, "Approve")
    (late,) = await queries(bot)
    telegram.pace.advance(16)
    assert (await refusal(late.answer())).message == too_old
    with pytest.raises(CannotError):
        await alice.press(message, "Reject")


async def test_longest_answer(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """An answer has 200 characters; its address can only start the bot."""
    await bot.send_message(alice.user.id, "Approve?", reply_markup=APPROVE)
    press = await alice.press(telegram.messages(alice.dm)[0], "Approve")
    assert (await refusal(bot.answer_callback_query(press.id, "x" * 201))).message == "Message_too_long"
    elsewhere = bot.answer_callback_query(press.id, url="https://t.me/other_bot?start=x")
    assert (await refusal(elsewhere)).message == "Url_invalid"
    await bot.answer_callback_query(press.id, "x" * 200, url="https://t.me/skillwarden_bot?start=x")
    assert press.url == "https://t.me/skillwarden_bot?start=x"


async def test_stale_press(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """Somebody can press what an edit has taken away, or what is gone by the time the bot hears of it."""
    sent = await bot.send_message(alice.user.id, "Approve?", reply_markup=APPROVE)
    await bot.edit_message_text("Done", alice.user.id, sent.message_id)
    (message,) = telegram.messages(alice.dm)
    with pytest.raises(CannotError):
        await alice.press(message, "Approve")
    await alice.press(message, "Approve", stale=True)
    (query,) = await queries(bot)
    assert isinstance(query.message, Message)
    assert query.message.text == "Done"
    await alice.deletes(message)
    await alice.press(message, "Approve", stale=True, data="forged")
    (query,) = await queries(bot)
    assert query.message is not None
    assert not query.message.is_accessible
    assert (query.message.message_id, query.data) == (sent.message_id, "forged")


async def test_edits(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """An edit arrives as edited_message, in a group only when privacy mode lets it."""
    group = telegram.group("ops", alice, bob)
    said = await alice.says(alice.dm, "install pdf")
    hidden = await alice.says(group, "instal pdf")
    await alice.edits(said, "install docx")
    await alice.edits(hidden, "install pdf")
    await alice.edits(hidden, "/install pdf")
    first, second, third = await heard(bot)
    assert first.message is not None
    assert second.edited_message is not None
    assert (second.edited_message.text, second.edited_message.message_id) == ("install docx", first.message.message_id)
    assert second.edited_message.edit_date is not None
    assert third.edited_message is not None
    assert third.edited_message.text == "/install pdf"
    with pytest.raises(CannotError):
        await bob.edits(hidden, "mine")


async def test_anonymous_administrator(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """An anonymous administrator speaks as the group, a channel's owner as the channel; presses are signed."""
    group = telegram.supergroup("ops", alice, bob)
    channel = telegram.channel("news", alice)
    await alice.says(group, "/approve 7F3K", anonymously=True)
    await alice.says(group, "/approve 7F3K", as_channel=channel)
    as_group, as_channel = await messages(bot)
    assert as_group.from_user is not None
    assert as_group.from_user.id == ANONYMOUS_ADMIN_ID
    assert as_group.sender_chat is not None
    assert as_group.sender_chat.id == group.id
    assert as_channel.from_user is not None
    assert as_channel.from_user.id == CHANNEL_BOT_ID
    assert as_channel.sender_chat is not None
    assert as_channel.sender_chat.id == channel.id
    with pytest.raises(CannotError):
        await bob.says(group, "/approve 7F3K", anonymously=True)


async def test_channel_posts(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """A post has no sender but the channel; an edit of it says so."""
    channel = telegram.channel("news", alice, bob)
    post = await alice.posts(channel, "install pdf")
    await alice.edits(post, "install docx")
    first, second = await heard(bot)
    assert first.channel_post is not None
    assert (first.channel_post.from_user, first.channel_post.chat.type) == (None, "channel")
    assert second.edited_channel_post is not None
    with pytest.raises(CannotError):
        await bob.posts(channel, "x")


async def test_topics(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """Messages in a topic name it and seem to answer its opening; those in General name none."""
    forum = telegram.forum("ops", alice, bob)
    topic = await bob.opens_topic(forum, "pdf")
    await alice.says(forum, "/install pdf", topic=topic)
    await alice.says(forum, "/install pdf")
    opened, inside, general = await messages(bot)
    assert opened.forum_topic_created is not None
    assert (inside.message_thread_id, inside.is_topic_message) == (topic.id, True)
    assert inside.reply_to_message is not None
    assert inside.reply_to_message.forum_topic_created is not None
    assert general.message_thread_id is None
    await alice.closes_topic(topic)
    with pytest.raises(CannotError):
        await bob.says(forum, "/help", topic=topic)
    await alice.says(forum, "/help", topic=topic)
    closed, said = await messages(bot)
    assert closed.forum_topic_closed is not None
    assert said.text == "/help"


async def test_migration(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """A group that becomes a supergroup tells its new id on one side and its old id on the other."""
    group = telegram.group("ops", alice, bob)
    new = await alice.upgrades(group)
    old_side, new_side = await messages(bot)
    assert (old_side.chat.id, old_side.migrate_to_chat_id) == (group.id, new.id)
    assert (new_side.chat.id, new_side.migrate_from_chat_id) == (new.id, group.id)
    with pytest.raises(CannotError):
        await bob.says(group, "/help")
    await bob.says(new, "/help")
    assert [one.chat.type for one in await messages(bot)] == ["supergroup"]


async def test_attachments_and_forwards(telegram: FakeTelegram, bot: Bot, alice: Person) -> None:
    """A photo has a caption and no text; a forwarded message says where it is from."""
    photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    await alice.says(alice.dm, "look", attachment={"photo": [photo]})
    origin = {"type": "hidden_user", "sender_user_name": "Mallory", "date": 1}
    await alice.says(alice.dm, "/approve 7F3K", more={"forward_origin": origin})
    picture, forwarded = await messages(bot)
    assert (picture.text, picture.caption) == (None, "look")
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "hidden_user"


async def test_members(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """The bot can ask who somebody is in a chat, and is told of changes where it is an administrator."""
    group = telegram.supergroup("ops", alice, bob)
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert (await bot.get_chat_member(group.id, alice.user.id)).status == "creator"
    assert (await bot.get_chat_member(group.id, bob.user.id)).status == "member"
    stranger = telegram.person("carol")
    assert (await bot.get_chat_member(group.id, stranger.user.id)).status == "left"
    assert (await refusal(bot.get_chat_member(group.id, 12))).message == "Participant_id_invalid"
    await alice.promotes_bot(group)
    await alice.makes(bob, group, "administrator")
    await alice.makes(stranger, group, "restricted", can_send_messages=False)
    await bob.leaves(group)
    mine, promoted, restricted, left, service = await heard(bot)
    assert mine.my_chat_member is not None
    changes = [one.chat_member for one in (promoted, restricted, left)]
    assert [one.new_chat_member.status for one in changes if one] == ["administrator", "restricted", "left"]
    assert service.message is not None
    assert service.message.left_chat_member is not None
    administrators = await bot.get_chat_administrators(group.id)
    assert {one.user.id for one in administrators} == {alice.user.id, telegram.world.bot.id}
    assert await bot.get_chat_member_count(group.id) == 3
    chat = await bot.get_chat(group.id)
    assert (chat.type, chat.title) == ("supergroup", "ops")
    error = await refusal(bot.get_chat_administrators(alice.user.id))
    assert error.message == "There are no administrators in the private chat"


async def test_what_one_sees(telegram: FakeTelegram, bot: Bot, alice: Person, bob: Person) -> None:
    """Everybody in a chat sees the same; what is deleted, or of a chat one left, is not seen."""
    group = telegram.group("ops", alice, bob)
    said = await alice.says(group, "hello")
    await bot.send_message(group.id, "hi")
    assert alice.sees(group) == bob.sees(group) == "hello\nhi"
    await alice.deletes(said)
    assert bob.sees(group) == "hi"
    await bob.leaves(group)
    assert bob.sees(group) == ""
    assert "(deleted)" in telegram.transcript()
