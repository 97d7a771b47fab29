"""Unfit content: what no skill may hold, wherever it was found."""

from __future__ import annotations

from core.domain.hidden_text import visible
from core.domain.skills import SkillBundle
from core.errors import UnsafeContent, Words

# These run or reach further without being asked. A folder of hooks, not a file called so.
_DANGEROUS = {".claude-plugin", ".mcp.json"}
_HOOKS = "hooks"


def refuse_dangerous(path: str, skill: str) -> None:
    """Refuse what acts without being invoked; names are compared as a disk that ignores case would.

    Raises:
        UnsafeContent: it does.
    """
    components = path.casefold().split("/")
    if _DANGEROUS & set(components) or _HOOKS in components[:-1]:
        raise UnsafeContent(skill=skill, path=path, reason=Words("it could run or connect without being asked"))


def refuse_unfit(found: SkillBundle, skill: str) -> None:
    """Refuse content that somebody put at a place, if a skill that comes out of a source may not hold it either.

    A place names what no bundle can hold behind two slashes: ``run.sh//symbolic link``.

    Raises:
        UnsafeContent: it holds such.
    """
    for path in sorted(found.files):
        name, is_unfit, _ = path.partition("//")
        if is_unfit:
            raise UnsafeContent(skill=skill, path=visible(name), reason=Words("it is not a regular file"))
        refuse_dangerous(path, skill)
