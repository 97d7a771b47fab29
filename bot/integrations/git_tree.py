"""What a commit holds: which folders are skills, and whether their content may become a bundle."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.git.objects import SUBMODULE, SYMLINK, TreeEntry, tree_entries
from core.domain.hidden_text import visible
from core.domain.skills import SourceLocation
from core.errors import NoSkillFound, TooLarge, UnsafeContent, Words

MANIFEST = b"SKILL.md"


# providers.md, "Danger": these run or reach further without being asked. A folder of hooks, not a file called so.
_DANGEROUS = {".claude-plugin", ".mcp.json"}
_HOOKS = "hooks"

_GIT_FOLDERS = {".git", "git~1"}  # the second is its short name on Windows
_LONGEST_PATH = 1024  # Artifact.file_path holds as much
_LONGEST_AUTHOR = 100
_LONGEST_SHOWN = 100

_PERSON = re.compile(rb"(?P<name>[^<]*)<[^>]*> (?P<seconds>\d{1,12}) [+-]\d{4}")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is taken from a repository, in bytes where it is not a number of things."""

    #: OpenAI: 500 files, 25 MB a file. Anthropic: 30 MB a skill.
    files: int = 500
    file_bytes: int = 25_000_000
    skill_bytes: int = 30_000_000
    #: The download, and again everything that is unpacked of it.
    repository_bytes: int = 100_000_000
    #: Git's list of all files of the commit, which a few trees can make endless.
    listing_bytes: int = 32_000_000
    skills: int = 200


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class TreeFile:
    """A file of a skill: its path below the skill's folder, and the blob that holds its bytes."""

    path: str
    blob: str
    executable: bool


@dataclass(frozen=True)
class SkillFolder:
    """A folder with a SKILL.md; ``name`` is what people call it."""

    path: str
    name: str
    files: tuple[TreeFile, ...]


def skill_folders(
    listing: bytes, place: SourceLocation, *, commit: str, missing: frozenset[str], limits: Limits
) -> tuple[SkillFolder, ...]:
    """Return the skills of a ``git ls-tree -rz`` at or below ``place.path``, by path, with their content checked.

    A folder with a SKILL.md at the path itself is the only one. A skill inside another skill's folder is a skill of its
    own and also part of the other's content. ``missing`` are blobs that were too large to be fetched.

    Raises:
        NoSkillFound, UnsafeContent, TooLarge: as their docstrings say.
    """
    entries = sorted(tree_entries(listing), key=lambda entry: entry.path)
    below = place.path.encode()
    for entry in entries:
        if entry.path == below:
            _refuse_special(entry, place.label, place.path)
    folders = _folders(entries, below)
    if not folders:
        source = f"{place.label}/{place.path}" if place.path else place.label
        raise NoSkillFound(source=source, ref=place.ref or commit)
    if len(folders) > limits.skills:
        raise TooLarge(skill=place.label, what=Words("the number of skills"), size=len(folders), limit=limits.skills)
    paths = [entry.path for entry in entries]
    found = []
    for folder in folders:
        first, last = 0, len(paths)
        if folder:  # "0" comes right behind "/"
            first, last = bisect_left(paths, folder + b"/"), bisect_left(paths, folder + b"0")
        found.append(_checked(folder, entries[first:last], place, missing, limits))
    return tuple(found)


def person_and_date(commit: bytes) -> tuple[str, datetime]:
    """Return who wrote a raw commit object and when it was committed; ("", the epoch) for what cannot be read."""
    headers: dict[bytes, bytes] = {}
    for line in commit.partition(b"\n\n")[0].split(b"\n"):
        key, _, value = line.partition(b" ")
        headers.setdefault(key, value)
    author = _PERSON.fullmatch(headers.get(b"author", b""))
    committer = _PERSON.fullmatch(headers.get(b"committer", b""))
    name = author["name"].decode(errors="replace").strip() if author else ""
    seconds = int(committer["seconds"]) if committer else 0
    latest = int(datetime.max.replace(tzinfo=UTC).timestamp())
    return visible(name, _LONGEST_AUTHOR), datetime.fromtimestamp(min(seconds, latest - 1), UTC)


