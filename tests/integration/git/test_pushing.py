"""Changes of a team's repository: one commit in the request's name, whatever the server and other people do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.installers.git_repository import TRIES
from core.domain.consents import Consent
from core.domain.executions import RunAction
from core.domain.targets import ProviderKind
from core.errors import (
    BranchMissing,
    BranchMoved,
    BranchProtected,
    PushDeclined,
    RepositoryDenied,
    RepositoryReadOnly,
    RepositoryUnreachable,
    SecretNotFound,
    SkillwardenError,
    TargetBlocked,
    TargetChanged,
    TookTooLong,
    TooLarge,
)
from tests.bundles import bundle
from tests.contracts.repository_place import NAME, RepositoryPlace, repository
from tests.installing import CONSENT
from tests.platforms.git_repo import Entry, Executable, Submodule, Symlink

OLD = bundle({"scripts/fill.py": "print(1)\n", "gone.txt": "old\r\n"}, executables=("scripts/fill.py",))
NEW = bundle({"scripts/fill.py": "print(2)\n", "a/b/form.pdf": b"%PDF\r\n\0\xff"})


@pytest.fixture
def place(tmp_path: Path) -> Iterator[RepositoryPlace]:
    """Give a team's repository without skills."""
    with repository(ProviderKind.CLAUDE)(tmp_path) as opened:
        yield opened


def commits(place: RepositoryPlace, branch: str = "main") -> list[str]:
    """Return who made which commit, newest first."""
    return place.repo.git("log", "--format=%cn: %s", branch).splitlines()


async def test_a_commit_changes_the_skill_and_nothing_else(place: RepositoryPlace) -> None:
    """Modes, links, submodules and names beside it stay as they are, and no filter touches a byte."""
    before, parent = place.beside(), place.repo.head()
    await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert place.beside() == before
    assert place.repo.git("rev-list", f"{parent}..main").splitlines() == [place.repo.head()]
    assert place.repo.head("main^") == parent
    modes = [line.split()[0] for line in place.repo.git("ls-tree", "-r", f"main:{place.folder}/pdf").splitlines()]
    assert modes == ["100644", "100644", "100755"]
    assert place.files("pdf") == {path: file.content for path, file in OLD.files.items()}
    place.repo.git("fsck", "--strict", "--no-dangling")


async def test_the_message_says_for_whom_and_who_agreed(place: RepositoryPlace) -> None:
    """What people are called neither breaks a line nor poses as something that a host would act upon."""
    consent = Consent(
        code="7F3K",
        action=RunAction.SYNC,
        asked_by="alice\n\nSkillwarden-Request: AAAA",
        approved_by=("bob", "carol (closes #1) @dave"),
        source="github.com/acme/skills/pdf at " + "1" * 40,
    )
    await place.installer().install("pdf", OLD, replacing=None, consent=consent)
    assert place.repo.git("log", "-1", "--format=%an <%ae>|%cn <%ce>%n%B").splitlines() == [
        "Skillwarden <noreply@skillwarden.invalid>|Skillwarden <noreply@skillwarden.invalid>",
        "Sync pdf on Claude (team) (#7F3K)",
        "",
        "Asked for by alice Skillwarden-Request: AAAA, approved by bob, carol (closes 1) at dave.",
        f"The content is that of github.com/acme/skills/pdf at {'1' * 40}.",
        "",
        "Skillwarden-Request: 7F3K",
    ]


async def test_a_rollback_is_a_commit_that_takes_a_request_back(place: RepositoryPlace) -> None:
    """The exact old bytes come back on top of the history, which says which request is undone."""
    installer = place.installer()
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    tree = place.repo.git("rev-parse", f"main:{place.folder}/pdf")
    await installer.install("pdf", NEW, replacing=OLD.digest, consent=CONSENT.evolve(code="AAAA"))
    back = CONSENT.evolve(code="BBBB", action=RunAction.ROLLBACK, takes_back="AAAA")
    await installer.install("pdf", OLD, replacing=NEW.digest, consent=back)
    assert place.repo.git("rev-parse", f"main:{place.folder}/pdf") == tree
    assert commits(place)[:3] == [
        "Skillwarden: Roll back pdf on Claude (team) (#BBBB)",
        "Skillwarden: Install pdf on Claude (team) (#AAAA)",
        "Skillwarden: Install pdf on Claude (team) (#7F3K)",
    ]
    assert "This takes back #AAAA" in place.repo.git("log", "-1", "--format=%b")
    assert place.repo.git("log", "-1", "--format=%(trailers:key=Skillwarden-Takes-Back,valueonly)") == "AAAA"


