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
from sqlalchemy.schema import SchemaItem
from sqlmodel import SQLModel

from core.errors import StorageError
from storage.backends import backend_of, sqlite
from storage.migrate import current_and_head, migrate, statements
from storage.migrations import upgrade
from storage.migrations.initial import guards
from storage.schema import HEAD, create_schema
from tests.databases import BACKENDS, empty_database, way_behind

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
    "execution_events": ("id execution_id user_id event_type event_data timestamp created_at seq salts prev_hash hash"),
    "status_transitions": ("id execution_id from_status to_status transitioned_at reason entity_type entity_id actor"),
    "artifacts": (
        "id execution_id file_name file_path file_size mime_type checksum type status created_at expires_at "
        "archived_at tags"
    ),
    "channel_identities": "channel workspace_id external_id user_id",
    "approval_votes": "request_id user_id",
    "approval_prompts": "id",
    "notices": "dedupe_key attempts next_attempt_at",
    "audit_checkpoints": "id seq first_event_id last_event_id event_count size merkle_root prev_hash hash signature",
    "audit_heads": "id checkpoint execution_id seq hash ids removed_at",
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


def made(backend: str, way: str, folder: Path) -> Engine:
    """Return a database with the newest schema, made in that way."""
    url = empty_database(backend, folder)
    engine = way_behind(url)
    with engine.begin() as connection:
        backend_of(url).before_migrating(connection)
        WAYS[way](connection)
    return engine


@pytest.fixture(scope="module", params=[(backend, way) for backend in BACKENDS for way in WAYS], ids="-".join)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Give a database of each kind with the newest schema, made in each way."""
    backend, way = request.param
    return made(backend, way, tmp_path_factory.mktemp("schema"))


def wanted_here(item: SchemaItem, engine: Engine) -> bool:
    """Whether ``item`` of the tables is meant for this kind of database."""
    condition = getattr(item, "_ddl_if", None)
    if condition is None:
        return True
    meant = (condition.dialect,) if isinstance(condition.dialect, str) else condition.dialect
    return engine.dialect.name in meant


def described(engine: Engine) -> dict[str, str]:
    """Return every table, index, trigger and view of a SQLite file with the lines of its SQL, sorted."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: "\n".join(sorted(line.strip(" \t,") for line in sql.splitlines())) for name, sql in rows}


# What the catalogue of a server says of its tables, in an order of its own.
CATALOGUES = {
    "postgresql": (
        """\
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position""",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        """\
SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3""",
        "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
        "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    ),
    "mysql": (
        """\
SELECT table_name, column_name, column_type, is_nullable, column_default, extra, collation_name
FROM information_schema.columns WHERE table_schema = database() ORDER BY table_name, ordinal_position""",
        """\
SELECT table_name, index_name, seq_in_index, column_name, non_unique FROM information_schema.statistics
WHERE table_schema = database() ORDER BY 1, 2, 3""",
        """\
SELECT table_name, constraint_name, check_clause FROM information_schema.check_constraints
WHERE constraint_schema = database() ORDER BY 1, 2""",
        """\
SELECT event_object_table, trigger_name, action_statement FROM information_schema.triggers
WHERE trigger_schema = database() ORDER BY 1, 2""",
        """\
SELECT table_name, column_name, referenced_table_name FROM information_schema.key_column_usage
WHERE table_schema = database() AND referenced_table_name IS NOT NULL ORDER BY 1, 2""",
    ),
}


@pytest.mark.parametrize("backend", BACKENDS)
def test_both_ways_lead_to_the_same_schema(backend: str, tmp_path: Path) -> None:
    """A new database has the tables, indexes, checks, triggers and views of one that was migrated, letter by letter."""
    looked: list[object] = []
    for way in WAYS:
        engine = made(backend, way, tmp_path)
        if backend == "sqlite":
            looked.append(described(engine))
            assert len(described(engine)) > 80
            continue
        with engine.connect() as connection:
            parts = [[tuple(row) for row in connection.exec_driver_sql(query)] for query in CATALOGUES[backend]]
        assert all(parts)
        looked.append(parts)
    assert looked[0] == looked[1]


def test_the_tables_and_the_schema_agree(engine: Engine) -> None:
    """Alembic finds no difference between the database and the tables: tables, columns, types, indexes, constraints."""
    tables = SQLModel.metadata.tables.values()
    skipped = {
        index.name
        for table in tables
        for index in table.indexes
        # Alembic cannot compare indexes that descend; a test below does.
        if any("DESC" in str(part) for part in index.expressions) or not wanted_here(index, engine)
    }
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": lambda _, name, *__: name not in skipped}
        context = MigrationContext.configure(connection, opts=options)
        found = [step for step in compare_metadata(context, SQLModel.metadata) if not _is_key_of_mysql(step, engine)]
        assert found == []


def _is_key_of_mysql(step: object, engine: Engine) -> bool:
    # MySQL makes an index for every reference that has none.
    return engine.dialect.name == "mysql" and isinstance(step, tuple) and step[0] == "remove_index"


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_a_table_is_as_its_class_says(engine: Engine, table: str) -> None:
    """Nullability, checks and references, which the comparison leaves out, agree as well."""
    reflected, declared = inspect(engine), SQLModel.metadata.tables[table]
    columns = {column["name"]: column["nullable"] for column in reflected.get_columns(table)}
    assert columns == {column.name: column.nullable for column in declared.columns}
    assert [column["name"] for column in reflected.get_columns(table)] == declared.columns.keys()
    indexes = {index.name for index in declared.indexes if wanted_here(index, engine)}
    # Servers list an index for each unique constraint, and MySQL one for each reference.
    found = {index["name"] for index in reflected.get_indexes(table)}
    assert found == indexes if engine.dialect.name == "sqlite" else indexes <= found
    checks = {str(check["name"]) for check in reflected.get_check_constraints(table)}
    named = {str(item.name) for item in declared.constraints if wanted_here(item, engine)}
    assert {name for name in checks if name.startswith("ck_")} == {name for name in named if name.startswith("ck_")}
    references = {
        (*key["constrained_columns"], key["referred_table"], (key["options"].get("ondelete") or "").removeprefix("NO"))
        for key in reflected.get_foreign_keys(table)
    }
    # RESTRICT is what MySQL does unasked, and does not say.
    silent = {"RESTRICT"} if engine.dialect.name == "mysql" else set()
    assert references == {
        (column.name, key.column.table.name, "" if key.ondelete in {None, *silent} else key.ondelete)
        for column in declared.columns
        for key in column.foreign_keys
    }


@pytest.mark.parametrize("table", SEED_COLUMNS)
def test_the_columns_of_the_seeds_are_there(engine: Engine, table: str) -> None:
    """No field of the five seeds and of the data model is lost."""
    assert set(SEED_COLUMNS[table].split()) <= {column["name"] for column in inspect(engine).get_columns(table)}


@pytest.mark.parametrize("table", SEED_INDEXES)
def test_the_indexes_of_the_seeds_are_there(engine: Engine, table: str) -> None:
    """Every index the seeds name or recommend exists, on their columns, by the name that the database's seed gives."""
    found = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes(table)}
    names = SEED_INDEXES[table]
    if engine.dialect.name == "postgresql":
        names = {name.replace("idx_events_", "idx_execution_events_"): columns for name, columns in names.items()}
    assert names.items() <= found.items()


