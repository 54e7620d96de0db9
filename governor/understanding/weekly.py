"""Which weekdays are told as those of every week, though no word says so?"""

from governor.understanding.findings import Clock, Day, Finding, Interval, Line, Part, Prayer, Repeat
from governor.understanding.lexicon import Sort
from governor.understanding.recurrence import DAYS

TIMES = (Clock, Interval, Part, Prayer)
ROUTINE = frozenset({"rutin", "rutinan", "regular", "regularly", "berkala"})
SHORT = frozenset({"/", "&"})  # a timetable: Mon/Wed/Fri
WORKING_WEEK = (5, 6)


def join_weekly(line: Line, found: list[Finding]) -> list[Finding]:
    """Take weekdays of a timetable for a repeat, which must be asked: *Mon/Wed/Fri 5:45am*, *Senin-Jumat 07.00*."""
    days = [k for k, finding in enumerate(found) if isinstance(finding.value, Day)]
    until = {k for k in days if line.value(found[k].start - 1, Sort.UNTIL) and line.lower(found[k].start - 1) != "-"}
    days = [k for k in days if k not in until]
    if len(days) != 1 or any(isinstance(finding.value, Repeat) for finding in found):
        return found
    k = days[0]
    named = _weekdays(line, found[k]) if found[k].rule in {"day-range", "either-day"} else ()
    if not named or not any(isinstance(finding.value, TIMES) for finding in found):
        return found
    asked = line.has.isdisjoint(ROUTINE) and not until
    repeat = Repeat("WEEKLY", by_day=tuple(DAYS[day] for day in named), ambiguous=asked)
    return [*found[:k], Finding(repeat, found[k].start, found[k].end, "repeat"), *found[k + 1 :]]


def _weekdays(line: Line, days: Finding) -> tuple[int, ...]:
    """Return the weekdays that are told by nothing but their names; empty where a date or a week is told too."""
    places = range(days.start, days.end)
    named = [day for i in places if (day := line.number(i, Sort.WEEKDAY)) is not None]
    joints = [i for i in places if line.value(i, Sort.WEEKDAY) is None and not line.value(i, Sort.DAY)]
    if days.rule == "day-range":
        from_to = all(line.value(i, Sort.UNTIL) or line.value(i, Sort.FROM) or line.lower(i) == "-" for i in joints)
        count = (named[-1] - named[0]) % 7 + 1 if len(named) == 2 else 0
        return tuple(range(count)) if from_to and count in WORKING_WEEK and named[0] == 0 else ()
    short = all(line.lower(i) in SHORT for i in joints) and bool(joints)
    listed = all(line.lower(i) in {",", *SHORT} or line.value(i, Sort.AND) for i in joints)
    return tuple(named) if short or (listed and not line.has.isdisjoint(ROUTINE)) else ()
