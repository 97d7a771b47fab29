"""Skill bundles made in a line."""

from __future__ import annotations

from core.domain.skills import BundleFile, SkillBundle

FRONT_MATTER = "---\nname: pdf\ndescription: Reads and fills PDF forms.\n---\n"


def bundle(
    files: dict[str, str | bytes] | None = None,
    *,
    skill_md: str | bytes = FRONT_MATTER,
    executables: tuple[str, ...] = (),
) -> SkillBundle:
    """Return a bundle of ``skill_md`` and ``files``; text is written as UTF-8."""
    contents = {"SKILL.md": skill_md, **(files or {})}
    return SkillBundle(
        files={
            path: BundleFile(
                content=content.encode() if isinstance(content, str) else content,
                executable=path in executables,
            )
            for path, content in contents.items()
        }
    )
