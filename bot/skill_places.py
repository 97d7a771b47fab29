"""Where skills go: the installers of this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.installation import Installation
    from bot.installers.git_access import GitAccess
    from core.ports import Installers, SecretStore, Whereabouts


def repositories_of(installation: Installation, secrets: SecretStore) -> GitAccess:
    """Return what opens the repositories of teams."""
    from bot.installers.git_access import GitAccess

    return GitAccess(installation.home.scratch, secrets, installation.masker)


def whereabouts() -> Whereabouts:
    """Return what says where a provider is, for the user who runs the program."""
    from bot.installers import registry

    return registry.whereabouts(Path.home(), os.environ)


def installers_of(installation: Installation, secrets: SecretStore, repositories: GitAccess) -> Installers:
    """Return what gives each provider its installer, for the user who runs the program."""
    from bot.installers.registry import installers
    from bot.integrations.mode_files import DiskSentModes

    return installers(
        Path.home(),
        os.environ,
        host=socket.gethostname(),
        secrets=secrets,
        masker=installation.masker,
        modes=DiskSentModes(installation.home.path),
        repositories=repositories,
    )
