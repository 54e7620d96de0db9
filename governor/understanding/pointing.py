"""Does a meeting begin when it is said that the one meant does?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from governor.understanding.findings import (
    Clock,
    Day,
    How,
    Instant,
    Interval,
    Over,
    Part,
    Prayer,
    Repeat,
    Stretch,
    Unclear,
    Value,
    Zone,
)
from governor.understanding.moments import zone_of
from governor.understanding.parts import PARTS_OF_DAY, in_part
from governor.understanding.prayers import meeting_time
from governor.understanding.recurrence import DAYS
from governor.values import dataclass

ONE, WEEK = timedelta(days=1), timedelta(days=7)
LEAP = (2, 29)
ABOUT = timedelta(minutes=45)
"""How far from its beginning a meeting may be said to be by a prayer, or by how long it is until then."""

EARLIER, LATER = 2, 1
"""By how many hours a part of the day is taken to begin earlier and to end later: people differ."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What is said of the time of the meeting that is meant: a *value*, and the *words* for it."""

    value: Value
    words: str


def points_at(pointers: Sequence[Pointer], start: datetime, summary: str, at: datetime) -> bool:
    """Return whether all *pointers*, said at the instant *at*, fit a meeting named *summary* that begins at *start*
    (aware, by the clocks of who speaks); what is part of its name says nothing of its time.
    """
    name = f" {_plain(summary)} "
    said = [pointer.value for pointer in pointers if f" {_plain(pointer.words)} " not in name]
    zones = [value.name for value in said if isinstance(value, Zone) and value.name]
    here = start.astimezone(zone_of(zones[0])) if zones else start
    part = next((value.name for value in said if isinstance(value, Part)), None)
    return all(_fits(_in_part(value, part), here, at.astimezone(here.tzinfo)) for value in said)


def lately(pointers: Sequence[Pointer], today: date) -> tuple[Pointer, ...]:
    """Return *pointers* as said of what is over: *Kamis* is the last one before *today*, *19 November* of this year."""
    return tuple(replace(one, value=_last(one.value, today)) for one in pointers)


def _last(value: Value, today: date) -> Value:
    if not isinstance(value, Day) or value.first <= today:
        return value
    first = value.first
    if value.how is How.WEEKDAY:
        first -= WEEK
    elif value.how is How.MONTH_DAY:
        first = _a_month_before(first)
    elif "year" in value.assumed:
        first = first.replace(year=first.year - (4 if (first.month, first.day) == LEAP else 1))
    return value._replace(first=first, until=first + (value.until - value.first), others=())


def _a_month_before(day: date) -> date:
    """Return the same *day* of the last month that has it."""
    last = day.replace(day=1) - ONE
    while last.day < day.day:
        last = last.replace(day=1) - ONE
    return last.replace(day=day.day)


def last_day(pointers: Sequence[Pointer]) -> date | None:
    """Return before which day the meeting begins that *pointers* tell; ``None``: no day is told."""
    days = [pointer.value for pointer in pointers if isinstance(pointer.value, Day)]
    return max((last for day in days for last in (day.until, *(other + ONE for other in day.others))), default=None)


def _in_part(value: Value, part: str | None) -> Value:
    return in_part(value, part) if part is not None and isinstance(value, Clock) else value


def _fits(value: Value, start: datetime, at: datetime) -> bool:
    match value:
        case Day():
            return _is_day(value, start.date(), at.date())
        case Clock():
            return _is_hour(value, start)
        case Interval(start=clock):
            return _is_hour(clock, start)
        case Stretch(day=day, clock=clock):
            return (day is None or _is_day(day, start.date(), at.date())) and _is_hour(clock, start)
        case Part():
            return _is_in_part(value, start, at)
        case Prayer():
            zone = start.tzinfo.key if isinstance(start.tzinfo, ZoneInfo) else ""
            begins = meeting_time(value, start.date(), zone) if value.name != "eid" else None
            return begins is None or abs(begins - start) <= ABOUT
        case Instant(at=moment, until=until):
            return moment - ABOUT <= start <= (until or moment) + ABOUT
        case Over():
            return start <= at
        case Repeat(by_day=days, by_month_day=numbers):
            is_day = not days or any(day.endswith(DAYS[start.weekday()]) for day in days)
            return is_day and (not numbers or start.day in numbers)
    return not isinstance(value, Unclear)


def _is_day(day: Day, start: date, today: date) -> bool:
    is_today = day.how is How.WEEKDAY and start == today and day.first == today + WEEK
    return day.first <= start < day.until or start in day.others or is_today


def _is_hour(clock: Clock, start: datetime) -> bool:
    hours = (((clock.hour, clock.minute)), *((clock.either,) if clock.either is not None else ()))
    said = {(hour % 24 if clock.sure or hour > 12 else hour % 12, minute) for hour, minute in hours}
    is_half = not clock.sure and clock.hour <= 12
    return (start.hour % 12 if is_half else start.hour, start.minute) in said


def _is_in_part(part: Part, start: datetime, at: datetime) -> bool:
    first, last = PARTS_OF_DAY.get(part.name, (0, 24))
    hour = start.hour + start.minute / 60
    is_then = any(first - EARLIER <= told < last + LATER for told in (hour - 24, hour, hour + 24))
    return is_then and (not part.today or start.date() == at.date())


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
