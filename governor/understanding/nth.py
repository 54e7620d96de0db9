"""Which days of a week or a month are listed here?"""

from governor.understanding.findings import Line, Repeat
from governor.understanding.lexicon import Sort, Unit
from governor.understanding.numbers import figures, ordinal, whole

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


MOST_LISTED = 10  # days in one list
MOST_DAYS = 31  # days in one month
WORKDAYS, WEEKEND = DAYS[:5], DAYS[5:]


def nth_day(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Return the day of a month at *i*: *the 4th*, *tanggal 5 dan 20*, *3rd Tuesday*, *Senin pertama*, *hari
    terakhir*.
    """
    j = line.skip(i, Sort.THE, Sort.ON, Sort.DATE)
    nth = ordinal(line, j)
    dated = any(line.value(k, Sort.DATE) for k in range(i, j))
    if nth is not None and not dated:
        return nth_weekday_of(line, nth[0], nth[1]) or _dates(line, nth)
    if dated:
        numbers, j = days_listed(line, j)
        fits = numbers and line.value(j, Sort.MONTH) is None
        return (Repeat("MONTHLY", by_month_day=numbers), j) if fits else None
    j = line.skip(i, Sort.DAY)
    weekday = line.number(j, Sort.WEEKDAY)
    if weekday is not None:
        numbers, j = which_weeks(line, j + 1)
        return (Repeat("MONTHLY", by_day=tuple(f"{n}{DAYS[weekday]}" for n in numbers)), j) if numbers else None
    j = i + 1 if line.value(i, Sort.UNIT) is Unit.DAY or line.value(i, Sort.WORKDAYS) else i
    nth = ordinal(line, j) if j > i else None
    if nth is None:
        return None
    if line.value(i, Sort.WORKDAYS):
        return Repeat("MONTHLY", by_day=WORKDAYS, by_set_pos=nth[0]), nth[1]
    return Repeat("MONTHLY", by_month_day=(nth[0],)), nth[1]


def _dates(line: Line, first: tuple[int, int]) -> tuple[Repeat, int] | None:
    """Return the rule of *the 4th*, *3rd and 20th*: ordinals alone, of which *first* is read already."""
    if not 1 <= first[0] <= MOST_DAYS:
        return None
    numbers, end = _ordinals(line, *first)
    return Repeat("MONTHLY", by_month_day=tuple(n for n in numbers if 1 <= n <= MOST_DAYS)), end


def nth_weekday_of(line: Line, nth: int, j: int) -> tuple[Repeat, int] | None:
    """Return the rule of *3rd Tuesday*, *second and fourth Friday*, *last weekday*: the ordinal stands before place
    *j*.
    """
    numbers, j = _ordinals(line, nth, j)
    if line.value(j, Sort.WORKDAYS):
        return Repeat("MONTHLY", by_day=WORKDAYS, by_set_pos=nth), j + 1
    if line.value(j, Sort.UNIT) is Unit.DAY and line.number(j + 1, Sort.WEEKDAY) is None:
        return Repeat("MONTHLY", by_month_day=tuple(numbers)), j + 1
    j = line.skip(j, Sort.DAY)
    weekday = line.number(j, Sort.WEEKDAY)
    weekday = line.number(j, Sort.WEEKDAYS) if weekday is None else weekday
    if weekday is None or weekday > 6 or nth == 0:
        return None
    return Repeat("MONTHLY", by_day=tuple(f"{n}{DAYS[weekday]}" for n in numbers)), j + 1


def _ordinals(line: Line, first: int, j: int) -> tuple[list[int], int]:
    """Return the ordinals listed, of which *first* ends at *j*, and the place after them."""
    numbers = [first]
    while (
        len(numbers) < MOST_LISTED
        and (line.value(j, Sort.AND) or line.lower(j) == ",")
        and (more := ordinal(line, line.skip(j + 1, Sort.AND, Sort.THE))) is not None
    ):
        numbers.append(more[0])
        j = more[1]
    return numbers, j


def which_weeks(line: Line, j: int) -> tuple[tuple[int, ...], int]:
    """Return which of a month's weeks: *kedua*, *minggu kedua*, *minggu ke-2 dan ke-4*, *pertama dan ketiga*."""
    k = j + 1 if line.lower(j) in {"minggu", "pekan", "mgg"} else j
    numbers: list[int] = []
    while len(numbers) < MOST_LISTED and (nth := _which(line, k)) is not None and (-1 <= nth[0] <= 5):
        numbers.append(nth[0])
        j = nth[1]
        if not (line.value(j, Sort.AND) or line.lower(j) == ","):
            break
        k = j + 1
        k = k + 1 if line.lower(k) in {"minggu", "pekan"} else k
    return tuple(numbers), j


def _which(line: Line, k: int) -> tuple[int, int] | None:
    """Return the ordinal at *k*, also one that is written apart: *ke 2*."""
    apart = figures(line, k + 1) if line.number(k, Sort.ORDINAL) == 0 else None
    return ordinal(line, k) or (None if apart is None else (apart, k + 2))


def days_listed(line: Line, j: int) -> tuple[tuple[int, ...], int]:
    """Return the days of a month listed at *j*: *5 dan 20*, *1st and 15th*, *terakhir*; and the place after them."""
    numbers: list[int] = []
    end = j
    while len(numbers) < MOST_LISTED:
        number = ordinal(line, j) or whole(line, j)
        if number is None or not (1 <= number[0] <= MOST_DAYS or number[0] == -1) or line.value(number[1], Sort.TIMES):
            break
        numbers.append(number[0])
        end = number[1]
        if not (line.value(end, Sort.AND) or line.lower(end) == ","):
            break
        j = line.skip(end + 1, Sort.DATE, Sort.THE)
    return tuple(numbers), end


def weekdays(line: Line, j: int) -> tuple[tuple[str, ...], int]:
    """Return the weekdays listed at *j*: *Senin, Rabu dan Jumat*, *Senin-Kamis*, *Monday through Friday*."""
    found: list[int] = []
    end = j
    while len(found) < MOST_LISTED:
        j = line.skip(j, Sort.DAY, Sort.ON, Sort.EVERY)
        weekday = line.number(j, Sort.WEEKDAY)
        weekday = line.number(j, Sort.WEEKDAYS) if weekday is None else weekday
        if weekday is None or weekday > 6:
            break
        if found and (line.value(j - 1, Sort.UNTIL) or line.lower(j - 1) == "-"):
            last = found[-1]
            found.extend((last + n) % 7 for n in range(1, (weekday - last) % 7 + 1))
        else:
            found.append(weekday)
        end = j + 1
        if not (
            line.value(end, Sort.AND)
            or line.value(end, Sort.UNTIL)
            or line.lower(end) in {",", "-", "/"}
            or line.number(end, Sort.WEEKDAY) is not None
        ):
            break
        if line.lower(end) == "minggu":
            break
        j = end if line.number(end, Sort.WEEKDAY) is not None else end + 1
        j = j + 1 if line.lower(end) == "," and line.value(j, Sort.AND) else j
    return tuple(DAYS[day] for day in dict.fromkeys(found)), end
