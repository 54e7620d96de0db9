from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governor.domain.convening import cancel_meeting
from governor.domain.meetings import HELD_AFTER, HELD_BEFORE, Meeting, Status, is_near, spoken_of
from tests.domain.meetings import NOON, PLAN, evolve, make_meeting

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)


def meeting(number: str, *, starts: timedelta, called: timedelta = timedelta()) -> Meeting:
    made = make_meeting(PLAN, number=number)
    return replace(made, dtstart=NOON + starts, duration=HOUR, dtstamp=NOON + called)


def test_no_meeting_is_spoken_of_where_there_is_none() -> None:
    assert spoken_of([], at=NOON) is None


def test_cancelled_meeting_is_not_spoken_of() -> None:
    one = meeting("2026-001", starts=HOUR)
    assert spoken_of([evolve(one, cancel_meeting(one, at=NOON), at=NOON)], at=NOON) is None


def test_meeting_called_or_changed_last_is_spoken_of() -> None:
    early = meeting("2026-001", starts=50 * HOUR, called=2 * HOUR)
    late = meeting("2026-002", starts=40 * HOUR, called=HOUR)
    assert spoken_of([early, late], at=NOON) is early


def test_higher_number_is_spoken_of_where_both_were_called_at_once() -> None:
    one, other = meeting("2026-001", starts=50 * HOUR), meeting("2026-002", starts=50 * HOUR)
    assert spoken_of([other, one], at=NOON) is other


def test_meeting_being_held_is_spoken_of_before_one_called_later() -> None:
    held = meeting("2026-001", starts=-HOUR / 2)
    later = meeting("2026-002", starts=50 * HOUR, called=HOUR)
    assert spoken_of([held, later], at=NOON) is held


@pytest.mark.parametrize(
    ("at", "is_held"),
    [
        (-HELD_BEFORE - INSTANT, False),
        (-HELD_BEFORE, True),
        (timedelta(), True),
        (HOUR + HELD_AFTER - INSTANT, True),
        (HOUR + HELD_AFTER, False),
    ],
)
def test_meeting_is_held_from_an_hour_before_until_half_a_day_after(at: timedelta, is_held: bool) -> None:
    held = meeting("2026-001", starts=timedelta())
    other = meeting("2026-002", starts=1000 * HOUR, called=HOUR)
    assert (spoken_of([held, other], at=NOON + at) is held) == is_held


_MEETINGS = st.lists(
    st.builds(
        lambda number, starts, called, status: replace(
            meeting(f"2026-{number:03d}", starts=starts * HOUR, called=called * HOUR), status=status
        ),
        st.integers(1, 99),
        st.integers(-30, 30),
        st.integers(-30, 0),
        st.sampled_from(Status),
    ),
    max_size=6,
    unique_by=lambda one: one.number,
)


@given(meetings=_MEETINGS, order=st.randoms())
def test_same_meeting_is_spoken_of_in_whatever_order_they_come(meetings: list[Meeting], order: object) -> None:
    found = spoken_of(meetings, at=NOON)
    order.shuffle(meetings)  # type: ignore[attr-defined]
    assert spoken_of(meetings, at=NOON) == found
    assert (found is None) == all(one.status is Status.CANCELLED for one in meetings)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (-3 * HOUR - INSTANT, False),
        (-3 * HOUR, True),
        (HOUR / 2, True),
        (4 * HOUR, True),
        (4 * HOUR + INSTANT, False),
    ],
)
def test_meeting_is_near_from_so_long_before_until_so_long_after(at: timedelta, found: bool) -> None:
    assert is_near(meeting("2026-001", starts=timedelta()), at=NOON + at, within=3 * HOUR) == found
