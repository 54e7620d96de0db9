"""Which findings belong together?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from governor.understanding.days import ONE, WEEK, first_of, monday_of
from governor.understanding.findings import (
    Bare,
    Clock,
    Day,
    Finding,
    How,
    Interval,
    Length,
    Line,
    Part,
    Repeat,
    Stretch,
    Zone,
)
from governor.understanding.joining import from_of, is_near, is_to, join_or, join_part, join_ranges, joined
from governor.understanding.lengths import added
from governor.understanding.lexicon import Sort
from governor.understanding.limits import limits, name_adjectives

Refiner = Callable[[Line, Finding, Finding], "Finding | None"]
"""Combines two neighbours into one finding, or returns None."""


def refine(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* with neighbours combined, refiner by refiner."""
    zones = [finding for finding in found if isinstance(finding.value, Zone)]
    found = [_widened(line, finding) for finding in found if not isinstance(finding.value, Zone)]
    for refiner in REFINERS:
        found = _pairs(line, found, refiner)
    found = settle_bare(line, limits(line, name_adjectives(found)))
    return join_moments(line, join_side(line, found)) + zones[:1]


def _pairs(line: Line, found: list[Finding], refiner: Refiner) -> list[Finding]:
    kept: list[Finding] = []
    for finding in found:
        joined = refiner(line, kept[-1], finding) if kept else None
        if joined is None:
            kept.append(finding)
        else:
            kept[-1] = joined
    return kept


WEEK_OF = frozenset({"of", "beginning", "commencing", "starting"})


def _widened(line: Line, finding: Finding) -> Finding:
    """Return *the week of April 10th* and *w/c Feb 4* as the week that holds the day."""
    day = finding.value
    if not isinstance(day, Day) or day.until - day.first != ONE:
        return finding
    i = finding.start
    while i > max(finding.start - 3, 0) and (line.value(i - 1, Sort.ON) == 1 or line.value(i - 1, Sort.THE)):
        i -= 1
    of_week = line.lower(i - 1) in WEEK_OF and line.lower(i - 2) in {"week", "wk"}
    short = line.lower(i - 1) == "c" and line.lower(i - 2) == "/" and line.lower(i - 3) == "w"
    if not (of_week or short):
        return finding
    monday = monday_of(day.first)
    return Finding(Day(monday, monday + WEEK, How.STRETCH), i - (2 if of_week else 3), finding.end, "week-of")


def join_moments(line: Line, found: list[Finding]) -> list[Finding]:
    """Combine two times on two days: *from 4pm today to 5pm tomorrow*, *Jumat jam 8 malam sampai Sabtu jam 2 pagi*."""
    for k in range(len(found) - 2):
        left, right, last = found[k : k + 3]
        if not (isinstance(left.value, (Clock, Day)) and is_to(line, left, right) and is_near(line, right, last)):
            continue
        before = found[k - 1] if k and is_near(line, found[k - 1], left) else None
        stretch = _stretch(before, left, right, last)
        if stretch is None:
            continue
        first = before if before is not None and stretch.day is not None else left
        joined = Finding(stretch, from_of(line, first), last.end, "from-day-to-day")
        return [*found[: found.index(first)], joined, *found[k + 3 :]]
    return found


def _stretch(before: Finding | None, left: Finding, right: Finding, last: Finding) -> Stretch | None:
    days = [f.value for f in (before, left) if f is not None and isinstance(f.value, Day)]
    clocks = [f.value for f in (before, left) if f is not None and isinstance(f.value, Clock)]
    end_days = [f.value for f in (right, last) if isinstance(f.value, Day)]
    end_clocks = [f.value for f in (right, last) if isinstance(f.value, Clock)]
    if not (clocks and end_days and end_clocks):
        return None
    return Stretch(days[0] if days else None, clocks[0], end_days[0], end_clocks[0])


def settle_bare(line: Line, found: list[Finding]) -> list[Finding]:
    """Make a number beside a day an hour (*9 tomorrow*, *10, tonight*), and drop other numbers."""
    kept: list[Finding] = []
    told = any(isinstance(finding.value, (Clock, Interval)) for finding in found)
    found = _adjectives_dropped(line, found) if told else found
    for place, finding in enumerate(found):
        if isinstance(finding.value, Bare) and told:
            continue
        if isinstance(finding.value, Bare):
            before = found[place - 1] if place else None
            after = found[place + 1] if place + 1 < len(found) else None
            if not _is_hour(line, finding, before, after):
                continue
            hour = finding.value.hour
            kept.append(Finding(Clock(hour % 24, 0, sure=hour > 12), finding.start, finding.end, "bare-hour"))
            continue
        kept.append(finding)
    return kept


def _adjectives_dropped(line: Line, found: list[Finding]) -> list[Finding]:
    """Drop a part of the day that stands alone beside a time of day: *night crew meeting 23:00*; make *19:00 1h30* a
    length.
    """
    kept: list[Finding] = []
    clocks = 0
    for k, finding in enumerate(found):
        if isinstance(finding.value, Part) and not finding.value.today and line.language == "en":
            beside = [found[n] for n in (k - 1, k + 1) if 0 <= n < len(found)]
            if not any(is_near(line, *sorted((finding, other), key=lambda f: f.start)) for other in beside):
                continue
        if isinstance(finding.value, Clock) and finding.value.rule == "h-clock" and clocks:
            length = timedelta(hours=finding.value.hour, minutes=finding.value.minute)
            finding = Finding(Length(0, length), finding.start, finding.end, "length")  # noqa: PLW2901
        clocks += isinstance(finding.value, (Clock, Interval))
        kept.append(finding)
    return kept


