"""Somebody writes into the database without us, with the triggers dropped: the verifier says where."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text

from governor.errors import LedgerBroken
from governor.ledger.record import Finding
from governor.ledger.tree import leaf_hash, perfect_root
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.migrate import upgrade
from tests.entries import make_entries
from tests.store.conftest import ORIGIN
from tests.store.engines import make_engine

SIZE = 530
TABLES = {"log_entry": "idx", "log_node": "idx", "log_head": "one", "log_checkpoint": "size"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a log in SQLite and its published checkpoints."""
    path = tmp_path_factory.mktemp("written")
    engine = make_engine(f"sqlite:///{path / 'governor.db'}")
    upgrade(engine)
    ledger = Ledger(ORIGIN, KeyStore(path / "keys"))
    for first, count in ((0, 5), (5, 250), (255, 275)):
        with engine.begin() as connection:
            ledger.append(connection, list(make_entries(first, count)))
        with engine.begin() as connection:
            ledger.publish(connection, path / "published")
    engine.dispose()
    with closing(sqlite3.connect(path / "governor.db")) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    return path


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    """A copy of it, to be altered."""
    return Path(shutil.copytree(written, tmp_path / "copy"))


def drop_triggers(raw: sqlite3.Connection) -> None:
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")


def verify(path: Path) -> list[Finding]:
    engine = make_engine(f"sqlite:///{path / 'governor.db'}")
    try:
        with engine.begin() as connection:
            return Ledger(ORIGIN, KeyStore(path / "keys")).verify(connection, path / "published")
    finally:
        engine.dispose()


def changes(value: object) -> Iterator[object]:
    """Yield *value* with one byte changed: every byte of a short one, some of a long one."""
    match value:
        case int():
            yield from (value + 1, value + 256, -value - 1)
        case str():
            for at in sorted({*range(0, len(value), 7), len(value) - 1}):
                yield value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        case bytes():
            for at in sorted({*range(0, len(value), 13), len(value) - 1}):
                yield value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]


def cells(path: Path) -> Iterator[tuple[str, int, str, object]]:
    """Yield table, row, column and value of some cells of every table."""
    with closing(sqlite3.connect(path / "governor.db")) as raw:
        for table in TABLES:
            rows = raw.execute(f"SELECT rowid, * FROM {table} ORDER BY 1")  # noqa: S608
            names = [each[0] for each in rows.description][1:]
            for number, row in enumerate(rows.fetchall()):
                if table != "log_entry" or number in (0, 3, 255, 256, 511, 512, SIZE - 1):
                    yield from ((table, row[0], name, value) for name, value in zip(names, row[1:], strict=True))


def test_any_one_byte_of_any_row_of_any_table_is_found(copy: Path) -> None:
    assert verify(copy) == []
    with closing(sqlite3.connect(copy / "governor.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = 1")
        drop_triggers(raw)
        for table, row, column, value in list(cells(copy)):
            for other in changes(value):
                try:
                    raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (other, row))  # noqa: S608
                except sqlite3.IntegrityError:  # taken by another row: this change cannot be made
                    continue
                moved = other if (table, column) in {("log_entry", "idx"), ("log_checkpoint", "size")} else row
                found = verify(copy)
                raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, moved))  # noqa: S608

                assert found, (table, row, column, other)
                if table == "log_entry":
                    assert row in [each.index for each in found], (column, other, found)
                    assert found[0].index == min(row, other if column == "idx" and isinstance(other, int) else row)
                if table == "log_checkpoint":
                    assert {each.values.get("size") for each in found} <= {row, other}
        assert verify(copy) == []


@pytest.mark.parametrize("table", TABLES)
def test_missing_row_is_found(copy: Path, table: str) -> None:
    with closing(sqlite3.connect(copy / "governor.db", isolation_level=None)) as raw:
        drop_triggers(raw)
        raw.execute(f"DELETE FROM {table} WHERE rowid = (SELECT MAX(rowid) FROM {table})")  # noqa: S608

    # A checkpoint that is still among the published files is not lost.
    assert bool(verify(copy)) == (table != "log_checkpoint")


