"""The tables ``skills`` and ``skill_versions``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from storage.tables.fields import Row, document, flag, key, moment, newest_first, number, prose, ref, word
from storage.types import json_check


class SkillRow(Row, table=True):
    """An entry of the catalogue."""

    __tablename__ = "skills"
    __table_args__ = (
        UniqueConstraint("name", name="uq_skills_name"),
        *json_check("skills", "tags"),
        Index("idx_skills_owner_id_created_at", "owner_id", newest_first("created_at")),
        Index("idx_skills_github_url", "github_url"),
        Index("idx_skills_tags", "tags", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )

    id: str = key()
    owner_id: str = ref("users")
    name: str = word(64)
    title: str = word(120)
    description: str = prose()
    github_url: str = word(500)
    path: str = word(1024)
    source_ref: str = word(120, default="main")
    tags: list[str] = document(default="[]")
    is_archived: bool = flag()
    created_at: datetime = moment(default_now=True)
    updated_at: datetime = moment(default_now=True)


class SkillVersionRow(Row, table=True):
    """The content of a skill at one commit."""

    __tablename__ = "skill_versions"
    __table_args__ = (
        UniqueConstraint("skill_id", "commit_sha", "digest", name="uq_skill_versions_content"),
        *json_check("skill_versions", "manifest", "reach"),
        Index("idx_skill_versions_skill_id_created_at", "skill_id", newest_first("created_at")),
    )

    id: str = key()
    skill_id: str = ref("skills")
    requested_ref: str = word(120)
    commit_sha: str | None = word(64)
    digest: str = word(64)
    author: str | None = word(255)
    committed_at: datetime | None = moment()
    file_count: int = number()
    size: int = number()
    manifest: dict[str, Any] | None = document()
    reach: dict[str, Any] | None = document()
    bundle_path: str | None = word(1024)
    created_at: datetime = moment(default_now=True)
