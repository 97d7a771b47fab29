"""Git as a child process: argument lists, a clean environment, bounded output, and its complaints translated."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import cast

from core.domain.hidden_text import visible
from core.domain.skills import SourceLocation
from core.errors import (
    DiskFull,
    ProgramMissing,
    RefNotFound,
    SkillwardenError,
    SourceDenied,
    SourceNotAllowed,
    SourceUnreachable,
    Words,
)

#: Settings of git as (key, value), for one command.
GitConfig = tuple[tuple[str, str], ...]

#: Where git finds no repository; for commands that need none.
NO_REPOSITORY = os.devnull

# What a machine may need to reach the outside at all. Everything else stays out, every GIT_* above all.
_KEPT = ("PATH", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR")

_SETTINGS = (
    # A redirect leaves the host that was allowed; "false" also switches off the alternates of dumb HTTP.
    "-c", "http.followRedirects=false",
    # Hooks are what others would run as the bot; a repository that is made here has none.
    "-c", f"core.hooksPath={os.devnull}",
    # Larger blobs are checked as a stream: a server that ignores the filter must not fill the memory.
    "-c", "core.bigFileThreshold=8m",
)  # fmt: skip

_CHUNK = 1 << 16
_LONGEST_SAID = 200

_NAMES = re.compile(r"'[^']*'|https?://\S+")
_NO_SPACE = re.compile(r"No space left on device|Disk quota exceeded")
_NO_REF = re.compile(r"not our ref|unadvertised object|couldn't find remote ref|not a tree object")
_NOT_ALLOWED = re.compile(r"transport '.*' not allowed")
# GitHub asks for credentials where there is nothing; others say 404 where there is something private.
_DENIED = re.compile(
    r"could not read (?:Username|Password)|Authentication failed|returned error: 40[134]\b|repository '.*' not found"
)
_REASONS = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"could not resolve host", Words("its host is not known")),
        (r"failed to connect|connection refused|couldn't connect", Words("nothing answers at its host")),
        (r"returned error: 3\d\d", Words("it has moved, so ask for it under its new address")),
        (r"returned error: 429", Words("its host asks to slow down")),
        (r"returned error: 5\d\d", Words("its host has a problem of its own")),
        (r"certificate|ssl|tls", Words("the connection to its host is not safe")),
        (r"not appear to be a git repository|is this a git repository", Words("there is no git repository")),
        (r"dubious ownership", Words("the folder belongs to somebody else")),
        (
            r"empty reply|closed with|hung up|early eof|rpc failed|unexpected disconnect|connection reset",
            Words("the connection was lost"),
        ),
    )
)


class GitFailed(Exception):
    """Git ended with a status other than 0, or by a signal (negative); ``complaint`` is the end of what it said."""

    def __init__(self, status: int, complaint: str) -> None:
        """Keep what git left behind."""
        super().__init__(f"status {status}: {complaint}")
        self.status = status
        self.complaint = complaint


class GitMissing(GitFailed):
    """There is no git on this machine."""


class TooMuchOutput(Exception):
    """Git said more than was asked for."""


@asynccontextmanager
async def git(
    *arguments: str, git_dir: str, protocol: str = "", config: GitConfig = (), ssh: str = "", stdin: bytes = b""
) -> AsyncIterator[asyncio.StreamReader]:
    """Run git on ``git_dir`` and give its output, which has to be read to the end; leaving early kills all of it.

    ``protocol`` is the one it may speak; without one it cannot reach anything. ``config`` may hold secrets: it goes
    through the environment, because everybody on the machine can read arguments. ``ssh`` is the command for that.

    Raises:
        GitFailed: it ended badly.
        GitMissing: there is no git.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            "git", *_SETTINGS, *arguments,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env=_environment(git_dir, protocol, config, ssh), cwd="/", start_new_session=True,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise GitMissing(127, "") from error  # 127: what a shell says to that
    # PIPE makes all three; the library cannot say so in its types.
    stdin_pipe = cast("asyncio.StreamWriter", process.stdin)
    stdout = cast("asyncio.StreamReader", process.stdout)
    stderr = cast("asyncio.StreamReader", process.stderr)
    complaint = asyncio.create_task(_end_of(stderr))
    try:
        stdin_pipe.write(stdin)
        stdin_pipe.close()
        yield stdout
        if status := await process.wait():
            raise GitFailed(status, await complaint)
    finally:
        if process.returncode is None:
            # The session is the process group: the helper that speaks HTTP ends with it.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        # Pipes that are not read to their end outlive the process.
        await _end_of(stdout)
        await complaint
        await process.wait()


