"""Where skills come from, as the settings say."""

from __future__ import annotations

from pathlib import Path

from bot.config import Settings
from bot.git.credentials import GitCredentials
from bot.integrations.git_skill_source import GitSkillSource
from bot.integrations.git_tree import Limits
from bot.integrations.secret_stores import Secrets
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.domain.sources import AllowedHosts


def configured_source(
    settings: Settings, allowed: AllowedHosts, scratch: Path, secrets: Secrets, masker: Masker
) -> GitSkillSource:
    """Return the source that fetches from ``allowed``, with room for work in ``scratch``."""
    limits = settings.limits
    tokens = {entry.host: SecretRef.parse(entry.token) for entry in settings.sources.credentials}
    return GitSkillSource(
        allowed,
        scratch,
        Limits(
            files=limits.files,
            file_bytes=limits.file_bytes,
            skill_bytes=limits.skill_bytes,
            repository_bytes=limits.repository_bytes,
        ),
        credentials=GitCredentials(tokens, secrets, masker),
    )
