"""Git against servers that fail, machines that interfere and locations that lead elsewhere."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.git.process import run_git
from bot.integrations.git_skill_source import GitSkillSource
from core.domain.skills import SourceLocation
from core.domain.sources import AllowedHosts, parse_source
from core.errors import (
    DiskFull,
    FolderOutside,
    InvalidSource,
    ProgramMissing,
    SourceDenied,
    SourceNotAllowed,
    SourceUnreachable,
    TookTooLong,
)
from tests.platforms.git_http import LOOPBACK, Behaviour, GitHttpServer
from tests.platforms.git_repo import GitRepo

LeftBehind = Callable[[], list[Path]]
COMMIT = "4be91c2f0a" * 4


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (401, SourceDenied),
        (403, SourceDenied),
        (404, SourceDenied),
        (429, SourceUnreachable),
        (500, SourceUnreachable),
        (503, SourceUnreachable),
        ("drop", SourceUnreachable),
        ("cut", SourceUnreachable),
    ],
)
async def test_each_failure_of_a_server_has_its_error(
    source: GitSkillSource,
    server: GitHttpServer,
    behaviour: Behaviour,
    error: type,
    left_behind: LeftBehind,
) -> None:
    """Looking up and fetching fail alike, and leave nothing behind."""
    server.misbehave("acme/skills", behaviour)
    with pytest.raises(error) as refusal:
        await source.resolve(server.location(), "main")
    assert "acme/skills" in str(refusal.value)
    with pytest.raises(error):
        await source.fetch(server.location(), COMMIT)
    assert left_behind() == []


async def test_a_repository_that_is_not_there_is_denied(source: GitSkillSource, server: GitHttpServer) -> None:
    """It cannot be told from a private one."""
    with pytest.raises(SourceDenied):
        await source.resolve(server.location("acme/none"), None)


async def test_nobody_listening_is_unreachable(source: GitSkillSource) -> None:
    """Port 1 of this machine is closed."""
    location = parse_source("http://127.0.0.1:1/acme/skills.git", allowed=LOOPBACK)
    with pytest.raises(SourceUnreachable, match="nothing answers at its host"):
        await source.resolve(location, None)


async def test_a_server_that_speaks_no_tls_is_unreachable(scratch: Path, server: GitHttpServer) -> None:
    """A secure address is never weakened to http."""
    allowed = AllowedHosts(hosts=(server.host,))
    source = GitSkillSource(allowed, scratch)
    with pytest.raises(SourceUnreachable, match="not safe"):
        await source.resolve(parse_source(f"https://{server.host}/acme/skills", allowed=allowed), None)


async def test_a_redirect_is_not_followed(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo, tmp_path: Path
) -> None:
    """Who was allowed may not send the bot elsewhere, not even to a repository that exists."""
    with GitHttpServer(server.root) as elsewhere:
        server.redirect("acme/skills", elsewhere.url("acme/skills"))
        with pytest.raises(SourceUnreachable, match="it has moved"):
            await source.resolve(server.location(), "main")
        with pytest.raises(SourceUnreachable, match="it has moved"):
            await source.fetch(server.location(), repo.head())
        assert elsewhere.requests == []


@pytest.mark.parametrize("call", ["resolve", "fetch"])
async def test_a_server_that_hangs_is_given_up(
    scratch: Path, server: GitHttpServer, repo: GitRepo, call: str, left_behind: LeftBehind
) -> None:
    """At the time limit git is killed with its helpers, and its folder is removed."""
    server.misbehave("acme/skills", "hang")
    source = GitSkillSource(LOOPBACK, scratch, timeout=0.3)
    with pytest.raises(TookTooLong, match=r"Reading acme/skills took longer than 0\.3 seconds"):
        await (
            source.resolve(server.location(), "main")
            if call == "resolve"
            else source.fetch(server.location(), repo.head())
        )
    # On a busy machine the time may be up before git has asked.
    assert not server.hanging.is_set() or await asyncio.to_thread(server.given_up.wait, 10)
    assert call == "resolve" or left_behind() == []


async def test_a_cancelled_fetch_ends_git(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo, scratch: Path, left_behind: LeftBehind
) -> None:
    """Who stops waiting leaves no process and no folder behind."""
    server.misbehave("acme/skills", "hang")
    fetching = asyncio.create_task(source.fetch(server.location(), repo.head()))
    assert await asyncio.to_thread(server.hanging.wait, 10)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    assert await asyncio.to_thread(server.given_up.wait, 10)
    assert left_behind() == []


async def test_ten_fetches_at_once_do_not_meet(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo, scratch: Path, left_behind: LeftBehind
) -> None:
    """Each works in a folder of its own."""
    commits = [repo.commit({"pdf/number": str(number)}) for number in range(10)]
    results = await asyncio.gather(*(source.fetch(server.location(), commit) for commit in commits))
    assert [skill.bundle.files["number"].content for [skill] in results] == [b"%d" % number for number in range(10)]
    assert left_behind() == []


async def test_the_users_git_configuration_is_ignored(
    server: GitHttpServer, repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither files at home nor variables nor the folder around the scratch change what git does."""
    trace, home = tmp_path / "trace", tmp_path / "home"
    hostile = (
        f'[url "http://127.0.0.1:1/"]\n\tinsteadOf = {server.url("acme/skills")}\n[fetch]\n\tfsckObjects = maybe\n'
    )
    for path in (home / ".gitconfig", home / ".config/git/config", home / "xdg/git/config", home / "repo/.git/config"):
        path.parent.mkdir(parents=True)
        path.write_text(hostile)
    (home / ".netrc").write_text("machine 127.0.0.1 login mina password hunter2\n")
    for folder in ("objects", "refs"):
        (home / "repo/.git" / folder).mkdir()
    (home / "repo/.git/HEAD").write_text("ref: refs/heads/main\n")
    askpass = tmp_path / "askpass"
    askpass.write_text(f"#!/bin/sh\ntouch {trace}\necho hunter2\n")
    askpass.chmod(0o755)
    for name, value in {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "xdg"),
        "GIT_CONFIG": str(home / ".gitconfig"),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_SYSTEM": str(home / ".gitconfig"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": "Authorization: hunter2",
        "GIT_CONFIG_PARAMETERS": "'http.extraHeader=Authorization: hunter2'",
        "GIT_DIR": str(home / "repo/.git"),
        "GIT_OBJECT_DIRECTORY": str(home / "repo/.git/objects"),
        "GIT_EXEC_PATH": str(home),
        "GIT_TEMPLATE_DIR": str(home),
        "GIT_TRACE": str(trace),
        "GIT_TRACE_CURL": str(trace),
        "GIT_ASKPASS": str(askpass),
        "SSH_ASKPASS": str(askpass),
        "GIT_PROXY_COMMAND": str(askpass),
        "GIT_PROTOCOL_FROM_USER": "1",
        "GIT_ALLOW_PROTOCOL": "ext:file:http:https",
        "GIT_NAMESPACE": "elsewhere",
        "http_proxy": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1",
        "LC_ALL": "ko_KR.UTF-8",
        "LANGUAGE": "ko",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home / "repo")
    source = GitSkillSource(LOOPBACK, home / "repo/scratch")

    commit = (await source.resolve(server.location(), "main")).commit
    [skill] = await source.fetch(server.location(), commit)
    server.misbehave("acme/skills", 401)
    with pytest.raises(SourceDenied):
        await source.resolve(server.location(), "main")

    assert set(skill.bundle.files) == {"SKILL.md"}
    assert not trace.exists()
    assert all("Authorization" not in request.headers for request in server.requests)


