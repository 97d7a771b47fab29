"""The schema: what migrations make, what the tables say and what the seeds demand are the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlmodel import SQLModel

from core.errors import StorageError
from storage import sqlite
from storage.database import parse_url
from storage.migrate import current_and_head, migrate
from storage.migrations import upgrade
from storage.migrations.initial import guards
from storage.schema import HEAD, create_schema

#: Seed -> table -> its columns. 003 and 004 in full, 001 where it is not the same, 002 entity by entity.
SEED_COLUMNS = {
    "users": "id email role is_active created_at",
    "skills": "id owner_id title description github_url source_ref tags is_archived created_at updated_at",
    "providers": "id owner_id name display_name status config created_at updated_at",
    "install_targets": (
        "id skill_id provider_id desired_ref installed_ref status last_synced_at created_at updated_at previous_ref"
    ),
    "install_runs": (
        "id skill_id provider_id target_id triggered_by trigger_source action requested_ref status attempt error_code "
        "error_message started_at finished_at created_at execution_id parent_run_id lease_owner lease_until fence"
    ),
    "chat_actions": ("id user_id intent input_text resolved_action run_id result created_at execution_id updated_at"),
    "hitl_requests": (
        "id agent_type request_type status title description payload response created_at updated_at expires_at "
        "created_by responded_by code callback_url execution_id chat_action_id risk_level subject_hash policy "
        "threshold remind_at responded_at comment execution_expires_at"
    ),
    "executions": (
        "id user_id channel input_text status created_at completed_at prompt model max_tokens metadata job_name "
        "pod_name started_at updated_at output tokens_used input_tokens output_tokens error_code error_message "
        "error_details estimated_cost retain_until is_permanent timeout callback_url resources code channel_id "
        "thread_id workspace_id channel_user_id dedupe_key replay_of replay_mode"
    ),
    "execution_events": ("id execution_id user_id event_type event_data timestamp created_at seq prev_hash hash"),
    "status_transitions": ("id execution_id from_status to_status transitioned_at reason entity_type entity_id actor"),
    "artifacts": (
        "id execution_id file_name file_path file_size mime_type checksum type status created_at expires_at "
        "archived_at tags"
    ),
    "channel_identities": "channel workspace_id external_id user_id",
    "approval_votes": "request_id user_id",
    "approval_prompts": "id",
    "notices": "dedupe_key attempts next_attempt_at",
    "audit_checkpoints": "id",
    "skill_versions": "id",
    "deployment_policies": "id version hash rules is_active",
    "delegations": "from_user_id to_user_id starts_at until",
    "freezes": "id skill_id provider_id user_id reason created_at ended_at",
    "api_tokens": "user_id name token_hash scopes expires_at",
    "cost_usage_daily": "id",
    "drift_events": "id",
}

SEED_INDEXES = {
    "execution_events": {
        "idx_events_execution_id": ["execution_id"],
        "idx_events_user_id": ["user_id"],
        "idx_events_timestamp": ["timestamp"],
    },
    "executions": {
        "idx_executions_user_id": ["user_id"],
        "idx_executions_created_at": ["created_at"],
        "idx_executions_status": ["status"],
        "idx_executions_job_name": ["job_name"],
    },
    "status_transitions": {"idx_status_transitions_execution_id": ["execution_id"]},
    "artifacts": {
        "idx_artifacts_execution_id": ["execution_id"],
        "idx_artifacts_status": ["status"],
        "idx_artifacts_expires_at": ["expires_at"],
    },
    "hitl_requests": {
        "idx_hitl_status": ["status"],
        "idx_hitl_agent_status": ["agent_type", "status"],
        "idx_hitl_expires": ["expires_at"],
        "idx_hitl_created_at": ["created_at"],
    },
    "skills": {
        "idx_skills_owner_id_created_at": ["owner_id", "created_at"],
        "idx_skills_github_url": ["github_url"],
    },
    "install_runs": {
        "idx_install_runs_created_at": ["created_at"],
        "idx_install_runs_pair_created_at": ["skill_id", "provider_id", "created_at"],
        "idx_install_runs_status_created_at": ["status", "created_at"],
    },
}

SEED_UNIQUE: dict[str, set[tuple[str, ...]]] = {
    "users": {("email",)},
    "install_targets": {("skill_id", "provider_id")},
    "channel_identities": {("channel", "workspace_id", "external_id")},
    "approval_votes": {("request_id", "user_id")},
    "notices": {("dedupe_key",)},
    "executions": {("code",), ("dedupe_key",)},
    "hitl_requests": {("code",)},
}


def step_by_step(connection: Connection) -> None:
    """Make the schema as a database that has seen every release has got it."""
    upgrade.upgrade(connection)


WAYS: dict[str, Callable[[Connection], None]] = {"in one go": create_schema, "step by step": step_by_step}


@pytest.fixture(params=WAYS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Give a database with the newest schema, made in each way."""
    engine = sqlite.migrating_engine(parse_url(f"sqlite:///{tmp_path / 'x.db'}"))
    with engine.begin() as connection:
        WAYS[request.param](connection)
    return engine


