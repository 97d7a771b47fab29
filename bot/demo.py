"""The demo: sample skills in a real repository, three providers in the home, and the people alice, bob and carol."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.base import new_id
from core.domain.skills import Skill
from core.domain.targets import Provider, ProviderKind
from core.domain.users import ChannelIdentity, Role, User
from core.errors import InvalidSetting, Words

if TYPE_CHECKING:
    from bot.home import Home
    from core.ports import Clock, Storage, UnitOfWork

#: External ids on the console and roles; the first one speaks first.
PEOPLE = (("alice", Role.USER), ("bob", Role.ADMIN), ("carol", Role.ADMIN))

_OWNER = "bob"
_PROVIDERS = {ProviderKind.CLAUDE: "Claude", ProviderKind.OPENAI: "OpenAI", ProviderKind.GEMINI: "Gemini"}
_SKILLS = {
    "meeting-notes": ("Meeting notes", "Minutes with decisions, action items and open questions."),
    "pdf": ("PDF", "Reads, searches, splits and joins PDF files."),
}

_FILES = Path(__file__).parent / "demo_skills"
_BRANCH = "main"
# Fixed, so that every demo has the same commits: folder of changed files, seconds since 1970 in UTC, message, tag.
_COMMITS = (
    ("first", 1793005200, "Add meeting-notes and pdf", "v1.0"),  # 2026-10-26 09:00
    ("second", 1794832200, "Search in PDF files; write dates out in minutes", None),  # 2026-11-16 12:30
)
_AUTHOR = "Mina Park <mina@demo.invalid>"


def prepare_demo(home: Home, git: str = "git") -> Path:
    """Make the providers' folders and the repository of skills where they are missing; return the repository's path.

    Raises:
        InvalidSetting: git is missing or fails, or the home cannot be written.
        DiskFull: there is no space for it.
    """
    repository = home.sources / "skills"
    try:
        for kind in _PROVIDERS:
            _make_provider(home.providers / kind / "skills")
        if not repository.exists():
            home.sources.mkdir(exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix="demo-", dir=home.scratch))
            _make_repository(draft, git)
            # Whoever sees it sees it whole, even if this process dies half-way.
            draft.rename(repository)
    except OSError as error:
        raise home.translated(error) from error
    return repository


def _make_provider(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        # A provider that cannot be written stops what is installed there, and nothing else.
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise


async def seed_demo(storage: Storage, clock: Clock, home: Home) -> None:
    """Store people, providers and the catalogue, each where it is missing, in one transaction.

    What points into the folder that the home was moved or copied from points into this one afterwards.
    """
    async with storage.begin() as uow:
        people = {name: await _ensure_person(uow, clock, name, role) for name, role in PEOPLE}
        owner = people[_OWNER]
        await _ensure_providers(uow, clock, home, owner)
        await _ensure_skills(uow, clock, home, owner)
        await uow.commit()


async def _ensure_person(uow: UnitOfWork, clock: Clock, name: str, role: Role) -> User:
    known = await uow.users.by_identity("console", "", name)
    if known is not None:
        return known
    now = clock.now()
    user = User(id=new_id(now), email=f"{name}@demo.invalid", name=name.capitalize(), role=role, created_at=now)
    await uow.users.add(user)
    await uow.users.add_identity(
        ChannelIdentity(
            id=new_id(now),
            channel="console",
            external_id=name,
            user_id=user.id,
            display_name=user.name,
            created_at=now,
        )
    )
    return user


async def _ensure_providers(uow: UnitOfWork, clock: Clock, home: Home, owner: User) -> None:
    known = {provider.name: provider for provider in await uow.providers.all()}
    now = clock.now()
    for kind, display_name in _PROVIDERS.items():
        path = str(home.providers / kind / "skills")
        if kind in known:
            if _has_moved(str(known[kind].config.get("path", "")), path, home):
                config = {**known[kind].config, "path": path}
                await uow.providers.update(known[kind].evolve(config=config, updated_at=now))
        else:
            await uow.providers.add(
                Provider(
                    id=new_id(now),
                    owner_id=owner.id,
                    name=kind,
                    display_name=display_name,
                    config={"path": path},
                    created_at=now,
                    updated_at=now,
                )
            )


async def _ensure_skills(uow: UnitOfWork, clock: Clock, home: Home, owner: User) -> None:
    now = clock.now()
    source = str(home.sources / "skills")
    for name, (title, description) in _SKILLS.items():
        known = await uow.skills.by_name(name)
        if known is not None:
            if _has_moved(known.github_url, source, home):
                await uow.skills.update(known.evolve(github_url=source, updated_at=now))
        else:
            await uow.skills.add(
                Skill(
                    id=new_id(now),
                    owner_id=owner.id,
                    name=name,
                    title=title,
                    description=description,
                    github_url=source,
                    path=f"skills/{name}",
                    source_ref=_BRANCH,
                    created_at=now,
                    updated_at=now,
                )
            )


def _has_moved(stored: str, current: str, home: Home) -> bool:
    """Say whether ``stored`` is the same place as ``current`` in another home."""
    return stored != current and stored.startswith("/") and stored.endswith(current.removeprefix(str(home.path)))


def _make_repository(folder: Path, git: str) -> None:
    _run(git, folder, ["init", "--quiet", "--template=", f"--initial-branch={_BRANCH}"])
    # What a server of skills needs to allow; a local repository is asked in the same way.
    with (folder / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write("[uploadpack]\n\tallowAnySHA1InWant = true\n\tallowFilter = true\n")
    stream = b"".join(_commit(mark, *commit) for mark, commit in enumerate(_COMMITS, 1))
    _run(git, folder, ["fast-import", "--quiet"], stream)
    _run(git, folder, ["reset", "--quiet", "--hard"])


def _commit(mark: int, folder: str, seconds: int, message: str, tag: str | None) -> bytes:
    """Return one commit (and its tag) in the language of git-fast-import."""
    who = f"{_AUTHOR} {seconds} +0000"
    root = _FILES / folder
    lines = [f"commit refs/heads/{_BRANCH}", f"mark :{mark}", f"author {who}", f"committer {who}", _data(message)]
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        mode = "100755" if path.parent.name == "scripts" else "100644"
        content = path.read_text(encoding="utf-8")
        lines += [f"M {mode} inline {path.relative_to(root).as_posix()}", _data(content)]
    if tag is not None:
        lines += [f"tag {tag}", f"from :{mark}", f"tagger {who}", _data(message)]
    return "\n".join([*lines, ""]).encode()


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def _run(git: str, folder: Path, arguments: Sequence[str], stdin: bytes = b"") -> None:
    program = shutil.which(git)
    if program is None:
        raise InvalidSetting(setting=git, problem=Words("the program is not installed, and the demo needs it"))
    # Nothing of the user's own git settings may change the commits or run a hook.
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
        [program, *arguments], cwd=folder, env=environment, input=stdin, capture_output=True, check=False
    )
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").strip().splitlines()
        ended = Words("git ended with status {status}", status=done.returncode)
        raise InvalidSetting(setting="git", problem=complaint[-1] if complaint else ended)
