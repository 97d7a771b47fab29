"""Private repositories: the token opens them, goes to its own host alone, and is nowhere to be read."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.git.credentials import GitCredentials
from bot.integrations.git_skill_source import GitSkillSource
from bot.integrations.secret_stores import Secrets
from core.domain.masking import MASK, Masker
from core.domain.secret_refs import SecretRef
from core.errors import SecretNotFound, SourceDenied
from tests.platforms.git_http import LOOPBACK, GitHttpServer
from tests.platforms.git_repo import GitRepo

TOKEN = "a token that is like no other"
ENCODED = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
HEADER = f"Basic {ENCODED}"


@pytest.fixture
def environ() -> dict[str, str]:
    """Give the environment that references lead to."""
    return {"GIT_TOKEN": TOKEN}


@pytest.fixture
def masker() -> Masker:
    """Give a masker that knows nothing yet."""
    return Masker()


@pytest.fixture
def source(scratch: Path, server: GitHttpServer, environ: dict[str, str], masker: Masker) -> GitSkillSource:
    """Make a source that has a token for the server."""
    tokens = {server.host: SecretRef.parse("env:GIT_TOKEN")}
    return GitSkillSource(LOOPBACK, scratch, credentials=GitCredentials(tokens, Secrets(environ, masker), masker))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[GitHttpServer]:
    """Serve at another host."""
    (tmp_path / "others").mkdir()
    with GitHttpServer(tmp_path / "others") as server:
        yield server


async def test_a_private_repository_is_read_with_its_token(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo
) -> None:
    """Looking up and fetching both send it."""
    server.require("acme/skills", HEADER)
    resolved = await source.resolve(server.location(), "main")
    assert resolved.commit == repo.head()
    assert [skill.path for skill in await source.fetch(server.location(), resolved.commit)] == ["pdf"]


@pytest.mark.usefixtures("repo")
async def test_without_a_token_or_with_a_wrong_one_it_is_denied(
    source: GitSkillSource, scratch: Path, server: GitHttpServer, environ: dict[str, str]
) -> None:
    """What could not be read is an error, never "nothing new"; the sentence holds no part of the token."""
    server.require("acme/skills", HEADER)
    with pytest.raises(SourceDenied):
        await GitSkillSource(LOOPBACK, scratch).resolve(server.location(), "main")
    environ["GIT_TOKEN"] = "a wrong token"
    with pytest.raises(SourceDenied) as refusal:
        await source.resolve(server.location(), "main")
    assert "wrong" not in str(refusal.value)
    with pytest.raises(SourceDenied):
        await source.fetch(server.location(), "4be91c2f0a" * 4)


@pytest.mark.usefixtures("repo")
async def test_a_token_that_is_not_there_is_named_by_its_reference(
    source: GitSkillSource, server: GitHttpServer, environ: dict[str, str]
) -> None:
    """An admin reads which secret is missing."""
    environ.clear()
    with pytest.raises(SecretNotFound, match="env:GIT_TOKEN"):
        await source.resolve(server.location(), "main")


async def test_the_token_goes_to_its_own_host_alone(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo, other: GitHttpServer
) -> None:
    """Another host, and another port of the same one, never sees it; neither does where a server sends git to."""
    GitRepo.create(other.root, "acme/skills").commit({"pdf/SKILL.md": "x"})
    await source.resolve(other.location(), "main")
    server.redirect("acme/skills", other.url("acme/skills"))
    with pytest.raises(Exception, match="moved"):
        await source.resolve(server.location(), "main")
    assert repo.head()
    assert other.requests
    assert all("Authorization" not in request.headers for request in other.requests)
    assert server.requests[0].headers["Authorization"] == HEADER


@pytest.mark.usefixtures("repo")
async def test_the_token_is_in_no_argument_and_no_address(
    source: GitSkillSource, server: GitHttpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody on the machine can read the arguments of a process."""
    said = tmp_path / "arguments"
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    real = shutil.which("git")
    fake.write_text(f'#!/bin/sh\necho "$@" >> {said}\nexec {real} "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    server.require("acme/skills", HEADER)
    resolved = await source.resolve(server.location(), "main")
    await source.fetch(server.location(), resolved.commit)
    arguments = said.read_text()
    assert "ls-remote" in arguments
    assert "fetch" in arguments
    assert TOKEN not in arguments
    assert ENCODED not in arguments
    assert all(TOKEN not in request.target and ENCODED not in request.target for request in server.requests)


@pytest.mark.usefixtures("repo")
async def test_the_token_is_masked_in_both_its_forms(
    source: GitSkillSource, server: GitHttpServer, masker: Masker
) -> None:
    """As it is, and as it is sent."""
    await source.resolve(server.location(), "main")
    assert masker.text(f"{TOKEN} / {ENCODED}") == f"{MASK} / {MASK}"
