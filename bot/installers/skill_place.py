"""The place of one skill in a skills folder: one writer at a time, and content that changes in one step.

Everything in progress lives beside the skills folder, in ``.skillwarden-<its name>``, where no client looks:

    <skill>.lock         held while anything is done here; stays, because removing it could let two in
    <skill>.scratch-*    half-written or displaced content; may be deleted at any time
    <skill>.previous     displaced content that may still be needed; goes back when there is nothing in its place
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

from bot.installers.skill_folder import remove_folder, sync_folder

_LOG = logging.getLogger(__name__)

# Linux: fcntl.h and linux/fs.h.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# EPERM is what a container's system call filter answers to a call that is newer than the filter.
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


class SkillPlace:
    """One skill's folder, and where its content is prepared and put away."""

    def __init__(self, folder: Path, skill: str) -> None:
        """Look at ``skill`` in ``folder``; a link to the whole folder is followed, because people make such links."""
        root = Path(os.path.realpath(folder))
        self.target = root / skill
        self._skill = skill
        self._workshop = _workshop_of(root)
        self._previous = self._workshop / f"{skill}.previous"

    @contextmanager
    def locked(self, *, to_write: bool) -> Iterator[None]:
        """Keep everybody else out, after clearing up what a crash left behind.

        To read, nothing is made: where no lock is, nothing was ever installed.
        """
        lock = self._workshop / f"{self._skill}.lock"
        if to_write:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._workshop.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        elif lock.exists():
            # Network file systems lock only what is open for writing; on a read-only one there is no choice.
            access = os.O_RDWR if os.access(lock, os.W_OK) else os.O_RDONLY
            descriptor = os.open(lock, access | os.O_NOFOLLOW | os.O_CLOEXEC)
        else:
            yield
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._recover()
            yield
        finally:
            os.close(descriptor)

    def scratch(self) -> Path:
        """Return a new place for content that nobody will miss."""
        return self._workshop / f"{self._skill}.scratch-{secrets.token_hex(4)}"

    def put(self, staged: Path) -> Path | None:
        """Make ``staged`` the skill's folder in one step; return where what it displaced is now.

        Where the system cannot exchange two folders it takes two steps, and the next ``locked`` mends what stopped
        between them.
        """
        if not os.path.lexists(self.target):
            staged.rename(self.target)
            return None
        if exchange(staged, self.target):
            return staged
        self.target.rename(self._previous)
        try:
            staged.rename(self.target)
        except OSError:
            self._previous.rename(self.target)
            raise
        return self._previous

    def put_back(self, displaced: Path | None) -> None:
        """Undo ``put`` or ``take_away``, which gave ``displaced``."""
        aside = self.scratch()
        if displaced is None:
            self.target.rename(aside)
        elif not os.path.lexists(self.target):
            displaced.rename(self.target)
        elif exchange(displaced, self.target):
            aside = displaced
        else:
            self.target.rename(aside)
            displaced.rename(self.target)
        self.sync()
        self.discard(aside)

    def take_away(self) -> Path:
        """Remove the skill's folder in one step; return where it is now."""
        self.target.rename(self._previous)
        return self._previous

    def sync(self) -> None:
        """Wait until what was renamed is on the disk."""
        for folder in (self.target.parent, self._workshop, self._workshop.parent):
            sync_folder(folder)

    def forget(self, displaced: Path) -> Path:
        """Make sure that nothing brings ``displaced`` back; return the scratch that it is now."""
        if displaced != self._previous:
            return displaced
        scratch = self.scratch()
        displaced.rename(scratch)
        return scratch

    def discard(self, content: Path) -> None:
        """Delete scratch; what resists is tried again the next time."""
        try:
            remove_folder(content)
        except OSError as error:
            _LOG.warning("left behind: %s (%s)", content, error.strerror)

    def _recover(self) -> None:
        if os.path.lexists(self._previous):
            if os.path.lexists(self.target):
                self.discard(self.forget(self._previous))
            else:
                self._previous.rename(self.target)
                self.sync()
        for stale in self._workshop.glob(f"{self._skill}.scratch-*"):
            self.discard(stale)


def _workshop_of(root: Path) -> Path:
    """Return the folder for work in progress: beside the skills folder, or in it where that is a file system's root."""
    try:
        is_mounted = root.stat().st_dev != root.parent.stat().st_dev
    except FileNotFoundError:
        is_mounted = False
    return root / ".skillwarden" if is_mounted else root.parent / f".skillwarden-{root.name}"


def exchange(one: Path, other: Path) -> bool:
    """Exchange two paths in one step; False where the system or the file system cannot."""
    rename = _renameat2()
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    """Return the C library's renameat2; None where it has none (before glibc 2.28, and on macOS)."""
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return cast("Callable[[int, bytes, int, bytes, int], int]", function)
