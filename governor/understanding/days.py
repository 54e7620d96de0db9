"""Which day is said here?"""

from dataclasses import replace
from datetime import date, timedelta

from governor.errors import NotUnderstood
from governor.understanding.findings import Day, How, Instant, Line, Unclear, Value
from governor.understanding.lexicon import TITLES_OF_PEOPLE, Sort, Unit, Word
from governor.understanding.numbers import figures, is_digits, ordinal, whole
from governor.understanding.tokens import Shape

ONE = timedelta(days=1)
WEEK = timedelta(days=7)
LAST_YEAR = 2199
MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DATE_MARKS = frozenset("/-.")


def one(day: date, how: How, **more: object) -> Day:
    """Return the finding of a single day."""
    weekday, number = more.get("weekday"), more.get("number")
    assumed = more.get("assumed", ())
    return Day(
        day,
        day + ONE,
        how,
        weekday if isinstance(weekday, int) else None,
        number if isinstance(number, int) else None,
        assumed if isinstance(assumed, tuple) else (),
    )


def days_to(today: date, weekday: int) -> int:
    """Return how many days from *today* to the next such weekday: 1 to 7."""
    return (weekday - today.weekday() - 1) % 7 + 1


def monday_of(day: date) -> date:
    """Return the Monday of the week that holds *day*."""
    return day - timedelta(days=day.weekday())


def first_of(year: int, month: int) -> date:
    """Return the first day of a month; the month may be counted on over the end of the year."""
    more, rest = divmod(month - 1, 12)
    return date(year + more, rest + 1, 1)


def month_days(year: int, month: int) -> Day:
    """Return the days of one month."""
    return Day(first_of(year, month), first_of(year, month + 1), How.MONTH)


def nth_weekday(nth: int, weekday: int, span: Day) -> date | None:
    """Return the *nth* such weekday within *span* (-1: the last), or None when there is none."""
    if nth == -1:
        last = span.until - ONE
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = span.first + timedelta(days=(weekday - span.first.weekday()) % 7 + 7 * (nth - 1))
    return found if nth > 0 and found < span.until else None