def _folders(entries: list[TreeEntry], below: bytes) -> list[bytes]:
    """Return the folders with a SKILL.md at or below ``below``."""
    prefix = below + b"/" if below else b""
    folders = [
        entry.path[: -len(MANIFEST)].rstrip(b"/")
        for entry in entries
        if entry.path.startswith(prefix) and entry.path.rpartition(b"/")[2] == MANIFEST
    ]
    return [below] if below in folders else folders


def _checked(
    folder: bytes, entries: list[TreeEntry], place: SourceLocation, missing: frozenset[str], limits: Limits
) -> SkillFolder:
    """Return the skill in ``folder``, which holds ``entries``, unless a bundle may not hold them."""
    name = folder.rpartition(b"/")[2].decode(errors="replace") or place.label.rpartition("/")[2].removesuffix(".git")
    if len(entries) > limits.files:
        raise TooLarge(skill=name, what=Words("the number of files"), size=len(entries), limit=limits.files)
    path = _text(folder, name) if folder else ""
    files = []
    for entry in entries:
        inside = _text(entry.path[len(folder) + 1 :] if folder else entry.path, name)
        _refuse_special(entry, name, inside)
        _refuse_dangerous(inside, name)
        if entry.oid in missing:
            limit = megabytes(limits.file_bytes)
            raise TooLarge(skill=name, what=inside, size=Words("more than {limit}", limit=limit), limit=limit)
        files.append(TreeFile(inside, entry.oid, entry.is_executable))
    _refuse_collisions([file.path for file in files], name)
    return SkillFolder(path, name, tuple(files))


def _text(path: bytes, skill: str) -> str:
    """Return ``path`` as text if it is a relative path that means the same everywhere."""
    try:
        text = path.decode()
    except UnicodeDecodeError as error:
        raise UnsafeContent(skill=skill, path=ascii(path)[2:-1], reason=Words("its name is not UTF-8")) from error
    if len(text) > _LONGEST_PATH:
        reason = Words("its path is longer than {limit} characters", limit=_LONGEST_PATH)
        raise UnsafeContent(skill=skill, path=visible(text, _LONGEST_SHOWN), reason=reason)
    if not text.isprintable():
        raise UnsafeContent(skill=skill, path=visible(text), reason=Words("its name has invisible characters in it"))
    components = text.split("/")
    if {"", ".", ".."} & set(components) or "\\" in text:
        raise UnsafeContent(skill=skill, path=text, reason=Words("its path leads out of the skill"))
    if _GIT_FOLDERS & {component.casefold() for component in components}:
        raise UnsafeContent(skill=skill, path=text, reason=Words("it poses as a part of git"))
    return text


def _refuse_special(entry: TreeEntry, skill: str, path: str) -> None:
    """Refuse what is no regular file."""
    if entry.mode == SYMLINK:
        raise UnsafeContent(skill=skill, path=path, reason=Words("it is a symbolic link"))
    if entry.mode == SUBMODULE:
        raise UnsafeContent(skill=skill, path=path, reason=Words("it is a submodule, which is another repository"))
    if not entry.is_file:
        raise UnsafeContent(skill=skill, path=path, reason=Words("it is not a regular file"))


def _refuse_dangerous(path: str, skill: str) -> None:
    """Refuse what acts without being invoked; names are compared as a disk that ignores case would."""
    components = path.casefold().split("/")
    if _DANGEROUS & set(components) or _HOOKS in components[:-1]:
        raise UnsafeContent(skill=skill, path=path, reason=Words("it could run or connect without being asked"))


def _refuse_collisions(paths: list[str], skill: str) -> None:
    """Refuse two names that are one on a disk that ignores case or Unicode normalisation (macOS, Windows)."""
    seen: dict[str, tuple[str, bool]] = {}
    for path in paths:
        components = path.split("/")
        # Unicode, section 3.13, D145: caseless and canonically equivalent.
        folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold()).split("/")
        for end in range(1, len(components) + 1):
            name, is_file = "/".join(components[:end]), end == len(components)
            key = "/".join(folded[:end])
            if key not in seen:
                seen[key] = name, is_file
            elif is_file or seen[key] != (name, False):
                raise UnsafeContent(
                    skill=skill, path=name, reason=Words("on some disks it is the same as {other}", other=seen[key][0])
                )


def megabytes(size: int) -> str:
    """Return ``size`` in bytes for people."""
    return f"{size / 1_000_000:.4g} MB"
