"""Keys that sign commits and tags of test repositories: OpenSSH's and OpenPGP's, each in a folder of its own."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.platforms.git_repo import COMMITTED_AT, MINA, GitRepo

_WHEN = f"{int(COMMITTED_AT.timestamp())} +0000"


class Key(Protocol):
    """Something that signs."""

    def sign(self, message: bytes) -> bytes:
        """Return the armoured signature of ``message``."""


@dataclass(frozen=True)
class SshKey:
    """A key of ssh-keygen, without a passphrase."""

    file: Path

    @classmethod
    def create(cls, folder: Path, name: str) -> SshKey:
        """Make one."""
        file = folder / name
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file))
        return cls(file)

    def sign(self, message: bytes) -> bytes:
        return _run("ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(self.file), stdin=message)

    def allowed(self, principal: str, options: str = "") -> str:
        """Return the line of an allowed-signers file that says whose key it is."""
        kind, public = self.file.with_suffix(".pub").read_text().split()[:2]
        return " ".join(filter(None, (principal, options, kind, public))) + "\n"


@dataclass(frozen=True)
class GpgKey:
    """A key of gpg in a home of its own, whose path has to be short."""

    home: Path
    #: When gpg believes to be; empty is now.
    at: str = ""

    @classmethod
    def create(cls, home: Path, uid: str, *, at: str = "", good_for: str = "never") -> GpgKey:
        """Make one."""
        key = cls(home, at)
        key._gpg("--passphrase", "", "--quick-generate-key", uid, "ed25519", "sign", good_for)
        return key

    def sign(self, message: bytes) -> bytes:
        return self._gpg("--armor", "--detach-sign", stdin=message)

    def public(self) -> bytes:
        """Return what others need to check its signatures."""
        return self._gpg("--export")

    def close(self) -> None:
        """End the agent that gpg has started for it."""
        _run("gpgconf", "--homedir", str(self.home), "--kill", "all")

    def _gpg(self, *arguments: str, stdin: bytes = b"") -> bytes:
        options = ["--homedir", str(self.home), "--batch", "--quiet", "--pinentry-mode", "loopback"]
        if self.at:
            options += ["--faked-system-time", self.at]
        return _run("gpg", *options, *arguments, stdin=stdin)


def signed_commit(repo: GitRepo, key: Key, *, branch: str = "main", forged: bool = False) -> str:
    """Sign the newest commit of ``branch``, make the branch point there, and return it; ``forged``: of other words."""
    raw = repo.git("cat-file", "commit", branch).encode() + b"\n"
    head, _, body = raw.partition(b"\n\n")
    signature = b"\n ".join(key.sign(raw).rstrip().split(b"\n"))
    said = b"Something else\n" if forged else body
    return repo.commit_raw(head + b"\ngpgsig " + signature + b"\n\n" + said, branch)


def signed_tag(repo: GitRepo, key: Key, name: str, *, branch: str = "main", forged: bool = False) -> str:
    """Make a signed tag of the newest commit of ``branch``, and return its object; ``forged``: for another commit."""
    lines = f"object {repo.head(branch)}\ntype commit\ntag {name}\ntagger {MINA} {_WHEN}\n\nRelease\n"
    raw = lines.encode()
    signed = raw.replace(b"Release", b"Another") if forged else raw
    tag = repo.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=raw + key.sign(signed))
    repo.git("update-ref", f"refs/tags/{name}", tag)
    return tag


def _run(*command: str, stdin: bytes = b"") -> bytes:
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.decode(errors='replace')}"
    return done.stdout
