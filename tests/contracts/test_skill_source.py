"""What every skill source keeps. A new one is registered in ``SOURCES``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.integrations.git_skill_source import GitSkillSource
from core.domain.skills import BundleFile, FetchedSkill, SourceLocation
from core.domain.sources import AllowedHosts, parse_source
from core.errors import NoSkillFound, NothingCommitted, RefNotFound, UnsafeContent
from core.ports import SkillSource
from tests.platforms import fastapi_skill
from tests.platforms.git_http import LOOPBACK, GitHttpServer
from tests.platforms.git_repo import COMMITTED_AT, Executable, GitRepo, Submodule, Symlink, skill_md


@dataclass(frozen=True)
class Place:
    """A source under test, and where it finds the repositories that tests make below a folder."""

    source: SkillSource
    location: Callable[[str], SourceLocation]


@contextmanager
def git_over_http(root: Path, scratch: Path) -> Iterator[Place]:
    """Serve the repositories on loopback."""
    with GitHttpServer(root) as server:
        yield Place(GitSkillSource(LOOPBACK, scratch), server.location)


@contextmanager
def git_over_a_local_path(root: Path, scratch: Path) -> Iterator[Place]:
    """Read the repositories where they are."""
    allowed = AllowedHosts(hosts=(), local_root=str(root))
    yield Place(
        GitSkillSource(allowed, scratch),
        lambda name: parse_source(f"{root}/{name}.git", allowed=allowed),
    )


SOURCES: dict[str, Callable[[Path, Path], AbstractContextManager[Place]]] = {
    "git over http": git_over_http,
    "git over a local path": git_over_a_local_path,
}


@pytest.fixture(params=SOURCES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give each source in turn."""
    (tmp_path / "repositories").mkdir()
    with SOURCES[request.param](tmp_path / "repositories", tmp_path / "scratch") as place:
        yield place


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """Make acme/skills, with pdf and docx."""
    repo = GitRepo.create(tmp_path / "repositories", "acme/skills")
    repo.commit(
        {
            "README.md": "Skills of Acme\n",
            "skills/pdf/SKILL.md": skill_md("pdf"),
            "skills/pdf/scripts/fill.py": Executable(b"print('filled')\n"),
            "skills/pdf/assets/form.pdf": b"%PDF\r\n\x00\xff",
            "skills/docx/SKILL.md": skill_md("docx"),
        }
    )
    return repo


async def fetch(place: Place, commit: str, path: str = "", name: str = "acme/skills") -> tuple[FetchedSkill, ...]:
    """Fetch what is at ``path``."""
    location: SourceLocation = place.location(name).evolve(path=path)
    return await place.source.fetch(location, commit)


async def test_a_branch_is_its_last_commit(place: Place, repo: GitRepo) -> None:
    """A branch is looked up at the moment it is asked for."""
    location = place.location("acme/skills")
    before = await place.source.resolve(location, "main")
    moved = await asyncio.to_thread(repo.commit, {"README.md": "New\n"})
    after = await place.source.resolve(location, "main")
    assert (after.ref, after.commit) == ("main", moved)
    assert before.commit != moved


async def test_without_a_ref_the_default_branch_is_named(place: Place, repo: GitRepo) -> None:
    """People see which branch the default is."""
    found = await place.source.resolve(place.location("acme/skills"), None)
    assert (found.ref, found.commit, found.tag) == ("main", repo.head(), None)


@pytest.mark.parametrize("annotated", [False, True])
async def test_a_tag_is_the_commit_it_points_to(place: Place, repo: GitRepo, annotated: bool) -> None:
    """Of an annotated tag it is the commit behind the tag object."""
    repo.tag("v1.0", annotated=annotated)
    resolved = await place.source.resolve(place.location("acme/skills"), "v1.0")
    assert (resolved.ref, resolved.commit) == ("v1.0", repo.head())


