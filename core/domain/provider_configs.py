"""Where a provider is, mode by mode: places and references to secrets, never a secret."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationError

from core.domain.base import Domain
from core.domain.git_addresses import GitAddress, parse_git_address
from core.domain.masking import Masker, shows_secret
from core.domain.secret_refs import SecretRef
from core.domain.sources import is_ref_name
from core.domain.targets import Provider, ProviderKind, ProviderMode
from core.errors import InvalidInput, InvalidSetting, SecretExposed, Words

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# In others ssh would see several files, or something to fill in.
_PATH_FOR_SSH = re.compile(r"/[^\s\"'\\%$]*")
_COMPONENT = r"(?!-|(?:\.{1,2}|\.git)(?:/|$))[\w.-]+"
_FOLDER = re.compile(rf"{_COMPONENT}(?:/{_COMPONENT})*", re.IGNORECASE)
_SDK_ID = re.compile(r"[\w.-]{1,100}")

#: The folder of a repository that only this kind's client reads.
REPOSITORY_FOLDERS = {
    ProviderKind.CLAUDE: ".claude/skills",
    ProviderKind.OPENAI: ".agents/skills",
    ProviderKind.GEMINI: ".gemini/skills",
}


def _reference(value: object) -> object:
    return SecretRef.parse(value) if isinstance(value, str) else value


def _folder_on_disk(value: str) -> str:
    if not value.startswith(("/", "~/")):
        raise ValueError(Words("it must be an absolute path, or one below ~/"))
    return value


def _for_ssh(value: str) -> str:
    if not _PATH_FOR_SSH.fullmatch(value):
        raise ValueError(Words("it must be an absolute path without spaces, quotes, % and $"))
    return value


def _repository(value: str) -> str:
    if parse_git_address(value) is None:
        raise ValueError(Words("it must be the address of a git repository over https or ssh"))
    return value


def _branch(value: str) -> str:
    if not is_ref_name(value):
        raise ValueError(Words("it must be the name of a branch"))
    return value


def _folder_in_repository(value: str) -> str:
    if not _FOLDER.fullmatch(value):
        raise ValueError(Words("it must be a folder inside the repository, such as .claude/skills"))
    return value


def _endpoint(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.fragment:
        raise ValueError(Words("it must be the address of an API, such as https://api.example.com"))
    if address.scheme == "http" and address.hostname not in _LOOPBACK:
        raise ValueError(Words("it must begin with https://, as the key is sent there"))
    return value.rstrip("/")


def _id(value: str) -> str:
    if not _SDK_ID.fullmatch(value):
        raise ValueError(Words("it must be an id of letters, digits, hyphens and underscores"))
    return value


#: A reference to a secret, written ``env:NAME``, ``file:/path`` or ``keyring:service/name``.
Reference = Annotated[SecretRef, BeforeValidator(_reference), PlainSerializer(str)]
_Branch = Annotated[str, AfterValidator(_branch)]
_Endpoint = Annotated[str, AfterValidator(_endpoint)]
_Id = Annotated[str, AfterValidator(_id)]


class ProviderConfig(Domain):
    """What every mode has in common: it can be stored, and read again."""

    def stored(self) -> dict[str, Any]:
        """Return what ``Provider.config`` keeps: what differs from the defaults."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @abstractmethod
    def place(self, own: str) -> str:
        """Return where it is, as people know it; ``own`` is the folder that the kind's client reads by itself."""


class FilesystemConfig(ProviderConfig):
    """A skills folder on this machine; None is the folder that only this kind's client reads."""

    path: Annotated[str, AfterValidator(_folder_on_disk)] | None = None

    def place(self, own: str) -> str:
        return self.path or own


