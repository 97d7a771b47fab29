"""One way to look at every platform: its people in private with the bot, and everything that is to be seen there."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tests.platforms.slack import FakeSlack
from tests.platforms.slack import Person as SlackPerson
from tests.platforms.telegram import FakeTelegram
from tests.platforms.telegram import Person as TelegramPerson
from tests.platforms.telegram import Update as TelegramUpdate
from tests.platforms.telegram.world import Chat
from tests.platforms.timing import Watch

#: A message of any platform.
Message = Any
#: What is filled into a form: texts (empty: left empty), and what is ticked, by the labels of the fields.
Answers = Mapping[str, str | Sequence[str]]

# Seconds until something that was done by hand must have shown.
GLANCE = 2


class Seat(Protocol):
    """Somebody in private with the bot, on one platform."""

    #: What the account is called, and how people see who that is.
    name: str
    called: str
    side: Side

    async def says(self, text: str) -> str:
        """Say something, and return the key under which the bot stores it."""

    def messages(self) -> list[Message]:
        """Return what is to be read, oldest first."""

    async def press(self, message: Message, label: str) -> None:
        """Press a button."""

    async def fills(self, message: Message, label: str, answers: Answers, *, about: str) -> bool:
        """Press a button that opens a form, and fill it in; False when it did not open in time.

        ``about`` is what the form's card is called, for somebody who has several open.
        """


class Side(Protocol):
    """One platform."""

    channel: str
    watch: Watch

    def shown(self, message: Message) -> str:
        """Return what is to be read, buttons as ``[label]``."""

    def everything(self) -> list[Message]:
        """Return every message there is."""

    def message(self, conversation: str, message_id: str) -> Message:
        """Return a message by its ids."""

    def posted(self) -> list[str]:
        """Return the ids of what the bot posted."""

    def unanswered(self) -> int:
        """Return how many posts the platform took without saying so."""

    async def settle(self) -> None:
        """Wait until everything is taken by the bot, or given up."""

    def advance(self, seconds: float) -> None:
        """Move the platform's clock."""

    async def press_as_anybody(self, message: Message, label: str) -> None:
        """Let somebody who sees the message press a button on it."""

    def misbehave(self, seed: int, wider: float) -> None:
        """Do everything wrong that can go wrong, from a seed, and keep budgets that are ``wider``."""

    def calm(self) -> None:
        """End all trouble."""

    @property
    def happened(self) -> Counter[str]:
        """What went wrong, how often."""

    def transcript(self) -> str:
        """Return everything that was said."""


def reads(seat: Seat) -> str:
    """Return all that somebody reads."""
    return "\n".join(seat.side.shown(message) for message in seat.messages())


def find(seat: Seat, label: str, *texts: str) -> Message | None:
    """Return the first message that has a button and says all of ``texts``."""
    shown = ((message, seat.side.shown(message)) for message in seat.messages())
    return next(
        (one for one, text in shown if f"[{label}]" in text and all(wanted in text for wanted in texts)),
        None,
    )


async def glance(side: Side, predicate: Callable[[], bool]) -> bool:
    """Look for a short while whether something shows."""
    try:
        return await side.watch.wait_for(predicate, GLANCE)
    except TimeoutError:
        return False


class SlackSide:
    """Implements Side."""

    channel = "slack"

    def __init__(self, slack: FakeSlack, odds: Any = None) -> None:
        """Look at ``slack``."""
        self.slack = slack
        self.watch = slack.world.watch
        self._odds = odds

    def seat(self, person: SlackPerson) -> SlackSeat:
        """Return somebody's direct messages with the bot."""
        return SlackSeat(self, person)

    def shown(self, message: Message) -> str:
        return self.slack.shown(message)

    def everything(self) -> list[Message]:
        return self.slack.everything()

    def message(self, conversation: str, message_id: str) -> Message:
        return self.slack.world.channels[conversation].messages[message_id]

    def posted(self) -> list[str]:
        return [message.ts for message in self.everything() if message.user.is_bot]

    def unanswered(self) -> int:
        calls = self.slack.calls
        return sum(call.method == "chat.postMessage" and call.outcome == "no answer" for call in calls)

    async def settle(self) -> None:
        await self.slack.settle()

    def advance(self, seconds: float) -> None:
        self.slack.pace.advance(seconds)

    async def press_as_anybody(self, message: Message, label: str) -> None:
        viewer = next(one for one in message.channel.members if not one.is_bot)
        await SlackPerson(self.slack, viewer).press(message, label)

    def misbehave(self, seed: int, wider: float) -> None:
        self.slack.trouble.enforce_budgets(wider)
        self.slack.trouble.at_random(seed, self._odds)

    def calm(self) -> None:
        self.slack.trouble.calm()

    @property
    def happened(self) -> Counter[str]:
        return self.slack.trouble.happened

    def transcript(self) -> str:
        return self.slack.transcript()


