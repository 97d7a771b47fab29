"""A real skill to install: the one that the ``fastapi`` package brings along."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from tests.platforms.git_repo import Entry, Executable, GitRepo

NAME = "fastapi"


def folder() -> Path:
    """Return the folder of the skill inside the installed package."""
    package = distribution("fastapi")
    found = [file for file in package.files or () if file.name == "SKILL.md"]
    assert len(found) == 1, "fastapi brings exactly one skill"
    return Path(str(package.locate_file(found[0]))).parent


def files() -> dict[str, Entry]:
    """Return the skill's files by path below its folder, as they are on disk."""
    root = folder()
    found: dict[str, Entry] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file():
            content, executable = path.read_bytes(), path.stat().st_mode & 0o100
            found[path.relative_to(root).as_posix()] = Executable(content) if executable else content
    return found


def publish(root: Path, name: str = "fastapi/fastapi", *, path: str = "skills/fastapi") -> GitRepo:
    """Make a repository ``name`` below ``root`` that holds the skill at ``path``, tagged v1.0, on main."""
    repo = GitRepo.create(root, name)
    repo.commit({f"{path}/{file}": content for file, content in files().items()}, message="Add the FastAPI skill")
    repo.tag("v1.0", annotated=True)
    return repo
