"""``init``: what is asked, what the platforms say of each token, and what is written."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.home import Home
from bot.locale.translator import Catalogues
from bot.setup.choices import settings_of, write_new, write_secret
from bot.setup.config_text import config_text
from bot.setup.tokens import check
from bot.setup.wizard import Wizard
from core.errors import InvalidSetting
from tests.platforms.slack import FakeSlack
from tests.platforms.telegram import FakeTelegram

english = partial(Catalogues().say, "en")


class Script:
    """Somebody who answers by a script, and has to be asked exactly that much."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []
        self.hidden: list[str] = []

    async def line(self, question: str, default: str = "", *, is_secret: bool = False) -> str:
        """Answer the next question."""
        self.heard.append(question)
        answer = self.answers.pop(0) or default
        if is_secret:
            self.hidden.append(answer)
        return answer

    def tell(self, text: str) -> None:
        """Listen."""
        self.heard.append(text)

    @property
    def everything(self) -> str:
        """What was read, from the first line to the last."""
        return "\n".join(self.heard)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Open Slack."""
    async with FakeSlack() as opened:
        yield opened


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Open Telegram."""
    async with FakeTelegram(speed=0) as opened:
        yield opened


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"language": "ko", "database.url": "postgresql://me@db/skills", "database.password": "env:DB"},
        {"slack.mode": "socket", "slack.bot_token": "file:/s/bot", "slack.approval_channel": "C1"},
        {"slack.mode": "http", "slack.api_url": "http://127.0.0.1:9/api/", "http.public_url": "https://bot.example"},
        {"telegram.mode": "webhook", "telegram.token": "keyring:a/b", "telegram.approval_chat": "-100/4"},
        {"telegram.mode": "polling", "telegram.api_url": 'http://127.0.0.1:9/"\\', "language": "ko"},
    ],
)
def test_the_file_means_what_was_chosen(tmp_path: Path, chosen: Mapping[str, str]) -> None:
    """Read back, it is those settings, in either language of its comments; and it is commented."""
    settings = settings_of(chosen)
    for language in ("en", "ko"):
        text = config_text(settings, partial(Catalogues().say, language))
        path = tmp_path / f"{language}.toml"
        path.write_text(text, encoding="utf-8")
        assert load_settings(tmp_path, path).model_dump() == settings.model_dump()
        assert sum(line.startswith("# ") for line in text.splitlines()) > 5
    assert "password = " in text or "database.password" not in chosen


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("slack.bot_token", "xoxb-1-secret"),
        ("telegram.token", "123456:AAF-secret"),
        ("database.url", "postgresql://me:secret@db/skills"),
    ],
)
def test_a_secret_is_no_choice(setting: str, value: str) -> None:
    """Where a reference belongs, the secret itself is refused, and not repeated."""
    with pytest.raises(InvalidSetting) as caught:
        settings_of({setting: value})
    assert setting in str(caught.value)
    assert "secret@" not in str(caught.value)
    assert value not in str(caught.value)


def test_a_secret_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """Its file can be read by nobody else, and no file is written over."""
    home = Home.open(tmp_path / "home")
    reference = write_secret(home, "slack.bot_token", "xoxb-1")
    path = Path(reference.removeprefix("file:"))
    assert path.read_text(encoding="utf-8") == "xoxb-1\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(InvalidSetting, match="File exists"):
        write_secret(home, "slack.bot_token", "xoxb-2")
    assert path.read_text(encoding="utf-8") == "xoxb-1\n"
    write_new(home, home.path / "config.toml", "a")
    with pytest.raises(InvalidSetting):
        write_new(home, home.path / "config.toml", "b")
    assert [file.name for file in home.path.iterdir() if file.is_file()] == ["config.toml"]


async def test_slack_is_asked_about_its_tokens(slack: FakeSlack) -> None:
    """A good one names the bot, a bad one is refused, a missing scope is named; no answer is no verdict."""
    good = await check("slack.bot_token", slack.bot_token, slack.api_url)
    assert (good.is_good, slack.world.team_id in good.said) == (True, True)
    assert (await check("slack.app_token", slack.app_token, slack.api_url)).is_good is True
    assert (await check("slack.app_token", slack.bot_token, slack.api_url)).is_good is False
    bad = await check("slack.bot_token", "xoxb-wrong", slack.api_url)
    assert (bad.is_good, "invalid_auth" in bad.said) == (False, True)
    slack.scopes.discard("im:write")
    short = await check("slack.bot_token", slack.bot_token, slack.api_url)
    assert (short.is_good, "im:write" in short.said) == (False, True)
    nobody = await check("slack.bot_token", slack.bot_token, "http://127.0.0.1:9/api/")
    assert nobody.is_good is None
    assert slack.bot_token not in nobody.said


