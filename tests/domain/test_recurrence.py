"""When does a meeting that repeats take place? By hand, and held against the rules of dateutil in the zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from governor.domain.recurrence import (
    MOST,
    MOST_DATES,
    Recurrence,
    after,
    check,
    last,
    moved,
    parse_until,
    starts,
    until,
)
from governor.errors import OutOfOrder
from tests.domain.meetings import JAKARTA

MONDAY = datetime(2026, 11, 30, 19, tzinfo=JAKARTA)
WEEK = timedelta(days=7)
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def first(recurrence: Recurrence, dtstart: datetime, count: int) -> list[datetime]:
    return list(islice(starts(recurrence, dtstart), count))


def days(recurrence: Recurrence, dtstart: datetime, count: int) -> list[str]:
    return [f"{start:%m-%d}" for start in first(recurrence, dtstart, count)]


def test_series_begins_with_its_start_and_goes_on_by_its_rule() -> None:
    assert first(Recurrence(rrule="FREQ=WEEKLY;BYDAY=MO"), MONDAY, 3) == [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]


def test_dates_are_left_out_and_added_in_order() -> None:
    added = datetime(2026, 12, 10, 9, tzinfo=JAKARTA)
    series = Recurrence(rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=3", exdates=(MONDAY + WEEK,), rdates=(added, MONDAY))
    assert first(series, MONDAY, 9) == [MONDAY, added, MONDAY + 2 * WEEK]


def test_clock_time_is_kept_when_the_clocks_change() -> None:
    start = datetime(2026, 10, 19, 19, tzinfo=BERLIN)
    found = first(Recurrence(rrule="FREQ=WEEKLY"), start, 3)
    assert [f"{one:%H:%M %z}" for one in found] == ["19:00 +0200", "19:00 +0100", "19:00 +0100"]


def test_time_that_the_clocks_skip_is_read_by_the_offset_before() -> None:
    start = datetime(2027, 3, 13, 2, 30, tzinfo=NEW_YORK)
    found = first(Recurrence(rrule="FREQ=DAILY"), start, 3)
    assert [f"{one:%d %H:%M %z}" for one in found] == ["13 02:30 -0500", "14 03:30 -0400", "15 02:30 -0400"]


def test_day_that_the_zone_skips_is_the_next_and_is_told_once() -> None:
    start = datetime(2011, 12, 29, 10, tzinfo=ZoneInfo("Pacific/Apia"))
    found = first(Recurrence(rrule="FREQ=DAILY"), start, 3)
    assert [f"{one:%d %H:%M %z}" for one in found] == ["29 10:00 -1000", "31 10:00 +1400", "01 10:00 +1400"]


def test_date_added_in_the_second_of_two_equal_hours_is_another_date() -> None:
    start = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    again = start.replace(fold=1)
    assert first(Recurrence(rrule="FREQ=DAILY;COUNT=1", rdates=(again, start)), start, 3) == [start, again]
    assert [one.fold for one in first(Recurrence(rrule="FREQ=DAILY;COUNT=1", rdates=(again,)), start, 3)] == [0, 1]


def test_until_is_told_in_utc_and_counts_itself() -> None:
    series = Recurrence(rrule="FREQ=WEEKLY;UNTIL=20261214T120000Z")
    assert first(series, MONDAY, 9)[-1] == datetime(2026, 12, 14, 19, tzinfo=JAKARTA)
    assert last(series, MONDAY) == datetime(2026, 12, 14, 19, tzinfo=JAKARTA)
    assert parse_until("20261214T120000Z") == datetime(2026, 12, 14, 12, tzinfo=UTC)


def test_series_without_an_end_has_no_last() -> None:
    assert last(Recurrence(rrule="FREQ=DAILY"), MONDAY) is None
    assert Recurrence(rrule="FREQ=DAILY").is_endless
    assert not Recurrence(rrule="FREQ=DAILY;COUNT=2").is_endless


def test_last_that_is_left_out_is_not_the_last() -> None:
    series = Recurrence(rrule="FREQ=WEEKLY;COUNT=2", exdates=(MONDAY + WEEK,))
    assert last(series, MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("series", "key"),
    [
        (Recurrence(rrule=""), "repeat-unknown"),
        (Recurrence(rrule="INTERVAL=2"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=HOURLY"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=DAILY;FREQ=DAILY"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=DAILY;BYHOUR=3"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=DAILY;UNTIL=20261214"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=WEEKLY;BYDAY=XX"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=DAILY;UNTIL=20269914T120000Z"), "repeat-unknown"),
        (Recurrence(rrule="FREQ=WEEKLY;BYDAY=TU"), "repeat-elsewhere"),
        (Recurrence(rrule="FREQ=WEEKLY", exdates=(MONDAY,)), "repeat-elsewhere"),
        (Recurrence(rrule="FREQ=DAILY;UNTIL=20261129T120000Z"), "repeat-elsewhere"),
        (Recurrence(rrule=f"FREQ=DAILY;COUNT={MOST + 1}"), "repeat-too-often"),
        (Recurrence(rrule="FREQ=DAILY", exdates=(MONDAY,) * (MOST_DATES + 1)), "repeat-too-often"),
        (Recurrence(rrule="FREQ=DAILY", rdates=(MONDAY,) * (MOST_DATES + 1)), "repeat-too-often"),
    ],
)
def test_rule_that_nobody_can_keep_is_refused(series: Recurrence, key: str) -> None:
    with pytest.raises(OutOfOrder) as told:
        check(series, MONDAY)
    assert told.value.key == key


@pytest.mark.parametrize("rule", ["FREQ=DAILY", f"FREQ=DAILY;COUNT={MOST}", "FREQ=MONTHLY;BYDAY=-1MO;INTERVAL=2"])
def test_rule_in_order_is_taken(rule: str) -> None:
    check(Recurrence(rrule=rule), MONDAY)


def test_series_is_cut_in_two_without_loss() -> None:
    added = MONDAY + timedelta(days=2)
    whole = Recurrence(rrule="FREQ=WEEKLY;COUNT=6", exdates=(MONDAY + WEEK, MONDAY + 4 * WEEK), rdates=(added,))
    every = first(whole, MONDAY, 99)
    head, tail = until(whole, every[2]), after(whole, MONDAY, every[3])
    assert first(head, MONDAY, 99) + first(tail, every[3], 99) == every
    assert (head.rdates, tail.rdates) == ((added,), ())
    assert tail.rrule == "FREQ=WEEKLY;COUNT=3"


def test_rest_of_a_series_without_a_count_has_the_same_rule() -> None:
    series = Recurrence(rrule="FREQ=WEEKLY")
    assert after(series, MONDAY, MONDAY + WEEK) == series


@pytest.mark.parametrize(
    ("rule", "then", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", datetime(2026, 12, 1, 20, tzinfo=JAKARTA), "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", datetime(2026, 12, 1, 19, tzinfo=JAKARTA), "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("FREQ=WEEKLY;BYDAY=MO", datetime(2026, 11, 30, 20, tzinfo=JAKARTA), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=MONTHLY;BYDAY=-1MO", datetime(2026, 11, 24, 19, tzinfo=JAKARTA), "FREQ=MONTHLY;BYDAY=-1TU"),
        ("FREQ=MONTHLY;BYDAY=-1MO", datetime(2026, 11, 23, 19, tzinfo=JAKARTA), "FREQ=MONTHLY;BYDAY=4MO"),
        ("FREQ=MONTHLY;BYDAY=5MO", datetime(2026, 12, 8, 19, tzinfo=JAKARTA), "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", datetime(2026, 12, 1, 19, tzinfo=JAKARTA), "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30", datetime(2026, 12, 1, 19, tzinfo=JAKARTA), "FREQ=MONTHLY;BYMONTHDAY=15,30"),
        (
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
            datetime(2026, 12, 1, 19, tzinfo=JAKARTA),
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1",
        ),
        ("FREQ=YEARLY;BYMONTH=5,11", datetime(2026, 12, 1, 19, tzinfo=JAKARTA), "FREQ=YEARLY;BYMONTH=5,11"),
        (
            "FREQ=WEEKLY;UNTIL=20261214T120000Z",
            datetime(2026, 12, 1, 20, tzinfo=JAKARTA),
            "FREQ=WEEKLY;UNTIL=20261215T130000Z",
        ),
    ],
)
def test_rule_moves_along_with_its_start(rule: str, then: datetime, expected: str) -> None:
    assert moved(Recurrence(rrule=rule), MONDAY, then).rrule == expected


def test_dates_move_along_with_the_start() -> None:
    series = Recurrence(rrule="FREQ=WEEKLY", exdates=(MONDAY + WEEK,), rdates=(MONDAY + timedelta(days=1),))
    later = moved(series, MONDAY, MONDAY + timedelta(hours=1))
    assert later.exdates == (MONDAY + WEEK + timedelta(hours=1),)
    assert later.rdates == (MONDAY + timedelta(days=1, hours=1),)


RULES = st.builds(
    lambda freq, interval, end: ";".join(filter(None, (freq, f"INTERVAL={interval}", end))),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=YEARLY"]),
    st.integers(min_value=1, max_value=4),
    st.sampled_from(["", "COUNT=1", "COUNT=40", "UNTIL=20280229T235959Z"]),
)


@settings(deadline=None)
@given(
    RULES,
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)),  # noqa: DTZ001  # what clocks show
    st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]),
)
def test_occurrences_are_those_of_dateutil(rule: str, naive: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    naive = naive.replace(second=0, microsecond=0)
    dtstart = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    local = dtstart.replace(tzinfo=None, fold=0)
    plain = rule.replace("UNTIL=20280229T235959Z", "COUNT=500")
    end = datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)
    expected = [one.replace(tzinfo=zone).astimezone(UTC) for one in islice(rrulestr(plain, dtstart=local), 500)]
    if "UNTIL" in rule:
        expected = [one for one in expected if one <= end]
    found = [one.astimezone(UTC) for one in islice(starts(Recurrence(rrule=rule), dtstart), 500)]
    assert found[: len(expected)] == expected[: len(found)]
    assert all(one < other for one, other in pairwise(found))


def test_recurrences_are_values() -> None:
    series = Recurrence(rrule="FREQ=WEEKLY")
    assert replace(series) == series
    assert days(series, MONDAY, 2) == ["11-30", "12-07"]
