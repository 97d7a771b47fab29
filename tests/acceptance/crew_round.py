"""A round of conversations with two ``serve`` and two ``worker`` on PostgreSQL, killed while platforms misbehave.

``crewed`` is the stage of it: one Slack and one Telegram, four people's seats, and a crew.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from tests.acceptance.crew import Crew, Kind, crew
from tests.acceptance.serving import slack_secrets, slack_settings
from tests.acceptance.serving_telegram import link_all, telegram_secrets, telegram_settings
from tests.acceptance.sides import Seat, Side, SlackSide, TelegramSide
from tests.acceptance.swaps import swaps
from tests.acceptance.trouble_round import (
    CAST,
    PACE,
    SLACK_ODDS,
    SPEED,
    TELEGRAM_ODDS,
    WIDER,
    Round,
    Rows,
    talks_of,
)
from tests.databases import way_behind
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram
from tests.platforms.timing import Watch

# Seconds until everything must have shown: half of the processes may be starting.
PATIENCE = 240
EVERYBODY: tuple[Kind, ...] = ("serve", "serve", "worker", "worker")


@dataclass(frozen=True, kw_only=True)
class Deck:
    """What a round has at hand."""

    home: Path
    url: str
    crew: Crew
    slack: SlackSide
    telegram: TelegramSide
    seats: Mapping[str, Sequence[Seat]]


@contextlib.asynccontextmanager
async def crewed(home: Path, url: str, *kinds: Kind, speed: float = 1, pace: float = 0) -> AsyncIterator[Deck]:
    """Serve a demo at ``home``/demo with the database at ``url``, on Slack by sockets and on Telegram by polling."""
    watch = Watch()
    async with FakeSlack(speed=speed, watch=watch) as slack, FakeTelegram(speed=speed, watch=watch) as telegram:
        on_slack, on_telegram = SlackSide(slack, SLACK_ODDS), TelegramSide(telegram, TELEGRAM_ODDS)
        members = [slack.person(name) for name in CAST["slack"]]
        users = [telegram.person(name) for name in CAST["telegram"]]
        with mock.patch("bot.installation.url_of", return_value=url):
            await link_all(
                home,
                *(("slack", slack.world.team_id, member.user.id, member.user.name) for member in members),
                *(("telegram", "", str(user.user.id), user.user.username) for user in users),
            )
        seats: dict[str, list[Seat]] = {}
        for member in members:
            seats.setdefault(member.user.name, []).append(on_slack.seat(member))
        for user in users:
            seats.setdefault(user.user.username, []).append(on_telegram.seat(user))
        settings = slack_settings(slack, "socket", pace) + telegram_settings(telegram, "polling", pace)
        await asyncio.to_thread((home / "demo/config.toml").write_text, f"{settings}[http]\nport = 0\n")
        async with crew(home, url, slack_secrets(slack) | telegram_secrets(telegram), *kinds) as hands:
            yield Deck(home=home, url=url, crew=hands, slack=on_slack, telegram=on_telegram, seats=seats)


async def converse_and_kill(home: Path, url: str, seed: int, conversations: int) -> Counter[str]:
    """Have ``conversations`` in trouble from ``seed``; return what went wrong how often, kills among it.

    Raises:
        AssertionError: something was lost, done twice, or shows what is not true.
    """
    async with crewed(home, url, *EVERYBODY, speed=SPEED, pace=PACE) as deck:
        sides: tuple[Side, ...] = (deck.slack, deck.telegram)
        for number, side in enumerate(sides):
            side.misbehave(seed + 1_000_000 * number, WIDER)
        trouble = Round(rows_of(url), sides, talks_of(deck.seats), patience=PATIENCE)
        suffering = asyncio.create_task(deck.crew.suffer(seed))
        try:
            await trouble.talk(conversations)
        finally:
            for side in sides:
                side.calm()
            suffering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await suffering
        await trouble.come_to_rest()
        trouble.check(deck.crew.kills)
        approved = sum(wish.ending == "approve" for wish in trouble.wishes.values())
        assert swaps(home / "demo") == approved
    return deck.slack.happened + deck.telegram.happened + Counter(kills=deck.crew.kills)


def rows_of(url: str) -> Rows:
    """Return what asks the PostgreSQL database at ``url``."""

    def rows(query: str, *values: object) -> list[Any]:
        with way_behind(url).connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query.replace("?", "%s"), values)]

    return rows
