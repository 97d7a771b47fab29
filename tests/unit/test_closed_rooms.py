"""What ``serve`` finds out about the rooms of the settings before anybody misses a card there."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from fastapi import FastAPI

from bot.config import HttpSettings, SlackSettings, TelegramSettings
from bot.locale.translator import Catalogues
from bot.meter import Meter
from bot.slack_serving import SlackSecrets, connected_to_slack
from bot.telegram_serving import TelegramSecrets, connected_to_telegram
from tests.harness import talking
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram

CATALOGUES = Catalogues()
METER = Mock(spec=Meter)


@pytest.mark.parametrize("inside", [True, False])
async def test_a_channel_without_the_bot_is_closed(inside: bool) -> None:
    """Slack would refuse the first card; it refuses a message to nobody as well."""
    async with FakeSlack() as slack:
        room = slack.channel("approvals", with_bot=inside)
        settings = SlackSettings(mode="socket", api_url=slack.api_url, approval_channel=room.id)
        secrets = SlackSecrets(token=slack.bot_token, second=slack.app_token)
        async with connected_to_slack(settings, secrets, CATALOGUES, METER) as connection:
            assert await connection.closed_rooms() == ([] if inside else [room.id])


@pytest.mark.parametrize("inside", [True, False])
async def test_a_group_without_the_bot_is_closed(tmp_path: Path, inside: bool) -> None:
    """Telegram would refuse the first card; it refuses to show that the bot is typing as well."""
    async with FakeTelegram() as telegram:
        alice = telegram.person("alice")
        group = telegram.supergroup("approvals", alice)
        if not inside:
            await alice.removes_bot(group)
        settings = TelegramSettings(mode="polling", api_url=telegram.api_url, approval_chat=str(group.id))
        secrets = TelegramSecrets(token=telegram.token)
        async with (
            talking(tmp_path) as talk,
            connected_to_telegram(settings, HttpSettings(), secrets, CATALOGUES, METER) as connection,
            connection.listening(talk.program, talk.database, FastAPI(), translator=CATALOGUES, clock=talk.clock),
        ):
            assert await connection.closed_rooms() == ([] if inside else [str(group.id)])
