"""Policies: the versions of the policy."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, false, true, update

from core.domain.policies import PolicyVersion
from storage.repositories.base import Repository
from storage.row_map import RowMap
from storage.session import Session
from storage.tables.policies import DeploymentPolicyRow

# The table could hold several policies; this program has one.
_NAME = "default"


def _add_name(row: dict[str, Any]) -> None:
    row["name"] = _NAME


POLICIES = RowMap(DeploymentPolicyRow, PolicyVersion, data=("rules",), pack=_add_name)

_policy = POLICIES.table.c
_NEWEST_FIRST = POLICIES.select.where(_policy.name == _NAME).order_by(_policy.version.desc())
_ACTIVE = _NEWEST_FIRST.where(_policy.is_active == true()).limit(1)
_RETIRE = (
    update(POLICIES.table)
    .where(_policy.name == _NAME, _policy.is_active == true())
    .values(is_active=false(), updated_at=bindparam("now"))
)


class SqlPolicies(Repository[PolicyVersion]):
    """The versions of the policy."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, POLICIES)

    async def active(self) -> PolicyVersion | None:
        return await self._one(_ACTIVE)

    async def add(self, version: PolicyVersion) -> None:
        self._session.write(_RETIRE, {"now": version.created_at})
        await self._add(version.evolve(is_active=True))

    async def all(self) -> tuple[PolicyVersion, ...]:
        return await self._many(_NEWEST_FIRST)
