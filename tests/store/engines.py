"""Engines as the program makes them: SQLite with WAL, synchronous=FULL and BEGIN IMMEDIATE; PostgreSQL by psycopg."""

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection


def make_engine(url: str, begin: str = "BEGIN IMMEDIATE") -> Engine:
    """Return an engine for *url*; on SQLite its transactions begin with *begin*: readers need no more than BEGIN."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _settle(raw: DBAPIConnection, _record: object) -> None:
            raw.isolation_level = None
            cursor = raw.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA busy_timeout=60000")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    return engine
