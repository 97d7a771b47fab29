"""Settings: config.toml and the environment variables, checked; every key is explained in config.example.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.config_errors import exposed, first_error, refuse_secrets, syntax_error
from bot.database_forms import url_without_password
from bot.policy_config import PolicySection
from bot.source_names import host_name, source_name
from core.domain.masking import shows_secret
from core.domain.messages import ChannelName
from core.domain.secret_refs import SecretRef
from core.domain.sources import AllowedHosts
from core.errors import ConfigError, InvalidSecretRef, InvalidSetting, Words


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _secret(value: str) -> str:
    try:
        return str(SecretRef.parse(value))
    except InvalidSecretRef as error:
        raise ValueError(exposed() if shows_secret(value) else _not_referred_to()) from error


def _not_referred_to() -> Words:
    return Words("a secret is written as env:NAME, file:/path or keyring:service/name, never as its value")


class DatabaseSettings(_Section):
    """``[database]``: where everything is stored; None is ``skillwarden.db`` in the home.

    ``password`` is the reference to the password of ``url``, such as ``env:NAME``.
    """

    url: Annotated[str, AfterValidator(url_without_password)] | None = None
    password: Annotated[str, AfterValidator(_secret)] | None = None


#: A reference to a secret, checked; never the secret itself.
Secret = Annotated[str, AfterValidator(_secret)]


class CredentialSettings(_Section):
    """``[[sources.credentials]]``: where the token for a host is. It is sent to that host alone."""

    host: Annotated[str, AfterValidator(host_name)]
    token: Secret


class SourceSettings(_Section):
    """``[sources]``: where skills may come from, the tokens for hosts that ask for one, and whose signatures count."""

    allowed_hosts: tuple[Annotated[str, AfterValidator(source_name)], ...] = ("github.com",)
    credentials: tuple[CredentialSettings, ...] = ()
    allowed_signers: str | None = None
    gpg_keys: str | None = None

    @model_validator(mode="after")
    def _check(self) -> SourceSettings:
        hosts = [entry.host for entry in self.credentials]
        for number, host in enumerate(hosts):
            if host not in AllowedHosts(hosts=self.allowed_hosts).names:
                raise _wrong_host(number, Words("{host} is not one of allowed_hosts", host=host))
            if host in hosts[:number]:
                raise _wrong_host(number, Words("{host} has a token already", host=host))
        return self


def _wrong_host(number: int, problem: str) -> PydanticCustomError:
    return PydanticCustomError("misplaced", "{problem}", {"problem": problem, "at": ("credentials", number, "host")})


class LimitSettings(_Section):
    """``[limits]``: how much is taken from a repository, and from people within a minute.

    The strictest providers take no larger skill.

    OpenAI: 500 files, 25 MB a file; Anthropic: 30 MB in all.
    """

    files: int = Field(default=500, ge=1)
    file_bytes: int = Field(default=25_000_000, ge=1)
    skill_bytes: int = Field(default=30_000_000, ge=1)
    repository_bytes: int = Field(default=100_000_000, ge=1)
    messages_per_minute: int = Field(default=60, ge=1)
    chat_messages_per_minute: int = Field(default=240, ge=1)


def _api_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s]+/api/", value):
        raise ValueError(Words("it must be a URL that ends in /api/"))
    return value


class SlackSettings(_Section):
    """``[slack]``: the workspace the bot listens to. An empty list keeps out nobody who is linked."""

    mode: Literal["off", "socket", "http"] = "off"
    bot_token: Secret = "env:SLACK_BOT_TOKEN"  # noqa: S105 - a reference
    app_token: Secret = "env:SLACK_APP_TOKEN"  # noqa: S105 - a reference
    signing_secret: Secret = "env:SLACK_SIGNING_SECRET"  # noqa: S105 - a reference
    api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"
    approval_channel: str | None = None
    approval_messages: bool = True
    allowed_teams: tuple[str, ...] = ()
    allowed_channels: tuple[str, ...] = ()
    # Slack: chat.postMessage, about 1 a second and channel.
    seconds_between_messages: float = Field(default=1.0, ge=0)

    @property
    def needed_secrets(self) -> tuple[str, ...]:
        """The settings that name the secrets which the mode needs."""
        needs = {"off": (), "socket": ("bot_token", "app_token"), "http": ("bot_token", "signing_secret")}
        return needs[self.mode]


def _bot_api_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(?:/[^\s]*[^\s/])?", value) or value.endswith("/bot"):
        raise ValueError(Words("it must be a URL without a slash, and without /bot, at its end"))
    return value


def _chat(value: str) -> str:
    if not re.fullmatch(r"-?[0-9]+", value):
        raise ValueError(Words('it must be the number of a chat, such as "-1001234567890"'))
    return value


def _room(value: str) -> str:
    if not re.fullmatch(r"-?[0-9]+(?:/[0-9]+)?", value):
        raise ValueError(
            Words('it must be the number of a chat, and perhaps of a topic there, such as "-1001234567890/42"')
        )
    return value


class TelegramSettings(_Section):
    """``[telegram]``: the bot of BotFather's. An empty list keeps out nobody who is linked."""

    mode: Literal["off", "polling", "webhook"] = "off"
    token: Secret = "env:TELEGRAM_TOKEN"  # noqa: S105 - a reference
    webhook_secret: Secret = "env:TELEGRAM_WEBHOOK_SECRET"  # noqa: S105 - a reference
    api_url: Annotated[str, AfterValidator(_bot_api_url)] = "https://api.telegram.org"
    approval_chat: Annotated[str, AfterValidator(_room)] | None = None
    approval_messages: bool = True
    allowed_chats: tuple[Annotated[str, AfterValidator(_chat)], ...] = ()
    # core.telegram.org/bots/faq: about 1 a second and chat, and 20 a minute and group.
    seconds_between_messages: float = Field(default=1.0, ge=0)
    group_messages_per_minute: int = Field(default=20, ge=1)

    @property
    def needed_secrets(self) -> tuple[str, ...]:
        """The settings that name the secrets which the mode needs."""
        needs = {"off": (), "polling": ("token",), "webhook": ("token", "webhook_secret")}
        return needs[self.mode]


