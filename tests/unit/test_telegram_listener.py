"""Forms on their way through the listener: what is asked is stored before the press is confirmed, and asked once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.channels.pace import Paces
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.conduct import FormConductor, Next
from bot.channels.telegram.listener import TelegramListener
from bot.channels.telegram.parse import Payload, TelegramParser
from bot.locale.translator import Catalogues
from core.domain.actions import Reject
from core.domain.cards import Button, Card, PressAction
from core.domain.forms import ChoicesField, Form, Option, TextField
from core.domain.messages import (
    Actor,
    ButtonPress,
    ConversationRef,
    FormSubmission,
    Inbound,
    IncomingMessage,
    MessageRef,
)
from core.errors import StorageError
from tests.clock import FakeClock
from tests.platforms.telegram import Person, Press
from tests.platforms.telegram.world import Message
from tests.telegram_stub import TelegramStub

CATALOGUES = Catalogues()
TOKEN = "t" * 22
WHY = Form.question("Why?")
CHANGES = Form(
    fields=(
        ChoicesField(
            name="keep",
            label="Places to keep",
            options=(Option(value="a", label="Claude"), Option(value="b", label="Gemini")),
            initial=("a", "b"),
        ),
        TextField(name="ref", label="Another ref?", optional=True),
    )
)


class Store:
    """A sink that keeps what it is told; while ``broken``, storing fails."""

    def __init__(self) -> None:
        self.received: dict[str, Inbound] = {}
        self.asked: dict[str, Next] = {}
        self.forms: dict[str, Form] = {}
        self.broken = False

    async def receive(self, inbound: Inbound) -> bool:
        self._write()
        return self.received.setdefault(inbound.dedupe_key, inbound) is inbound

    async def ask(self, question: Next) -> None:
        self._write()
        self.asked.setdefault(question.key, question)

    async def form(self, token: str) -> Form | None:
        return self.forms.get(token)

    async def started(self, message: IncomingMessage) -> None:
        raise AssertionError("nobody starts here")

    async def tell(self, conversation: ConversationRef, sentence: str, *, key: str) -> None:
        raise AssertionError(sentence)

    async def reach_changed(self, account: Actor, *, is_open: bool) -> None:
        raise AssertionError("nobody blocks here")

    async def unreadable(self, update: Payload, error: Exception, *, key: str) -> None:
        raise error

    def _write(self) -> None:
        if self.broken:
            raise StorageError(reason="the disk is busy")


class Phone:
    """Bob's phone, and the listener that hears of what he does."""

    def __init__(self) -> None:
        self.stub, self.store = TelegramStub(), Store()
        bot = self.stub.telegram.world.bot
        self.channel = TelegramChannel(self.stub, CATALOGUES, username=bot.username)
        self.listener = TelegramListener(
            client=self.stub,
            channel=self.channel,
            parser=TelegramParser(bot_id=bot.id, username=bot.username),
            conductor=FormConductor(
                self.channel, Paces(channel="Telegram", seconds=0), self.store, CATALOGUES, username=bot.username
            ),
            sink=self.store,
            translator=CATALOGUES,
            clock=FakeClock(),
        )
        self.bob: Person = self.stub.person("bob")

    async def card(self, form: Form) -> Message:
        """Post a card whose button opens ``form``."""
        self.store.forms[TOKEN] = form
        press = PressAction(action=Reject(request="7F3K"))
        card = Card(
            title="Alice asks", code="7F3K", buttons=(Button(label="No...", press=press, form=form, token=TOKEN),)
        )
        return self._message(await self.channel.post(self._chat, card))

    async def heard(self) -> Sequence[dict[str, Any]]:
        """Let the listener take what there is; return it."""
        news = self.stub.news()
        await self.listener.take(news)
        await self.listener.finish(5)
        return news

    async def press(self, message: Message, label: str) -> Press:
        """Press a button, and let the listener hear of it."""
        press = await self.bob.press(message, label)
        await self.heard()
        return press

    async def question(self) -> Message:
        """Post the question that is to be asked, as the outbox does."""
        (*_, question) = self.store.asked.values()
        return self._message(await self.channel.post(question.conversation, question.card))

    @property
    def _chat(self) -> ConversationRef:
        return ConversationRef(channel="telegram", conversation_id=str(self.bob.dm.id), private=True)

    def _message(self, where: MessageRef) -> Message:
        return self.stub.message(where.conversation.conversation_id, where.message_id)


