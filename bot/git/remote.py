"""A repository on a server, and the bare one here in which it is worked on: look, fetch as little as can be, push."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.git.process import NO_REPOSITORY, GitConfig, GitFailed, git, run_git
from bot.git.workspace import bounded

#: Leads to nothing that is there: a branch that must not exist yet, or is to be deleted.
NOTHING = ""

_SHA1_DIGITS = 40
# A list of refs, of a monorepo's too.
_LONGEST_LISTING = 1 << 24
_REJECTED = re.compile(r"^!\t[^\t]*\t\[[^\]]*\](?: \((?P<reason>.*)\))?$", re.MULTILINE)
_SAID_BY_SERVER = re.compile(r"^remote: ?(.*)$", re.MULTILINE)


class PushRejected(Exception):
    """The server did not move the ref: git's ``reason`` in a few words, and what the server ``said``."""

    def __init__(self, reason: str, said: str) -> None:
        """Keep what was said."""
        super().__init__(reason)
        self.reason = reason
        self.said = said


@dataclass(frozen=True)
class Remote:
    """How a repository is reached, and the folder of the bare one here; nothing of it is a setting there."""

    url: str
    protocol: str
    git_dir: str
    config: GitConfig = ()
    ssh: str = ""

    async def refs(self, *names: str) -> dict[str, str]:
        """Return the commits of those of the full ref ``names`` that are there."""
        listing = await run_git(
            "ls-remote", "--quiet", "--refs", "--", self.url, *names,
            git_dir=NO_REPOSITORY, protocol=self.protocol, config=self.config, ssh=self.ssh, limit=_LONGEST_LISTING,
        )  # fmt: skip
        found = (line.partition("\t") for line in listing.decode(errors="replace").splitlines())
        return {name: commit for commit, _, name in found if name in names}

    async def fetch(self, commit: str, *, limit: int) -> None:
        """Bring ``commit`` with all its trees, unless it is here; files come along where the server knows no filters.

        Raises:
            TooMuchDownloaded: it is more than ``limit`` bytes.
        """
        if not await self.prepare(commit):
            await self._bring(f"{commit}\n", "--depth=1", "--filter=blob:none", limit=limit)

    async def fetch_objects(self, oids: Iterable[str], *, limit: int) -> None:
        """Bring single objects, all in one request.

        Raises:
            TooMuchDownloaded: they are more than ``limit`` bytes.
        """
        await self._bring("".join(f"{oid}\n" for oid in oids), "--filter=blob:none", limit=limit)

    async def push(self, commit: str, ref: str, *, expected: str, only_try: bool = False) -> None:
        """Move ``ref`` from ``expected`` to ``commit``, in one step on the server; either may be ``NOTHING``.

        Raises:
            PushRejected: the server did not move it.
            GitFailed: it may or may not have moved.
        """
        output = bytearray()
        try:
            async with git(
                "push", "--porcelain", "--no-verify", "--no-thin", "--no-signed", "--recurse-submodules=no",
                f"--force-with-lease={ref}:{expected}", *(["--dry-run"] if only_try else []),
                "--", self.url, f"{commit}:{ref}",
                git_dir=self.git_dir, protocol=self.protocol, config=self.config, ssh=self.ssh,
            ) as stdout:  # fmt: skip
                while chunk := await stdout.read(_LONGEST_LISTING):
                    output += chunk
        except GitFailed as failure:
            rejected = _REJECTED.search(output.decode(errors="replace"))
            if rejected is None:
                raise
            said = "\n".join(_SAID_BY_SERVER.findall(failure.complaint))
            raise PushRejected(rejected["reason"] or "", said) from failure

    async def local(self, *arguments: str, stdin: bytes = b"", limit: int = _LONGEST_LISTING) -> bytes:
        """Run git on the bare repository here, out of reach of any other, and return its output."""
        return await run_git(*arguments, git_dir=self.git_dir, stdin=stdin, limit=limit)

    async def prepare(self, commit: str) -> bool:
        """Make the bare repository here for objects such as ``commit``; return whether that one is in it already."""
        try:
            await self.local("cat-file", "-e", commit)
        except GitFailed:
            kind = "sha1" if len(commit) == _SHA1_DIGITS else "sha256"
            await self.local("init", "--quiet", "--bare", "--template=", f"--object-format={kind}")
            return False
        return True

    async def _bring(self, wanted: str, *options: str, limit: int) -> None:
        download = run_git(
            "fetch", "--quiet", *options, "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance",
            "--no-recurse-submodules", "--stdin", "--", self.url,
            git_dir=self.git_dir, protocol=self.protocol, stdin=wanted.encode(), ssh=self.ssh,
            config=(*self.config, ("fetch.negotiationAlgorithm", "noop")),
        )  # fmt: skip
        await bounded(download, into=self.git_dir, limit=limit)
