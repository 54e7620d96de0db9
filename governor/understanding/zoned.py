"""In which zone is a time of day, and is it told again in others? *09:00Z*, *14.00 WIB/15.00 WITA/16.00 WIT*"""

from collections.abc import Iterator
from datetime import UTC, datetime

from governor.understanding.findings import Clock, Finding, Interval, Line, Zone
from governor.understanding.moments import zone_of
from governor.understanding.numbers import figures, is_digits

BETWEEN = frozenset({"/", "(", ",", "=", "atau", "or", "&", ";"})
MOST_BETWEEN = 2
MOST_HOURS = 14


def offsets(line: Line, found: list[Finding]) -> list[Finding]:
    """Return the offset from UTC that is written on to a time of day, as ISO 8601 does: *19:00+07:00*, *09:00Z*."""
    clocks = (finding for finding in found if isinstance(finding.value, (Clock, Interval)))
    return [offset for clock in clocks if (offset := _offset(line, clock)) is not None][:1]


def _offset(line: Line, clock: Finding) -> Finding | None:
    i = clock.end
    if not line.touches(i) or not is_digits(line, i - 1) or line.lower(i - 2) != ":":
        return None
    if line.lower(i) == "z":
        return Finding(Zone("+00:00"), i, i + 1, "zone")
    dated = any(line.lower(k) == "t" for k in range(clock.start - 1, i))
    hours = figures(line, i + 1)
    if line.lower(i) not in {"+", "-"} or hours is None or not line.touches(i + 1) or hours > MOST_HOURS:
        return None
    if line.lower(i) == "-" and not dated:
        return None  # 19:00-21:00 is a range
    minutes = figures(line, i + 3) if line.lower(i + 2) == ":" and line.touches(i + 3) else None
    end = i + 2 if minutes is None else i + 4
    return Finding(Zone(f"{line.lower(i)}{hours:02d}:{minutes or 0:02d}"), i, end, "zone")


def told_again(line: Line, found: list[Finding], zones: list[Finding]) -> list[Finding]:
    """Take a time of day that is told again in other zones for one: *jam 3 sore WIB / jam 4 sore WITA*. Where they do
    not agree the second is offered.
    """
    if len(zones) < 2:
        return found
    kept = list(found)
    for k, first in enumerate(kept):
        same = list(_same(line, kept[k:], zones))
        if len(same) > 1:
            end = same[-1][1].end
            closes = line.lower(end) == ")" and any(line.lower(i) == "(" for i in range(first.end, end))
            value = _with_other(line, [(clock.value, zone.value) for clock, zone in same])
            return [*kept[:k], first._replace(value=value, end=end + closes), *kept[k + len(same) :]]
    return kept


def _same(line: Line, found: list[Finding], zones: list[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Yield the times of day at the beginning of *found* with the zone right behind each, as far as they go on."""
    end: int | None = None
    for clock in found:
        zone = next((zone for zone in zones if zone.start == clock.end), None)
        gap = range(end if end is not None else clock.start, clock.start)
        if zone is None or not isinstance(clock.value, Clock) or len(gap) > MOST_BETWEEN:
            return
        if end is not None and not (gap and all(line.lower(i) in BETWEEN for i in gap)):
            return
        yield clock, zone
        end = zone.end


def _with_other(line: Line, told: list[tuple[object, object]]) -> Clock:
    """Return the first time of day; with the first other moment that is told, where one is."""
    (first, zone), *others = told
    assert isinstance(first, Clock)  # noqa: S101  # as _same yields
    assert isinstance(zone, Zone)  # noqa: S101
    moment = _moment(line, first, zone)
    for other, other_zone in others:
        if isinstance(other, Clock) and isinstance(other_zone, Zone):
            if not first.sure and other.sure:
                return _with_other(line, [(_halved(line, first, zone, other, other_zone), zone), *others])
            at = _moment(line, other, other_zone).astimezone(zone_of(zone.name))
            if at != moment and other.sure == first.sure:
                return first._replace(either=(at.hour, at.minute))
    return first


def _halved(line: Line, first: Clock, zone: Zone, other: Clock, other_zone: Zone) -> Clock:
    """Return *first* in the half of the day that the *other* time tells."""
    halves = (first, first._replace(hour=(first.hour + 12) % 24))
    at = _moment(line, other, other_zone)
    return min(halves, key=lambda half: abs(_moment(line, half, zone) - at))._replace(sure=True)


def _moment(line: Line, clock: Clock, zone: Zone) -> datetime:
    where = zone_of(zone.name) if zone.name else UTC
    day = line.today
    return datetime(day.year, day.month, day.day, clock.hour % 24, clock.minute, tzinfo=where)
