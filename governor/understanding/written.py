"""Which date is written here?"""

from datetime import date

from governor.errors import NotUnderstood
from governor.understanding.days import LAST_YEAR, dated, month_day, one, year_at
from governor.understanding.findings import Day, How, Line, Value
from governor.understanding.lexicon import TITLES_OF_PEOPLE, Sort, Unit
from governor.understanding.numbers import figures, is_digits, ordinal, whole
from governor.understanding.stretches import month_said
from governor.understanding.tokens import Shape

DATE_MARKS = frozenset("/-.")
LAST_HOUR, MOST_HOURS = 23, 24


def read_numeric(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a date in figures: *2026-12-05*, *5/12*, *31.10.2026*; which comes first, day or month, is the language's
    habit.
    """
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
    day, month = numbers
    if (weekday := line.number(i - 1, Sort.WEEKDAY)) is not None and not line.value(i, Sort.DATE):
        return _dates_weekday(line, weekday, day, month, j)
    if (
        line.value(i - 1, Sort.CLOCK)
        or line.value(i - 1, Sort.AT)
        or line.value(j, Sort.UNIT)
        or line.value(j, Sort.MERIDIEM) is not None
    ):
        return False
    if line.value(j, Sort.SCALE) or line.value(i - 1, Sort.MONEY) or line.value(i - 1, Sort.FOR):
        return False
    if line.value(i, Sort.DATE):
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


def _dates_weekday(line: Line, weekday: int, day: int, month: int, j: int) -> bool:
    """Say whether *15.2* behind a weekday is a date: *Friday 4.12 at 6pm*, *Senin 30.11*; *Friday 7.30* is a time."""
    if day > LAST_HOUR or len(line.terms[j - 1].text) != 2 or _is_time_ahead(line, j):
        return True
    is_round = not month % 5
    return not is_round and 1 <= month <= 12 and dated(line, day, month, None).first.weekday() == weekday


def _is_time_ahead(line: Line, j: int) -> bool:
    """Say whether a time of day stands at *j*, after a comma or not."""
    j = j + 1 if line.lower(j) == "," else j
    if line.value(j, Sort.CLOCK) or line.value(j, Sort.NAMED_TIME):
        return True
    j = j + 1 if line.value(j, Sort.AT) else j
    marked = line.lower(j + 1) in {":", "."} and line.touches(j + 1) and line.touches(j + 2)
    return is_digits(line, j) and (marked or line.value(j + 1, Sort.MERIDIEM) is not None)


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
    if (
        (weekday := line.number(i - 1, Sort.WEEKDAY)) is not None
        and not line.value(i, Sort.DATE)
        and high <= MOST_HOURS
    ):
        return 1 <= low <= 12 < high and dated(line, high, low, None).first.weekday() == weekday  # Saturday 10-14
    return bool(line.value(i, Sort.DATE)) or (low <= 12 < high <= 31 and not line.value(i - 1, Sort.MONTH))


def read_written(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *5 Desember 2026*, *the 5th of December*, *tanggal 5*, *the 5th*, *20th of next month*."""
    j = line.skip(i, Sort.THE, Sort.DATE)
    prefixed = j > i
    of_date = prefixed and any(line.value(k, Sort.DATE) for k in range(i, j))
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
    if line.lower(number[1]) in {"/", "%"} or line.tells_hour(number[1]):
        return None
    return month_day(line, day), number[1], "day-of-month"


FOLLOWS = (Sort.MERIDIEM, Sort.UNIT, Sort.MONTH, Sort.OCLOCK, Sort.WORKDAYS, Sort.SCALE, Sort.ORDINAL, Sort.WEEKDAY)


def _is_loose_day(line: Line, i: int, j: int, end: int) -> bool:
    """Say whether *on 15* and *for the 27* name a day of the month."""
    before = line.lower(i - 1)
    if line.language != "en" or not is_digits(line, j) or not (before == "on" or (j > i and before in {"for", "from"})):
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
    if line.tells_hour(end) and line.lower(end - 1) not in {"st", "nd", "rd", "th"}:
        return None
    hour = line.language == "id" or line.lower(i + 1) == "," or line.touches(end)
    if line.value(end, Sort.MERIDIEM) is not None and hour:
        return None  # from January, 10 am
    year = year_at(line, end)
    return dated(line, day, month, year[0] if year else None), year[1] if year else end, "written-date"


def read_day_range(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read the days of one month: *13-15 Juli*, *July 13 to 15*, *from the 13th to the 15th of July*, *tanggal 5 s.d.
    7*.
    """
    j = line.skip(i, Sort.FROM, Sort.BETWEEN, Sort.THE, Sort.DATE)
    month = line.number(j, Sort.MONTH)
    j = line.skip(j + 1, Sort.THE) if month is not None else j
    low = ordinal(line, j) or whole(line, j)
    if low is None or not 1 <= low[0] <= 31:
        return None
    k = low[1]
    if not (line.value(k, Sort.UNTIL) or line.lower(k) in {"-", "~"} or line.value(k, Sort.AND)):
        return None
    k = line.skip(k + 1, Sort.THE, Sort.DATE)
    high = ordinal(line, k) or whole(line, k)
    if high is None or not low[0] < high[0] <= 31:
        return None
    if line.value(low[1], Sort.AND) and not line.value(i, Sort.BETWEEN) and high[0] != low[0] + 1:
        return None  # 5 dan 6 Desember are two days on end, 5 dan 20 are not
    end = high[1]
    if month is None:
        end = line.skip(end, Sort.OF, Sort.THE)
        end = end + 1 if line.lower(end) in {"bulan", "bln"} and line.value(end + 1, Sort.MONTH) is not None else end
        month = line.number(end, Sort.MONTH)
        if month is None:
            return None
        end += 1
    elif line.value(end, Sort.MERIDIEM) is not None or line.tells_hour(end):
        return None
    year = year_at(line, end)
    first = dated(line, low[0], month, year[0] if year else None)
    last = dated(line, high[0], month, first.first.year)
    return Day(first.first, last.until, How.STRETCH, assumed=first.assumed), year[1] if year else end, "day-range"
