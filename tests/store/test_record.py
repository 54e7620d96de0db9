"""Do the rows say what the entries say, and does neither say more than it may?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from governor.domain.convening import call_meeting, cancel_meeting, change_meeting, plan_of, reply
from governor.domain.decisions import record_decision
from governor.domain.meetings import PartStat
from governor.errors import OutOfOrder
from governor.services.audit import verify
from governor.store import decisions, meetings, minutes, tables
from governor.store.folding import folded
from governor.store.unit_of_work import Record
from tests.domain.meetings import PLAN, evolve, make_meeting
from tests.store.records import AT, ENTRIES, FREE, PERSONAL, ask, live, members_of, publish


def test_rows_of_every_event_are_the_fold_of_its_entry(record: Record, tmp_path: Path) -> None:
    live(record)
    publish(record, tmp_path)
    verdict = verify(record, tmp_path / "published")
    assert (verdict.findings, verdict.size, verdict.erased) == ((), ENTRIES, ())
    with record.database.read() as connection:
        fold = folded(connection, ())
        kinds = {entry.type for index in range(23) for entry in [record.ledger.entry(connection, index)]}
        for table in tables.FOLDED:
            rows = connection.execute(select(table)).all()
            assert len(rows) == len(fold.rows[table.name]) > 0
    assert len(kinds) == 11


def test_log_says_no_name_address_account_or_free_text(sqlite_record: Record) -> None:
    live(sqlite_record)
    with sqlite_record.database.read() as connection:
        rows = connection.execute(select(tables.log_entry, tables.log_entry.c.leaf)).all()
        people = members_of(sqlite_record)
    raw = repr([tuple(row) for row in rows]).casefold()
    for word in (*PERSONAL, *FREE, *people):
        assert word.casefold() not in raw, word


def test_no_name_or_address_lies_in_the_clear_anywhere_in_the_file(sqlite_record: Record) -> None:
    live(sqlite_record)
    path = Path(str(sqlite_record.database.url.database))
    sqlite_record.database.close()
    raw = b"".join(path.with_name(path.name + end).read_bytes() for end in ("", "-wal") if _is_there(path, end))
    # Free text may name people: it lies in the clear beside the log, and the journey's note names Budi.
    for word in ("@example", "ratna.w", "Ratna Wulandari", "Wulandari", "Budi Santoso", "Santoso", "Joko", "Sari"):
        assert word.encode() not in raw, word


def _is_there(path: Path, end: str) -> bool:
    return path.with_name(path.name + end).exists()


def test_working_tables_hold_no_name_or_address(record: Record) -> None:
    live(record)
    working = ["effect", "draft"]
    with record.database.read() as connection:
        if not record.database.is_sqlite:
            names = "SELECT 'dbos.' || tablename FROM pg_tables WHERE schemaname = 'dbos'"
            working += connection.execute(text(names)).scalars()
        for name in working:
            rows = repr(connection.execute(text(f"SELECT * FROM {name}")).all()).casefold()  # noqa: S608
            for word in PERSONAL:
                assert word.casefold() not in rows, (name, word)
    assert record.database.is_sqlite or "dbos.workflow_status" in working


def test_pseudonyms_of_one_person_differ_from_subject_to_subject(sqlite_record: Record) -> None:
    live(sqlite_record)
    with sqlite_record.database.read() as connection:
        entries = [sqlite_record.ledger.entry(connection, index) for index in range(23)]
    by_subject: dict[str, set[str]] = {}
    for entry in entries:
        by_subject.setdefault(entry.subject, set()).add(entry.actor)
    actors = [actor for found in by_subject.values() for actor in found if actor != "system"]
    assert len(actors) == len(set(actors)) > 5


_ACT = st.one_of(
    st.just("cancel"),
    st.tuples(st.integers(0, 3), st.sampled_from(PartStat)),
    st.fixed_dictionaries(
        {},
        optional={
            "summary": st.sampled_from(["Rapat", "Rapat besar"]),
            "dtstart": st.integers(1, 3).map(lambda days: PLAN.dtstart + timedelta(days=days)),
            "location": st.sampled_from([None, "Balai"]),
            "agenda": st.sampled_from([None, "kas"]),
            "invited": st.lists(st.integers(0, 3), min_size=1, max_size=4).map(tuple),
        },
    ),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACT, min_size=1, max_size=8))
def test_meeting_in_the_tables_is_what_its_events_make_of_it(
    sqlite_record: Record, tmp_path: Path, acts: list[object]
) -> None:
    record = sqlite_record
    for name in ("Budi", "Sari", "Joko"):
        ask(record, "ratna", f"anggota tambah {name}", call=name)
    people = members_of(record)
    with record.database.read() as connection:
        taken = meetings.count(connection, 2026)
    number = f"2026-{taken + 1:03d}"
    expected = make_meeting(replace(PLAN, invited=people[:3]), number=number, at=AT)
    with record.act(f"{number}:call", AT) as work:
        work.record(call_meeting(plan_of(expected), number=number, uid=expected.uid, at=AT), by=people[0])
    for minute, act in enumerate(acts, 1):
        at = AT + timedelta(minutes=minute)
        try:
            with record.act(f"{number}:{minute}", at) as work:
                found = meetings.find(work.connection, number)
                assert found is not None
                if act == "cancel":
                    event: object = cancel_meeting(found, at=at)
                elif isinstance(act, tuple):
                    event = reply(found, by=people[act[0]], partstat=act[1], at=at)
                else:
                    wanted = dict(act)  # type: ignore[call-overload]
                    if "invited" in wanted:
                        wanted["invited"] = tuple(people[which] for which in wanted["invited"])
                    event = change_meeting(found, replace(plan_of(found), **wanted), at=at)
                work.record(event, by=people[0])  # type: ignore[arg-type]
        except OutOfOrder:
            continue
        expected = evolve(expected, event, at=at)  # type: ignore[arg-type]
    with record.database.read() as connection:
        found = meetings.find(connection, number)
    assert found is not None
    assert replace(found, removed=()) == replace(expected, removed=())
    assert set(found.removed) == set(expected.removed)
    assert verify(record, tmp_path / "published").findings == ()


def test_decisions_are_in_order_beyond_the_thousandth(sqlite_record: Record) -> None:
    with sqlite_record.act("many", AT) as work:
        for number in ("2026-998", "2026-999", "2026-1000", "2026-1001"):
            event = record_decision(number=number, text="x", owner=None, due=None, meeting="2026-001")
            work.record(event, by=None)
        found = decisions.of_meeting(work.connection, "2026-001")
        assert [decision.number for decision in found] == ["2026-998", "2026-999", "2026-1000", "2026-1001"]
        assert decisions.counts(work.connection, AT, AT) == decisions.Counts(found=0, looked_at=4)
        assert decisions.counts(work.connection, AT, None) == decisions.Counts(found=4, looked_at=4)
        assert minutes.next_item(work.connection, "2026-001") == 1
        assert meetings.find(work.connection, "2026-001") is None


@pytest.mark.parametrize("year", [2026, 2027])
def test_numbers_are_counted_by_year(sqlite_record: Record, year: int) -> None:
    live(sqlite_record)
    with sqlite_record.database.read() as connection:
        assert decisions.count(connection, year) == (3 if year == 2026 else 0)
        assert meetings.count(connection, year) == (5 if year == 2026 else 0)


def publish_and_fail(record: Record, folder: Path) -> None:
    with record.database.write() as connection:
        record.ledger.publish(connection, folder / "published")
        raise ZeroDivisionError


def test_interrupted_publication_is_made_good_by_the_next(record: Record, tmp_path: Path) -> None:
    publish(record, tmp_path)
    live(record)
    with pytest.raises(ZeroDivisionError):
        publish_and_fail(record, tmp_path)
    assert verify(record, tmp_path / "published").findings == ()
    ask(record, "ratna", "anggota tambah Wawan", call="later")
    publish(record, tmp_path)
    assert verify(record, tmp_path / "published").findings == ()
    with record.database.read() as connection:
        assert list(connection.execute(select(tables.log_checkpoint.c.size)).scalars()) == [4, ENTRIES, ENTRIES + 2]


def test_latest_decisions_are_the_newest_first_and_all_are_counted(sqlite_record: Record) -> None:
    live(sqlite_record)
    with sqlite_record.database.read() as connection:
        every = decisions.newest(connection)
        assert decisions.newest(connection, 1) == every[:1]
        assert decisions.counts(connection, None, None) == decisions.Counts(found=len(every), looked_at=len(every))
    assert [one.at for one in every] == sorted((one.at for one in every), reverse=True)
