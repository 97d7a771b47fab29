"""Runs Alembic without its ini file. Imported only when there is something to run: Alembic takes 0.1 s to import."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def known_revisions() -> frozenset[str]:
    """Return every revision this program can start from."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Bring the database behind ``connection`` to the newest revision, in the transaction that is open."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def statements(current: str | None, dialect: str) -> str:
    """Return the SQL for ``dialect`` that brings a database of revision ``current`` (None: an empty one) up to date."""
    config = _config()
    config.attributes["dialect"] = dialect
    config.output_buffer = StringIO()
    command.upgrade(config, f"{current or 'base'}:head", sql=True)
    # What a trigger says ends in semicolons too, and MySQL's own client has to be told.
    text = config.output_buffer.getvalue()
    return (
        text
        if dialect != "mysql"
        else re.sub(r"(?ms)^(CREATE TRIGGER .*? END);$", r"DELIMITER //\n\1//\nDELIMITER ;", text)
    )


def _config() -> Config:
    config = Config()
    # A percent sign would start an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
