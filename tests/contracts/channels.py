"""Every channel of the product, as the port's suite drives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.channels.console.adapter import Console
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.forms import FormRequest
from bot.channels.slack.parse import SlackParser
from bot.locale.translator import Catalogues
from core.domain.messages import ButtonPress, FormSubmission, Inbound, MessageRef
from core.domain.users import ChannelIdentity
from core.ports import Channel
from tests.clock import START, FakeClock
from tests.slack_stub import BOT, TEAM, SlackStub


class ChannelRig(Protocol):
    """A channel with a platform behind it that a test can look at."""

    channel: Channel

    def identity(self, name: str) -> ChannelIdentity:
        """Return the account of a person who can be reached."""

    def shown(self) -> str:
        """Return everything people have been shown so far."""

    async def press_all(self, message: MessageRef) -> list[str]:
        """Press every button of a posted message (answering what it asks); return the tokens that arrived."""


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
            if inbound is None and "answer with the next line" in " ".join(self.printed[before:]):
                inbound = self.console.interpret("because")
            if not isinstance(inbound, ButtonPress | FormSubmission):
                return tokens
            tokens.append(inbound.token)


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
                await self.adapter.ask(inbound)
                inbound = self.parser.submission(self.slack.submission("because"), START)
            if isinstance(inbound, ButtonPress | FormSubmission):
                tokens.append(inbound.token)
        return tokens


#: A channel that is not here fails the suite.
CHANNELS: dict[str, Callable[[], ChannelRig]] = {"console": ConsoleRig, "slack": SlackRig}
