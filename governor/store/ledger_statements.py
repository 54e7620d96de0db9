"""What does the ledger say to the database? The same statements to SQLite and PostgreSQL, straight to their drivers.

Appending is part of every transaction, so it builds nothing and, on PostgreSQL, waits for two round trips (pipelines).
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeAlias, cast

import psycopg
from sqlalchemy import Connection

from governor.errors import LedgerBroken, Unavailable

Row: TypeAlias = tuple[Any, ...]
"""A row as it comes from a driver; a damaged SQLite file may hold any type in any column."""
Query: TypeAlias = tuple[str, Sequence[object]]

LOCK = 0x676F7665726E02
"""The advisory lock of PostgreSQL under which the log grows."""

_LOCK = "SELECT pg_advisory_xact_lock(?)"
_KNOWN = {
    "sqlite": "SELECT id, leaf FROM log_entry WHERE id IN (SELECT value FROM json_each(?))",
    "postgresql": "SELECT id, leaf FROM log_entry WHERE id = ANY(?)",
}
_COUNTERS = {
    "sqlite": "SELECT value, (SELECT MAX(n) FROM log_entry WHERE subject = value) FROM json_each(?)",
    "postgresql": "SELECT s, (SELECT MAX(n) FROM log_entry WHERE subject = s) FROM unnest(?::text[]) AS s",
}
HEAD = "SELECT size, root, frontier, note FROM log_head"
_INSERT_ENTRY = "INSERT INTO log_entry (idx, id, subject, n, leaf, hash) VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_NODE = "INSERT INTO log_node (level, idx, hash) VALUES (?, ?, ?)"
_INSERT_HEAD = "INSERT INTO log_head (size, root, frontier, note, one) VALUES (?, ?, ?, ?, 1)"
_UPDATE_HEAD = "UPDATE log_head SET size = ?, root = ?, frontier = ?, note = ?"


@contextmanager
def failures(connection: Connection) -> Iterator[None]:
    """Turn the errors of the driver into ours.

    Raises:
        LedgerBroken: the database refuses a row (``ledger-refused``).
        Unavailable: the database failed in another way (``database-failed``).
    """
    dbapi = connection.dialect.loaded_dbapi
    try:
        yield
    except dbapi.IntegrityError as fault:
        raise LedgerBroken("ledger-refused", reason=str(fault).partition("\n")[0]) from fault
    except dbapi.Error as fault:
        raise Unavailable("database-failed", reason=str(fault).partition("\n")[0]) from fault


def read(connection: Connection, *queries: Query) -> list[list[Row]]:
    """Return the rows of each query, in order; on PostgreSQL all are sent before the first is waited for."""
    raw = connection.connection.dbapi_connection
    if isinstance(raw, psycopg.Connection):
        if len(queries) == 1:
            return [raw.execute(_percent(queries[0][0]), queries[0][1]).fetchall()]
        with raw.pipeline():
            cursors = [raw.execute(_percent(sql), parameters) for sql, parameters in queries]
            return [cursor.fetchall() for cursor in cursors]
    cursor = connection.connection.cursor()
    found = []
    for sql, parameters in queries:
        cursor.execute(sql, parameters)
        found.append(cast("list[Row]", cursor.fetchall()))
    return found


def write(connection: Connection, *statements: tuple[str, Sequence[Sequence[object]]]) -> None:
    """Execute each statement with each of its rows, in order; on PostgreSQL in one round trip."""
    raw = connection.connection.dbapi_connection
    if isinstance(raw, psycopg.Connection):
        with raw.pipeline(), raw.cursor() as pipelined:
            for sql, rows in statements:
                if len(rows) == 1:
                    pipelined.execute(_percent(sql), rows[0])
                else:
                    pipelined.executemany(_percent(sql), rows)
        return
    cursor = connection.connection.cursor()
    for sql, rows in statements:
        cursor.executemany(sql, rows)


def lock(connection: Connection) -> None:
    """Let no other transaction append until this one ends. On SQLite, BEGIN IMMEDIATE has seen to that."""
    if connection.dialect.name == "postgresql":
        read(connection, (_LOCK, [LOCK]))


def read_for_append(
    connection: Connection, ids: Sequence[str], subjects: Sequence[str]
) -> tuple[list[Row], list[Row], list[Row]]:
    """Return, under the lock: the row of the head, if any; id and leaf of those *ids* that are recorded; each of
    *subjects* with its highest counter, or None.
    """
    if connection.dialect.name == "postgresql":
        _, heads, known, counters = read(
            connection,
            (_LOCK, [LOCK]),
            (HEAD, ()),
            (_KNOWN["postgresql"], [list(ids)]),
            (_COUNTERS["postgresql"], [list(subjects)]),
        )
    else:
        heads, known, counters = read(
            connection,
            (HEAD, ()),
            (_KNOWN["sqlite"], [json.dumps(ids)]),
            (_COUNTERS["sqlite"], [json.dumps(subjects)]),
        )
    return heads, known, counters


def write_append(connection: Connection, entries: Sequence[Row], nodes: Sequence[Row], head: Row) -> None:
    """Insert *entries* (index, id, subject, n, leaf, hash) and *nodes* (level, index, hash), and set the head."""
    head_statement = _UPDATE_HEAD if entries[0][0] else _INSERT_HEAD
    if nodes:
        write(connection, (_INSERT_ENTRY, entries), (_INSERT_NODE, nodes), (head_statement, [head]))
    else:
        write(connection, (_INSERT_ENTRY, entries), (head_statement, [head]))


def write_checkpoint(connection: Connection, size: int, note: str) -> None:
    """Insert the published checkpoint of *size*, unless it is there."""
    if not read(connection, ("SELECT 1 FROM log_checkpoint WHERE size = ?", [size]))[0]:
        write(connection, ("INSERT INTO log_checkpoint (size, note) VALUES (?, ?)", [(size, note)]))


@lru_cache(maxsize=64)
def _percent(sql: str) -> bytes:
    """Return *sql* with the placeholders of psycopg."""
    return sql.replace("?", "%s").encode()
