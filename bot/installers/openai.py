"""OpenAI: Codex reads skills from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def skills_folder(home: Path, environ: Mapping[str, str]) -> Path:
    """Return where Codex looks, and no other client, when nothing else is configured."""
    return home / (environ.get("CODEX_HOME") or ".codex") / "skills"
