"""How do the migrations reach the database? By the connection given, or `alembic -x url=...` at the command line."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, create_engine

from alembic import context
from governor.store.tables import metadata


def is_ours(name: str | None, kind: str, _parents: Mapping[Any, str | None]) -> bool:
    """Return whether the comparison looks at it: tables of other owners in the same database are not our business."""
    return kind != "table" or name in metadata.tables


def migrate(connection: Connection) -> None:
    """Run the migrations that the command asks for."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=is_ours,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as connection:
        migrate(connection)
