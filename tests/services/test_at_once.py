"""What is brief is done at once by whoever hears it; what takes long or has to wait is not, and nothing of it is."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from governor.ports import Account, Ask, Call, Press, Reply, Say
from governor.services import COMMANDS
from governor.services.dispatch import Dispatcher
from governor.store import tables
from governor.store.thinking import NotAtOnce, at_once
from governor.store.unit_of_work import Record
from tests.services.conftest import lived
from tests.services.test_recalling import COME, STAY, Kept
from tests.store.records import AT

__all__ = ["lived"]

PROPOSAL = Say(text="rapat kas Jumat depan jam 3 sore dengan @budi")
PAGE = Ask(command="decision list", options={})


@pytest.fixture
def kept(lived: Path, tmp_path: Path) -> Kept:
    copied = Kept(folder=shutil.copytree(lived, tmp_path / "data"), url=None)
    copied.age()
    return copied


@pytest.fixture
def record(kept: Kept) -> Iterator[Record]:
    """A record of which it is recalled who is on its roll."""
    with kept.opened() as record:
        asked(record, PAGE, "recall")
        kept.age()
        asked(record, PAGE, "recall")
        yield record


def asked(record: Record, request: Press | Ask | Say, call: str) -> tuple[Reply, ...]:
    """Return the replies to the *request* of the secretary."""
    account = Account(platform="console", id="ratna")
    return Dispatcher(record, COMMANDS)(Call(id=call, account=account, at=AT + timedelta(days=1), request=request))


def asked_at_once(record: Record, request: Press | Ask | Say, call: str) -> tuple[Reply, ...]:
    with at_once():
        return asked(record, request, call)


def entries(record: Record) -> int | None:
    with record.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.log_entry))


@contextmanager
def written_elsewhere(kept: Kept) -> Iterator[None]:
    """Hold the lock of the database as another process would."""
    with closing(sqlite3.connect(str(kept.folder / "governor.db"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("request_", [STAY, PROPOSAL, PAGE, Ask(command="meeting list", options={})])
def test_what_is_brief_is_done_at_once(record: Record, request_: Press | Ask | Say) -> None:
    before = entries(record)
    (reply,) = asked_at_once(record, request_, "brief")
    assert not reply.refused
    assert entries(record) == (before or 0) + (request_ is STAY)


@pytest.mark.parametrize(
    "request_",
    [
        Press(button="cancel:2026-001"),
        Say(text="catat keputusan: membeli tenda baru untuk kegiatan warga"),
        Say(text="rapat kas Jumat depan jam 3 sore\nrapat panen Sabtu depan jam 9 pagi"),
        Say(text="periksa buku"),
        Say(text="entah"),
    ],
)
def test_what_takes_long_is_not_done_at_once_and_can_be_done_afterwards(
    record: Record, request_: Press | Ask | Say
) -> None:
    before = entries(record)
    with pytest.raises(NotAtOnce):
        asked_at_once(record, request_, "long")
    assert entries(record) == before
    assert all(line.key != "already-done" for reply in asked(record, request_, "long") for line in reply.lines)


def test_roll_that_nobody_recalls_is_not_read_at_once(kept: Kept) -> None:
    with kept.opened() as record:
        with pytest.raises(NotAtOnce):
            asked_at_once(record, PAGE, "first")
        asked(record, PAGE, "first")
        asked(record, Say(text="tambah anggota Wawan wawan@example.org"), "enrol")
        kept.age()
        for request in (PAGE, STAY):
            with pytest.raises(NotAtOnce):
                asked_at_once(record, request, "second")
        assert not asked(record, STAY, "second")[0].refused
        assert not asked_at_once(record, COME, "third")[0].refused


def test_nobody_waits_at_once_for_another_process_and_what_was_asked_is_done_once(kept: Kept, record: Record) -> None:
    before = entries(record)
    with written_elsewhere(kept), pytest.raises(NotAtOnce):
        asked_at_once(record, STAY, "press")
    assert entries(record) == before
    assert not asked(record, STAY, "press")[0].refused
    assert entries(record) == (before or 0) + 1


def test_nobody_waits_at_once_for_another_thread(record: Record) -> None:
    with record.database.write(), pytest.raises(NotAtOnce):
        asked_at_once(record, STAY, "press")
    assert not asked_at_once(record, STAY, "press")[0].refused


def test_who_may_wait_for_another_process_still_does(kept: Kept, record: Record) -> None:
    with written_elsewhere(kept), pytest.raises(NotAtOnce):
        asked_at_once(record, STAY, "press")
    for taken in (record.database.read, record.database.write):
        with taken() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() > 0
