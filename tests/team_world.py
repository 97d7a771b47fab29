"""The world around a team's desk: real folders, real installers and a real bundle store; a death between any two steps.

A death is an exception that nothing catches, so three things differ from a power cut. ``finally`` blocks run: the
installers' close files and locks, which the system does as well. SQLite rolls a transaction back at once, and not at
the next start. And whatever was written is on the disk, synchronised or not. The tests that kill real processes
(``test_installer_crash``, ``test_kill``) look at the rest.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unittest import mock

from bot.installers import skill_place
from bot.installers.filesystem import FilesystemInstaller
from bot.integrations.bundle_store import DiskBundleStore
from core.domain.consents import Consent
from core.domain.skills import BundleFile, FetchedSkill, SkillBundle, SourceLocation, StoredBundle, StoredFile
from core.domain.targets import Provider
from tests.bundles import bundle
from tests.clock import START
from tests.desk import Desk
from tests.desk_world import Bundles, Died, Fuse, Irrevocable, Outside, Place, Places, Source
from tests.installing import CALLS

#: Path -> content, and whether it may be executed.
Content = dict[str, tuple[bytes, bool]]

#: What a death is next to: a call of the system in an installer, a swap in a folder, or a commit, a message or a file.
Kind = Literal["call", "swap", "commit"]


class Moment(NamedTuple):
    """The n-th step of a kind, from the last start on."""

    kind: Kind
    nth: int


class Deaths(Fuse):
    """Ends the process at one moment after the other; each is counted from the start that follows the last one."""

    def __init__(self) -> None:
        super().__init__()
        self._at: Moment | None = None

    def at(self, moment: Moment | None) -> None:
        """Die at ``moment``, counted from now on; None is never."""
        self._at = moment

    def disarm(self) -> None:
        """Live on."""
        self.at(None)

    def tick(self, kind: Kind | Irrevocable) -> None:
        """Count one; die when it was the one. Messages and installations of a desk count as its commits do."""
        if self._at is None or self._at.kind != (kind if kind in {"call", "swap"} else "commit"):
            return
        self._at = self._at._replace(nth=self._at.nth - 1)
        if self._at.nth <= 0:
            self._at = None
            raise Died


# Set while an installer works, in its thread too.
_mortal: ContextVar[Deaths | None] = ContextVar("mortal", default=None)


@contextlib.contextmanager
def mortal_installers() -> Iterator[None]:
    """Let installers die before every call that changes something, and after every exchange of two folders."""
    with contextlib.ExitStack() as stack:
        for call in CALLS:
            stack.enter_context(mock.patch.object(os, call, _dying_before(getattr(os, call))))
        stack.enter_context(mock.patch.object(skill_place, "exchange", _dying_around(skill_place.exchange)))
        stack.enter_context(
            mock.patch.object(skill_place.SkillPlace, "take_away", _dying_around(skill_place.SkillPlace.take_away))
        )
        yield


def _dying_before(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        deaths = _mortal.get()
        if deaths is not None:
            deaths.tick("call")
        return function(*args, **kwargs)

    return call


def _dying_around(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        answer = _dying_before(function)(*args, **kwargs)
        deaths = _mortal.get()
        if deaths is not None:
            deaths.tick("swap")
        return answer

    return call


class Change(NamedTuple):
    """What the program changed on the disk."""

    provider: str
    skill: str
    after: Content


class Folders(Places):
    """Every provider's skills folder, below ``root``. ``changes`` is what the program has changed there."""

    def __init__(self, root: Path, deaths: Deaths) -> None:
        super().__init__(deaths)
        self.root = root
        self.deaths = deaths
        self.changes: list[Change] = []

    def of(self, provider: Provider) -> Place:
        """Return the installer of ``provider``."""
        return Folder(self, provider.display_name)

    def skills(self, provider: str) -> Path:
        """Return the folder that holds the skills of ``provider``."""
        return self.root / provider / "skills"

    def content(self, provider: str, skill: str) -> Content:
        """Return what is there, or what the next look will bring back."""
        folder = self.skills(provider)
        kept = folder.with_name(".skillwarden-skills") / f"{skill}.previous"
        return content_of(folder / skill if os.path.lexists(folder / skill) else kept)

    def left_behind(self) -> list[str]:
        """Return what is in progress: nothing, once everything has come to rest."""
        return [str(path.relative_to(self.root)) for path in self.root.glob("*/.sk*/*") if path.suffix != ".lock"]


