"""Which findings belong together?"""

from collections.abc import Callable
from datetime import timedelta

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
from governor.understanding.joining import from_of, is_near, is_to, join_part, join_ranges, joined
from governor.understanding.lexicon import Sort
from governor.understanding.limits import limits, name_adjectives
from governor.understanding.lists import join_list, join_or
from governor.understanding.neighbours import join_apart, join_day_range, join_days, join_offset, join_side
from governor.understanding.tokens import Shape
from governor.understanding.weekly import join_weekly
from governor.understanding.zoned import offsets, told_again
from governor.understanding.zones import city_zones

Refiner = Callable[[Line, Finding, Finding], "Finding | None"]
"""Combines two neighbours into one finding, or returns None."""


def refine(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* with neighbours combined, refiner by refiner."""
    zones = [finding for finding in found if isinstance(finding.value, Zone)]
    found = _without_names(line, [_widened(line, finding) for finding in found if not isinstance(finding.value, Zone)])
    found = _without_now(line, found) if any(finding.rule == "now" for finding in found) else found
    for refiner in REFINERS:
        if len(found) > 1:
            found = _pairs(line, found, refiner)
    found = join_weekly(line, join_apart(line, found))
    found = settle_bare(line, limits(line, name_adjectives(line, join_bare_ranges(line, found))))
    found = told_again(line, join_endings(line, join_moments(line, join_side(line, found))), zones)
    return found + (zones[:1] or offsets(line, found) or city_zones(line, found))


EXACT = frozenset({How.WEEKDAY, How.NEXT_WEEKDAY, How.RELATIVE, How.WRITTEN})
DATED = frozenset({How.RELATIVE, How.WRITTEN, How.MONTH_DAY})
PREPOSITIONS = (Sort.ON, Sort.AT, Sort.AFTER, Sort.BEFORE, Sort.UNTIL, Sort.EVERY, Sort.FROM)


def _without_names(line: Line, found: list[Finding]) -> list[Finding]:
    """Drop the feast, date, prayer or end of a month that names a meeting whose time is told: *rapat persiapan May Day
    Senin*, *panitia 17 Agustus, Sabtu malam*, *rapat akhir tahun besok*, *panitia Tarawih ba'da Maghrib*.
    """
    return [finding for k, finding in enumerate(found) if not _is_name(line, finding, found[k + 1 :])]


def _is_name(line: Line, finding: Finding, after: list[Finding]) -> bool:
    day, i = finding.value, finding.start
    if isinstance(day, Prayer) and not day.side:  # panitia Tarawih ba'da Maghrib
        return any(isinstance(other.value, Prayer) and other.value.side for other in after)
    if not isinstance(day, Day) or finding.rule not in NAMES or (i == 0 and finding.rule != "feast"):
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
    others = any(finding.rule != "now" and not isinstance(finding.value, Length) for finding in found)
    kept = []
    for k, finding in enumerate(found):
        after = found[k + 1] if k + 1 < len(found) else None
        told = after is not None and is_near(line, finding, after) and isinstance(after.value, TOLD_AFTER_NOW)
        begins = others and line.value(finding.start - 1, Sort.FROM)
        if finding.rule == "now" and (repeats or told or begins):
            start = finding.start - bool(line.value(finding.start - 1, Sort.FROM))
            kept.append(Finding(Limit(), start, finding.end, "from-now"))
        else:
            kept.append(finding)
    return kept


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


COUNTED_THINGS = frozenset({
    "people", "persons", "members", "guests", "players", "volunteers", "kids", "children", "teams", "seats", "pax",
    "orang", "org", "anggota", "peserta", "pemain", "relawan", "anak", "tim", "kursi", "kg", "km",
})  # fmt: skip


def join_bare_ranges(line: Line, found: list[Finding]) -> list[Finding]:
    """Make a range of two numbers beside a day: *Saturday 6 February, 10 till 1*, *Sabtu 5 Desember, 10-12*."""
    kept: list[Finding] = []
    for k, finding in enumerate(found):
        low, high = (kept[-1].value if kept else None), finding.value
        if not (isinstance(low, Bare) and isinstance(high, Bare) and is_to(line, kept[-1], finding)):
            kept.append(finding)
            continue
        range_said = Finding(
            Interval(Clock(low.hour % 24, 0), Clock(high.hour % 24, 0)), kept[-1].start, finding.end, "range"
        )
        before, after = (kept[-2] if len(kept) > 1 else None), (found[k + 1] if k + 1 < len(found) else None)
        beside = _is_day_near(line, before, range_said) or _is_day_near(line, after, range_said)
        if beside and max(low.hour, high.hour) <= MOST_HOURS and line.lower(finding.end) not in COUNTED_THINGS:
            kept[-1] = range_said
        else:
            kept.append(finding)
    return kept


MOST_HOURS = 24


def _is_day_near(line: Line, day: Finding | None, other: Finding) -> bool:
    if day is None or not isinstance(day.value, Day) or day.value.until - day.value.first != ONE:
        return False
    return is_near(line, *sorted((day, other), key=lambda finding: finding.start))


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
    if line.value(number.start - 1, Sort.FROM) and _begins(line, number, before, after):
        return True
    if after is not None and _is_offered(line, number, after):
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


def _begins(line: Line, number: Finding, before: Finding | None, after: Finding | None) -> bool:
    """Say whether a number behind *from* is an hour: *Saturday morning from 8*, *from 9 for 2 hours*."""
    follows = after is not None and after.start == number.end and isinstance(after.value, Length)
    beside = before is not None and before.end == number.start - 1 and isinstance(before.value, (Day, Part, Repeat))
    return number.end == line.count or follows or beside


OFFERS = frozenset({"do", "make", "say", "manage", "try", "at", "than"})


def _is_offered(line: Line, number: Finding, after: Finding) -> bool:
    """Say whether a number before *on* and a day is an hour: *can you do 4 on Friday*, *5 on Friday?*."""
    if [line.lower(i) for i in range(number.end, after.start)] != ["on"] or not isinstance(after.value, Day):
        return False
    apart = not line.touches(number.start)
    opens = number.start == 0 or (apart and line.terms[number.start - 1].shape is Shape.MARK)
    return after.value.how in EXACT and (opens or line.lower(number.start - 1) in OFFERS)


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
