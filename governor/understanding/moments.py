"""When is it to be, what was assumed, and how else could it be meant?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from governor.understanding.days import ONE
from governor.understanding.findings import (
    Clock,
    Day,
    Finding,
    How,
    Line,
    Part,
    Prayer,
)
from governor.understanding.lengths import added
from governor.understanding.parts import hours_of, in_part
from governor.understanding.pieces import OTHER_HOURS, USUAL_HOUR, Pieces, When, at_clock, gather, limited
from governor.understanding.prayers import meeting_time
from governor.understanding.series import repeated

USUAL_HOURS = {
    "pagi": 9,
    "siang": 13,
    "malam": 19,
    "morning": 9,
    "noon": 13,
    "after-noon": 14,
    "afternoon": 16,
    "evening": 19,
    "night": 20,
    "work": 9,
    "dawn": 5,
}
DAY_END = 24
NIGHT = (6, 23)  # a bare hour means the other half of the day only from six until eleven at night
MIDNIGHT, CLOSING = Clock(0, 0), Clock(17, 0)
USUAL_LENGTH = timedelta(hours=1)


def zone_of(name: str) -> tzinfo:
    """Return the zone of an IANA name or of an offset like ``+07:00``."""
    if name[:1] in {"+", "-"}:
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:6])))
    return ZoneInfo(name)


def settle(line: Line, found: Sequence[Finding], zone: str, base: datetime | None = None) -> When:
    """Return the time told; *zone* holds where none was said, *base* lends a fragment its day or its time."""
    pieces = gather(found)
    name = pieces.zone or zone
    if pieces.repeat is not None:
        pieces.repeat = limited(pieces.repeat, pieces.limits)
    where = zone_of(name)
    at = line.at.astimezone(where)
    when = _start(pieces, at, where, base)
    when = replace(when, zone=pieces.zone, open_end=pieces.open_end, used=tuple(pieces.used))
    if pieces.repeat is not None:
        when = repeated(when, pieces, at, where)
    return _with_length(when, pieces)


def _start(pieces: Pieces, at: datetime, where: tzinfo, base: datetime | None) -> When:
    if pieces.unclear:
        return When()
    if pieces.instant is not None:
        return _from_instant(pieces, at)
    clock = pieces.interval.start if pieces.interval is not None else pieces.clock
    day = pieces.day
    if day is None and ((pieces.part is not None and pieces.part.today) or (clock is not None and clock.today)):
        day = Day(at.date(), at.date() + ONE, How.RELATIVE)
    part = pieces.part or (Part(day.part) if day is not None and day.part is not None else None)
    if part is None and pieces.repeat is not None and pieces.repeat.part is not None:
        part = Part(pieces.repeat.part)
    if clock is not None:
        clock = in_part(clock, part.name) if part is not None else clock
        return _with_clock(pieces, clock, day, at, where, base)
    if pieces.prayer is not None:
        return _with_prayer(pieces.prayer, day, at, where, base)
    if part is not None:
        return _with_part(part, day, at, where, base)
    if day is not None:
        return _day_only(day, at, where, base)
    return When()


def _from_instant(pieces: Pieces, at: datetime) -> When:
    instant = pieces.instant
    if instant is None:
        return When()
    start = instant.at.astimezone(at.tzinfo)
    return When(
        start=start, end=None if instant.until is None else instant.until.astimezone(at.tzinfo), assumed=("instant",)
    )


def _guess(clock: Clock) -> Clock:
    """Return *clock* in the half of the day that people mean who do not say: 1 to 6 after noon, 7 to 11 before, 12 at
    noon.
    """
    if clock.sure:
        return clock
    return replace(clock, hour=clock.hour + 12 if 1 <= clock.hour <= 6 else clock.hour, sure=True)


def _other_half(clock: Clock) -> Clock:
    return replace(clock, hour=(clock.hour + 12) % 24)


def _with_clock(
    pieces: Pieces, clock: Clock, day: Day | None, at: datetime, where: tzinfo, base: datetime | None
) -> When:
    guess = _guess(clock)
    assumed = [] if clock.sure else ["half-of-day"]
    others: list[datetime] = []
    if day is None:
        home = base.astimezone(where).date() if base is not None else at.date()
        start = at_clock(home, guess, where)
        if base is None and pieces.repeat is None:
            assumed.append("day")
            while start < at:
                start += ONE
            if not clock.sure and start.date() > home and at_clock(home, _other_half(guess), where) >= at:
                others.append(at_clock(home, _other_half(guess), where))
    else:
        assumed += list(day.assumed)
        chosen = _one_day(day, at)
        assumed += [] if day.until - day.first == ONE else [str(day.how)]
        start = at_clock(chosen, guess, where)
        if (
            start < at <= start + ONE
            and not clock.sure
            and chosen == at.date()
            and at_clock(chosen, _other_half(guess), where) >= at
        ):
            guess = _other_half(guess)
            start = at_clock(chosen, guess, where)
        others += [at_clock(other, guess, where) for other in day.others]
    if clock.either is not None:
        assumed.append("either")
        others.append(
            at_clock(start.date(), _guess(replace(clock, hour=clock.either[0], minute=clock.either[1])), where)
        )
    if not clock.sure and NIGHT[0] <= _other_half(guess).hour < NIGHT[1]:
        others.append(at_clock(start.date(), replace(_other_half(guess), shift=0), where))
    end = None
    if pieces.stretch is not None:
        end = at_clock(pieces.stretch.end_day.first, _guess(pieces.stretch.end_clock), where)
        end = end if end > start else None
    elif pieces.interval is not None:
        end = _end(pieces.interval.end, start, where)
    return When(
        start=start,
        end=end,
        clock=guess,
        days=day,
        assumed=tuple(assumed),
        others=tuple(other for other in others if other >= at),
    )


def _end(end: Clock, start: datetime, where: tzinfo) -> datetime:
    """Return the first such time of day after *start*; an end that does not tell its half of the day is the nearest."""
    found = at_clock(start.date(), replace(end, shift=0), where)
    if not end.sure and end.hour <= 12:
        found = at_clock(start.date(), replace(end, hour=end.hour % 12, shift=0), where)
        while found <= start:
            found += timedelta(hours=12)
        return found
    return found if found > start else found + ONE


def _one_day(day: Day, at: datetime) -> date:
    """Return the one day meant by a stretch: the same weekday of a week, else its first day to come."""
    if day.how is How.WEEK:
        return day.first + timedelta(days=at.weekday())
    if day.how is How.EDGE and day.number == 1:
        return day.until - ONE
    if day.how in {How.EDGE, How.MONTH, How.STRETCH} and day.first < at.date() < day.until:
        return at.date()
    return day.first


def _with_prayer(prayer: Prayer, day: Day | None, at: datetime, where: tzinfo, base: datetime | None) -> When:
    chosen = _one_day(day, at) if day is not None else base.date() if base is not None else at.date()
    if prayer.name == "jumuah" and day is None:
        chosen += timedelta(days=(4 - chosen.weekday()) % 7)
    key = where.key if isinstance(where, ZoneInfo) else ""
    start = meeting_time(prayer, chosen, key)
    if start is None:
        return When(days=day)
    if start < at and day is None and base is None:
        start = meeting_time(prayer, chosen + ONE, key) or start
    clock = Clock(start.hour, start.minute, sure=True, rule="prayer")
    return When(start=start, clock=clock, days=day, assumed=("prayer", *(() if day else ("day",))))


def _with_part(part: Part, day: Day | None, at: datetime, where: tzinfo, base: datetime | None) -> When:
    first, until = hours_of(part.name)
    if part.shade:
        first, until = (
            (first, first + (until - first) // 2) if part.shade < 0 else (first + (until - first) // 2, until)
        )
    home = _one_day(day, at) if day is not None else base.astimezone(where).date() if base is not None else at.date()
    start = at_clock(home, Clock(first, 0), where)
    if part.name == "midnight":
        start += ONE
    end = start + timedelta(hours=until - first, seconds=-1 if part.name == "night" and until == DAY_END else 0)
    if end <= at and day is None and base is None:
        start, end = start + ONE, end + ONE
    assumed = ("hour", *(day.assumed if day is not None else ()))
    period = start, end
    usual = at_clock(start.date(), Clock(USUAL_HOURS.get(part.name, first), 0), where)
    start = (
        usual
        if start <= usual < end and usual >= at
        else max(start, _next_half_hour(at))
        if start < at < end
        else start
    )
    return When(start=start, period=period, part=part.name, days=day, assumed=assumed)


def _next_half_hour(at: datetime) -> datetime:
    """Return the next full or half hour after *at*."""
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=30 if at.minute < 30 else 60)


def _day_only(day: Day, at: datetime, where: tzinfo, base: datetime | None) -> When:
    chosen = _one_day(day, at)
    if base is not None:
        local = base.astimezone(where)
        clock = Clock(local.hour, local.minute, sure=True)
        return When(start=at_clock(chosen, clock, where), days=day, assumed=day.assumed)
    hours = [hour for hour in (USUAL_HOUR, *OTHER_HOURS) if at_clock(chosen, Clock(hour, 0), where) >= at] or [
        USUAL_HOUR
    ]
    start = at_clock(chosen, Clock(hours[0], 0), where)
    others = tuple(at_clock(other, Clock(USUAL_HOUR, 0), where) for other in day.others)
    if not others and day.until - day.first == ONE:
        others = tuple(at_clock(chosen, Clock(hour, 0), where) for hour in hours[1:])
    others = tuple(other for other in others if other >= at)
    if day.until - day.first == ONE:
        return When(start=start, days=day, assumed=("hour", *day.assumed), others=others)
    period = at_clock(day.first, MIDNIGHT, where), at_clock(day.until, MIDNIGHT, where)
    end = at_clock(day.until - ONE, CLOSING, where) if day.how is How.STRETCH else None
    return When(
        start=start, end=end, days=day, period=period, assumed=("hour", str(day.how), *day.assumed), others=others
    )


def _with_length(when: When, pieces: Pieces) -> When:
    """Add the length: as said, or from start to end."""
    if pieces.length is not None:
        base = when.start or datetime(2001, 1, 1, tzinfo=UTC)
        last = added(base, pieces.length)
        if last is not None and last > base:
            return replace(when, length=last - base, end=None if when.start is None else last)
    if when.start is not None and when.end is not None:
        return replace(when, length=when.end.astimezone(UTC) - when.start.astimezone(UTC))
    return when
