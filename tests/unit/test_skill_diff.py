"""How two bundles differ: counts as git would give them, and text that shows what would otherwise hide."""

from __future__ import annotations

import difflib
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.skill_diff import diff_bundles, unified_diff
from core.domain.skills import BundleFile, SkillBundle, SkillDiff
from tests.bundles import bundle


def counts(old: str, new: str) -> tuple[int, int]:
    """Return (lines added, lines removed) between two texts of one file."""
    diff = diff_bundles(bundle({"a.txt": old}), bundle({"a.txt": new}))
    return diff.lines_added, diff.lines_removed


def test_a_first_install_adds_everything() -> None:
    """All files, all lines, all scripts and all tools are new."""
    new = bundle(
        {"scripts/a.sh": "one\ntwo\n", "logo.png": b"\0"},
        skill_md="---\nname: pdf\ndescription: x\nallowed-tools: Bash Read\n---\n",
    )
    assert diff_bundles(None, new) == SkillDiff(
        first_install=True,
        added=("SKILL.md", "logo.png", "scripts/a.sh"),
        lines_added=7,
        changed_scripts=("scripts/a.sh",),
        allowed_tools_added=("Bash", "Read"),
    )


def test_an_update_names_what_was_added_removed_and_changed() -> None:
    """Files are listed by kind of change, scripts once more, and unchanged ones not at all."""
    old = bundle({"same.txt": "x\n", "gone.txt": "1\n2\n", "scripts/a.sh": "one\ntwo\n", "scripts/b.sh": "b\n"})
    new = bundle({"same.txt": "x\n", "new.py": "p\n", "scripts/a.sh": "one\n2\nthree\n", "scripts/b.sh": "b\n"})
    diff = diff_bundles(old, new)
    assert diff == SkillDiff(
        first_install=False,
        added=("new.py",),
        removed=("gone.txt",),
        changed=("scripts/a.sh",),
        lines_added=3,
        lines_removed=3,
        changed_scripts=("new.py", "scripts/a.sh"),
    )
    assert not diff.is_empty


def test_the_same_bundle_changes_nothing() -> None:
    """An update to what is there is empty in both forms."""
    assert diff_bundles(bundle(), bundle()).is_empty
    assert not unified_diff(bundle(), bundle())


def test_only_added_tools_are_named() -> None:
    """An approver reads what the skill may do that it could not do before."""
    old = bundle(skill_md="---\nname: pdf\ndescription: x\nallowed-tools: Read Bash(ls)\n---\n")
    new = bundle(skill_md="---\nname: pdf\ndescription: x\nallowed-tools: Bash(*) Read\n---\n")
    assert diff_bundles(old, new).allowed_tools_added == ("Bash(*)",)


def test_a_file_that_becomes_executable_is_a_changed_script() -> None:
    """The mode alone is a change, in the list and in the text."""
    old, new = bundle({"run": "ls\n"}), bundle({"run": "ls\n"}, executables=("run",))
    assert diff_bundles(old, new).changed_scripts == ("run",)
    assert unified_diff(old, new) == "--- a/run\n+++ b/run\nexecutable: yes"
    assert unified_diff(new, old) == "--- a/run\n+++ b/run\nexecutable: no longer"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "a\nb\n", (2, 0)),
        ("a\nb\n", "", (0, 2)),
        ("a\n", "a", (1, 1)),
        ("a\nb\nc\n", "a\nc\n", (0, 1)),
        ("a\r\nb\n", "a\nb\n", (1, 1)),
        ("a\u2028b\n", "a\u2028c\n", (1, 1)),
        ("x\n" * 500, "x\n" * 501, (1, 0)),
    ],
)
def test_lines_are_counted_as_git_counts_them(old: str, new: str, expected: tuple[int, int]) -> None:
    """Only a line feed ends a line, and a missing one at the end is a difference."""
    assert counts(old, new) == expected


def test_two_small_changes_far_apart_in_a_long_file_stay_small() -> None:
    """The first and the last line of many change: two lines, not the whole file."""
    lines = [f"line {number}\n" for number in range(20_000)]
    other = ["first\n", *lines[1:10_000], "middle\n", *lines[10_000:-1], "last\n"]
    assert counts("".join(lines), "".join(other)) == (3, 2)


