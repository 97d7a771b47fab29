"""The stage: ``skillwarden serve`` in a process of its own, on one platform or two, and the people who talk to it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from tests.acceptance.serve_program import MovedClock
from tests.acceptance.serving import link, slack_secrets, slack_settings, started
from tests.acceptance.serving_telegram import http_settings, telegram_secrets, telegram_settings
from tests.acceptance.serving_telegram import link as link_telegram
from tests.acceptance.sides import Answers, Message, Seat, Side, SlackSide, TelegramSide, find, reads
from tests.harness import CODE
from tests.platforms.slack import FakeSlack
from tests.platforms.slack import HttpTransport as SlackTransport
from tests.platforms.telegram import FakeTelegram
from tests.platforms.timing import Watch

T = TypeVar("T")

#: How the platforms are reached: one of them, or both.
Mode = Literal["socket", "http", "polling", "webhook", "socket and webhook", "http and polling"]
#: Who has an account where, in a mode with both platforms: names by platform, in the order of ``Stage.seats``.
Cast = Mapping[str, Sequence[str]]

EVERYBODY = ("alice", "bob", "carol")
#: Where alice and bob cannot meet, and carol is at home on both.
APART: Cast = {"slack": ("alice", "carol"), "telegram": ("bob", "carol")}
#: Seconds of patience with the program.
PATIENCE = 30

#: Nobody of flesh and blood talks as fast as these people do.
NO_HURRY = "[limits]\nmessages_per_minute = 100000\nchat_messages_per_minute = 100000\n"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a conversation has at hand. Somebody with accounts on both platforms has two seats."""

    home: Path
    sides: Sequence[Side]
    seats: Mapping[str, Sequence[Seat]]
    clock: MovedClock
    slack: FakeSlack
    telegram: FakeTelegram

    async def says(self, name: str, text: str, *, at: int = 0) -> str:
        """Let somebody say something at one of their seats; return the key under which the bot stores it."""
        return await self.seats[name][at].says(text)

    def reads(self, name: str) -> str:
        """Return all that somebody reads, at all their seats."""
        return "\n".join(map(reads, self.seats[name]))

    async def sees(self, name: str, *texts: str) -> str:
        """Wait until one message holds all of ``texts``, and return that message as it is read."""

        def shown() -> str | None:
            said = [seat.side.shown(message) for seat in self.seats[name] for message in seat.messages()]
            return next((text for text in reversed(said) if all(wanted in text for wanted in texts)), None)

        return await self._wait_for(shown) or ""

    async def is_told(self, name: str, sentence: str, text: str) -> None:
        """Let somebody say something, and wait until they read ``text`` once more than before."""
        before = self.reads(name).count(text)
        await self.says(name, sentence)
        await self._wait_for(lambda: self.reads(name).count(text) > before)

    async def finds(self, name: str, label: str, *texts: str) -> tuple[Seat, Message]:
        """Wait for a message with a button that says all of ``texts``; return it and where it is."""

        def found() -> tuple[Seat, Message] | None:
            cards = [(seat, card) for seat in self.seats[name] if (card := find(seat, label, *texts)) is not None]
            return cards[0] if cards else None

        there = await self._wait_for(found)
        assert there is not None
        return there

    async def presses(self, name: str, label: str, *texts: str) -> None:
        """Wait for a message with a button that says all of ``texts``, and press it."""
        seat, message = await self.finds(name, label, *texts)
        await seat.press(message, label)

    async def fills(self, name: str, label: str, code: str, answers: Answers) -> None:
        """Press a button that opens a form on the card of a request, and fill it in."""
        seat, message = await self.finds(name, label, f"#{code}")
        assert await seat.fills(message, label, answers, about=code), self.transcript()

    async def asks(self, name: str, sentence: str, decider: str, *texts: str) -> str:
        """Ask for something, and return its code once ``decider`` reads ``texts`` on a card that can be approved."""
        return await self.comes_up(self.says(name, sentence), decider, *texts)

    async def comes_up(self, doing: Awaitable[Any], decider: str, *texts: str) -> str:
        """Do something that asks for a decision, and return the code of that; as for ``asks``."""
        before = set(CODE.findall(self.reads(decider)))
        await doing

        def fresh() -> str:
            for seat in self.seats[decider]:
                cards = (seat.side.shown(message) for message in seat.messages())
                for card in cards:
                    new = set(CODE.findall(card)) - before
                    if new and all(wanted in card for wanted in ("[Approve]", *texts)):
                        return str(new.pop())
            return ""

        return await self._wait_for(fresh)

    def stranger(self, side: Side, name: str) -> Seat:
        """Return the seat of somebody whom nobody has let in."""
        if isinstance(side, SlackSide):
            return side.seat(self.slack.person(name))
        assert isinstance(side, TelegramSide)
        return side.seat(self.telegram.person(name))

    async def seen_at(self, seat: Seat, text: str) -> None:
        """Wait until somebody reads ``text`` at one seat."""
        await self._wait_for(lambda: text in reads(seat))

    async def nobody_waits(self) -> None:
        """Wait until every press was answered, where a platform shows who waits."""
        presses = self.telegram.world.presses.values()
        await self._wait_for(lambda: all(press.answered for press in presses))

    def place(self, provider: str, skill: str) -> Path:
        """Return where a skill is on a provider."""
        return self.home / "demo/providers" / provider / "skills" / skill

    def transcript(self) -> str:
        """Return everything that was said."""
        return "\n\n".join(side.transcript() for side in self.sides)

    async def _wait_for(self, predicate: Callable[[], T]) -> T:
        try:
            return await self.sides[0].watch.wait_for(predicate, PATIENCE)
        except TimeoutError:
            raise AssertionError(f"waited {PATIENCE} s in vain. Said so far:\n{self.transcript()}") from None


