"""A skill's folder as a bundle of bytes, and back: no link is followed, no byte is changed."""

from __future__ import annotations

import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from core.domain.manifest import is_skill_name
from core.domain.skills import BundleFile, SkillBundle
from core.errors import InvalidSkill, TooLarge, UnsafeContent, Words

# What is larger than any provider takes (50 MB) is not read into memory, only named.
LARGEST_FOLDER = 64 * 1024 * 1024
_DEEPEST = 32
_LONGEST_PATH = 1024
_LONGEST_NAME = 255  # bytes; Linux limits.h: NAME_MAX

# Measured with 500 files on ext4: more do not help.
_SYNCS_AT_ONCE = 8

_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK, opening what became a named pipe after it was looked at would wait for ever.
_OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def checked_name(skill: str) -> str:
    """Return ``skill`` if it can be the name of a folder, whatever else it may look like.

    Raises:
        InvalidSkill: it cannot.
    """
    if not is_skill_name(skill):
        raise InvalidSkill(
            skill=ascii(skill), problems=Words("its name is not 1 to 64 lower-case letters, digits and hyphens")
        )
    return skill


def check_installable(skill: str, bundle: SkillBundle) -> None:
    """Refuse what would not lie inside one folder, or would not be read back as it was written.

    Raises:
        InvalidSkill: there are no files.
        UnsafeContent: a path leaves the folder, or no file can have it.
        TooLarge: it is over 64 MiB.
    """
    if not bundle.files:
        raise InvalidSkill(skill=skill, problems=Words("it has no files"))
    if bundle.size > LARGEST_FOLDER:
        raise TooLarge(
            skill=skill,
            what=Words("its content"),
            size=Words("{n} bytes", n=bundle.size),
            limit=Words("{n} bytes", n=LARGEST_FOLDER),
        )
    folders = {str(parent) for path in bundle.files for parent in PurePosixPath(path).parents}
    for path in bundle.files:
        reason = Words("it is a file and a folder") if path in folders else _problem_of(path)
        if reason:
            raise UnsafeContent(skill=skill, path=path, reason=reason)


def _problem_of(path: str) -> str | None:
    names = path.split("/")
    if not {"", ".", ".."}.isdisjoint(names) or "\0" in path:
        return Words("it does not name a file inside the skill")
    try:
        encoded = path.encode()
    except UnicodeEncodeError:
        return Words("its name is not Unicode text")
    if len(encoded) > _LONGEST_PATH or any(len(name.encode()) > _LONGEST_NAME for name in names):
        return Words("its name is too long")
    return Words("it is nested too deeply") if len(names) > _DEEPEST else None


def read_folder(path: Path) -> SkillBundle | None:
    """Return everything in the folder ``path``; None when there is no file. Folders without files do not count.

    What a bundle cannot hold is there under a path that no file can have, so that the digest is stable and no
    installable bundle's: ``run.sh//symbolic link`` (its target is the content), ``//special file``,
    ``//too large to read``, ``//too deep to read``, ``//name is not UTF-8``.

    Raises:
        NotADirectoryError: ``path`` is a link or no folder.
        OSError: it cannot be read.
    """
    reader = _Reader()
    folder = os.open(path, _OPEN_FOLDER)
    try:
        reader.read(folder, "", depth=1)
    finally:
        os.close(folder)
    return SkillBundle(files=reader.files) if reader.files else None


class _Reader:
    """Collects files by path, relative to open folders: what is swapped for a link meanwhile is not followed."""

    def __init__(self) -> None:
        self.files: dict[str, BundleFile] = {}
        self._left = LARGEST_FOLDER

    def read(self, folder: int, prefix: str, *, depth: int) -> None:
        for name in sorted(os.listdir(folder)):
            path = prefix + as_text(name)
            info = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISDIR(info.st_mode):
                self._read_subfolder(folder, name, path, depth=depth)
            elif stat.S_ISREG(info.st_mode) and info.st_size <= self._left:
                self._read_file(folder, name, path)
            elif stat.S_ISREG(info.st_mode):
                self.files[f"{path}//too large to read"] = BundleFile(content=f"{info.st_size} bytes".encode())
            elif stat.S_ISLNK(info.st_mode):
                target = os.fsencode(os.readlink(name, dir_fd=folder))
                self.files[f"{path}//symbolic link"] = BundleFile(content=target)
            else:
                self.files[f"{path}//special file"] = BundleFile(content=b"")

    def _read_subfolder(self, folder: int, name: str, path: str, *, depth: int) -> None:
        if depth == _DEEPEST:
            self.files[f"{path}//too deep to read"] = BundleFile(content=b"")
            return
        subfolder = os.open(name, _OPEN_FOLDER, dir_fd=folder)
        try:
            self.read(subfolder, f"{path}/", depth=depth + 1)
        finally:
            os.close(subfolder)

    def _read_file(self, folder: int, name: str, path: str) -> None:
        with os.fdopen(os.open(name, _OPEN_FILE, dir_fd=folder), "rb") as file:
            executable = bool(os.fstat(file.fileno()).st_mode & stat.S_IXUSR)
            content = file.read()
        self._left -= len(content)
        self.files[path] = BundleFile(content=content, executable=executable)


def as_text(name: str) -> str:
    """Return a name from the file system as text that can be stored: undecodable bytes are spelled out."""
    spelled = name.encode("utf-8", "backslashreplace").decode()
    return name if spelled == name else f"{spelled}//name is not UTF-8"


def write_folder(path: Path, bundle: SkillBundle) -> None:
    """Make the folder ``path`` with exactly the files of ``bundle``, and wait until all of it is on the disk.

    Raises:
        OSError: not all of it could be written; what was stays behind.
    """
    inside = sorted({parent for name in bundle.files for parent in PurePosixPath(name).parents})
    folders = [path / parent for parent in inside]  # the first one is "."
    for folder in folders:
        folder.mkdir()
    files = [f"{path}/{name}" for name in bundle.files]
    for destination, file in zip(files, bundle.files.values(), strict=True):
        _write_file(destination, file)
    for folder in folders:
        # The mode that mkdir gives is narrowed by the umask of whoever started the bot.
        folder.chmod(0o755)
    # A disk is told to write many files in much less time than each by itself.
    with ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
        list(pool.map(_sync_files, [files[first::_SYNCS_AT_ONCE] for first in range(_SYNCS_AT_ONCE)]))
    for folder in folders:
        sync_folder(folder)


def _write_file(path: str, file: BundleFile) -> None:
    descriptor = os.open(path, _CREATE_FILE, 0o600)
    try:
        rest = memoryview(file.content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fchmod(descriptor, 0o755 if file.executable else 0o644)
    finally:
        os.close(descriptor)


def _sync_files(paths: list[str]) -> None:
    """Wait until the files ``paths`` are on the disk."""
    for path in paths:
        descriptor = os.open(path, _OPEN_FILE)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the names in the folder ``path`` are on the disk."""
    descriptor = os.open(path, _OPEN_FOLDER)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_folder(path: Path) -> None:
    """Delete ``path`` and everything in it, folders without write permission too; a link is deleted, not followed.

    Raises:
        OSError: something is left.
    """
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    path.chmod(0o700)
    for folder, subfolders, _ in os.walk(path):
        for name in subfolders:
            subfolder = Path(folder, name)
            if not subfolder.is_symlink():
                subfolder.chmod(0o700)
    shutil.rmtree(path)
