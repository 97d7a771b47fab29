"""The table ``deployment_policies``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint

from storage.tables.fields import Row, document, flag, key, moment, number, ref, word
from storage.types import json_check


class DeploymentPolicyRow(Row, table=True):
    """One version of a named policy: which actions need whose consent."""

    __tablename__ = "deployment_policies"
    __table_args__ = (
        UniqueConstraint("name", "version", name="uq_deployment_policies_version"),
        *json_check("deployment_policies", "rules"),
    )

    id: str = key()
    name: str = word(100)
    version: int = number(default=1)
    hash: str = word(64)
    rules: dict[str, Any] = document()
    is_active: bool = flag()
    created_by: str | None = ref("users")
    created_at: datetime = moment(default_now=True)
    updated_at: datetime = moment(default_now=True)
