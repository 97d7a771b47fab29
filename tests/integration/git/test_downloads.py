"""What is fetched from a repository, and what a hostile author cannot make the bot fetch or read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.integrations.git_skill_source import GitSkillSource
from bot.integrations.git_tree import DEFAULT_LIMITS, Limits
from core.errors import (
    NoSkillFound,
    RefNotFound,
    TooLarge,
    UnsafeContent,
)
from tests.platforms.git_http import LOOPBACK, GitHttpServer
from tests.platforms.git_repo import GitRepo, skill_md

LeftBehind = Callable[[], list[Path]]


async def test_resolving_asks_for_the_refs_and_nothing_else(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo
) -> None:
    """One look-up is one advertisement and one list: no objects, no files."""
    await source.resolve(server.location(), "main")
    assert [(request.method, request.status) for request in server.requests] == [("GET", 200), ("POST", 200)]
    assert server.sent < 1000


async def test_a_full_commit_costs_no_request(source: GitSkillSource, server: GitHttpServer) -> None:
    """No server lists commits, so nobody is asked."""
    await source.resolve(server.location(), "1" * 40)
    assert server.requests == []


async def test_a_fetch_is_one_download(source: GitSkillSource, server: GitHttpServer, repo: GitRepo) -> None:
    """However many files there are, they come in one pack."""
    repo.commit({f"pdf/references/{number}.md": f"Page {number}\n" for number in range(100)})
    [skill] = await source.fetch(server.location(), repo.head())
    assert len(skill.bundle.files) == 101
    assert [request.method for request in server.requests] == ["GET", "POST"]


async def test_history_is_not_downloaded(source: GitSkillSource, server: GitHttpServer, repo: GitRepo) -> None:
    """Only the commit itself is fetched, not what was there before."""
    repo.commit({"pdf/old.bin": os.urandom(200_000)})
    repo.commit({"pdf/old.bin": None})
    await source.fetch(server.location(), repo.head())
    assert server.sent < 10_000


async def test_a_huge_file_is_not_downloaded(scratch: Path, server: GitHttpServer, repo: GitRepo) -> None:
    """A file over the limit stays on the server: inside the skill it is refused, elsewhere it does not matter."""
    source = GitSkillSource(LOOPBACK, scratch, Limits(file_bytes=10_000))
    commit = repo.commit({"video.bin": os.urandom(500_000)})
    assert len(await source.fetch(server.location(), commit)) == 1
    commit = repo.commit({"pdf/model.bin": os.urandom(500_000)})
    with pytest.raises(TooLarge, match=r"pdf is too large: model\.bin is more than 0\.01 MB"):
        await source.fetch(server.location(), commit)
    assert server.sent < 20_000


@pytest.mark.parametrize(("size", "fits"), [(10_000, True), (10_001, False)])
async def test_the_limit_of_a_file_is_exact(
    scratch: Path, server: GitHttpServer, repo: GitRepo, size: int, fits: bool
) -> None:
    """A file of the limit passes, one byte more does not."""
    source = GitSkillSource(LOOPBACK, scratch, Limits(file_bytes=10_000))
    repo.commit({"pdf/data.bin": b"x" * size})
    if fits:
        assert len((await source.fetch(server.location(), repo.head()))[0].bundle.files["data.bin"].content) == size
    else:
        with pytest.raises(TooLarge):
            await source.fetch(server.location(), repo.head())


async def test_a_server_that_ignores_the_limit_gains_nothing(
    scratch: Path, server: GitHttpServer, repo: GitRepo
) -> None:
    """What arrives although it was not asked for is measured before it is read."""
    repo.git("config", "uploadpack.allowFilter", "false")
    repo.commit({"pdf/model.bin": b"\0" * 500_000})
    source = GitSkillSource(LOOPBACK, scratch, Limits(file_bytes=10_000))
    with pytest.raises(TooLarge, match=r"model\.bin is 0\.5 MB, and the limit is 0\.01 MB"):
        await source.fetch(server.location(), repo.head())


async def test_a_large_repository_is_refused(
    scratch: Path, server: GitHttpServer, repo: GitRepo, left_behind: LeftBehind
) -> None:
    """The download as a whole has a limit, whatever it is made of."""
    repo.commit({f"data/{number}.bin": os.urandom(50_000) for number in range(10)})
    source = GitSkillSource(LOOPBACK, scratch, Limits(repository_bytes=200_000))
    with pytest.raises(TooLarge, match=r"the repository is more than 0\.2 MB"):
        await source.fetch(server.location(), repo.head())
    assert left_behind() == []


async def test_content_that_unpacks_beyond_measure_is_refused(
    scratch: Path, server: GitHttpServer, repo: GitRepo
) -> None:
    """A small download of zeroes may not fill the memory."""
    repo.commit({f"pdf/{number}": bytes([number]) * 90_000 for number in range(10)})
    source = GitSkillSource(LOOPBACK, scratch, Limits(repository_bytes=200_000))
    with pytest.raises(TooLarge, match=r"the repository is more than 0\.2 MB"):
        await source.fetch(server.location(), repo.head())


async def test_a_skill_as_a_whole_has_a_limit(scratch: Path, server: GitHttpServer, repo: GitRepo) -> None:
    """Files that fit one by one may be too much together, equal ones counted each time."""
    repo.commit({f"pdf/{number}": b"x" * 9_000 for number in range(4)})
    source = GitSkillSource(LOOPBACK, scratch, Limits(skill_bytes=30_000))
    with pytest.raises(TooLarge, match=r"pdf is too large: its content is 0\.03608 MB, and the limit is 0\.03 MB"):
        await source.fetch(server.location(), repo.head())


async def test_a_tree_without_end_is_refused(scratch: Path, server: GitHttpServer, repo: GitRepo) -> None:
    """Ten trees that hold each other ten times list ten thousand million files."""
    tree = repo.tree([("100644", b"f", repo.blob(b"x"))])
    for _ in range(10):
        tree = repo.tree([("40000", bytes([letter]), tree) for letter in b"abcdefghij"])
    commit = repo.commit_tree(tree)
    source = GitSkillSource(LOOPBACK, scratch, Limits(listing_bytes=1_000_000))
    with pytest.raises(TooLarge, match="the list of its files is more than 1 MB"):
        await source.fetch(server.location(), commit)


@pytest.mark.parametrize("name", [b"..", b".", b".git", b"../../x", b"a/b/../../../x", b"\xff", b"SKILL.md"])
async def test_a_tree_that_git_would_not_make_is_refused(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo, name: bytes
) -> None:
    """Escapes, git's own folder, names that are no text and repeated names are found in the raw tree."""
    blob = repo.blob(skill_md("pdf").encode())
    skill = repo.tree([("100644", b"SKILL.md", blob), ("100644", name, blob)])
    commit = repo.commit_tree(repo.tree([("40000", b"pdf", skill)]))
    with pytest.raises(UnsafeContent):
        await source.fetch(server.location(), commit)


