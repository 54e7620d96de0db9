"""When is somebody reminded, and when left alone?"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governor.domain.meetings import Meeting, Status
from governor.domain.recurrence import Recurrence
from governor.domain.reminders import Quiet, Reminder, Reminding, pending, takes_place
from tests.domain.meetings import make_meeting

JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALL = (3 * DAY, DAY, HOUR)
NIGHT = Quiet(since=time(21), until=time(6), zone="Asia/Jakarta")
NOON = Quiet(since=time(12), until=time(13), zone="Asia/Jakarta")


def local(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=JAKARTA)  # type: ignore[misc,arg-type]


START = local(2026, 12, 10, 19, 0)
CALLED: Meeting = replace(make_meeting(), dtstart=START, dtstamp=local(2026, 12, 1, 9, 0).astimezone(UTC))


@pytest.mark.parametrize(
    ("since", "before"),
    [
        (START - 9 * DAY, None),
        (START - 3 * DAY - timedelta(seconds=1), None),
        (START - 3 * DAY, 3 * DAY),
        (START - DAY - timedelta(seconds=1), 3 * DAY),
        (START - DAY, DAY),
        (START - HOUR - timedelta(seconds=1), DAY),
        (START - HOUR, HOUR),
        (START - timedelta(seconds=1), HOUR),
        (START, None),
        (START + DAY, None),
    ],
)
def test_each_reminder_counts_until_the_next(since: datetime, before: timedelta | None) -> None:
    expected = () if before is None else (Reminder(start=START, before=before),)
    assert pending(CALLED, Reminding(before=ALL), at=since) == expected


def test_cancelled_meeting_and_no_reminders_remind_of_nothing() -> None:
    cancelled = replace(CALLED, status=Status.CANCELLED)
    assert pending(cancelled, Reminding(before=ALL), at=START - HOUR) == ()
    assert pending(CALLED, Reminding(before=()), at=START - HOUR) == ()
    assert Reminding(before=()).furthest == timedelta()


def test_what_was_due_when_the_meeting_was_called_is_told_by_the_call() -> None:
    late = replace(CALLED, dtstamp=START - 2 * DAY)
    assert pending(late, Reminding(before=ALL), at=START - 2 * DAY + HOUR) == ()
    assert pending(late, Reminding(before=ALL), at=START - DAY) == (Reminder(start=START, before=DAY),)


@pytest.mark.parametrize(
    ("quiet", "wanted", "start", "due"),
    [
        (NIGHT, local(2026, 12, 9, 20, 59), START, local(2026, 12, 9, 20, 59)),
        (NIGHT, local(2026, 12, 9, 21, 0), START, local(2026, 12, 10, 6, 0)),
        (NIGHT, local(2026, 12, 10, 3, 0), START, local(2026, 12, 10, 6, 0)),
        (NIGHT, local(2026, 12, 10, 6, 0), START, local(2026, 12, 10, 6, 0)),
        (NIGHT, local(2026, 12, 10, 4, 0), local(2026, 12, 10, 5, 0), local(2026, 12, 9, 21, 0)),
        (NIGHT, local(2026, 12, 10, 5, 0), local(2026, 12, 10, 6, 0), local(2026, 12, 9, 21, 0)),
        (NOON, local(2026, 12, 10, 12, 30), START, local(2026, 12, 10, 13, 0)),
        (NOON, local(2026, 12, 10, 13, 30), START, local(2026, 12, 10, 13, 30)),
        (Quiet(since=time(9), until=time(9), zone="Asia/Jakarta"), local(2026, 12, 10, 9, 0), START, None),
    ],
)
def test_quiet_hours_are_kept(quiet: Quiet, wanted: datetime, start: datetime, due: datetime | None) -> None:
    reminding = Reminding(before=ALL, quiet=quiet)
    assert reminding.due(start, start - wanted) == (wanted if due is None else due)


def test_two_reminders_of_one_instant_are_one_the_nearer() -> None:
    quiet = Reminding(before=(10 * HOUR, 8 * HOUR), quiet=NIGHT)
    early = replace(CALLED, dtstart=local(2026, 12, 10, 9, 0))
    nearer = Reminder(start=early.dtstart, before=8 * HOUR)
    assert pending(early, quiet, at=local(2026, 12, 10, 6, 0)) == (nearer,)


def test_occurrences_are_reminded_of_one_by_one() -> None:
    daily = replace(CALLED, recurrence=Recurrence(rrule="FREQ=DAILY;COUNT=9"), apart=((START + DAY).astimezone(UTC),))
    found = pending(daily, Reminding(before=ALL), at=START + 2 * DAY - HOUR)
    expected = ((2 * DAY, HOUR), (3 * DAY, 3 * DAY), (4 * DAY, 3 * DAY))
    assert found == tuple(Reminder(start=START + later, before=before) for later, before in expected)
    assert [takes_place(daily, START + day * DAY) for day in (0, 1, 8, 9)] == [True, False, True, False]
    assert not takes_place(replace(daily, status=Status.CANCELLED), START)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(1, 40 * 24 * 60))  # noqa: DTZ001
def test_no_reminder_is_after_the_start_nor_in_the_quiet_hours(start: datetime, minutes: int) -> None:
    begins = start.replace(tzinfo=UTC)
    due = Reminding(before=ALL, quiet=NIGHT).due(begins, timedelta(minutes=minutes))
    assert due < begins
    clock = due.astimezone(JAKARTA).time()
    assert time(6) <= clock <= time(21)
