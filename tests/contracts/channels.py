"""Every channel of the product, as the port's suite drives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.channels.console.adapter import Console
from bot.channels.pace import Paces
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.forms import FormRequest
from bot.channels.slack.parse import SlackParser
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.conduct import FormConductor, Next
from bot.channels.telegram.forms import ON, TICK, ticked_in
from bot.channels.telegram.parse import Click, Replied, TelegramParser
from bot.locale.translator import Catalogues
from core.domain.cards import Card
from core.domain.forms import Form, TextField
from core.domain.messages import Actor, ButtonPress, ChannelName, ConversationRef, FormSubmission, Inbound, MessageRef
from core.domain.users import ChannelIdentity
from core.ports import Channel
from tests.clock import START, FakeClock
from tests.platforms.telegram.world import Message
from tests.slack_stub import BOT, TEAM, SlackStub
from tests.telegram_stub import TelegramStub

#: What is typed into a field, or the positions, from 0, of what is ticked.
Answer = str | tuple[int, ...]


class ChannelRig(Protocol):
    """A channel with a platform behind it that a test can look at."""

    channel: Channel

    def identity(self, name: str) -> ChannelIdentity:
        """Return the account of a person who can be reached."""

    def shown(self) -> str:
        """Return everything people have been shown so far."""

    async def press_all(self, message: MessageRef) -> list[str]:
        """Press every button of a posted message (filling in what it opens); return the tokens that arrived."""

    async def fill_in(self, message: MessageRef, number: int, answers: Sequence[Answer]) -> Inbound | None:
        """Press the button with this number, from 1, and fill in the fields of its form; return what arrived."""


class ConsoleRig:
    """The console, with a list for a terminal; alice is talking."""

    def __init__(self) -> None:
        """Start with an empty screen."""
        self.printed: list[str] = []
        self.console = Console(
            self.printed.append,
            "alice",
            ("alice", "bob"),
            session="rig",
            clock=FakeClock(),
            translator=Catalogues(),
        )
        self.channel: Channel = self.console

    def identity(self, name: str) -> ChannelIdentity:
        """Return the console account of ``name``."""
        return ChannelIdentity(
            id=f"identity-{name}", channel="console", external_id=name, user_id=f"user-{name}", created_at=START
        )

    def shown(self) -> str:
        """Return the screen."""
        return "\n".join(self.printed)

    async def press_all(self, message: MessageRef) -> list[str]:
        """Press 1, 2, ... until there is no such button."""
        tokens: list[str] = []
        while True:
            before = len(self.printed)
            inbound = self.console.interpret(f"/press {len(tokens) + 1}")
            while inbound is None and "(answer with" in (asked := " ".join(self.printed[before:])):
                before = len(self.printed)
                inbound = self.console.interpret("because" if "drops it" in asked else "")
            if not isinstance(inbound, ButtonPress | FormSubmission):
                return tokens
            tokens.append(inbound.token)

    async def fill_in(self, message: MessageRef, number: int, answers: Sequence[Answer]) -> Inbound | None:
        """Type one line for each field."""
        inbound = self.console.interpret(f"/press {number}")
        for answer in answers:
            assert inbound is None
            line = answer if isinstance(answer, str) else ",".join(str(position + 1) for position in answer)
            inbound = self.console.interpret(line or "-")
        return inbound


class SlackRig:
    """Slack in memory: what is posted has passed the checks of the strict fake, and people press what they see."""

    def __init__(self) -> None:
        """Start with no message."""
        self.slack = SlackStub()
        self.parser = SlackParser(team_id=TEAM, bot_user_id=BOT)
        self.adapter = SlackChannel(self.slack, Catalogues(), team_id=TEAM)
        self.channel: Channel = self.adapter

    def identity(self, name: str) -> ChannelIdentity:
        """Return the Slack account of ``name``."""
        return ChannelIdentity(
            id=f"identity-{name}",
            channel="slack",
            workspace_id=TEAM,
            external_id=f"U{name}",
            user_id=f"user-{name}",
            created_at=START,
        )

    def shown(self) -> str:
        """Return all messages as they are now."""
        return self.slack.shown()

    async def press_all(self, message: MessageRef) -> list[str]:
        """Press every button; fill in the form of those that open one."""
        tokens: list[str] = []
        for click in self.slack.clicks(message.conversation.conversation_id, message.message_id):
            inbound: Inbound | FormRequest | None = self.parser.click(click, START)
            if isinstance(inbound, FormRequest):
                fields = inbound.form.fields
                answers = ["because" if isinstance(field, TextField) else field.ticked for field in fields]
                inbound = await self._sent(inbound, answers)
            if isinstance(inbound, ButtonPress | FormSubmission):
                tokens.append(inbound.token)
        return tokens

    async def fill_in(self, message: MessageRef, number: int, answers: Sequence[Answer]) -> Inbound | None:
        """Press the button, fill in the modal, send it."""
        clicks = self.slack.clicks(message.conversation.conversation_id, message.message_id)
        asked = self.parser.click(clicks[number - 1], START)
        assert isinstance(asked, FormRequest)
        return await self._sent(asked, answers)

    async def _sent(self, asked: FormRequest, answers: Sequence[Answer]) -> Inbound | None:
        await self.adapter.ask(asked)
        return self.parser.submission(self.slack.submission(answers), START)


class TelegramRig:
    """Telegram in memory: what is posted has passed the checks of the strict stand-in, and people press what they see.

    Nobody keeps the forms of buttons here but the rig: in the program that is the database.
    """

    def __init__(self) -> None:
        """Start with no message."""
        self.stub = TelegramStub()
        bot = self.stub.telegram.world.bot
        self.adapter = TelegramChannel(self.stub, Catalogues(), username=bot.username)
        self.forms = _KeepingForms(self.adapter)
        self.channel: Channel = self.forms
        self.parser = TelegramParser(bot_id=bot.id, username=bot.username)
        paces = Paces(channel="Telegram", seconds=0)
        self.conductor = FormConductor(self.adapter, paces, self.forms, Catalogues(), username=bot.username)

    def identity(self, name: str) -> ChannelIdentity:
        """Return the Telegram account of ``name``."""
        return ChannelIdentity(
            id=f"identity-{name}",
            channel="telegram",
            external_id=str(self.stub.person(name).user.id),
            user_id=f"user-{name}",
            created_at=START,
        )

    def shown(self) -> str:
        """Return all messages as they are now."""
        return "\n".join(map(self.stub.telegram.shown, self.stub.telegram.everything()))

    async def press_all(self, message: MessageRef) -> list[str]:
        """Press every button; fill in the form of those that open one."""
        tokens: list[str] = []
        posted = self.stub.message(message.conversation.conversation_id, message.message_id)
        buttons = [button for row in (posted.markup or {}).get("inline_keyboard", ()) for button in row]
        for button in buttons:
            click = await self._click(posted, button["text"], button["callback_data"])
            if click.asks is None:
                assert click.press is not None
                tokens.append(click.press.token)
                continue
            form = await self.forms.form(click.asks)
            assert form is not None
            answers = ["because" if isinstance(field, TextField) else field.ticked or (0,) for field in form.fields]
            sent = await self._filled(click, answers)
            assert isinstance(sent, FormSubmission)
            tokens.append(sent.token)
        return tokens

    async def fill_in(self, message: MessageRef, number: int, answers: Sequence[Answer]) -> Inbound | None:
        """Press the button, and answer one question after the other."""
        posted = self.stub.message(message.conversation.conversation_id, message.message_id)
        buttons = [button for row in (posted.markup or {})["inline_keyboard"] for button in row]
        button = buttons[number - 1]
        return await self._filled(await self._click(posted, button["text"], button["callback_data"]), answers)

    async def _filled(self, click: Click, answers: Sequence[Answer]) -> Inbound | None:
        assert click.asks is not None
        await self._ask(await self.conductor.open(click, click.asks))
        result: Inbound | None = None
        for answer in answers:
            question = self.stub.telegram.everything()[-1]
            step: FormSubmission | Next | str | None
            if isinstance(answer, str):
                alice = self.stub.person("alice")
                await alice.says(alice.dm, answer or "-", reply_to=question)
                reply = self.parser.read(self.stub.news()[-1], START)
                assert isinstance(reply, Replied)
                step = await self.conductor.replied(reply, START)
            else:
                step = await self._ticked(question, answer)
            assert not isinstance(step, str), step
            if isinstance(step, Next):
                await self._ask(step)
            else:
                result = step
        return result

    async def _ask(self, question: Next | None) -> None:
        assert question is not None
        await self.adapter.post(question.conversation, question.card)

    async def _ticked(self, question: Message, wanted: tuple[int, ...]) -> FormSubmission | Next | str:
        """Tick on the buttons what is wanted; where there are none, type the numbers."""
        if not (question.markup or {}).get("inline_keyboard"):
            alice = self.stub.person("alice")
            line = ",".join(str(position + 1) for position in wanted)
            await alice.says(alice.dm, line or "-", reply_to=question)
            reply = self.parser.read(self.stub.news()[-1], START)
            assert isinstance(reply, Replied)
            step = await self.conductor.replied(reply, START)
            assert step is not None
            return step
        before = ticked_in(question.markup or {})
        for position in sorted(before ^ set(wanted)):
            click = await self._click(question, "", f"{TICK}{position}")
            assert click.tick == position
            await self.conductor.tick(click, position)
        return await self.conductor.go_on(await self._click(question, "", ON), START)

    async def _click(self, message: Message, label: str, data: str) -> Click:
        label = label or str(_label_of(message, data))
        await self.stub.person("alice").press(message, label, data=data)
        click = self.parser.read(self.stub.news()[-1], START)
        assert isinstance(click, Click)
        assert click.data == data
        return click


def _label_of(message: Message, data: str) -> str:
    """Return what the button with ``data`` is called."""
    rows = (message.markup or {})["inline_keyboard"]
    return next(str(button["text"]) for row in rows for button in row if button["callback_data"] == data)


class _KeepingForms:
    """A channel that remembers the forms of the buttons that it posted."""

    name: ChannelName = "telegram"

    def __init__(self, channel: TelegramChannel) -> None:
        self._channel = channel
        self._forms: dict[str, Form] = {}

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        self._forms |= {button.token or "": button.form for button in card.buttons if button.form}
        return await self._channel.post(conversation, card, only_for=only_for, asked_in=asked_in)

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        await self._channel.edit(message, card, asked_in=asked_in)

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        return await self._channel.private_conversation(account)

    async def form(self, token: str) -> Form | None:
        return self._forms.get(token)


#: A channel that is not here fails the suite.
CHANNELS: dict[str, Callable[[], ChannelRig]] = {
    "console": ConsoleRig,
    "slack": SlackRig,
    "telegram": TelegramRig,
}
