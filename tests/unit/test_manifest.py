"""What of SKILL.md loads, what is refused, and what is only off the specification."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.base import canonical_json
from core.domain.manifest import declared_tools, extra_fields, is_skill_name, parse_manifest
from core.domain.skills import SkillBundle, SkillManifest
from core.errors import InvalidSkill
from tests.bundles import FRONT_MATTER, bundle


def manifest_of(*lines: str, folder: str = "pdf") -> SkillManifest:
    """Parse front matter of a sound name and description and ``lines``."""
    text = "\n".join(("---", "name: pdf", "description: Reads PDF.", *lines, "---", "# PDF", ""))
    return parse_manifest(bundle(skill_md=text), folder=folder)


def problems_of(skill_md: str | bytes, *, folder: str = "pdf") -> str:
    """Return the problems that keep ``skill_md`` from loading."""
    with pytest.raises(InvalidSkill) as caught:
        parse_manifest(bundle(skill_md=skill_md), folder=folder)
    return str(caught.value.params["problems"])


def test_a_complete_manifest_is_read_without_warnings() -> None:
    """Every field of the specification has its place."""
    manifest = manifest_of(
        "license: MIT",
        "compatibility: Needs Python 3.11",
        "metadata: {author: acme, version: '1.0'}",
        "allowed-tools: Bash(python:*) Read",
    )
    assert manifest == SkillManifest(
        name="pdf",
        description="Reads PDF.",
        license="MIT",
        compatibility="Needs Python 3.11",
        metadata={"author": "acme", "version": "1.0"},
        allowed_tools=("Bash(python:*)", "Read"),
    )


@pytest.mark.parametrize(
    "skill_md",
    [
        FRONT_MATTER.replace("\n", "\r\n"),
        FRONT_MATTER.replace("---\n", "---  \n"),
        FRONT_MATTER.removesuffix("\n"),
        FRONT_MATTER + "\n---\nA ruler further down is text.\n",
    ],
    ids=["windows-lines", "trailing-spaces", "nothing-after", "ruler-below"],
)
def test_front_matter_ends_at_the_second_line_of_dashes(skill_md: str) -> None:
    """Line ends and blanks after the dashes do not matter, and later dashes are text."""
    assert parse_manifest(bundle(skill_md=skill_md), folder="pdf").name == "pdf"


@pytest.mark.parametrize(
    ("skill_md", "problem"),
    [
        (b"\xef\xbb\xbf" + FRONT_MATTER.encode(), "SKILL.md starts with a byte order mark"),
        (b"---\nname: \xff\n---\n", "SKILL.md is not UTF-8 text"),
        ("", "SKILL.md does not begin with front matter between two lines of ---"),
        ("# PDF\n", "SKILL.md does not begin with front matter between two lines of ---"),
        ("\n" + FRONT_MATTER, "SKILL.md does not begin with front matter between two lines of ---"),
        ("---\nname: pdf\n", "the front matter is not closed by ---"),
        (f"---\nname: {'a' * 20_000}\n---\n", "the front matter is longer than 16 KiB"),
        ("---\n- name\n---\n", "the front matter is not a list of fields"),
        ("---\n---\n", "the front matter is not a list of fields"),
        ("---\nname: pdf\ndescription: Use it: now\n---\n", "line 3: mapping values are not allowed here"),
        ("---\nname: 'pdf\n---\n", "the front matter is not YAML"),
        ("---\nname: pdf\ndescription: 2026-13-45\n---\n", "the front matter is not YAML"),
        ("---\nname: &a pdf\ndescription: *a\n---\n", "anchors, aliases or tags"),
        ("---\nname: !!python/name:os.system x\n---\n", "anchors, aliases or tags"),
        (f"---\nname: {'[' * 5_000}\n---\n", "nested too deeply"),
        (f"---\n{'- ' * 5_000}x\n---\n", "nested too deeply"),
        ("---\nname: pdf\nname: docx\ndescription: x\n---\n", 'the field "name" appears twice'),
        ("---\ndescription: x\n---\n", "it has no name"),
        ("---\nname: ''\ndescription: x\n---\n", "it has no name"),
        ("---\nname: 12\ndescription: x\n---\n", "its name is not text"),
        ("---\nname: PDF\ndescription: x\n---\n", 'its name "PDF" is not 1 to 64 lower-case letters'),
        ("---\nname: docx\ndescription: x\n---\n", 'its name "docx" is not that of its folder "pdf"'),
        ("---\nname: pdf\n---\n", "it has no description"),
        ("---\nname: pdf\ndescription: [x]\n---\n", "its description is not text"),
        ("---\nname: pdf\ndescription: '  '\n---\n", "its description is empty"),
    ],
)
def test_what_no_client_loads_is_refused(skill_md: str | bytes, problem: str) -> None:
    """The problem is named in words that its author can act on."""
    assert problem in problems_of(skill_md)


def test_all_problems_are_named_at_once() -> None:
    """An author who repairs one problem does not meet the next one afterwards."""
    assert problems_of("---\nlicense: MIT\n---\n") == "it has no name; it has no description"


def test_a_missing_skill_md_is_refused_and_a_misnamed_one_is_pointed_at() -> None:
    """The file's name is matched to the letter, as clients do."""
    with pytest.raises(InvalidSkill, match=r"there is no SKILL\.md\. "):
        parse_manifest(SkillBundle(files={}), folder="pdf")
    misnamed = SkillBundle(files={"skill.md": bundle().files["SKILL.md"]})
    with pytest.raises(InvalidSkill, match=r"there is no SKILL\.md \(but skill\.md\)"):
        parse_manifest(misnamed, folder="pdf")


