"""The durable engine: what is committed is carried out, whatever happens in between."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import pytest
from sqlalchemy import text

from governor.bootstrap import record_of
from governor.errors import Unavailable
from governor.itip.invitation import Guest, Invitation
from governor.jobs import Engine, Pace
from governor.services import ways
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.store.database import Database
from governor.store.outbox import State
from governor.store.unit_of_work import Record
from tests.delivery.calendars import Wall
from tests.delivery.hall import Hall
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Nobody, clock

QUICK = Pace(poll=timedelta(seconds=0.05), again=timedelta(seconds=0.05), grace=timedelta(seconds=0.1))
NEVER_LOOKS = Pace(poll=timedelta(hours=1))
AGAIN = timedelta(seconds=0.05)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    running = asyncio.new_event_loop()
    thread = threading.Thread(target=running.run_forever)
    thread.start()
    yield running
    running.call_soon_threadsafe(running.stop)
    thread.join()
    running.close()


class AtWork(Protocol):
    def __call__(
        self, record: Record, wall: Wall, pace: Pace, name: str = "embedded", again: timedelta = ...
    ) -> AbstractContextManager[Engine]: ...


@pytest.fixture
def at_work(loop: asyncio.AbstractEventLoop) -> AtWork:
    @contextmanager
    def working(
        record: Record, wall: Wall, pace: Pace, name: str = "embedded", again: timedelta = AGAIN
    ) -> Iterator[Engine]:
        outside = Outside(calendars=(wall,), chat=Nobody(), retry=Retry(first=again))
        engine = Engine(record.database, record.outbox, name, pace, clock)
        engine.start(Delivery(record, outside, clock), loop)
        try:
            yield engine
        finally:
            engine.stop()

    return working


class Stuck(Wall):
    """A calendar that never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError


class Broken(Wall):
    """A calendar with a bug."""

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        raise ZeroDivisionError


def call(hall: Hall, number: str = "2026-001") -> None:
    hall.call(number, [hall.enrol("Budi", "budi@example.org")])


def test_effect_committed_here_is_not_looked_for(hall: Hall, at_work: AtWork) -> None:
    wall = Wall()
    with at_work(hall.record, wall, NEVER_LOOKS):
        call(hall)
        wait_until(lambda: hall.states("2026-001") == [State.DONE])

    assert len(wall.published) == 1


def test_effect_committed_before_the_start_is_found(hall: Hall, at_work: AtWork) -> None:
    wall = Wall()
    call(hall)
    with at_work(hall.record, wall, QUICK):
        wait_until(lambda: hall.states("2026-001") == [State.DONE])

    assert len(wall.published) == 1


def test_effect_that_failed_is_tried_again(hall: Hall, at_work: AtWork) -> None:
    wall = Wall()
    wall.failures["budi@example.org"] = [Unavailable("mail-server-unreachable", host="x", reason="y")] * 2
    with at_work(hall.record, wall, QUICK):
        call(hall)
        wait_until(lambda: hall.states("2026-001") == [State.DONE])

    assert (hall.all()[0].tries, len(wall.published)) == (2, 1)


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_effect_that_failed_at_once_is_not_tried_by_its_workflow_too(hall: Hall, at_work: AtWork) -> None:
    wall = Wall()
    wall.failures["budi@example.org"] = [Unavailable("mail-server-unreachable", host="x", reason="y")]
    with at_work(hall.record, wall, QUICK, again=timedelta(hours=1)):
        call(hall)
        wait_until(lambda: hall.all()[0].tries == 1)
        wait_until(lambda: not engine_rows(hall, unfinished=True))

    assert [(one.state, one.tries) for one in hall.all()] == [(State.QUEUED, 1)]


def test_call_that_never_ends_is_broken_off_and_made_at_the_next_start(hall: Hall, at_work: AtWork) -> None:
    stuck, wall = Stuck(), Wall()
    with at_work(hall.record, stuck, QUICK, "first"):
        call(hall)
        assert stuck.asked.wait(30)
    before = hall.all()[0]
    with at_work(hall.record, wall, QUICK, "first"):
        wait_until(lambda: hall.states("2026-001") == [State.DONE])

    assert (before.state, before.tries, before.error) == (State.QUEUED, 0, None)
    assert len(wall.published) == 1