def dated(line: Line, day: int, month: int, year: int | None) -> Day:
    """Return the day written: without a year, the next one to come.

    Raises:
        NotUnderstood: there is no such day (30 February).
    """
    said = f"{day} {MONTH_NAMES.get(line.language, MONTH_NAMES['en'])[month - 1]}"
    if not 1 <= day <= MONTH_LENGTHS[month - 1]:
        raise NotUnderstood("date-does-not-exist", said=said)
    if year is not None:
        try:
            return one(date(year, month, day), How.WRITTEN)
        except ValueError:
            raise NotUnderstood("date-does-not-exist", said=f"{said} {year}") from None
    for ahead in range(9):  # 29 February is at most eight years away
        try:
            found = date(line.today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= line.today:
            return one(found, How.WRITTEN, assumed=("year",))
    raise NotUnderstood("date-does-not-exist", said=said)


MONTH_NAMES = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def month_day(line: Line, number: int) -> Day:
    """Return the next day with that number in its month, today included."""
    for ahead in range(13):
        start = first_of(line.today.year, line.today.month + ahead)
        if number <= (first_of(start.year, start.month + 1) - ONE).day:
            found = start.replace(day=number)
            if found >= line.today:
                return one(found, How.MONTH_DAY, number=number, assumed=("month",))
    raise NotUnderstood("date-does-not-exist", said=str(number))


def year_at(line: Line, i: int) -> tuple[int, int] | None:
    """Return the year written at *i* and the place after it: *2027*, *'27*, *two thousand and seventeen*."""
    joined = line.lower(i) in {"-", "/"} and line.touches(i) and line.touches(i + 1)
    j = (
        i + 1
        if joined
        or line.lower(i) == ","
        or line.lower(i) == "'"
        or (line.value(i, Sort.UNIT) is Unit.YEAR and line.language == "id")
        else i
    )
    j = j + 1 if line.lower(j) == "in" and is_digits(line, j + 1) and j == i else j
    number = whole(line, j)
    if number is None:
        return None
    if is_digits(line, j) and len(line.terms[j].text) != 4:
        return None
    if line.lower(j + 1) in {":", "h"} and line.touches(j + 1):
        return None
    return number if 1900 <= number[0] <= LAST_YEAR else None


def read_numeric(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a date in figures: *2026-12-05*, *5/12*, *31.10.2026*; which comes first, day or month, is the language's habit."""
    j = i + 1 if line.value(i, Sort.DATE) else i
    numbers, j = _groups(line, j)
    if numbers is None:
        return _year_first(line, j)
    mark = line.lower(j - 2)
    texts = [str(number) for number in numbers]
    if len(numbers) == 3:
        return _three(line, numbers, j)
    if mark == "." and not _dotted_date(line, i, numbers, j):
        return None
    if mark == "-" and not _dashed_date(line, i, numbers, j):
        return None
    if len(texts[0]) > 2 or len(line.terms[j - 1].text) > 2:
        return None
    return _two(line, numbers, None, j)


def _year_first(line: Line, j: int) -> tuple[Value, int, str] | None:
    """Read *2019-sep-1*."""
    year, month, day = figures(line, j), line.number(j + 2, Sort.MONTH), figures(line, j + 4)
    if year is None or month is None or day is None or not 1900 <= year <= LAST_YEAR:
        return None
    if line.lower(j + 1) not in {"-", "/"} or line.lower(j + 3) != line.lower(j + 1) or not 1 <= day <= 31:
        return None
    return dated(line, day, month, year), j + 5, "written-date"


def _groups(line: Line, j: int) -> tuple[list[int] | None, int]:
    """Return two or three numbers joined by one kind of mark, and the place after them."""
    first = figures(line, j)
    mark = line.lower(j + 1)
    if first is None or mark not in DATE_MARKS or not mark:
        return _spaced(line, j, first)
    numbers, end = [first], j + 1
    while len(numbers) < 3 and line.lower(end) == mark and (number := figures(line, end + 1)) is not None:
        if line.touches(end) != line.touches(end + 1) or (mark == "." and not line.touches(end)):
            break
        numbers.append(number)
        end += 2
    return (numbers, end) if len(numbers) > 1 else (None, j)


def _spaced(line: Line, j: int, first: int | None) -> tuple[list[int] | None, int]:
    """Return the numbers of *28 4 2021*."""
    second, third = figures(line, j + 1), figures(line, j + 2)
    if first and second and third and first <= 31 and second <= 12 and 1900 <= third <= LAST_YEAR:
        return [first, second, third], j + 3
    return None, j


def _three(line: Line, numbers: list[int], j: int) -> tuple[Value, int, str] | None:
    first, second, third = numbers
    if len(line.terms[j - 1].text) not in {2, 4} and first < 1000:
        return None
    if first >= 1000:
        j = j + 1 if line.lower(j) == "t" and line.touches(j) and line.touches(j + 1) else j
        return (dated(line, third, second, first), j, "iso-date") if 1 <= second <= 12 and first <= LAST_YEAR else None
    year = third + 2000 if third < 100 else third
    return _two(line, [first, second], year, j) if 1900 <= year <= LAST_YEAR else None


def _two(line: Line, numbers: list[int], year: int | None, j: int) -> tuple[Value, int, str] | None:
    dotted = any(line.lower(j - n) == "." for n in (2, 4))
    month, day = numbers if line.month_first and not dotted else reversed(numbers)
    if month > 12 >= day:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    found = dated(line, day, month, year)
    if line.language == "en" and not dotted and day <= 12 and day != month:
        other = _other(line, month, day, year)
        found = Day(found.first, found.until, How.WRITTEN, assumed=(*found.assumed, "order"), others=other)
    return found, j, "date-in-figures"


def _other(line: Line, day: int, month: int, year: int | None) -> tuple[date, ...]:
    try:
        return (dated(line, day, month, year).first,)
    except NotUnderstood:
        return ()


def _dotted_date(line: Line, i: int, numbers: list[int], j: int) -> bool:
    """Say whether *15.2* is a date; *jam 15.02* and *9.30* are times."""
    if (
        line.value(i - 1, Sort.CLOCK)
        or line.value(i - 1, Sort.AT)
        or line.value(j, Sort.UNIT)
        or line.value(j, Sort.MERIDIEM) is not None
    ):
        return False
    if line.value(j, Sort.SCALE) or line.value(i - 1, Sort.MONEY) or line.value(i - 1, Sort.FOR):
        return False
    day, month = numbers
    if line.value(i, Sort.DATE) or line.value(i - 1, Sort.WEEKDAY) is not None:
        return True
    if line.month_first:
        return (
            len(line.terms[j - 1].text) == 2
            and month <= 12
            and day <= 12
            and month % 5 > 0
            and line.value(i - 1, Sort.ON) is not None
        )
    return len(line.terms[j - 1].text) == 1 and day > 12


def _dashed_date(line: Line, i: int, numbers: list[int], j: int) -> bool:
    """Say whether *15-2* is a date; *3-4pm*, *jam 13-15* and *13-15 Juli* are ranges."""
    if (
        line.value(i - 1, Sort.CLOCK)
        or line.value(i - 1, Sort.AT)
        or line.value(i - 1, Sort.FROM)
        or line.value(i - 1, Sort.BETWEEN)
    ):
        return False
    if any(
        line.value(j, sort) is not None
        for sort in (Sort.MERIDIEM, Sort.PART, Sort.MONTH, Sort.UNIT, Sort.OF, Sort.SCALE)
    ):
        return False
    if line.lower(j) in {":", ".", "h"} and line.touches(j) and is_digits(line, j + 1):
        return False
    low, high = sorted(numbers)
    return bool(line.value(i, Sort.DATE)) or (low <= 12 < high <= 31 and not line.value(i - 1, Sort.MONTH))


def read_written(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *5 Desember 2026*, *the 5th of December*, *tanggal 5*, *the 5th*, *20th of next month*."""
    j = line.skip(i, Sort.THE, Sort.DATE)
    prefixed = j > i
    of_date = any(line.value(k, Sort.DATE) for k in range(i, j))
    number = ordinal(line, j)
    is_ordinal = number is not None
    number = number or whole(line, j)
    if number is not None and 31 < number[0] < 40 and line.value(number[1], Sort.MONTH) is not None:
        raise NotUnderstood("date-does-not-exist", said=f"{number[0]} {line.lower(number[1])}")
    if number is None or not 1 <= number[0] <= 31:
        return None
    day, k = number
    k = _after_of(line, k)
    found = _in_month(line, day, k)
    if found is not None:
        return found
    loose = not is_ordinal and not of_date and _is_loose_day(line, i, j, number[1])
    if not (of_date or loose or (is_ordinal and (prefixed or is_digits(line, j)))):
        return None
    if (
        is_ordinal
        and not of_date
        and (
            line.value(number[1], Sort.WEEKDAY) is not None
            or line.value(number[1], Sort.UNIT)
            or line.value(number[1], Sort.WORKDAYS)
        )
    ):
        return None
    if line.lower(number[1]) in {":", "/", "%"}:
        return None
    return month_day(line, day), number[1], "day-of-month"


FOLLOWS = (Sort.MERIDIEM, Sort.UNIT, Sort.MONTH, Sort.OCLOCK, Sort.WORKDAYS, Sort.SCALE, Sort.ORDINAL, Sort.WEEKDAY)


def _is_loose_day(line: Line, i: int, j: int, end: int) -> bool:
    """Say whether *on 15* and *for the 27* name a day of the month."""
    before = line.lower(i - 1)
    if line.language != "en" or not (before == "on" or (j > i and before in {"for", "from"})):
        return False
    if line.lower(end) in {":", "/", "-", "%", "h"} or (line.lower(end) == "." and line.touches(end + 1)):
        return False
    if any(line.value(end, sort) is not None for sort in FOLLOWS):
        return False
    return end >= line.count or line.terms[end].shape is not Shape.WORD or bool(line.terms[end].words)


def _after_of(line: Line, k: int) -> int:
    k = k + 1 if line.value(k, Sort.UNIT) is Unit.DAY and line.value(k + 1, Sort.OF) else k
    k = (
        k + 1
        if line.value(k, Sort.OF) or (line.lower(k) in {"-", "/", ",", "."} and line.value(k + 1, Sort.MONTH))
        else k
    )
    k = line.skip(k, Sort.THE)
    return (
        k + 1
        if line.lower(k) in {"bulan", "bln"}
        and (
            line.value(k + 1, Sort.MONTH)
            or not (line.value(k + 1, Sort.NEXT) or line.value(k + 1, Sort.THIS) or line.value(k + 1, Sort.LAST))
        )
        else k
    )


def _in_month(line: Line, day: int, k: int) -> tuple[Value, int, str] | None:
    month = line.number(k, Sort.MONTH)
    if month is not None:
        end = k + 2 if line.lower(k + 1) == "." and line.touches(k + 1) else k + 1
        year = year_at(line, end) or _short_year(line, end)
        return dated(line, day, month, year[0] if year else None), year[1] if year else end, "written-date"
    span = month_said(line, k)
    if span is None or span[0].how is not How.MONTH:
        return None
    try:
        return one(span[0].first.replace(day=day), How.WRITTEN), span[1], "day-of-said-month"
    except ValueError:
        raise NotUnderstood("date-does-not-exist", said=f"{day}") from None


def _short_year(line: Line, k: int) -> tuple[int, int] | None:
    """Read the year of *14th April 15*."""
    j = k + 1 if line.lower(k) == "'" else k
    number = figures(line, j)
    if number is None or len(line.terms[j].text) != 2 or not 10 <= number <= 60:
        return None
    if j == k and not (
        line.language == "en" and number > line.today.year % 100 - 1 and number < 40 and k + 1 >= line.count
    ):
        return None
    return number + 2000, j + 1


def read_month_first(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *December 5th, 2026*, *march third*, *february the 15th*, *Oct/2*."""
    month = line.number(i, Sort.MONTH)
    if line.lower(i - 1) in TITLES_OF_PEOPLE:
        return None
    if month is None or (line.language == "id" and line.value(i - 1, Sort.NUMBER)):
        return None
    j = i + 2 if line.lower(i + 1) in {".", "/", ",", "-"} else i + 1
    j = line.skip(j, Sort.THE)
    number = ordinal(line, j) or whole(line, j)
    if number is None or not 1 <= number[0] <= 31 or (is_digits(line, j) and len(line.terms[j].text) > 2):
        return None
    day, end = number
    if line.lower(end) in {":", "h"} and line.touches(end) and line.lower(end - 1) not in {"st", "nd", "rd", "th"}:
        return None
    if line.value(end, Sort.MERIDIEM) is not None and line.language == "id":
        return None
    year = year_at(line, end)
    return dated(line, day, month, year[0] if year else None), year[1] if year else end, "written-date"


def read_year(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a year after *of*, *in* or *since*: *decisions of 2026*."""
    year = figures(line, i)
    if (
        year is None
        or not 1990 <= year <= 2100
        or line.lower(i - 1) not in {"of", "in", "since", "for", "from", "during"}
    ):
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


def month_said(line: Line, i: int) -> tuple[Day, int] | None:
    """Return the week, month, quarter or year at *i*, and the place after it."""
    i = i + 1 if line.lower(i) in {"bulan", "bln"} and line.value(i + 1, Sort.MONTH) else i
    i = line.skip(i, Sort.THE)
    step = _step(line, i)
    month = line.number(i, Sort.MONTH)
    if month is not None and line.lower(i - 1) in TITLES_OF_PEOPLE:
        return None
    if month is not None:
        return _named_month(line, month, i + 1)
    if step is not None and (month := line.number(step[1], Sort.MONTH)) is not None:
        return _named_month(line, month, step[1] + 1)
    unit = line.value(i, Sort.UNIT)
    if unit is Unit.YEAR and (year := year_at(line, i + 1)) is not None:
        return Day(date(year[0], 1, 1), date(year[0] + 1, 1, 1), How.YEAR), year[1]
    if isinstance(unit, Unit) and unit in STRETCHES:
        if line.value(i + 1, Sort.AFTER_NEXT):
            return _stretch(line, unit, 2), i + 2
        after = _step(line, i + 1)
        if after is None or line.value(i + 1, Sort.COMING):
            return None
        return _stretch(line, unit, after[0]), after[1]
    if step is not None:
        unit = line.value(step[1], Sort.UNIT)
        if isinstance(unit, Unit) and unit in STRETCHES:
            return _stretch(line, unit, step[0]), step[1] + 1
    return None


def _named_month(line: Line, month: int, j: int) -> tuple[Day, int] | None:
    j = j + 1 if line.lower(j) == "." and line.touches(j) else j
    year = year_at(line, j)
    if year is not None:
        return month_days(year[0], month), year[1]
    step = _step(line, j)
    if step is not None and line.value(j, Sort.UNIT) is None and line.language == "id":
        j = step[1]
    ahead = 1 if month < line.today.month else 0
    return month_days(line.today.year + ahead, month), j


def _step(line: Line, i: int) -> tuple[int, int] | None:
    """Return how many units on: *next* 1, *this* 0, *last* -1; and the place after the word."""
    steps = 0
    j = i
    while line.value(j, Sort.NEXT):
        steps += 1
        j += 1
    if steps:
        return steps, j
    if line.value(i, Sort.COMING):
        return 1, i + 1
    if line.value(i, Sort.THIS):
        return 0, i + 1
    if line.value(i, Sort.LAST):
        return -1, i + 1
    return None


STRETCHES = frozenset({Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR})


def _stretch(line: Line, unit: Unit, step: int) -> Day:
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


SOON = frozenset({"nanti", "ntar", "entar", "besok", "bsk", "besuk"})  # Sabtu besok: the Saturday to come


def read_weekday(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a weekday: *Jumat depan*, *next Friday*, *hari Senin*, *malam Jumat*, *Friday after next*."""
    j = i
    eve = False
    if line.value(j, Sort.EVE) and line.value(j + 1, Sort.WEEKDAY) is not None:
        eve, j = True, j + 1
    j = line.skip(j, Sort.DAY, Sort.THE)
    before = _step(line, j) if not eve else None
    if before is not None:
        coming = bool(line.value(j, Sort.COMING))
        j = before[1]
    else:
        coming = False
    weekday = line.number(j, Sort.WEEKDAY)
    if weekday is None or ((j == i or line.lower(j) == "min") and _is_no_weekday(line, j)):
        return None
    j += 1
    if line.lower(j) == "week" and before is None and line.value(j + 1, Sort.ON) is None:
        later = line.today + timedelta(days=days_to(line.today, weekday)) + WEEK
        return one(later, How.NEXT_WEEKDAY, weekday=weekday), j + 1, "weekday"
    if line.value(j, Sort.AFTER_NEXT):
        after = line.today + timedelta(days=days_to(line.today, weekday)) + WEEK
        return one(after, How.NEXT_WEEKDAY, weekday=weekday), j + 1, "weekday"
    j = j + 1 if line.lower(j) == "." and line.touches(j) and len(line.lower(j - 1)) <= 4 else j
    if before is None and line.number(j, Sort.RELATIVE) in {0, 1} and line.lower(j) in SOON:
        j += 1
    after = _step(line, j) if before is None else None
    if after is not None and not (
        line.value(j + 1, Sort.UNIT) in STRETCHES
        and line.lower(j) in {"next", "this", "last", "the following", "following"}
    ):
        coming = bool(line.value(j, Sort.COMING))
        step: int | None = after[0]
        j = after[1]
    else:
        step = before[0] if before is not None else None
    day = _weekday(line, weekday, step, coming=coming)
    if eve:
        return replace(one(day - ONE, How.WEEKDAY, weekday=(weekday - 1) % 7), part="night"), j, "eve-of-weekday"
    how = How.NEXT_WEEKDAY if step and not coming else How.WEEKDAY
    found = one(day, how, weekday=weekday)
    if weekday == line.today.weekday() and not step and not coming and line.after is None:
        found = replace(found, others=(line.today,), assumed=("weekday-of-today",))
    return found, j, "weekday"


def _is_no_weekday(line: Line, i: int) -> bool:
    """Say whether a short or ambiguous word is no weekday here: *2 minggu*, *minggu depan*, *5 min*, *sun* in *the sun*."""
    word = line.lower(i)
    if word in {"minggu", "mgg"}:
        if line.value(i - 1, Sort.DAY) or line.value(i - 1, Sort.ON) == 1:
            return False
        if _sunday_said(line, i) and not line.value(i + 1, Sort.LATER):
            return False
        if whole(line, i - 1) is not None or line.value(i - 1, Sort.FEW) is not None:
            return True
        return bool(_step(line, i + 1) or line.value(i + 1, Sort.AFTER_NEXT)) and not _sunday_said(line, i)
    if word == "min" and line.count > 2:
        return not (line.value(i - 1, Sort.DAY) or line.value(i - 1, Sort.EVERY) or line.lower(i - 1) in {"-", "/"})
    if word in {"min", "sen", "sel", "kam", "sab", "rab", "jum", "sat", "sun", "mon", "wed", "fri", "setu"}:
        return is_digits(line, i - 1) and line.touches(i)
    return False


def _sunday_said(line: Line, i: int) -> bool:
    """Say whether *Minggu depan* is Sunday: written with a capital inside a sentence that is not all capitals."""
    return (
        i > 0
        and line.terms[i].text[0].isupper()
        and not line.terms[i].text.isupper()
        and not line.terms[i - 1].lower == "."
        and not _all_capitalised(line)
    )


def _all_capitalised(line: Line) -> bool:
    return all(term.text[:1].isupper() for term in line.terms if term.text[:1].isalpha())


def _weekday(line: Line, weekday: int, step: int | None, *, coming: bool) -> date:
    today = line.today
    if step is None or coming or step == 0:
        base = line.after.date() if line.after is not None and step is None else today
        return base + timedelta(days=days_to(base, weekday))
    if step < 0:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return monday_of(today) + step * WEEK + timedelta(days=weekday)


def read_relative(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a day counted from today by one word: *besok*, *lusa*, *tomorrow*; *besok lusa* is not one day."""
    j = line.skip(i, Sort.THE)
    if line.value(j, Sort.NOW) and line.lower(j + 1) not in {"on", "at"}:
        return Instant(line.at), j + 1, "now"
    days = line.number(j, Sort.RELATIVE)
    if days is None:
        return None
    if line.number(j + 1, Sort.RELATIVE) == 2 and days == 1:
        return Unclear("besok lusa"), j + 2, "unclear-day"
    end = j + 1
    end = (
        end + 1
        if line.lower(end) in {"hari", "harinya"}
        and line.language == "id"
        and line.number(end + 1, Sort.WEEKDAY) is None
        else end
    )
    return one(line.today + timedelta(days=days), How.RELATIVE), end, "relative-day"


def _words(line: Line, i: int) -> tuple[Word, ...]:
    return line.terms[i].words if 0 <= i < line.count else ()


def read_last_day(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *the last day of the month*, *hari terakhir bulan Desember*."""
    j = line.skip(i, Sort.THE)
    if line.number(j, Sort.ORDINAL) == -1 and line.value(j + 1, Sort.UNIT) is Unit.DAY:
        k = j + 2
    elif line.value(j, Sort.UNIT) is Unit.DAY and line.number(j + 1, Sort.ORDINAL) == -1:
        k = j + 2
    else:
        return None
    found = _month_or_year(line, line.skip(k, Sort.OF, Sort.THE))
    return None if found is None else (one(found[0].until - ONE, How.WRITTEN), found[1], "last-day")


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
    if nth is None or weekday is None or nth[0] == 0 or nth[0] > 5:
        return None
    after = k
    k = line.skip(k, Sort.OF, Sort.THE, Sort.ON)
    span = month_said(line, k) or (_month_or_year(line, k) if k > after else None)
    if span is None or span[0].how not in {How.MONTH, How.YEAR}:
        return None
    day = nth_weekday(nth[0], weekday, span[0])
    if day is not None and day < line.today and span[0].until <= line.today + timedelta(days=31):
        later = month_said(line, k)
        day = day if later is None else day
    return None if day is None else (one(day, How.WRITTEN), span[1], "ordinal-weekday")


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
        return _stretch(line, Unit(str(unit)), 0), k + 1
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
    return Day(line.today, _stretch(line, unit, 0).until, How.STRETCH), line.skip(j + 1, Sort.THIS), "rest"


def read_edge(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *akhir bulan*, *end of April*, *awal minggu depan*, *mid March*, *EOM*, *akhir pekan ini*."""
    if line.lower(i) in {"eom", "eoy", "eow"}:
        span = _stretch(line, {"m": Unit.MONTH, "y": Unit.YEAR, "w": Unit.WEEK}[line.lower(i)[2]], 0)
        return _edge(line, span, 1), i + 1, "edge"
    j = line.skip(i, Sort.THE)
    edge = line.number(j, Sort.EDGE)
    if edge is None:
        return None
    k = line.skip(j + 1, Sort.OF, Sort.THE, Sort.ABOUT)
    span_said = month_said(line, k)
    if span_said is None:
        unit = line.value(k, Sort.UNIT)
        if not isinstance(unit, Unit) or unit not in STRETCHES:
            return None
        span_said = _stretch(line, unit, 0), k + 1
    return _edge(line, span_said[0], edge), span_said[1], "edge"


def _edge(line: Line, span: Day, edge: int) -> Day:
    """Return the beginning, middle or end of *span*: a third of a month, three days of a week, three months of a year."""
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
    before = _step(line, j)
    j = before[1] if before else j
    if not line.value(j, Sort.WEEKEND):
        return None
    after = _step(line, j + 1) if before is None else None
    step = (before or after or (0, 0))[0]
    saturday = monday_of(line.today) + timedelta(days=5) + max(step, 0) * WEEK
    if saturday + ONE < line.today:
        saturday += WEEK
    return Day(saturday, saturday + 2 * ONE, How.WEEKEND), after[1] if after else j + 1, "weekend"


def read_day_range(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read the days of one month: *13-15 Juli*, *July 13 to 15*, *from the 13th to the 15th of July*, *tanggal 5 s.d. 7*."""
    j = line.skip(i, Sort.FROM, Sort.BETWEEN, Sort.THE, Sort.DATE)
    month = line.number(j, Sort.MONTH)
    j = line.skip(j + 1, Sort.THE) if month is not None else j
    low = ordinal(line, j) or whole(line, j)
    if low is None or not 1 <= low[0] <= 31:
        return None
    k = low[1]
    if not (
        line.value(k, Sort.UNTIL)
        or line.lower(k) in {"-", "~"}
        or (line.value(k, Sort.AND) and line.value(i, Sort.BETWEEN))
    ):
        return None
    k = line.skip(k + 1, Sort.THE, Sort.DATE)
    high = ordinal(line, k) or whole(line, k)
    if high is None or not low[0] < high[0] <= 31:
        return None
    end = high[1]
    if month is None:
        end = line.skip(end, Sort.OF, Sort.THE)
        end = end + 1 if line.lower(end) in {"bulan", "bln"} and line.value(end + 1, Sort.MONTH) is not None else end
        month = line.number(end, Sort.MONTH)
        if month is None:
            return None
        end += 1
    elif line.value(end, Sort.MERIDIEM) is not None or line.lower(end) == ":":
        return None
    year = year_at(line, end)
    first = dated(line, low[0], month, year[0] if year else None)
    last = dated(line, high[0], month, first.first.year)
    return Day(first.first, last.until, How.STRETCH, assumed=first.assumed), year[1] if year else end, "day-range"
