"""What does ``governor verify`` say of a record in a damaged or erased state? It never ends in a trace."""

import random
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from governor import actions
from governor.actions.records import ALTERED, SOUND, UNKNOWN
from tests.services.attacks import COVERED
from tests.store.records import members_of, opened


@pytest.fixture
def data(lived: Path, tmp_path: Path) -> Path:
    """A copy of the lived record, to be spoilt."""
    return shutil.copytree(lived, tmp_path / "data")


def said(data: Path) -> Mapping[str, object]:
    return actions.verify(data, None, None)


def test_sound_record_is_sound(data: Path) -> None:
    found = said(data)
    assert (found["status"], found["findings"], found["erased"]) == (SOUND, [], [])


def test_missing_record_cannot_be_told(tmp_path: Path) -> None:
    assert said(tmp_path / "nowhere")["status"] == UNKNOWN


def test_file_that_is_no_database_cannot_be_told(data: Path) -> None:
    (data / "governor.db").write_bytes(b"not a database at all" * 1000)
    assert said(data)["status"] == UNKNOWN


def test_empty_file_cannot_be_told(data: Path) -> None:
    (data / "governor.db").write_bytes(b"")
    assert said(data)["status"] == UNKNOWN


def test_truncated_database_is_not_sound(data: Path) -> None:
    whole = (data / "governor.db").read_bytes()
    (data / "governor.db").write_bytes(whole[: len(whole) // 2])
    assert said(data)["status"] in (ALTERED, UNKNOWN)


def test_damaged_key_of_a_person_cannot_be_told(data: Path) -> None:
    key = next((data / "keys" / "persons").iterdir())
    key.chmod(0o600)
    key.write_bytes(b"short")
    assert said(data)["status"] == UNKNOWN


def _rows(path: Path) -> list[object]:
    """Return every row of the covered tables, as it lies in the file."""
    found: list[object] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        for table in COVERED:
            kinds = ", ".join(f"typeof({column.name}), {column.name}" for column in table.columns)
            rows = connection.execute(f"SELECT {kinds} FROM {table.name}").fetchall()  # noqa: S608  # our own names
            found.append(sorted(rows, key=repr))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_byte_changed_in_the_file_is_found_or_unused(lived: Path, data: Path, seed: int) -> None:
    whole, rows = (lived / "governor.db").read_bytes(), _rows(lived / "governor.db")
    chance = random.Random(seed)  # noqa: S311  # the same places every time
    for _ in range(40):
        at = chance.randrange(len(whole))
        (data / "governor.db").write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        for left in ("governor.db-wal", "governor.db-shm"):
            (data / left).unlink(missing_ok=True)
        found = said(data)
        assert found["status"] in (SOUND, ALTERED, UNKNOWN)
        assert found["status"] != SOUND or _rows(data / "governor.db") == rows, at


_LEAF = "UPDATE log_entry SET leaf = replace(leaf, 'meeting', 'Meeting') WHERE idx = 9;"
SHELL = (
    (f"DROP TRIGGER log_entry_no_update; {_LEAF}", 9),
    ("UPDATE decision SET text = replace(text, '10', '90');", None),
    ("UPDATE attendee SET partstat = 'DECLINED' WHERE partstat = 'ACCEPTED';", None),
    ("UPDATE meeting SET dtstart = replace(dtstart, '20:00', '21:00') WHERE number = '2026-001';", None),
)
MISSING = "THE sqlite3 SHELL IS NOT INSTALLED: its attack is not tried"


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason=MISSING)
@pytest.mark.parametrize(("statement", "index"), SHELL)
def test_change_with_the_sqlite3_shell_is_found(data: Path, statement: str, index: int | None) -> None:
    subprocess.run(["sqlite3", data / "governor.db", statement], check=True)
    found = said(data)
    assert found["status"] == ALTERED
    first = found["findings"][0]  # type: ignore[index]
    assert index is None or first["index"] == index


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason=MISSING)
def test_replacing_an_entry_with_the_sqlite3_shell_is_refused(data: Path) -> None:
    statement = "INSERT OR REPLACE INTO log_entry SELECT idx, id, subject, n, x'00', hash FROM log_entry WHERE idx = 3;"
    done = subprocess.run(["sqlite3", data / "governor.db", statement], capture_output=True, check=False)
    assert done.returncode != 0
    assert b"refused" in done.stderr
    assert said(data)["status"] == SOUND


def test_erased_person_is_told_and_no_alteration(data: Path) -> None:
    with opened(data) as record:
        record.keys.destroy(members_of(record)[1])
    found = said(data)
    assert (found["status"], found["findings"], found["erased"]) == (SOUND, [], [2])
    assert "#0002" in str(found["lines"])


def test_everybody_erased_leaves_the_log_sound(data: Path) -> None:
    for key in (data / "keys" / "persons").iterdir():
        key.unlink()
    found = said(data)
    assert (found["status"], found["erased"]) == (SOUND, [1, 2, 3, 4])


def test_folder_of_keys_that_is_gone_cannot_be_told_from_erasure(data: Path) -> None:
    shutil.rmtree(data / "keys" / "persons")
    assert said(data)["status"] == UNKNOWN


def test_erased_person_whose_sealed_values_are_deleted_is_no_alteration(data: Path) -> None:
    with opened(data) as record:
        erased = members_of(record)[1]
        record.keys.destroy(erased)
    _write(data, "DELETE FROM log_value WHERE person = ?", erased)
    assert said(data)["status"] == SOUND


ERASED = (
    ("UPDATE attendee SET partstat = 'TENTATIVE' WHERE member = ? AND number = '2026-001'", "attendee"),
    ("UPDATE attendee SET member = 'x' || member WHERE member = ? AND number = '2026-001'", "attendee"),
    ("UPDATE member SET email = NULL WHERE member = ?", "member"),
    ("UPDATE member SET member = 'nobody' WHERE member = ?", "attendee"),
    ("DELETE FROM attendee WHERE member = ? AND number = '2026-001'", "attendee"),
)


@pytest.mark.parametrize(("statement", "table"), ERASED)
def test_row_of_an_erased_person_is_still_verified(data: Path, statement: str, table: str) -> None:
    with opened(data) as record:
        erased = members_of(record)[1]
        record.keys.destroy(erased)
    _write(data, statement, erased)
    found = said(data)
    assert found["status"] == ALTERED
    assert table in {finding.get("table") for finding in found["findings"]}  # type: ignore[attr-defined]


def test_person_with_a_key_cannot_be_made_to_look_erased(data: Path) -> None:
    with opened(data) as record:
        person = members_of(record)[2]
    for table, column in (("member", "member"), ("attendee", "member"), ("log_value", "person"), ("decision", "owner")):
        _write(data, f"UPDATE {table} SET {column} = 'stranger' WHERE {column} = ?", person)  # noqa: S608
    found = said(data)
    assert found["status"] == ALTERED
    assert {"member", "attendee", "log_value", "decision"} <= {one.get("table") for one in found["findings"]}  # type: ignore[attr-defined]


def _write(data: Path, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(data / "governor.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS log_value_no_update")
        assert connection.execute(statement, values).rowcount
