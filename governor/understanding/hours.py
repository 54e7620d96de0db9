"""Which bare numbers are hours?"""

from datetime import timedelta

from governor.understanding.days import ONE
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
)
from governor.understanding.joining import is_near, is_to
from governor.understanding.lexicon import Sort
from governor.understanding.tokens import Shape

EXACT = frozenset({How.WEEKDAY, How.NEXT_WEEKDAY, How.RELATIVE, How.WRITTEN})


def _is_end(line: Line, number: Finding) -> bool:
    """Say whether a number behind a word that ends is an hour: *6pm, runs until 9*, *kelar 9*."""
    if not isinstance(number.value, Bare) or not 0 < number.value.hour <= MOST_HOURS:
        return False
    i = number.start - 2 if line.value(number.start - 1, Sort.ABOUT) else number.start - 1
    ends = line.value(i, Sort.ENDS) or (line.value(i, Sort.UNTIL) and line.lower(i) not in {"to", "-"})
    return bool(ends) and line.lower(number.end) not in COUNTED_THINGS


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
    if day is None or not isinstance(day.value, (Day, Repeat)):
        return False
    if isinstance(day.value, Day) and day.value.until - day.value.first != ONE:
        return False
    return is_near(line, *sorted((day, other), key=lambda finding: finding.start))


def settle_bare(line: Line, found: list[Finding]) -> list[Finding]:
    """Make a number beside a day an hour (*9 tomorrow*, *10, tonight*), and drop other numbers."""
    if not found or (len(found) == 1 and not isinstance(found[0].value, Bare)):
        return found
    kept: list[Finding] = []
    told = any(isinstance(finding.value, (Clock, Interval)) for finding in found)
    found = _adjectives_dropped(line, found) if told else found
    for place, finding in enumerate(found):
        if isinstance(finding.value, Bare) and told:
            if place and _is_end(line, finding):
                kept.append(finding._replace(value=Clock(finding.value.hour % 24, 0, sure=finding.value.hour > 12)))
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