async def test_a_symlink_on_the_way_is_not_followed(
    source: GitSkillSource, server: GitHttpServer, repo: GitRepo
) -> None:
    """A folder is only what the commit holds under that very path."""
    link = repo.blob(b"pdf")
    commit = repo.commit_tree(repo.tree([("120000", b"latest", link)]), branch="links")
    with pytest.raises(UnsafeContent, match="latest - it is a symbolic link"):
        await source.fetch(server.location(path="latest"), commit)
    with pytest.raises(NoSkillFound):
        await source.fetch(server.location(path="latest/pdf"), commit)


async def test_a_path_is_no_pattern(source: GitSkillSource, server: GitHttpServer, repo: GitRepo) -> None:
    """What means something to git in a path means nothing here."""
    for path in ("p*", ":(top)pdf", "pd?", "[p]df"):
        with pytest.raises(NoSkillFound):
            await source.fetch(server.location(path=path), repo.head())


async def test_only_a_commit_is_fetched(source: GitSkillSource, server: GitHttpServer, repo: GitRepo) -> None:
    """An approval binds to a commit; the id of a tag, a tree or a file is refused."""
    tag, tree, blob = repo.tag("v1.0", annotated=True), repo.git("rev-parse", "main^{tree}"), repo.blob(b"x")
    for oid in (tag, tree, blob):
        with pytest.raises(RefNotFound):
            await source.fetch(server.location(), oid)


async def test_a_repository_with_sha256_works(source: GitSkillSource, server: GitHttpServer) -> None:
    """Its commits have 64 digits."""
    repo = GitRepo.create(server.root, "acme/modern", object_format="sha256")
    commit = repo.commit({"SKILL.md": skill_md("modern")})
    resolved = await source.resolve(server.location("acme/modern"), None)
    assert resolved.commit == commit
    [skill] = await source.fetch(server.location("acme/modern"), commit)
    assert (len(skill.commit), set(skill.bundle.files)) == (64, {"SKILL.md"})


def test_the_limits_are_those_of_the_strictest_provider() -> None:
    """What cannot be installed anywhere is not fetched: 500 files, 25 MB a file, 30 MB a skill."""
    assert (DEFAULT_LIMITS.files, DEFAULT_LIMITS.file_bytes, DEFAULT_LIMITS.skill_bytes) == (
        500,
        25_000_000,
        30_000_000,
    )