def _is_hour(line: Line, number: Finding, before: Finding | None, after: Finding | None) -> bool:
    if not isinstance(number.value, Bare) or not 0 < number.value.hour <= 24:
        return False
    if line.lower(number.start - 1) in {"to", "ke"} and number.end == line.count:
        return True  # move it to 5
    follows = after is not None and after.start == number.end and isinstance(after.value, Length)
    if line.value(number.start - 1, Sort.FROM) and (number.end == line.count or follows):
        return True
    if (
        after is not None
        and isinstance(after.value, Day)
        and number.end == after.start
        and after.value.how is How.RELATIVE
    ):
        return True
    if before is None or not isinstance(before.value, Day) or not is_near(line, before, number):
        return False
    if (
        after is None
        and number.end == line.count
        and before.end == number.start
        and before.value.how in {How.RELATIVE, How.WEEKDAY}
    ):
        return True
    return any(line.lower(i) == "@" for i in range(before.end, number.start))


def join_days(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two names of one day: *Friday, Jul 18*, *Rabu minggu depan*, *Monday the 27th*, *Monday 21*."""
    one, two = left.value, right.value
    if isinstance(one, Day) and isinstance(two, Bare):
        return _weekday_and_bare(line, left, right)
    if not (isinstance(one, Day) and isinstance(two, Day)) or not is_near(line, left, right):
        return None
    if one.how is How.WEEKDAY and two.how is How.WEEKDAY and one.first == two.first:
        return joined(left, right, replace(two, part=two.part or one.part), "weekday")
    if one.how is How.STRETCH and two.how is How.STRETCH and one.weekday is None:
        return joined(left, right, two, "day-range")
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
    if weekday.how not in {How.WEEKDAY, How.NEXT_WEEKDAY} or weekday.weekday is None:
        return None
    if other.how is How.WEEK:
        day = monday_of(other.first) + timedelta(days=weekday.weekday)
        return replace(weekday, first=day, until=day + ONE), "weekday-of-week"
    if other.how is How.MONTH_DAY and other.number:
        found = _next_with(line, weekday.weekday, other.number)
        return None if found is None else (replace(other, first=found, until=found + ONE), "weekday-and-number")
    if other.how in {How.WRITTEN, How.RELATIVE, How.FEAST, How.EDGE}:
        return _agreed(weekday, other), "weekday-and-date"
    return None


def _in_said_month(month: Day, number: Day) -> tuple[Day, str] | None:
    """Return the day of *bulan Januari tanggal 9*, *next month on the 5th*."""
    if month.how is not How.MONTH or number.how is not How.MONTH_DAY or number.number is None:
        return None
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
        return replace(day, first=found, until=found + ONE)
    if day.how is How.RELATIVE and weekday.weekday is not None and day.number == COUNTED:
        found = monday_of(day.first) + timedelta(days=weekday.weekday)
        return replace(day, first=found, until=found + ONE)
    said = weekday.weekday if weekday.weekday is not None else weekday.first.weekday()
    if day.first.weekday() == said:
        return replace(day, weekday=said, others=() if "order" in day.assumed else day.others)
    for other in day.others:
        if other.weekday() == said:  # 5/12 is the other way round when only so the weekday is right
            return replace(day, first=other, until=other + ONE, others=(), weekday=said)
    return replace(day, assumed=(*day.assumed, "weekday-conflict"), others=(*day.others, weekday.first))


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
    if not (isinstance(length, Length) and isinstance(day, Day)) or right.start - left.end != 1:
        return None
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


def join_repeats(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two tellings of one repeat: *bulanan setiap tanggal 5*, *weekly every Monday*."""
    one, two = left.value, right.value
    if not (isinstance(one, Repeat) and isinstance(two, Repeat)) or not is_near(line, left, right):
        return None
    if one.by_day or one.by_month_day or one.by_month:
        return None
    return joined(left, right, two, "repeat")


def join_side(line: Line, found: list[Finding]) -> list[Finding]:
    """Move a day that is only neared: *setelah Lebaran* is the day after, which is marked; *sebelum Natal* the day
    before.
    """
    kept = []
    for finding in found:
        day, i = finding.value, finding.start - 1
        sign = 1 if line.value(i, Sort.AFTER) else -1 if line.value(i, Sort.BEFORE) else 0
        if (
            sign
            and isinstance(day, Day)
            and day.how in {How.FEAST, How.WRITTEN, How.RELATIVE, How.WEEKDAY}
            and day.until - day.first == ONE
        ):
            told = line.lower(i - 1) == "day"
            i -= (2 if line.value(i - 2, Sort.THE) else 1) if told else 0
            moved = replace(
                day,
                first=day.first + sign * ONE,
                until=day.until + sign * ONE,
                assumed=day.assumed if told else (*day.assumed, "near"),
            )
            kept.append(Finding(moved, i, finding.end, "near-day"))
        else:
            kept.append(finding)
    return kept


REFINERS: tuple[Refiner, ...] = (
    join_or,
    join_part,
    join_ranges,
    join_part,
    join_offset,
    join_days,
    join_days,
    join_day_range,
    join_repeats,
)
