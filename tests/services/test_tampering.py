"""Is every change found that somebody makes in the database without the keys?"""

# ruff: noqa: S608  # every statement is made of names of our own tables

import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Table

from governor.ledger.entry import Entry
from governor.services.audit import Verdict, verify
from governor.store import tables
from tests.services.attacks import COVERED, Attacker, Stored, changed
from tests.store.records import AT, ENTRIES, opened

LOG = {"log_entry", "log_node", "log_head", "log_checkpoint"}
COLUMNS = [(table.name, column.name) for table in COVERED for column in table.columns]
SMALL = [place for place in COLUMNS if place[0] != "log_node"]


def assert_named(verdict: Verdict | None, table: str, key: tuple[Stored, ...]) -> None:
    """Check that *verdict* names the row of *table* whose primary key was *key*, and the earliest entry first."""
    assert verdict is not None
    indices = [finding.index for finding in verdict.findings]
    known = [index for index in indices if index is not None]
    assert indices == sorted(known) + [None] * (len(indices) - len(known))
    whats = {finding.what for finding in verdict.findings}
    if table == "log_entry":
        assert verdict.findings
        assert verdict.findings[0].index is not None
        assert verdict.findings[0].index <= int(str(key[0]))
    elif table in LOG and not any(finding.values.get("table") == table for finding in verdict.findings):
        sort = {"log_node": "subtree"}.get(table, table.removeprefix("log_"))
        assert any(what.startswith((sort, "note", "checkpoint")) for what in whats), verdict
    else:
        assert any(finding.values.get("table") == table for finding in verdict.findings), verdict


def test_untouched_record_is_sound(attacker: Attacker, attacker_of_long: Attacker) -> None:
    for each in (attacker, attacker_of_long):
        verdict = verify(each.record, each.folder / "published")
        assert verdict.findings == ()
        assert verdict.erased == ()
        assert verdict.size == each.count("log_entry")
    assert all(attacker_of_long.count(table.name) for table in COVERED)


