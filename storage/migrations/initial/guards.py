"""What the database itself refuses or keeps up: the append-only record, ``updated_at``, the view of approvals."""

from __future__ import annotations

from storage.types import UTC_NOW_SQLITE

_TOUCHED = ("skills", "providers", "install_targets", "executions", "chat_actions", "hitl_requests")

_APPROVALS = """\
CREATE VIEW approval_requests AS SELECT
  id, code, execution_id, chat_action_id, agent_type, request_type, status, title, description, payload, response,
  risk_level, subject_hash, policy, rule, requesters, change, threshold, revision, created_by, responded_by, comment,
  callback_url, created_at, updated_at, expires_at, remind_at, responded_at, execution_expires_at
FROM hitl_requests"""

_GATE_IS_SHUT = "NOT EXISTS (SELECT 1 FROM retention_gate)"
# INSERT OR REPLACE deletes without firing a DELETE trigger.
_TAKES_A_PLACE = """\
EXISTS (SELECT 1 FROM execution_events WHERE id = NEW.id OR (execution_id = NEW.execution_id AND seq = NEW.seq))"""


def statements() -> list[str]:
    """Return the statements that create the triggers and the view."""
    return [
        _refuse("UPDATE", _GATE_IS_SHUT),
        _refuse("DELETE", _GATE_IS_SHUT),
        _refuse("INSERT", _TAKES_A_PLACE),
        # Of two triggers SQLite fires the younger one first, and "keep" has the last word.
        *(_keep(table) for table in _TOUCHED),
        *(_touch(table) for table in _TOUCHED),
        _APPROVALS,
    ]


def _refuse(change: str, when: str) -> str:
    return f"""\
CREATE TRIGGER execution_events_no_{change.lower()} BEFORE {change} ON execution_events FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, 'execution_events is append-only'); END"""


def _touch(table: str) -> str:
    return _on_update(f"{table}_touch_updated_at", "UPDATE", table, UTC_NOW_SQLITE)


def _keep(table: str) -> str:
    """Return the trigger that lets a moment stand that was given, even the same again: as MariaDB's ON UPDATE does."""
    return _on_update(f"{table}_keep_updated_at", "UPDATE OF updated_at", table, "NEW.updated_at")


def _on_update(name: str, change: str, table: str, moment: str) -> str:
    when = "NEW.updated_at IS OLD.updated_at"
    change_it = f"UPDATE {table} SET updated_at = {moment} WHERE id = NEW.id"  # noqa: S608 - all of it ours
    return f"CREATE TRIGGER {name} AFTER {change} ON {table} FOR EACH ROW WHEN {when}\nBEGIN {change_it}; END"
