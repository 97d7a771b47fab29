"""The config.toml that ``init`` writes: what was chosen, and a comment at what people change next. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from bot.config import DatabaseSettings, HttpSettings, Settings, SlackSettings, TelegramSettings

Say = Callable[[str], str]


def config_text(settings: Settings, say: Say) -> str:
    """Return the file that means ``settings``, as far as ``init`` asks for them; comments are said by ``say``."""
    sections = (
        _beginning(settings, say),
        _database(settings.database, say),
        _slack(settings.slack, say),
        _telegram(settings.telegram, say),
        _http(settings.http, say),
    )
    return "\n".join("".join(f"{line}\n" for line in section) for section in sections)


def _beginning(settings: Settings, say: Say) -> Iterator[str]:
    yield f"# {say('Skillwarden, as init was told. docs/configuration.md has every key, and its default.')}"
    yield f"# {say('Secrets have no place here, only where they are: env:NAME, file:/path or keyring:service/name.')}"
    yield ""
    yield f"# {say('For rooms, and for whoever has chosen no language: en or ko.')}"
    yield _set("language", settings.language)


def _database(database: DatabaseSettings, say: Say) -> Iterator[str]:
    yield "[database]"
    if database.url is None:
        yield f"# {say('Everything is in skillwarden.db beside this file. A server instead:')}"
        yield f"# {_set('url', 'postgresql://skillwarden@db.example.com/skillwarden')}"
        yield f"# {_set('password', 'env:SKILLWARDEN_DATABASE_PASSWORD')}"
        return
    yield _set("url", database.url)
    if database.password is not None:
        yield _set("password", database.password)


def _slack(slack: SlackSettings, say: Say) -> Iterator[str]:
    yield "[slack]"
    yield f"# {say('off, socket (the bot calls Slack) or http (Slack calls the bot).')}"
    yield _set("mode", slack.mode)
    if slack.mode == "off":
        return
    if slack.api_url != SlackSettings().api_url:
        yield _set("api_url", slack.api_url)
    yield _set("bot_token", slack.bot_token)
    if slack.mode == "socket":
        yield _set("app_token", slack.app_token)
    else:
        yield _set("signing_secret", slack.signing_secret)
    yield f"# {say('A channel that gets every approval card; the bot has to be invited there.')}"
    yield _maybe("approval_channel", slack.approval_channel, "C0123456789")


def _telegram(telegram: TelegramSettings, say: Say) -> Iterator[str]:
    yield "[telegram]"
    yield f"# {say('off, polling (the bot calls Telegram) or webhook (Telegram calls the bot).')}"
    yield _set("mode", telegram.mode)
    if telegram.mode == "off":
        return
    if telegram.api_url != TelegramSettings().api_url:
        yield _set("api_url", telegram.api_url)
    yield _set("token", telegram.token)
    if telegram.mode == "webhook":
        yield _set("webhook_secret", telegram.webhook_secret)
    yield f"# {say('A group that gets every approval card; the bot has to be a member.')}"
    yield _maybe("approval_chat", telegram.approval_chat, "-1001234567890")


def _http(http: HttpSettings, say: Say) -> Iterator[str]:
    yield "[http]"
    yield f"# {say('Where serve listens, for a reverse proxy with TLS on the same machine.')}"
    yield _set("host", http.host)
    yield f"port = {http.port}"
    yield f"# {say('How the bot is reached from outside, where Slack or Telegram call it.')}"
    yield _maybe("public_url", http.public_url, "https://skillwarden.example.com")


def _maybe(key: str, value: str | None, example: str) -> str:
    return _set(key, value) if value is not None else f"# {_set(key, example)}"


def _set(key: str, value: str) -> str:
    # What JSON makes of a text, TOML reads as a basic string; but for DEL, which TOML wants escaped.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