class ApprovalSettings(_Section):
    """``[approvals]``: what happens once enough people agree."""

    undo_seconds: int = Field(default=10, ge=0, le=3600)


class AuditSettings(_Section):
    """``[audit]``: the Ed25519 key that signs receipts and checkpoints, how often those are made, where they go."""

    signing_key: Secret | None = None
    checkpoint_minutes: int = Field(default=60, ge=1, le=1440)
    file: str | None = None
    show_daily: bool = True


class DriftSettings(_Section):
    """``[drift]``: how often what is installed is compared with what was approved."""

    check_minutes: int = Field(default=15, ge=1, le=1440)


class HttpSettings(_Section):
    """``[http]``: where ``serve`` listens, how it is reached, how much and how often it takes, whom it calls."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str | None = None
    artifact_bytes: int = Field(default=25_000_000, ge=1)
    plain_callback_hosts: tuple[Annotated[str, AfterValidator(host_name)], ...] = ()
    inside_callback_hosts: tuple[Annotated[str, AfterValidator(host_name)], ...] = ()
    callback_secret: Secret | None = None
    requests_per_minute: int = Field(default=60, ge=1)


def _model_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/@?#]+(?:/[^\s@?#]*)?", value):
        raise ValueError(Words("it must be a URL, such as https://models.example.com/v1"))
    return value


class LanguageModelSettings(_Section):
    """``[language_model]``: who is asked what the rules cannot read, and how much that may be for each person and day.

    Where no ``base_url`` is given, it is that of the provider; OpenAI stands for everything that speaks like it.
    """

    provider: Literal["off", "anthropic", "openai", "google"] = "off"
    model: str = Field(default="", max_length=100)
    api_key: Secret | None = None
    base_url: Annotated[str, AfterValidator(_model_url)] | None = None
    tokens_per_day: int = Field(default=100_000, ge=0)

    @model_validator(mode="after")
    def _check(self) -> LanguageModelSettings:
        if self.provider == "off":
            return self
        if not self.model:
            raise _missing_setting("model", Words("name the model to ask"))
        if self.api_key is None and not (self.provider == "openai" and self.base_url):
            raise _missing_setting("api_key", Words("say where the key is, such as env:NAME"))
        return self


def _missing_setting(name: str, problem: str) -> PydanticCustomError:
    return PydanticCustomError("misplaced", "{problem}", {"problem": problem, "at": (name,)})


class LoggingSettings(_Section):
    """``[logging]``: how much is written to the log."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(BaseSettings):
    """Everything that can be configured."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    language: Literal["en", "ko"] = "en"
    database: DatabaseSettings = DatabaseSettings()
    sources: SourceSettings = SourceSettings()
    limits: LimitSettings = LimitSettings()
    slack: SlackSettings = SlackSettings()
    telegram: TelegramSettings = TelegramSettings()
    http: HttpSettings = HttpSettings()
    approvals: ApprovalSettings = ApprovalSettings()
    audit: AuditSettings = AuditSettings()
    drift: DriftSettings = DriftSettings()
    policy: PolicySection | None = None
    language_model: LanguageModelSettings = LanguageModelSettings()
    logging: LoggingSettings = LoggingSettings()

    @property
    def channels(self) -> frozenset[ChannelName]:
        """The platforms that are switched on."""
        modes: dict[ChannelName, str] = {"slack": self.slack.mode, "telegram": self.telegram.mode}
        return frozenset(name for name, mode in modes.items() if mode != "off")

    @property
    def needed_secrets(self) -> tuple[str, ...]:
        """The settings that name secrets which the platforms need, as ``section.key``."""
        sections = (("slack", self.slack), ("telegram", self.telegram))
        return tuple(f"{name}.{key}" for name, section in sections for key in section.needed_secrets)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave the environment out: a variable that happens to be called DATABASE is none of our settings."""
        return (init_settings, TomlConfigSettingsSource(settings_cls))


def load_settings(home: Path, config: Path | None = None) -> Settings:
    """Read ``config``, or ``config.toml`` in ``home`` where a missing file means that everything is as by default.

    Raises:
        InvalidSetting: ``config`` is missing, or the file cannot be read.
        ConfigError: a line of the file is wrong.
    """
    path = config or home / "config.toml"
    if config is None and not path.exists():
        return Settings()
    text = _read(path)

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=path)

    try:
        settings = FromFile()
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(path, text, error) from error
    except ValidationError as error:
        raise first_error(path, text, error, Settings) from error
    refuse_secrets(path, text)
    return settings


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(file=path, line=line, key="text", problem=Words("this is not UTF-8")) from error
    except FileNotFoundError as error:
        raise InvalidSetting(setting=path, problem=Words("there is no such file")) from error
    except OSError as error:
        raise InvalidSetting(setting=path, problem=error.strerror or type(error).__name__) from error
