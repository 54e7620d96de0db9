"""When is it in order to end a series, to go on with another, or to set one occurrence apart?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governor.domain.convening import (
    Plan,
    call_meeting,
    cancel_meeting,
    change_meeting,
    check_open,
    plan_of,
)
from governor.domain.events import subject_of
from governor.domain.meetings import FOREVER, Meeting, PartStat, held, is_near, last_end, near, spoken_of
from governor.domain.recurrence import Recurrence
from governor.domain.series import end_before, moved_to, rest_of, set_apart
from governor.errors import OutOfOrder
from tests.domain.meetings import BUDI, JAKARTA, NOON, PLAN, RATNA, evolve, make_meeting

START = PLAN.dtstart
WEEK = timedelta(days=7)
WEEKLY = replace(PLAN, recurrence=Recurrence(rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=5"))
ENDLESS = replace(PLAN, recurrence=Recurrence(rrule="FREQ=WEEKLY;BYDAY=TH"))
RUNNING = START + WEEK + timedelta(hours=12)


def refused(key: str, error: pytest.ExceptionInfo[OutOfOrder]) -> bool:
    return error.value.key == key


def test_series_is_called_with_its_rule() -> None:
    event = call_meeting(WEEKLY, number="2026-001", uid="u", at=NOON, continues="2026-000")
    assert (event.rrule, event.exdates, event.rdates) == ("FREQ=WEEKLY;BYDAY=TH;COUNT=5", (), ())
    assert event.continues == "2026-000"
    assert plan_of(make_meeting(WEEKLY)) == WEEKLY


def test_series_that_does_not_begin_by_its_rule_is_refused() -> None:
    with pytest.raises(OutOfOrder) as told:
        make_meeting(replace(PLAN, recurrence=Recurrence(rrule="FREQ=WEEKLY;BYDAY=FR")))
    assert refused("repeat-elsewhere", told)


def test_series_is_over_when_its_last_occurrence_is() -> None:
    series = make_meeting(WEEKLY)
    over = START + 4 * WEEK + PLAN.duration
    check_open(series, at=over - timedelta(seconds=1))
    with pytest.raises(OutOfOrder) as told:
        check_open(series, at=over)
    assert refused("meeting-over", told)
    check_open(make_meeting(ENDLESS), at=START + 1000 * WEEK)
    assert last_end(START, PLAN.duration, ENDLESS.recurrence) == FOREVER


def test_next_start_is_that_of_the_first_occurrence_that_is_not_over() -> None:
    series = make_meeting(WEEKLY)
    assert series.next_start(at=NOON) == START
    assert series.next_start(at=START + PLAN.duration) == START + WEEK
    assert series.next_start(at=START + 5 * WEEK) is None
    assert replace(series, apart=(START.astimezone(UTC),)).next_start(at=NOON) == START + WEEK
    every = tuple((START + n * WEEK).astimezone(UTC) for n in range(5))
    assert replace(series, apart=every).next_start(at=NOON) is None
    assert make_meeting().next_start(at=NOON) == START


def test_occurrence_is_held_though_the_series_began_long_ago() -> None:
    series = make_meeting(ENDLESS)
    assert held(series, at=START + 10 * WEEK) == START + 10 * WEEK
    assert held(series, at=START + 10 * WEEK + timedelta(days=2)) is None
    assert held(series, at=START - timedelta(days=2)) is None
    assert is_near(series, at=START + 10 * WEEK + timedelta(days=2), within=timedelta(days=2))


def test_of_two_near_occurrences_the_one_that_has_begun_is_meant() -> None:
    series = make_meeting(ENDLESS)
    month = timedelta(days=30)
    assert near(series, at=RUNNING, before=month, after=month) == START + WEEK
    assert near(series, at=START - timedelta(days=1), before=month, after=month) == START


def test_series_that_is_held_now_is_spoken_of() -> None:
    series, later = make_meeting(ENDLESS), make_meeting(number="2026-002", at=NOON + timedelta(hours=1))
    assert spoken_of((series, later), at=START + 10 * WEEK) == series
    assert spoken_of((series, later), at=NOON) == later


def test_series_that_has_begun_is_changed_but_for_its_times() -> None:
    series = make_meeting(WEEKLY)
    event = change_meeting(series, replace(WEEKLY, location="Balai"), at=RUNNING)
    assert (event.sequence, event.is_rescheduled, event.rrule) == (1, False, "FREQ=WEEKLY;BYDAY=TH;COUNT=5")
    with pytest.raises(OutOfOrder) as told:
        change_meeting(series, moved_to(WEEKLY, START + timedelta(hours=1), PLAN.zone), at=RUNNING)
    assert refused("series-begun", told)
    with pytest.raises(OutOfOrder) as told:
        change_meeting(series, replace(WEEKLY, summary=""), at=RUNNING)
    assert refused("summary-empty", told)


@pytest.mark.parametrize(
    "other",
    [
        {"recurrence": None},
        {"recurrence": Recurrence(rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=6")},
        {"is_all_day": True},
    ],
)
def test_everyone_is_asked_again_when_the_repeat_changes(other: dict[str, object]) -> None:
    series = make_meeting(WEEKLY)
    event = change_meeting(series, replace(WEEKLY, **other), at=NOON)
    assert (event.is_rescheduled, event.sequence) == (True, 1)


def test_link_raises_the_sequence_and_asks_nobody_again() -> None:
    event = change_meeting(make_meeting(), replace(PLAN, conference="https://meet.example.org/x"), at=NOON)
    assert (event.is_rescheduled, event.sequence, event.conference) == (False, 1, "https://meet.example.org/x")


def test_sequence_is_above_what_it_must_exceed() -> None:
    assert change_meeting(make_meeting(), replace(PLAN, agenda="x"), at=NOON, above=7).sequence == 8
    assert cancel_meeting(make_meeting(), at=NOON, above=7).sequence == 8
    assert cancel_meeting(make_meeting(), at=NOON).sequence == 1


def test_series_ends_before_an_occurrence_and_answers_stand() -> None:
    series = make_meeting(WEEKLY)
    event = end_before(series, START + 2 * WEEK, at=NOON)
    assert event.rrule == "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T120000Z"
    assert (event.sequence, event.revision, event.is_rescheduled) == (1, 2, False)
    ended = evolve(series, event, at=NOON)
    assert list(ended.starts()) == [START, START + WEEK]


@pytest.mark.parametrize(
    ("meeting", "start", "key"),
    [
        (make_meeting(), START + WEEK, "nothing-before"),
        (make_meeting(WEEKLY), START, "nothing-before"),
    ],
)
def test_nothing_ends_before_its_beginning(meeting: Meeting, start: datetime, key: str) -> None:
    with pytest.raises(OutOfOrder) as told:
        end_before(meeting, start, at=NOON)
    assert refused(key, told)


def test_series_that_ends_then_already_does_not_end_again() -> None:
    ended = evolve(make_meeting(WEEKLY), end_before(make_meeting(WEEKLY), START + 2 * WEEK, at=NOON), at=NOON)
    with pytest.raises(OutOfOrder) as told:
        end_before(ended, START + 3 * WEEK, at=NOON)
    assert refused("nothing-changed", told)


def test_rest_of_a_series_is_a_plan_for_another() -> None:
    rest = rest_of(make_meeting(WEEKLY), START + 2 * WEEK)
    assert (rest.dtstart, rest.recurrence) == (START + 2 * WEEK, Recurrence(rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=3"))
    with pytest.raises(OutOfOrder) as told:
        rest_of(make_meeting(), START)
    assert refused("no-such-occurrence", told)


def test_occurrence_is_set_apart_as_it_was_with_its_answers() -> None:
    series = make_meeting(WEEKLY)
    series = replace(series, sequence=3, asked=2)
    series = replace(
        series,
        attendees=tuple(
            replace(one, partstat=PartStat.ACCEPTED) if one.member == BUDI else one for one in series.attendees
        ),
    )
    event = set_apart(series, START + WEEK, number="2026-002")
    assert subject_of(event) == "meeting/2026-002"
    assert (event.series, event.uid, event.sequence, event.asked) == ("2026-001", series.uid, 4, 2)
    assert event.recurrence_id == (START + WEEK).astimezone(UTC)
    assert dict(zip(event.invited, event.partstats, strict=True))[BUDI] is PartStat.ACCEPTED
    assert event.invited[0] == RATNA
    assert event.dtstart == START + WEEK


@pytest.mark.parametrize(
    ("meeting", "start"),
    [
        (make_meeting(), START),
        (make_meeting(WEEKLY), START + timedelta(days=1)),
        (make_meeting(WEEKLY), START + 5 * WEEK),
        (replace(make_meeting(WEEKLY), apart=(START.astimezone(UTC),)), START),
    ],
)
def test_what_does_not_take_place_cannot_be_set_apart(meeting: Meeting, start: datetime) -> None:
    with pytest.raises(OutOfOrder) as told:
        set_apart(meeting, start, number="2026-002")
    assert refused("no-such-occurrence", told)


@pytest.mark.parametrize("plan", [PLAN, WEEKLY])
def test_plan_moved_to_its_own_start_is_the_same(plan: Plan) -> None:
    assert moved_to(plan, START, PLAN.zone) == plan


def test_moved_plan_repeats_on_its_new_day() -> None:
    moved = moved_to(ENDLESS, START + timedelta(days=1), PLAN.zone)
    assert moved.recurrence == Recurrence(rrule="FREQ=WEEKLY;BYDAY=FR")
    assert moved_to(PLAN, START + WEEK, PLAN.zone).dtstart == START + WEEK


def test_days_without_hours_end_at_midnight_though_the_clocks_change() -> None:
    berlin = datetime(2026, 10, 25, tzinfo=JAKARTA).astimezone(JAKARTA)
    plan = replace(PLAN, dtstart=berlin, duration=timedelta(days=2), is_all_day=True)
    assert plan.dtend == berlin + timedelta(days=2)
