"""Gemini: Gemini CLI reads skills from a folder."""

from __future__ import annotations

from pathlib import Path


def skills_folder(home: Path) -> Path:
    """Return where Gemini CLI looks, and no other client, when nothing else is configured."""
    return home / ".gemini" / "skills"
