"""PolicyVersion: one state of the policy, kept for good."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime

from core.domain.base import Domain


class PolicyVersion(Domain):
    """The rules as they were declared, as JSON; ``hash`` is the SHA-256 (hex) that says whether two are the same.

    ``created_by`` is the user who changed it; None when the program took it from its configuration. One is active.
    """

    id: str
    version: int
    hash: str
    rules: dict[str, Any]
    is_active: bool
    created_by: str | None = None
    created_at: AwareDatetime
