"""When is it to be, what was assumed, and how else could it be meant?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from governor.understanding.days import ONE, WEEK
from governor.understanding.feasts import next_day
from governor.understanding.findings import (
    Clock,
    Day,
    Finding,
    How,
    Instant,
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
FRIDAY = 4
NIGHT = (6, 23)  # a bare hour means the other half of the day only from six until eleven at night
MIDNIGHT, CLOSING = Clock(0, 0), Clock(17, 0)
USUAL_LENGTH = timedelta(hours=1)


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the zone of an IANA name or of an offset like ``+07:00``."""
    if name[:1] in {"+", "-"}:
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:6])))
    return ZoneInfo(name)


class Frame(NamedTuple):
    """Where a time is told: the moment and the zone it is told in, and the meeting that lends a fragment the rest."""

    at: datetime
    where: tzinfo
    base: datetime | None

    @property
    def told(self) -> datetime:
        """Return the meeting spoken of, else the moment of speaking, in the zone."""
        return self.at if self.base is None else self.base.astimezone(self.where)

    def day_of(self, day: Day | None) -> date:
        """Return the one day meant: the same weekday of a week, the last day of an end, else the first day to come."""
        if day is None:
            return self.told.date()
        if day.how is How.WEEK:
            return day.first + timedelta(days=self.told.weekday())
        if day.how is How.EDGE and day.number == 1:
            return day.until - ONE
        if day.how in {How.EDGE, How.MONTH, How.STRETCH} and day.first < self.at.date() < day.until:
            return self.at.date()
        return day.first


def settle(line: Line, found: Sequence[Finding], zone: str, base: datetime | None = None) -> When:
    """Return the time told; *zone* holds where none was said, *base* lends a fragment its day or its time."""
    pieces = gather(found)
    if pieces.repeat is not None:
        pieces.repeat = limited(pieces.repeat, pieces.limits)
    where = zone_of(pieces.zone or zone)
    frame = Frame(line.at.astimezone(where), where, base)
    when = _ended(_start(pieces, frame), pieces, frame)
    when = when._replace(zone=pieces.zone, open_end=pieces.open_end, used=tuple(pieces.used))
    if pieces.repeat is not None:
        if when.start is None and base is not None:
            when = when._replace(start=frame.told)
        when = repeated(when, pieces, frame.at, where)
    return _with_length(when, pieces)


def _start(pieces: Pieces, frame: Frame) -> When:
    if pieces.unclear:
        return When()
    if pieces.instant is not None:
        return _from_instant(pieces.instant, frame)
    clock = pieces.interval.start if pieces.interval is not None else pieces.clock
    day = pieces.day
    today = (pieces.part is not None and pieces.part.today) or (clock is not None and clock.today)
    if day is None and today:
        day = Day(frame.at.date(), frame.at.date() + ONE, How.RELATIVE)
    part = _part_of(pieces, day)
    if day is None and pieces.prayer is not None and pieces.prayer.name == "eid":
        day = _eid(frame)
    if clock is not None and pieces.prayer is not None and not clock.sure:
        clock = _beside_prayer(clock, pieces.prayer, day, frame)
    if clock is not None:
        return _with_clock(pieces, in_part(clock, part.name) if part is not None else clock, day, frame)
    if pieces.prayer is not None:
        return _with_prayer(pieces.prayer, day, frame)
    if part is not None:
        return _with_part(part, day, frame)
    if day is None:
        return When()
    return _all_day(day, frame) if pieces.all_day else _day_only(day, frame)


def _ended(when: When, pieces: Pieces, frame: Frame) -> When:
    """Return *when* with an end told apart from a start that is no time of day: *ba'da Isya sampai jam 10*."""
    ending = pieces.ending
    if when.start is None or ending is None or when.end is not None:
        return when
    if ending.day is not None and isinstance(ending.clock, Clock):
        end: datetime | None = at_clock(ending.day.first, _guess(ending.clock, frame._replace(base=None)), frame.where)
    elif isinstance(ending.clock, Clock):
        end = _end(ending.clock, when.start, frame.where)
    else:
        end = meeting_time(ending.clock, when.start.date(), _key(frame))
    return when if end is None or end <= when.start else when._replace(end=end, period=None)


def _key(frame: Frame) -> str:
    """Return the IANA name of the zone; empty for an offset."""
    return frame.where.key if isinstance(frame.where, ZoneInfo) else ""


def _part_of(pieces: Pieces, day: Day | None) -> Part | None:
    """Return the part of the day that was said, be it inside the name of the day (*malam Jumat*) or of the repeat."""
    if pieces.part is not None:
        return pieces.part
    if day is not None and day.part is not None:
        return Part(day.part)
    if pieces.repeat is not None and pieces.repeat.part is not None:
        return Part(pieces.repeat.part)
    return None


def _from_instant(instant: Instant, frame: Frame) -> When:
    end = None if instant.until is None else instant.until.astimezone(frame.where)
    return When(start=instant.at.astimezone(frame.where), end=end, assumed=("instant",))