@pytest.fixture
def phone() -> Phone:
    """Give bob a phone."""
    return Phone()


async def test_a_question_is_stored_once_before_the_press_is_confirmed(phone: Phone) -> None:
    """A bot that dies then has it to ask; the press that comes once more asks nothing more."""
    card = await phone.card(WHY)
    press = await phone.bob.press(card, "No...")
    phone.store.broken = True
    news = phone.stub.news()
    with pytest.raises(StorageError):
        await phone.listener.take(news)
    phone.store.broken = False
    await phone.listener.take(news)
    await phone.listener.take(news)
    await phone.listener.finish(5)
    assert len(phone.store.asked) == 1
    assert not phone.store.received
    assert press.answered
    assert "Why?" in (await phone.question()).text


async def test_a_reply_is_the_answer(phone: Phone) -> None:
    """It arrives with the button's token and the card it was on; nothing has to be remembered between."""
    card = await phone.card(WHY)
    await phone.press(card, "No...")
    await phone.bob.says(phone.bob.dm, "not pinned", reply_to=await phone.question())
    await phone.heard()
    (sent,) = phone.store.received.values()
    assert isinstance(sent, FormSubmission)
    assert (sent.token, sent.message_id, sent.fields) == (TOKEN, str(card.id), {"text": "not pinned"})


async def test_one_field_is_asked_after_the_other(phone: Phone) -> None:
    """What was ticked travels in the next question, which is stored before the press on Go on is confirmed."""
    await phone.press(await phone.card(CHANGES), "No...")
    ticks = await phone.question()
    await phone.press(ticks, "[x] Gemini")
    assert ticks.rows[:2] == [["[x] Claude"], ["[ ] Gemini"]]
    await phone.press(ticks, "Go on")
    assert not phone.store.received
    assert ticks.rows == []
    assert "Claude" in ticks.text
    await phone.bob.says(phone.bob.dm, "v2", reply_to=await phone.question())
    await phone.heard()
    (sent,) = phone.store.received.values()
    assert isinstance(sent, FormSubmission)
    assert sent.fields == {"keep": (0,), "ref": "v2"}


async def test_nothing_ticked_is_no_answer(phone: Phone) -> None:
    """Whoever goes on is told so, and can still tick."""
    await phone.press(await phone.card(CHANGES), "No...")
    ticks = await phone.question()
    for label in ("[x] Claude", "[x] Gemini"):
        await phone.press(ticks, label)
    press = await phone.press(ticks, "Go on")
    assert (press.text, press.show_alert) == ("Tick at least one.", True)
    assert len(phone.store.asked) == 1
    assert ["Go on", "Cancel"] in ticks.rows


async def test_a_form_can_be_given_up(phone: Phone) -> None:
    """Its buttons go, nothing arrives, and it says so."""
    await phone.press(await phone.card(CHANGES), "No...")
    ticks = await phone.question()
    await phone.press(ticks, "Cancel")
    assert (ticks.rows, "Cancelled." in ticks.text) == ([], True)
    assert not phone.store.received


async def test_a_button_nobody_knows_any_more_is_for_the_core_to_explain(phone: Phone) -> None:
    """The press arrives as one, and what was replied to an old question as a message."""
    card = await phone.card(WHY)
    await phone.press(card, "No...")
    question = await phone.question()
    phone.store.forms.clear()
    await phone.press(card, "No...")
    await phone.bob.says(phone.bob.dm, "too late", reply_to=question)
    await phone.heard()
    press, message = phone.store.received.values()
    assert isinstance(press, ButtonPress)
    assert press.token == TOKEN
    assert isinstance(message, IncomingMessage)
    assert message.text == "too late"