@settings(max_examples=50)
@given(
    old=st.lists(st.sampled_from("abcdefgh"), max_size=60),
    new=st.lists(st.sampled_from("abcdefgh"), max_size=60),
)
def test_the_text_turns_the_old_file_into_the_new_one(
    tmp_path_factory: pytest.TempPathFactory, old: list[str], new: list[str]
) -> None:
    """What is shown is a patch that git applies, with the counts of the card, and no longer than need be."""
    folder = tmp_path_factory.mktemp("patch")
    old_text, new_text = ("".join(f"{line}\n" for line in lines) for lines in (old, new))
    before, after = bundle({"f.txt": old_text}), bundle({"f.txt": new_text})
    patch = unified_diff(before, after)
    plus, minus = counts(old_text, new_text)
    body = patch.split("\n")[2:]
    assert [sum(line.startswith(mark) for line in body) for mark in "+-"] == [plus, minus]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    assert plus + minus <= len(old) + len(new) - 2 * sum(block.size for block in matcher.get_matching_blocks())
    if old_text and new_text and old != new:
        (folder / "f.txt").write_text(old_text)
        subprocess.run(["git", "apply", "-"], cwd=folder, input=f"{patch}\n", text=True, check=True)
        assert (folder / "f.txt").read_text() == new_text


def test_the_text_of_a_change_reads_like_git() -> None:
    """Headers, hunks with three lines of context, and a word about a missing line end."""
    old = bundle({"a.txt": "".join(f"{n}\n" for n in range(1, 11)), "gone.txt": "x"})
    new = bundle({"a.txt": "".join(f"{n}\n" for n in (1, 2, 3, 4, 55, 6, 7, 8, 9, 10)), "new.txt": "y\n"})
    assert unified_diff(old, new).split("\n") == [
        *("--- a/a.txt", "+++ b/a.txt", "@@ -2,7 +2,7 @@"),
        *(" 2", " 3", " 4", "-5", "+55", " 6", " 7", " 8"),
        *("--- a/gone.txt", "+++ /dev/null", "@@ -1,1 +0,0 @@", "-x", "\\ No newline at end of file"),
        *("--- /dev/null", "+++ b/new.txt", "@@ -0,0 +1,1 @@", "+y"),
    ]


def test_a_binary_file_is_only_named() -> None:
    """Its size before and after is said, its bytes are not shown."""
    assert unified_diff(bundle({"a.bin": b"\0"}), bundle({"a.bin": b"\0\1\2"})) == (
        "--- a/a.bin\n+++ b/a.bin\nbinary file: 1 bytes -> 3 bytes"
    )
    assert diff_bundles(bundle(), bundle({"a.bin": b"\0\n\n"})).lines_added == 0


def test_hidden_characters_are_shown_in_text_and_names() -> None:
    """Right-to-left overrides, escape sequences and line separators cannot rewrite what an approver reads."""
    text = unified_diff(bundle(), bundle({"\u202ea.sh": "rm\t\u200b-rf \x1b[2K\u2028\r\n"}))
    assert text == ("--- /dev/null\n+++ b/<U+202E>a.sh\n@@ -0,0 +1,1 @@\n+rm\t<U+200B>-rf <U+001B>[2K<U+2028><U+000D>")


def test_a_long_diff_says_how_much_was_left_out() -> None:
    """A cut text never looks complete; a single long line is cut as well."""
    new = bundle({"a.txt": "0123456789\n" * 100})
    assert unified_diff(bundle(), new, limit=200).endswith("\n+0123456789\n... 87 more lines are not shown")
    assert unified_diff(bundle(), bundle({"a.txt": "x" * 1500 + "\n"})).endswith("x ... 500 more characters")


@pytest.mark.parametrize("lines", [["a", "b"], ["a", "b", "a", "a", "b", "b", "c"], list("abcdefghijklmnopqrstuvwxyz")])
def test_hostile_repetition_costs_little_more_than_linear_time(lines: list[str]) -> None:
    """Lines that repeat without end do not keep the bot busy."""
    old = "\n".join(lines * (60_000 // len(lines)))
    new = "\n".join(["z", *lines[::-1] * (60_000 // len(lines)), "y"])
    start = time.process_time()
    assert counts(old, new)[0] > 0
    # Measured: under 0.5 s. The standard library needs hours.
    assert time.process_time() - start < 10


def test_nested_uniqueness_costs_little_more_than_linear_time() -> None:
    """Passages that reveal one more unique line at every level end at a fixed depth."""
    size = 30_000
    old = [str(n) for n in range(size)] + [str(n) for n in range(size)]
    new = [str(n) for n in range(size - 1, -1, -1)] + ["u"] + [str(n) for n in range(size)]
    start = time.process_time()
    assert counts("\n".join(old), "\n".join(new))[0] > 0
    assert time.process_time() - start < 10


@given(
    contents=st.lists(st.dictionaries(st.sampled_from("ab"), st.binary(max_size=30)), min_size=2, max_size=2),
)
def test_any_two_bundles_have_a_difference(contents: list[dict[str, bytes]]) -> None:
    """Random bytes never raise, and there is no difference exactly when the digests agree."""
    old, new = (
        SkillBundle(files={path: BundleFile(content=data) for path, data in files.items()}) for files in contents
    )
    assert diff_bundles(old, new).is_empty == (old.digest == new.digest)
    assert bool(unified_diff(old, new)) == (old.digest != new.digest)
