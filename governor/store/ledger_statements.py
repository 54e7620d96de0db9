"""What does the ledger say to the database? The same statements to SQLite and PostgreSQL, straight to their drivers.

Appending is part of every transaction, so it builds nothing and, on PostgreSQL, waits for two round trips (pipelines).
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import Connection

from governor.errors import LedgerBroken, Unavailable

if TYPE_CHECKING:  # heavy: SQLAlchemy loads the driver that the database needs
    import psycopg

Row: TypeAlias = tuple[Any, ...]
"""A row as it comes from a driver; a damaged SQLite file may hold any type in any column."""
Query: TypeAlias = tuple[str, Sequence[object]]

HEAD = "SELECT size, root, frontier, note FROM log_head WHERE one = 1"
_LOCK = "SELECT pg_advisory_xact_lock(?)"
_FIRST = 0x676F7665726E02
"""The advisory lock under which a log begins, before there is a head whose row can be locked."""

_KNOWN = {
    "sqlite": "SELECT id, leaf FROM log_entry WHERE id IN (SELECT value FROM json_each(?))",
    "postgresql": "SELECT id, leaf FROM log_entry WHERE id = ANY(?)",
}
_COUNTERS = {
    "sqlite": "SELECT value, (SELECT MAX(n) FROM log_entry WHERE subject = value) FROM json_each(?)",
    "postgresql": "SELECT s, (SELECT MAX(n) FROM log_entry WHERE subject = s) FROM unnest(?::text[]) AS s",
}
_COUNTER = "SELECT MAX(n) FROM log_entry WHERE subject = ?"
_INSERT_HEAD = "INSERT INTO log_head (size, root, frontier, note, one) VALUES (?, ?, ?, ?, 1)"
_INSERT_ENTRY = "INSERT INTO log_entry (idx, id, subject, n, leaf, hash)"
_INSERT_NODE = "INSERT INTO log_node (level, idx, hash)"

# The head grows only from the head that was expected, when no entry is recorded yet and each counter is the next one:
# what else a reader would have to lock and look up first. On SQLite a trigger sees to the entries.
_GROW = (
    "UPDATE log_head SET size = ?, root = ?, frontier = ?, note = ? "
    "WHERE size = ? AND root = ? AND frontier = ? AND note = ?"
)
_ALL_ARE_NEXT = (
    "NOT EXISTS (SELECT 1 FROM log_entry WHERE id = ANY(%b::text[])) "
    "AND NOT EXISTS (SELECT 1 FROM unnest(%b::text[], %b::int8[]) AS s(subject, n) "
    "WHERE COALESCE((SELECT MAX(n) FROM log_entry e WHERE e.subject = s.subject), 0) <> s.n - 1)"
)
_IS_NEW = "NOT EXISTS (SELECT 1 FROM log_entry WHERE id = ?)"
_ONE_COUNTS = "COALESCE((SELECT MAX(n) FROM log_entry WHERE subject = ?), 0) = ? - 1"
_ALL_COUNT = (
    "NOT EXISTS (SELECT 1 FROM json_each(?) s "
    "WHERE COALESCE((SELECT MAX(n) FROM log_entry WHERE subject = s.key), 0) <> s.value - 1)"
)
_SQLITE_GROW_ONE = f"{_GROW} AND {_IS_NEW} AND {_ONE_COUNTS}"
_SQLITE_GROW = f"{_GROW} AND {_ALL_COUNT}"
_SQLITE_ENTRIES = f"{_INSERT_ENTRY} VALUES (?, ?, ?, ?, ?, ?)"
_SQLITE_NODES = f"{_INSERT_NODE} VALUES (?, ?, ?)"
_POSTGRESQL_GROW_ONE = (
    f"WITH grown AS ({_GROW} AND {_IS_NEW} AND {_ONE_COUNTS} RETURNING 1) "  # noqa: S608 - the constants above, no value
    f"{_INSERT_ENTRY} SELECT ?, ?, ?, ?, ?::bytea, ?::bytea FROM grown"
)
_POSTGRESQL_GROW = (
    f"WITH grown AS ({_GROW} AND {_ALL_ARE_NEXT} RETURNING 1), "  # noqa: S608 - the constants above, no value
    f"nodes AS ({_INSERT_NODE} SELECT n.* FROM grown, unnest(%b::int2[], %b::int8[], %b::bytea[]) AS n) "
    f"{_INSERT_ENTRY} SELECT e.* FROM grown, "
    "unnest(%b::int8[], %b::text[], %b::text[], %b::int8[], %b::bytea[], %b::bytea[]) AS e"
)


class failures:
    """Turn the errors of the driver of *connection* in the block into ours.

    It is around every statement: a generator would take three times as long.

    Raises:
        LedgerBroken: the database refuses a row (``ledger-refused``).
        Unavailable: the database failed in another way (``database-failed``).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, fault: BaseException | None, __: object) -> None:
        """End, by an error of ours where the driver failed."""
        if fault is None:
            return
        dbapi = self._connection.dialect.loaded_dbapi
        if isinstance(fault, dbapi.Error):
            reason = str(fault).partition("\n")[0]
            if isinstance(fault, dbapi.IntegrityError):
                raise LedgerBroken("ledger-refused", reason=reason) from fault
            raise Unavailable("database-failed", reason=reason) from fault


