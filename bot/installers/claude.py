"""Claude: Claude Code reads skills from a folder."""

from __future__ import annotations

from pathlib import Path


def skills_folder(home: Path) -> Path:
    """Return where Claude Code looks when nothing else is configured."""
    return home / ".claude" / "skills"
