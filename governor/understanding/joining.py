"""Which times of day belong together?"""

from governor.understanding.findings import (
    Bare,
    Clock,
    Finding,
    Interval,
    Line,
    Part,
)
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import is_digits
from governor.understanding.parts import LOOSE_PARTS, MOST_NIGHTS, in_part

GLUE = (Sort.ON, Sort.AT, Sort.THE, Sort.ABOUT, Sort.OF, Sort.DAY, Sort.IN, Sort.CLOCK)


GLUE_MARKS = frozenset({",", "-", "(", ")", ".", ":", "/", "@", ";"})


MORNING, NIGHTLY = 6, 8 * 60  # a meeting that starts before this hour of the morning lasts fewer minutes
DASHES = frozenset({"-", "~"})
MOST_BETWEEN = 8  # words between the two ends of a range


def is_near(line: Line, left: Finding, right: Finding) -> bool:
    """Say whether only words like *on*, *pada* and commas stand between the two."""
    return all(
        line.terms[i].lower in GLUE_MARKS or not line.senses[i].keys().isdisjoint(GLUE)
        for i in range(left.end, right.start)
    )


def joined(left: Finding, right: Finding, value: object, rule: str) -> Finding:
    """Return *value* as read from the terms of both findings."""
    return Finding(value, left.start, right.end, rule)  # type: ignore[arg-type]  # each caller passes a Value


def is_to(line: Line, left: Finding, right: Finding) -> bool:
    """Say whether *to*, *sampai* or a dash stands between the two, and nothing else."""
    if right.start - left.end > MOST_BETWEEN:
        return False
    if right.start - left.end > MOST_BETWEEN:
        return False
    gap = [
        i
        for i in range(left.end, right.start)
        if line.value(i, Sort.UNTIL)
        or not (line.value(i, Sort.ON) or line.value(i, Sort.THE) or line.value(i, Sort.ZONE) or line.lower(i) == ",")
    ]
    if len(gap) != 1:
        return False
    i = gap[0]
    between = line.value(i, Sort.AND) and line.value(left.start - 1, Sort.BETWEEN)
    return bool(line.value(i, Sort.UNTIL) or line.lower(i) in DASHES or between)


def from_of(line: Line, left: Finding) -> int:
    """Return where the range starts when *from* or *between* stands before *left*."""
    i = left.start
    while i > max(left.start - 3, 0) and (line.value(i - 1, Sort.FROM) or line.value(i - 1, Sort.BETWEEN)):
        i -= 1
    return i


def clock_of(finding: Finding) -> Clock | None:
    """Return the time of day that a finding tells; a bare number is an hour."""
    value = finding.value
    return (
        value
        if isinstance(value, Clock)
        else Clock(value.hour % 24, 0, sure=value.hour > 12, rule="bare-hour")
        if isinstance(value, Bare) and value.hour <= 24
        else None
    )


def join_ranges(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two times of day into a range: *jam 14.00-16.00*, *from 3 to 5pm*."""
    start, end = clock_of(left), clock_of(right)
    if start is None or end is None or not (is_to(line, left, right) or _is_from_to(line, left, right)):
        return None
    if end.rule == "h-clock" != start.rule and line.lower(right.start - 1) in DASHES:
        return None  # 15:00 - 1h30 is a length
    at = from_of(line, left)
    bare = isinstance(left.value, Bare) and isinstance(right.value, Bare)
    if bare and at == left.start and not _beside_day(line, left, right):
        return None
    return Finding(Interval(*same_half(start, end)), at, right.end, "range")


def _is_from_to(line: Line, left: Finding, right: Finding) -> bool:
    """Say whether *ke* joins two times of day: *dari jam 7 ke jam 9*."""
    joins = right.start - left.end == 1 and line.lower(left.end) == "ke"
    return joins and bool(line.value(left.start - 1, Sort.FROM)) and isinstance(right.value, Clock)


def _beside_day(line: Line, left: Finding, right: Finding) -> bool:
    before, after = line.skip(right.end, Sort.ON), left.start - 1
    beside = (Sort.WEEKDAY, Sort.RELATIVE, Sort.PART, Sort.TODAY_PART)
    return any(
        line.value(before, sort) is not None or line.value(after, sort) is not None
        for sort in (*beside, Sort.NEXT, Sort.THIS)
    )


def same_half(start: Clock, end: Clock) -> tuple[Clock, Clock]:
    """Give an end that tells its half of the day to a start that does not, and the other way round."""
    if end.sure and not start.sure and start.hour <= 12:
        hour = start.hour % 12
        late = end.hour >= 12 and (hour, start.minute) < (end.hour - 12, end.minute)
        early = end.hour < 12 and (start.hour % 24, start.minute) >= (end.hour, end.minute)
        if not late and end.hour * 60 + end.minute - hour * 60 - start.minute >= NIGHTLY and 0 < hour < MORNING:
            return start, end  # 4 to 3 pm: from no hour at which people meet
        return start._replace(
            hour=hour + 12 if late or early else start.hour if start.hour != 12 else 12, sure=True
        ), end
    if start.sure and not end.sure and end.hour <= 12:
        hour = end.hour % 12
        if start.hour >= 12:
            later = (hour, end.minute) > (start.hour - 12, start.minute)
            return start, end._replace(hour=hour + 12 if later else hour, sure=True)
        if (end.hour, end.minute) <= (start.hour, start.minute):
            return start, end._replace(hour=hour + 12, sure=True)
        return start, end._replace(sure=True)
    return start, end


def join_part(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine a part of the day with a time of day: *pagi jam 9*, *3 in the morning*, *tonight at 8*."""
    if not is_near(line, left, right):
        return None
    for part, other in ((left.value, right.value), (right.value, left.value)):
        if not isinstance(part, Part):
            continue
        if isinstance(other, Interval):
            value: Interval | Clock = Interval(*_in_part_both(other, part.name))
        elif isinstance(other, Clock):
            value = in_part(other, part.name)._replace(today=part.today)
        elif isinstance(other, Bare) and 1 <= other.hour <= 12 and not _counts(line, left, right):
            value = in_part(Clock(other.hour, 0), part.name)._replace(today=part.today)
        else:
            return None
        return joined(left, right, value, "today-part" if part.today else "part-and-clock")
    return None


def _counts(line: Line, number: Finding, part: Finding) -> bool:
    """Say whether a number counts what follows it: *one morning*, *three nights*, *tiga malam*."""
    if not isinstance(number.value, Bare) or number.end != part.start:
        return False
    loose = line.lower(part.start) in LOOSE_PARTS and not is_digits(line, number.start)
    return loose or (line.lower(part.start) == "malam" and number.value.hour <= MOST_NIGHTS)


def _in_part_both(interval: Interval, part: str) -> tuple[Clock, Clock]:
    end = in_part(interval.end, part)
    start = in_part(interval.start, part)
    return (start, end) if interval.start.sure is False or interval.end.sure else (interval.start, end)