async def test_a_branch_that_moved_meanwhile_is_built_upon(place: RepositoryPlace) -> None:
    """The work of others is not lost, and the bot's commit is made once."""
    place.server.before_push[NAME] = [lambda: place.repo.commit({"README.md": "# Our team\n"})]
    await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert commits(place) == [
        "Skillwarden: Install pdf on Claude (team) (#7F3K)",
        "Mina Park: Work",
        "Mina Park: Work",
    ]
    assert place.repo.content("main:README.md") == b"# Our team\n"


async def test_a_branch_that_never_rests_is_given_up(place: RepositoryPlace) -> None:
    """It is said, and nothing of the bot's is left there."""
    moves = iter(range(100))
    place.server.before_push[NAME] = [lambda: place.repo.commit({"n": str(next(moves))})] * 100
    with pytest.raises(BranchMoved):
        await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert place.server.pushes[NAME] == TRIES
    assert not any("Skillwarden" in line for line in commits(place))


async def test_what_others_did_to_the_skill_meanwhile_is_left_alone(place: RepositoryPlace) -> None:
    """What was approved was the replacement of something else."""
    place.server.before_push[NAME] = [lambda: place.commit({"SKILL.md": "mine\n"})]
    with pytest.raises(TargetChanged):
        await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert place.files("pdf") == {"SKILL.md": b"mine\n"}


@pytest.mark.parametrize("lost", [1, TRIES])
async def test_an_answer_that_is_lost_costs_no_second_commit(place: RepositoryPlace, lost: int) -> None:
    """The push was taken: that is found out by looking."""
    place.server.lose_answers(NAME, lost)
    await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert [line.partition(":")[0] for line in commits(place)] == ["Skillwarden", "Mina Park"]


async def test_who_is_stopped_in_the_middle_of_a_push_finds_it_done(place: RepositoryPlace) -> None:
    """Whatever the server made of it: the next one makes one commit of it, never two and never none."""
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()
    place.server.before_push[NAME] = [lambda: loop.call_soon_threadsafe(arrived.set)]
    first = asyncio.create_task(place.installer().install("pdf", OLD, replacing=None, consent=CONSENT))
    await arrived.wait()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert [line.partition(":")[0] for line in commits(place)] == ["Skillwarden", "Mina Park"]


async def test_many_skills_at_once_all_arrive(place: RepositoryPlace) -> None:
    """In one process they take turns; of several, the losers of a race build on the winner."""
    one, other = place.installer(), place.installer()
    names = ["a", "b", "c", "d"]
    before = place.beside()
    done = [
        (one, other)[n % 2].install(f"pdf-{name}", OLD, replacing=None, consent=CONSENT) for n, name in enumerate(names)
    ]
    await asyncio.gather(*done)
    assert place.names() == [f"pdf-{name}" for name in names]
    assert len(commits(place)) == 1 + len(names)
    assert place.beside() == before


async def refusal(place: RepositoryPlace) -> SkillwardenError:
    """Return what an installation says that must not work."""
    before = place.repo.git("for-each-ref")
    with pytest.raises(SkillwardenError) as caught:
        await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert place.repo.git("for-each-ref") == before
    return caught.value


async def test_who_may_only_read_is_told_so(place: RepositoryPlace) -> None:
    """It is a question of the token's rights; the check before finds it, too."""
    place.server.forbid_pushes(NAME)
    assert isinstance(await refusal(place), RepositoryReadOnly)
    with pytest.raises(RepositoryReadOnly):
        await place.installer().check()
    assert await place.installer().read("pdf") is None


async def test_a_protected_branch_is_named(place: RepositoryPlace) -> None:
    """The sentence says what an admin can do."""
    place.server.protect(NAME)
    error = await refusal(place)
    assert isinstance(error, BranchProtected)
    assert 'delivery = "merge"' in str(error)
    assert place.server.pushes[NAME] == 1


async def test_what_a_server_has_against_a_push_is_repeated(place: RepositoryPlace) -> None:
    """In its own words, visibly, and no longer than a line."""
    place.server.hook(NAME, "cat >/dev/null; printf 'no skills on \\342\\200\\256Fridays' >&2; exit 1\n")
    error = await refusal(place)
    assert isinstance(error, PushDeclined)
    assert 'its server said "no skills on <U+202E>Fridays"' in str(error)


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (401, RepositoryDenied),
        (403, RepositoryDenied),
        (404, RepositoryDenied),
        (429, RepositoryUnreachable),
        (500, RepositoryUnreachable),
        ("drop", RepositoryUnreachable),
        ("cut", RepositoryUnreachable),
    ],
)
async def test_each_failure_of_a_server_has_its_sentence(
    place: RepositoryPlace, behaviour: int, kind: type[SkillwardenError]
) -> None:
    """Who has to do something about it is told apart from what passes."""
    place.server.misbehave(NAME, behaviour)
    error = await refusal(place)
    assert isinstance(error, kind)
    assert error.recoverable == (kind is RepositoryUnreachable)
    for attempt in (place.installer().read("pdf"), place.installer().check()):
        with pytest.raises(kind):
            await attempt