class GitConfig(ProviderConfig):
    """A folder of a team's repository: skills are there once ``branch`` has them.

    The bot pushes there itself or, where ``delivery`` is "merge", pushes a branch of its own for each request, for
    people to merge. ``credential`` leads to the token - over ssh to the deploy key - for this repository's host; None
    sends nothing. ``known_hosts`` is the file of the keys of ssh servers; None is what the bot's user has.
    """

    repository: Annotated[str, AfterValidator(_repository)]
    branch: _Branch = "main"
    delivery: Literal["push", "merge"] = "push"
    folder: Annotated[str, AfterValidator(_folder_in_repository)] | None = None
    credential: Reference | None = None
    known_hosts: Annotated[str, AfterValidator(_for_ssh)] | None = None

    @property
    def address(self) -> GitAddress:
        """The repository's address, which was read before."""
        address = parse_git_address(self.repository)
        if address is None:
            raise ValueError("a configuration holds an address that was never read")
        return address

    def place(self, own: str) -> str:
        del own
        return f"{self.repository} @ {self.branch}"

    def folder_for(self, kind: ProviderKind) -> str:
        """Return the folder of the repository in which the skills of ``kind`` are."""
        return self.folder or REPOSITORY_FOLDERS[kind]


class ApiConfig(ProviderConfig):
    """A Skills API: its address, and where its key is."""

    base_url: _Endpoint
    key: Reference

    def place(self, own: str) -> str:
        del own
        return self.base_url


class ClaudeApiConfig(ApiConfig):
    """Anthropic's; a key that may act in several workspaces names the one whose skills these are."""

    base_url: _Endpoint = "https://api.anthropic.com"
    key: Reference = Field(default=SecretRef(scheme="env", name="ANTHROPIC_API_KEY"))
    workspace: _Id | None = None


class OpenAiApiConfig(ApiConfig):
    """OpenAI's; a key that may act for several organisations or projects names one."""

    base_url: _Endpoint = "https://api.openai.com/v1"
    key: Reference = Field(default=SecretRef(scheme="env", name="OPENAI_API_KEY"))
    organization: _Id | None = None
    project: _Id | None = None


_APIS: dict[ProviderKind, type[ApiConfig]] = {
    ProviderKind.CLAUDE: ClaudeApiConfig,
    ProviderKind.OPENAI: OpenAiApiConfig,
}


def provider_config(kind: ProviderKind, mode: ProviderMode, config: Mapping[str, Any]) -> ProviderConfig:
    """Return ``config`` as the configuration of a provider of this kind and mode.

    Raises:
        SecretExposed: a value looks like a secret; it is not repeated.
        InvalidSecretRef: where a reference is to be, there is something else.
        InvalidSetting: a key is missing or unknown, or a value does not fit; or this kind has no such mode.
    """
    for name, value in config.items():
        if shows_secret(name) or (isinstance(value, str) and shows_secret(value)):
            raise SecretExposed(where=Masker().text(name))
    try:
        return _model(kind, mode).model_validate(dict(config))
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(map(str, detail["loc"]))
        raise InvalidSetting(setting=name, problem=_problem(detail)) from None


def place_of(provider: Provider, own: str) -> str:
    """Return how and where skills reach ``provider``, as people know it; ``own`` is its client's own folder."""
    try:
        return f"{provider.mode.value}, {provider_config(provider.name, provider.mode, provider.config).place(own)}"
    except InvalidInput:
        return provider.mode.value


def _model(kind: ProviderKind, mode: ProviderMode) -> type[ProviderConfig]:
    if mode is ProviderMode.FILESYSTEM:
        return FilesystemConfig
    if mode is ProviderMode.GIT:
        return GitConfig
    if kind not in _APIS:
        raise InvalidSetting(setting=f"{kind.value}, {mode.value}", problem=Words("it has no such mode"))
    return _APIS[kind]


def _problem(detail: Any) -> str:
    if detail["type"] == "extra_forbidden":
        return Words("there is no such key")
    if detail["type"] == "missing":
        return Words("it is missing")
    if detail["type"] == "literal_error":
        return Words("it must be one of {choices}", choices=detail["ctx"]["expected"])
    if detail["type"] == "value_error":
        return cast("str", detail["ctx"]["error"].args[0])
    return Words("it must be text")
