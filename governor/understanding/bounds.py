"""Which times only bound the one that is meant, or are ruled out?"""

from governor.understanding.days import ONE
from governor.understanding.findings import Clock, Day, Finding, How, Instant, Interval, Limit, Line, Part, Unclear
from governor.understanding.joining import GLUE
from governor.understanding.lexicon import Sort

TIMES = (Day, Clock, Interval, Part)
MOST_BETWEEN = 3  # words from *before* to the day: before | on | the | 10th
ASIDE = frozenset({"if", "kalau", "kalo", "klo", "why", "kenapa", "knp"})  # if not Friday, then Monday
SHIFTED = frozenset({How.FEAST, How.WRITTEN, How.RELATIVE, How.WEEKDAY, How.NEXT_WEEKDAY})
SIDES = frozenset({Sort.AFTER, Sort.BEFORE, Sort.LATEST})
BOUNDS = SIDES | {Sort.PRELUDE}


def without_denied(line: Line, found: list[Finding]) -> list[Finding]:
    """Take no time that is ruled out: *jangan besok, Jumat aja*, *not at 8, at 9*; alone it leaves the day to be
    asked.
    """
    kept = []
    for finding in found:
        i = _led_by(line, finding.start, Sort.NOT) if isinstance(finding.value, TIMES) else None
        if i is None or line.lower(i - 1) in ASIDE:
            kept.append(finding)
            continue
        others = any(type(other.value) is type(finding.value) for other in found if other is not finding)
        is_asked = isinstance(finding.value, Day) and not others
        value = Unclear(line.lower(finding.start)) if is_asked else Limit()
        kept.append(Finding(value, i, finding.end, "denied"))
    return kept


def _led_by(line: Line, start: int, sort: Sort) -> int | None:
    """Return the place of a word of *sort* that leads to what begins at *start*, or begins it; else None."""
    if line.value(start, sort):
        return start
    i = start - 1
    while (
        i > max(start - MOST_BETWEEN, 0)
        and not line.value(i, sort)
        and any(line.value(i, glue) for glue in (*GLUE, Sort.DATE))
    ):
        i -= 1
    return i if line.value(i, sort) else None


def bound_days(line: Line, found: list[Finding]) -> list[Finding]:
    """Mark a day that is only neared, and so tells none of its own, and move it: *setelah Lebaran* is the day after;
    *the day after Christmas* is that very day.
    """
    kept = [_bound(line, finding) if isinstance(finding.value, Day) else finding for finding in found]
    days = [finding for finding in kept if isinstance(finding.value, Day)]
    near = [finding for finding in days if "near" in finding.value.assumed]  # type: ignore[union-attr]  # of days
    if len(near) == len(days):
        return kept
    return [Finding(Limit(), f.start, f.end, "aside") if f in near else f for f in kept]  # besok, sebelum tanggal 10


def _bound(line: Line, finding: Finding) -> Finding:
    day = finding.value
    places = [(place, sort) for sort in SIDES if (place := _led_by(line, finding.start, sort)) is not None]
    if not places or not isinstance(day, Day):
        return finding
    i, sort = places[0]
    sign = {Sort.AFTER: 1, Sort.BEFORE: -1}.get(sort, 0)
    told = line.lower(i - 1) == "day" and bool(sign)
    i -= (2 if line.value(i - 2, Sort.THE) else 1) if told else 0
    if day.how in SHIFTED and day.until - day.first == ONE:
        day = day._replace(first=day.first + sign * ONE, until=day.until + sign * ONE)
    start = i if sign else finding.start  # no later than may open what is due
    return Finding(day if told else day._replace(assumed=(*day.assumed, "near")), start, finding.end, "near-day")


def bound_hours(line: Line, found: list[Finding]) -> list[Finding]:
    """Mark an hour before which it is only to be: *besok paling lambat jam 10*, *before 10am*; beside another it bounds
    something else: *jam 8, datang sebelum jam 7.45*; so does the hour of *doors at 7, start 7.30pm*.
    """
    kept = []
    for finding in found:
        i = None
        if isinstance(finding.value, Clock):
            i = next((at for sort in BEFORE if (at := _led_by(line, finding.start, sort)) is not None), None)
        if i is None:
            kept.append(finding)
            continue
        others = any(isinstance(other.value, HOURS) for other in found if other is not finding)
        if line.value(i, Sort.PRELUDE) and not others:
            kept.append(finding)
            continue
        kept.append(Finding(Limit(), i, finding.end, "aside") if others else finding._replace(start=i, rule="bound"))
    return kept


BEFORE = (Sort.LATEST, Sort.BEFORE, Sort.PRELUDE)
HOURS = (Clock, Interval, Instant)