async def test_telegram_is_asked_about_its_token(telegram: FakeTelegram) -> None:
    """As Slack is; a token that is none at all is refused too, and never repeated."""
    good = await check("telegram.token", telegram.token, telegram.api_url)
    assert (good.is_good, "@skillwarden_bot" in good.said) == (True, True)
    for wrong in ("1:wrong", "no token"):
        bad = await check("telegram.token", wrong, telegram.api_url)
        assert (bad.is_good, wrong in bad.said) == (False, False)
    nobody = await check("telegram.token", telegram.token, "http://127.0.0.1:9")
    assert nobody.is_good is None
    assert telegram.token not in nobody.said


@pytest.mark.parametrize(
    ("setting", "good", "bad"),
    [("slack.signing_secret", "0123456789abcdef" * 2, "xoxb-1"), ("telegram.webhook_secret", "a_B-9", "no blanks")],
)
async def test_what_nobody_can_be_asked_about_has_a_form(setting: str, good: str, bad: str) -> None:
    """The signing secret and the webhook's secret are looked at."""
    assert (await check(setting, good, "")).is_good is True
    assert (await check(setting, bad, "")).is_good is False


async def test_a_whole_conversation(slack: FakeSlack, telegram: FakeTelegram) -> None:
    """A mistyped token is asked for again, a reference is followed, and no secret is among what was chosen."""
    script = Script(
        *("ko", "", "9", "2", "polling"),  # language, database, Slack (there is no 9), Telegram
        *("y", "xoxb-wrong", slack.bot_token, "y"),  # the manifest; the token, to be kept
        *(slack.app_token, "n"),  # to be put into the environment
        "C0123456789",
        *(telegram.token, ""),
        *("my group", "-100123"),
    )
    given = {"slack.api_url": slack.api_url, "telegram.api_url": telegram.api_url}
    wizard = Wizard(script, english, given, {})
    chosen = await wizard.run()
    assert script.answers == []
    assert wizard.kept == {"slack.bot_token": slack.bot_token, "telegram.token": telegram.token}
    settings = settings_of(chosen)
    assert (settings.language, settings.slack.mode, settings.telegram.mode) == ("ko", "socket", "polling")
    assert (settings.slack.approval_channel, settings.telegram.approval_chat) == ("C0123456789", "-100123")
    assert '"socket_mode_enabled": true' in script.everything
    assert "@BotFather" in script.everything
    assert "Slack does not take it (invalid_auth)" in script.everything
    assert "SLACK_APP_TOKEN before serve" in script.everything
    for secret in (slack.bot_token, slack.app_token, telegram.token):
        assert secret in script.hidden
        assert secret not in script.everything + repr(chosen)


async def test_what_is_there_already_is_not_asked_for(slack: FakeSlack) -> None:
    """A token in the environment is checked where it is; what options have said is not asked."""
    script = Script("", "", "", "n", "", "env:OTHER", "")
    given = {"slack.api_url": slack.api_url, "slack.mode": "socket"}
    environ = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": "xapp-old", "OTHER": slack.app_token}
    script = Script("", "", "", "n", "env:OTHER", "")
    chosen = await Wizard(script, english, given, environ).run()
    assert script.answers == []
    assert chosen["slack.app_token"] == "env:OTHER"
    assert settings_of(chosen) == settings_of({**given, "slack.app_token": "env:OTHER"}) != Settings()
    assert "env:SLACK_BOT_TOKEN is there: the bot is" in script.everything
    assert "xapp-old" not in script.everything


def test_what_is_written_is_toml() -> None:
    """Any text survives, whatever it holds."""
    text = 'a"b\\c\x7fé\n\t'
    settings = settings_of({"http.public_url": text})
    assert tomllib.loads(config_text(settings, str))["http"]["public_url"] == text