def described(engine: Engine) -> dict[str, str]:
    """Return every table, index, trigger and view with the lines of its SQL, sorted."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: "\n".join(sorted(line.strip(" \t,") for line in sql.splitlines())) for name, sql in rows}


def test_both_ways_lead_to_the_same_schema(tmp_path: Path) -> None:
    """A new database has letter by letter the tables, indexes, triggers and views of one that was migrated."""
    made = {}
    for way, make in WAYS.items():
        engine = sqlite.migrating_engine(parse_url(f"sqlite:///{tmp_path / way}.db"))
        with engine.begin() as connection:
            make(connection)
        made[way] = described(engine)
    assert made["in one go"] == made["step by step"]
    assert len(made["in one go"]) > 80


def test_the_tables_and_the_schema_agree(engine: Engine) -> None:
    """Alembic finds no difference between the database and the tables: tables, columns, types, indexes, constraints."""
    descending = {name.removeprefix("index ") for name, sql in described(engine).items() if " DESC" in sql}
    with engine.connect() as connection:
        # Alembic cannot compare indexes that descend; the test below does.
        options = {"compare_type": True, "include_object": lambda _, name, *__: name not in descending}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_a_table_is_as_its_class_says(engine: Engine, table: str) -> None:
    """Nullability, checks and references, which the comparison leaves out, agree as well."""
    reflected, declared = inspect(engine), SQLModel.metadata.tables[table]
    columns = {column["name"]: column["nullable"] for column in reflected.get_columns(table)}
    assert columns == {column.name: column.nullable for column in declared.columns}
    assert [column["name"] for column in reflected.get_columns(table)] == declared.columns.keys()
    assert {index["name"] for index in reflected.get_indexes(table)} == {index.name for index in declared.indexes}
    checks = {check["name"] for check in reflected.get_check_constraints(table)}
    assert checks == {str(item.name) for item in declared.constraints if str(item.name).startswith("ck_")}
    references = {
        (*key["constrained_columns"], key["referred_table"], key["options"].get("ondelete"))
        for key in reflected.get_foreign_keys(table)
    }
    assert references == {
        (column.name, key.column.table.name, key.ondelete) for column in declared.columns for key in column.foreign_keys
    }


@pytest.mark.parametrize("table", SEED_COLUMNS)
def test_the_columns_of_the_seeds_are_there(engine: Engine, table: str) -> None:
    """No field of the five seeds and of the data model is lost."""
    assert set(SEED_COLUMNS[table].split()) <= {column["name"] for column in inspect(engine).get_columns(table)}


@pytest.mark.parametrize("table", SEED_INDEXES)
def test_the_indexes_of_the_seeds_are_there(engine: Engine, table: str) -> None:
    """Every index the seeds name or recommend exists, on their columns."""
    found = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes(table)}
    assert SEED_INDEXES[table].items() <= found.items()


@pytest.mark.parametrize("table", SEED_UNIQUE)
def test_the_unique_constraints_are_there(engine: Engine, table: str) -> None:
    """What must not exist twice cannot."""
    found = {tuple(item["column_names"]) for item in inspect(engine).get_unique_constraints(table)}
    assert SEED_UNIQUE[table] <= found


@pytest.mark.parametrize("column", ["created_at DESC", "skill_id, provider_id, created_at DESC"])
def test_indexes_for_the_newest_descend(engine: Engine, column: str) -> None:
    """Where the seeds want the newest first, the index descends."""
    assert any(f"({column})" in sql for name, sql in described(engine).items() if name.startswith("index"))


def test_no_index_is_partial(engine: Engine) -> None:
    """MariaDB would silently make a full one of it."""
    assert [name for name, sql in described(engine).items() if name.startswith("index") and " WHERE " in sql] == []


def test_the_head_is_the_newest_script() -> None:
    """The constant that saves importing Alembic names the newest revision, and there is one line of revisions."""
    script = ScriptDirectory(str(Path(upgrade.__file__).parent))
    assert script.get_heads() == [HEAD]
    assert HEAD in upgrade.known_revisions()


async def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """The second start finds everything done and leaves the file as it is."""
    path = tmp_path / "x.db"
    assert await current_and_head(f"sqlite:///{path}") == (None, HEAD)
    assert not path.exists()
    await migrate(f"sqlite:///{path}")
    before = path.read_bytes()
    await migrate(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert await current_and_head(f"sqlite:///{path}") == (HEAD, HEAD)


def seal(path: Path, revision: str) -> None:
    """Say that the database at ``path`` is of ``revision``."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    connection.commit()
    connection.close()