def _guess(clock: Clock, frame: Frame) -> Clock:
    """Return *clock* in the half of the day that is meant.

    The half nearer to the meeting spoken of; else 1 to 6 is after noon, 7 to 11 before, 12 at noon.
    """
    if clock.sure:
        return clock
    if frame.base is not None:
        hour = frame.told.hour + frame.told.minute / 60
        return min((clock, _other_half(clock)), key=lambda half: abs(half.hour % 24 - hour))._replace(sure=True)
    return clock._replace(hour=clock.hour + 12 if 1 <= clock.hour <= 6 else clock.hour, sure=True)


def _other_half(clock: Clock) -> Clock:
    return clock._replace(hour=(clock.hour + 12) % 24)


def _with_clock(pieces: Pieces, clock: Clock, day: Day | None, frame: Frame) -> When:
    guess = _guess(clock, frame)
    assumed = [] if clock.sure else ["half-of-day"]
    start = at_clock(frame.day_of(day), guess, frame.where)
    others: list[datetime] = []
    if day is not None:
        assumed += [*day.assumed, *([] if day.until - day.first == ONE else [str(day.how)])]
        guess, start = _still_to_come(clock, guess, start, frame)
        others += [at_clock(other, guess, frame.where) for other in day.others]
    elif frame.base is None and pieces.repeat is None:
        assumed.append("day")
        tonight = at_clock(start.date(), _other_half(guess), frame.where)
        if start < frame.at:
            others += [] if clock.sure else [tonight]
            start += ONE
    if clock.either is not None:
        assumed.append("either")
        either = clock._replace(hour=clock.either[0], minute=clock.either[1])
        others.append(at_clock(start.date(), _guess(either, frame), frame.where))
    if not clock.sure and NIGHT[0] <= _other_half(guess).hour < NIGHT[1]:
        others.append(at_clock(start.date(), _other_half(guess)._replace(shift=0), frame.where))
    end = _end_of(pieces, start, frame)
    later = tuple(other for other in others if other >= frame.at)
    return When(start=start, end=end, clock=guess, days=day, assumed=tuple(assumed), others=later)


def _still_to_come(clock: Clock, guess: Clock, start: datetime, frame: Frame) -> tuple[Clock, datetime]:
    """Return the other half of today where the first is over and nobody said which: *hari ini jam 8* at ten."""
    other = at_clock(start.date(), _other_half(guess), frame.where)
    if clock.sure or start >= frame.at or start.date() != frame.at.date() or other < frame.at:
        return guess, start
    return _other_half(guess), other


def _end_of(pieces: Pieces, start: datetime, frame: Frame) -> datetime | None:
    if pieces.stretch is not None:
        clock = _guess(pieces.stretch.end_clock, frame._replace(base=None))
        end = at_clock(pieces.stretch.end_day.first, clock, frame.where)
        if end <= start and pieces.stretch.end_day.how is How.WEEKDAY:
            end += WEEK * ((start - end) // WEEK + 1)  # the Friday after the Monday to come
        return end if end > start else None
    return None if pieces.interval is None else _end(pieces.interval.end, start, frame.where)


def _end(end: Clock, start: datetime, where: tzinfo) -> datetime:
    """Return the first such time of day after *start*; an end that does not tell its half of the day is the nearest."""
    found = at_clock(start.date(), end._replace(shift=0), where)
    if not end.sure and end.hour <= 12:
        found = at_clock(start.date(), end._replace(hour=end.hour % 12, shift=0), where)
        while found <= start:
            found += timedelta(hours=12)
        return found
    return found if found > start else found + ONE


def _with_prayer(prayer: Prayer, day: Day | None, frame: Frame) -> When:
    chosen = frame.day_of(day)
    if prayer.name == "jumuah" and day is None:
        chosen += timedelta(days=(4 - chosen.weekday()) % 7)
    key = _key(frame)
    start = meeting_time(prayer, chosen, key)
    if start is None:
        return When(days=day)
    if prayer.name == "jumuah" and chosen.weekday() != FRIDAY:  # habis Jumatan besok, said on a Tuesday
        friday = meeting_time(prayer, chosen + (FRIDAY - chosen.weekday()) % 7 * ONE, key) or start
        clock = Clock(start.hour, start.minute, sure=True, rule="prayer")
        return When(start=start, clock=clock, days=day, assumed=("weekday-conflict",), others=(friday,))
    if start < frame.at and day is None and frame.base is None:
        start = meeting_time(prayer, chosen + ONE, key) or start
    clock = Clock(start.hour, start.minute, sure=True, rule="prayer")
    return When(start=start, clock=clock, days=day, assumed=("prayer", *(() if day else ("day",))))


def _eid(frame: Frame) -> Day | None:
    """Return the feast to come, of the two on whose morning people pray."""
    today = frame.at.date()
    days = [day for feast in ("eid-al-fitr", "eid-al-adha") if (day := next_day(feast, today)) is not None]
    return Day(min(days), min(days) + ONE, How.FEAST, assumed=("feast",)) if days else None


def _beside_prayer(clock: Clock, prayer: Prayer, day: Day | None, frame: Frame) -> Clock:
    """Return *clock* in the half of the day in which the prayer is: *setelah Isya jam 8*."""
    at = meeting_time(prayer, frame.day_of(day), _key(frame))
    if at is None:
        return clock
    hour = at.hour + at.minute / 60
    return min((clock, _other_half(clock)), key=lambda half: abs(half.hour % 24 - hour))._replace(sure=True)


def _with_part(part: Part, day: Day | None, frame: Frame) -> When:
    first, until = hours_of(part.name)
    half = (until - first) // 2
    if part.shade:
        first, until = (first, first + half) if part.shade < 0 else (first + half, until)
    start = at_clock(frame.day_of(day), Clock(first, 0), frame.where) + (ONE if part.name == "midnight" else 0 * ONE)
    end = start + timedelta(hours=until - first, seconds=-1 if part.name == "night" and until == DAY_END else 0)
    if end <= frame.at and day is None and frame.base is None:
        start, end = start + ONE, end + ONE
    assumed = ("hour", *(day.assumed if day is not None else ()))
    usual = at_clock(start.date(), Clock(USUAL_HOURS.get(part.name, first), 0), frame.where)
    chosen = start
    if start <= usual < end and usual >= frame.at:
        chosen = usual
    elif start < frame.at < end:
        chosen = max(start, _next_half_hour(frame.at))
    return When(start=chosen, period=(start, end), part=part.name, days=day, assumed=assumed)


def _next_half_hour(at: datetime) -> datetime:
    """Return the next full or half hour after *at*."""
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=30 if at.minute < 30 else 60)


