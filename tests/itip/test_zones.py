"""Is every zone's VTIMEZONE right, read by rules that are not ours?"""

import os
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from dateutil.rrule import rrulestr

from governor.itip.zones import _rules, vtimezone
from tests.itip.lint import content_lines

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2032, 12, 31, 23, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime"})
Onset = tuple[datetime, timedelta, str]


def text(zone: str, since: datetime = FIRST, until: datetime = LAST) -> str:
    return vtimezone(zone, since, until).decode()


def onsets(data: str) -> list[Onset]:
    """Return when each offset begins (UTC), what it is and its name, by dateutil's reading of the text *data*."""
    found: list[Onset] = []
    observance: dict[str, str] = {}
    for name, _, value in content_lines(data.encode()):
        if (name, value) in {("BEGIN", "STANDARD"), ("BEGIN", "DAYLIGHT")}:
            observance = {}
        elif (name, value) in {("END", "STANDARD"), ("END", "DAYLIGHT")}:
            found.extend(_observed(observance))
        else:
            observance[name] = value
    return sorted(found)


def _observed(observance: dict[str, str]) -> Iterator[Onset]:
    start = datetime.strptime(observance["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007  (a local time)
    times = [start]
    if "RRULE" in observance:
        times = rrulestr(observance["RRULE"], dtstart=start).between(start, datetime(2034, 1, 1), inc=True)  # noqa: DTZ001
        assert times[:1] == [start] or start.year >= 2034, "DTSTART is not the first of its own RRULE"
    before, after = _offset(observance["TZOFFSETFROM"]), _offset(observance["TZOFFSETTO"])
    for time in times:
        yield (time - before).replace(tzinfo=UTC), after, observance["TZNAME"]


def _offset(written: str) -> timedelta:
    value = timedelta(hours=int(written[1:3]), minutes=int(written[3:5]), seconds=int(written[5:7] or 0))
    return -value if written[0] == "-" else value


def changes(info: ZoneInfo) -> Iterator[datetime]:
    """Yield the instants (UTC) from which on ``zoneinfo`` itself shows another clock, looking every day."""
    moment, clock = FIRST, _clock(info, FIRST)
    while moment < LAST:
        later = moment + timedelta(days=1)
        if (other := _clock(info, later)) != clock:
            seconds = range(int((later - moment).total_seconds()) + 1)
            yield moment + timedelta(
                seconds=bisect_right(
                    seconds, False, key=lambda second: _clock(info, moment + timedelta(seconds=second)) != clock
                )
            )
        moment, clock = later, other


def _clock(info: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(info)
    return local.utcoffset(), local.tzname()


def moments(known: list[Onset], info: ZoneInfo) -> Iterator[datetime]:
    """Yield instants across the window, and every hour around each change, theirs or ours, and the second before."""
    for step in range(int((LAST - FIRST) / timedelta(hours=41))):
        yield FIRST + step * timedelta(hours=41)
    for onset in {onset for onset, _, _ in known} | {*changes(info)}:
        for hours in range(-3, 4):
            for seconds in (-1, 0):
                if FIRST <= (moment := onset + timedelta(hours=hours, seconds=seconds)) <= LAST:
                    yield moment


def wrong(zone: str, known: list[Onset]) -> list[tuple[str, datetime]]:
    """Return the moments at which *known* and ``zoneinfo`` differ."""
    begins, info = [onset for onset, _, _ in known], ZoneInfo(zone)
    return [
        (zone, moment)
        for moment in moments(known, info)
        if known[bisect_right(begins, moment) - 1][1:] != _clock(info, moment)
    ]


def test_changes_are_found_where_the_law_has_them() -> None:
    paris, casablanca = (list(changes(ZoneInfo(zone))) for zone in ("Europe/Paris", "Africa/Casablanca"))

    assert paris[0] == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert (len(paris), len(casablanca)) == (14, 15)  # of 2030 two months of Ramadan
    assert casablanca[0] == datetime(2026, 2, 15, 2, tzinfo=UTC)


def test_every_zone_equals_zoneinfo_from_2026_to_2032() -> None:
    assert len(ZONES) > 500
    assert [found for zone in ZONES for found in wrong(zone, onsets(text(zone)))] == []


def test_every_zone_is_right_by_the_files_of_tzdata_where_the_machine_has_none() -> None:
    subprocess.run(
        [sys.executable, "-m", "pytest", f"{__file__}::test_every_zone_equals_zoneinfo_from_2026_to_2032"],
        env=os.environ | {"PYTHONTZPATH": ""},
        check=True,
        capture_output=True,
    )


def test_every_zone_with_a_yearly_rule_is_written_by_it() -> None:
    by_change = {zone for zone in ZONES if (data := text(zone)).count("BEGIN:") > 2 and "RRULE" not in data}

    assert {zone for zone in by_change if _rules(zone)} == set()
    assert by_change >= {"Africa/Casablanca", "Africa/El_Aaiun"}
    assert not any("RDATE" in text(zone) for zone in ZONES)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Kathmandu", "Etc/GMT+5"])
def test_zone_without_daylight_saving_has_one_standard(zone: str) -> None:
    data = text(zone)

    assert (data.count("BEGIN:STANDARD"), data.count("BEGIN:DAYLIGHT")) == (1, 0)


def test_new_york_is_two_rules() -> None:
    data = text("America/New_York")

    assert data.count("RRULE") == 2
    assert "DTSTART:20251102T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n" in data
    assert "DTSTART:20260308T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n" in data


def test_summer_is_daylight_in_dublin_where_the_law_says_that_winter_is_the_exception() -> None:
    data = text("Europe/Dublin")

    assert data[data.index("BEGIN:DAYLIGHT") :].split("END:DAYLIGHT")[0].count("TZNAME:IST") == 1


def test_a_change_that_falls_into_two_months_is_two_rules() -> None:
    data = text("Africa/Cairo")

    assert "BYDAY=FR;BYMONTHDAY=26,27,28,29,30,31;BYMONTH=10" in data
    assert "DTSTART:20301101T000000\r\nRRULE:FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=1;BYMONTH=11" in data


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Asia/Gaza", "America/Santiago", "Antarctica/Troll"])
@pytest.mark.parametrize("day", range(0, 2500, 97))
def test_a_meeting_of_an_hour_is_right_whenever_it_is(zone: str, day: int) -> None:
    since = FIRST + timedelta(days=day)
    known = onsets(text(zone, since, since + timedelta(hours=1)))

    begins = [onset for onset, _, _ in known]
    assert known[bisect_right(begins, since) - 1][1] == since.astimezone(ZoneInfo(zone)).utcoffset()


def test_a_rule_that_took_effect_inside_the_window_begins_there() -> None:
    since, until = datetime(2022, 6, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
    data = text("America/Nuuk", since, until)  # the law of 2023: no winter time that year, and a new zone

    known = onsets(data)
    begins = [onset for onset, _, _ in known]
    info = ZoneInfo("America/Nuuk")
    for day in range((until - since).days):
        moment = since + timedelta(days=day)
        assert known[bisect_right(begins, moment) - 1][1] == moment.astimezone(info).utcoffset(), moment


def test_a_few_days_more_or_less_give_the_same_bytes() -> None:
    later = FIRST + timedelta(days=9)

    assert text("Europe/Paris", FIRST, FIRST) == text("Europe/Paris", later, later + timedelta(hours=2))


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        vtimezone("Asia/Atlantis", FIRST, LAST)