@pytest.mark.parametrize(("table", "column"), SMALL)
def test_changed_byte_is_found_in_every_column(attacker: Attacker, table: str, column: str) -> None:
    rows = attacker.count(table)
    tried = 0
    filled = next((row for row in range(rows) if attacker.value(table, column, row) is not None), 0)
    for row in sorted({0, rows // 2, rows - 1, filled}):
        value, kind, key = (
            attacker.value(table, column, row),
            attacker.kind(table, column, row),
            attacker.key(table, row),
        )
        for changes in _changes(value):
            verdict = attacker.after_value((table, column, row), changes, kind)
            if verdict is not None:
                assert_named(verdict, table, key)
                tried += 1
    # The database itself refuses another number for the one row of the head, and nothing else.
    assert tried or (table, column) == ("log_head", "one") or _is_always_null(attacker, table, column)


def _changes(value: Stored) -> list[Stored]:
    if isinstance(value, bytes) and value:
        places = {0: 0x01, len(value) // 2: 0x80, len(value) - 1: 0x02}
        return [changed(value, at, mask) for at, mask in places.items()]
    if isinstance(value, int):
        return [value + 1, value ^ 64]
    return []


def _is_always_null(attacker: Attacker, table: str, column: str) -> bool:
    return attacker.connection.execute(f"SELECT MAX({column}) FROM {table}").fetchone() == (None,)


@pytest.mark.parametrize("column", [column.name for column in tables.log_node.columns])
def test_changed_node_is_found(attacker_of_long: Attacker, column: str) -> None:
    for row in range(attacker_of_long.count("log_node")):
        value = attacker_of_long.value("log_node", column, row)
        kind, key = attacker_of_long.kind("log_node", column, row), attacker_of_long.key("log_node", row)
        for other in _changes(value):
            verdict = attacker_of_long.after_value(("log_node", column, row), other, kind)
            if verdict is not None:  # the database refuses the number of another row
                assert_named(verdict, "log_node", key)


@pytest.mark.parametrize(("table", "column"), SMALL)
def test_value_of_another_type_is_found(attacker: Attacker, table: str, column: str) -> None:
    value, kind, key = attacker.value(table, column, 0), attacker.kind(table, column, 0), attacker.key(table, 0)
    others: list[tuple[Stored, str]] = [(None, "null"), (b"", "blob"), ("", "text"), (-1, "integer"), (0.5, "real")]
    if kind in ("text", "blob"):
        others += [(value, "blob" if kind == "text" else "text"), (b"\xff\xfe", "text"), (10**15, "integer")]
        assert isinstance(value, bytes)
        others += [(value + b"\0", kind), (value[:-1], kind)]
    for other, other_kind in others:
        is_same = other == value and other_kind == kind
        verdict = None if is_same else attacker.after_value((table, column, 0), other, other_kind)
        if verdict is not None:
            assert_named(verdict, table, key)


@pytest.mark.parametrize("table", [table.name for table in COVERED if table.name != "log_node"])
def test_deleted_row_is_found(attacker: Attacker, table: str) -> None:
    # The row of the newest checkpoint may be missing: its publication may be under way.
    rows = attacker.count(table) - (table == "log_checkpoint")
    for row in sorted({0, rows // 2, rows - 1}):
        key = attacker.key(table, row)
        at = f"(SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET {row})"
        assert_named(attacker.after(f"DELETE FROM {table} WHERE rowid = {at}"), table, key)


@pytest.mark.parametrize("table", [table for table in COVERED if table.name not in ("log_node", "log_head")])
def test_added_row_is_found(attacker: Attacker, table: Table) -> None:
    names = [column.name for column in table.columns]
    other = ", ".join(_another(column) for column in table.columns)
    verdict = attacker.after(
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {other} FROM {table.name} ORDER BY rowid DESC LIMIT 1"
    )
    assert_named(verdict, table.name, (99,))


def _another(column: Column[object]) -> str:
    if column.primary_key or column.unique or column.name == "n":
        number = column.type.python_type is int
        return f"{column.name} + 7" if number else f"{column.name} || 'x'"
    return column.name


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(SMALL), data=st.data())
def test_changed_byte_is_found_anywhere(attacker: Attacker, place: tuple[str, str], data: st.DataObject) -> None:
    table, column = place
    row = data.draw(st.integers(0, attacker.count(table) - 1))
    value, kind, key = attacker.value(table, column, row), attacker.kind(table, column, row), attacker.key(table, row)
    if isinstance(value, bytes) and value:
        other: Stored = changed(value, data.draw(st.integers(0, len(value) - 1)), data.draw(st.integers(1, 255)))
    elif isinstance(value, int):
        other = data.draw(st.integers(-(2**63), 2**63 - 1).filter(lambda number: number != value))
    else:
        other = data.draw(st.text(max_size=8))
        kind = "text"
    verdict = attacker.after_value((table, column, row), other, kind)
    if verdict is not None:
        assert_named(verdict, table, key)


REFUSED = (
    "INSERT OR REPLACE INTO log_entry SELECT idx, id, subject, n, x'00', hash FROM log_entry WHERE idx = 2",
    "INSERT OR REPLACE INTO log_entry SELECT idx + 1000, id, subject, n, leaf, hash FROM log_entry WHERE idx = 2",
    "REPLACE INTO log_head SELECT one, size, root, frontier, 'x' FROM log_head",
    "INSERT OR REPLACE INTO log_checkpoint SELECT size, 'x' FROM log_checkpoint",
    "INSERT OR REPLACE INTO log_value SELECT id, field, person, x'00' FROM log_value",
    "INSERT OR IGNORE INTO log_entry SELECT idx + 1000, 'x', 'y', n, leaf, hash FROM log_entry WHERE idx = 2",
    "UPDATE log_entry SET leaf = x'00'",
    "UPDATE OR REPLACE log_entry SET idx = 1 WHERE idx = 0",
    "UPDATE log_node SET hash = x'00'",
    "UPDATE log_head SET note = 'x'",
    "UPDATE log_checkpoint SET note = 'x'",
    "UPDATE log_value SET ciphertext = x'00'",
    "DELETE FROM log_entry",
    "DELETE FROM log_entry WHERE idx = 3",
    "DELETE FROM log_node",
    "DELETE FROM log_head",
    "DELETE FROM log_checkpoint",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_log_is_not_rewritten_while_its_triggers_stand(long: Path, statement: str) -> None:
    connection = sqlite3.connect(long / "governor.db", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match=r"refused|growing"):
        connection.execute(statement)
    connection.close()
    with opened(long) as record:
        assert verify(record, long / "published").findings == ()


def rewritten(attacker: Attacker, leaf: bytes) -> Verdict:
    """Return what is found after the entry of the first decision was rewritten, its hash with it."""
    found = sha256(b"\x00" + leaf).digest()
    verdict = attacker.after("UPDATE log_entry SET leaf = ?, hash = ? WHERE subject = 'decision/2026-001'", leaf, found)
    assert verdict is not None
    return verdict


def test_entry_rewritten_with_its_hash_is_found(attacker: Attacker) -> None:
    query = "SELECT idx, leaf FROM log_entry WHERE subject = 'decision/2026-001'"
    index, leaf = attacker.connection.execute(query).fetchone()
    others = (
        leaf.replace(b'"due":"2026-12-01"', b'"due":"2027-12-01"'),
        leaf.replace(b'"due":"2026-12-01"', b'"due":{"a":[1]}'),
        leaf.replace(b'"type":"decision.recorded"', b'"type":"decision.revoked"'),
        b"{}",
        b"\xff",
    )
    for other in others:
        assert other != leaf
        verdict = rewritten(attacker, other)
        assert verdict.findings
        assert any(finding.index is not None and finding.index <= index for finding in verdict.findings)


def test_entry_rewritten_together_with_its_row_is_found(attacker: Attacker) -> None:
    connection = attacker.connection
    (leaf,) = connection.execute("SELECT leaf FROM log_entry WHERE subject = 'decision/2026-001'").fetchone()
    connection.execute("UPDATE decision SET due = '2027-12-01' WHERE number = '2026-001'")
    verdict = rewritten(attacker, leaf.replace(b'"due":"2026-12-01"', b'"due":"2027-12-01"'))
    assert {finding.what for finding in verdict.findings} >= {"head-root"}


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("poll.taken", {}, "entry-unknown-type"),
        ("decision.recorded", {"number": ["x"]}, "entry-misshapen"),
        ("organisation.founded", {"name": 1, "zone": 2, "language": 3}, "entry-misshapen"),
    ],
)
def test_signed_entry_that_no_event_has_is_named(
    lived: Path, tmp_path: Path, kind: str, body: dict[str, object], what: str
) -> None:
    folder = shutil.copytree(lived, tmp_path / "data")
    entry = Entry(id=str(UUID(int=7)), ts=AT, type=kind, v=1, subject="x/1", n=1, actor="system", body=body, pii={})
    with opened(folder) as record:
        with record.database.write() as connection:
            record.ledger.append(connection, [entry])
        (finding,) = verify(record, folder / "published").findings
    assert (finding.what, finding.index) == (what, ENTRIES)
