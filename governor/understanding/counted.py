"""Which working day, week of the year or day of the Javanese week is counted here?"""

from datetime import date, timedelta

from governor.understanding.days import ONE, WEEK, days_to, one, year_at
from governor.understanding.findings import Day, Finding, How, Line, Value
from governor.understanding.lexicon import Sort, Unit
from governor.understanding.numbers import figures, ordinal, whole

FRIDAY_LEGI = date(1945, 8, 17)
PASARAN_DAYS = 5
MOST_WORKING_DAYS = 260
MOST_WEEKS = 53
FIRST_SURE_WEEK = 6  # week 3 may be a month's
FOLLOWS_HOUR = (Sort.MERIDIEM, Sort.PART, Sort.UNIT, Sort.MONTH, Sort.OCLOCK, Sort.WORKDAYS)
BEFORE_COUNT = (Sort.NEXT, Sort.THIS, Sort.LAST, Sort.EVERY, Sort.ARTICLE, Sort.NUMBER)


def read_working_days(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *in 3 working days*, *5 hari kerja lagi*, *dalam 5 hari kerja*: Monday to Friday are counted."""
    i = line.skip(i, Sort.ABOUT)
    j = i + 1 if line.value(i, Sort.IN) else i
    number = whole(line, j)
    if number is None or not 0 < number[0] <= MOST_WORKING_DAYS or not line.value(number[1], Sort.WORKDAYS):
        return None
    end = number[1] + 1
    if line.value(end, Sort.LATER):
        end += 1
    elif j == i:
        return None
    return one(working_days_after(line.today, number[0]), How.RELATIVE), end, "working-days"


def working_days_after(day: date, count: int) -> date:
    """Return the working day that comes *count* working days after *day*."""
    weeks, rest = divmod(count, 5)
    while day.weekday() > 4:
        day -= ONE
    day += weeks * WEEK
    while rest:
        day += ONE
        rest -= day.weekday() < 5
    return day


def read_week_number(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *week 50*, *minggu ke-50*: the ISO week of that number, the next to come where no year is said."""
    if line.value(i, Sort.UNIT) is not Unit.WEEK or any(line.value(i - 1, sort) is not None for sort in BEFORE_COUNT):
        return None
    nth = ordinal(line, i + 1)
    number = nth[0] if nth else figures(line, i + 1)
    if number is None or not FIRST_SURE_WEEK <= number <= MOST_WEEKS or (nth is None and line.language != "en"):
        return None
    end = nth[1] if nth else i + 2
    if nth is None and (line.touches(end) or any(line.value(end, sort) is not None for sort in FOLLOWS_HOUR)):
        return None
    said = year_at(line, end + 1 if line.lower(end) == "of" else end)
    monday = _monday(line.today, number, None if said is None else said[0])
    if monday is None:
        return None
    return Day(monday, monday + WEEK, How.WEEK), end if said is None else said[1], "week-number"


def _monday(today: date, week: int, year: int | None) -> date | None:
    for candidate in (today.year, today.year + 1) if year is None else (year,):
        try:
            monday = date.fromisocalendar(candidate, week, 1)
        except ValueError:  # a year of 52 weeks
            continue
        if year is not None or monday + timedelta(days=6) >= today:
            return monday
    return None


def read_pasaran(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *Jumat Kliwon*, *malam Selasa Pahing*: the next to come of days that return every 35 days."""
    j = line.skip(i, Sort.DAY)
    eve = bool(line.value(j, Sort.EVE))
    j = j + 1 if eve else j
    weekday, pasaran = line.number(j, Sort.WEEKDAY), line.number(j + 1, Sort.PASARAN)
    if weekday is None or pasaran is None:
        return None
    day = line.today + timedelta(days=days_to(line.today, weekday) % 7)
    while (day - FRIDAY_LEGI).days % PASARAN_DAYS != pasaran or day - (ONE if eve else 0 * ONE) < line.today:
        day += WEEK
    if eve:
        found = one(day - ONE, How.WRITTEN, weekday=(weekday - 1) % 7)
        return found._replace(part="malam"), j + 2, "pasaran"
    return one(day, How.WRITTEN, weekday=weekday), j + 2, "pasaran"


def is_ordinal(line: Line, i: int) -> bool:
    """Say whether the number at *i* is the figure of *ke-50*: it counts no units."""
    if figures(line, i) is None or not line.touches(i):
        return False
    j = i - 2 if line.lower(i - 1) == "-" and line.touches(i - 1) else i - 1
    return line.number(j, Sort.ORDINAL) == 0


def is_fraction(line: Line, i: int) -> bool:
    """Say whether the number at *i* is only what stands behind the point of another: the 1 of *37.1*."""
    return (
        figures(line, i) is not None
        and line.lower(i - 1) in {".", ","}
        and line.touches(i)
        and line.touches(i - 1)
        and figures(line, i - 2) is not None
    )


def drop_parts_of_numbers(line: Line, found: list[Finding]) -> list[Finding]:
    """Return *found* without those that start inside another number."""
    return [finding for finding in found if not (is_ordinal(line, finding.start) or is_fraction(line, finding.start))]
