"""Every channel of the product, as the port's suite drives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.channels.console.adapter import Console
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.forms import FormRequest
from bot.channels.slack.parse import SlackParser
from bot.locale.translator import Catalogues
from core.domain.forms import TextField
from core.domain.messages import ButtonPress, FormSubmission, Inbound, MessageRef
from core.domain.users import ChannelIdentity
from core.ports import Channel
from tests.clock import START, FakeClock
from tests.slack_stub import BOT, TEAM, SlackStub

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


#: A channel that is not here fails the suite.
CHANNELS: dict[str, Callable[[], ChannelRig]] = {"console": ConsoleRig, "slack": SlackRig}
