"""Is the database at the newest revision? Asked at every start, without loading the migrations' machinery."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).resolve().parents[2] / "alembic"
"""Where the migrations lie."""


def newest() -> str:
    """Return the newest revision there is: the highest number that begins a migration's file name."""
    return max(path.stem.partition("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def is_current(connection: Connection) -> bool:
    """Return whether the database is at the newest revision; a new one is not, nor one of a newer Governor."""
    return revision(connection) == newest()


def revision(connection: Connection) -> str | None:
    """Return the revision of the database; ``None``: it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT max(version_num) FROM alembic_version")).scalar()