def test_the_folder_is_not_compared_when_it_is_not_known() -> None:
    """A skill at the root of a repository has the name that it gives itself."""
    assert parse_manifest(bundle(), folder="").name == "pdf"


def test_hidden_characters_of_a_name_are_shown_in_the_error() -> None:
    """An error about a name does not repeat the trick that the name plays."""
    assert '"pd<U+200B>f"' in problems_of('---\nname: "pd\\u200bf"\ndescription: x\n---\n')


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("model: opus", 'the field "model" is not in the specification'),
        (f"compatibility: {'x' * 501}", "compatibility has 501 characters, more than 500"),
        ("compatibility: ''", "compatibility is empty"),
        ("license: 2", "license is not text"),
        ("metadata: {version: 1.0}", "metadata holds values that are not text"),
        ("metadata: acme", "metadata is not a list of fields"),
        ("allowed-tools: Bash, Read", "allowed-tools is separated by commas, not by spaces"),
        ("allowed-tools: [Bash, Read]", "allowed-tools is a list, not text separated by spaces"),
        ("allowed-tools: 7", "allowed-tools is not text"),
        ("allowed-tools: Bash(git", "allowed-tools has a parenthesis that is not closed"),
    ],
)
def test_what_is_only_off_the_specification_is_a_warning(line: str, warning: str) -> None:
    """Clients load it all the same, so the approver reads it and decides."""
    assert manifest_of(line).warnings == (warning,)


def test_a_long_description_is_a_warning() -> None:
    """Descriptions over 1,024 characters load everywhere."""
    text = f"---\nname: pdf\ndescription: {'x' * 1025}\n---\n"
    warnings = parse_manifest(bundle(skill_md=text), folder="pdf").warnings
    assert warnings == ("the description has 1025 characters, more than 1024",)


@pytest.mark.parametrize(
    ("value", "tools"),
    [
        ("Read", ("Read",)),
        ("Bash(git add:*) Read", ("Bash(git add:*)", "Read")),
        ("Bash(a, b), Read,Write", ("Bash(a, b)", "Read", "Write")),
        ("[Bash(git add:*), 'Read Write']", ("Bash(git add:*)", "Read", "Write")),
        ("Read Read", ("Read",)),
        ("''", ()),
        ("~", ()),
    ],
)
def test_allowed_tools_are_split_outside_parentheses(value: str, tools: tuple[str, ...]) -> None:
    """What stands in parentheses belongs to the tool before them."""
    assert manifest_of(f"allowed-tools: {value}").allowed_tools == tools


def test_odd_values_become_json_that_every_database_takes() -> None:
    """Dates, infinities, huge numbers, NUL and half characters do not reach the store as such."""
    manifest = manifest_of(
        "metadata:",
        "  date: 2026-11-21",
        "  infinite: .inf",
        f"  huge: 0x{'f' * 5000}",
        '  nul: "a\\0b"',
        '  half: "\\ud800"',
        '  pair: "\\ud83d\\ude00"',
        "  nested: [{1: yes}]",
    )
    stored = json.loads(canonical_json(manifest.metadata))
    assert stored == {
        "date": "2026-11-21",
        "infinite": "inf",
        "huge": f"0x{'f' * 5000}",
        "nul": "a\ufffdb",
        "half": "\ufffd",
        "pair": "\U0001f600",
        "nested": [{"1": True}],
    }


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("pdf", True),
        ("pdf-forms-2", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("", False),
        ("-pdf", False),
        ("pdf-", False),
        ("pdf--forms", False),
        ("Pdf", False),
        ("pdf\n", False),
        ("../pdf", False),
        ("한글", False),
        ("pdf²", False),
    ],
)
def test_a_skill_name_is_safe_as_the_name_of_a_folder(name: str, good: bool) -> None:
    """Lower-case ASCII letters, digits and single hyphens inside, at most 64."""
    assert is_skill_name(name) is good


def test_tools_and_extra_fields_of_an_unreadable_manifest_are_none() -> None:
    """Installed content that somebody broke can still be compared."""
    broken = bundle(skill_md="no front matter")
    assert declared_tools(broken) == ()
    assert extra_fields(broken) == {}


_YAML_PIECES = st.sampled_from(
    [
        *"-:[]{}#&*!|>'\"%@`,?=~<. \n\t",
        "---\n",
        "name: pdf\n",
        "description: ",
        "0x",
        "1:2",
        "2026-01-99",
        "<<: ",
        "\\u",
    ]
)
_FRONT_MATTERS = st.lists(_YAML_PIECES | st.text(max_size=3), max_size=40).map("".join)


@given(
    content=st.binary(max_size=300) | _FRONT_MATTERS.map(lambda text: f"---\n{text}\n---\n".encode(errors="replace"))
)
def test_any_bytes_are_either_a_manifest_or_an_invalid_skill(content: bytes) -> None:
    """Whatever stands in SKILL.md, nothing but InvalidSkill comes out, and a manifest can be stored."""
    try:
        manifest = parse_manifest(bundle(skill_md=content), folder="")
    except InvalidSkill:
        return
    assert canonical_json(manifest.model_dump(mode="json"))


@given(line=_FRONT_MATTERS)
def test_any_extra_line_leaves_a_manifest_or_an_invalid_skill(line: str) -> None:
    """As above, with sound fields in front, so that the values are looked at too."""
    try:
        manifest = manifest_of(f"metadata: {line}")
    except InvalidSkill:
        return
    assert canonical_json(manifest.model_dump(mode="json"))
