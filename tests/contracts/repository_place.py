"""A team's repository as a place of skills, on a git server, as another hand sees it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.installers.git_access import GitAccess
from bot.installers.git_repository import GitRepositoryInstaller
from bot.integrations.secret_stores import Secrets
from core.domain.masking import Masker
from core.domain.provider_configs import GitConfig, provider_config
from core.domain.targets import Provider, ProviderKind, ProviderMode
from tests.platforms.git_http import GitHttpServer
from tests.platforms.git_repo import Entry, Executable, GitRepo, Submodule, Symlink

NAME = "acme/team"
TOKEN = "team-" + "Ab3dE6gH" * 4
AUTHORIZATION = "Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
NOW = datetime(2026, 11, 21, tzinfo=UTC)

#: What a team has beside its skills: everything that a careless commit would spoil.
BESIDE: dict[str, Entry] = {
    "README.md": "# Team\n",
    "bin/run": Executable(b"#!/bin/sh\n"),
    "link": Symlink("bin/run"),
    "vendor/lib": Submodule(),
    "caf\udce9": "a name that is not UTF-8\n",
    ".claude/settings.json": "{}\n",
    ".gitattributes": "* text=auto eol=crlf\n*.pdf filter=evil\n",
}


class RepositoryPlace:
    """A folder of the branch main of a repository that wants a token."""

    def __init__(self, home: Path, kind: ProviderKind, server: GitHttpServer, **config: str) -> None:
        """Have the repository on ``server``; ``config`` adds to what the provider is configured with."""
        self.server = server
        self.repo = GitRepo.create(server.root, NAME)
        self.repo.commit(BESIDE)
        self.masker = Masker()
        self._home = home
        self._kind = kind
        self._config = {"repository": server.url(NAME), "credential": "env:TEAM_TOKEN", **config}
        server.require(NAME, AUTHORIZATION)

    @property
    def provider(self) -> Provider:
        """The provider that is connected to it."""
        return Provider(
            id="p",
            owner_id="u",
            name=self._kind,
            display_name=f"{self._kind.value.title()} (team)",
            mode=ProviderMode.GIT,
            config=self._config,
            created_at=NOW,
            updated_at=NOW,
        )

    @property
    def folder(self) -> str:
        """The folder of its skills."""
        config = provider_config(self._kind, ProviderMode.GIT, self._config)
        assert isinstance(config, GitConfig)
        return config.folder_for(self._kind)

    def installer(self, token: str = TOKEN, *, time_limit: float = 60) -> GitRepositoryInstaller:
        """Return the installer as a process of its own would have it."""
        access = GitAccess(
            self._home / "scratch", Secrets({"TEAM_TOKEN": token}, self.masker), self.masker, time_limit=time_limit
        )
        config = provider_config(self._kind, ProviderMode.GIT, self._config)
        assert isinstance(config, GitConfig)
        return GitRepositoryInstaller(self.provider, config, access)

    def files(self, skill: str, branch: str = "main") -> Mapping[str, bytes] | None:
        """Return the bytes of every file of a skill."""
        names = self.repo.git("ls-tree", "-r", "-z", "--name-only", f"{branch}:{self.folder}/{skill}", check=False)
        root = f"{branch}:{self.folder}/{skill}"
        return {name: self.repo.content(f"{root}/{name}") for name in names.split("\0") if name} or None

    def put(self, skill: str, files: Mapping[str, bytes]) -> None:
        """Change the skill by another hand, as a whole."""
        self.commit({"": None}, skill)
        self.commit(files, skill)

    def commit(self, files: Mapping[str, Entry], skill: str = "pdf", branch: str = "main") -> str:
        """Put ``files`` into the skill's folder by another hand."""
        root = f"{self.folder}/{skill}"
        return self.repo.commit(
            {f"{root}/{path}" if path else root: entry for path, entry in files.items()}, branch=branch
        )

    def remove(self, skill: str) -> None:
        """Take the skill away by another hand."""
        self.commit({"": None}, skill)

    def names(self) -> list[str]:
        """Return the names of all skills."""
        listed = self.repo.git("ls-tree", "--name-only", f"main:{self.folder}", check=False)
        return listed.splitlines()

    def changes(self) -> object:
        """Return where every ref is."""
        return self.repo.git("for-each-ref")

    def beside(self) -> str:
        """Return everything that is not in the folder of skills, with modes and ids."""
        lines = self.repo.git("ls-tree", "-r", "-t", "main").splitlines()
        way = {self.folder.rpartition("/")[0], self.folder}
        listed = [line.partition("\t") for line in lines]
        return "\n".join(
            f"{meta} {path}" for meta, _, path in listed if path not in way and not path.startswith(f"{self.folder}/")
        )


def repository(kind: ProviderKind) -> Callable[[Path], AbstractContextManager[RepositoryPlace]]:
    """Return what opens a team's repository for the skills of ``kind``, with the bot's home at a path."""

    @contextmanager
    def opened(home: Path) -> Iterator[RepositoryPlace]:
        with GitHttpServer(home / "repositories") as server:
            yield RepositoryPlace(home, kind, server)

    return opened