async def test_a_tag_wins_over_a_branch_of_its_name(place: Place, repo: GitRepo) -> None:
    """As it does for git, so that nobody can shadow a release with a branch."""
    first = repo.head()
    repo.tag("v1.0", annotated=True)
    repo.commit({"README.md": "Shadow\n"})
    repo.branch("v1.0", repo.head())
    assert (await place.source.resolve(place.location("acme/skills"), "v1.0")).commit == first


async def test_a_ref_with_slashes_is_looked_up_whole(place: Place, repo: GitRepo) -> None:
    """The branch x is not the branch feature/x."""
    repo.branch("feature/x", repo.head())
    location = place.location("acme/skills")
    assert (await place.source.resolve(location, "feature/x")).commit == repo.head()
    with pytest.raises(RefNotFound):
        await place.source.resolve(location, "x")


async def test_a_full_commit_stands_for_itself(place: Place, repo: GitRepo) -> None:
    """A commit is pinned by its full name, in the case git writes it."""
    resolved = await place.source.resolve(place.location("acme/skills"), repo.head().upper())
    assert resolved.commit == repo.head()


@pytest.mark.parametrize("ref", ["v9", "4be91c2", "mai", "*", "main^", "--upload-pack=x", "refs/heads/main", ""])
async def test_an_unknown_ref_is_not_found(place: Place, repo: GitRepo, ref: str) -> None:
    """Shortened commits, patterns and expressions are no refs, and nothing is guessed."""
    with pytest.raises(RefNotFound) as refusal:
        await place.source.resolve(place.location("acme/skills"), ref or "nothing")
    assert f'called "{ref or "nothing"}"' in str(refusal.value)


async def test_an_empty_repository_has_no_refs(place: Place, tmp_path: Path) -> None:
    """Before the first commit there is nothing to install."""
    GitRepo.create(tmp_path / "repositories", "acme/empty")
    with pytest.raises(NothingCommitted, match="is empty: its default branch has no commit yet"):
        await place.source.resolve(place.location("acme/empty"), None)


async def test_a_skill_is_fetched_byte_for_byte(place: Place, repo: GitRepo) -> None:
    """Content and executable bits arrive as they were committed, without anything beside the folder."""
    [skill] = await fetch(place, repo.head(), "skills/pdf")
    assert skill.path == "skills/pdf"
    assert skill.bundle.files == {
        "SKILL.md": BundleFile(content=skill_md("pdf").encode()),
        "assets/form.pdf": BundleFile(content=b"%PDF\r\n\x00\xff"),
        "scripts/fill.py": BundleFile(content=b"print('filled')\n", executable=True),
    }


async def test_a_real_skill_is_the_same_bytes_as_in_its_package(place: Place, tmp_path: Path) -> None:
    """The skill of the fastapi package goes through git unchanged."""
    repo = fastapi_skill.publish(tmp_path / "repositories")
    resolved = await place.source.resolve(place.location("fastapi/fastapi"), "v1.0")
    [skill] = await fetch(place, resolved.commit, name="fastapi/fastapi")
    assert skill.commit == repo.head()
    root = fastapi_skill.folder()
    on_disk = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert {path: file.content for path, file in skill.bundle.files.items()} == on_disk
    assert len(on_disk) > 1