def _day_only(day: Day, frame: Frame) -> When:
    chosen, where, one_day = frame.day_of(day), frame.where, day.until - day.first == ONE
    if frame.base is not None:
        clock = Clock(frame.told.hour, frame.told.minute, sure=True)
        return When(start=at_clock(chosen, clock, where), days=day, assumed=day.assumed)
    usual = [at_clock(chosen, Clock(hour, 0), where) for hour in (USUAL_HOUR, *OTHER_HOURS)]
    hours = [start for start in usual if start >= frame.at] or usual[:1]
    others = [at_clock(other, Clock(USUAL_HOUR, 0), where) for other in day.others]
    if one_day:
        later = tuple(other for other in others or hours[1:] if other >= frame.at)
        return When(start=hours[0], days=day, assumed=("hour", *day.assumed), others=later)
    period = at_clock(day.first, MIDNIGHT, where), at_clock(day.until, MIDNIGHT, where)
    end = at_clock(day.until - ONE, CLOSING, where) if day.how is How.STRETCH else None
    assumed = ("hour", str(day.how), *day.assumed)
    return When(start=hours[0], end=end, days=day, period=period, assumed=assumed, others=tuple(others))


def _all_day(day: Day, frame: Frame) -> When:
    """Return the whole of a day, or of the days from one to another."""
    first = frame.day_of(day) if day.how is not How.STRETCH else day.first
    last = day.until if day.how is How.STRETCH else first + ONE
    start, end = at_clock(first, MIDNIGHT, frame.where), at_clock(last, MIDNIGHT, frame.where)
    others = tuple(at_clock(other, MIDNIGHT, frame.where) for other in day.others)
    assumed = (*day.assumed, *([] if day.until - day.first == ONE or day.how is How.STRETCH else [str(day.how)]))
    return When(start=start, end=end, days=day, assumed=assumed, others=others, all_day=True)


def _whole_days(when: When, start: datetime) -> When:
    """Return *when* until its midnight, or where an hour was said, which then is of the morning, until the day is
    usually over.
    """
    closing = start.replace(hour=CLOSING.hour, minute=0)
    if when.clock is None:
        end = when.end or start + ONE
        return when._replace(end=end, length=(end.date() - start.date()).days * ONE)
    return when._replace(end=closing, length=closing - start, others=()) if closing > start else when


def _with_length(when: When, pieces: Pieces) -> When:
    """Add the length: as said, or from start to end."""
    if pieces.all_day and when.start is not None and (when.all_day or when.end is None):
        return _whole_days(when, when.start)
    is_told = when.end is not None and (pieces.interval is not None or pieces.ending is not None)
    if pieces.length is not None and not (is_told and pieces.length.grain_days):
        if not (pieces.length.delta or pieces.length.months):
            return when._replace(length=timedelta(0))
        base = when.start or datetime(2001, 1, 1, tzinfo=UTC)
        last = added(base, pieces.length)
        if last is not None and last > base:
            return when._replace(length=last - base, end=None if when.start is None else last)
    if when.start is not None and when.end is not None:
        return when._replace(length=when.end.astimezone(UTC) - when.start.astimezone(UTC))
    return when
