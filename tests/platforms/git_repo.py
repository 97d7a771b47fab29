"""Real git repositories for tests, with everything a hostile author can put into one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

MINA = "Mina Park <mina@example.com>"
#: When commits were made, unless told otherwise.
COMMITTED_AT = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Executable:
    """A file with the executable bit."""

    content: bytes


@dataclass(frozen=True)
class Symlink:
    """A symbolic link."""

    target: str


@dataclass(frozen=True)
class Submodule:
    """Another repository at a commit (mode 160000)."""

    commit: str = "1" * 40


#: What a path holds; None takes the path away.
Entry = bytes | str | Executable | Symlink | Submodule | None


def skill_md(name: str = "pdf", body: str = "Read the form first.\n") -> str:
    """Return a valid SKILL.md."""
    return f"---\nname: {name}\ndescription: Reads and fills PDF forms.\n---\n\n{body}"


def run_git(folder: Path, *arguments: str, stdin: bytes = b"", check: bool = True) -> str:
    """Run git in ``folder``, untouched by the machine's configuration, and return what it printed."""
    return git_output(folder, *arguments, stdin=stdin, check=check).decode(errors="surrogateescape").strip()


def git_output(folder: Path, *arguments: str, stdin: bytes = b"", check: bool = True) -> bytes:
    """Run git as ``run_git`` does, and return the very bytes; without ``check`` a failure prints nothing."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_COMMITTER_NAME": "Mina Park",
        "GIT_COMMITTER_EMAIL": "mina@example.com",
        "GIT_COMMITTER_DATE": f"{int(COMMITTED_AT.timestamp())} +0000",
    }
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=environment)
    if done.returncode and check:
        raise AssertionError(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


class GitRepo:
    """A bare repository that is written commit by commit, without a work tree.

        repo = GitRepo.create(tmp_path, "acme/skills")
        first = repo.commit({"skills/pdf/SKILL.md": skill_md()})
        repo.tag("v1.0", annotated=True)

    It serves any commit, knows partial clones and takes pushes, as GitHub does.
    """

    def __init__(self, path: Path) -> None:
        """Stand for the repository at ``path``; ``create`` makes a new one."""
        self.path = path

    @classmethod
    def create(cls, root: Path, name: str = "acme/skills", *, object_format: str = "sha1") -> Self:
        """Make an empty repository ``<root>/<name>.git`` with default branch main."""
        path = root / f"{name}.git"
        path.mkdir(parents=True)
        options = ("--quiet", "--bare", "--template=", "--initial-branch=main", f"--object-format={object_format}")
        run_git(path, "init", *options)
        for setting in ("uploadpack.allowAnySHA1InWant", "uploadpack.allowFilter", "http.receivepack"):
            run_git(path, "config", setting, "true")
        return cls(path)

    def commit(
        self,
        files: Mapping[str, Entry],
        *,
        branch: str = "main",
        message: str = "Work",
        author: str = MINA,
        at: datetime = COMMITTED_AT,
    ) -> str:
        """Put ``files`` on top of what ``branch`` has, starting it if need be, and return the new commit.

        A surrogate escape (PEP 383) in a path stands for a byte that is not UTF-8.
        """
        when = f"{int(at.timestamp())} +0000"
        script = [
            f"commit refs/heads/{branch}\nauthor {author} {when}\ncommitter {author} {when}\n".encode(),
            _data(message.encode()),
        ]
        if self._exists(f"refs/heads/{branch}"):
            script.append(f"from refs/heads/{branch}^0\n".encode())
        script += [_change(path, entry) for path, entry in files.items()]
        self.git("fast-import", "--quiet", "--force", stdin=b"".join(script))
        return self.head(branch)

    def blob(self, content: bytes) -> str:
        """Store ``content`` and return its object id."""
        return self.git("hash-object", "-w", "--stdin", stdin=content)

    def tree(self, entries: Iterable[tuple[str, bytes, str]]) -> str:
        """Store a tree of (mode, name, object id) that git itself would refuse to make, and return its object id."""
        raw = b"".join(f"{mode} ".encode() + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
        return self.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=raw)

    def commit_tree(self, tree: str, *, branch: str = "main") -> str:
        """Make ``branch`` a single commit of ``tree``, as it is, and return the commit."""
        person = f"{MINA} {int(COMMITTED_AT.timestamp())} +0000"
        return self.commit_raw(f"tree {tree}\nauthor {person}\ncommitter {person}\n\nWork\n".encode(), branch)

    def commit_raw(self, raw: bytes, branch: str = "main") -> str:
        """Store ``raw`` as a commit object, whatever it says, make ``branch`` point there and return the commit."""
        commit = self.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw)
        self.branch(branch, commit)
        return commit

    def branch(self, name: str, commit: str) -> None:
        """Make branch ``name`` point to ``commit``, wherever it was before."""
        self.git("update-ref", f"refs/heads/{name}", commit)

    def merge(self, name: str, *, squash: bool = False) -> str:
        """Merge branch ``name`` into main as people do, and return the new commit; ``squash``, it has one parent."""
        tree = self.git("merge-tree", "--write-tree", "main", name)
        parents = ("-p", "main") if squash else ("-p", "main", "-p", name)
        who = ("-c", "user.name=Mina Park", "-c", "user.email=mina@example.com")
        commit = self.git(*who, "commit-tree", tree, *parents, "-m", "Merge")
        self.branch("main", commit)
        return commit

    def delete_branch(self, name: str) -> None:
        """Take branch ``name`` away."""
        self.git("update-ref", "-d", f"refs/heads/{name}")

    def tag(self, name: str, commit: str = "main", *, annotated: bool = False) -> str:
        """Make or move tag ``name``, and return the object it points to: a tag object when ``annotated``."""
        options = ("--annotate", "--message=Release") if annotated else ()
        self.git("tag", "--force", *options, name, commit)
        return self.git("rev-parse", f"refs/tags/{name}")

    def head(self, ref: str = "main") -> str:
        """Return the commit that ``ref`` points to."""
        return self.git("rev-parse", f"{ref}^{{commit}}")

    def git(self, *arguments: str, stdin: bytes = b"", check: bool = True) -> str:
        """Run git in the repository and return what it printed."""
        return run_git(self.path, *arguments, stdin=stdin, check=check)

    def content(self, name: str) -> bytes:
        """Return the bytes of a blob, such as ``main:README.md``."""
        return git_output(self.path, "cat-file", "blob", name)

    def _exists(self, ref: str) -> bool:
        return bool(self.git("for-each-ref", "--format=%(refname)", ref))


def _change(path: str, entry: Entry) -> bytes:
    """Return the fast-import command that puts ``entry`` at ``path``."""
    # fast-import reads C-quoted paths; octal escapes carry any byte.
    quoted = b'"' + b"".join(b"\\%03o" % byte for byte in path.encode(errors="surrogateescape")) + b'"'
    match entry:
        case None:
            return b"D " + quoted + b"\n"
        case Submodule(commit):
            return b"M 160000 " + commit.encode() + b" " + quoted + b"\n"
        case Symlink(target):
            return b"M 120000 inline " + quoted + b"\n" + _data(target.encode())
        case Executable(content):
            return b"M 100755 inline " + quoted + b"\n" + _data(content)
        case str():
            return b"M 100644 inline " + quoted + b"\n" + _data(entry.encode())
        case bytes():
            return b"M 100644 inline " + quoted + b"\n" + _data(entry)


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"
