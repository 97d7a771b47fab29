"""The demo: a real repository with two skills, three providers, three people."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo import prepare_demo, seed_demo
from bot.home import Home
from core.domain.masking import Masker
from core.domain.targets import ProviderKind, ProviderMode
from core.domain.users import Role
from core.errors import InvalidSetting
from storage.database import Database
from storage.migrate import migrate
from tests.clock import FakeClock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return an empty home."""
    return Home.open(tmp_path / "home")


def _git(repository: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=repository, check=True, capture_output=True, text=True
    ).stdout.strip()


def _front_matter(text: str) -> dict[str, object]:
    front_matter = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(front_matter, dict)
    return front_matter


def test_the_repository_is_a_real_one(home: Home) -> None:
    """It has a clean work tree on main, which is one commit ahead of the annotated tag v1.0, and is sound."""
    repository = prepare_demo(home)
    assert repository == home.path / "sources" / "skills"
    assert _git(repository, "rev-parse", "--is-bare-repository") == "false"
    assert _git(repository, "symbolic-ref", "--short", "HEAD") == "main"
    assert _git(repository, "status", "--porcelain") == ""
    assert _git(repository, "cat-file", "-t", "v1.0") == "tag"
    assert _git(repository, "rev-list", "--count", "v1.0..main") == "1"
    _git(repository, "fsck", "--strict")
    changed = _git(repository, "diff", "--name-only", "v1.0", "main").splitlines()
    assert {path.split("/")[1] for path in changed} == {"meeting-notes", "pdf"}


def test_the_skills_are_what_the_catalogue_promises(home: Home) -> None:
    """Names are those of the folders; meeting-notes is text only, pdf brings executable scripts and asks for tools."""
    repository = prepare_demo(home)
    for ref in ("v1.0", "main"):
        notes = _front_matter(_git(repository, "show", f"{ref}:skills/meeting-notes/SKILL.md"))
        pdf = _front_matter(_git(repository, "show", f"{ref}:skills/pdf/SKILL.md"))
        assert (notes["name"], pdf["name"]) == ("meeting-notes", "pdf")
        assert "allowed-tools" not in notes
        assert "Bash(pdftotext:*)" in str(pdf["allowed-tools"])
        listing = [line.split() for line in _git(repository, "ls-tree", "-r", ref, "skills").splitlines()]
        scripts = {path for mode, _, _, path in listing if mode == "100755"}
        assert scripts
        assert scripts == {path for *_, path in listing if "/scripts/" in path}
        assert all(path.startswith("skills/pdf/") for path in scripts)


def test_every_script_is_sound(home: Home) -> None:
    """The shell reads each of them without complaint."""
    scripts = sorted(prepare_demo(home).glob("skills/*/scripts/*.sh"))
    assert len(scripts) == 2
    for script in scripts:
        subprocess.run(["sh", "-n", script], check=True)


