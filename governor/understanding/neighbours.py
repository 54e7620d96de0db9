"""Which days belong together, and to which hour?"""

from datetime import date, timedelta

from governor.understanding.days import ONE, WEEK, first_of, monday_of, nth_weekday
from governor.understanding.findings import Bare, Clock, Day, Finding, How, Interval, Length, Line, Part
from governor.understanding.joining import from_of, is_near, is_to, joined
from governor.understanding.lengths import added
from governor.understanding.lexicon import Sort

MOVED = frozenset({"ke", "menjadi", "jadi"})
"""What stands before the time to which something is moved: never between two names of one."""


def join_days(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two names of one day: *Friday, Jul 18*, *Rabu minggu depan*, *Monday the 27th*, *Monday 21*."""
    one, two = left.value, right.value
    if isinstance(one, Day) and isinstance(two, Bare):
        return _weekday_and_bare(line, left, right)
    if not (isinstance(one, Day) and isinstance(two, Day)) or not is_near(line, left, right):
        return None
    if any(line.lower(i) in MOVED for i in range(left.end, right.start)):
        return None  # undur rapat lusa ke Jumat
    if one.how is How.WEEKDAY and two.how is How.WEEKDAY and one.first == two.first:
        return joined(left, right, two._replace(part=two.part or one.part), "weekday")
    if one.how is How.STRETCH and two.how is How.STRETCH and one.weekday is None:
        return joined(left, right, two, "day-range")
    if one.how is How.WRITTEN and two.how is How.WEEKDAY and is_to(line, left, right):
        return None  # 3 December - Saturday 5 December
    for first, second in ((one, two), (two, one)):
        found = _with_weekday(line, first, second) or _in_said_month(first, second)
        if found is not None:
            return joined(left, right, found[0], found[1])
    if one.how is How.RELATIVE and two.how in {How.WRITTEN, How.MONTH_DAY}:
        return joined(left, right, _agreed(one, two), "day-and-date")
    return None


def _weekday_and_bare(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Read *Sunday 31*."""
    day, number = left.value, right.value
    if not (isinstance(day, Day) and isinstance(number, Bare)) or day.how is not How.WEEKDAY or left.end != right.start:
        return None
    if not 13 <= number.hour <= 31 or line.lower(right.end) in {":", "h"}:
        return None
    return _weekday_number(line, left, right, number.hour)


def _with_weekday(line: Line, weekday: Day, other: Day) -> tuple[Day, str] | None:
    """Return the day that both a weekday and another name tell."""
    if weekday.how is How.ORDINAL and weekday.weekday is not None and other.how is How.MONTH:
        nth = nth_weekday(weekday.number or 1, weekday.weekday, other)
        return None if nth is None else (weekday._replace(first=nth, until=nth + ONE), "ordinal-weekday")
    if weekday.how not in {How.WEEKDAY, How.NEXT_WEEKDAY} or weekday.weekday is None:
        return None
    if other.how is How.WEEK:
        day = monday_of(other.first) + timedelta(days=weekday.weekday)
        return weekday._replace(first=day, until=day + ONE), "weekday-of-week"
    if other.how is How.MONTH_DAY and other.number:
        found = _next_with(line, weekday.weekday, other.number)
        return None if found is None else (other._replace(first=found, until=found + ONE), "weekday-and-number")
    if other.how in {How.WRITTEN, How.RELATIVE, How.FEAST, How.EDGE}:
        return _agreed(weekday, other), "weekday-and-date"
    return None


def _in_said_month(month: Day, number: Day) -> tuple[Day, str] | None:
    """Return the day of *bulan Januari tanggal 9*, *next month on the 5th*."""
    if month.how not in {How.MONTH, How.EDGE} or number.how is not How.MONTH_DAY or number.number is None:
        return None
    if month.how is How.EDGE:
        inside = month.first <= number.first < month.until
        return (number, "day-of-edge") if inside else None
    if number.number > (month.until - month.first).days:
        return None
    day = month.first.replace(day=number.number)
    return Day(day, day + ONE, How.WRITTEN), "day-of-said-month"


def _agreed(weekday: Day, day: Day) -> Day:
    """Return *day*; where its weekday is another than the one said, that is marked and the weekday said kept beside
    it.
    """
    if day.how is How.EDGE and weekday.weekday is not None:
        last = day.until - ONE
        found = last - timedelta(days=(last.weekday() - weekday.weekday) % 7)
        return day._replace(first=found, until=found + ONE)
    if day.how is How.RELATIVE and weekday.weekday is not None and day.number == COUNTED:
        found = monday_of(day.first) + timedelta(days=weekday.weekday)
        return day._replace(first=found, until=found + ONE)
    said = weekday.weekday if weekday.weekday is not None else weekday.first.weekday()
    day = day._replace(part=day.part or weekday.part)  # besok malam Kamis
    if day.first.weekday() == said:
        return day._replace(weekday=said, others=() if "order" in day.assumed else day.others)
    for other in day.others:
        if other.weekday() == said:  # 5/12 is the other way round when only so the weekday is right
            return day._replace(first=other, until=other + ONE, others=(), weekday=said)
    return day._replace(assumed=(*day.assumed, "weekday-conflict"), others=(*day.others, weekday.first))


def _weekday_number(line: Line, left: Finding, right: Finding, number: int) -> Finding | None:
    weekday = left.value.weekday if isinstance(left.value, Day) else None
    found = None if weekday is None else _next_with(line, weekday, number)
    if found is None:
        return None
    return Finding(Day(found, found + ONE, How.WRITTEN, weekday=weekday), left.start, right.end, "weekday-and-number")


def _next_with(line: Line, weekday: int, number: int) -> date | None:
    """Return the next day with that number in its month that falls on *weekday*."""
    for ahead in range(40):
        start = first_of(line.today.year, line.today.month + ahead)
        try:
            day = start.replace(day=number)
        except ValueError:
            continue
        if day >= line.today and day.weekday() == weekday:
            return day
    return None


def join_day_range(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two days into a stretch: *Aug 8 - Aug 12*, *Senin sampai Rabu*, *5 s.d. 7 Desember*."""
    one, two = left.value, right.value
    if not (isinstance(one, Day) and isinstance(two, Day)) or not is_to(line, left, right):
        return None
    first, last = one.first, two.until
    if "year" in one.assumed and "year" not in two.assumed and two.how is How.WRITTEN:
        first = first.replace(year=two.first.year, day=min(first.day, 28) if first.month == 2 else first.day)
    while last <= first and two.how in {How.WEEKDAY, How.NEXT_WEEKDAY}:
        last += WEEK
    if last <= first and one.how is How.MONTH:
        first = first.replace(year=two.first.year)
    if last <= first and "year" in one.assumed and "year" in two.assumed:
        first, last = _in_one_year(first, last)
    if last <= first:
        return None
    return Finding(Day(first, last, How.STRETCH, assumed=one.assumed), from_of(line, left), right.end, "day-range")


def _in_one_year(first: date, last: date) -> tuple[date, date]:
    """Return a stretch whose days were each taken for the next to come, as the one that is now, or the next."""
    try:
        return first.replace(year=last.year), last
    except ValueError:  # 29 February
        return first, last.replace(year=first.year)


def _weekday_beside(line: Line, left: Finding, right: Finding, weekday: int) -> Finding | None:
    """Read *the Monday before Christmas*, *Senin setelah Lebaran*."""
    day = right.value
    if not isinstance(day, Day) or right.start - left.end != 1 or day.until - day.first != ONE:
        return None
    if line.value(left.end, Sort.BEFORE):
        found = day.first - timedelta(days=(day.first.weekday() - weekday - 1) % 7 + 1)
    elif line.value(left.end, Sort.AFTER):
        found = day.first + timedelta(days=(weekday - day.first.weekday() - 1) % 7 + 1)
    else:
        return None
    return joined(left, right, Day(found, found + ONE, How.WRITTEN), "weekday-beside-day")


COUNTED = -7  # weeks were counted: dua minggu lagi
COUNTED_FROM = frozenset({"from", "dari", "dr"})


def join_offset(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Count a length from a day: *two weeks from tomorrow*, *3 hari setelah Lebaran*, *sehari sebelum Natal*, *a week
    from Friday*.
    """
    length, day = left.value, right.value
    if isinstance(length, Day) and isinstance(day, Day) and length.how is How.WEEKDAY and length.weekday is not None:
        return _weekday_beside(line, left, right, length.weekday)
    if not (isinstance(length, Length) and isinstance(day, Day)) or right.start - left.end > 1:
        return None
    if left.end == right.start or line.value(left.end, Sort.ON) == 1:
        return _weeks_on(line, left, right)
    sign = (
        1
        if line.lower(left.end) in COUNTED_FROM or line.value(left.end, Sort.AFTER)
        else -1
        if line.value(left.end, Sort.BEFORE)
        else 0
    )
    if not sign or length.said_for or not length.grain_days:
        return None
    base = line.at.replace(year=day.first.year, month=day.first.month, day=day.first.day)
    moved = added(base, length, sign)
    if moved is None:
        return None
    return joined(left, right, Day(moved.date(), moved.date() + ONE, How.RELATIVE), "counted-from-day")


def _weeks_on(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Read *a week on Monday*, *a fortnight today*: so many weeks after the day."""
    length, day = left.value, right.value
    if not (isinstance(length, Length) and isinstance(day, Day)) or line.language != "en" or length.said_for:
        return None
    weeks = length.delta
    if length.months or not weeks or weeks % WEEK or day.how not in {How.RELATIVE, How.WEEKDAY}:
        return None
    moved = day._replace(first=day.first + weeks, until=day.until + weeks, how=How.WRITTEN, others=(), assumed=())
    return joined(left, right, moved, "weeks-on-day")


def join_apart(line: Line, found: list[Finding]) -> list[Finding]:
    """Combine a weekday and its week around the hour: *Sabtu jam 9 minggu depan*, *first Monday 1pm of May*."""
    for k in range(len(found) - 2):
        left, hour, right = found[k : k + 3]
        if not (isinstance(left.value, Day) and isinstance(right.value, Day) and clock_like(hour)):
            continue
        if right.value.how in {How.WEEK, How.MONTH} and is_near(line, left, hour) and is_near(line, hour, right):
            day = _with_weekday(line, left.value, right.value)
            if day is not None:
                both = Finding(day[0], left.start, left.end, day[1])
                return [*found[:k], both, hour._replace(end=right.end), *found[k + 3 :]]
    return found


def clock_like(finding: Finding) -> bool:
    """Say whether *finding* tells a time of day."""
    return isinstance(finding.value, (Clock, Interval, Part))
