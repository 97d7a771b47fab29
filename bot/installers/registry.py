"""Which provider is served by which installer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bot.installers import claude, gemini, openai
from bot.installers.filesystem import FilesystemInstaller
from core.domain.targets import Provider, ProviderKind, ProviderMode
from core.errors import ProviderUnavailable
from core.ports import Installers, SkillInstaller


def installers(home: Path, environ: Mapping[str, str]) -> Installers:
    """Return what gives each provider its installer; ``home`` is the home folder of the user the clients run as.

    A filesystem provider's ``config["path"]`` is its skills folder, absolute or below ``~``; without one it is the
    folder that only this provider's client reads.
    """
    defaults = {
        ProviderKind.CLAUDE: claude.skills_folder(home),
        ProviderKind.OPENAI: openai.skills_folder(home, environ),
        ProviderKind.GEMINI: gemini.skills_folder(home),
    }
    shared = home / ".agents" / "skills"

    def installer_of(provider: Provider) -> SkillInstaller:
        if provider.mode is not ProviderMode.FILESYSTEM:
            raise ProviderUnavailable(provider=provider.display_name)
        folder = _configured(provider, home) or defaults[provider.name]
        return FilesystemInstaller(
            provider=provider.display_name,
            folder=folder,
            shown_as=_shown(folder, home),
            note=" (also read by Codex and Gemini)" if folder == shared else "",
        )

    return installer_of


def _configured(provider: Provider, home: Path) -> Path | None:
    path = provider.config.get("path")
    if path is None:
        return None
    if not isinstance(path, str):
        raise ProviderUnavailable(provider=provider.display_name)
    folder = home / path[2:] if path.startswith("~/") else Path(path)
    if not folder.is_absolute():
        raise ProviderUnavailable(provider=provider.display_name)
    return Path(os.path.normpath(folder))


def _shown(folder: Path, home: Path) -> str:
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
