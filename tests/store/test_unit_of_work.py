"""Does an act stand or fall as a whole?"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text

from governor.domain.decisions import next_number, record_decision
from governor.domain.events import MemberEnrolled, Personal
from governor.errors import GovernorError, LedgerBroken, NotFound, OutOfOrder, Refused, Unavailable
from governor.services.audit import verify
from governor.store import decisions, members, migrate, tables
from governor.store.database import Database
from governor.store.outbox import Effect
from governor.store.unit_of_work import Record, UnitOfWork
from tests.store.records import AT, ask, live, members_of, opened, record_in

EVERYTHING = (*tables.FOLDED, tables.log_entry, tables.log_value, tables.draft, tables.effect)


def counts(record: Record) -> dict[str, int]:
    with record.database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in EVERYTHING
        }


def decide(work: UnitOfWork, said: str = "membeli kursi") -> str:
    number = next_number(2026, decisions.count(work.connection, 2026))
    event = record_decision(number=number, text=said, owner=None, due=None, meeting=None)
    work.record(event, by=None)
    return number


def enrol(work: UnitOfWork, name: str) -> None:
    member, number = work.new_member(), members.next_number(work.connection)
    who = MemberEnrolled(member=member, number=number, name=Personal(name), handle=Personal(name), email=None)
    work.record(who, by=None)
    work.enqueue(Effect(kind="invitation", subject="2026-001", target=member, generation=1))


def decide_much(record: Record) -> None:
    with record.act("large", AT) as work:
        for _ in range(40):
            decide(work, "x" * 3_000)


def act_and_fail(record: Record, error: BaseException) -> None:
    with record.act("failing", AT) as work:
        enrol(work, "Wawan")
        decide(work)
        raise error


def test_act_that_fails_leaves_nothing(record: Record, tmp_path: Path) -> None:
    before, keys = counts(record), record.keys.persons()
    files = {path for path in tmp_path.rglob("*") if not path.name.startswith("governor.db")}
    for error in (OutOfOrder("no"), ZeroDivisionError(), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            act_and_fail(record, error)
        assert counts(record) == before
        assert record.keys.persons() == keys
        assert {path for path in tmp_path.rglob("*") if not path.name.startswith("governor.db")} == files
    assert verify(record, tmp_path / "published").findings == ()


def test_act_after_one_that_failed_is_whole(sqlite_record: Record, tmp_path: Path) -> None:
    with pytest.raises(OutOfOrder):
        act_and_fail(sqlite_record, OutOfOrder("no"))
    with sqlite_record.act("failing", AT) as work:
        enrol(work, "Wawan")
        assert decide(work) == "2026-001"
    assert len(members_of(sqlite_record)) == 2
    assert verify(sqlite_record, tmp_path / "published").findings == ()


def test_same_call_twice_is_one_act(record: Record) -> None:
    first = ask(record, "ratna", "anggota tambah Budi budi@example.org", call="once")
    after = counts(record)
    second = ask(record, "ratna", "anggota tambah Budi budi@example.org", call="once")
    assert [line.key for line in first[0].lines] == ["member-enrolled"]
    assert [line.key for line in second[0].lines] == ["already-done"]
    assert counts(record) == after


def test_free_text_is_kept_as_it_is_digested(sqlite_record: Record, tmp_path: Path) -> None:
    with sqlite_record.act("composed", AT) as work:
        decide(work, "membeli cafe\u0301")
        assert decisions.find(work.connection, "2026-001").text == "membeli caf\u00e9"  # type: ignore[union-attr]
    assert verify(sqlite_record, tmp_path / "published").findings == ()


def at_once(*records: Record, acts: int = 12) -> list[str]:
    """Return the numbers that as many threads as *records* were given, each deciding *acts* times."""
    start = threading.Barrier(len(records))

    def decide_often(name: int, record: Record) -> list[str]:
        start.wait()
        numbers = []
        for act in range(acts):
            with record.act(f"{name}:{act}", AT + timedelta(minutes=act)) as work:
                numbers.append(decide(work))
        return numbers

    with ThreadPoolExecutor(len(records)) as pool:
        jobs = [pool.submit(decide_often, name, record) for name, record in enumerate(records)]
        return [number for job in jobs for number in job.result(timeout=30)]


def test_threads_that_act_at_once_leave_no_gap(record: Record, tmp_path: Path) -> None:
    record.database.close()
    patient = record_in(tmp_path, record.database.url.render_as_string(hide_password=False))
    numbers = at_once(patient, patient, patient)
    assert sorted(numbers) == [f"2026-{number:03d}" for number in range(1, 37)]
    verdict = verify(patient, tmp_path / "published")
    assert (verdict.findings, verdict.size) == ((), 40)
    patient.database.close()


def test_programs_that_act_at_once_leave_no_gap(record: Record, tmp_path: Path) -> None:
    url = record.database.url.render_as_string(hide_password=False)
    with opened(tmp_path, url) as one, opened(tmp_path, url) as other:
        numbers = at_once(one, other)
        assert sorted(numbers) == [f"2026-{number:03d}" for number in range(1, 25)]
        assert verify(one, tmp_path / "published").findings == ()


def test_record_is_sound_while_others_act(record: Record, tmp_path: Path) -> None:
    url = record.database.url.render_as_string(hide_password=False)
    with opened(tmp_path, url) as one, opened(tmp_path, url) as other, ThreadPoolExecutor(1) as pool:
        job = pool.submit(at_once, one, acts=40)
        while not job.done():
            assert verify(other, tmp_path / "published").findings == ()
        assert len(job.result()) == 40


@contextmanager
def locked(record: Record) -> Iterator[None]:
    """Hold the database as another program would."""
    if record.database.is_sqlite:
        with closing(sqlite3.connect(str(record.database.url.database), isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        return
    other = Database(record.database.url.render_as_string(hide_password=False))
    with other.write():
        yield
    other.close()


def test_locked_database_is_told_and_nothing_is_written(record: Record) -> None:
    before = counts(record)
    with locked(record), pytest.raises(Unavailable, match="database-locked"):
        act_and_fail(record, OutOfOrder("not reached"))
    assert counts(record) == before
    with record.act("afterwards", AT) as work:
        assert decide(work) == "2026-001"


def test_process_stands_in_the_queue_of_the_database_once(postgres_record: Record) -> None:
    url = postgres_record.database.url.render_as_string(hide_password=False)
    database = Database(url)
    queue = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
        " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
    )

    def write(_: int) -> None:
        with database.write():
            pass

    with ThreadPoolExecutor(4) as pool:
        with postgres_record.database.write() as looking:
            writing = [pool.submit(write, at) for at in range(4)]
            seen = [looking.scalar(queue) for _ in range(300)]
        assert max(seen) == 1
        assert [one.result() for one in writing] == [None] * 4
    database.close()


def test_who_waits_for_too_long_for_another_thread_is_told_the_same(postgres_record: Record) -> None:
    database, free = postgres_record.database, threading.Event()

    def hold(begun: threading.Event) -> None:
        with database.write():
            begun.set()
            assert free.wait(30)

    begun = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold, begun)
        assert begun.wait(30)
        with pytest.raises(Unavailable, match="database-locked"), database.write():
            pass
        free.set()
        holding.result()


def test_session_that_the_server_ends_in_an_act_is_told_and_nothing_is_written(postgres_record: Record) -> None:
    before = counts(postgres_record)
    with pytest.raises(Unavailable, match="database-unreachable"):
        act_and_lose_the_session(postgres_record)
    assert counts(postgres_record) == before


def act_and_lose_the_session(record: Record) -> None:
    with record.act("lost", AT) as work:
        enrol(work, "Wawan")
        session = work.connection.scalar(text("SELECT pg_backend_pid()"))
        with record.database.read() as other:
            other.execute(text("SELECT pg_terminate_backend(:session, 5000)"), {"session": session})
        decide(work)


def test_full_disk_is_told_and_nothing_is_written(sqlite_record: Record, tmp_path: Path) -> None:
    record = sqlite_record
    before = counts(record)

    def leave(room: int) -> None:
        """Let the file grow by so many pages: the connection that is told so is the one that writes next."""
        with record.database.write() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room}")

    for room in range(12):
        leave(room)
        with pytest.raises(Unavailable, match="disk-full"):
            decide_much(record)
        assert counts(record) == before
    leave(1_000_000)
    with record.act("large", AT) as work:
        assert decide(work) == "2026-001"
    assert verify(record, tmp_path / "published").findings == ()


def test_read_only_database_is_told(record: Record) -> None:
    before = counts(record)
    with read_only(record), pytest.raises(Unavailable, match="database-read-only"):
        act_and_fail(record, OutOfOrder("not reached"))
    assert counts(record) == before


@contextmanager
def read_only(record: Record) -> Iterator[None]:
    """Let nothing be written: on SQLite by the connection that would write next."""
    if record.database.is_sqlite:
        with record.database.read() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        yield
        record.database.close()
        return

    @event.listens_for(record.database.engine, "begin")
    def _close(connection: object) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")  # type: ignore[attr-defined]

    yield
    event.remove(record.database.engine, "begin", _close)


def test_read_only_file_is_told(sqlite_record: Record) -> None:
    if os.getuid() == 0:
        pytest.skip("ROOT WRITES EVERYWHERE: a file without the right to write is not tried")
    path = Path(str(sqlite_record.database.url.database))
    sqlite_record.database.close()
    path.chmod(0o400)
    with pytest.raises(Unavailable, match="database-read-only"):
        act_and_fail(sqlite_record, OutOfOrder("not reached"))
    path.chmod(0o600)


def test_database_of_a_newer_version_is_refused(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with sqlite_record.database.migrating() as engine, pytest.raises(Refused, match=r"database-newer.*9999"):
        migrate.upgrade(engine)


def alter_entry(record: Record, index: int) -> None:
    """Change a byte of an entry, as the owner of the tables could."""
    with record.database.write() as connection:
        if record.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER log_entry_no_update")
        else:
            connection.exec_driver_sql("ALTER TABLE log_entry DISABLE TRIGGER log_entry_no_update")
        connection.execute(tables.log_entry.update().where(tables.log_entry.c.idx == index).values(leaf=b"{}"))


def test_damaged_ledger_is_not_continued_and_the_entry_is_named(record: Record, tmp_path: Path) -> None:
    live(record)
    alter_entry(record, 5)
    before = counts(record)
    with record.database.read() as connection, pytest.raises(LedgerBroken) as told:
        record.ledger.check(connection, tmp_path / "published")
    assert told.value.values["index"] == 5
    with pytest.raises(LedgerBroken, match="index=5"), record.act("further", AT) as work:
        decide(work)
    assert counts(record) == before


def test_altered_head_is_not_continued(sqlite_record: Record) -> None:
    with sqlite_record.database.write() as connection:
        connection.execute(tables.log_head.update().values(size=tables.log_head.c.size + 1))
    before = counts(sqlite_record)
    with pytest.raises(LedgerBroken), sqlite_record.act("further", AT) as work:
        decide(work)
    assert counts(sqlite_record) == before


def test_unreachable_database_is_told(tmp_path: Path) -> None:
    record = record_in(tmp_path, f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(Unavailable, match="database-unreachable"):
        act_and_fail(record, OutOfOrder("not reached"))
    record.database.close()


def test_folder_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "governor.db").mkdir()
    with opened(tmp_path) as record, pytest.raises(Unavailable, match="database-read-only"):
        act_and_fail(record, OutOfOrder("not reached"))


def test_reading_unit_of_work_reads_the_roll_and_the_head(sqlite_record: Record) -> None:
    with sqlite_record.look(AT) as work:
        assert [member.name for member in work.roster()] == ["Ratna Wulandari"]
        assert work.head().size == 4
        assert work.deliveries("2026-001") == ()


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE office SET office = 'king'", "roll-altered"),
        ("UPDATE account SET number = 77", "roll-altered"),
        ("UPDATE member SET member = '/'", "roll-altered"),
    ],
)
def test_altered_roll_is_told(sqlite_record: Record, statement: str, key: str) -> None:
    with sqlite_record.database.write() as connection:
        connection.execute(text(statement))
    with sqlite_record.look(AT) as work, pytest.raises(LedgerBroken, match=key):
        work.roster()


def test_erased_person_is_shown_by_number(sqlite_record: Record, tmp_path: Path) -> None:
    ask(sqlite_record, "ratna", "anggota tambah Budi Santoso budi@example.org", call="1")
    sqlite_record.keys.destroy(members_of(sqlite_record)[1])
    with opened(tmp_path, sqlite_record.database.url.render_as_string(hide_password=False)) as fresh:
        with fresh.database.read() as connection:
            found = fresh.roster(connection)
        (_, erased) = found
        assert (erased.name, erased.handle, erased.email, erased.number) == ("#0002", "#0002", None, 2)
        assert found.by_account("console", "budi") is None
        verdict = verify(fresh, tmp_path / "published")
        assert (verdict.findings, verdict.erased) == ((), (2,))
        with pytest.raises(NotFound, match="key-erased"):
            fresh.keys.get(erased.id)


def test_errors_of_ours_pass_unchanged(sqlite_record: Record) -> None:
    with pytest.raises(GovernorError, match="mine"), sqlite_record.act("x", AT):
        raise Unavailable("mine")


def test_person_erased_while_we_run_is_shown_by_number_at_once(sqlite_record: Record) -> None:
    ask(sqlite_record, "ratna", "anggota tambah Budi Santoso budi@example.org", call="1")
    with sqlite_record.look(AT) as work:
        assert [member.name for member in work.roster()] == ["Ratna Wulandari", "Budi Santoso"]
    sqlite_record.keys.destroy(members_of(sqlite_record)[1])
    with sqlite_record.look(AT) as work:
        assert [member.name for member in work.roster()] == ["Ratna Wulandari", "#0002"]
