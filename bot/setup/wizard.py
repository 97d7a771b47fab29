"""The wizard: asks for what no option of ``init`` has said, and checks each token when it is entered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Literal

from bot.config import Settings
from bot.integrations.secret_stores import Secrets
from bot.setup.asking import Asking, Say, agrees, choose
from bot.setup.choices import Choices, settings_of
from bot.setup.tokens import check
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.errors import InvalidSecretRef, InvalidSetting, SecretNotFound


class Wizard:
    """Asks ``asking``; ``chosen`` is what the options said, ``environ`` is where ``env:`` references lead."""

    def __init__(
        self, asking: Asking, say: Say, chosen: Choices, environ: Mapping[str, str], *, language: str = "en"
    ) -> None:
        """Have asked nothing yet; ``language`` is offered."""
        self._language = language
        self._asking = asking
        self._say = say
        self._chosen = dict(chosen)
        self._environ = environ
        #: The secrets to be kept in files, by setting.
        self.kept: dict[str, str] = {}

    async def run(self) -> dict[str, str | None]:
        """Return everything that is chosen in the end."""
        say = self._say
        languages = (("en", "English"), ("ko", "한국어"))
        await self._choice("language", say("Which language does the bot speak in rooms?"), languages, self._language)
        await self._database()
        modes = (
            ("off", say("not here")),
            ("socket", say("the bot calls Slack; nothing has to be reachable from outside")),
            ("http", say("Slack calls the bot, at an address with https")),
        )
        await self._choice("slack.mode", say("Slack?"), modes)
        ways = (
            ("off", say("not here")),
            ("polling", say("the bot calls Telegram; nothing has to be reachable from outside")),
            ("webhook", say("Telegram calls the bot, at an address with https")),
        )
        await self._choice("telegram.mode", say("Telegram?"), ways)
        if self._settings.slack.mode == "http" or self._settings.telegram.mode == "webhook":
            question = say("How is the bot reached from outside? (https://...)")
            await self._text("http.public_url", question, is_needed=True)
        await self._slack()
        await self._telegram()
        return self._chosen

    @property
    def _settings(self) -> Settings:
        return settings_of(self._chosen)

    async def _choice(
        self, setting: str, question: str, options: tuple[tuple[str, str], ...], default: str = "off"
    ) -> None:
        if self._chosen.get(setting) is None:
            self._chosen[setting] = await choose(self._asking, self._say, question, options, default)

    async def _text(self, setting: str, question: str, *, is_needed: bool = False) -> None:
        """Ask until the answer can be used; nothing is an answer where none ``is_needed``."""
        while self._chosen.get(setting) is None:
            answer = await self._asking.line(question)
            if not answer and not is_needed:
                return
            try:
                settings_of({setting: answer or "-"})
            except InvalidSetting as error:
                self._asking.tell(self._say(error.msgid, **error.written))
                continue
            if answer:
                self._chosen[setting] = answer

    async def _database(self) -> None:
        say = self._say
        await self._text(
            "database.url",
            say(
                "The database? Nothing is a file in the home; a server is postgresql://user@host/database,"
                " without its password:"
            ),
        )
        url = self._chosen.get("database.url")
        if url and not url.startswith("sqlite"):
            await self._text("database.password", say("Where is its password? (env:NAME or file:/path; nothing: none)"))

    async def _slack(self) -> None:
        mode, say = self._settings.slack.mode, self._say
        if mode == "off":
            return
        if await agrees(self._asking, say("Print the manifest that makes the app at Slack?")):
            self._show_manifest(mode)
        await self._secret("slack.bot_token", say("The Bot User OAuth Token (xoxb-), from Install App:"))
        if mode == "socket":
            question = say("The app-level token (xapp-), with connections:write, from Basic Information:")
            await self._secret("slack.app_token", question)
        else:
            await self._secret("slack.signing_secret", say("The signing secret, from Basic Information:"))
        await self._text(
            "slack.approval_channel", say("A channel for approval cards, as C0123456789? (nothing: private messages)")
        )

    def _show_manifest(self, mode: Literal["socket", "http"]) -> None:
        from bot.channels.slack.manifest import manifest

        made = manifest("Skillwarden", mode, self._settings.http.public_url, say=self._say)
        self._asking.tell(json.dumps(made, indent=2, ensure_ascii=False))
        self._asking.tell(
            self._say(
                "At api.slack.com/apps: Create New App, From a manifest, your workspace, JSON; paste it, install."
            )
        )

    async def _telegram(self) -> None:
        mode, say = self._settings.telegram.mode, self._say
        if mode == "off":
            return
        self._asking.tell(
            say(
                "In Telegram talk to @BotFather: /newbot, a name, a username that ends in bot. Leave privacy mode on."
                " The answer holds the token."
            )
        )
        await self._secret("telegram.token", say("The token (123456789:AA...):"))
        if mode == "webhook":
            question = say("A secret for the webhook, made up by you (A-Z, a-z, 0-9, _ and -):")
            await self._secret("telegram.webhook_secret", question)
        await self._text(
            "telegram.approval_chat", say("A group for approval cards, as -1001234567890? (nothing: private messages)")
        )

    async def _secret(self, setting: str, question: str) -> None:
        """Take the secret from where it is already, or have it typed; say what the platform says of it."""
        section, _, key = setting.partition(".")
        place = SecretRef.parse(getattr(getattr(self._settings, section), key))
        api_url = str(getattr(self._settings, section).api_url)
        say, tell = self._say, self._asking.tell
        try:
            value = await asyncio.to_thread(Secrets(self._environ, Masker()).get, place)
        except SecretNotFound:
            tell(
                say("({place} would be read; it is not there yet. Nothing: I put it there before serve.)", place=place)
            )
        else:
            found = await check(setting, value, api_url)
            tell(say("{place} is there: {said}.", place=place, said=found.said))
            if found.is_good is not False:
                return
        while value := await self._asking.line(question, is_secret=True):
            if _is_reference(value):
                self._chosen[setting] = value
                await self._secret(setting, question)
                return
            found = await check(setting, value, api_url)
            tell(say("Checked: {said}.", said=found.said))
            if found.is_good is False:
                continue
            if await agrees(self._asking, say("Keep it in the home, in a file that only you can read?")):
                self.kept[setting] = value
            else:
                tell(say("Then put it into {place} before serve.", place=place))
            return


def _is_reference(text: str) -> bool:
    try:
        SecretRef.parse(text)
    except InvalidSecretRef:
        return False
    return True
