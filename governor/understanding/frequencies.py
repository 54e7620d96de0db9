"""How often, where no word like *every* says so?"""

from governor.understanding.findings import Line, Repeat, Value
from governor.understanding.lexicon import Sort, Span, Unit
from governor.understanding.numbers import whole
from governor.understanding.recurrence import DAYS

FREQUENCIES = {
    Unit.SECOND: ("SECONDLY", 1), Unit.MINUTE: ("MINUTELY", 1), Unit.HOUR: ("HOURLY", 1), Unit.DAY: ("DAILY", 1),
    Unit.WEEK: ("WEEKLY", 1),
    Unit.MONTH: ("MONTHLY", 1), Unit.QUARTER: ("MONTHLY", 3), Unit.YEAR: ("YEARLY", 1),
}  # fmt: skip
MOST = 999


def every(unit: Unit, interval: int = 1) -> Repeat:
    """Return the rule of once in so many units."""
    freq, times = FREQUENCIES[unit]
    return Repeat(freq, min(interval, MOST) * times)


PLURAL_PARTS = frozenset({"mornings", "evenings", "afternoons", "nights"})


def weekday_parts(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *Friday mornings*, *weekday mornings*."""
    if line.lower(i + 1) not in PLURAL_PARTS:
        return None
    if line.value(i, Sort.WORKDAYS):
        return Repeat("WEEKLY", by_day=DAYS[:5], part=line.name(i + 1, Sort.PART)), i + 2
    weekday = line.number(i, Sort.WEEKDAY)
    if weekday is None:
        return None
    return Repeat("WEEKLY", by_day=(DAYS[weekday],), part=line.name(i + 1, Sort.PART)), i + 2


def read_timetable(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read weekdays by their initials, in capitals: *MWF at 9am*, *T/Th*."""
    days = line.value(i, Sort.TIMETABLE)
    if not isinstance(days, tuple) or not line.terms[i].text[0].isupper():
        return None
    return Repeat("WEEKLY", by_day=tuple(DAYS[day] for day in days)), i + 1, "repeat"


def mornings(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *mornings at 9*, where nothing else says which morning."""
    part = line.name(i, Sort.PART)
    if (
        part is None
        or line.lower(i) not in PLURAL_PARTS
        or line.lower(i - 1) in {"the", "-"}
        or line.lower(i - 2) in {"the", "in"}
    ):
        return None
    if line.value(i - 1, Sort.RELATIVE) is not None:
        return None
    return Repeat("DAILY", part=part), i + 1


def once(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *dua minggu sekali*, *sebulan sekali*, *once a week*, *sekali seminggu*, *seminggu dua kali*."""
    if line.value(i, Sort.ONCE):
        j = line.skip(i + 1, Sort.IN, Sort.ARTICLE, Sort.EVERY)
        fixed = line.value(j, Sort.LENGTH)
        if isinstance(fixed, Span):
            return every(fixed.unit, round(fixed.count)), j + 1
        number = whole(line, j)
        k = number[1] if number else j
        unit = line.value(k, Sort.UNIT)
        return (
            (every(unit, number[0] if number else 1), k + 1)
            if isinstance(unit, Unit) and (j > i + 1 or number)
            else None
        )
    times, fixed = whole(line, i), line.value(i, Sort.LENGTH)
    if times is not None and line.value(times[1], Sort.TIMES):
        return _times_in(line, times[1] + 1)
    if isinstance(fixed, Span) and fixed.count == 1 and (often := whole(line, i + 1)) is not None:
        return (every(fixed.unit), often[1] + 1) if line.value(often[1], Sort.TIMES) else None
    named = line.value(times[1], Sort.FREQUENCY) if times is not None else None
    if times is not None and isinstance(named, tuple) and line.lower(times[1]).endswith("an"):
        return every(named[0], times[0] * named[1]), times[1] + 1  # dua mingguan
    if isinstance(fixed, Span):
        j = i + 1
        interval, unit = round(fixed.count), fixed.unit
    else:
        number = whole(line, i)
        said = line.value(number[1], Sort.UNIT) if number else None
        if number is None or not isinstance(said, Unit) or number[0] < 1:
            return None
        interval, unit, j = number[0], said, number[1] + 1
    return (every(unit, interval), j + 1) if line.value(j, Sort.ONCE) else None


def _times_in(line: Line, j: int) -> tuple[Repeat, int] | None:
    """Read *3 kali seminggu*, *three times a week*: on which days is not told."""
    j = line.skip(j, Sort.IN, Sort.ARTICLE, Sort.EVERY)
    fixed, unit = line.value(j, Sort.LENGTH), line.value(j, Sort.UNIT)
    if isinstance(fixed, Span) and fixed.count == 1:
        return every(fixed.unit), j + 1
    return (every(unit), j + 1) if isinstance(unit, Unit) and unit in {Unit.WEEK, Unit.MONTH, Unit.YEAR} else None