class Folder(Place):
    """The installer of one provider: the real one, in a world in which the process can die."""

    def __init__(self, folders: Folders, provider: str) -> None:
        super().__init__(folders, provider)
        self._folders = folders
        self._name = provider
        self._real = FilesystemInstaller(
            provider=provider, folder=folders.skills(provider), shown_as=f"~/{provider.lower()}/skills"
        )

    async def check(self) -> None:
        pass

    def location(self, skill: str) -> str:
        return self._real.location(skill)

    async def read(self, skill: str) -> SkillBundle | None:
        with self._mortal():
            return await self._real.read(skill)

    async def install(self, skill: str, files: SkillBundle, *, replacing: str | None, consent: Consent) -> None:
        async with self._watched(skill):
            await self._real.install(skill, files, replacing=replacing, consent=consent)

    async def uninstall(self, skill: str, *, replacing: str, consent: Consent) -> None:
        async with self._watched(skill):
            await self._real.uninstall(skill, replacing=replacing, consent=consent)

    @contextlib.asynccontextmanager
    async def _watched(self, skill: str) -> AsyncIterator[None]:
        before = await asyncio.to_thread(self._folders.content, self._name, skill)
        try:
            with self._mortal():
                yield
        finally:
            after = await asyncio.to_thread(self._folders.content, self._name, skill)
            if after != before:
                self._folders.changes.append(Change(self._name, skill, after))
        self._folders.deaths.tick("swap")

    @contextlib.contextmanager
    def _mortal(self) -> Iterator[None]:
        token = _mortal.set(self._folders.deaths)
        try:
            yield
        finally:
            _mortal.reset(token)


class Store(Bundles):
    """The real bundle store; the process can die before and after it has kept something."""

    def __init__(self, home: Path, deaths: Deaths) -> None:
        super().__init__()
        self._real = DiskBundleStore(home)
        self._deaths = deaths

    async def put(self, files: SkillBundle) -> StoredBundle:
        self._deaths.tick("commit")
        stored = await self._real.put(files)
        self._deaths.tick("commit")
        return stored

    async def put_diff(self, text: str) -> StoredFile:
        stored = await self._real.put_diff(text)
        self._deaths.tick("commit")
        return stored

    async def get(self, digest: str) -> SkillBundle:
        return await self._real.get(digest)


class Repository(Source):
    """A repository in which every version of a skill has other files."""

    def bundle(self, path: str, commit: str) -> SkillBundle:
        """Return the skill at ``path`` as of ``commit``."""
        name = path.rpartition("/")[2]
        return bundle(
            {
                "scripts/run.sh": f"echo {commit}\n",
                f"notes/{commit[0]}.md": "kept\n",
                "pixel.png": b"\x89PNG\r\n\0\xff",
            },
            skill_md=f"---\nname: {name}\ndescription: The skill {name}.\n---\nAs of {commit}.\n",
            executables=("scripts/run.sh",),
        )

    async def fetch(self, location: SourceLocation, commit: str) -> tuple[FetchedSkill, ...]:
        files = self.bundle(location.path, commit)
        return (FetchedSkill(path=location.path, bundle=files, commit=commit, author="Mina", committed_at=START),)

    def content(self, path: str, ref: str) -> Content:
        """Return what ``ref`` means for ``path`` now."""
        return {name: (file.content, file.executable) for name, file in self._bundle_at(path, ref).files.items()}

    def _bundle_at(self, path: str, ref: str) -> SkillBundle:
        return self.bundle(path, self.commit(path, ref))


class TeamOutside(Outside):
    """What is around the program, which outlives it; all of it below ``home``."""

    def __init__(self, home: Path) -> None:
        deaths = Deaths()
        super().__init__(deaths)
        self.deaths = deaths
        self.repository = self.source = Repository()
        self.folders = self.places = Folders(home / "providers", deaths)
        self.bundles = self.store = Store(home, deaths)


class TeamDesk(Desk):
    """A desk at which approvals can be undone for some seconds."""

    undo_seconds = 10


def content_of(folder: Path) -> Content:
    """Return every file below ``folder``; nothing where it is none."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), bool(path.stat().st_mode & 0o100))
        for path in folder.rglob("*")
        if path.is_file()
    }


def digest_of(content: Content) -> str | None:
    """Return what a table says of ``content``."""
    files = {path: BundleFile(content=data, executable=executable) for path, (data, executable) in content.items()}
    return SkillBundle(files=files).digest if files else None
