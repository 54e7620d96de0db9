"""Which week, month or year is said here, or which day of it?"""

from datetime import date, timedelta

from governor.understanding.days import (
    ONE,
    STRETCHES,
    WEEK,
    first_of,
    monday_of,
    month_days,
    nth_weekday,
    one,
    step_at,
    year_at,
)
from governor.understanding.findings import Day, How, Instant, Line, Unclear, Value
from governor.understanding.lexicon import TITLES_OF_PEOPLE, Sort, Unit, Word
from governor.understanding.numbers import figures, is_digits, ordinal, whole

LAST_NTH = 5  # which not every month has
MOST_DAYS = 31  # in a month
BEFORE_YEAR = frozenset({"of", "in", "since", "for", "from", "during"})


def read_year(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a year after *of*, *in* or *since*: *decisions of 2026*."""
    year = figures(line, i)
    if year is None or not 1990 <= year <= 2100 or line.lower(i - 1) not in BEFORE_YEAR:
        return None
    if line.lower(i + 1) in {"-", "/", "."} and is_digits(line, i + 2):
        return None
    return Day(date(year, 1, 1), date(year + 1, 1, 1), How.YEAR), i + 1, "year"


def read_month(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a month or a year as a whole: *Desember 2026*, *bulan depan*, *next year*."""
    found = month_said(line, i)
    if found is None:
        return None
    return found[0], found[1], str(found[0].how)


OPENS_STRETCH = (Sort.MONTH, Sort.UNIT, Sort.THE, Sort.NEXT, Sort.THIS, Sort.LAST, Sort.COMING)


def month_said(line: Line, i: int) -> tuple[Day, int] | None:
    """Return the week, month, quarter or year at *i*, and the place after it."""
    if not 0 <= i < line.count or line.senses[i].keys().isdisjoint(OPENS_STRETCH):
        return None
    i = i + 1 if line.lower(i) in {"bulan", "bln"} and line.value(i + 1, Sort.MONTH) else i
    i = line.skip(i, Sort.THE)
    step = step_at(line, i)
    month = line.number(i, Sort.MONTH)
    if month is not None and line.lower(i - 1) in TITLES_OF_PEOPLE:
        return None
    if month is not None:
        return _named_month(line, month, i + 1)
    if step is not None and (month := line.number(step[1], Sort.MONTH)) is not None:
        return _named_month(line, month, step[1] + 1)
    return _unit_said(line, i, step)


def _unit_said(line: Line, i: int, step: tuple[int, int] | None) -> tuple[Day, int] | None:
    """Return the week, month, quarter or year that its own word tells, with the *step* before it or one after it."""
    unit = line.value(i, Sort.UNIT)
    if unit is Unit.YEAR and (year := year_at(line, i + 1)) is not None:
        return Day(date(year[0], 1, 1), date(year[0] + 1, 1, 1), How.YEAR), year[1]
    if isinstance(unit, Unit) and unit in STRETCHES:
        if line.value(i + 1, Sort.AFTER_NEXT):
            return stretch_of(line, unit, 2), i + 2
        after = step_at(line, i + 1)
        if after is None or line.value(i + 1, Sort.COMING):
            return None
        return stretch_of(line, unit, after[0]), after[1]
    if step is not None:
        unit = line.value(step[1], Sort.UNIT)
        if isinstance(unit, Unit) and unit in STRETCHES:
            return stretch_of(line, unit, step[0]), step[1] + 1
    return None


def _named_month(line: Line, month: int, j: int) -> tuple[Day, int] | None:
    j = j + 1 if line.lower(j) == "." and line.touches(j) else j
    year = year_at(line, j)
    if year is not None:
        return month_days(year[0], month), year[1]
    step = step_at(line, j)
    if step is not None and line.value(j, Sort.UNIT) is None and line.language == "id":
        j = step[1]
    ahead = 1 if month < line.today.month else 0
    return month_days(line.today.year + ahead, month)._replace(assumed=("year",)), j


def stretch_of(line: Line, unit: Unit, step: int) -> Day:
    """Return the week, month, quarter or year that is so many *step* from the one that holds today."""
    today = line.today
    if unit is Unit.WEEK:
        monday = monday_of(today) + step * WEEK
        return Day(monday, monday + WEEK, How.WEEK)
    if unit is Unit.MONTH:
        return month_days(today.year, today.month + step)
    if unit is Unit.QUARTER:
        start = (today.month - 1) // 3 * 3 + 1 + 3 * step
        return Day(first_of(today.year, start), first_of(today.year, start + 3), How.MONTH)
    return Day(date(today.year + step, 1, 1), date(today.year + step + 1, 1, 1), How.YEAR)


def _words(line: Line, i: int) -> tuple[Word, ...]:
    return line.terms[i].words if 0 <= i < line.count else ()


def read_last_day(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *the last day of the month*, *hari terakhir bulan Desember*."""
    j = line.skip(i, Sort.THE)
    if (line.number(j, Sort.ORDINAL) == -1 and line.value(j + 1, Sort.UNIT) is Unit.DAY) or (
        line.value(j, Sort.UNIT) is Unit.DAY and line.number(j + 1, Sort.ORDINAL) == -1
    ):
        k = j + 2
    else:
        return None
    found = _month_or_year(line, line.skip(k, Sort.OF, Sort.THE))
    return None if found is None else (one(found[0].until - ONE, How.WRITTEN, number=-1), found[1], "last-day")


def _nth_workday(line: Line, j: int) -> tuple[Value, int, str] | None:
    """Read *hari kerja pertama bulan depan*, *last working day of the month*."""
    if line.value(j, Sort.WORKDAYS):
        nth = ordinal(line, j + 1)
        k = nth[1] if nth else j
    else:
        nth = ordinal(line, j)
        k = nth[1] + 1 if nth and line.value(nth[1], Sort.WORKDAYS) else j
    found = _month_or_year(line, line.skip(k, Sort.OF, Sort.THE, Sort.ON)) if nth is not None and k > j else None
    if found is None or nth is None:
        return None
    span = found[0]
    days = [span.first + n * ONE for n in range((span.until - span.first).days) if (span.first + n * ONE).weekday() < 5]
    place = nth[0] - 1 if nth[0] > 0 else nth[0]
    return (one(days[place], How.WRITTEN), found[1], "ordinal-workday") if -len(days) <= place < len(days) else None


def read_ordinal_weekday(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *first Monday of October*, *last Friday of March*, *Senin kedua bulan depan*, *Jumat terakhir Desember*."""
    j = line.skip(i, Sort.THE, Sort.DAY)
    nth = ordinal(line, j)
    if nth is not None:
        k = line.skip(nth[1], Sort.DAY)
        weekday, k = line.number(k, Sort.WEEKDAY), k + 1
    else:
        weekday, k = line.number(j, Sort.WEEKDAY), j + 1
        nth = ordinal(line, k) if any(word.language != "en" for word in _words(line, k)) else None
        k = nth[1] if nth else k
    if weekday is None and (found := _nth_workday(line, j)) is not None:
        return found
    if nth is None or weekday is None or nth[0] == 0 or nth[0] > 5 or _is_week(line, nth[1] - 1, k - 1):
        return None
    after = k
    k = line.skip(k, Sort.OF, Sort.THE, Sort.ON)
    span = month_said(line, k) or (_month_or_year(line, k) if k > after else None)
    of_month = nth[0] > 0 or line.number(after - 1, Sort.WEEKDAY) is None or "monthly" in line.has
    if span is None and of_month and (line.number(after - 1, Sort.WEEKDAY) is None or line.language == "en"):
        return one(_next_nth(line, nth[0], weekday), How.ORDINAL, weekday=weekday, number=nth[0]), after, "nth-weekday"
    if span is None or span[0].how not in {How.MONTH, How.YEAR}:
        return None
    day = nth_weekday(nth[0], weekday, span[0])
    if day is not None and day < line.today and line.value(span[1] - 1, Sort.UNIT) is Unit.MONTH and _is_any(line, k):
        day = nth_weekday(nth[0], weekday, stretch_of(line, Unit.MONTH, 1))
    if day is None and nth[0] == LAST_NTH and span[0].how is How.MONTH:
        return Unclear(line.lower(i)), span[1], "no-such-day"
    return None if day is None else (one(day, How.WRITTEN), span[1], "ordinal-weekday")


def _is_any(line: Line, k: int) -> bool:
    """Say whether *the month* at *k* is the next in which the day is still to come: not *this month*."""
    return line.value(k, Sort.UNIT) is Unit.MONTH and step_at(line, k + 1) is None


def _is_week(line: Line, nth: int, i: int) -> bool:
    """Say whether *minggu* beside the ordinal at *nth* is a week: written small, *minggu kedua Desember*."""
    at = [k for k in range(max(min(nth, i) - 2, 0), max(nth, i) + 1) if line.terms[k].text == "minggu"]
    return bool(at) and not line.value(at[0] - 1, Sort.DAY)


def _next_nth(line: Line, nth: int, weekday: int) -> date:
    """Return the next day to come that is the *nth* such weekday of its month."""
    months = (month_days(line.today.year, line.today.month + ahead) for ahead in range(12))
    days = (nth_weekday(nth, weekday, month) for month in months)
    return next(day for day in days if day is not None and day >= line.today)


def read_week_of_month(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *3rd week of Jan*, *minggu kedua Desember*, *minggu ke-2 bulan depan*."""
    j = line.skip(i, Sort.THE)
    nth = ordinal(line, j)
    if nth is not None and line.value(nth[1], Sort.UNIT) is Unit.WEEK:
        k = nth[1] + 1
    elif line.value(j, Sort.UNIT) is Unit.WEEK and (nth := ordinal(line, j + 1)) is not None:
        k = nth[1]
    else:
        return None
    found = _month_or_year(line, line.skip(k, Sort.OF, Sort.THE, Sort.ON))
    if found is None or not (1 <= nth[0] <= 5 or nth[0] == -1):
        return None
    first = monday_of(found[0].first + timedelta(days=3))
    monday = first + (nth[0] - 1) * WEEK if nth[0] > 0 else monday_of(found[0].until - ONE)
    return Day(monday, monday + WEEK, How.WEEK, number=nth[0]), found[1], "week-of-month"


def _month_or_year(line: Line, k: int) -> tuple[Day, int] | None:
    span = month_said(line, k)
    if span is not None:
        return span if span[0].how in {How.MONTH, How.YEAR} else None
    unit = line.value(k, Sort.UNIT)
    if unit in {Unit.MONTH, Unit.YEAR}:
        return stretch_of(line, Unit(str(unit)), 0), k + 1
    year = year_at(line, k)
    return None if year is None else (Day(date(year[0], 1, 1), date(year[0] + 1, 1, 1), How.YEAR), year[1])


def read_rest(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *rest of the day*, *sisa minggu ini*."""
    j = line.skip(i + 1, Sort.THE, Sort.THIS, Sort.OF)
    j = j + 1 if line.lower(j) in {"my", "our"} else j
    unit = line.value(j, Sort.UNIT)
    if unit is Unit.DAY or line.value(j, Sort.RELATIVE) == 0:
        until = line.at.replace(hour=23, minute=59, second=59, microsecond=0)
        return Instant(line.at, until), line.skip(j + 1, Sort.THIS), "rest-of-day"
    if not isinstance(unit, Unit) or unit not in STRETCHES:
        return None
    return Day(line.today, stretch_of(line, unit, 0).until, How.STRETCH), line.skip(j + 1, Sort.THIS), "rest"


def read_edge(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *akhir bulan*, *end of April*, *awal minggu depan*, *mid March*, *EOM*, *akhir pekan ini*."""
    if line.lower(i) in {"eom", "eoy", "eow"}:
        span = stretch_of(line, {"m": Unit.MONTH, "y": Unit.YEAR, "w": Unit.WEEK}[line.lower(i)[2]], 0)
        return _edge(line, span, 1), i + 1, "edge"
    j = line.skip(i, Sort.THE)
    edge = line.number(j, Sort.EDGE)
    if edge is None or line.lower(i - 1) in {"week", "wk"}:
        return None
    k = j + 2 if line.lower(j + 1) == "-" and line.touches(j + 1) and line.touches(j + 2) else j + 1
    k = line.skip(k, Sort.OF, Sort.THE, Sort.ABOUT)
    span_said = month_said(line, k)
    if span_said is None:
        unit = line.value(k, Sort.UNIT)
        if not isinstance(unit, Unit) or unit not in STRETCHES:
            return None
        span_said = stretch_of(line, unit, 0), k + 1
    day = ordinal(line, span_said[1]) or whole(line, span_said[1])
    if day is not None and day[0] <= MOST_DAYS and line.value(span_said[1] - 1, Sort.MONTH) is not None:
        return None  # beginning July 31
    return _edge(line, span_said[0], edge), span_said[1], "edge"


def _edge(line: Line, span: Day, edge: int) -> Day:
    """Return the first, middle or last part of *span*: a third of a month, three days of a week, a third of a year."""
    first, until = span.first, span.until
    if span.how is How.WEEK:
        cuts = (first + timedelta(days=3), first + timedelta(days=4) if edge > 0 else first + timedelta(days=2))
        piece = (first, cuts[0]) if edge < 0 else (cuts[1], until) if edge > 0 else (cuts[1], first + timedelta(days=4))
    elif span.how is How.YEAR:
        piece = [
            (date(first.year, 5, 1), date(first.year, 9, 1)),
            (date(first.year, 9, 1), until),
            (first, date(first.year, 4, 1)),
        ][edge]
    else:
        piece = [
            (first.replace(day=11), first.replace(day=21)),
            (first.replace(day=21), until),
            (first, first.replace(day=11)),
        ][edge]
    day = Day(piece[0], piece[1], How.EDGE, number=edge)
    return day if day.until > line.today else Day(day.first, day.until, How.EDGE, number=edge)


def read_weekend(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *akhir pekan depan*, *this weekend*: Saturday and Sunday."""
    j = line.skip(i, Sort.THE)
    before = step_at(line, j)
    j = before[1] if before else j
    if not line.value(j, Sort.WEEKEND):
        return None
    after = step_at(line, j + 1) if before is None else None
    step = (before or after or (0, 0))[0]
    saturday = monday_of(line.today) + timedelta(days=5) + max(step, 0) * WEEK
    if saturday + ONE < line.today:
        saturday += WEEK
    return Day(saturday, saturday + 2 * ONE, How.WEEKEND), after[1] if after else j + 1, "weekend"
