"""Which provider is served by which installer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bot.installers import claude, gemini, openai
from bot.installers.filesystem import FilesystemInstaller
from bot.installers.git_access import GitAccess
from bot.installers.git_repository import GitRepositoryInstaller
from core.domain.provider_configs import FilesystemConfig, GitConfig, provider_config
from core.domain.targets import Provider, ProviderKind
from core.errors import InvalidInput, ProviderUnavailable
from core.ports import Installers, Proposals, ProposalsOf, SecretStore, SkillInstaller


def installers(
    home: Path,
    environ: Mapping[str, str],
    *,
    host: str,
    secrets: SecretStore,  # noqa: ARG001 - for what is reached over HTTP
    repositories: GitAccess,
) -> Installers:
    """Return what gives each provider its installer.

    ``home`` is the home folder of the user the clients run as, ``host`` what people call this machine; ``secrets`` is
    where the references of configurations lead, and ``repositories`` opens those of teams.
    """
    folders = {
        ProviderKind.CLAUDE: claude.skills_folder(home),
        ProviderKind.OPENAI: openai.skills_folder(home, environ),
        ProviderKind.GEMINI: gemini.skills_folder(home),
    }
    shared = home / ".agents" / "skills"

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
            case _:
                raise ProviderUnavailable(provider=provider.display_name)

    return installer_of


def proposals(repositories: GitAccess) -> ProposalsOf:
    """Return what gives each provider that is a team's repository what waits there for a merge."""

    def proposals_of(provider: Provider) -> Proposals:
        config = provider_config(provider.name, provider.mode, provider.config)
        if not isinstance(config, GitConfig):
            raise ProviderUnavailable(provider=provider.display_name)
        return GitRepositoryInstaller(provider, config, repositories)

    return proposals_of


def _configured(config: FilesystemConfig, home: Path) -> Path | None:
    if config.path is None:
        return None
    folder = home / config.path[2:] if config.path.startswith("~/") else Path(config.path)
    return Path(os.path.normpath(folder))


def _shown(folder: Path, home: Path) -> str:
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