@pytest.mark.parametrize("index", [0, 100, SIZE - 1])
def test_damaged_ledger_refuses_to_write_and_names_the_entry(copy: Path, index: int) -> None:
    with closing(sqlite3.connect(copy / "governor.db", isolation_level=None)) as raw:
        drop_triggers(raw)
        raw.execute("UPDATE log_entry SET leaf = CAST(REPLACE(leaf, 'yes', 'no!') AS BLOB) WHERE idx = ?", [index])
    ledger, engine = Ledger(ORIGIN, KeyStore(copy / "keys")), make_engine(f"sqlite:///{copy / 'governor.db'}")

    with engine.begin() as connection:
        with pytest.raises(LedgerBroken) as refused:
            ledger.check(connection, copy / "published")
        assert (refused.value.values["what"], refused.value.values["index"]) == ("entry-altered", index)
        with pytest.raises(LedgerBroken, match="ledger-altered"):
            ledger.append(connection, list(make_entries(SIZE, 1)))
        for read in (ledger.entry, ledger.prove):
            with pytest.raises(LedgerBroken) as refused:
                read(connection, index)
            assert refused.value.values["index"] == index
    engine.dispose()


@pytest.mark.parametrize("size", [8, 256, 300])
def test_nothing_is_signed_that_altered_rows_ask_for(copy: Path, size: int) -> None:
    ledger, engine = Ledger(ORIGIN, KeyStore(copy / "keys")), make_engine(f"sqlite:///{copy / 'governor.db'}")
    forged = leaf_hash(b"forged")
    with engine.begin() as connection:
        drop = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in drop:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        hashes = [row[0] for row in connection.exec_driver_sql("SELECT hash FROM log_entry ORDER BY idx LIMIT 256")]
        node = perfect_root([*hashes[:7], forged, *hashes[8:]])
        connection.exec_driver_sql("UPDATE log_entry SET leaf = ?, hash = ? WHERE idx = 7", (b"forged", forged))
        connection.exec_driver_sql("UPDATE log_node SET hash = ? WHERE idx = 0", (node,))

        with pytest.raises(LedgerBroken, match="proof-consistency"):
            ledger.prove(connection, 3, size)
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET leaf = leaf",
        "DELETE FROM log_entry WHERE idx = 3",
        "UPDATE log_node SET hash = hash",
        "DELETE FROM log_node",
        "UPDATE log_checkpoint SET note = note",
        "DELETE FROM log_checkpoint",
        "DELETE FROM log_head",
        "UPDATE log_head SET note = ''",
        "UPDATE log_head SET size = size - 1",
        "UPDATE log_value SET ciphertext = ciphertext",
        "INSERT OR REPLACE INTO log_entry SELECT idx, id, subject, n, leaf, hash FROM log_entry WHERE idx = 3",
        "INSERT OR REPLACE INTO log_entry SELECT 530, id, subject, n, leaf, hash FROM log_entry WHERE idx = 3",
        "INSERT OR REPLACE INTO log_entry SELECT 531, 'new', 'new', n, leaf, hash FROM log_entry WHERE idx = 3",
        "INSERT OR REPLACE INTO log_entry SELECT -1, 'new', 'new', n, leaf, hash FROM log_entry WHERE idx = 3",
        "INSERT OR REPLACE INTO log_entry SELECT NULL, 'new', 'new', n, leaf, hash FROM log_entry WHERE idx = 3",
        "REPLACE INTO log_node SELECT level, idx, hash FROM log_node",
        "REPLACE INTO log_head SELECT one, size + 1, root, frontier, note FROM log_head",
        "REPLACE INTO log_checkpoint SELECT size, note FROM log_checkpoint",
        "REPLACE INTO log_value VALUES ('id', 'field', 'person', x'00')",
        "UPDATE OR REPLACE log_entry SET idx = 4 WHERE idx = 3",
    ],
)
def test_sqlite_refuses_every_change(copy: Path, statement: str) -> None:
    with closing(sqlite3.connect(copy / "governor.db", isolation_level=None)) as raw:
        raw.execute("INSERT INTO log_value VALUES ('id', 'field', 'person', x'01')")
        before = list(raw.iterdump())
        with pytest.raises(sqlite3.IntegrityError, match=r"refused|only a growing size"):
            raw.execute(statement)
        assert list(raw.iterdump()) == before
        raw.execute("DELETE FROM log_value")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET leaf = leaf",
        "DELETE FROM log_entry WHERE idx = 3",
        "INSERT INTO log_entry SELECT * FROM log_entry ON CONFLICT (idx) DO UPDATE SET leaf = ''",
        "UPDATE log_node SET hash = hash",
        "DELETE FROM log_node",
        "UPDATE log_checkpoint SET note = note",
        "DELETE FROM log_checkpoint",
        "DELETE FROM log_head",
        "UPDATE log_head SET note = ''",
        "UPDATE log_head SET size = size - 1",
        "UPDATE log_value SET ciphertext = ciphertext",
        "TRUNCATE log_entry",
        "TRUNCATE log_node",
        "TRUNCATE log_head",
        "TRUNCATE log_checkpoint",
        "TRUNCATE log_value",
        "SET session_replication_role = replica; DELETE FROM log_entry",
    ],
)
def test_postgresql_refuses_every_change(
    postgres_engine: Engine, keys: KeyStore, directory: Path, statement: str
) -> None:
    ledger = Ledger(ORIGIN, keys)
    with postgres_engine.begin() as connection:
        ledger.append(connection, list(make_entries(0, 300)))
        ledger.publish(connection, directory)
        connection.execute(text("INSERT INTO log_value VALUES ('id', 'field', 'person', '')"))
    url = postgres_engine.url
    with psycopg.connect(host=url.query["host"], user=url.username, dbname=url.database) as raw:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            raw.execute(statement.encode())
        raw.rollback()
        raw.execute("DELETE FROM log_value")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE log_entry SET leaf = 'x' WHERE idx = 280", ("entry-altered", 280)),
        ("UPDATE log_entry SET id = 'x' WHERE idx = 7", ("entry-altered", 7)),
        ("UPDATE log_entry SET n = 99 WHERE idx = 7", ("entry-altered", 7)),
        ("UPDATE log_entry SET idx = 900 WHERE idx = 7", ("entry-missing", 7)),
        ("DELETE FROM log_entry WHERE idx > 200", ("entry-missing", 201)),
        ("TRUNCATE log_entry", ("entry-missing", 0)),
        ("UPDATE log_node SET hash = 'x'", ("subtree-altered", 0)),
        ("TRUNCATE log_node", ("subtree-missing", 0)),
        ("UPDATE log_node SET level = 100", ("subtree-missing", 0)),
        ("TRUNCATE log_head", ("head-missing", None)),
        ("UPDATE log_head SET frontier = 'x'", ("head-malformed", None)),
        ("UPDATE log_checkpoint SET note = 'x'", ("checkpoint-altered", None)),
        ("UPDATE log_checkpoint SET size = 301", ("checkpoint-beyond", 300)),
    ],
)
def test_change_in_postgresql_without_triggers_is_found(
    postgres_engine: Engine, ledger: Ledger, directory: Path, statement: str, expected: tuple[str, int | None]
) -> None:
    with postgres_engine.begin() as connection:
        ledger.append(connection, list(make_entries(0, 300)))
        ledger.publish(connection, directory)
    with postgres_engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(text(statement))
    with postgres_engine.begin() as connection:
        found = ledger.verify(connection, directory)

        assert (found[0].what, found[0].index) == expected
        with pytest.raises(LedgerBroken, match="ledger-altered"):
            ledger.append(connection, list(make_entries(300, 1)))


def remove_head(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM log_head")


def forget_the_last(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM log_entry WHERE idx = (SELECT MAX(idx) FROM log_entry)")


def spoil_the_note(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE log_head SET note = REPLACE(note, '530', '531')")


def spoil_the_root(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE log_head SET root = zeroblob(32)")


def spoil_the_checkpoint(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE log_checkpoint SET note = 'x' WHERE size = 530")


@pytest.mark.parametrize("act", [remove_head, forget_the_last, spoil_the_note, spoil_the_root, spoil_the_checkpoint])
def test_ledger_does_not_start_on_a_damaged_head(copy: Path, act: Callable[[Any], None]) -> None:
    with closing(sqlite3.connect(copy / "governor.db", isolation_level=None)) as raw:
        drop_triggers(raw)
        act(raw)
    ledger, engine = Ledger(ORIGIN, KeyStore(copy / "keys")), make_engine(f"sqlite:///{copy / 'governor.db'}")

    with engine.begin() as connection:
        with pytest.raises(LedgerBroken):
            ledger.check(connection, copy / "published")
        with pytest.raises(LedgerBroken):
            ledger.append(connection, list(make_entries(SIZE, 1)))
    engine.dispose()
