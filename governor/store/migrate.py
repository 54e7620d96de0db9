"""How does the database get its tables? By the migrations of ``alembic/``, applied at start."""

from io import StringIO

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from alembic import command
from governor.errors import Refused
from governor.store.revisions import SCRIPTS

_LOCK = 0x676F7665726E01
"""Any number, the same in every Governor: two that start at once on PostgreSQL migrate one after the other."""


def upgrade(engine: Engine) -> None:
    """Apply every migration that the database does not have yet, in one transaction.

    Raises:
        Refused: the database was written by a newer Governor (``database-newer``).
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        for revision in MigrationContext.configure(connection).get_current_heads():
            if revision not in known:
                raise Refused("database-newer", revision=revision)
        command.upgrade(config, "head")


_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE ON log_entry, log_node, log_checkpoint FROM {role}",
    "REVOKE DELETE ON log_head FROM {role}",
    "REVOKE UPDATE ON log_value FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    # The engine of effects makes its own tables, in a schema that it finds here: so it need not be able to make one.
    "CREATE SCHEMA IF NOT EXISTS dbos",
    "GRANT USAGE, CREATE ON SCHEMA dbos TO {role}",
)
"""What the service may do: read all, add to the log, move its head, delete sealed values, and write the rest."""


def grant(engine: Engine, role: str) -> None:
    """Let *role* use the tables without owning them (``_GRANTS``).

    Raises:
        ProgrammingError: there is no such role, or the caller does not own the tables.
    """
    with engine.begin() as connection:
        quoted = connection.dialect.identifier_preparer.quote(role)
        for statement in _GRANTS:
            connection.execute(text(statement.format(role=quoted)))


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Undo the migrations down to *revision*: for tests, because what the tables held is lost."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def check(engine: Engine) -> None:
    """Check that the migrations make exactly the tables of ``governor.store.tables``.

    Raises:
        alembic.util.CommandError: they do not, or are not all applied; it lists the differences.
    """
    with engine.begin() as connection:
        command.check(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
