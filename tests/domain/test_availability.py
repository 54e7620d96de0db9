"""Which times are proposed?"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from governor.domain.availability import HOURS, Past, Sought, Span, proposed
from governor.domain.members import MemberId

JAKARTA = ZoneInfo("Asia/Jakarta")
BUDI, SARI = MemberId("m2"), MemberId("m3")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def local(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=JAKARTA)  # type: ignore[misc,arg-type]


AT = local(2026, 11, 24, 10, 0)
MONDAY = local(2026, 11, 30)
WEEK = Sought(since=MONDAY, until=MONDAY + 7 * DAY, zone="Asia/Jakarta", duration=HOUR)


def hours(found: tuple[datetime, ...]) -> list[tuple[int, int]]:
    return [(one.day, one.hour) for one in found]


def test_evenings_are_proposed_where_everybody_is_free() -> None:
    found = proposed(WEEK, {BUDI: ()}, [], at=AT, most=3)
    assert hours(found) == [(30, 19), (1, 19), (2, 19)]


def test_time_at_which_fewer_are_busy_comes_first() -> None:
    evenings = [(MONDAY + day * DAY + 18 * HOUR, MONDAY + day * DAY + 20 * HOUR) for day in range(6)]
    found = proposed(WEEK, {BUDI: evenings, SARI: evenings[:5]}, [], at=AT, most=1)
    assert hours(found) == [(6, 19)]


def test_what_touches_a_meeting_does_not_meet_it() -> None:
    seven = Sought(since=MONDAY, until=MONDAY + DAY, zone="Asia/Jakarta", duration=HOUR, clock=time(19))
    around: list[Span] = [(MONDAY + 18 * HOUR, MONDAY + 19 * HOUR), (MONDAY + 20 * HOUR, MONDAY + 21 * HOUR)]
    assert hours(proposed(seven, {BUDI: around}, [], at=AT, most=5)) == [(30, 19)]


def test_day_on_which_people_came_before_the_next() -> None:
    past = [Past(start=local(2026, 11, day, 16, 0), came=True) for day in (5, 12, 19)]  # Thursdays
    past += [Past(start=local(2026, 11, day, 19, 0), came=False) for day in (2, 3, 4, 5)]
    found = proposed(WEEK, {}, past, at=AT, most=1)
    assert hours(found) == [(3, 16)]


def test_two_of_a_day_at_most_and_in_order() -> None:
    one_day = Sought(since=MONDAY, until=MONDAY + DAY, zone="Asia/Jakarta", duration=HOUR)
    assert hours(proposed(one_day, {}, [], at=AT, most=5)) == [(30, 16), (30, 19)]


def test_notice_leaves_days_clear_between_the_call_and_the_meeting() -> None:
    soon = Sought(since=AT, until=AT + 5 * DAY, zone="Asia/Jakarta", duration=HOUR, clock=time(7), notice=2)
    assert hours(proposed(soon, {}, [], at=AT, most=9)) == [(27, 7), (28, 7), (29, 7)]
    assert proposed(soon, {}, [], at=AT + 5 * DAY, most=9) == ()


@given(st.integers(0, 30), st.integers(1, 20), st.integers(0, 5))
def test_whatever_is_proposed_is_in_the_stretch_and_after_the_notice(start: int, length: int, notice: int) -> None:
    since = AT + start * DAY
    sought = Sought(since=since, until=since + length * DAY, zone="Asia/Jakarta", duration=HOUR, notice=notice)
    found = proposed(sought, {}, [], at=AT, most=5)
    assert len(found) <= 5
    assert list(found) == sorted(found)
    for one in found:
        assert since <= one < sought.until
        assert (one.astimezone(JAKARTA).date() - AT.date()).days > notice
        assert one.time() in HOURS
        assert one.astimezone(UTC) > AT
