"""The places that skills are installed at, mode by mode, as another hand sees them. ``PLACES`` lists them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.installers.git_access import GitAccess
from bot.installers.registry import installers
from bot.integrations.mode_files import DiskSentModes
from bot.integrations.secret_stores import Secrets
from core.domain.masking import Masker
from core.domain.targets import Provider, ProviderKind, ProviderMode
from core.ports import Installers, SkillInstaller
from tests.contracts.repository_place import repository
from tests.platforms.anthropic_api import AnthropicApi
from tests.platforms.openai_api import OpenAiApi
from tests.platforms.skills_api import SkillsApiServer

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KEY = "sk-proj-" + "Ab3dE6gH" * 5


class Place(Protocol):
    """A place under test."""

    def installer(self) -> SkillInstaller:
        """Return the installer as a process of its own would have it, with the same home."""

    def files(self, skill: str) -> Mapping[str, bytes] | None:
        """Return what the provider's clients get; None when there is no such skill."""

    def put(self, skill: str, files: Mapping[str, bytes]) -> None:
        """Change what is there by another hand, as a whole."""

    def remove(self, skill: str) -> None:
        """Take it away by another hand."""

    def names(self) -> list[str]:
        """Return the names of everything that is there, sorted: one that is there twice is named twice."""

    def changes(self) -> object:
        """Return something that differs once anything was changed there."""


def provider(kind: ProviderKind, config: dict[str, Any], mode: ProviderMode = ProviderMode.FILESYSTEM) -> Provider:
    """Return a connected provider of ``kind``."""
    return Provider(
        id="p",
        owner_id="u",
        name=kind,
        display_name=kind.value.title(),
        mode=mode,
        config=config,
        created_at=NOW,
        updated_at=NOW,
    )


def registry(home: Path, environ: Mapping[str, str] | None = None, masker: Masker | None = None) -> Installers:
    """Return the installers of a machine called ``desk``, for the user whose home folder is ``home``."""
    environ, masker = environ or {}, masker or Masker()
    secrets = Secrets(environ, masker)
    return installers(
        home,
        environ,
        host="desk",
        secrets=secrets,
        masker=masker,
        modes=DiskSentModes(home),
        repositories=GitAccess(home / "scratch", secrets, masker),
    )


class FolderPlace:
    """A skills folder on this machine."""

    def __init__(self, home: Path, kind: ProviderKind) -> None:
        """Have the folder below ``home``; it does not exist yet."""
        self._home = home
        self._kind = kind
        self._folder = home / "client" / "skills"

    def installer(self) -> SkillInstaller:
        return registry(self._home)(provider(self._kind, {"path": str(self._folder)}))

    def files(self, skill: str) -> Mapping[str, bytes] | None:
        root = self._folder / skill
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        return found or None

    def put(self, skill: str, files: Mapping[str, bytes]) -> None:
        self.remove(skill)
        for path, content in files.items():
            (self._folder / skill / path).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / skill / path).write_bytes(content)

    def remove(self, skill: str) -> None:
        shutil.rmtree(self._folder / skill, ignore_errors=True)

    def names(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir()) if self._folder.exists() else []

    def changes(self) -> object:
        found = [(path, path.lstat()) for path in sorted(self._home.rglob("*")) if path.suffix != ".lock"]
        return [(path, info.st_ino, info.st_mtime_ns) for path, info in found if path.is_file()]


class ApiPlace:
    """A provider's API, played by a stand-in."""

    def __init__(self, home: Path, kind: ProviderKind, server: SkillsApiServer) -> None:
        """Have what the bot itself keeps below ``home``."""
        self.server = server
        self.masker = Masker()
        self._home = home
        self._kind = kind

    def installer(
        self, key: str = KEY, *, base_url: str | None = None, reference: str = "env:API_KEY"
    ) -> SkillInstaller:
        settings = {"base_url": base_url or self.server.url, "key": reference}
        found = registry(self._home, {"API_KEY": key}, self.masker)
        return found(provider(self._kind, settings, ProviderMode.API))

    def files(self, skill: str) -> Mapping[str, bytes] | None:
        return self.server.content(skill)

    def put(self, skill: str, files: Mapping[str, bytes]) -> None:
        self.server.put(skill, files)

    def remove(self, skill: str) -> None:
        for found in [found for found in self.server.skills.values() if found.name == skill]:
            del self.server.skills[found.id]

    def names(self) -> list[str]:
        return sorted(skill.name for skill in self.server.skills.values())

    def changes(self) -> object:
        return [seen for seen in self.server.answered if seen.method != "GET"]


def _folder(kind: ProviderKind) -> Callable[[Path], AbstractContextManager[FolderPlace]]:
    @contextmanager
    def opened(home: Path) -> Iterator[FolderPlace]:
        yield FolderPlace(home, kind)

    return opened


@contextmanager
def claude_api(home: Path) -> Iterator[ApiPlace]:
    """Give Anthropic's API."""
    with AnthropicApi(KEY) as server:
        yield ApiPlace(home, ProviderKind.CLAUDE, server)


@contextmanager
def openai_api(home: Path) -> Iterator[ApiPlace]:
    """Give OpenAI's API."""
    with OpenAiApi(KEY) as server:
        yield ApiPlace(home, ProviderKind.OPENAI, server)


APIS: dict[str, Callable[[Path], AbstractContextManager[ApiPlace]]] = {
    "claude api": claude_api,
    "openai api": openai_api,
}
#: Kind and mode, and what opens such a place with the bot's own home at a path.
PLACES: dict[str, Callable[[Path], AbstractContextManager[Place]]] = {
    **{f"{kind.value} filesystem": _folder(kind) for kind in ProviderKind},
    **{f"{kind.value} git": repository(kind) for kind in ProviderKind},
    **APIS,
}
