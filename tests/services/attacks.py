"""An attacker with the sqlite3 module, no key, and all the time in the world."""

# ruff: noqa: S608  # every statement is made of names of our own tables

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from governor.services.audit import Verdict, verify
from governor.store import tables
from governor.store.unit_of_work import Record
from tests.store.records import opened

COVERED = (
    *tables.FOLDED,
    *(tables.log_entry, tables.log_node, tables.log_head, tables.log_checkpoint, tables.log_value),
)
"""The tables that ``governor verify`` covers."""

Stored = bytes | str | int | float | None


@dataclass
class Attacker:
    """Writes into the copy of a record, and can put back what was there. ``folder`` is the copy's."""

    folder: Path
    record: Record
    connection: sqlite3.Connection

    @classmethod
    @contextmanager
    def of(cls, original: Path, folder: Path) -> Iterator[Self]:
        """Yield an attacker of a copy of *original* in *folder*, whose triggers are dropped already."""
        for name in ("governor.db", "untouched.db"):
            shutil.copy(original / "governor.db", folder / name)
        for name in ("keys", "published"):
            shutil.copytree(original / name, folder / name)
        connection = sqlite3.connect(folder / "governor.db", isolation_level=None)
        with closing(connection), opened(folder) as record:
            connection.execute("PRAGMA synchronous=OFF")
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("ATTACH ? AS untouched", [str(folder / "untouched.db")])
            yield cls(folder=folder, record=record, connection=connection)

    def after(self, statement: str, *values: Stored) -> Verdict | None:
        """Return what is found after *statement*, which is then undone; ``None`` when the database refuses it."""
        try:
            self.connection.execute(statement, values)
        except sqlite3.IntegrityError:
            return None
        try:
            return verify(self.record, self.folder / "published")
        finally:
            self.restore()

    def restore(self) -> None:
        """Put back what was there."""
        self.connection.execute("BEGIN")
        for table in COVERED:
            self.connection.execute(f"DELETE FROM main.{table.name}")
            self.connection.execute(f"INSERT INTO main.{table.name} SELECT * FROM untouched.{table.name}")
        self.connection.execute("COMMIT")

    def count(self, table: str) -> int:
        """Return how many rows *table* has."""
        return int(self.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])

    def value(self, table: str, column: str, row: int) -> Stored:
        """Return what stands in *column* of the *row*-th row, text as bytes."""
        query = f"SELECT CASE typeof({column}) WHEN 'text' THEN CAST({column} AS BLOB) ELSE {column} END FROM {table}"
        found: Stored = self.connection.execute(f"{query} ORDER BY rowid LIMIT 1 OFFSET {row}").fetchone()[0]
        return found

    def kind(self, table: str, column: str, row: int) -> str:
        """Return SQLite's type of what stands there."""
        query = f"SELECT typeof({column}) FROM {table} ORDER BY rowid LIMIT 1 OFFSET {row}"
        return str(self.connection.execute(query).fetchone()[0])

    def key(self, table: str, row: int) -> tuple[Stored, ...]:
        """Return the primary key of the *row*-th row."""
        (found,) = (each for each in COVERED if each.name == table)
        names = ", ".join(column.name for column in found.primary_key)
        query = f"SELECT {names} FROM {table} ORDER BY rowid LIMIT 1 OFFSET {row}"
        return tuple(self.connection.execute(query).fetchone())

    def after_value(self, place: tuple[str, str, int], value: Stored, kind: str) -> Verdict | None:
        """Return what is found after *value*, as *kind*, was put at *place*: table, column, number of the row."""
        table, column, row = place
        at = f"(SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET {row})"
        written = f"CAST(? AS {kind})" if kind in ("text", "blob") else "?"
        return self.after(f"UPDATE {table} SET {column} = {written} WHERE rowid = {at}", value)


def changed(value: bytes, at: int, mask: int) -> bytes:
    """Return *value* with the bits of *mask* flipped in its byte *at*."""
    return value[:at] + bytes([value[at] ^ mask]) + value[at + 1 :]