def test_every_demo_has_the_same_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the person's git settings nor the time change them."""
    first = prepare_demo(Home.open(tmp_path / "first"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    second = prepare_demo(Home.open(tmp_path / "second"))
    monkeypatch.undo()
    refs = [_git(repository, "for-each-ref", "--format=%(refname) %(objectname)") for repository in (first, second)]
    assert refs[0] == refs[1]
    assert len(refs[0].splitlines()) == 2


def test_preparing_again_changes_nothing(home: Home) -> None:
    """What somebody tried out in the repository stays."""
    repository = prepare_demo(home)
    (repository / "skills" / "pdf" / "SKILL.md").write_text("mine")
    assert prepare_demo(home, git="no-such-git") == repository
    assert (repository / "skills" / "pdf" / "SKILL.md").read_text() == "mine"
    assert list(home.scratch.iterdir()) == []


def test_the_providers_have_folders(home: Home) -> None:
    """A filesystem provider is a folder that is there."""
    prepare_demo(home)
    folders = {path.relative_to(home.path).as_posix() for path in home.providers.glob("*/skills")}
    assert folders == {"providers/claude/skills", "providers/openai/skills", "providers/gemini/skills"}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_provider_that_cannot_be_made_stops_nothing_else(
    home: Home, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Whoever installs there hears of it; everybody else goes on."""
    mkdir = Path.mkdir

    def refuse(path: Path, *arguments: Any, **named: Any) -> None:
        if path.parent.name == ProviderKind.CLAUDE:
            raise OSError(number, os.strerror(number), str(path))
        mkdir(path, *arguments, **named)

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert (prepare_demo(home) / "skills").is_dir()
    assert [path.parent.name for path in sorted(home.providers.glob("*/skills"))] == ["gemini", "openai"]


def test_without_git_the_demo_says_so(home: Home) -> None:
    """A missing program and one that fails are each a sentence, and no half repository stays."""
    with pytest.raises(InvalidSetting, match="no-such-git cannot be used: the program is not installed"):
        prepare_demo(home, git="no-such-git")
    with pytest.raises(InvalidSetting, match="git cannot be used: git ended with status 1"):
        prepare_demo(home, git="false")
    assert not (home.sources / "skills").exists()


@pytest.fixture
async def database(home: Home) -> AsyncIterator[Database]:
    """Return an empty database in the home."""
    url = f"sqlite:///{home.database}"
    await migrate(url)
    database = Database(url, masker=Masker(), clock=FakeClock())
    yield database
    await database.aclose()


async def test_everything_the_demo_talks_about_is_stored(home: Home, database: Database) -> None:
    """People with their roles and console accounts, connected folders, and skills whose source is the repository."""
    repository = await asyncio.to_thread(prepare_demo, home)
    await seed_demo(database, FakeClock(), home)
    async with database.read() as uow:
        found = {name: await uow.users.by_identity("console", "", name) for name in ("alice", "bob", "carol", "dave")}
        providers = {provider.name: provider for provider in await uow.providers.all()}
        skills = {skill.name: skill for skill in await uow.skills.all()}
    roles = {name: user and user.role for name, user in found.items()}
    assert roles == {"alice": Role.USER, "bob": Role.ADMIN, "carol": Role.ADMIN, "dave": None}
    assert set(providers) == set(ProviderKind)
    for kind, provider in providers.items():
        assert provider.mode is ProviderMode.FILESYSTEM
        assert provider.config == {"path": str(home.path / "providers" / kind / "skills")}
    assert [provider.display_name for provider in providers.values()] == ["Claude", "Gemini", "OpenAI"]
    assert set(skills) == {"meeting-notes", "pdf"}
    for name, skill in skills.items():
        assert (skill.github_url, skill.path, skill.source_ref) == (str(repository), f"skills/{name}", "main")
        assert (repository / skill.path / "SKILL.md").is_file()


async def test_seeding_again_adds_only_what_is_missing(home: Home, database: Database) -> None:
    """What people changed meanwhile stays as they left it."""
    clock = FakeClock()
    await seed_demo(database, clock, home)
    async with database.begin() as uow:
        alice = await uow.users.by_identity("console", "", "alice")
        assert alice is not None
        await uow.users.update(alice.evolve(role=Role.ADMIN))
        pdf = await uow.skills.by_name("pdf")
        assert pdf is not None
        await uow.skills.update(pdf.evolve(is_archived=True))
        await uow.commit()
    clock.advance(hours=1)
    await seed_demo(database, clock, home)
    async with database.read() as uow:
        users, providers, skills = await uow.users.all(), await uow.providers.all(), await uow.skills.all()
    assert [user.role for user in users if user.name == "Alice"] == [Role.ADMIN]
    assert (len(users), len(providers), len(skills)) == (3, 3, 1)


async def test_a_home_that_was_moved_points_into_itself(home: Home, database: Database) -> None:
    """Skills and providers of the demo follow it; what people pointed elsewhere stays."""
    await seed_demo(database, FakeClock(), home)
    async with database.begin() as uow:
        pdf = await uow.skills.by_name("pdf")
        assert pdf is not None
        await uow.skills.update(pdf.evolve(github_url="https://github.com/acme/skills.git"))
        await uow.commit()
    moved = Home(home.path.parent / "moved")
    await seed_demo(database, FakeClock(), moved)
    async with database.read() as uow:
        sources = {skill.name: skill.github_url for skill in await uow.skills.all()}
        paths = {str(provider.config["path"]) for provider in await uow.providers.all()}
    assert sources == {"meeting-notes": f"{moved.path}/sources/skills", "pdf": "https://github.com/acme/skills.git"}
    assert paths == {f"{moved.path}/providers/{kind}/skills" for kind in ProviderKind}
