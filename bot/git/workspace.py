"""A folder to work in for as long as a repository is needed, and a limit on what is downloaded into it."""

from __future__ import annotations

import asyncio
import errno
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from core.errors import DiskFull

# How often a download is measured, in seconds.
_MEASURE_EVERY = 0.1


class TooMuchDownloaded(Exception):
    """A download has become larger than it may."""


@asynccontextmanager
async def workspace(scratch: Path) -> AsyncIterator[str]:
    """Lend an empty folder below ``scratch``, for this user alone.

    Raises:
        DiskFull: there is no room for it.
    """
    try:
        folder = await asyncio.to_thread(_new_folder, scratch)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=scratch) from error
        raise
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def bounded(download: Coroutine[None, None, object], *, into: str, limit: int) -> None:
    """Wait for ``download``, watching how much the folder ``into`` becomes.

    Raises:
        TooMuchDownloaded: it is over ``limit`` bytes; the download was stopped.
    """
    fetching = asyncio.create_task(download)
    try:
        while not fetching.done():
            await asyncio.wait({fetching}, timeout=_MEASURE_EVERY)
            if await asyncio.to_thread(_disk_usage, into) > limit:
                raise TooMuchDownloaded
        await fetching
    finally:
        fetching.cancel()
        await asyncio.gather(fetching, return_exceptions=True)


def _new_folder(scratch: Path) -> str:
    scratch.mkdir(parents=True, exist_ok=True)
    return tempfile.mkdtemp(prefix="git-", dir=scratch)


def _disk_usage(folder: str) -> int:
    """Return the sum of all file sizes below ``folder`` in bytes, leaving out what goes away meanwhile."""
    total = 0
    for path in Path(folder).rglob("*"):
        with suppress(FileNotFoundError):
            total += path.lstat().st_size
    return total
