"""How long, or how far from now, is said here?"""

from datetime import datetime, timedelta

from governor.understanding.findings import Day, How, Instant, Length, Line, Value
from governor.understanding.lexicon import Sort, Span, Unit
from governor.understanding.numbers import figures, is_digits, whole

SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600, Unit.DAY: 86400, Unit.WEEK: 604800}
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
LONGEST = timedelta(days=366 * 20)
MOST_MONTHS = 240
MOST_UNITS = 5  # in one length
OCCASIONS = frozenset({"pertemuan", "sesi", "latihan", "session", "meeting", "class", "time"})


def read_length(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a length: *selama 90 menit*, *1,5 jam*, *an hour and a half*, *2h30m*."""
    start = i
    said_for = False
    while i < start + 3 and line.value(i, Sort.FOR) and (line.value(i, Sort.FOR) == 1 or not said_for):
        said_for = True
        i += 1
    i = line.skip(i, Sort.ABOUT, Sort.LATEST)
    found = None if _is_of_word(line, i) else spans(line, i)
    if found is None or (i == start + 1 and line.lower(start) == "of"):
        return None
    length, end = found
    if line.value(end, Sort.EVERY) and line.lower(end + 1) not in OCCASIONS and length.grain_days:
        return None  # two days every week
    end = (
        end + 2
        if line.lower(end + 1) in OCCASIONS and (line.value(end, Sort.EVERY) or line.lower(end) == "per")
        else end
    )
    return Length(length.months, length.delta, said_for, length.grain_days), end, "length"


def _is_of_word(line: Line, i: int) -> bool:
    """Say whether figures end a word, and count nothing: *under-12s*."""
    return line.lower(i - 1) == "-" and line.touches(i) and line.touches(i - 1) and not is_digits(line, i - 2)


def read_all_day(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *seharian*, *all day*: days and no hours."""
    is_said = line.value(i, Sort.ALL_DAY)
    return (Length(0, timedelta(days=1), grain_days=True), i + 1, "all-day") if is_said else None


def spans(line: Line, i: int) -> tuple[Length, int] | None:
    """Return the length at *i*, of one or more units, and the place after it."""
    first = _span(line, i)
    if first is None:
        return None
    total, end = [first[0]], first[1]
    while len(total) < MOST_UNITS:
        j = end + 1 if line.value(end, Sort.AND) or line.lower(end) == "," else end
        more = (
            _half_more(line, j, total[-1].unit)
            or (_span(line, j) if j == end or line.value(end, Sort.AND) else None)
            or _minutes_more(line, j, total[-1].unit)
        )
        if more is None or _rank(more[0].unit) > _rank(total[-1].unit):
            break
        total.append(more[0])
        end = more[1]
    length = _sum(total)
    return None if length is None else (length, end)


def _rank(unit: Unit) -> int:
    return list(Unit).index(unit)


def _sum(total: list[Span]) -> Length | None:
    months, seconds = 0.0, 0.0
    for span in total:
        if span.unit in MONTHS:
            months += span.count * MONTHS[span.unit]
        else:
            seconds += span.count * SECONDS[span.unit]
    if months != int(months):
        seconds, months = seconds + (months - int(months)) * 30 * 86400, int(months)
    if months > MOST_MONTHS or seconds > LONGEST.total_seconds():
        return None
    days = all(span.unit in MONTHS or span.unit in {Unit.DAY, Unit.WEEK} for span in total) and seconds % 86400 == 0
    return Length(int(months), timedelta(seconds=round(seconds)), grain_days=days)


def _unit(line: Line, i: int) -> tuple[Unit, int] | None:
    i = i + 1 if line.lower(i) == "-" and line.touches(i) else i
    i = i + 1 if line.lower(i) in {"business", "working"} else i
    value = line.value(i, Sort.UNIT)
    if isinstance(value, Unit):
        if line.value(i, Sort.CLOCK) and not _is_length(line, i):
            return None
        if line.value(i, Sort.DAY) and line.value(i + 1, Sort.WEEKDAY) is not None and not _is_week(line, i + 1):
            return None  # jam 11 hari Minggu
        if line.lower(i) == "th" and line.language == "en":
            return None  # the 6th
        if len(line.lower(i)) == 1 and not line.touches(i) and line.lower(i) != "h":
            return None
        return value, i + 1
    if line.lower(i) == "'" and line.touches(i):
        return Unit.MINUTE, i + 1
    if line.value(i, Sort.WORKDAYS) and line.lower(i).endswith(("day", "days")):
        return Unit.DAY, i + 1
    return None


def _is_week(line: Line, i: int) -> bool:
    """Say whether *minggu* at *i* is a week: *3 hari minggu depan*."""
    return line.terms[i].text == "minggu" and bool(line.value(i + 1, Sort.NEXT) or line.value(i + 1, Sort.THIS))


def _is_length(line: Line, i: int) -> bool:
    """Say whether *jam* after a number is its unit, and not the word before a time: *2 jam 30 menit* but *25/12 jam
    9*.
    """
    after = whole(line, i + 1)
    return after is None or line.value(after[1], Sort.UNIT) is Unit.MINUTE or line.lower(i - 2) not in {"/", "-", "."}


def _span(line: Line, i: int) -> tuple[Span, int] | None:
    """Return one count of one unit."""
    fixed = line.value(i, Sort.LENGTH)
    if isinstance(fixed, Span):
        return fixed, i + 1
    if line.value(i, Sort.ARTICLE) and isinstance(line.value(i + 1, Sort.LENGTH), Span):
        return _span(line, i + 1)
    count = _count(line, i)
    if count is None:
        return None
    value, j = count
    if line.value(j, Sort.OF) == 1 and (value in {0.25, 0.5, 0.75} or value % 1 or value == 2):
        j += 1
    j = j + 1 if value in {0.25, 0.5, 0.75} and line.value(j, Sort.ARTICLE) else j
    fixed = line.value(j, Sort.LENGTH)
    if isinstance(fixed, Span) and line.terms[j].words[0].language == "en":
        return Span(value * fixed.count, fixed.unit), j + 1
    unit = _unit(line, j)
    return None if unit is None else (Span(value, unit[0]), unit[1])


def _count(line: Line, i: int) -> tuple[float, int] | None:
    """Return a count, fractions and all: *1,5*, *1/2*, *satu setengah*, *one and a half*, *half*, *a*."""
    if line.value(i, Sort.HALF) or (line.value(i, Sort.ARTICLE) and line.value(i + 1, Sort.HALF)):
        return 0.5, i + 1 if line.value(i, Sort.HALF) else i + 2
    if line.value(i, Sort.ARTICLE) and line.value(i + 1, Sort.QUARTER) and _of_an_hour(line, i + 2):
        return 0.25, i + 2
    if line.value(i, Sort.QUARTER) and not line.value(i + 1, Sort.NEXT):
        return 0.25, i + 1
    few = line.number(i, Sort.FEW)
    if few is not None:
        return few, i + 1
    number = (
        None if is_digits(line, i) and line.terms[i].text[0] == "0" and len(line.terms[i].text) > 1 else whole(line, i)
    )
    if number is None:
        return (1, i + 1) if line.value(i, Sort.ARTICLE) else None
    value, j = number
    return _fraction(line, i, float(value), j)


def _of_an_hour(line: Line, j: int) -> bool:
    j = j + 1 if line.value(j, Sort.OF) else j
    return line.value(line.skip(j, Sort.ARTICLE), Sort.UNIT) is Unit.HOUR


def _fraction(line: Line, i: int, value: float, j: int) -> tuple[float, int]:
    if (
        is_digits(line, j)
        and line.lower(j + 1) == "/"
        and (figures(line, j + 2) or 0) in {2, 4}
        and not line.touches(j)
    ):
        part = (figures(line, j) or 0) / (figures(line, j + 2) or 1)
        return (value + part, j + 3) if part < 1 else (value, j)
    if line.value(j, Sort.QUARTER) and _of_an_hour(line, j + 1):
        return value / 4, j + 1
    mark = line.lower(j)
    if (
        is_digits(line, i)
        and mark in {",", ".", "/"}
        and line.touches(j)
        and line.touches(j + 1)
        and is_digits(line, j + 1)
    ):
        other = figures(line, j + 1) or 0
        if mark == "/":
            return (value / other, j + 2) if value < other <= 4 else (value, j)
        return value + other / 10 ** len(line.terms[j + 1].text), j + 2
    if line.value(j, Sort.HALF) and line.value(j + 1, Sort.UNIT):
        return value + 0.5, j + 1
    if line.lower(j) == "perempat":
        return value / 4, j + 1
    if line.value(j, Sort.AND):
        k = j + 2 if line.value(j + 1, Sort.ARTICLE) else j + 1
        quarters = line.number(k, Sort.NUMBER) or 1
        k = k + 1 if line.value(k, Sort.NUMBER) and line.value(k + 1, Sort.QUARTER) else k
        piece = 0.5 if line.value(k, Sort.HALF) else 0.25 * quarters if line.value(k, Sort.QUARTER) else 0
        after = k + 2 if line.value(k + 1, Sort.OF) else k + 1
        if piece and line.value(after, Sort.UNIT):
            return value + piece, after
    return value, j


def _half_more(line: Line, j: int, unit: Unit) -> tuple[Span, int] | None:
    """Read the half after a unit: *an hour and a half*, *sejam setengah*."""
    k = j + 1 if line.value(j, Sort.ARTICLE) else j
    if line.value(k, Sort.HALF) and whole(line, k + 1) is None and not line.value(k + 1, Sort.UNIT):
        return Span(0.5, unit), k + 1
    return None


def _minutes_more(line: Line, j: int, unit: Unit) -> tuple[Span, int] | None:
    """Read minutes without their unit: *1 hour thirty*, *2 hours and 10*."""
    if unit is not Unit.HOUR or (line.value(j - 1, Sort.UNIT) is None and line.value(j - 1, Sort.AND) is None):
        return None
    number = whole(line, j)
    if (
        number is None
        or not 0 < number[0] < 60
        or line.terms[j - 1].words[0].language != "en"
        or line.value(number[1], Sort.MERIDIEM) is not None
    ):
        return None
    return Span(number[0], Unit.MINUTE), number[1]


def months_later(day: datetime, months: int) -> datetime:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        if number <= day.day:
            try:
                return day.replace(year=year, month=month + 1, day=number)
            except ValueError:
                continue
    return day


def added(moment: datetime, length: Length, sign: int = 1) -> datetime | None:
    """Return *moment* moved by *length*: months by the calendar, the rest by the clock on the wall. None: out of
    range.
    """
    try:
        return months_later(moment, sign * length.months) + sign * length.delta
    except (OverflowError, ValueError):
        return None


def read_later(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a moment counted from now: *3 hari lagi*, *dalam dua minggu*, *in an hour*, *two weeks from today*."""
    i = line.skip(i, Sort.ABOUT)
    j = i + 1 if line.value(i, Sort.IN) else i
    j = line.skip(j, Sort.ABOUT) if j > i else j
    j = j + 1 if j > i and line.value(j, Sort.THE) and line.value(j + 1, Sort.NEXT) else j
    j = j + 1 if j > i and (line.lower(j) in {"next", "upcoming"} or line.value(j, Sort.COMING)) else j
    found = spans(line, j)
    if found is None:
        return None
    length, end = found
    within = line.lower(i) == "within"
    later = bool(line.value(end, Sort.LATER)) or line.lower(end) == "time"
    if line.lower(end) == "out" or (line.value(end, Sort.LATER) is None and not later and j == i):
        return None
    return _moment(line, length, end + 1 if later else end, within)


def _moment(line: Line, length: Length, end: int, within: bool) -> tuple[Value, int, str] | None:
    moment = added(line.at, length)
    if moment is None:
        return None
    if within:
        return Instant(line.at, moment), end, "within"
    if length.grain_days:
        weeks = -7 if length.months or length.delta.days % 7 == 0 else None
        return (
            Day(moment.date(), moment.date() + timedelta(days=1), How.RELATIVE, number=weeks),
            end,
            "counted-from-now",
        )
    return Instant(moment), end, "counted-from-now"


def read_coming_length(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read the stretch that starts now: *next 3 days*, *the next two hours*, *3 hari ke depan*."""
    j = i + 1 if line.value(i, Sort.THE) else i
    counted = whole(line, j)
    if counted is not None:
        said = line.lower(counted[1]) == "next" or line.value(counted[1], Sort.COMING)
        return _counted_coming(line, counted[0], counted[1] + 1) if said else None
    if not (line.lower(j) in {"next", "the next"} or line.value(j, Sort.COMING)):
        return None
    found = spans(line, j + 1)
    if found is None or (line.value(j + 1, Sort.UNIT) and not line.value(j + 1, Sort.QUARTER)):
        return None
    return _coming(line, *found)


def _counted_coming(line: Line, count: int, j: int) -> tuple[Value, int, str] | None:
    """Read *the 2 next days*, *5 coming minutes*."""
    unit = line.value(j, Sort.UNIT)
    if not isinstance(unit, Unit) or count < 1 or (count > 1 and not line.lower(j).endswith(("s", "day"))):
        return None
    length = _sum([Span(count, unit)])
    return None if length is None else _coming(line, length, j + 1)


def _coming(line: Line, length: Length, end: int) -> tuple[Value, int, str] | None:
    last = added(line.at, length)
    if last is None:
        return None
    if length.grain_days:
        tomorrow = line.today + timedelta(days=1)
        return Day(tomorrow, max(tomorrow, last.date()) + timedelta(days=1), How.STRETCH), end, "coming-length"
    return Instant(line.at, last), end, "coming-length"