@contextlib.asynccontextmanager
async def staged(
    home: Path,
    mode: Mode,
    cast: Cast = APART,
    *,
    odds: tuple[Any, Any] = (None, None),
    speed: float = 1,
    pace: float = 0,
    configuration: str = "",
) -> AsyncIterator[Stage]:
    """Serve a demo at ``home`` in ``mode``, ``pace`` seconds between two messages; on one platform everybody is there.

    ``odds`` are Slack's and Telegram's, ``speed`` how many of their seconds pass in one of ours; ``configuration`` is
    added to config.toml.
    """
    watch, clock = Watch(), MovedClock(home / "clock")
    slack_mode = next((one for one in ("socket", "http") if one in mode), None)
    telegram_mode = next((one for one in ("polling", "webhook") if one in mode), None)
    async with FakeSlack(speed=speed, watch=watch) as slack, FakeTelegram(speed=speed, watch=watch) as telegram:
        if slack_mode is None or telegram_mode is None:
            cast = {"telegram" if slack_mode is None else "slack": EVERYBODY}
        sides, seats = list[Side](), dict[str, list[Seat]]()
        settings, secrets = http_settings(telegram), dict[str, str]()
        if slack_mode is not None:
            members = [slack.person(name) for name in cast["slack"]]
            await asyncio.to_thread(link, home, slack, *members)
            on_slack = SlackSide(slack, odds[0])
            sides.append(on_slack)
            for member in members:
                seats.setdefault(member.user.name, []).append(on_slack.seat(member))
            settings += slack_settings(slack, slack_mode, pace)
            secrets |= slack_secrets(slack)
        if telegram_mode is not None:
            users = [telegram.person(name) for name in cast["telegram"]]
            await link_telegram(home, *users)
            on_telegram = TelegramSide(telegram, odds[1])
            sides.append(on_telegram)
            for user in users:
                seats.setdefault(user.user.username, []).append(on_telegram.seat(user))
            settings += telegram_settings(telegram, telegram_mode, pace)
            secrets |= telegram_secrets(telegram)
        program = ("tests.acceptance.serve_program", str(home / "demo"), str(home / "clock"))
        async with started(home, settings + configuration + NO_HURRY, secrets, program) as (_, address, _):
            if slack_mode == "http":
                transport: SlackTransport = await slack.send_to(f"{address}/slack/events")
                transport.signing_time = lambda: clock.now().timestamp()
            yield Stage(home=home, sides=sides, seats=seats, clock=clock, slack=slack, telegram=telegram)
