"""A git server, a repository in it, and a source that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.integrations.git_skill_source import GitSkillSource
from tests.platforms.git_http import LOOPBACK, GitHttpServer
from tests.platforms.git_repo import GitRepo, skill_md


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitHttpServer]:
    """Serve what is below ``repositories``."""
    (tmp_path / "repositories").mkdir()
    with GitHttpServer(tmp_path / "repositories") as server:
        yield server


@pytest.fixture
def repo(server: GitHttpServer) -> GitRepo:
    """Make acme/skills with the skill pdf."""
    repo = GitRepo.create(server.root, "acme/skills")
    repo.commit({"pdf/SKILL.md": skill_md("pdf")})
    return repo


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Name a folder that the source has to make itself."""
    return tmp_path / "scratch"


@pytest.fixture
def left_behind(scratch: Path) -> Callable[[], list[Path]]:
    """List what a fetch left in the scratch folder."""
    return lambda: list(scratch.iterdir())


@pytest.fixture
def source(scratch: Path) -> GitSkillSource:
    """Make a source with the usual limits."""
    return GitSkillSource(LOOPBACK, scratch)
