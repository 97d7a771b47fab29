"""What lets the bot into a team's repository reaches that server, and nobody and nothing else."""

from __future__ import annotations

import base64
import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.git.ssh import ssh_command
from bot.installers.git_access import GitAccess
from bot.installers.git_repository import GitRepositoryInstaller
from bot.integrations.secret_stores import Secrets
from core.domain.masking import Masker
from core.domain.provider_configs import GitConfig
from core.domain.secret_refs import SecretRef
from core.domain.targets import ProviderKind
from core.errors import HostKeyUnknown, RepositoryDenied, RepositoryReadOnly, SkillwardenError
from tests.bundles import bundle
from tests.contracts.repository_place import AUTHORIZATION, NAME, TOKEN, RepositoryPlace, repository
from tests.installing import CONSENT
from tests.platforms.git_http import GitHttpServer

PDF = bundle({"scripts/fill.py": "print(1)\n"})
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nAb3dE6gH9jKl\n-----END OPENSSH PRIVATE KEY-----"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[RepositoryPlace]:
    """Give a team's repository."""
    with repository(ProviderKind.CLAUDE)(tmp_path) as opened:
        yield opened


def command_lines() -> str:
    """Return the arguments of every process of this machine."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue  # it has ended
    return "\n".join(found)


def contents(folder: Path) -> str:
    """Return everything that is written below ``folder``, names included."""
    found = []
    for path in folder.rglob("*"):
        found.append(str(path))
        if path.is_file():
            found.append(path.read_bytes().decode(errors="replace"))
    return "\n".join(found)


async def test_the_token_is_in_no_argument_no_address_and_no_file(place: RepositoryPlace, tmp_path: Path) -> None:
    """Searched for while a push is under way, in a way that finds what is there: the address of the repository."""
    seen: dict[str, str] = {}

    def look() -> None:
        seen["processes"] = command_lines()
        seen["files"] = contents(tmp_path / "scratch")

    place.server.before_push[NAME] = [look]
    await place.installer().install("pdf", PDF, replacing=None, consent=CONSENT)
    assert place.server.url(NAME) in seen["processes"]
    assert "skillwarden-new" in seen["files"]
    forms = (TOKEN, AUTHORIZATION.removeprefix("Basic "), base64.b64encode(TOKEN.encode()).decode())
    for form in forms:
        assert form not in seen["processes"]
        assert form not in seen["files"]
        assert form not in contents(place.server.root)
    assert any(request.headers.get("Authorization") == AUTHORIZATION for request in place.server.requests)


async def test_the_token_is_masked_in_every_form_in_which_it_is_sent(place: RepositoryPlace) -> None:
    """Whatever writes down what git or a server says."""
    await place.installer().read("pdf")
    said = f"{TOKEN} {AUTHORIZATION} {base64.b64encode(TOKEN.encode()).decode()}"
    masked = place.masker.text(said)
    assert TOKEN[:12] not in masked
    assert AUTHORIZATION.removeprefix("Basic ") not in masked


async def test_the_token_goes_to_its_own_host_alone(place: RepositoryPlace, tmp_path: Path) -> None:
    """A server that sends its visitors elsewhere does not send the token along."""
    with GitHttpServer(tmp_path / "elsewhere") as other:
        place.server.redirect(NAME, other.url(NAME))
        with pytest.raises(SkillwardenError):
            await place.installer().install("pdf", PDF, replacing=None, consent=CONSENT)
        assert other.requests == []


def test_ssh_has_one_key_and_no_questions(tmp_path: Path) -> None:
    """Settings, agents and keys of the bot's user do not count; a server whose key is not known is not spoken to."""
    command = shlex.split(ssh_command(KEY, "/etc/bot/known_hosts", tmp_path))
    assert command[:3] == ["ssh", "-F", os.devnull]
    options = {command[n + 1] for n, word in enumerate(command) if word == "-o"}
    assert options >= {
        "BatchMode=yes",
        "StrictHostKeyChecking=yes",
        "IdentitiesOnly=yes",
        "IdentityAgent=none",
        "UserKnownHostsFile=/etc/bot/known_hosts",
        f"GlobalKnownHostsFile={os.devnull}",
    }
    file = Path(command[command.index("-i") + 1])
    assert file.parent == tmp_path
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == f"{KEY}\n"