async def run_git(
    *arguments: str,
    git_dir: str,
    protocol: str = "",
    config: GitConfig = (),
    ssh: str = "",
    stdin: bytes = b"",
    limit: int = _CHUNK,
) -> bytes:
    """Run git to its end and return its output.

    Raises:
        GitFailed: as for ``git``.
        TooMuchOutput: it is more than ``limit`` bytes.
    """
    output = bytearray()
    async with git(*arguments, git_dir=git_dir, protocol=protocol, config=config, ssh=ssh, stdin=stdin) as stdout:
        while chunk := await stdout.read(_CHUNK):
            output += chunk
            if len(output) > limit:
                raise TooMuchOutput
    return bytes(output)


def explained(failure: GitFailed, place: SourceLocation, *, ref: str, allowed: str, scratch: str) -> SkillwardenError:
    """Return what a failure of git means for who asked for ``ref`` of ``place``."""
    if isinstance(failure, GitMissing):
        return ProgramMissing(program="git")
    complaint = without_names(own_words(failure))
    if is_disk_full(failure):
        return DiskFull(path=scratch)
    if _NO_REF.search(complaint):
        return RefNotFound(source=place.label, ref=ref)
    if _NOT_ALLOWED.search(complaint):
        return SourceNotAllowed(host=place.host or Words("a local folder"), allowed=allowed)
    if is_denied(failure):
        return SourceDenied(source=place.label)
    return SourceUnreachable(source=place.label, reason=reason_of(failure))


def own_words(failure: GitFailed) -> list[str]:
    """Return the lines that are git's own; what a server says arrives as "remote: ..."."""
    return [line for line in failure.complaint.splitlines() if line.startswith(("fatal:", "error:"))]


def without_names(lines: Iterable[str]) -> str:
    """Return the lines without names and addresses, which may hold anything - "openssl" for one."""
    return _NAMES.sub("''", "\n".join(lines))


def reason_of(failure: GitFailed) -> str:
    """Return in plain words why nobody was reached; what nobody foresaw is quoted."""
    said = own_words(failure)
    complaint = without_names(said)
    for pattern, reason in _REASONS:
        if pattern.search(complaint):
            return reason
    if said:
        return Words('git said "{said}"', said=visible(said[-1], _LONGEST_SAID))
    return Words("git ended with status {status}", status=failure.status)


def is_denied(failure: GitFailed) -> bool:
    """Whether a server wanted other credentials, or said that there is nothing."""
    return _DENIED.search(without_names(own_words(failure))) is not None


def is_disk_full(failure: GitFailed) -> bool:
    """Whether there was no room for what git had to write."""
    return _NO_SPACE.search(without_names(own_words(failure))) is not None


def _environment(git_dir: str, protocol: str, config: GitConfig, ssh: str) -> dict[str, str]:
    """Return the whole environment of a git process."""
    settings = {"GIT_CONFIG_COUNT": str(len(config))} if config else {}
    for number, (key, value) in enumerate(config):
        settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    if ssh:
        settings |= {"GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"}
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "LC_ALL": "C",
        "HOME": os.devnull,  # no ~/.netrc, no ~/.config/git
        "GIT_DIR": git_dir,  # no search upwards from the current folder
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        **settings,
    }


async def _end_of(stream: asyncio.StreamReader) -> str:
    """Read ``stream`` to its end and return the last of it."""
    tail = b""
    while chunk := await stream.read(_CHUNK):
        tail = (tail + chunk)[-_CHUNK:]
    return tail.decode(errors="replace")
