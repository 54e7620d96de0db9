"""Which findings belong together?"""

from collections.abc import Callable
from datetime import timedelta

from governor.understanding.days import ONE, WEEK, monday_of
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
    Prayer,
    Repeat,
    Stretch,
    Zone,
)
from governor.understanding.joining import from_of, is_near, is_to, join_part, join_ranges, joined
from governor.understanding.lexicon import Sort
from governor.understanding.limits import limits, name_adjectives
from governor.understanding.lists import join_list, join_or
from governor.understanding.neighbours import join_apart, join_day_range, join_days, join_offset, join_side

Refiner = Callable[[Line, Finding, Finding], "Finding | None"]
"""Combines two neighbours into one finding, or returns None."""


def refine(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* with neighbours combined, refiner by refiner."""
    zones = [finding for finding in found if isinstance(finding.value, Zone)]
    found = _without_names(line, [_widened(line, finding) for finding in found if not isinstance(finding.value, Zone)])
    for refiner in REFINERS:
        if len(found) > 1:
            found = _pairs(line, found, refiner)
    found = join_apart(line, found)
    found = settle_bare(line, limits(line, name_adjectives(found)))
    return join_moments(line, join_side(line, found)) + zones[:1]


EXACT = frozenset({How.WEEKDAY, How.NEXT_WEEKDAY, How.RELATIVE, How.WRITTEN})
DATED = frozenset({How.RELATIVE, How.WRITTEN, How.MONTH_DAY})
PREPOSITIONS = (Sort.ON, Sort.AT, Sort.AFTER, Sort.BEFORE, Sort.UNTIL, Sort.EVERY, Sort.FROM)


def _without_names(line: Line, found: list[Finding]) -> list[Finding]:
    """Drop the feast, prayer or end of a month that names a meeting whose time is told: *rapat persiapan May Day
    Senin*, *rapat akhir tahun besok*, *panitia Tarawih ba'da Maghrib*.
    """
    return [finding for k, finding in enumerate(found) if not _is_name(line, finding, found[k + 1 :])]


def _is_name(line: Line, finding: Finding, after: list[Finding]) -> bool:
    day, i = finding.value, finding.start
    if isinstance(day, Prayer) and not day.side:  # panitia Tarawih ba'da Maghrib
        return any(isinstance(other.value, Prayer) and other.value.side for other in after)
    if not isinstance(day, Day) or finding.rule not in {"feast", "edge"} or i == 0:
        return False
    if any(line.value(i - 1, sort) for sort in PREPOSITIONS):
        return False
    others = [one.value for one in after if isinstance(one.value, Day)]
    if finding.rule == "edge":
        is_time = any(line.value(finding.end - 1, sort) for sort in (Sort.THIS, Sort.NEXT))  # *akhir bulan ini*
        return not is_time and any(other.how in DATED for other in others)
    return any(other.how in EXACT and not day.first <= other.first < day.until for other in others)


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


def join_repeats(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two tellings of one repeat: *bulanan setiap tanggal 5*, *weekly every Monday*."""
    one, two = left.value, right.value
    if not (isinstance(one, Repeat) and isinstance(two, Repeat)) or not is_near(line, left, right):
        return None
    if one.by_day or one.by_month_day or one.by_month:
        return None
    return joined(left, right, two, "repeat")


REFINERS: tuple[Refiner, ...] = (
    join_or,
    join_part,
    join_ranges,
    join_part,
    join_offset,
    join_days,
    join_days,
    join_list,
    join_day_range,
    join_repeats,
)
