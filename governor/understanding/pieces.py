"""Which pieces of a time does a line tell?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from governor.understanding.days import ONE
from governor.understanding.findings import (
    Clock,
    Day,
    Ending,
    Finding,
    How,
    Instant,
    Interval,
    Length,
    Limit,
    OpenEnd,
    Part,
    Prayer,
    Repeat,
    Stretch,
    Unclear,
    Value,
    Zone,
)
from governor.understanding.joining import same_half
from governor.understanding.recurrence import DAYS

USUAL_HOUR, OTHER_HOURS = 9, (13, 19)


class When(NamedTuple):
    """What a line says of time. Instants are aware, in ``zone``; ``assumed`` names what nobody said.

    ``period`` is the stretch said where no time of day was: a part of the day, a week, a few days. ``others`` are
    starts that are plausible too, the likeliest first. ``all_day``: it has days and no hours, from midnight on.
    ``used`` are the findings that went into it.
    """

    start: datetime | None = None
    end: datetime | None = None
    length: timedelta | None = None
    rrule: str | None = None
    exdates: tuple[datetime, ...] = ()
    rdates: tuple[datetime, ...] = ()
    zone: str | None = None
    days: Day | None = None
    clock: Clock | None = None
    part: str | None = None
    assumed: tuple[str, ...] = ()
    others: tuple[datetime, ...] = ()
    open_end: bool = False
    all_day: bool = False
    period: tuple[datetime, datetime] | None = None
    used: tuple[Finding, ...] = ()

    @property
    def has_clock(self) -> bool:
        """Say whether a time of day was said, be it only a part of the day."""
        return self.clock is not None or self.part is not None or (self.start is not None and "instant" in self.assumed)


@dataclass(slots=True)
class Pieces:
    """The findings of a line by kind, the first of each."""

    day: Day | None = None
    more_days: list[Day] = field(default_factory=list)
    clock: Clock | None = None
    interval: Interval | None = None
    stretch: Stretch | None = None
    part: Part | None = None
    prayer: Prayer | None = None
    instant: Instant | None = None
    length: Length | None = None
    ending: Ending | None = None
    repeat: Repeat | None = None
    limits: list[Limit] = field(default_factory=list)
    zone: str | None = None
    open_end: bool = False
    unclear: bool = False
    all_day: bool = False
    used: list[Finding] = field(default_factory=list)


def gather(found: Sequence[Finding]) -> Pieces:
    """Sort the findings of a line into the places they take."""
    pieces = Pieces()
    for finding in _day_first(found):
        if _place(pieces, finding):
            pieces.used.append(finding)
    _end_clock(pieces)
    return pieces


def _end_clock(pieces: Pieces) -> None:
    """Make a time of day and its end, told apart, the range that they are."""
    start, ending = pieces.clock, pieces.ending
    if start is None or ending is None or pieces.stretch is not None or not isinstance(ending.clock, Clock):
        return
    if ending.day is None:
        pieces.interval = Interval(*same_half(start, ending.clock))
    else:
        pieces.stretch = Stretch(pieces.day, start, ending.day, ending.clock)


def _day_first(found: Sequence[Finding]) -> Sequence[Finding]:
    """Return the findings with the day beside the time of day first, where several days are named."""
    days = [k for k, finding in enumerate(found) if _is_one_day(finding)]
    beside = [k for k in days if any(_is_clock(found[n]) for n in (k - 1, k + 1) if 0 <= n < len(found))]
    if len(days) < 2 or not beside or days[0] in beside:
        return found
    chosen = found[beside[0]]
    return [chosen, *(finding for finding in found if finding is not chosen)]


def _is_one_day(finding: Finding) -> bool:
    return isinstance(finding.value, Day) and finding.value.until - finding.value.first == ONE


def _is_clock(finding: Finding) -> bool:
    return isinstance(finding.value, (Clock, Interval, Part, Prayer))


def _place(pieces: Pieces, finding: Finding) -> bool:
    """Put *finding* where it belongs; say whether that place was free."""
    match finding.value:
        case Day() as day:
            return _place_day(pieces, day)
        case Interval() | Stretch() | Clock() as clock:
            return _place_clock(pieces, clock)
        case Length() as length if pieces.length is None or (length.said_for and not pieces.length.said_for):
            pieces.length, pieces.all_day = length, finding.rule == "all-day"
        case Repeat() as repeat:
            return _place_repeat(pieces, repeat)
        case Limit() as limit:
            pieces.limits.append(limit)
        case Zone(name) if pieces.zone is None:
            pieces.zone = name or None
        case value:
            return _place_other(pieces, value)
    return True


def _place_clock(pieces: Pieces, value: Interval | Stretch | Clock) -> bool:
    """Put a time of day, or a range of times, where none is yet."""
    again = isinstance(value, Interval) and pieces.clock is not None and _is_same_hour(pieces.clock, value.start)
    if again:
        pieces.clock = None  # doors half six, er, 6.30-9.30pm
    if pieces.interval is not None or pieces.clock is not None:
        return False
    match value:
        case Interval():
            pieces.interval = value
        case Clock():
            pieces.clock = value
        case Stretch():
            pieces.stretch, pieces.clock, pieces.day = value, value.clock, value.day or pieces.day
    return True


def _is_same_hour(one: Clock, other: Clock) -> bool:
    return (one.hour % 12, one.minute) == (other.hour % 12, other.minute)


def _place_repeat(pieces: Pieces, repeat: Repeat) -> bool:
    """Put a repeat where there is none, or only one that names no days: *biweekly … on Wednesdays*."""
    before = pieces.repeat
    if before is not None and (before.by_day or before.by_month_day):
        if repeat.freq != before.freq or repeat.interval == 1 or repeat.by_day or repeat.by_month_day:
            return False
        pieces.repeat = before._replace(interval=repeat.interval)  # Mondays at 7pm, fortnightly
        return True
    again = before is not None and before.freq == repeat.freq and repeat.interval == 1
    pieces.repeat = repeat._replace(interval=before.interval) if again and before is not None else repeat
    return True


def _place_other(pieces: Pieces, value: Value) -> bool:
    match value:
        case Part() if pieces.part is None:
            pieces.part = value
        case Prayer() if pieces.prayer is None:
            pieces.prayer = value
        case Instant() if pieces.instant is None:
            pieces.instant = value
        case Ending() if pieces.ending is None and pieces.interval is None:
            pieces.ending = value
        case OpenEnd():
            pieces.open_end = True
        case Unclear():
            pieces.unclear = True
        case _:
            return False
    return True


def limited(repeat: Repeat, limits: Sequence[Limit]) -> Repeat:
    """Return *repeat* with its end, its number of times and its exceptions."""
    for limit in limits:
        repeat = repeat._replace(
            until=limit.until or repeat.until,
            times=limit.count or repeat.times,
            skip=repeat.skip + limit.skip,
            also=repeat.also + limit.also,
            skip_holidays=repeat.skip_holidays or limit.holidays,
        )
        if limit.without and (repeat.freq == "DAILY" or len(repeat.by_day) > 1):
            left = tuple(day for day in repeat.by_day or DAYS if day not in limit.without)
            repeat = repeat._replace(freq="WEEKLY", by_day=left)
    return repeat


def _place_day(pieces: Pieces, day: Day) -> bool:
    weak = {How.MONTH, How.YEAR, How.WEEK, How.WEEKEND}
    if pieces.day is None or (pieces.day.how in weak and day.how not in {How.MONTH, How.YEAR, How.WEEKEND}):
        pieces.used = [finding for finding in pieces.used if pieces.day is None or finding.value is not pieces.day]
        pieces.day = day
        return True
    pieces.more_days.append(day)
    return False


def at_clock(day: date, clock: Clock, where: tzinfo) -> datetime:
    """Return that time of day on that day in that zone."""
    start = datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, tzinfo=where)
    return start + clock.shift * ONE
