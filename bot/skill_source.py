"""Where skills come from, as the settings say."""

from __future__ import annotations

from bot.config import Settings
from bot.git.credentials import GitCredentials
from bot.git.signatures import SignatureKeys
from bot.home import Home
from bot.integrations.git_skill_source import GitSkillSource
from bot.integrations.git_tree import Limits
from bot.integrations.secret_stores import Secrets
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.domain.sources import AllowedHosts


def configured_source(
    settings: Settings, allowed: AllowedHosts, home: Home, secrets: Secrets, masker: Masker
) -> GitSkillSource:
    """Return the source that fetches from ``allowed``, with room for work in ``home``."""
    limits = settings.limits
    tokens = {entry.host: SecretRef.parse(entry.token) for entry in settings.sources.credentials}
    return GitSkillSource(
        allowed,
        home.scratch,
        Limits(
            files=limits.files,
            file_bytes=limits.file_bytes,
            skill_bytes=limits.skill_bytes,
            repository_bytes=limits.repository_bytes,
        ),
        credentials=GitCredentials(tokens, secrets, masker),
        keys=_keys(settings, home),
    )


def _keys(settings: Settings, home: Home) -> SignatureKeys:
    """Return whose signatures count; the files are named relative to the home."""
    signers, keys = settings.sources.allowed_signers, settings.sources.gpg_keys
    return SignatureKeys(
        allowed_signers=home.path / signers if signers else None, gpg_keys=home.path / keys if keys else None
    )
