"""Which findings belong together?"""

from collections.abc import Callable
from datetime import timedelta

from governor.understanding.bounds import BOUNDS, bound_days, bound_hours, without_denied
from governor.understanding.days import ONE, WEEK, monday_of
from governor.understanding.endings import join_endings
from governor.understanding.findings import (
    Bare,
    Clock,
    Day,
    Finding,
    How,
    Interval,
    Length,
    Limit,
    Line,
    Part,
    Prayer,
    Repeat,
    Stretch,
    Zone,
)
from governor.understanding.hours import EXACT, join_bare_ranges, settle_bare
from governor.understanding.joining import from_of, is_near, is_to, join_part, join_ranges, joined
from governor.understanding.lexicon import Sort
from governor.understanding.limits import limits, name_adjectives
from governor.understanding.lists import join_list, join_or
from governor.understanding.neighbours import join_apart, join_day_range, join_days, join_offset
from governor.understanding.weekly import join_weekly
from governor.understanding.zoned import offsets, told_again
from governor.understanding.zones import city_zones

Refiner = Callable[[Line, Finding, Finding], "Finding | None"]
"""Combines two neighbours into one finding, or returns None."""


def refine(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* with neighbours combined, refiner by refiner."""
    zones = [finding for finding in found if isinstance(finding.value, Zone)]
    found = _read_alone(line, [finding for finding in found if not isinstance(finding.value, Zone)] if zones else found)
    if len(found) > 1:
        found = _combined(line, found)
    found = settle_bare(line, limits(line, found))
    is_bounded = not line.has.isdisjoint(BOUNDS)
    found = join_endings(line, join_moments(line, bound_days(line, found) if is_bounded else found))
    found = bound_hours(line, found) if is_bounded else found
    found = told_again(line, found, zones)
    return found + (zones[:1] or offsets(line, found) or city_zones(line, found))


def _read_alone(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* without what tells no time of the meeting, and days as the weeks that they stand for."""
    if not line.has.isdisjoint(WEEKS):
        found = [_widened(line, finding) for finding in found]
    if any(finding.rule in NAMES or isinstance(finding.value, Prayer) for finding in found):
        found = _without_names(line, found)
    found = without_denied(line, found) if Sort.NOT in line.has else found
    return _without_now(line, found) if any(finding.rule in MOMENT for finding in found) else found


WEEKS = frozenset({"week", "wk", "w"})


def _combined(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* after every refiner whose two kinds are there."""
    kinds = [type(finding.value) for finding in found]
    has = frozenset(kinds)
    twice = has if len(has) < len(kinds) else frozenset()
    twice = frozenset(kind for kind in twice if kinds.count(kind) > 1)
    for refiner, wants in REFINERS:
        if any(one in has and other in (twice if one is other else has) for one, other in wants):
            found = _pairs(line, found, refiner)
    found = join_weekly(line, join_apart(line, found))
    return name_adjectives(line, join_bare_ranges(line, found) if Bare in twice else found)


DATED = frozenset({How.RELATIVE, How.WRITTEN, How.MONTH_DAY})
PREPOSITIONS = (Sort.ON, Sort.AT, Sort.AFTER, Sort.BEFORE, Sort.UNTIL, Sort.EVERY, Sort.FROM)


def _without_names(line: Line, found: list[Finding]) -> list[Finding]:
    """Drop the feast, date, prayer or end of a month that names a meeting whose time is told: *rapat persiapan May Day
    Senin*, *panitia 17 Agustus, Sabtu malam*, *rapat akhir tahun besok*, *panitia Tarawih ba'da Maghrib*.
    """
    return [
        finding
        for k, finding in enumerate(found)
        if not (finding.rule in NAMES or isinstance(finding.value, Prayer))
        or not _is_name(line, finding, found[k + 1 :])
    ]


def _is_name(line: Line, finding: Finding, after: list[Finding]) -> bool:
    day, i = finding.value, finding.start
    if isinstance(day, Prayer) and not day.side:  # panitia Tarawih ba'da Maghrib
        return any(isinstance(other.value, Prayer) and other.value.side for other in after)
    if not isinstance(day, Day) or (i == 0 and finding.rule != "feast"):
        return False
    if any(line.value(i - 1, sort) for sort in PREPOSITIONS):
        return False
    others = [one.value for one in after if isinstance(one.value, Day)]
    if finding.rule == "edge":
        is_time = any(line.value(finding.end - 1, sort) for sort in (Sort.THIS, Sort.NEXT))  # *akhir bulan ini*
        of_year = day.until - day.first > LONGEST_MONTH
        return not is_time and any(other.how in (TOLD_BESIDE_YEAR if of_year else DATED) for other in others)
    repeats = finding.rule == "feast" and any(isinstance(one.value, Repeat) for one in after)
    if finding.rule == "written-date" and ("year" not in day.assumed or line.lower(i - 1) not in OF_FEASTS):
        return False
    return repeats or any(other.how in EXACT and not _may_be(day, other) for other in others)


def _may_be(day: Day, other: Day) -> bool:
    """Say whether both can tell one day: *17 Agustus* and that weekday, or that very day."""
    is_weekday = other.how is How.WEEKDAY and day.until - day.first == ONE and other.weekday == day.first.weekday()
    return is_weekday or day.first <= other.first < day.until


NAMES = frozenset({"feast", "edge", "written-date"})
OF_FEASTS = frozenset({
    "panitia", "persiapan", "pembentukan", "peringatan", "perayaan", "lomba", "pawai", "malam tirakatan", "hut",
    "tirakatan", "agustusan", "acara",
})  # fmt: skip
LONGEST_MONTH = timedelta(days=31)
TOLD_BESIDE_YEAR = frozenset({How.WEEKDAY, How.NEXT_WEEKDAY, How.RELATIVE, How.WRITTEN, How.MONTH_DAY})


def _without_now(line: Line, found: list[Finding]) -> list[Finding]:
    """Take no moment from a *now* that tells none: *it's now Thursday 10 December*, *mulai sekarang setiap hari*."""
    repeats = any(isinstance(finding.value, Repeat) for finding in found)
    others = any(finding.rule not in MOMENT and not isinstance(finding.value, Length) for finding in found)
    kept = []
    for k, finding in enumerate(found):
        after = found[k + 1] if k + 1 < len(found) else None
        told = after is not None and is_near(line, finding, after) and isinstance(after.value, TOLD_AFTER_NOW)
        begins = others and line.value(finding.start - 1, Sort.FROM)
        soon = finding.rule == "soon" and others
        if finding.rule in MOMENT and (repeats or told or begins or soon):
            start = finding.start - bool(line.value(finding.start - 1, Sort.FROM))
            kept.append(Finding(Limit(), start, finding.end, "from-now"))
        else:
            kept.append(finding)
    return kept


MOMENT = frozenset({"now", "soon"})
TOLD_AFTER_NOW = (Day, Clock, Interval, Part, Prayer, Bare)


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


def join_repeats(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Combine two tellings of one repeat: *bulanan setiap tanggal 5*, *tiga bulan sekali tiap tanggal 9*."""
    one, two = left.value, right.value
    if not (isinstance(one, Repeat) and isinstance(two, Repeat)) or not is_near(line, left, right):
        return None
    again = one.freq == two.freq
    if one.by_day or one.by_month_day or one.by_month:
        bare = again and two.interval > 1 == one.interval and not (two.by_day or two.by_month_day or two.by_month)
        return joined(left, right, one._replace(interval=two.interval), "repeat") if bare else None
    return joined(left, right, two._replace(interval=max(one.interval, two.interval)) if again else two, "repeat")


DAYS = ((Day, Day),)
PARTS = ((Part, Clock), (Part, Interval), (Part, Bare))
DAY_AND = ((Day, Day), (Day, Bare))
HOURS = ((Clock, Clock), (Clock, Bare), (Bare, Bare))

# What combines, and the kinds of neighbours of which at least one pair must be there, lest it be tried in vain.
REFINERS: tuple[tuple[Refiner, tuple[tuple[type, type], ...]], ...] = (
    (join_or, (*DAY_AND, *HOURS)),
    (join_part, PARTS),
    (join_ranges, HOURS),
    (join_part, PARTS),
    (join_offset, (*DAYS, (Length, Day))),
    (join_days, DAY_AND),
    (join_days, DAY_AND),
    (join_list, DAYS),
    (join_day_range, DAYS),
    (join_repeats, ((Repeat, Repeat),)),
)
