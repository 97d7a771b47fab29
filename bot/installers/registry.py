"""Which provider is served by which installer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from weakref import WeakValueDictionary

from bot.installers import claude, claude_api, gemini, openai, openai_api
from bot.installers.api_client import ApiDoor
from bot.installers.filesystem import FilesystemInstaller
from bot.installers.git_access import GitAccess
from bot.installers.git_repository import GitRepositoryInstaller
from bot.installers.skills_api import ApiPlace, CheckLimits, Connect, Locks, SentModes, SkillsApiInstaller
from core.domain.masking import Masker
from core.domain.provider_configs import (
    ApiConfig,
    ClaudeApiConfig,
    FilesystemConfig,
    GitConfig,
    OpenAiApiConfig,
    place_of,
    provider_config,
)
from core.domain.targets import Provider, ProviderKind
from core.errors import InvalidInput, ProviderUnavailable
from core.ports import Installers, Proposals, ProposalsOf, SecretStore, SkillInstaller, Whereabouts

# How long a provider may take to answer.
SECONDS = 60.0


def installers(
    home: Path,
    environ: Mapping[str, str],
    *,
    host: str,
    secrets: SecretStore,
    masker: Masker,
    modes: SentModes,
    repositories: GitAccess,
) -> Installers:
    """Return what gives each provider its installer.

    ``home`` is the home folder of the user the clients run as, ``host`` what people call this machine; ``secrets`` is
    where the references of configurations lead, and ``masker`` hides where they led in what providers say; ``modes``
    keeps what APIs do not, and ``repositories`` opens those of teams.
    """
    folders = _own_folders(home, environ)
    shared = home / ".agents" / "skills"
    locks: Locks = WeakValueDictionary()

    def door_of(provider: Provider, config: ApiConfig) -> ApiDoor:
        return ApiDoor(
            provider=provider.display_name,
            reference=config.key,
            key=lambda: secrets.get(config.key),
            mask=masker.text,
            seconds=SECONDS,
        )

    def installer_of(provider: Provider) -> SkillInstaller:
        try:
            config = provider_config(provider.name, provider.mode, provider.config)
        except InvalidInput as error:
            raise ProviderUnavailable(provider=provider.display_name) from error
        match config:
            case FilesystemConfig():
                folder = _configured(config, home) or folders[provider.name]
                return FilesystemInstaller(
                    provider=provider.display_name,
                    folder=folder,
                    shown_as=f"{host}:{_shown(folder, home)}",
                    note=" (also read by Codex and Gemini)" if folder == shared else "",
                )
            case GitConfig():
                return GitRepositoryInstaller(provider, config, repositories)
            case ClaudeApiConfig():
                opened = claude_api.connection(config, door_of(provider, config))
                place = _place(provider, config, config.workspace, opened, claude_api.check_limits)
                return SkillsApiInstaller(place, modes=modes, locks=locks)
            case OpenAiApiConfig():
                whose = config.project or config.organization
                connect = openai_api.connection(config, door_of(provider, config))
                place = _place(provider, config, whose, connect, openai_api.check_limits)
                return SkillsApiInstaller(place, modes=modes, locks=locks)
            case _:
                raise ProviderUnavailable(provider=provider.display_name)

    return installer_of


def whereabouts(home: Path, environ: Mapping[str, str]) -> Whereabouts:
    """Return what says how and where skills reach a provider; see ``installers`` for ``home``."""
    folders = _own_folders(home, environ)
    return lambda provider: place_of(provider, _shown(folders[provider.name], home))


def _own_folders(home: Path, environ: Mapping[str, str]) -> dict[ProviderKind, Path]:
    """Return where the client of each kind looks by itself."""
    return {
        ProviderKind.CLAUDE: claude.skills_folder(home),
        ProviderKind.OPENAI: openai.skills_folder(home, environ),
        ProviderKind.GEMINI: gemini.skills_folder(home),
    }


def proposals(repositories: GitAccess) -> ProposalsOf:
    """Return what gives each provider whose branch takes merges only what waits there for a merge."""

    def proposals_of(provider: Provider) -> Proposals | None:
        try:
            config = provider_config(provider.name, provider.mode, provider.config)
        except InvalidInput:
            return None
        if not isinstance(config, GitConfig) or config.delivery != "merge":
            return None
        return GitRepositoryInstaller(provider, config, repositories)

    return proposals_of


def _place(
    provider: Provider, config: ApiConfig, whose: str | None, connect: Connect, check_limits: CheckLimits
) -> ApiPlace:
    return ApiPlace(
        provider_id=provider.id,
        provider=provider.display_name,
        address=f"{config.base_url}, {whose}" if whose else config.base_url,
        connect=connect,
        check_limits=check_limits,
    )


def _configured(config: FilesystemConfig, home: Path) -> Path | None:
    if config.path is None:
        return None
    folder = home / config.path[2:] if config.path.startswith("~/") else Path(config.path)
    return Path(os.path.normpath(folder))


def _shown(folder: Path, home: Path) -> str:
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