async def test_a_skill_says_who_wrote_it_and_when(place: Place, repo: GitRepo) -> None:
    """Author and date are those of the commit, in UTC."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    commit = repo.commit({"skills/pdf/SKILL.md": skill_md("pdf", "New\n")}, author="박민아 <mina@example.com>", at=at)
    [skill] = await fetch(place, commit, "skills/pdf")
    assert (skill.commit, skill.author, skill.committed_at) == (commit, "박민아", at)
    assert skill.committed_at.utcoffset() == timedelta(0)


async def test_an_old_commit_is_fetched_as_it_was(place: Place, repo: GitRepo) -> None:
    """What was approved is what is fetched, wherever the branch has gone since."""
    approved = repo.head()
    repo.commit({"skills/pdf/SKILL.md": skill_md("pdf", "Evil\n"), "skills/docx/SKILL.md": None})
    [skill] = await fetch(place, approved, "skills/pdf")
    assert (skill.commit, skill.committed_at) == (approved, COMMITTED_AT)
    assert skill.bundle.files["SKILL.md"].content == skill_md("pdf").encode()


async def test_all_skills_of_a_repository_come_by_path(place: Place, repo: GitRepo) -> None:
    """Without a folder every skill is found, however deep."""
    repo.commit({"more/deep/down/xlsx/SKILL.md": skill_md("xlsx")})
    found = await fetch(place, repo.head())
    assert [skill.path for skill in found] == ["more/deep/down/xlsx", "skills/docx", "skills/pdf"]


async def test_a_skill_at_the_path_is_the_only_one(place: Place, repo: GitRepo) -> None:
    """Who names a skill's folder gets that skill, and what lies inside belongs to it."""
    repo.commit({"skills/pdf/extra/ocr/SKILL.md": skill_md("ocr")})
    [pdf] = await fetch(place, repo.head(), "skills/pdf")
    assert (pdf.path, "extra/ocr/SKILL.md" in pdf.bundle.files) == ("skills/pdf", True)
    [ocr] = await fetch(place, repo.head(), "skills/pdf/extra")
    assert (ocr.path, set(ocr.bundle.files)) == ("skills/pdf/extra/ocr", {"SKILL.md"})
    found = await fetch(place, repo.head(), "skills")
    assert [skill.path for skill in found] == ["skills/docx", "skills/pdf", "skills/pdf/extra/ocr"]


async def test_a_repository_can_be_one_skill(place: Place, tmp_path: Path) -> None:
    """With a SKILL.md at its root everything in the repository is that skill."""
    repo = GitRepo.create(tmp_path / "repositories", "acme/pdf")
    commit = repo.commit({"SKILL.md": skill_md("pdf"), "docs/x.md": "x"})
    [skill] = await fetch(place, commit, name="acme/pdf")
    assert (skill.path, set(skill.bundle.files)) == ("", {"SKILL.md", "docs/x.md"})


@pytest.mark.parametrize(
    "path", ["skills/pd", "skills/pdf/scripts", "README.md", "nothing", "skills/pdf/scripts/fill.py"]
)
async def test_a_folder_without_a_skill_is_reported(place: Place, repo: GitRepo, path: str) -> None:
    """A folder that holds none, or is not there, is said to have no SKILL.md."""
    with pytest.raises(NoSkillFound, match=f"SKILL.md in .*acme/skills.*/{path} at"):
        await fetch(place, repo.head(), path)


async def test_names_that_only_look_like_a_manifest_are_none(place: Place, repo: GitRepo) -> None:
    """SKILL.md is written in exactly this way."""
    commit = repo.commit({"x/skill.md": "x", "y/MY-SKILL.md": "x", "z/SKILL.md/README": "x"}, branch="odd")
    for path in "xyz":
        with pytest.raises(NoSkillFound):
            await fetch(place, commit, path)


@pytest.mark.parametrize("commit", ["1" * 40, "main", "4be91c2"])
async def test_a_commit_that_is_not_there_is_not_found(place: Place, repo: GitRepo, commit: str) -> None:
    """Only a full commit of this repository can be fetched."""
    with pytest.raises(RefNotFound):
        await fetch(place, commit)


async def test_unsafe_content_is_refused_by_name(place: Place, repo: GitRepo) -> None:
    """The refusal says which skill, which file and why."""
    repo.commit({"skills/pdf/passwd": Symlink("/etc/passwd")})
    with pytest.raises(UnsafeContent, match="pdf was refused: passwd - it is a symbolic link"):
        await fetch(place, repo.head(), "skills/pdf")


async def test_what_lies_beside_a_skill_does_not_matter(place: Place, repo: GitRepo) -> None:
    """Links and submodules elsewhere in the repository are nobody's content."""
    commit = repo.commit({"CLAUDE.md": Symlink("README.md"), "vendor": Submodule(), "hooks/pre.sh": "x"})
    found = await fetch(place, commit)
    assert [skill.path for skill in found] == ["skills/docx", "skills/pdf"]
