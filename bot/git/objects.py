"""What lies in a repository: the entries of its trees, and the bytes of its objects."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.git.process import git

SYMLINK, SUBMODULE = 0o120000, 0o160000
_KIND, _FILE, _EXECUTABLE = 0o170000, 0o100000, 0o100


@dataclass(frozen=True)
class TreeEntry:
    """A line of ``git ls-tree -z``."""

    path: bytes
    mode: int
    oid: str

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return self.mode & _KIND == _FILE

    @property
    def is_executable(self) -> bool:
        """Whether its owner may run it."""
        return bool(self.mode & _EXECUTABLE)


@dataclass(frozen=True)
class ObjectHeader:
    """What ``git cat-file --batch`` says before the bytes of an object."""

    oid: str
    kind: str
    size: int


def tree_entries(listing: bytes) -> Iterator[TreeEntry]:
    """Return the entries of a ``git ls-tree -z``, in its order."""
    for record in listing.split(b"\0")[:-1]:
        meta, _, path = record.partition(b"\t")
        mode, _, oid = meta.decode().split(" ")
        yield TreeEntry(path, int(mode, 8), oid)


async def read_objects(
    wanted: Iterable[str], admit: Callable[[ObjectHeader], None], *, git_dir: str
) -> dict[str, bytes]:
    """Return the bytes of the ``wanted`` objects by id, read in one go; ``admit`` looks at each before it is read.

    Raises:
        IncompleteReadError: an object is missing or broken.
        GitFailed: as for ``git``.
    """
    contents: dict[str, bytes] = {}
    names = tuple(wanted)
    asked = "".join(f"{oid}\n" for oid in names).encode()
    async with git("cat-file", "--batch", "--buffer", git_dir=git_dir, stdin=asked) as stdout:
        for oid in names:
            header = _header(oid, await stdout.readline())
            admit(header)
            contents[oid] = (await stdout.readexactly(header.size + 1))[:-1]
    return contents


def _header(oid: str, line: bytes) -> ObjectHeader:
    match line.decode(errors="replace").split():
        case [_, kind, size] if size.isdecimal():
            return ObjectHeader(oid, kind, int(size))
    raise asyncio.IncompleteReadError(line, None)
