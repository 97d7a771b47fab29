"""Where skills go from this machine: the installers of every provider, put together for the bot and its commands."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.installation import Installation
    from bot.installers.git_access import GitAccess
    from core.ports import Installers, SecretStore


def repositories_of(installation: Installation, secrets: SecretStore) -> GitAccess:
    """Return what opens the repositories of teams."""
    from bot.installers.git_access import GitAccess

    return GitAccess(installation.home.scratch, secrets, installation.masker)


def places_of(installation: Installation, secrets: SecretStore, repositories: GitAccess | None = None) -> Installers:
    """Return what gives each provider its installer; ``repositories`` opens those of teams where it is open already."""
    from bot.installers.registry import installers
    from bot.integrations.mode_files import DiskSentModes

    return installers(
        Path.home(),
        os.environ,
        host=socket.gethostname(),
        secrets=secrets,
        masker=installation.masker,
        modes=DiskSentModes(installation.home.path),
        repositories=repositories or repositories_of(installation, secrets),
    )
