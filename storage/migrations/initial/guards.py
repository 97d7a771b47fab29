"""What the database itself refuses or keeps up: the append-only record, moments, versions, the view of approvals."""

from __future__ import annotations

from sqlalchemy import Dialect

from storage.types import MYSQL, UTC_NOW_SQLITE

_TOUCHED = ("skills", "providers", "install_targets", "executions", "chat_actions", "hitl_requests")

# Tables that are read whole, again and again: they get another version when somebody writes them, by whatever door.
_VERSIONED = ("users", "channel_identities", "skills")
_CHANGES = ("INSERT", "UPDATE", "DELETE")

_APPROVALS = (
    *("id", "code", "execution_id", "chat_action_id", "agent_type", "request_type", "status", "title", "description"),
    *(
        "payload",
        "options",
        "response",
        "risk_level",
        "subject_hash",
        "question_hash",
        "policy",
        "rule",
        "requesters",
        "change",
        "threshold",
    ),
    *("revision", "created_by", "responded_by", "comment", "callback_url", "created_at", "updated_at", "expires_at"),
    *("remind_at", "responded_at", "execution_expires_at"),
)
_REFUSAL = "execution_events is append-only"
# What a redaction leaves as it is: all but the payload and its salts.
_FIXED = ("id", "execution_id", "user_id", "event_type", "timestamp", "created_at", "seq", "prev_hash", "hash")


def _open(purpose: str) -> str:
    # The row that opens the gate is seen by nobody but the transaction that put it there, and goes with it.
    return f"EXISTS (SELECT 1 FROM retention_gate WHERE purpose = '{purpose}')"  # noqa: S608 - all of it ours


def _both(pattern: str, between: str = ", ") -> str:
    """Return ``pattern`` filled in with each column that is fixed."""
    return between.join(pattern.format(column) for column in _FIXED)


def statements(dialect: Dialect) -> list[str]:
    """Return the statements that create the triggers and the view."""
    columns = ", ".join(dialect.identifier_preparer.quote(column) for column in _APPROVALS)
    view = f"CREATE VIEW approval_requests AS SELECT {columns} FROM hitl_requests"  # noqa: S608 - all of it ours
    versions = [f"INSERT INTO table_versions (name, version) VALUES ('{table}', '')" for table in _VERSIONED]  # noqa: S608 - all of it ours
    if dialect.name == "postgresql":
        return [*versions, *_postgresql(), view]
    if dialect.name in MYSQL:
        return [*versions, *_versioned("uuid()"), *_mysql(), view]
    return [*versions, *_versioned("lower(hex(randomblob(16)))"), *_sqlite(), view]


def _renew(table: str, version: str) -> str:
    # It never comes again, not even when the database goes back to what it was before.
    return f"UPDATE table_versions SET version = {version} WHERE name = {table}"  # noqa: S608 - all of it ours


def _versioned(version: str) -> list[str]:
    """Return the triggers that give tables another ``version``, in the words that SQLite and MySQL share."""
    return [
        f"CREATE TRIGGER {table}_version_{change.lower()} AFTER {change} ON {table} FOR EACH ROW\n"
        f"BEGIN {_renew(repr(table), version)}; END"
        for table in _VERSIONED
        for change in _CHANGES
    ]


def _sqlite() -> list[str]:
    # INSERT OR REPLACE deletes without firing a DELETE trigger.
    taken = "id = NEW.id OR (execution_id = NEW.execution_id AND seq = NEW.seq)"
    return [
        _refuse("UPDATE", f"NOT {_open('redaction')} OR {_both('NEW.{0} IS NOT OLD.{0}', ' OR ')}"),
        _refuse("DELETE", f"NOT {_open('retention')}"),
        _refuse("INSERT", f"EXISTS (SELECT 1 FROM execution_events WHERE {taken})"),  # noqa: S608 - all of it ours
        # Of two triggers SQLite fires the younger one first, and "keep" has the last word.
        *(_keep(table) for table in _TOUCHED),
        *(_touch(table) for table in _TOUCHED),
    ]


def _refuse(change: str, when: str) -> str:
    return f"""\
CREATE TRIGGER execution_events_no_{change.lower()} BEFORE {change} ON execution_events FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""


def _touch(table: str) -> str:
    return _on_update(f"{table}_touch_updated_at", "UPDATE", table, UTC_NOW_SQLITE)


def _keep(table: str) -> str:
    """Return the trigger that lets a moment stand that was given, even the same again: as MySQL's ON UPDATE does."""
    return _on_update(f"{table}_keep_updated_at", "UPDATE OF updated_at", table, "NEW.updated_at")


def _on_update(name: str, change: str, table: str, moment: str) -> str:
    when = "NEW.updated_at IS OLD.updated_at"
    change_it = f"UPDATE {table} SET updated_at = {moment} WHERE id = NEW.id"  # noqa: S608 - all of it ours
    return f"CREATE TRIGGER {name} AFTER {change} ON {table} FOR EACH ROW WHEN {when}\nBEGIN {change_it}; END"


def _postgresql() -> list[str]:
    return [
        f"""\
CREATE FUNCTION execution_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND {_open("retention")} THEN RETURN OLD; END IF;
  IF TG_OP = 'UPDATE' AND {_open("redaction")} THEN
    IF ({_both("NEW.{0}")}) IS NOT DISTINCT FROM ({_both("OLD.{0}")}) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
        *(
            f"CREATE TRIGGER execution_events_no_{name} BEFORE {change} ON execution_events "
            f"FOR EACH {each} EXECUTE FUNCTION execution_events_refuse()"
            for name, change, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"))
        ),
        # The first trigger fires when a moment is given, and then the second lets it stand: as MySQL's ON UPDATE does.
        """\
CREATE FUNCTION updated_at_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('skillwarden.updated_at', 'given', true);
  RETURN NEW;
END $$""",
        """\
CREATE FUNCTION updated_at_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('skillwarden.updated_at', true) = 'given' THEN
    PERFORM set_config('skillwarden.updated_at', '', true);
  ELSE
    NEW.updated_at := now();
  END IF;
  RETURN NEW;
END $$""",
        *(
            f"CREATE TRIGGER {table}_{name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
            for table in _TOUCHED
            # PostgreSQL fires them in the order of their names.
            for name, change, function in (
                ("keep_updated_at", "UPDATE OF updated_at", "updated_at_given"),
                ("touch_updated_at", "UPDATE", "updated_at_touch"),
            )
        ),
        f"""\
CREATE FUNCTION renew_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {_renew("TG_TABLE_NAME", "gen_random_uuid()::text")};
  RETURN NULL;
END $$""",
        *(
            f"CREATE TRIGGER {table}_version AFTER {' OR '.join(_CHANGES)} OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION renew_version()"
            for table in _VERSIONED
        ),
    ]


def _mysql() -> list[str]:
    refusal = f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{_REFUSAL}'"
    return [
        *(
            f"CREATE TRIGGER execution_events_no_{change} BEFORE {change.upper()} ON execution_events FOR EACH ROW "
            f"BEGIN IF {condition} THEN {refusal}; END IF; END"
            for change, condition in (
                ("update", f"NOT {_open('redaction')} OR NOT ({_both('NEW.{0} <=> OLD.{0}', ' AND ')})"),
                ("delete", f"NOT {_open('retention')}"),
            )
        ),
        *(
            f"ALTER TABLE {table} MODIFY updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) "
            "ON UPDATE CURRENT_TIMESTAMP(6)"
            for table in _TOUCHED
        ),
    ]