@pytest.mark.parametrize("table", SEED_UNIQUE)
def test_the_unique_constraints_are_there(engine: Engine, table: str) -> None:
    """What must not exist twice cannot."""
    found = {tuple(item["column_names"]) for item in inspect(engine).get_unique_constraints(table)}
    assert SEED_UNIQUE[table] <= found


# Table, column -> what seed and data model say of its type: SQLite, PostgreSQL, MySQL.
SEED_TYPES = {
    ("executions", "id"): ("VARCHAR(36)", "UUID", "CHAR(36)"),
    ("executions", "created_at"): ("VARCHAR(27)", "TIMESTAMP", "DATETIME"),
    ("executions", "metadata"): ("TEXT", "JSONB", "LONGTEXT"),
    ("executions", "estimated_cost"): ("NUMERIC(10, 6)", "NUMERIC(10, 6)", "DECIMAL(10, 6)"),
    ("executions", "status"): ("VARCHAR(20)",) * 3,
    ("execution_events", "id"): ("INTEGER", "BIGINT", "BIGINT"),
    ("execution_events", "event_data"): ("TEXT", "JSONB", "LONGTEXT"),
    ("hitl_requests", "id"): ("VARCHAR(36)", "UUID", "CHAR(36)"),
    ("hitl_requests", "payload"): ("TEXT", "JSONB", "LONGTEXT"),
    ("hitl_requests", "title"): ("VARCHAR(255)",) * 3,
    ("artifacts", "file_size"): ("BIGINT",) * 3,
    ("artifacts", "checksum"): ("VARCHAR(64)",) * 3,
}


@pytest.mark.parametrize(("table", "column"), SEED_TYPES)
def test_the_types_are_those_of_the_data_model(engine: Engine, table: str, column: str) -> None:
    """JSON, ids, moments and money lie on each database as the data model says."""
    expected = dict(zip(("sqlite", "postgresql", "mysql"), SEED_TYPES[table, column], strict=True))
    kinds = {item["name"]: str(item["type"].compile(engine.dialect)) for item in inspect(engine).get_columns(table)}
    assert kinds[column].startswith(expected[engine.dialect.name])


def test_indexes_for_the_newest_descend(engine: Engine) -> None:
    """Where the seeds want the newest first, the index descends."""
    queries = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "mysql": "SHOW CREATE TABLE install_runs",
    }
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(queries[engine.dialect.name]).all()
    text = "\n".join(str(row[-1]) for row in rows).replace("`", "").replace(",created", ", created")
    assert "(created_at DESC)" in text
    assert "skill_id, provider_id, created_at DESC)" in text.replace("skill_id,provider_id", "skill_id, provider_id")


def test_no_index_is_partial(engine: Engine) -> None:
    """MariaDB would silently make a full one of it."""
    for table in SQLModel.metadata.tables.values():
        for index in table.indexes:
            assert not any(index.dialect_options[name].get("where") for name in ("sqlite", "postgresql"))


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
    """A database of a newer program is not touched nor copied, and the error says what to do; ``--sql`` says it too."""
    path = tmp_path / "x.db"
    await migrate(f"sqlite:///{path}")
    seal(path, "9999")
    for attempt in (migrate, statements):
        with pytest.raises(StorageError, match=r"newer Skillwarden \(revision 9999.*upgrade the program"):
            await attempt(f"sqlite:///{path}")
    assert not (tmp_path / "x.db.9999").exists()
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
    monkeypatch.setattr(guards, "statements", lambda _: ["CREATE NONSENSE"])
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
