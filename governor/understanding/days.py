"""Which day is said here?"""

from datetime import date, timedelta

from governor.errors import NotUnderstood
from governor.understanding.findings import Day, How, Instant, Line, Unclear, Value
from governor.understanding.lexicon import Sort, Unit
from governor.understanding.numbers import is_digits, whole
from governor.understanding.parts import is_eve

ONE = timedelta(days=1)
WEEK = timedelta(days=7)
LAST_YEAR = 2199
MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


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
    j = j + 1 if line.lower(j) in {"in", "of"} and is_digits(line, j + 1) and j == i else j
    number = whole(line, j)
    if number is None:
        return None
    if is_digits(line, j) and len(line.terms[j].text) != 4:
        return None
    if line.tells_hour(j + 1):
        return None
    return number if 1900 <= number[0] <= LAST_YEAR else None


STRETCHES = frozenset({Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR})
SOON = frozenset({"nanti", "ntar", "entar", "besok", "bsk", "besuk"})  # Sabtu besok: the Saturday to come


def step_at(line: Line, i: int) -> tuple[int, int] | None:
    """Return how many units on: *next* 1, *this* 0, *last* -1; and the place after the word."""
    steps = 0
    j = i
    while steps < 3 and line.value(j, Sort.NEXT):
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


def read_weekday(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a weekday: *Jumat depan*, *next Friday*, *hari Senin*, *malam Jumat*, *Friday after next*."""
    glued = line.value(i, Sort.EVE) == 2  # malming
    eve = glued or is_eve(line, i)
    j = line.skip(i + 1 if eve and not glued else i, Sort.DAY, Sort.THE)
    before = step_at(line, j) if not eve else None
    coming = before is not None and bool(line.value(j, Sort.COMING))
    j = j if before is None else before[1]
    weekday = line.number(j, Sort.WEEKDAY)
    if weekday is None or ((j == i or line.lower(j) == "min") and _is_no_weekday(line, j)):
        return None
    j += 1
    if (counted := _weeks_after(line, j, weekday, bare=before is None)) is not None:
        return counted, j + 1, "weekday"
    j = j + 1 if line.lower(j) == "." and line.touches(j) and len(line.lower(j - 1)) <= 4 else j
    if before is None:
        before, coming, j = _step_after(line, j)
    step = None if before is None else before[0]
    day = _weekday(line, weekday, step, coming=coming)
    if eve:
        return one(day - ONE, How.WEEKDAY, weekday=(weekday - 1) % 7)._replace(part="malam"), j, "eve-of-weekday"
    how = How.NEXT_WEEKDAY if step and not coming else How.WEEKDAY
    found = one(day, how, weekday=weekday)
    if weekday == line.today.weekday() and not step and not coming and line.after is None:
        found = found._replace(others=(line.today,), assumed=("weekday-of-today",))
    return found, j, "weekday"


def read_week_on(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *week on Friday*, a week after the Friday to come, where no name such as *freshers' week* ends in it."""
    weekday = line.number(i + 2, Sort.WEEKDAY)
    if weekday is None or line.lower(i) != "week" or line.value(i + 1, Sort.ON) != 1 or line.lower(i - 1) not in NAMED:
        return None
    day = line.today + timedelta(days=days_to(line.today, weekday)) + WEEK
    return one(day, How.NEXT_WEEKDAY, weekday=weekday), i + 3, "weekday"


NAMED = frozenset({"", ",", "meeting", "meet", "mtg", "session", "practice", "training", "call", "agm", "is", "to"})


def _weeks_after(line: Line, j: int, weekday: int, *, bare: bool) -> Day | None:
    """Return the day of *Friday week*, *Friday fortnight* or *Friday after next*, of which the end stands at *j*."""
    coming = line.today + timedelta(days=days_to(line.today, weekday))
    if bare and line.lower(j) == "week" and line.value(j + 1, Sort.ON) is None:
        return one(coming + WEEK, How.NEXT_WEEKDAY, weekday=weekday)
    if bare and line.lower(j) == "fortnight":
        return one(coming + 2 * WEEK, How.NEXT_WEEKDAY, weekday=weekday)
    return _after_next(line, weekday) if line.value(j, Sort.AFTER_NEXT) else None


def _step_after(line: Line, j: int) -> tuple[tuple[int, int] | None, bool, int]:
    """Return the step said after a weekday (*Jumat depan*), whether it only means the next to come, and the place
    after it; in *Friday next week* the step is the week's.
    """
    if line.number(j, Sort.RELATIVE) in {0, 1} and line.lower(j) in SOON:
        j += 1
    after = step_at(line, j)
    of_stretch = line.value(j + 1, Sort.UNIT) in STRETCHES and line.lower(j) in BEFORE_STRETCH
    if after is None or of_stretch:
        return None, False, j
    return after, bool(line.value(j, Sort.COMING)), after[1]


BEFORE_STRETCH = frozenset({"next", "this", "last", "the following", "following"})


def _after_next(line: Line, weekday: int) -> Day:
    """Return the weekday of the week after next; also the second such weekday to come, where this is another day."""
    second = line.today + timedelta(days=days_to(line.today, weekday)) + WEEK
    in_week = monday_of(line.today) + 2 * WEEK + timedelta(days=weekday)
    found = one(in_week, How.NEXT_WEEKDAY, weekday=weekday)
    return found if second == in_week else found._replace(others=(second,), assumed=("after-next",))


ACRONYMS = frozenset({"kms", "rab", "sel"})  # in capitals: a card of health, a budget, a group


def _is_no_weekday(line: Line, i: int) -> bool:
    """Say whether a short or ambiguous word is no weekday here: *2 minggu*, *minggu depan*, *5 min*, *sun* in *the
    sun*.
    """
    word = line.lower(i)
    if word in ACRONYMS and line.terms[i].text.isupper() and not is_digits(line, i + 1):
        return any(term.text.islower() for term in line.terms)
    if word in {"minggu", "mgg"}:
        if line.value(i - 1, Sort.DAY) or line.value(i - 1, Sort.ON) == 1:
            return False
        if _sunday_said(line, i) and not line.value(i + 1, Sort.LATER):
            return False
        if whole(line, i - 1) is not None or line.value(i - 1, Sort.FEW) is not None:
            return True
        return bool(step_at(line, i + 1) or line.value(i + 1, Sort.AFTER_NEXT)) and not _sunday_said(line, i)
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
        and line.terms[i - 1].lower != "."
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
    if line.value(i, Sort.SOON):
        return Instant(line.at), i + 1, "soon"
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