def test_without_a_key_none_is_offered(tmp_path: Path) -> None:
    """The known hosts are then those of the machine, if none are configured."""
    command = ssh_command(None, None, tmp_path)
    assert command.endswith(f"-i {os.devnull}")
    assert "KnownHostsFile" not in command
    assert list(tmp_path.iterdir()) == []


FAKE_SSH = """#!{python}
import os, pathlib, shlex, sys
folder = pathlib.Path({folder!r})
key = pathlib.Path(sys.argv[sys.argv.index("-i") + 1])
with (folder / "calls").open("a") as calls:
    calls.write(shlex.join(sys.argv[1:]) + chr(10))
(folder / "key").write_text(key.read_text())
program, path = shlex.split(sys.argv[-1])
assert program in ("git-upload-pack", "git-receive-pack"), program
if (folder / "refuse").exists():
    sys.exit((folder / "refuse").read_text())
if program == "git-receive-pack" and (folder / "readonly").exists():
    sys.exit("ERROR: The key you are authenticating with has been marked as read only.")
os.execvp("git", ["git", program[4:], str(folder / path.lstrip("/"))])
"""


class SshTeam:
    """A team's repository behind a program called ssh, which runs git here as a server would there."""

    def __init__(self, home: Path, place: RepositoryPlace, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = place.server.root
        self.masker = Masker()
        self._home = home
        program = home / "bin" / "ssh"
        program.parent.mkdir()
        program.write_text(FAKE_SSH.format(python="/usr/bin/env -S python3 -I", folder=str(self.folder)))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        (home / "key").write_text(KEY)
        self.provider = place.provider

    def installer(self) -> GitRepositoryInstaller:
        """Return the installer that goes through ssh with a deploy key."""
        config = GitConfig(
            repository=f"ssh://git@git.acme.example:2222/{NAME}.git",
            credential=SecretRef(scheme="file", name=str(self._home / "key")),
            known_hosts="/etc/bot/known_hosts",
        )
        access = GitAccess(self._home / "scratch", Secrets({}, self.masker), self.masker)
        return GitRepositoryInstaller(self.provider, config, access)

    def calls(self) -> str:
        """Return the arguments of every call of ssh."""
        return (self.folder / "calls").read_text()


@pytest.fixture
def team(tmp_path: Path, place: RepositoryPlace, monkeypatch: pytest.MonkeyPatch) -> SshTeam:
    """Give a team's repository over ssh."""
    return SshTeam(tmp_path, place, monkeypatch)


async def test_a_deploy_key_reads_and_pushes(team: SshTeam, place: RepositoryPlace, tmp_path: Path) -> None:
    """The key is handed over in a file that only ssh is told of, and is gone afterwards."""
    installer = team.installer()
    await installer.check()
    await installer.install("pdf", PDF, replacing=None, consent=CONSENT)
    assert await installer.read("pdf") == PDF
    assert place.files("pdf") == {path: file.content for path, file in PDF.files.items()}
    assert (team.folder / "key").read_text() == f"{KEY}\n"
    assert "-p 2222 git@git.acme.example" in team.calls()
    assert "Ab3dE6gH9jKl" not in team.calls()
    assert list((tmp_path / "scratch").iterdir()) == []
    assert "Ab3dE6gH9jKl" not in team.masker.text(KEY)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Host key verification failed.", HostKeyUnknown),
        ("git@git.acme.example: Permission denied (publickey).", RepositoryDenied),
        ("ERROR: Repository not found.", RepositoryDenied),
    ],
)
async def test_each_refusal_of_ssh_has_its_sentence(team: SshTeam, said: str, kind: type[SkillwardenError]) -> None:
    """An admin has to do something else about each."""
    (team.folder / "refuse").write_text(said)
    with pytest.raises(kind):
        await team.installer().read("pdf")


async def test_a_key_that_may_only_read_is_told_apart(team: SshTeam) -> None:
    """As GitHub says it; the check finds it before anybody asks for anything."""
    (team.folder / "readonly").write_text("")
    with pytest.raises(RepositoryReadOnly):
        await team.installer().install("pdf", PDF, replacing=None, consent=CONSENT)
    with pytest.raises(RepositoryReadOnly):
        await team.installer().check()
