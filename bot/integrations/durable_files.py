"""Files that are there whole or not at all, and are never removed while somebody stores them again."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from core.errors import DiskFull

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def keep(root: Path, path: Path, content: bytes) -> None:
    """Make the file ``path`` below ``root`` hold ``content``; one that does already is only looked at.

    Raises:
        DiskFull: nothing was stored.
    """
    try:
        make_folder(root)
        with _locked(root, fcntl.LOCK_SH):
            if path.exists() and path.read_bytes() == content:
                # Not every file system notes by itself when a file was read.
                os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
            else:
                make_folder(path.parent)
                _write(path, content)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(path=path.parent) from error
        raise


def removable(path: Path, unused_since: datetime) -> int | None:
    """Return the size of ``path``; None when it is not there, or was kept or read at or after ``unused_since``."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return None if max(found.st_atime, found.st_mtime) >= unused_since.timestamp() else found.st_size


def remove(root: Path, path: Path, unused_since: datetime) -> int | None:
    """Remove ``path`` if it is ``removable``; return its size, None when it stays."""
    with _locked(root, fcntl.LOCK_EX):
        size = removable(path, unused_since)
        if size is not None:
            path.unlink()
        return size


@contextlib.contextmanager
def _locked(root: Path, kind: int) -> Iterator[None]:
    """Hold ``root`` against other processes too; the system lets go of what a dead one held."""
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` so that it is there whole or not at all, even if the machine dies."""
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and what is missing above it, each durably."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
