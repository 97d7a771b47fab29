"""Telegram: whether the token is good, who else takes the updates, and whether the bot is in the settings' groups."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.channels.telegram.client import TelegramClient, is_bad_token, migrated_to
from bot.channels.telegram.endpoint import PATH
from bot.config import HttpSettings, TelegramSettings
from bot.doctor.findings import Finding, attempt, ok, problem, warning
from core.errors import ChannelError, ChannelRefused, Words

_NETWORK = Words("Check the network, the proxy and api_url in [telegram]; then try again.")
_COPY_AGAIN = Words("Ask BotFather for the token (/token), and put it where [telegram] token says.")
_INSIDE = {"creator", "administrator", "member", "restricted"}


async def check_telegram(settings: TelegramSettings, http: HttpSettings, token: str | None) -> list[Finding]:
    """Ask Telegram about ``token`` (None: it cannot be read) and about the chats of ``settings``."""
    findings = _address(http) if settings.mode == "webhook" else []
    if token is None:
        return findings
    async with await asyncio.to_thread(TelegramClient, token, api_url=settings.api_url) as client:
        try:
            identity = await client.identify()
        except ChannelError as error:
            advice = _COPY_AGAIN if is_bad_token(error) else _NETWORK
            found = Words("getMe was answered with: {reason}", reason=error.params.get("reason", error))
            return [*findings, problem("Telegram", found, advice, error.exit_code)]
        findings.append(ok("Telegram", Words("the bot is @{username}", username=identity.username)))
        if identity.hears_all:
            advice = Words(
                "Switch privacy mode on with BotFather (/setprivacy); the bot needs no more than what is said to it."
            )
            findings.append(
                warning("Telegram privacy", Words("the bot is sent everything that is said in groups"), advice)
            )
        findings += await attempt("Telegram updates", _updates(client, settings), _NETWORK)
        for chat in dict.fromkeys(
            filter(None, ((settings.approval_chat or "").partition("/")[0], *settings.allowed_chats))
        ):
            check = f"Telegram chat {chat}"
            findings += await attempt(check, _membership(check, client, identity.bot_id, chat), _NETWORK)
    return findings


def _address(http: HttpSettings) -> list[Finding]:
    if http.public_url is None:
        advice = Words("Set it to where Telegram reaches the bot, with https.")
        return [problem("Telegram address", Words("[http] public_url is not set"), advice)]
    return [
        ok(
            "Telegram address",
            Words("Telegram is told to reach the bot at {address}", address=http.public_url.rstrip("/") + PATH),
        )
    ]


async def _updates(client: TelegramClient, settings: TelegramSettings) -> Sequence[Finding]:
    """Say where Telegram sends updates now, and what it could not deliver."""
    check, info = "Telegram updates", await client.call("getWebhookInfo")
    if settings.mode == "polling" and info.get("url"):
        found = Words("they go to {url} until serve takes that down", url=info["url"])
        return [warning(check, found, Words("If another program needs that webhook, it needs a bot of its own."))]
    if info.get("last_error_message") and settings.mode == "webhook":
        found = Words("Telegram could not deliver: {error}", error=info["last_error_message"])
        return [warning(check, found, Words("Look at the proxy in front of the bot, and its certificate."))]
    return [ok(check, Words("{count} wait at Telegram", count=info.get("pending_update_count", 0)))]


async def _membership(check: str, client: TelegramClient, bot_id: int, chat: str) -> Sequence[Finding]:
    try:
        member = await client.call("getChatMember", chat_id=int(chat), user_id=bot_id)
    except ChannelRefused as error:
        if (new := migrated_to(error)) is not None:
            advice = Words(
                "Put {new} in its place in [telegram]; until then the bot asks Telegram at each start.", new=new
            )
            return [warning(check, Words("{chat} has become a supergroup, {new}", chat=chat, new=new), advice)]
        found = Words(
            "the bot is not in {chat}, or there is no such chat ({reason})",
            chat=chat,
            reason=error.params.get("reason", error),
        )
        return [problem(check, found, Words("Add the bot to the group, or correct the number in [telegram]."))]
    if member["status"] not in _INSIDE:
        return [
            problem(
                check,
                Words("the bot has left {chat}", chat=chat),
                Words("Add it again, or correct the number in [telegram]."),
            )
        ]
    if member["status"] == "restricted" and not member.get("can_send_messages", True):
        return [
            problem(
                check, Words("the bot may not write in {chat}", chat=chat), Words("Allow it to send messages there.")
            )
        ]
    return [ok(check, Words("the bot is in {chat}", chat=chat))]