async def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A database of a newer program is not touched, and the error says what to do."""
    path = tmp_path / "x.db"
    await migrate(f"sqlite:///{path}")
    seal(path, "9999")
    with pytest.raises(StorageError, match=r"newer Skillwarden \(revision 9999.*upgrade the program"):
        await migrate(f"sqlite:///{path}")
    assert await current_and_head(f"sqlite:///{path}") == ("9999", HEAD)


async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    """A file with the tables of another program is left exactly as it is."""
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    for attempt in (migrate, current_and_head):
        with pytest.raises(StorageError, match="tables of another program"):
            await attempt(f"sqlite:///{path}")
    assert path.read_bytes() == before


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """A file that somebody touched beforehand is as good as none."""
    path = tmp_path / "x.db"
    path.touch()
    await migrate(f"sqlite:///{path}")
    assert await current_and_head(f"sqlite:///{path}") == (HEAD, HEAD)


async def test_an_older_database_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of a known older revision takes the steps that are missing, and keeps its rows."""
    path = tmp_path / "x.db"
    await migrate(f"sqlite:///{path}")
    steps: list[str] = []
    monkeypatch.setattr("storage.migrate.HEAD", "0002")
    monkeypatch.setattr(upgrade, "upgrade", lambda connection: steps.append("upgrade"))
    await migrate(f"sqlite:///{path}")
    assert steps == ["upgrade"]


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a schema is never left behind: the next start begins anew."""
    monkeypatch.setattr(guards, "statements", lambda: ["CREATE NONSENSE"])
    with pytest.raises(StorageError, match="syntax error"):
        await migrate(f"sqlite:///{tmp_path / 'x.db'}")
    monkeypatch.undo()
    await migrate(f"sqlite:///{tmp_path / 'x.db'}")


def test_rows_that_lost_their_parent_stop_a_migration(tmp_path: Path) -> None:
    """Rebuilding a table with references off must not leave references into nowhere."""
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))")
        sqlite.check_references(connection, "x.db")
        connection.exec_driver_sql("INSERT INTO child VALUES (1)")
        with pytest.raises(StorageError, match=r"x\.db refers to rows that are missing, the first in child"):
            sqlite.check_references(connection, "x.db")
