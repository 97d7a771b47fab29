"""Skills, providers, what is installed where, and what must not be changed."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import document, flag, key, moment, newest_first, number, prose, ref, unique, word
from storage.types import json_check, one_of


def create() -> None:
    """Create the tables."""
    _skills()
    _skill_versions()
    _providers()
    _install_targets()
    _freezes()


def _skills() -> None:
    op.create_table(
        "skills",
        key(),
        ref("owner_id", "users"),
        word("name", 64),
        word("title", 120),
        prose("description"),
        word("github_url", 500),
        word("path", 1024),
        word("source_ref", 120, default="main"),
        document("tags", default="[]"),
        flag("is_archived"),
        moment("created_at", now=True),
        moment("updated_at", now=True),
        unique("uq_skills_name", "name"),
        *json_check("skills", "tags"),
    )
    op.create_index("idx_skills_github_url", "skills", ["github_url"])
    if op.get_context().dialect.name == "postgresql":
        op.create_index("idx_skills_tags", "skills", ["tags"], postgresql_using="gin")
    op.create_index("idx_skills_owner_id_created_at", "skills", ["owner_id", newest_first("created_at")])


def _skill_versions() -> None:
    op.create_table(
        "skill_versions",
        key(),
        ref("skill_id", "skills"),
        word("requested_ref", 120),
        word("commit_sha", 64, nullable=True),
        word("digest", 64),
        word("author", 255, nullable=True),
        moment("committed_at", nullable=True),
        number("file_count"),
        number("size"),
        document("manifest", nullable=True),
        document("reach", nullable=True),
        word("bundle_path", 1024, nullable=True),
        moment("created_at", now=True),
        unique("uq_skill_versions_content", "skill_id", "commit_sha", "digest"),
        *json_check("skill_versions", "manifest", "reach"),
    )
    op.create_index(
        "idx_skill_versions_skill_id_created_at", "skill_versions", ["skill_id", newest_first("created_at")]
    )


def _providers() -> None:
    op.create_table(
        "providers",
        key(),
        ref("owner_id", "users"),
        word("name", 20),
        word("display_name", 50),
        word("status", 20, default="connected"),
        word("mode", 20, default="filesystem"),
        document("config", default="{}"),
        prose("last_error", nullable=True),
        moment("created_at", now=True),
        moment("updated_at", now=True),
        one_of("providers", "name", ("openai", "claude", "gemini")),
        one_of("providers", "status", ("connected", "disconnected", "error")),
        one_of("providers", "mode", ("filesystem", "git", "api")),
        *json_check("providers", "config"),
    )
    op.create_index("idx_providers_owner_id", "providers", ["owner_id"])


def _install_targets() -> None:
    op.create_table(
        "install_targets",
        key(),
        ref("skill_id", "skills"),
        ref("provider_id", "providers"),
        word("desired_ref", 120),
        word("installed_ref", 120, nullable=True),
        word("installed_digest", 64, nullable=True),
        word("previous_ref", 120, nullable=True),
        word("previous_digest", 64, nullable=True),
        word("status", 20, default="idle"),
        moment("last_synced_at", nullable=True),
        moment("created_at", now=True),
        moment("updated_at", now=True),
        unique("uq_install_targets_pair", "skill_id", "provider_id"),
        one_of("install_targets", "status", ("idle", "syncing", "installed", "failed")),
    )
    op.create_index("idx_install_targets_provider_id", "install_targets", ["provider_id"])


def _freezes() -> None:
    op.create_table(
        "freezes",
        key(),
        ref("skill_id", "skills", nullable=True),
        ref("provider_id", "providers", nullable=True),
        ref("user_id", "users"),
        prose("reason", nullable=True),
        moment("created_at", now=True),
        moment("ended_at", nullable=True),
    )
    op.create_index("idx_freezes_ended_at", "freezes", ["ended_at"])
