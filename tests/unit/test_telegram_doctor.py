"""The doctor looks at Telegram: the token, who takes the updates, and the groups of the settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.endpoint import set_webhook
from bot.config import HttpSettings, TelegramSettings
from bot.doctor.findings import Finding, Verdict
from bot.doctor.telegram import check_telegram
from tests.platforms.telegram import FakeTelegram
from tests.platforms.telegram.world import Chat

HTTP = HttpSettings(public_url="https://bot.example")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Open Telegram."""
    async with FakeTelegram(speed=0) as opened:
        yield opened


async def look(
    telegram: FakeTelegram, *groups: Chat, mode: str = "polling", token: str | None = "", http: HttpSettings = HTTP
) -> dict[str, Finding]:
    """Return what is found, by check; the first of ``groups`` is the approval chat, the others are allowed."""
    ids = [str(group.id) for group in groups]
    settings = TelegramSettings.model_validate(
        {"mode": mode, "api_url": telegram.api_url, "approval_chat": ids[0] if ids else None, "allowed_chats": ids[1:]}
    )
    found = await check_telegram(settings, http, telegram.token if token == "" else token)
    return {finding.check: finding for finding in found}


def verdicts(findings: dict[str, Finding]) -> dict[str, Verdict]:
    """Return the verdicts by check."""
    return {check: finding.verdict for check, finding in findings.items()}


async def test_a_bot_that_is_well_is_told_so(telegram: FakeTelegram) -> None:
    """Its name, how much waits, and each of its groups once."""
    alice = telegram.person("alice")
    group = telegram.group("approvals", alice)
    found = await look(telegram, group, group)
    assert set(verdicts(found).values()) == {Verdict.OK}
    assert set(found) == {"Telegram", "Telegram updates", f"Telegram chat {group.id}"}
    assert "@skillwarden_bot" in found["Telegram"].found


async def test_a_token_that_is_not_taken_hides_the_rest(telegram: FakeTelegram) -> None:
    """What depends on it is left out, and BotFather is named."""
    found = await look(telegram, token="1:wrong")
    assert verdicts(found) == {"Telegram": Verdict.PROBLEM}
    assert "BotFather" in found["Telegram"].advice


async def test_a_bot_that_hears_everything_is_a_warning(telegram: FakeTelegram) -> None:
    """Privacy mode is off: more is sent to it than it needs."""
    telegram.world.privacy_mode = False
    assert (await look(telegram))["Telegram privacy"].verdict is Verdict.WARNING


async def test_a_webhook_of_somebody_else_is_a_warning_when_polling(telegram: FakeTelegram) -> None:
    """Serve takes it down, and whoever set it has to know."""
    telegram.proxy("https://other.example", "http://127.0.0.1:9")
    async with await asyncio.to_thread(TelegramClient, telegram.token, api_url=telegram.api_url) as client:
        await set_webhook(client, "https://other.example", "made-up")
    found = await look(telegram)
    assert found["Telegram updates"].verdict is Verdict.WARNING
    assert "https://other.example" in found["Telegram updates"].found


async def test_a_webhook_needs_an_address(telegram: FakeTelegram) -> None:
    """Without one Telegram cannot be told; with one it is said which."""
    assert (await look(telegram, mode="webhook", http=HttpSettings()))["Telegram address"].verdict is Verdict.PROBLEM
    found = await look(telegram, mode="webhook")
    assert "https://bot.example/telegram/webhook" in found["Telegram address"].found


async def test_a_group_without_the_bot_is_a_problem(telegram: FakeTelegram) -> None:
    """Never added, thrown out, not allowed to write: each is named with its number."""
    alice = telegram.person("alice")
    never = telegram.group("never", alice, with_bot=False)
    out, mute = telegram.supergroup("out", alice), telegram.supergroup("mute", alice)
    await alice.removes_bot(out)
    await alice.restricts_bot(mute, can_send_messages=False)
    found = await look(telegram, never, out, mute)
    for group in (never, out, mute):
        assert found[f"Telegram chat {group.id}"].verdict is Verdict.PROBLEM
        assert str(group.id) in found[f"Telegram chat {group.id}"].found


async def test_a_group_that_has_become_a_supergroup_is_named_with_its_new_number(telegram: FakeTelegram) -> None:
    """The bot follows it, and the settings should say it."""
    alice = telegram.person("alice")
    group = telegram.group("ops", alice)
    new = await alice.upgrades(group)
    found = (await look(telegram, group))[f"Telegram chat {group.id}"]
    assert found.verdict is Verdict.WARNING
    assert str(new.id) in found.advice
