"""Skills in a folder on this machine: what every provider with a skills folder shares."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.installers.skill_folder import check_installable, checked_name, read_folder, write_folder
from bot.installers.skill_place import SkillPlace
from core.domain.consents import Consent
from core.domain.skills import SkillBundle
from core.errors import (
    DiskFull,
    SkillwardenError,
    TargetBlocked,
    TargetChanged,
    TargetReadOnly,
    Unreachable,
    VerificationFailed,
    Words,
)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_OCCUPIED = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR})
_GONE = frozenset({errno.ENOENT})


class FilesystemInstaller:
    """Implements core.ports.SkillInstaller for a skills folder."""

    def __init__(self, *, provider: str, folder: Path, shown_as: str, note: str = "") -> None:
        """Install for ``provider`` into ``folder``, which people know as ``shown_as``; ``note`` follows every place."""
        self._provider = provider
        self._folder = folder
        self._shown_as = shown_as
        self._note = note

    async def check(self) -> None:
        await asyncio.to_thread(self._check)

    def location(self, skill: str) -> str:
        return f"{self._shown_as}/{checked_name(skill)}{self._note}"

    async def read(self, skill: str) -> SkillBundle | None:
        return await asyncio.to_thread(self._read, checked_name(skill))

    async def install(
        self,
        skill: str,
        bundle: SkillBundle,
        *,
        replacing: str | None,
        consent: Consent,  # noqa: ARG002 - a folder keeps no history
    ) -> None:
        check_installable(checked_name(skill), bundle)
        await asyncio.to_thread(self._install, skill, bundle, replacing)

    async def uninstall(self, skill: str, *, replacing: str, consent: Consent) -> None:  # noqa: ARG002 - as above
        await asyncio.to_thread(self._uninstall, checked_name(skill), replacing)

    def _check(self) -> None:
        """Look at the skills folder or, where it is not made yet, at the folder in which it would be."""
        with self._translated(""):
            found = next(path for path in (self._folder, *self._folder.parents) if path.exists())
            if not found.is_dir():
                raise TargetBlocked(provider=self._provider, path=found, what=Words("a file"))
        if not os.access(found, os.R_OK | os.W_OK | os.X_OK):
            raise TargetReadOnly(provider=self._provider, path=found)

    def _read(self, skill: str) -> SkillBundle | None:
        with self._translated(skill):
            place = SkillPlace(self._folder, skill)
            with place.locked(to_write=False):
                return self._content(place)

    def _install(self, skill: str, bundle: SkillBundle, replacing: str | None) -> None:
        with self._translated(skill):
            place = SkillPlace(self._folder, skill)
            with place.locked(to_write=True):
                there = _digest_of(self._content(place))
                if there == bundle.digest:
                    return
                if there != replacing:
                    raise TargetChanged(skill=skill, provider=self._provider)
                self._swap(place, skill, bundle, replacing)

    def _swap(self, place: SkillPlace, skill: str, bundle: SkillBundle, replacing: str | None) -> None:
        staged = place.scratch()
        try:
            write_folder(staged, bundle)
            displaced = place.put(staged)
        except OSError:
            place.discard(staged)
            raise
        try:
            place.sync()
            # Whoever does not know our lock may have edited until the moment of the swap.
            self._check_displaced(displaced, skill, replacing)
            if _digest_of(self._content(place)) != bundle.digest:
                raise VerificationFailed(provider=self._provider)
            if displaced is not None:
                displaced = place.forget(displaced)
        except (OSError, SkillwardenError):
            place.put_back(displaced)
            raise
        if displaced is not None:
            place.discard(displaced)

    def _uninstall(self, skill: str, replacing: str) -> None:
        with self._translated(skill):
            place = SkillPlace(self._folder, skill)
            with place.locked(to_write=False):
                if self._content(place) is None:
                    return
            with place.locked(to_write=True):
                there = _digest_of(self._content(place))
                if there is None:
                    return
                if there != replacing:
                    raise TargetChanged(skill=skill, provider=self._provider)
                displaced = place.take_away()
                try:
                    self._check_displaced(displaced, skill, replacing)
                    displaced = place.forget(displaced)
                    place.sync()
                except (OSError, SkillwardenError):
                    place.put_back(displaced)
                    raise
                place.discard(displaced)

    def _content(self, place: SkillPlace) -> SkillBundle | None:
        """Return what is in the skill's folder; a link in its place is refused, never followed and never replaced."""
        try:
            mode = place.target.lstat().st_mode
        except FileNotFoundError:
            return None
        if not stat.S_ISDIR(mode):
            what = Words("a symbolic link") if stat.S_ISLNK(mode) else Words("a file")
            raise TargetBlocked(provider=self._provider, path=place.target, what=what)
        return read_folder(place.target)

    def _check_displaced(self, displaced: Path | None, skill: str, replacing: str | None) -> None:
        try:
            content = None if displaced is None else read_folder(displaced)
        except NotADirectoryError:
            raise TargetChanged(skill=skill, provider=self._provider) from None
        if _digest_of(content) != replacing:
            raise TargetChanged(skill=skill, provider=self._provider)

    @contextmanager
    def _translated(self, skill: str) -> Iterator[None]:
        """Turn the system's errors into ours."""
        try:
            yield
        except OSError as error:
            raise self._as_ours(error, skill) from error

    def _as_ours(self, error: OSError, skill: str) -> SkillwardenError:
        # What is opened relative to an open folder is named without it, and the open folder is a number.
        path = self._folder / skill / (error.filename if isinstance(error.filename, str) else "")
        if error.errno in _FULL:
            return DiskFull(path=self._folder)
        if error.errno in _REFUSED:
            return TargetReadOnly(provider=self._provider, path=path)
        if error.errno in _OCCUPIED | _GONE and error.filename2 is not None:
            # A rename met something that was not there a moment ago, or missed what was.
            return TargetChanged(skill=skill, provider=self._provider)
        if error.errno in _OCCUPIED:
            return TargetBlocked(provider=self._provider, path=path, what=Words("a file"))
        return Unreachable(what=self._provider, reason=f"{error.strerror or type(error).__name__} ({path})")


def _digest_of(bundle: SkillBundle | None) -> str | None:
    return bundle.digest if bundle else None