async def test_git_gets_this_environment_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each variable closes a door; of the machine's own only the way to programs and out of the network is kept."""
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\nexec /usr/bin/env\n")
    fake.chmod(0o755)
    for name in list(os.environ):
        monkeypatch.delenv(name)
    kept = {
        "PATH": str(tmp_path),
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "NO_PROXY": "git.acme.dev",
        "SSL_CERT_FILE": "/etc/acme.pem",
    }
    for name, value in (kept | {"HOME": "/home/mina", "GIT_SSL_NO_VERIFY": "1", "GIT_PAGER": "x"}).items():
        monkeypatch.setenv(name, value)

    printed = await run_git("version", git_dir="/scratch/git-1", protocol="https")

    seen = dict(line.split("=", 1) for line in printed.decode().splitlines())
    for name in ("PWD", "OLDPWD", "SHLVL", "_"):  # the shell's own
        seen.pop(name, None)
    assert seen == kept | {
        "LC_ALL": "C",
        "HOME": "/dev/null",
        "GIT_DIR": "/scratch/git-1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ALLOW_PROTOCOL": "https",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LITERAL_PATHSPECS": "1",
    }


async def test_without_git_the_reason_is_said(
    source: GitSkillSource, server: GitHttpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without git gets a sentence, not a traceback."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match="git is not installed on this machine"):
        await source.resolve(server.location(), None)


@pytest.mark.parametrize(
    ("allowed", "url", "error"),
    [
        (AllowedHosts(), "http://127.0.0.1:1/acme/skills.git", SourceNotAllowed),
        (AllowedHosts(), "https://example.org/acme/skills.git", SourceNotAllowed),
        (AllowedHosts(), "/srv/skills", SourceNotAllowed),
        (AllowedHosts(local_root="/srv/demo"), "/srv/skills", FolderOutside),
        (AllowedHosts(), "ext::sh -c touch", InvalidSource),
        (AllowedHosts(), "--upload-pack=touch", InvalidSource),
        (AllowedHosts(), "file:///srv/skills", InvalidSource),
        (AllowedHosts(), "https://mina:hunter2@github.com/acme/skills", InvalidSource),
    ],
)
async def test_a_location_is_checked_again_before_git_sees_it(
    scratch: Path, allowed: AllowedHosts, url: str, error: type[Exception]
) -> None:
    """A location from the catalogue is trusted no more than text."""
    source = GitSkillSource(allowed, scratch)
    location = SourceLocation(url=url, label="acme/skills", host="github.com")
    with pytest.raises(error):
        await source.resolve(location, None)
    with pytest.raises(error):
        await source.fetch(location, COMMIT)


async def test_a_link_out_of_the_local_root_is_not_followed(scratch: Path, tmp_path: Path, repo: GitRepo) -> None:
    """What counts is where a path really leads."""
    root = tmp_path / "demo"
    root.mkdir()
    (root / "skills").symlink_to(repo.path)
    source = GitSkillSource(AllowedHosts(local_root=str(root)), scratch)
    location = SourceLocation(url=f"{root}/skills", label=f"{root}/skills", host="")
    with pytest.raises(FolderOutside):
        await source.resolve(location, None)
    with pytest.raises(FolderOutside):
        await source.fetch(location, repo.head())


async def test_a_local_root_may_itself_be_a_link(
    scratch: Path, tmp_path: Path, repo: GitRepo, server: GitHttpServer
) -> None:
    """A temporary folder often is one."""
    root = tmp_path / "alias"
    root.symlink_to(server.root)
    source = GitSkillSource(AllowedHosts(local_root=str(root)), scratch)
    url = f"{root}/acme/skills.git"
    assert (await source.resolve(SourceLocation(url=url, label=url, host=""), None)).commit == repo.head()


async def test_a_local_folder_without_a_repository_is_said_to_have_none(scratch: Path, tmp_path: Path) -> None:
    """A wrong path is told from a private repository."""
    source = GitSkillSource(AllowedHosts(local_root=str(tmp_path)), scratch)
    url = f"{tmp_path}/nothing"
    with pytest.raises(SourceUnreachable, match="there is no git repository"):
        await source.resolve(SourceLocation(url=url, label=url, host=""), None)


async def test_a_full_disk_is_said(
    server: GitHttpServer, repo: GitRepo, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without room to work nothing is fetched."""

    def full(*args: object, **kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(DiskFull, match=str(scratch)):
        await GitSkillSource(LOOPBACK, scratch).fetch(server.location(), repo.head())
