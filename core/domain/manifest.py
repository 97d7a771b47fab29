"""The front matter of SKILL.md, judged twice: what no client loads, and what is merely off the specification.

Source of names and limits: the Agent Skills specification (agentskills.io).
"""

from __future__ import annotations

import copy
import functools
import math
import re
from collections import Counter
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from core.domain.hidden_text import visible
from core.domain.remarks import Remarks
from core.domain.skills import SkillBundle, SkillManifest
from core.errors import InvalidSkill

SKILL_FILE = "SKILL.md"

_DASHES = re.compile(r"^---[ \t]*\r?$\n?", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 64
_LONGEST_DESCRIPTION = 1024
_LONGEST_COMPATIBILITY = 500
_FIELDS = ("name", "description", "license", "compatibility", "metadata", "allowed-tools")

# Ours, not the specification's: real front matter is under 4 KiB and two levels deep.
_LARGEST_FRONT_MATTER = 16 * 1024
_DEEPEST_FRONT_MATTER = 20
_LONGEST_QUOTE = 80

# How many files are remembered with what their front matter says: those of one request, which asks several times.
_KNOWN = 16

_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class _Problem(Exception):
    """Why the front matter cannot be used at all; never leaves this module."""


def is_skill_name(name: str) -> bool:
    """Tell whether ``name`` may name a skill, and so its folder."""
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def parse_manifest(bundle: SkillBundle, *, folder: str) -> SkillManifest:
    """Return the manifest of a skill that lives in ``folder`` ("" when the folder's name is not known).

    Raises:
        InvalidSkill: no client would load it; all problems are named at once.
    """
    try:
        fields = _front_matter(bundle)
    except _Problem as problem:
        raise InvalidSkill(skill=folder or "The skill", problems=str(problem)) from None
    problems = [*_name_problems(fields, folder), *_description_problems(fields)]
    if problems:
        raise InvalidSkill(skill=folder or "The skill", problems="; ".join(problems))
    warnings: list[str] = []
    return SkillManifest(
        name=fields["name"],
        description=fields["description"],
        license=_optional_text(fields, "license", warnings),
        compatibility=_optional_text(fields, "compatibility", warnings),
        metadata=_metadata(fields, warnings),
        allowed_tools=_allowed_tools(fields, warnings),
        warnings=(*_off_spec(fields), *warnings),
    )


def declared_tools(bundle: SkillBundle) -> tuple[str, ...]:
    """Return the allowed-tools of ``bundle``; nothing when its front matter cannot be read."""
    try:
        return _allowed_tools(_front_matter(bundle), [])
    except _Problem:
        return ()


def extra_fields(bundle: SkillBundle) -> dict[str, Any]:
    """Return the front-matter fields that the specification does not know; nothing when it cannot be read."""
    try:
        return {name: value for name, value in _front_matter(bundle).items() if name not in _FIELDS}
    except _Problem:
        return {}


def _front_matter(bundle: SkillBundle) -> dict[str, Any]:
    """Return the front matter as JSON data, free of characters that no database takes."""
    file = bundle.files.get(SKILL_FILE)
    if file is None:
        raise _Problem(_missing(bundle))
    if file.content.startswith(b"\xef\xbb\xbf"):
        raise _Problem("SKILL.md starts with a byte order mark")
    try:
        text = file.content.decode()
    except UnicodeDecodeError:
        raise _Problem("SKILL.md is not UTF-8 text") from None
    return copy.deepcopy(_fields_of(_between_dashes(text)))


@functools.lru_cache(maxsize=_KNOWN)
def _fields_of(source: str) -> dict[str, Any]:
    try:
        _refuse_traps(source)
        root = yaml.compose(source, Loader=yaml.SafeLoader)
        _refuse_doubles(root)
        # ValueError: a date such as 2026-13-45, or an integer with thousands of digits.
        loaded = None if root is None else SafeConstructor().construct_document(root)
    except (yaml.YAMLError, ValueError) as error:
        raise _Problem(_describe(error)) from None
    if not isinstance(loaded, dict):
        raise _Problem("the front matter is not a list of fields")
    return {str(_plain(key)): _plain(value) for key, value in loaded.items()}


def _missing(bundle: SkillBundle) -> str:
    misnamed = sorted(path for path in bundle.files if path.lower() == SKILL_FILE.lower())
    return f"there is no SKILL.md (but {visible(misnamed[0])})" if misnamed else "there is no SKILL.md"


def _between_dashes(text: str) -> str:
    begin = _DASHES.match(text)
    if begin is None:
        raise _Problem("SKILL.md does not begin with front matter between two lines of ---")
    end = _DASHES.search(text, begin.end(), begin.end() + _LARGEST_FRONT_MATTER)
    if end is None:
        longer = len(text) - begin.end() > _LARGEST_FRONT_MATTER
        what = "is longer than 16 KiB" if longer else "is not closed by ---"
        raise _Problem(f"the front matter {what}")
    return text[begin.end() : end.start()]


def _refuse_traps(source: str) -> None:
    """Refuse what makes YAML dangerous, looking at tokens only, before anything is built."""
    depth = 0
    for token in yaml.scan(source, Loader=yaml.SafeLoader):
        if isinstance(token, (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)):
            raise _Problem("the front matter uses YAML anchors, aliases or tags")
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST_FRONT_MATTER:
            raise _Problem("the front matter is nested too deeply")


def _refuse_doubles(root: yaml.Node | None) -> None:
    """Refuse a field that is there twice: clients disagree on which one counts."""
    if isinstance(root, yaml.MappingNode):
        names = Counter(key.value for key, _ in root.value if isinstance(key, yaml.ScalarNode))
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise _Problem(f"the field {_quoted(twice[0])} appears twice")


def _describe(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        # Line 1 of the file is the opening ---.
        where = f"line {error.problem_mark.line + 2}: {visible(error.problem, _LONGEST_QUOTE)}"
        return f"the front matter is not YAML ({where})"
    return "the front matter is not YAML"


def _name_problems(fields: dict[str, Any], folder: str) -> list[str]:
    name = fields.get("name")
    if name is None or name == "":
        return ["it has no name"]
    if not isinstance(name, str):
        return ["its name is not text"]
    if not is_skill_name(name):
        return [f"its name {_quoted(name)} is not 1 to 64 lower-case letters, digits and single hyphens"]
    if folder and name != folder:
        return [f"its name {_quoted(name)} is not that of its folder {_quoted(folder)}"]
    return []


def _description_problems(fields: dict[str, Any]) -> list[str]:
    description = fields.get("description")
    if description is None:
        return ["it has no description"]
    if not isinstance(description, str):
        return ["its description is not text"]
    return [] if description.strip() else ["its description is empty"]


def _off_spec(fields: dict[str, Any]) -> list[str]:
    warnings = [str(Remarks.off_specification(_quoted(name))) for name in fields if name not in _FIELDS]
    length = len(fields["description"])
    if length > _LONGEST_DESCRIPTION:
        warnings.append(str(Remarks.long_description(length, _LONGEST_DESCRIPTION)))
    compatibility = fields.get("compatibility")
    if isinstance(compatibility, str) and len(compatibility) > _LONGEST_COMPATIBILITY:
        warnings.append(str(Remarks.long_compatibility(len(compatibility), _LONGEST_COMPATIBILITY)))
    return warnings


def _optional_text(fields: dict[str, Any], name: str, warnings: list[str]) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        warnings.append(str(Remarks.no_text(name)))
        return str(value)
    if not value.strip():
        warnings.append(str(Remarks.empty(name)))
    return value


def _metadata(fields: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
    value = fields.get("metadata")
    if value is None:
        return {}
    if not isinstance(value, dict):
        warnings.append(str(Remarks.metadata_no_fields()))
        return {}
    if not all(isinstance(item, str) for item in value.values()):
        warnings.append(str(Remarks.metadata_no_text()))
    return value


def _allowed_tools(fields: dict[str, Any], warnings: list[str]) -> tuple[str, ...]:
    value = fields.get("allowed-tools")
    if value is None:
        return ()
    if isinstance(value, list):
        warnings.append(str(Remarks.tools_listed()))
        return tuple(dict.fromkeys(tool for item in value for tool in _split_tools(str(item), [])))
    if not isinstance(value, str):
        warnings.append(str(Remarks.no_text("allowed-tools")))
    return tuple(dict.fromkeys(_split_tools(str(value), warnings)))


def _split_tools(text: str, warnings: list[str]) -> list[str]:
    """Split at spaces and commas outside parentheses: ``Bash(git add:*) Read`` are two tools."""
    tools = [""]
    depth = 0
    commas = False
    for char in text:
        depth = max(0, depth + (char == "(") - (char == ")"))
        if depth == 0 and (char.isspace() or char == ","):
            commas = commas or char == ","
            tools.append("")
        else:
            tools[-1] += char
    if commas:
        warnings.append(str(Remarks.tools_with_commas()))
    if depth:
        warnings.append(str(Remarks.tools_unclosed()))
    return [tool for tool in tools if tool]


def _plain(value: Any) -> Any:
    """Return a YAML value as JSON data: dates and numbers that JSON lacks become text."""
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, int) and abs(value) >= 1 << 63:
        return hex(value)
    if value is None or isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def _plain_text(text: str) -> str:
    """Return ``text`` as every client would: escaped surrogate pairs joined, lone halves and NUL replaced."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _quoted(text: str) -> str:
    return f'"{visible(text, _LONGEST_QUOTE)}"'
