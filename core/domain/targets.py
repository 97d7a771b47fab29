"""Where skills go: providers, and the targets that pair a skill with a provider."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from core.domain.base import Domain


class ProviderKind(StrEnum):
    """The AI providers a skill can be installed on."""

    OPENAI = "openai"
    CLAUDE = "claude"
    GEMINI = "gemini"


class ProviderStatus(StrEnum):
    """Whether a provider can be used."""

    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    ERROR = "error"


class ProviderMode(StrEnum):
    """How skills reach a provider."""

    FILESYSTEM = "filesystem"
    GIT = "git"
    API = "api"


class Provider(Domain):
    """A connected provider; ``config`` holds places and references, never a secret."""

    id: str
    owner_id: str
    name: ProviderKind
    display_name: str = Field(max_length=50)
    status: ProviderStatus = ProviderStatus.CONNECTED
    mode: ProviderMode = ProviderMode.FILESYSTEM
    config: dict[str, Any] = Field(default_factory=dict)
    last_error: str | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime


class TargetStatus(StrEnum):
    """The state of one skill on one provider."""

    IDLE = "idle"
    SYNCING = "syncing"
    INSTALLED = "installed"
    FAILED = "failed"


class InstallTarget(Domain):
    """One skill on one provider: what is wanted, what is installed, what was there before.

    ``*_ref`` are full commits; ``*_digest`` are digests of the skill's content (``SkillBundle.digest``).
    """

    id: str
    skill_id: str
    provider_id: str
    desired_ref: str = Field(max_length=120)
    installed_ref: str | None = None
    installed_digest: str | None = None
    previous_ref: str | None = None
    previous_digest: str | None = None
    status: TargetStatus = TargetStatus.IDLE
    last_synced_at: AwareDatetime | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime
