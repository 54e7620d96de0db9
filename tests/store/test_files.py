"""Are files and databases for people kept whole, and are wrong places told?"""

# ruff: noqa: S106  # the token of a draft is no secret

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from governor.errors import Refused, Unavailable
from governor.store import drafts
from governor.store.database import Database, Garbled
from governor.store.drafts import DISCARDED, KEPT, Draft
from governor.store.forms import cut, instant, parse_instant, written
from governor.store.shelf import Shelf
from governor.store.unit_of_work import Record
from tests.domain.meetings import NOON, PLAN, RATNA


def test_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("minutes", "2026-001.md", b"old")
    path = shelf.put("minutes", "2026-001.md", b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in path.parent.iterdir()] == ["2026-001.md"]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_file_that_cannot_take_its_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "minutes" / "2026-001.md").mkdir(parents=True)
    with pytest.raises(Unavailable, match="file-unwritable"):
        Shelf(tmp_path).put("minutes", "2026-001.md", b"new")
    assert [each.name for each in (tmp_path / "minutes").iterdir()] == ["2026-001.md"]


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "minutes").write_bytes(b"")
    with pytest.raises(Unavailable, match="file-unwritable"):
        Shelf(tmp_path).put("minutes", "2026-001.md", b"new")
    with pytest.raises(Unavailable, match="folder-unusable"):
        Database(f"sqlite:///{tmp_path / 'minutes' / 'governor.db'}").prepare()


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "nonsense", "", "oracle://u:secret@h"])
def test_other_databases_are_refused_without_telling_their_address(url: str) -> None:
    with pytest.raises(Refused) as told:
        Database(url)
    assert "secret" not in str(told.value)
    assert told.value.values == {"setting": "GOVERNOR_DATABASE_URL"}


def test_database_in_memory_needs_no_folder() -> None:
    database = Database("sqlite://")
    database.prepare()
    database.close()


def test_text_that_is_no_utf8_is_readable_while_examined_only(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        connection.execute(text("UPDATE organisation SET zone = CAST(x'ff41' AS TEXT)"))
    query = text("SELECT zone, language FROM organisation")
    with sqlite_record.database.examine() as connection:
        assert connection.execute(query).one() == (Garbled(b"\xffA"), "id")
    with pytest.raises(Unavailable, match="database-damaged"), sqlite_record.database.read() as connection:
        connection.execute(query).one()


DRAFT = Draft(token="t1", member=RATNA, at=NOON, language="id", plan=PLAN, assumed={"duration": "default-length"})


def test_draft_is_found_as_it_was_kept(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        drafts.keep(connection, DRAFT)
        drafts.keep(connection, replace(DRAFT, token="t2", plan=replace(PLAN, location=None)))
        assert drafts.find(connection, "t1") == DRAFT
        assert drafts.find(connection, "t2") == replace(DRAFT, token="t2", plan=replace(PLAN, location=None))
        assert drafts.find(connection, "t3") is None


def test_draft_that_was_used_is_never_kept_anew(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        drafts.keep(connection, DRAFT)
        drafts.use(connection, "t1", DISCARDED)
        used = replace(DRAFT, used=DISCARDED)
        assert drafts.keep(connection, replace(DRAFT, plan=replace(PLAN, location=None))) == used
        assert drafts.find(connection, "t1") == used


def test_all_of_a_proposal_is_used_and_nothing_of_another(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        for token in ("p.0", "p.1", "p.0.v", "pq.0", "p_.0"):
            drafts.keep(connection, replace(DRAFT, token=token))
        drafts.use(connection, "p", DISCARDED)
        found = {token: drafts.find(connection, token) for token in ("p.0", "p.1", "p.0.v", "pq.0", "p_.0")}
    assert [token for token, draft in found.items() if draft and draft.used] == ["p.0", "p.1", "p.0.v"]


def test_draft_too_old_is_forgotten(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        drafts.keep(connection, DRAFT)
        drafts.keep(connection, replace(DRAFT, token="t2", at=NOON + KEPT))
        assert drafts.find(connection, "t1") is not None
        drafts.keep(connection, replace(DRAFT, token="t3", at=NOON + KEPT + timedelta(milliseconds=1)))
        assert drafts.find(connection, "t1") is None
        assert drafts.find(connection, "t2") is not None


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None),
        ("x", "x"),
        (True, True),
        (7, 7),
        (date(2026, 12, 1), "2026-12-01"),
        (PLAN.dtstart, "2026-12-03T19:00:00+07:00"),
        (timedelta(minutes=90), 5400),
    ],
)
def test_value_has_one_written_form(value: object, form: object) -> None:
    assert written(value) == form


@pytest.mark.parametrize("value", [1.5, b"x", [1], {"a": 1}, object])
def test_value_without_a_written_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no written form"):
        written(value)


def test_instant_is_in_utc_with_milliseconds() -> None:
    moment = datetime(2026, 12, 3, 19, 0, 0, 123_999, tzinfo=PLAN.dtstart.tzinfo)
    assert instant(moment) == "2026-12-03T12:00:00.123Z"
    assert parse_instant(instant(moment)) == cut(moment) == datetime(2026, 12, 3, 12, 0, 0, 123_000, tzinfo=UTC)
    assert cut(moment).tzinfo is UTC
