"""The table ``providers``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index

from core.domain.targets import ProviderKind, ProviderMode, ProviderStatus
from storage.tables.fields import Row, document, key, moment, prose, ref, word
from storage.types import json_check, one_of


class ProviderRow(Row, table=True):
    """A connected provider; ``config`` holds references to secrets, never secrets."""

    __tablename__ = "providers"
    __table_args__ = (
        one_of("providers", "name", ProviderKind),
        one_of("providers", "status", ProviderStatus),
        one_of("providers", "mode", ProviderMode),
        *json_check("providers", "config"),
        Index("idx_providers_owner_id", "owner_id"),
    )

    id: str = key()
    owner_id: str = ref("users")
    name: str = word(20)
    display_name: str = word(50)
    status: str = word(20, default=ProviderStatus.CONNECTED)
    mode: str = word(20, default=ProviderMode.FILESYSTEM)
    config: dict[str, Any] = document(default="{}")
    last_error: str | None = prose()
    created_at: datetime = moment(default_now=True)
    updated_at: datetime = moment(default_now=True)
