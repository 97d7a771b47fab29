"""The newest schema in one go, for databases that are new: what all migrations together amount to."""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - completes the metadata
from storage.migrations.initial import guards

#: The newest revision in ``migrations/versions``.
HEAD = "0001"

#: Alembic's own table.
VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def create_schema(connection: Connection) -> None:
    """Create everything in the empty database behind ``connection``, and say that it is of revision ``HEAD``."""
    SQLModel.metadata.create_all(connection, checkfirst=False)
    for statement in guards.statements(connection.dialect):
        connection.exec_driver_sql(statement)
    VERSION.create(connection, checkfirst=False)
    connection.execute(insert(VERSION).values(version_num=HEAD))
