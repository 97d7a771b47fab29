"""A folder of a commit as a bundle of bytes: what is there, file by file, fetched as it is needed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bot.git.objects import SUBMODULE, SYMLINK, TreeEntry, read_objects, tree_entries
from bot.git.remote import Remote
from bot.installers.skill_folder import LARGEST_FOLDER, as_text
from core.domain.skills import BundleFile, SkillBundle
from core.errors import TargetBlocked, Words

# Trees of a large monorepo; and files, as far as they are read at all.
LARGEST_FETCH = 256 * 1024 * 1024 + LARGEST_FOLDER

_WHAT = {SYMLINK: Words("a symbolic link"), SUBMODULE: Words("a submodule")}


async def content_at(remote: Remote, commit: str, folder: str, provider: str) -> SkillBundle | None:
    """Return everything in ``folder`` at ``commit``, which was fetched; None when there is no file.

    What a bundle cannot hold is there under a path that no file can have, as ``read_folder`` does it, so that the
    digest is stable and no installable bundle's; a submodule is ``name//submodule``, with its commit as content.

    Raises:
        TargetBlocked: the folder, or one on the way to it, is something else.
        TooMuchDownloaded, GitFailed, IncompleteReadError: as their docstrings say.
    """
    listing = await remote.local("ls-tree", "-r", "-z", "--full-tree", commit, "--", folder)
    entries = sorted(tree_entries(listing), key=lambda entry: entry.path)
    if not entries:
        await _check_way(remote, commit, folder, provider)
        return None
    if entries[0].path == folder.encode():
        raise TargetBlocked(provider=provider, path=folder, what=_WHAT.get(entries[0].mode, Words("a file")))
    contents = await _contents(remote, commit, folder, entries)
    files = {}
    for entry in entries:
        path = as_text(os.fsdecode(entry.path[len(folder) + 1 :]))
        if entry.mode == SUBMODULE:
            files[f"{path}//submodule"] = BundleFile(content=entry.oid.encode())
        elif isinstance(content := contents[entry.oid], int):
            files[f"{path}//too large to read"] = BundleFile(content=f"{content} bytes".encode())
        elif entry.mode == SYMLINK:
            files[f"{path}//symbolic link"] = BundleFile(content=content)
        else:
            files[path] = BundleFile(content=content, executable=entry.is_executable)
    return SkillBundle(files=files)


async def _contents(remote: Remote, commit: str, folder: str, entries: Sequence[TreeEntry]) -> dict[str, bytes | int]:
    """Return the bytes of each blob by id; of those over the limit, which are not read, the size."""
    unread = await remote.local("rev-list", "--objects", "--missing=print", "--quiet", f"{commit}:{folder}")
    missing = [line[1:] for line in unread.decode().splitlines() if line.startswith("?")]
    if missing:
        await remote.fetch_objects(missing, limit=LARGEST_FETCH)
    blobs = list(dict.fromkeys(entry.oid for entry in entries if entry.mode != SUBMODULE))
    asked = "".join(f"{oid}\n" for oid in blobs).encode()
    told = await remote.local("cat-file", "--batch-check=%(objectname) %(objectsize)", stdin=asked)
    sizes = {oid: int(size) for oid, size in (line.split() for line in told.decode().splitlines())}
    left, small = LARGEST_FOLDER, []
    for oid in blobs:
        if sizes[oid] <= left:
            small.append(oid)
            left -= sizes[oid]
    read = await read_objects(small, lambda _header: None, git_dir=remote.git_dir)
    return {oid: read.get(oid, size) for oid, size in sizes.items()}


async def _check_way(remote: Remote, commit: str, folder: str, provider: str) -> None:
    """Do nothing if nothing but folders lies on the way to ``folder``."""
    way = folder
    while "/" in way:
        way = way.rpartition("/")[0]
        for entry in tree_entries(await remote.local("ls-tree", "-z", "--full-tree", commit, "--", way)):
            if entry.mode in _WHAT or entry.is_file:
                raise TargetBlocked(provider=provider, path=way, what=_WHAT.get(entry.mode, Words("a file")))