class SlackSeat:
    """Implements Seat."""

    def __init__(self, side: SlackSide, person: SlackPerson) -> None:
        """Sit in front of ``person``'s screen."""
        self.name, self.called = person.user.name, person.user.real_name
        self.side: Side = side
        self.person = person
        self._world = side.slack.world
        self._screen = asyncio.Lock()

    async def says(self, text: str) -> str:
        message = await self.person.says(self.person.dm, text)
        return f"slack:{self._world.team_id}:{message.channel.id}:{message.ts}"

    def messages(self) -> list[Message]:
        return self.person.slack.messages(self.person.dm)

    async def press(self, message: Message, label: str) -> None:
        await self.person.press(message, label)

    async def fills(self, message: Message, label: str, answers: Answers, *, about: str) -> bool:
        del about
        async with self._screen:  # a person looks at one form at a time
            await self._close_forms()
            await self.person.press(message, label)
            opened = await glance(self.side, lambda: self.person.view is not None)
            if opened and self.person.view is not None:
                await self.person.submits(
                    self.person.view, {name: answer for name, answer in answers.items() if answer}
                )
            await self._close_forms()
        return opened

    async def _close_forms(self) -> None:
        while self.person.view is not None:
            await self.person.closes(self.person.view)


class TelegramSide:
    """Implements Side."""

    channel = "telegram"

    def __init__(self, telegram: FakeTelegram, odds: Any = None) -> None:
        """Look at ``telegram``."""
        self.telegram = telegram
        self.watch = telegram.world.watch
        self._odds = odds

    def seat(self, person: TelegramPerson) -> TelegramSeat:
        """Return somebody's private chat with the bot."""
        return TelegramSeat(self, person)

    def shown(self, message: Message) -> str:
        return self.telegram.shown(message)

    def everything(self) -> list[Message]:
        return self.telegram.everything()

    def message(self, conversation: str, message_id: str) -> Message:
        return self.telegram.world.chats[int(conversation)].messages[int(message_id)]

    def posted(self) -> list[str]:
        bot = self.telegram.world.bot
        return [str(one.id) for one in self.everything() if one.author is bot]

    def unanswered(self) -> int:
        return sum(call.method == "sendMessage" and call.outcome == "no answer" for call in self.telegram.calls)

    async def settle(self) -> None:
        updates = self.telegram.updates
        await self.watch.wait_for(lambda: all(map(_is_done, updates.log)), _LONG)

    def advance(self, seconds: float) -> None:
        self.telegram.pace.advance(seconds)

    async def press_as_anybody(self, message: Message, label: str) -> None:
        viewer = next(one.user for one in message.chat.members.values() if not one.user.is_bot)
        await TelegramPerson(self.telegram, viewer).press(message, label)

    def misbehave(self, seed: int, wider: float) -> None:
        self.telegram.trouble.enforce_budgets(wider)
        self.telegram.trouble.at_random(seed, self._odds)

    def calm(self) -> None:
        self.telegram.trouble.calm()

    @property
    def happened(self) -> Counter[str]:
        return self.telegram.trouble.happened

    def transcript(self) -> str:
        return self.telegram.transcript()


class TelegramSeat:
    """Implements Seat."""

    def __init__(self, side: TelegramSide, person: TelegramPerson) -> None:
        """Hold ``person``'s phone."""
        self.name, self.called = person.user.username, person.user.name
        self.side: Side = side
        self.person = person
        self._telegram = side.telegram

    @property
    def _chat(self) -> Chat:
        return self.person.dm

    async def says(self, text: str) -> str:
        message = await self.person.says(self._chat, text)
        return f"telegram:{self._telegram.world.bot.id}:{message.chat.id}:{message.id}"

    def messages(self) -> list[Message]:
        return self._telegram.messages(self._chat)

    async def press(self, message: Message, label: str) -> None:
        await self.person.press(message, label)

    async def fills(self, message: Message, label: str, answers: Answers, *, about: str) -> bool:
        before = [one.id for one in self.messages()]
        await self.person.press(message, label)
        for field, answer in answers.items():
            if (question := await self._question(before, about, field)) is None:
                return False
            before.append(question.id)
            if isinstance(answer, str):
                await self.person.says(self._chat, answer or "-", reply_to=question)
            else:
                await self._tick(question, answer)
        return True

    async def _question(self, before: Sequence[int], about: str, field: str) -> Message | None:
        """Wait for the question about a field of a form that was not there ``before``; None when it does not come."""

        def asked() -> list[Message]:
            new = [one for one in self.messages() if one.id not in before]
            return [one for one in new if about in one.text and field in one.text]

        return asked()[0] if await glance(self.side, lambda: bool(asked())) else None

    async def _tick(self, question: Message, wanted: Sequence[str]) -> None:
        """Tick what is wanted, and nothing else."""
        for text in [text for row in question.rows for text in row if text.startswith(("[x] ", "[ ] "))]:
            is_ticked, name = text.startswith("[x] "), text[4:]
            if (name in wanted) is not is_ticked:
                await self.person.press(question, text)
                await self._shows(question, f"[{' ' if is_ticked else 'x'}] {name}")
        await self.person.press(question, "Go on")

    async def _shows(self, question: Message, label: str) -> None:
        await self.side.watch.wait_for(lambda: [label] in question.rows)


# Seconds: longer than anybody waits for.
_LONG = 10_000


def _is_done(update: TelegramUpdate) -> bool:
    return update.done