def test_server_that_hangs_holds_up_no_effect_of_another_kind(hall: Hall, at_work: AtWork) -> None:
    stuck, pace = Stuck(), replace(QUICK, concurrency=2)
    with at_work(hall.record, stuck, pace):
        hall.call("2026-001", [hall.enrol(f"Budi{at}", f"budi{at}@example.org") for at in range(pace.concurrency + 1)])
        assert stuck.asked.wait(30)
        ways.tell_lost(hall.record, "mail", Unavailable("mail-server-unreachable", host="x", reason="y"), clock())
        wait_until(lambda: hall.states("mail") == [State.DONE])


def test_effect_that_a_bug_stops_is_dead_and_told_and_stops_no_other(hall: Hall, at_work: AtWork) -> None:
    with at_work(hall.record, Broken(), QUICK):
        call(hall, "2026-001")
        call(hall, "2026-002")
        for number in ("2026-001", "2026-002"):
            wait_until(lambda number=number: set(hall.states(number)) == {State.DEAD, State.DONE})  # type: ignore[misc]


def test_engine_that_was_stopped_before_it_started_stays_so(hall: Hall, loop: asyncio.AbstractEventLoop) -> None:
    engine = Engine(hall.record.database, hall.record.outbox, "late", QUICK, clock)
    engine.stop()
    engine.start(Delivery(hall.record, Outside(calendars=(Wall(),), chat=Nobody()), clock), loop)
    call(hall)

    assert hall.states("2026-001") == [State.QUEUED]


class Locking(Wall):
    """A calendar beside which another process takes the database, for longer than a statement waits."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        self._other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, self._let_go).start()
        return await super().publish(invitation, guest)

    def _let_go(self) -> None:
        self._other.execute("COMMIT")
        self._other.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_was_sent_while_the_file_was_locked_is_noted_later_and_sent_once(hall: Hall, at_work: AtWork) -> None:
    path = str(hall.record.database.url.database)
    record = record_of(hall.house.settings, Database(f"sqlite:///{path}", busy_seconds=0), hall.record.keys)
    wall = Locking(path)
    call(hall)
    with at_work(record, wall, QUICK):
        wait_until(lambda: hall.states("2026-001") == [State.DONE])
    record.database.close()

    assert len(wall.published) == 1


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_rows_of_effects_finished_long_ago_are_forgotten_and_ours_stay(hall: Hall, at_work: AtWork) -> None:
    forgetful = Pace(poll=timedelta(seconds=0.05), kept=timedelta(days=-1))
    with at_work(hall.record, Wall(), forgetful) as engine:
        call(hall)
        wait_until(lambda: hall.states("2026-001") == [State.DONE])
        wait_until(lambda: not engine_rows(hall, unfinished=True))
        engine.tidy()

        assert engine_rows(hall) == 0
    assert hall.states("2026-001") == [State.DONE]


def engine_rows(hall: Hall, *, unfinished: bool = False) -> int:
    which = "WHERE status IN ('PENDING', 'ENQUEUED')" if unfinished else ""
    with hall.record.database.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM dbos.workflow_status {which}")).scalar_one())  # noqa: S608


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_effect_that_another_process_committed_is_found_by_a_look(hall: Hall, at_work: AtWork) -> None:
    path = str(hall.record.database.url.database)
    record = record_of(hall.house.settings, Database(f"sqlite:///{path}"), hall.record.keys)
    wall = Wall()
    with at_work(record, wall, QUICK) as engine:
        call(hall)
        before = hall.states("2026-001")
        engine.beat()
        wait_until(lambda: hall.states("2026-001") == [State.DONE])
    record.database.close()

    assert (before, len(wall.published)) == ([State.QUEUED], 1)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_effect_in_a_hand_is_not_taken_by_another_at_a_look(hall: Hall, at_work: AtWork) -> None:
    stuck, pace = Stuck(), replace(QUICK, concurrency=2)
    with at_work(hall.record, stuck, pace) as engine:
        call(hall, "2026-001")
        assert stuck.asked.wait(30)
        for _ in range(8):
            engine.beat()
        stuck.asked.clear()
        call(hall, "2026-002")
        assert stuck.asked.wait(30)
