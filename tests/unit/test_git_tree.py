"""What a commit may hold: every list of files that must not become a bundle."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.integrations.git_tree import Limits, SkillFolder, TreeFile, person_and_date, skill_folders
from core.domain.skills import SourceLocation
from core.errors import NoSkillFound, SkillwardenError, TooLarge, UnsafeContent

COMMIT = "4be91c2f0a" * 4
BLOB = "b" * 40
PLACE = SourceLocation(url="https://github.com/acme/skills.git", label="acme/skills", host="github.com")


def listing(*files: str | bytes, mode: int = 0o100644, blob: str = BLOB) -> bytes:
    """Return what ``git ls-tree -rz`` says of ``files``."""
    paths = [file if isinstance(file, bytes) else file.encode() for file in files]
    return b"".join(f"{mode:06o} blob {blob}\t".encode() + path + b"\0" for path in paths)


def read(
    raw: bytes, *, path: str = "", missing: frozenset[str] = frozenset(), limits: Limits | None = None
) -> tuple[SkillFolder, ...]:
    """Read ``raw`` as the list of acme/skills."""
    return skill_folders(raw, PLACE.evolve(path=path), commit=COMMIT, missing=missing, limits=limits or Limits())


def test_a_file_is_its_path_blob_and_executable_bit() -> None:
    """The mode of old commits, 100664, is a plain file as well."""
    raw = listing("pdf/SKILL.md") + listing("pdf/run.sh", mode=0o100755) + listing("pdf/old.md", mode=0o100664)
    assert read(raw) == (
        SkillFolder(
            "pdf",
            "pdf",
            (TreeFile("SKILL.md", BLOB, False), TreeFile("old.md", BLOB, False), TreeFile("run.sh", BLOB, True)),
        ),
    )


def test_neighbours_whose_names_begin_alike_stay_apart() -> None:
    """The folder pdf-forms is not below pdf, whatever git sorts between them."""
    raw = listing("pdf!/SKILL.md", "pdf-forms/SKILL.md", "pdf.md", "pdf/SKILL.md", "pdf/a", "pdf0/SKILL.md")
    assert {folder.path: len(folder.files) for folder in read(raw)} == {"pdf!": 1, "pdf-forms": 1, "pdf": 2, "pdf0": 1}
    assert [folder.path for folder in read(raw, path="pdf")] == ["pdf"]


def test_the_repository_is_the_name_of_the_skill_at_its_root() -> None:
    """People see a name even where the folder has none."""
    assert read(listing("SKILL.md"))[0].name == "skills"


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(0o120000, "symbolic link"), (0o160000, "submodule"), (0o060000, "not a regular file"), (0, "not a regular file")],
)
@pytest.mark.parametrize("name", ["SKILL.md", "x"])
def test_only_regular_files_are_content(mode: int, reason: str, name: str) -> None:
    """Links, submodules and devices are refused, SKILL.md itself included."""
    raw = listing("pdf/SKILL.md") if name != "SKILL.md" else b""
    with pytest.raises(UnsafeContent, match=f"pdf was refused: {name} - .*{reason}"):
        read(raw + listing(f"pdf/{name}", mode=mode))


@pytest.mark.parametrize(("mode", "reason"), [(0o120000, "symbolic link"), (0o160000, "submodule")])
def test_a_path_that_is_a_link_or_a_submodule_is_refused(mode: int, reason: str) -> None:
    """Who names a link is told so, and the link is not followed."""
    with pytest.raises(UnsafeContent, match=f"skills/pdf - .*{reason}"):
        read(listing("skills/pdf", mode=mode), path="skills/pdf")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../x", "leads out"),
        ("a/../../x", "leads out"),
        ("./x", "leads out"),
        ("a//x", "leads out"),
        ("/etc/passwd", "leads out"),
        ("x/", "leads out"),
        ("..\\x", "leads out"),
        (".git/config", "poses as a part of git"),
        ("a/.GIT/hooks", "poses as a part of git"),
        ("GIT~1/x", "poses as a part of git"),
        (b"caf\xe9", "not UTF-8"),
        (b"\xed\xa0\x80", "not UTF-8"),
        ("a\nb", "invisible"),
        ("a\x1b[2Kb", "invisible"),
        ("\u202efdp.exe", "invisible"),
        (".g\u200cit/config", "invisible"),
        ("x" * 1025, "longer than 1024"),
        (".claude-plugin/plugin.json", "without being asked"),
        ("a/.Claude-Plugin/plugin.json", "without being asked"),
        ("hooks/hooks.json", "without being asked"),
        ("deep/er/HOOKS/x", "without being asked"),
        (".mcp.json", "without being asked"),
        ("a/.MCP.json", "without being asked"),
    ],
)
def test_dangerous_names_are_refused(name: str | bytes, reason: str) -> None:
    """No name leads elsewhere, hides, or is acted on by a client without being invoked."""
    raw = listing("pdf/SKILL.md", b"pdf/" + (name if isinstance(name, bytes) else name.encode()))
    with pytest.raises(UnsafeContent, match=reason) as refusal:
        read(raw)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "name", ["hooks", "hooks.md", "a.git", ".gitignore", "git~2", "..x", "x..", "a b", "참고.md", "é"]
)
def test_harmless_names_pass(name: str) -> None:
    """A file about hooks is no folder of hooks, and foreign names are names."""
    assert name in {file.path for file in read(listing("pdf/SKILL.md", f"pdf/{name}"))[0].files}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a.md", "A.md"),
        ("straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("CAF\u00c9", "cafe\u0301"),
        ("\u212bngstrom", "\u00e5ngstrom"),
        ("docs/a", "Docs/b"),
        ("docs/caf\u00e9/a", "docs/cafe\u0301/b"),
        ("docs", "DOCS/a"),
        ("docs", "docs/a"),
        ("a.md", "a.md"),
        ("SKILL.md", "skill.md"),
    ],
)
def test_names_that_some_disks_take_for_one_are_refused(one: str, two: str) -> None:
    """Case, Unicode normalisation and repeated entries must not make content depend on the disk."""
    for first, second in ((one, two), (two, one)):
        with pytest.raises(UnsafeContent, match="on some disks it is the same as"):
            read(listing("pdf/SKILL.md", f"pdf/{first}", f"pdf/{second}"))


def test_collisions_beside_a_skill_do_not_matter() -> None:
    """Only what becomes one bundle is compared."""
    raw = listing("PDF/SKILL.md", "pdf/SKILL.md", "readme", "README")
    assert [folder.path for folder in read(raw)] == ["PDF", "pdf"]


def test_a_file_that_was_too_large_to_fetch_is_named() -> None:
    """What the server held back is over the limit, and is never asked for."""
    raw = listing("pdf/SKILL.md") + listing("pdf/model.bin", blob="c" * 40)
    with pytest.raises(TooLarge, match=r"pdf is too large: model.bin is more than 25 MB, and the limit is 25 MB"):
        read(raw, missing=frozenset({"c" * 40}))
    assert read(raw, missing=frozenset({"d" * 40}))


def test_a_skill_has_a_limited_number_of_files() -> None:
    """500 files pass, one more does not."""
    files = [f"pdf/{number}" for number in range(499)]
    assert len(read(listing("pdf/SKILL.md", *files))[0].files) == 500
    with pytest.raises(TooLarge, match="the number of files is 501, and the limit is 500"):
        read(listing("pdf/SKILL.md", *files, "pdf/one-more"))


def test_a_repository_has_a_limited_number_of_skills() -> None:
    """A repository made of manifests is not read to its end."""
    with pytest.raises(TooLarge, match="the number of skills is 3, and the limit is 2"):
        read(listing("a/SKILL.md", "b/SKILL.md", "c/SKILL.md"), limits=Limits(skills=2))


@pytest.mark.parametrize(("path", "ref"), [("", None), ("pdf", "v1")])
def test_nothing_found_says_where_and_at_what(path: str, ref: str | None) -> None:
    """The sentence names the folder, and the ref that was asked for or else the commit."""
    place = PLACE.evolve(path=path, ref=ref)
    with pytest.raises(NoSkillFound) as refusal:
        skill_folders(listing("README.md"), place, commit=COMMIT, missing=frozenset(), limits=Limits())
    expected = "acme/skills/pdf" if path else "acme/skills"
    assert refusal.value.params == {"source": expected, "ref": ref or COMMIT}


_NAMES = st.lists(
    st.one_of(st.sampled_from(["a", "A", "SKILL.md", ".", "..", ".git", ""]), st.text(max_size=3)), min_size=1
)


@given(st.lists(st.tuples(_NAMES, st.sampled_from([0o100644, 0o100755, 0o120000])), max_size=6))
def test_whatever_a_tree_says_only_safe_paths_come_out(entries: list[tuple[list[str], int]]) -> None:
    """Any list gives distinct relative paths or one of our errors."""
    raw = b""
    for names, mode in entries:
        path = "/".join(names).replace("\0", "").encode(errors="replace")
        raw += listing(path, mode=mode)
    try:
        folders = read(raw)
    except SkillwardenError:
        return
    for folder in folders:
        paths = [file.path for file in folder.files]
        assert len({path.casefold() for path in paths}) == len(paths)
        assert "SKILL.md" in paths
        assert not {"", ".", "..", ".git"} & {name for path in paths for name in path.split("/")}


def test_author_and_date_come_from_the_commit() -> None:
    """Who wrote it, and when it was committed, in UTC."""
    raw = (
        b"tree 1\nauthor Mina Park <mina@example.com> 1700000000 +0900\n"
        b"committer Bot <bot@example.com> 1795000000 -0500\n\nauthor Evil <e@example.com> 1 +0000\n"
    )
    assert person_and_date(raw) == ("Mina Park", datetime.fromtimestamp(1795000000, UTC))


@pytest.mark.parametrize(
    ("headers", "author"),
    [
        (b"author \xe2\x80\xaeknaB <a@example.com> 1 +0000\n", "<U+202E>knaB"),
        (b"author " + b"x" * 200 + b" <a@example.com> 1 +0000\n", "x" * 97 + "..."),
        (b"author Mina Park\n", ""),
        (b"", ""),
    ],
)
def test_an_author_that_would_deceive_or_cannot_be_read_is_shown_as_it_is(headers: bytes, author: str) -> None:
    """A name is short and visible, and a broken commit is no reason to fail."""
    assert person_and_date(b"tree 1\n" + headers + b"\nWork\n") == (author, datetime.fromtimestamp(0, UTC))


def test_a_date_beyond_the_calendar_is_its_end() -> None:
    """A commit may claim any second."""
    _, date = person_and_date(b"committer A <a@example.com> 999999999999 +0000\n\n")
    assert date.year == 9999
