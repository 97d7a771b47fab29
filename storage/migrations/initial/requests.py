"""Requests and what becomes of them."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import (
    big_number,
    document,
    flag,
    identifier,
    key,
    moment,
    money,
    newest_first,
    number,
    prose,
    ref,
    unique,
    word,
)
from storage.types import json_check, one_of


def create() -> None:
    """Create the tables."""
    _executions()
    _status_transitions()
    _artifacts()
    _install_runs()
    _chat_actions()


def _executions() -> None:
    op.create_table(
        "executions",
        key(),
        word("code", 16),
        ref("user_id", "users"),
        word("channel", 20),
        word("workspace_id", 100),
        word("channel_id", 255),
        word("thread_id", 255, nullable=True),
        word("channel_user_id", 255),
        flag("is_private"),
        word("dedupe_key", 255),
        prose("input_text"),
        prose("prompt"),
        word("model", 100, default="claude-sonnet-4-20250514"),
        number("max_tokens", default=4096),
        document("metadata", nullable=True),
        word("status", 20, default="pending"),
        word("waiting_for", 20, nullable=True),
        number("revision", default=1),
        document("subject", nullable=True),
        word("job_name", 255),
        word("pod_name", 255, nullable=True),
        moment("created_at", now=True),
        moment("started_at", nullable=True),
        moment("completed_at", nullable=True),
        moment("updated_at", now=True),
        prose("output", nullable=True),
        number("tokens_used", nullable=True),
        number("input_tokens", nullable=True),
        number("output_tokens", nullable=True),
        word("error_code", 100, nullable=True),
        prose("error_message", nullable=True),
        document("error_details", nullable=True),
        money("estimated_cost", nullable=True),
        moment("retain_until", nullable=True),
        flag("is_permanent"),
        number("timeout", nullable=True),
        word("callback_url", 2048, nullable=True),
        document("resources", nullable=True),
        ref("replay_of", "executions", ondelete="SET NULL", nullable=True),
        word("replay_mode", 20, nullable=True),
        unique("uq_executions_code", "code"),
        unique("uq_executions_dedupe_key", "dedupe_key"),
        one_of("executions", "channel", ("console", "slack", "telegram", "api")),
        one_of("executions", "status", ("pending", "running", "completed", "failed", "cancelled")),
        one_of("executions", "waiting_for", ("answer", "plan", "approval", "run")),
        one_of("executions", "replay_mode", ("view", "dry-run", "rerun")),
        *json_check("executions", "metadata", "subject", "error_details", "resources"),
    )
    op.create_index("idx_executions_by_completed_at", "executions", ["completed_at", "id"])
    op.create_index("idx_executions_by_created_at", "executions", ["created_at", "id"])
    op.create_index("idx_executions_by_status", "executions", ["status", "id"])
    op.create_index("idx_executions_by_user", "executions", ["user_id", "created_at", "id"])
    op.create_index("idx_executions_conversation", "executions", ["channel", "channel_id", newest_first("created_at")])
    op.create_index("idx_executions_created_at", "executions", [newest_first("created_at")])
    op.create_index("idx_executions_job_name", "executions", ["job_name"])
    op.create_index("idx_executions_replay_of", "executions", ["replay_of", "created_at"])
    op.create_index("idx_executions_status", "executions", ["status"])
    op.create_index("idx_executions_user_id", "executions", ["user_id"])
    op.create_index("idx_executions_waiting_for", "executions", ["waiting_for", "created_at"])


def _status_transitions() -> None:
    op.create_table(
        "status_transitions",
        key(),
        ref("execution_id", "executions", ondelete="CASCADE", nullable=True),
        word("entity_type", 20),
        identifier("entity_id"),
        word("from_status", 20, nullable=True),
        word("to_status", 20),
        moment("transitioned_at", now=True),
        prose("reason", nullable=True),
        word("actor", 255),
        one_of("status_transitions", "entity_type", ("execution", "hitl", "run", "target", "chat_action", "artifact")),
    )
    op.create_index("idx_status_transitions_execution_id", "status_transitions", ["execution_id"])


def _artifacts() -> None:
    op.create_table(
        "artifacts",
        key(),
        ref("execution_id", "executions", ondelete="CASCADE"),
        word("file_name", 255),
        word("file_path", 1024),
        big_number("file_size"),
        word("mime_type", 100, nullable=True),
        word("checksum", 64, nullable=True),
        word("type", 20, default="other"),
        word("status", 20, default="active"),
        moment("created_at", now=True),
        moment("expires_at", nullable=True),
        moment("archived_at", nullable=True),
        document("tags", nullable=True),
        one_of("artifacts", "type", ("code", "document", "image", "data", "log", "other")),
        one_of("artifacts", "status", ("uploading", "active", "archived", "deleted")),
        *json_check("artifacts", "tags"),
    )
    op.create_index("idx_artifacts_execution_id", "artifacts", ["execution_id"])
    op.create_index("idx_artifacts_expires_at", "artifacts", ["expires_at"])
    op.create_index("idx_artifacts_status", "artifacts", ["status"])


def _install_runs() -> None:
    op.create_table(
        "install_runs",
        key(),
        ref("execution_id", "executions"),
        ref("parent_run_id", "install_runs", ondelete="SET NULL", nullable=True),
        ref("skill_id", "skills"),
        ref("provider_id", "providers"),
        ref("target_id", "install_targets", nullable=True),
        ref("triggered_by", "users"),
        word("trigger_source", 20, default="chatbot"),
        word("action", 20),
        word("requested_ref", 120, nullable=True),
        word("status", 20, default="queued"),
        number("attempt", default=1),
        word("error_code", 100, nullable=True),
        prose("error_message", nullable=True),
        moment("not_before", nullable=True),
        word("waits_for", 255, nullable=True),
        word("lease_owner", 255, nullable=True),
        moment("lease_until", nullable=True),
        number("fence", default=0),
        identifier("active_key", nullable=True),
        moment("started_at", nullable=True),
        moment("finished_at", nullable=True),
        moment("receipt_due", nullable=True),
        moment("created_at", now=True),
        one_of("install_runs", "trigger_source", ("ui", "chatbot", "system")),
        one_of("install_runs", "action", ("install", "sync", "retry", "rollback", "uninstall")),
        one_of("install_runs", "status", ("queued", "running", "success", "failed", "partial_failed")),
    )
    op.create_index("idx_install_runs_created_at", "install_runs", [newest_first("created_at")])
    op.create_index("idx_install_runs_execution_id", "install_runs", ["execution_id"])
    op.create_index(
        "idx_install_runs_pair_created_at", "install_runs", ["skill_id", "provider_id", newest_first("created_at")]
    )
    op.create_index("idx_install_runs_status_created_at", "install_runs", ["status", newest_first("created_at")])
    op.create_index("idx_install_runs_target_id_status", "install_runs", ["target_id", "status"])
    op.create_index("idx_install_runs_receipt_due", "install_runs", ["receipt_due"])
    op.create_index("uq_install_runs_active_key", "install_runs", ["active_key"], unique=True)


def _chat_actions() -> None:
    op.create_table(
        "chat_actions",
        key(),
        ref("user_id", "users"),
        word("intent", 100),
        prose("input_text"),
        document("resolved_action"),
        word("risk_level", 20),
        ref("execution_id", "executions", nullable=True),
        ref("run_id", "install_runs", ondelete="SET NULL", nullable=True),
        word("result", 20, default="accepted"),
        moment("created_at", now=True),
        moment("updated_at", now=True),
        one_of("chat_actions", "risk_level", ("read", "write", "destructive")),
        one_of("chat_actions", "result", ("accepted", "rejected", "executed", "failed")),
        *json_check("chat_actions", "resolved_action"),
    )
    op.create_index("idx_chat_actions_execution_id", "chat_actions", ["execution_id"])
    op.create_index("idx_chat_actions_user_id_created_at", "chat_actions", ["user_id", "created_at"])
