"""Tokens: what the platforms say of one, at the moment it is entered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram.error import InvalidToken

from bot.channels.slack.client import SlackClient, is_bad_token, reason_of
from bot.channels.slack.manifest import APP_SCOPE, scopes
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.client import is_bad_token as is_bad_telegram_token
from core.domain.masking import Masker
from core.errors import ChannelError, Words

# docs.slack.dev, "Verifying requests from Slack": 32 hexadecimal digits.
_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
# core.telegram.org/bots/api, setWebhook.
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came out: whether the secret is good (None: nobody could be asked), and the sentence that says so."""

    is_good: bool | None
    said: str


async def check(setting: str, value: str, api_url: str, *, user_groups: bool = False) -> Checked:
    """Return what is to be said of the secret for ``setting``, such as ``slack.bot_token``.

    Nothing is sent anywhere but to ``api_url``; what comes back is masked.
    """
    match setting:
        case "slack.bot_token":
            return await _asked(_slack_bot(value, api_url, user_groups=user_groups), value)
        case "slack.app_token":
            return await _asked(_slack_app(value, api_url), value)
        case "telegram.token":
            return await _asked(_telegram(value, api_url), value)
        case "slack.signing_secret":
            is_good = bool(_SIGNING_SECRET.fullmatch(value))
            wrong = Words("a signing secret has 32 of 0-9 and a-f")
        case _:
            is_good = bool(_WEBHOOK_SECRET.fullmatch(value))
            wrong = Words("the secret may have 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return Checked(is_good=is_good, said=Words("it looks right") if is_good else wrong)


async def _asked(question: Awaitable[Checked], value: str) -> Checked:
    """Return the answer; that none came says nothing about the token."""
    try:
        return await question
    except ChannelError as error:
        masker = Masker()
        masker.learn(value)
        return Checked(is_good=None, said=masker.text(str(error)).rstrip("."))


async def _slack_bot(token: str, api_url: str, *, user_groups: bool) -> Checked:
    async with SlackClient(token, api_url=api_url) as client:
        try:
            identity = await client.identify()
        except ChannelError as error:
            if not is_bad_token(error):
                raise
            return Checked(is_good=False, said=Words("Slack does not take it ({reason})", reason=reason_of(error)))
    missing = sorted(scopes(user_groups=user_groups).keys() - identity.scopes) if identity.scopes else []
    if missing:
        said = Words("it lacks the scopes {scopes}: install the app again from the manifest", scopes=", ".join(missing))
        return Checked(is_good=False, said=said)
    said = Words("the bot is {bot} in the workspace {team}", bot=identity.bot_user_id, team=identity.team_id)
    return Checked(is_good=True, said=said)


async def _slack_app(token: str, api_url: str) -> Checked:
    async with SlackClient("", api_url=api_url) as client:
        try:
            await client.socket_url(token)
        except ChannelError as error:
            reason = reason_of(error)
            if reason == "missing_scope":
                return Checked(is_good=False, said=Words("it lacks the scope {scope}", scope=APP_SCOPE))
            if not is_bad_token(error):
                raise
            return Checked(is_good=False, said=Words("Slack does not take it ({reason})", reason=reason))
    return Checked(is_good=True, said=Words("Slack gives an address for Socket Mode"))


async def _telegram(token: str, api_url: str) -> Checked:
    refused = Checked(is_good=False, said=Words("Telegram does not take it; BotFather gives it out with /token"))
    try:
        made = await asyncio.to_thread(TelegramClient, token, api_url=api_url)  # it reads the certificates
    except InvalidToken:
        return refused
    async with made as client:
        try:
            identity = await client.identify()
        except ChannelError as error:
            if not is_bad_telegram_token(error):
                raise
            return refused
    return Checked(is_good=True, said=Words("the bot is @{name}", name=identity.username))
