"""Reminders: each once, whatever happens to the process, the clock and the meeting."""

import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from governor.domain import convening
from governor.domain.meetings import PartStat
from governor.domain.recurrence import Recurrence
from governor.domain.reminders import Reminding
from governor.services.reminders import remind
from governor.store import meetings
from governor.store.outbox import State
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.test_delivery import Desk
from tests.delivery.worker import clock
from tests.jobs.test_running import Room

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = NOON + 9 * DAY
ALL = Reminding(before=(3 * DAY, DAY, HOUR))


@dataclass
class Watch:
    """A desk, and a meeting 2026-001 that Budi calls and Sari is invited to."""

    desk: Desk
    told: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk.hall.clock = lambda: self.desk.now
        self.desk.hall.call("2026-001", [self.desk.budi, self.desk.sari])

    def at(self, moment: datetime) -> list[str]:
        """Return what is told when the clock shows *moment*."""
        before = len(self.desk.chat.posts)
        self.desk.now = moment
        remind(self.desk.hall.record, ALL, moment)
        self.desk.carry_out()
        return [line.key for _, reply in self.desk.chat.posts[before:] for line in reply.lines]


@pytest.fixture
def watch(hall: Hall) -> Iterator[Watch]:
    desk = Desk(hall)
    yield Watch(desk)
    desk.loop.close()


REMINDED = ["reminder", "reminder-unanswered"]


def test_everybody_is_reminded_three_times_and_never_twice(watch: Watch) -> None:
    told = {}
    moment = START - 4 * DAY
    while moment < START + HOUR:
        if watch.at(moment):
            told[START - moment] = len(told) + 1
        moment += timedelta(minutes=15)
    assert told == {3 * DAY: 1, DAY: 2, HOUR: 3}


def test_reminder_tells_who_comes_and_who_has_not_answered_and_can_be_answered(watch: Watch) -> None:
    hall = watch.desk.hall
    with hall.record.act("reply", NOON) as work:
        meeting = meetings.find(work.connection, "2026-001")
        assert meeting is not None
        reply = convening.reply(meeting, by=watch.desk.sari, partstat=PartStat.ACCEPTED, at=work.at)
        work.record(reply, by=watch.desk.sari)
    assert watch.at(START - HOUR) == ["reminder", "reminder-coming", "reminder-unanswered"]
    assert [line.split(": ")[0] for line in watch.desk.told()[-2:]] == ["Akan hadir", "Belum menjawab"]
    assert [len(card.buttons) for card in watch.desk.chat.posts[-1][1].cards] == [6]


def test_moved_meeting_takes_its_reminders_with_it(watch: Watch) -> None:
    assert watch.at(START - 3 * DAY) == REMINDED
    watch.desk.hall.change("2026-001", "later", later=2 * DAY)

    assert watch.at(START - DAY) == REMINDED  # three days before the new start
    assert watch.at(START - HOUR) == []
    assert watch.at(START + DAY) == REMINDED


def test_meeting_moved_nearer_is_told_by_the_move(watch: Watch) -> None:
    watch.desk.now = NOON + DAY
    watch.desk.hall.change("2026-001", "sooner", later=-6 * DAY)  # in two days from now

    assert watch.at(NOON + DAY + HOUR) == []
    assert watch.at(NOON + 2 * DAY) == REMINDED


def test_renamed_meeting_reminds_of_nothing_again(watch: Watch) -> None:
    assert watch.at(START - DAY) == REMINDED
    watch.desk.hall.change("2026-001", "rename", summary="Rapat kas")

    assert watch.at(START - DAY + timedelta(minutes=1)) == []
    assert watch.at(START - HOUR) == REMINDED


def test_cancelled_meeting_reminds_of_nothing(watch: Watch) -> None:
    watch.desk.hall.cancel("2026-001")
    assert watch.at(START - DAY) == []


@pytest.mark.parametrize("act", ["cancel", "move", "begin"])
def test_reminder_that_waits_is_dropped_when_it_is_true_no_more(watch: Watch, act: str) -> None:
    hall = watch.desk.hall
    watch.desk.now = START - DAY
    assert remind(hall.record, ALL, START - DAY) == 1
    if act == "cancel":
        hall.cancel("2026-001")
    elif act == "move":
        hall.change("2026-001", "later", later=DAY)
    else:
        watch.desk.now = START
    watch.desk.carry_out()

    assert [one.state for one in hall.all() if one.effect.kind == "reminder"] == [State.CANCELLED]


def test_after_a_long_absence_one_reminder_is_given_not_all(watch: Watch) -> None:
    assert watch.at(START - 30 * timedelta(minutes=1)) == REMINDED
    assert watch.at(START - 29 * timedelta(minutes=1)) == []


def test_series_reminds_of_each_occurrence_that_takes_place(watch: Watch) -> None:
    weekly = Recurrence(rrule="FREQ=WEEKLY;COUNT=4", exdates=((START + 14 * DAY).astimezone(ZoneInfo("Asia/Jakarta")),))
    watch.desk.hall.change("2026-001", "weekly", recurrence=weekly)
    told = [week for week in range(5) if watch.at(START + week * 7 * DAY - DAY)]
    assert told == [0, 1, 3]


def test_clock_that_jumps_gives_none_twice(watch: Watch) -> None:
    assert watch.at(START - DAY) == REMINDED
    assert watch.at(START - 5 * DAY) == []  # set back
    assert watch.at(START - 3 * DAY) == REMINDED
    assert watch.at(START - DAY) == []
    assert watch.at(START + DAY) == []  # and far ahead
    assert watch.at(START - HOUR) == REMINDED


def test_many_who_look_at_once_remind_once(hall: Hall, tmp_path: Path) -> None:
    budi = hall.enrol("Budi", None)
    hall.call("2026-001", [budi])
    together = threading.Barrier(6)
    found: list[int] = []

    def look() -> None:
        together.wait()
        found.append(remind(hall.record, ALL, START - DAY))

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 0, 0, 1]


def test_two_workers_remind_once(tmp_path: Path, postgres_url: str) -> None:
    with open_hall(tmp_path / "one", postgres_url) as one, open_hall(tmp_path / "one", postgres_url) as other:
        one.call("2026-001", [one.enrol("Budi", None)])
        assert sorted(remind(hall.record, ALL, START - DAY) for hall in (one, other, one, other)) == [0, 0, 0, 1]


def test_killing_the_process_around_the_moment_reminds_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_hall(data, None, clock) as hall:
        hall.call("2026-001", [hall.enrol("Budi", None)])
        hall.change("2026-001", "later", later=timedelta(seconds=6))
    room = Room(data)
    room.environment |= {"GOVERNOR_REMINDERS": "9d", "GOVERNOR_QUIET_HOURS": "none"}
    chance = random.Random(8)  # noqa: S311
    shown: list[str] = []
    until = time.monotonic() + 9
    try:
        while time.monotonic() < until:
            shown.append(_killed(room, chance.uniform(0.6, 2.5)))
        shown += [_killed(room, 5), _killed(room, 5)]
    finally:
        room.clear()

    with open_hall(data, None, clock) as hall:
        assert [one.state for one in hall.all() if one.effect.kind == "reminder"] == [State.DONE]
    assert "".join(shown).count("Pengingat:") == 1, shown


def _killed(room: Room, seconds: float) -> str:
    """Return what a Governor shows that is killed after so many *seconds*."""
    process: subprocess.Popen[str] = room.run()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.communicate()[0]
