"""Skills out of git repositories: fetched into a bare repository, never checked out, and read object by object.

Without a work tree there are no hooks, filters or submodules, where the holes of ``git clone`` were; links and paths
stay names in a list until they have been checked.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.git.credentials import GitCredentials
from bot.git.objects import ObjectHeader, read_objects
from bot.git.process import NO_REPOSITORY, GitConfig, GitFailed, TooMuchOutput, explained, run_git
from bot.git.workspace import TooMuchDownloaded, bounded, workspace
from bot.integrations.git_tree import DEFAULT_LIMITS, Limits, SkillFolder, megabytes, person_and_date, skill_folders
from core.domain.skills import BundleFile, FetchedSkill, ResolvedRef, SkillBundle, SourceLocation
from core.domain.sources import AllowedHosts, confirmed, is_ref_name
from core.errors import (
    FolderOutside,
    NothingCommitted,
    RefNotFound,
    SourceUnreachable,
    TookTooLong,
    TooLarge,
    Words,
)

_FULL_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.IGNORECASE)

_SHA1_DIGITS = 40


class GitSkillSource:
    """The port ``SkillSource`` over the git command line: https and, where allowed, loopback http and local folders."""

    def __init__(
        self,
        allowed: AllowedHosts,
        scratch: Path,
        limits: Limits = DEFAULT_LIMITS,
        timeout: float = 60,
        credentials: GitCredentials | None = None,
    ) -> None:
        """Read from ``allowed``, work below ``scratch``, and give one call ``timeout`` seconds."""
        self._credentials = credentials
        self._allowed = allowed
        self._scratch = scratch
        self._limits = limits
        self._timeout = timeout

    async def resolve(self, location: SourceLocation, ref: str | None) -> ResolvedRef:
        """Look ``ref`` up with one ``git ls-remote``; a tag wins over a branch of the same name, as it does for git.

        Without a ref the default branch is looked up, and its name returned. A full commit is taken as it is, because
        no server lists them: ``fetch`` proves it. A shortened commit is not found, as no server can look it up.

        Raises:
            RefNotFound, SourceDenied, SourceNotAllowed, SourceUnreachable, TookTooLong: see the port.
            SecretNotFound: the token of its host cannot be read.
            InvalidSource: the location is not one that ``parse_source`` makes.
        """
        place, protocol = await self._place(location)
        if ref is not None and _FULL_COMMIT.fullmatch(ref):
            return ResolvedRef(ref=ref, commit=ref.lower())
        wanted = ref or "HEAD"
        if not is_ref_name(wanted):
            raise RefNotFound(source=place.label, ref=wanted)
        is_default = wanted == "HEAD"
        names = ["HEAD"] if is_default else [f"refs/tags/{ref}^{{}}", f"refs/tags/{ref}", f"refs/heads/{ref}"]
        options = ["--symref"] if is_default else ["--heads", "--tags"]
        async with self._explaining(place, wanted):
            listing = await run_git(
                "ls-remote", "--quiet", *options, "--", place.url, *names,
                git_dir=NO_REPOSITORY, protocol=protocol, config=await self._config(place),
            )  # fmt: skip
        commits, default = _listed(listing)
        for name in names:
            if name in commits:
                return ResolvedRef(ref=default if is_default else wanted, commit=commits[name])
        if is_default:
            raise NothingCommitted(source=place.label)
        raise RefNotFound(source=place.label, ref=wanted)

    async def fetch(self, location: SourceLocation, commit: str) -> tuple[FetchedSkill, ...]:
        """Fetch ``commit`` alone, without files over the limit, and return its skills; see the port.

        Raises:
            NoSkillFound, UnsafeContent, TooLarge: see the port and ``Limits``.
            RefNotFound: the repository has no such commit.
            SourceDenied, SourceNotAllowed, SourceUnreachable, TookTooLong, SecretNotFound, InvalidSource: as for
                ``resolve``.
            DiskFull: there is no room to work.
        """
        place, protocol = await self._place(location)
        if not _FULL_COMMIT.fullmatch(commit):
            raise RefNotFound(source=place.label, ref=commit)
        async with workspace(self._scratch) as git_dir, self._explaining(place, commit):
            await self._download(place, commit.lower(), git_dir=git_dir, protocol=protocol)
            folders = await self._folders(place, commit.lower(), git_dir=git_dir)
            contents = await self._contents(place, commit.lower(), folders, git_dir=git_dir)
            return await asyncio.to_thread(self._skills, commit.lower(), folders, contents)

    async def _place(self, location: SourceLocation) -> tuple[SourceLocation, str]:
        """Return the checked location, with links in a local path resolved, and the protocol git may speak to it."""
        place = confirmed(location, self._allowed)
        scheme, is_url, _ = place.url.partition("://")
        if is_url:
            return place, scheme
        root, path = await asyncio.to_thread(_real_paths, self._allowed.local_root or "", place.url)
        if not path.is_relative_to(root):
            raise FolderOutside(path=place.url)
        return place.evolve(url=str(path)), "file"

    async def _config(self, place: SourceLocation) -> GitConfig:
        """Return what git has to know to be let in; reading a secret may take a while."""
        return await asyncio.to_thread(self._credentials.config_for, place) if self._credentials else ()

    @property
    def _allowed_names(self) -> str:
        return ", ".join(self._allowed.hosts) or "none"

    async def _download(self, place: SourceLocation, commit: str, *, git_dir: str, protocol: str) -> None:
        """Bring ``commit`` into a new bare repository, watching how much it becomes."""
        object_format = "sha1" if len(commit) == _SHA1_DIGITS else "sha256"
        await run_git("init", "--quiet", "--bare", "--template=", f"--object-format={object_format}", git_dir=git_dir)
        config = await self._config(place)
        download = run_git(
            "fetch", "--quiet", "--depth=1", f"--filter=blob:limit={self._limits.file_bytes + 1}", "--no-tags",
            "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", "--", place.url, commit,
            git_dir=git_dir, protocol=protocol, config=config,
        )  # fmt: skip
        try:
            await bounded(download, into=git_dir, limit=self._limits.repository_bytes)
        except TooMuchDownloaded:
            raise self._repository_too_large(place) from None

    async def _folders(self, place: SourceLocation, commit: str, *, git_dir: str) -> tuple[SkillFolder, ...]:
        """Return the skills of ``commit`` by what its trees say, reading no file."""
        limit = self._limits.listing_bytes
        unread = await run_git(
            "rev-list", "--objects", "--missing=print", "--quiet", commit, git_dir=git_dir, limit=limit
        )
        missing = frozenset(line[1:] for line in unread.decode().splitlines() if line.startswith("?"))
        below = ("--", place.path) if place.path else ()
        listing = await run_git("ls-tree", "-r", "-z", "--full-tree", commit, *below, git_dir=git_dir, limit=limit)
        return await asyncio.to_thread(
            skill_folders, listing, place, commit=commit, missing=missing, limits=self._limits
        )

    async def _contents(
        self, place: SourceLocation, commit: str, folders: tuple[SkillFolder, ...], *, git_dir: str
    ) -> Mapping[str, bytes]:
        """Read the commit and every file of ``folders`` in one go, each object once, by object id."""
        wanted = {commit: Words("the commit")} | {file.blob: file.path for folder in folders for file in folder.files}
        room = self._limits.repository_bytes

        def admit(header: ObjectHeader) -> None:
            nonlocal room
            if header.oid == commit and header.kind != "commit":
                raise RefNotFound(source=place.label, ref=commit)
            if header.size > self._limits.file_bytes:
                size, limit = megabytes(header.size), megabytes(self._limits.file_bytes)
                raise TooLarge(skill=place.label, what=wanted[header.oid], size=size, limit=limit)
            room -= header.size
            if room < 0:
                raise self._repository_too_large(place)

        return await read_objects(wanted, admit, git_dir=git_dir)

    def _skills(
        self, commit: str, folders: tuple[SkillFolder, ...], contents: Mapping[str, bytes]
    ) -> tuple[FetchedSkill, ...]:
        """Put the skills together."""
        author, committed_at = person_and_date(contents[commit])
        skills = []
        for folder in folders:
            files = {
                file.path: BundleFile(content=contents[file.blob], executable=file.executable) for file in folder.files
            }
            bundle = SkillBundle(files=files)
            if bundle.size > self._limits.skill_bytes:
                size, limit = megabytes(bundle.size), megabytes(self._limits.skill_bytes)
                raise TooLarge(skill=folder.name, what=Words("its content"), size=size, limit=limit)
            skills.append(
                FetchedSkill(path=folder.path, bundle=bundle, commit=commit, author=author, committed_at=committed_at)
            )
        return tuple(skills)

    def _repository_too_large(self, place: SourceLocation) -> TooLarge:
        limit = megabytes(self._limits.repository_bytes)
        return TooLarge(
            skill=place.label, what=Words("the repository"), size=Words("more than {limit}", limit=limit), limit=limit
        )

    @asynccontextmanager
    async def _explaining(self, place: SourceLocation, ref: str) -> AsyncIterator[None]:
        """Keep the time limit, and translate what git says."""
        try:
            async with asyncio.timeout(self._timeout):
                yield
        except TimeoutError as error:
            raise TookTooLong(what=Words("Reading {label}", label=place.label), limit=f"{self._timeout:g}") from error
        except GitFailed as failure:
            raise explained(
                failure, place, ref=ref, allowed=self._allowed_names, scratch=str(self._scratch)
            ) from failure
        except TooMuchOutput as error:
            limit = megabytes(self._limits.listing_bytes)
            raise TooLarge(
                skill=place.label,
                what=Words("the list of its files"),
                size=Words("more than {limit}", limit=limit),
                limit=limit,
            ) from error
        except asyncio.IncompleteReadError as error:
            reason = Words("its content arrived incomplete")
            raise SourceUnreachable(source=place.label, reason=reason) from error


def _listed(listing: bytes) -> tuple[dict[str, str], str]:
    """Return commits by ref as ``git ls-remote`` lists them, and the name of the default branch where it says so."""
    commits, default = {}, "HEAD"
    for line in listing.decode(errors="replace").splitlines():
        value, _, name = line.partition("\t")
        if not value.startswith("ref: "):
            commits[name] = value
        elif name == "HEAD":
            default = value.removeprefix("ref: refs/heads/")
    return commits, default


def _real_paths(*paths: str) -> tuple[Path, ...]:
    return tuple(Path(os.path.realpath(path)) for path in paths)