def read(connection: Connection, *queries: Query) -> list[list[Row]]:
    """Return the rows of each query, in order; on PostgreSQL all are sent before the first is waited for."""
    raw = _begun(connection)
    if raw is not None:
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
    raw = _begun(connection)
    if raw is not None:
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


def read_locked(
    connection: Connection, ids: Sequence[str], subjects: Sequence[str]
) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the row of the head, if any; id and leaf of those *ids* that are recorded; and each of *subjects* with its
    highest counter, or None. No other transaction appends until this one ends (on SQLite: BEGIN IMMEDIATE).
    """
    kind = connection.dialect.name
    locking = f"{HEAD} FOR UPDATE" if kind == "postgresql" else HEAD
    (heads,) = read(connection, (locking, ()))
    if not heads and kind == "postgresql":
        _, heads = read(connection, (_LOCK, [_FIRST]), (locking, ()))
    given = [list(ids), list(subjects)] if kind == "postgresql" else [json.dumps(ids), json.dumps(subjects)]
    known, counters = read(connection, (_KNOWN[kind], given[:1]), (_COUNTERS[kind], given[1:]))
    return heads, known, counters


def read_counter(connection: Connection, subject: str) -> int:
    """Return the highest counter of *subject*, 0 without any. No other transaction appends until this one ends."""
    if connection.dialect.name == "postgresql":
        _, _, counters = read_locked(connection, [], [subject])
    else:
        (counters,) = read(connection, (_COUNTER, [subject]))
    return counters[0][-1] or 0


def grow(connection: Connection, heads: tuple[Row, Row], entries: Sequence[Row], nodes: Sequence[Row]) -> bool:
    """Return whether the log grew from the first of *heads* to the second by *entries* and *nodes*.

    It does not, and nothing is written, when the head is another, an entry is recorded, or a counter is not the next.
    Heads are size, root, frontier, note; entries index, id, subject, n, leaf, hash; nodes level, index, hash.
    """
    raw = _begun(connection)
    if raw is not None:
        return _grow_postgresql(raw, heads, entries, nodes)
    cursor = connection.connection.cursor()
    if len(entries) == 1:
        cursor.execute(_SQLITE_GROW_ONE, (*heads[1], *heads[0], *entries[0][1:4]))
    else:
        # A recorded entry does not carry the next counter; an id with other bytes is refused by the trigger.
        cursor.execute(_SQLITE_GROW, (*heads[1], *heads[0], json.dumps(_firsts(entries))))
    if cursor.rowcount < 1:
        return False
    cursor.executemany(_SQLITE_ENTRIES, entries)
    if nodes:
        cursor.executemany(_SQLITE_NODES, nodes)
    return True


def _grow_postgresql(
    raw: "psycopg.Connection[Row]", heads: tuple[Row, Row], entries: Sequence[Row], nodes: Sequence[Row]
) -> bool:
    before, after = heads
    if len(entries) == 1 and not nodes:
        entry = entries[0]
        return raw.execute(_percent(_POSTGRESQL_GROW_ONE), (*after, *before, *entry[1:4], *entry)).rowcount > 0
    ids, firsts = [entry[1] for entry in entries], _firsts(entries)
    lower = [list(column) for column in zip(*entries, strict=True)]
    upper = [list(column) for column in zip(*nodes, strict=True)] if nodes else [[], [], []]
    parameters = (*after, *before, ids, list(firsts), list(firsts.values()), *upper, *lower)
    return raw.execute(_percent(_POSTGRESQL_GROW), parameters).rowcount > 0


def _firsts(entries: Sequence[Row]) -> dict[str, int]:
    """Return each subject of *entries* with the first counter that they have for it."""
    return {entry[2]: entry[3] for entry in reversed(entries)}


def begin(connection: Connection, head: Row) -> None:
    """Insert the head of a log that has none."""
    write(connection, (_INSERT_HEAD, [head]))


def write_checkpoint(connection: Connection, size: int, note: str) -> None:
    """Insert the published checkpoint of *size*, unless it is there."""
    if not read(connection, ("SELECT 1 FROM log_checkpoint WHERE size = ?", [size]))[0]:
        write(connection, ("INSERT INTO log_checkpoint (size, note) VALUES (?, ?)", [(size, note)]))


def _begun(connection: Connection) -> "psycopg.Connection[Row] | None":
    """Begin the transaction, which statements beside SQLAlchemy do not; return psycopg's connection, if it is one."""
    if not connection.in_transaction():
        connection.begin()
    if connection.dialect.name != "postgresql":
        return None
    return cast("psycopg.Connection[Row]", connection.connection.driver_connection)


@lru_cache(maxsize=64)
def _percent(sql: str) -> bytes:
    """Return *sql* with the placeholders of psycopg."""
    return sql.replace("?", "%s").encode()