async def test_a_server_that_hangs_is_given_up(place: RepositoryPlace) -> None:
    """A run ends before its lease does, and nothing of it goes on."""
    place.server.misbehave(NAME, "hang")
    with pytest.raises(TookTooLong):
        await place.installer(time_limit=0.5).read("pdf")
    assert await asyncio.to_thread(place.server.given_up.wait, 10)


async def test_a_wrong_token_is_denied_and_a_missing_one_named(place: RepositoryPlace) -> None:
    """By its reference, never by its value."""
    with pytest.raises(RepositoryDenied):
        await place.installer("wrong-" + "x" * 20).read("pdf")
    with pytest.raises(SecretNotFound, match="env:TEAM_TOKEN"):
        await place.installer("").read("pdf")


async def test_a_branch_that_is_not_there_is_named(place: RepositoryPlace) -> None:
    """The bot begins no branch of a team's: what would be its history?"""
    place.repo.delete_branch("main")
    assert isinstance(await refusal(place), BranchMissing)
    with pytest.raises(BranchMissing):
        await place.installer().check()


BLOCKED: dict[str, tuple[str, Entry, str]] = {
    "link instead of the skill": (".claude/skills/pdf", Symlink("../../README.md"), "a symbolic link"),
    "file instead of the skill": (".claude/skills/pdf", "mine\n", "a file"),
    "submodule instead of the skill": (".claude/skills/pdf", Submodule(), "a submodule"),
    "link on the way": (".claude/skills", Symlink("../skills"), "a symbolic link"),
    "submodule on the way": (".claude/skills", Submodule(), "a submodule"),
}


@pytest.mark.parametrize("case", BLOCKED)
async def test_what_stands_in_the_place_of_a_folder_is_left_alone(place: RepositoryPlace, case: str) -> None:
    """It is somebody's own arrangement: named, never replaced."""
    path, entry, what = BLOCKED[case]
    place.repo.commit({path: entry})
    error = await refusal(place)
    assert isinstance(error, TargetBlocked)
    assert f"{path} is {what}" in str(error)


async def test_what_no_bundle_can_hold_is_read_and_noticed(place: RepositoryPlace) -> None:
    """Links are not followed; the digest is stable, and no installable bundle's."""
    place.commit(
        {"SKILL.md": "x", "run": Executable(b"#!"), "link": Symlink("/etc/passwd"), "lib": Submodule(), "\udcff": "y"}
    )
    there = await place.installer().read("pdf")
    assert there is not None
    assert {path: file.content for path, file in there.files.items()} == {
        "SKILL.md": b"x",
        "run": b"#!",
        "link//symbolic link": b"/etc/passwd",
        "lib//submodule": b"1" * 40,
        "\\udcff//name is not UTF-8": b"y",
    }
    assert there.files["run"].executable
    await place.installer().install("pdf", OLD, replacing=there.digest, consent=CONSENT)
    assert await place.installer().read("pdf") == OLD


async def test_what_is_too_large_is_named_and_not_read(place: RepositoryPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is there by its size; a download over the limit is refused."""
    place.commit({"SKILL.md": "x", "huge": "y" * 50})
    with monkeypatch.context() as patch:
        patch.setattr("bot.installers.git_content.LARGEST_FOLDER", 40)
        there = await place.installer().read("pdf")
    assert there is not None
    assert there.files["huge//too large to read"].content == b"50 bytes"
    monkeypatch.setattr("bot.installers.git_repository.LARGEST_FETCH", 100)
    with pytest.raises(TooLarge):
        await place.installer().read("pdf")


async def test_only_what_is_needed_is_downloaded(place: RepositoryPlace) -> None:
    """Of a large repository neither its history nor its files, but for those of the skill."""
    place.repo.commit({f"large/{n}": bytes(range(256)) * 400 + bytes([n]) for n in range(20)})
    place.commit({"SKILL.md": "x"})
    before = place.server.sent
    await place.installer().read("pdf")
    assert place.server.sent - before < 10_000


async def test_nothing_is_left_of_a_call(place: RepositoryPlace, tmp_path: Path) -> None:
    """Repositories and keys are gone with the call that needed them."""
    await place.installer().install("pdf", OLD, replacing=None, consent=CONSENT)
    assert list((tmp_path / "scratch").iterdir()) == []
