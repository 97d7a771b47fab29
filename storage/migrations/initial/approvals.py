"""Policies, questions to people, and where they were asked."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import NOTICE_KINDS, document, flag, key, moment, number, prose, ref, unique, word
from storage.types import json_check, one_of


def create() -> None:
    """Create the tables."""
    _deployment_policies()
    _hitl_requests()
    _approval_votes()
    _approval_prompts()
    _button_tokens()


def _deployment_policies() -> None:
    op.create_table(
        "deployment_policies",
        key(),
        word("name", 100),
        number("version", default=1),
        word("hash", 64),
        document("rules"),
        flag("is_active"),
        ref("created_by", "users", nullable=True),
        moment("created_at", now=True),
        moment("updated_at", now=True),
        unique("uq_deployment_policies_version", "name", "version"),
        *json_check("deployment_policies", "rules"),
    )


def _hitl_requests() -> None:
    op.create_table(
        "hitl_requests",
        key(),
        word("code", 16),
        ref("execution_id", "executions", nullable=True),
        ref("chat_action_id", "chat_actions", nullable=True),
        word("agent_type", 20),
        word("request_type", 50),
        word("status", 20, default="pending"),
        word("title", 255),
        prose("description", nullable=True),
        document("payload"),
        document("options", default="[]"),
        document("response", nullable=True),
        word("risk_level", 20),
        word("subject_hash", 64),
        word("question_hash", 64, nullable=True),
        word("policy", 100),
        document("rule"),
        document("requesters"),
        document("change", nullable=True),
        number("threshold", default=1),
        number("revision", default=1),
        word("created_by", 100),
        word("responded_by", 100, nullable=True),
        prose("comment", nullable=True),
        word("callback_url", 2048, nullable=True),
        moment("created_at", now=True),
        moment("updated_at", now=True),
        moment("expires_at"),
        moment("remind_at", nullable=True),
        moment("responded_at", nullable=True),
        moment("execution_expires_at", nullable=True),
        unique("uq_hitl_requests_code", "code"),
        one_of("hitl_requests", "agent_type", ("cost", "bdp", "hdsp", "drift", "chatops")),
        one_of("hitl_requests", "request_type", ("action_approval", "prompt_input", "confirmation")),
        one_of("hitl_requests", "status", ("pending", "approved", "rejected", "expired", "cancelled")),
        one_of("hitl_requests", "risk_level", ("read", "write", "destructive")),
        *json_check("hitl_requests", "payload", "options", "response", "rule", "requesters", "change"),
    )
    op.create_index("idx_hitl_agent_status", "hitl_requests", ["agent_type", "status"])
    op.create_index("idx_hitl_created_at", "hitl_requests", ["created_at"])
    op.create_index("idx_hitl_execution_id", "hitl_requests", ["execution_id"])
    op.create_index("idx_hitl_question_hash", "hitl_requests", ["question_hash", "status", "created_at", "id"])
    op.create_index("idx_hitl_status_created_at", "hitl_requests", ["status", "created_at", "id"])
    op.create_index("idx_hitl_expires", "hitl_requests", ["expires_at"])
    op.create_index("idx_hitl_status_expires", "hitl_requests", ["status", "expires_at", "id"])
    op.create_index("idx_hitl_status", "hitl_requests", ["status"])


def _approval_votes() -> None:
    op.create_table(
        "approval_votes",
        key(),
        ref("request_id", "hitl_requests", ondelete="CASCADE"),
        ref("user_id", "users"),
        flag("approve"),
        flag("is_confirmed", default=True),
        prose("comment", nullable=True),
        document("answer", nullable=True),
        number("revision"),
        word("channel", 20),
        ref("on_behalf_of", "users", nullable=True),
        moment("voted_at"),
        unique("uq_approval_votes_person", "request_id", "user_id"),
        one_of("approval_votes", "channel", ("console", "slack", "telegram", "api")),
        *json_check("approval_votes", "answer"),
    )


def _approval_prompts() -> None:
    op.create_table(
        "approval_prompts",
        key(),
        word("kind", 20),
        ref("execution_id", "executions", ondelete="CASCADE", nullable=True),
        ref("request_id", "hitl_requests", ondelete="CASCADE", nullable=True),
        ref("drift_id", "drift_events", ondelete="CASCADE", nullable=True),
        ref("user_id", "users", nullable=True),
        word("channel", 20),
        word("workspace_id", 100),
        word("conversation_id", 255),
        word("thread_id", 255, nullable=True),
        flag("is_private"),
        word("message_id", 255),
        number("shown_revision"),
        flag("is_behind"),
        flag("is_gone"),
        number("attempts", default=0),
        moment("next_attempt_at"),
        moment("created_at", now=True),
        one_of("approval_prompts", "kind", NOTICE_KINDS),
        one_of("approval_prompts", "channel", ("console", "slack", "telegram", "api")),
    )
    op.create_index("idx_approval_prompts_drift_id", "approval_prompts", ["drift_id"])
    op.create_index("idx_approval_prompts_behind", "approval_prompts", ["is_behind", "next_attempt_at"])
    op.create_index("idx_approval_prompts_execution_id", "approval_prompts", ["execution_id"])
    op.create_index(
        "idx_approval_prompts_message", "approval_prompts", ["channel", "workspace_id", "conversation_id", "message_id"]
    )
    op.create_index(
        "idx_approval_prompts_place", "approval_prompts", ["channel", "workspace_id", "conversation_id", "created_at"]
    )


def _button_tokens() -> None:
    op.create_table(
        "button_tokens",
        word("token", 32, primary_key=True),
        ref("execution_id", "executions", ondelete="CASCADE", nullable=True),
        ref("request_id", "hitl_requests", ondelete="CASCADE", nullable=True),
        number("revision", default=0),
        document("press"),
        document("form", nullable=True),
        word("press_key", 64),
        moment("created_at", now=True),
        unique("uq_button_tokens_press_key", "press_key"),
        *json_check("button_tokens", "press", "form"),
    )
    op.create_index("idx_button_tokens_execution_id", "button_tokens", ["execution_id"])
