"""The port Channel: what every channel does, whatever its platform."""

from __future__ import annotations

import pkgutil

import pytest

import bot.channels
from core.domain.cards import Card
from core.domain.messages import FormSubmission, MessageRef
from core.errors import MessageGone
from tests import console_cards as cards
from tests.contracts.channels import CHANNELS, ChannelRig

EVERY_CARD = {**cards.CARDS, "oversized": cards.OVERSIZED}


@pytest.fixture(params=sorted(CHANNELS))
def rig(request: pytest.FixtureRequest) -> ChannelRig:
    """Return a fresh rig of each channel."""
    return CHANNELS[request.param]()


async def _post(rig: ChannelRig, card: Card, name: str = "alice") -> MessageRef:
    conversation = await rig.channel.private_conversation(rig.identity(name))
    return await rig.channel.post(conversation, card)


def test_no_channel_avoids_this_suite() -> None:
    """Every package below bot.channels is registered, and under its name."""
    packages = {module.name for module in pkgutil.iter_modules(bot.channels.__path__) if module.ispkg}
    assert packages == set(CHANNELS)
    assert all(factory().channel.name == name for name, factory in CHANNELS.items())


async def test_a_private_conversation_is_private(rig: ChannelRig) -> None:
    """It is this channel's, marked as private, the same every time, and nobody else's."""
    alices = await rig.channel.private_conversation(rig.identity("alice"))
    assert alices.private
    assert alices.channel == rig.channel.name
    assert alices == await rig.channel.private_conversation(rig.identity("alice"))
    assert alices != await rig.channel.private_conversation(rig.identity("bob"))


async def test_a_post_says_where_it_is(rig: ChannelRig) -> None:
    """The reference names the conversation of the post and a message of its own."""
    first, second = await _post(rig, cards.APPROVAL), await _post(rig, cards.APPROVAL)
    assert first.conversation == await rig.channel.private_conversation(rig.identity("alice"))
    assert first.message_id
    assert first.message_id != second.message_id


async def test_a_post_is_seen_with_its_code(rig: ChannelRig) -> None:
    """Title, facts and code are there, so that text works where buttons do not."""
    await _post(rig, cards.APPROVAL)
    assert all(text in rig.shown() for text in ("Alice asks", "4be91c2f0a", "not scanned", cards.CODE))


@pytest.mark.parametrize("card", EVERY_CARD.values(), ids=EVERY_CARD)
async def test_no_card_is_refused(rig: ChannelRig, card: Card) -> None:
    """Whatever the card holds, it is posted, and a message can be made to show it: shortened, if need be."""
    assert (await _post(rig, card)).message_id
    message = await _post(rig, cards.PLANNING)
    before = rig.shown()
    await rig.channel.edit(message, card)
    assert (rig.shown() != before) == (card != cards.PLANNING)


@pytest.mark.parametrize("card", EVERY_CARD.values(), ids=EVERY_CARD)
async def test_every_button_with_a_token_can_be_pressed(rig: ChannelRig, card: Card) -> None:
    """Each token arrives as it was, in the order of the buttons; a button without a token cannot be pressed."""
    card = card.evolve(buttons=(*card.buttons, cards.CANCEL.evolve(token=None)))
    message = await _post(rig, card)
    assert await rig.press_all(message) == [button.token for button in card.buttons if button.token]


@pytest.mark.parametrize("answers", [((0, 2), "v2.0"), ((1,), ""), ((0, 1, 2), 'a & b <c> "d" \u05d0')])
async def test_a_form_comes_back_as_it_was_filled_in(rig: ChannelRig, answers: tuple[tuple[int, ...], str]) -> None:
    """Ticked options arrive as their positions, texts as they were typed, an emptied field as an empty one."""
    message = await _post(rig, cards.CHANGEABLE)
    form = await rig.fill_in(message, 2, answers)
    assert isinstance(form, FormSubmission)
    assert (form.token, form.fields) == ("t-change", dict(zip(("targets", "ref"), answers, strict=True)))


@pytest.mark.parametrize("count", [1, 10, 11, 41, 100])
async def test_a_form_of_any_size_can_be_filled_in(rig: ChannelRig, count: int) -> None:
    """However many options there are and whatever they are called: all of them can be ticked, and none."""
    button = cards.CHANGE.evolve(form=cards.hostile_form(count, optional=True))
    message = await _post(rig, cards.CHANGEABLE.evolve(buttons=(button, cards.REJECT)))
    for ticked in (tuple(range(count)), ()):
        form = await rig.fill_in(message, 1, (ticked, "v2.0"))
        assert isinstance(form, FormSubmission)
        assert form.fields == {"targets": ticked, "ref": "v2.0"}


async def test_an_edit_to_the_same_content_is_harmless(rig: ChannelRig) -> None:
    """It raises nothing and shows nothing new."""
    message = await _post(rig, cards.WAITING)
    before = rig.shown()
    await rig.channel.edit(message, cards.WAITING)
    assert rig.shown() == before


async def test_an_edit_is_seen(rig: ChannelRig) -> None:
    """After it, people can read what is new."""
    message = await _post(rig, cards.WAITING)
    await rig.channel.edit(message, cards.DONE)
    assert "verified byte for byte" in rig.shown()


async def test_a_message_nobody_knows_is_gone_or_shown_anew(rig: ChannelRig) -> None:
    """Editing what an earlier process posted either works or says that the message is gone: the core posts it anew."""
    conversation = await rig.channel.private_conversation(rig.identity("alice"))
    try:
        await rig.channel.edit(MessageRef(conversation=conversation, message_id="from-before"), cards.DONE)
    except MessageGone:
        return
    assert "verified byte for byte" in rig.shown()


async def test_what_is_only_for_one_person_is_posted_too(rig: ChannelRig) -> None:
    """Where a platform cannot hide a message from others it is an ordinary post in the conversation."""
    conversation = await rig.channel.private_conversation(rig.identity("alice"))
    message = await rig.channel.post(conversation, cards.REFUSAL, only_for="alice")
    assert message.conversation == conversation
    assert cards.REFUSAL.title in rig.shown()


async def test_what_was_asked_elsewhere_says_so(rig: ChannelRig) -> None:
    """A card that answers what was asked where the bot cannot write names that place, after an edit too."""
    room = await rig.channel.private_conversation(rig.identity("alice"))
    elsewhere = room.evolve(conversation_id="C0ELSEWHERE", private=False)
    await rig.channel.post(room, cards.PLANNING, asked_in=elsewhere)
    message = await rig.channel.post(room, cards.WAITING)
    assert rig.shown().count("C0ELSEWHERE") == 1
    await rig.channel.edit(message, cards.DONE, asked_in=elsewhere)
    assert rig.shown().count("C0ELSEWHERE") == 2


async def test_user_text_does_not_become_markup(rig: ChannelRig) -> None:
    """No control character of a hostile card reaches the platform."""
    await _post(rig, cards.HOSTILE)
    assert not any(character in rig.shown() for character in "\x00\x1b\x07\u202e\u200b")
