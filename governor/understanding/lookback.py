"""Which stretch of the year is looked back on here?"""

from datetime import date, timedelta

from governor.understanding.days import ONE, first_of, year_at
from governor.understanding.findings import Day, How, Line, Value
from governor.understanding.lengths import added, spans
from governor.understanding.lexicon import Sort, Unit
from governor.understanding.numbers import figures, ordinal
from governor.understanding.stretches import month_said

BACKWARDS = frozenset({"terakhir", "belakangan", "ke belakang"})
OPENS_PERIOD = frozenset({
    "of", "in", "for", "from", "since", "during", "pada", "dari", "sejak", "selama", "di",
    "keputusan", "decisions", "resolutions", "rapat", "meetings",
})  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
PIECES_OF_YEAR = {"quarter": 3, "half": 6}
FAR = 6  # words within which the one that makes a length a stretch must stand
MOST_BACK = timedelta(days=3660)


def read_past_length(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *the last two weeks*, *past 30 days*, *3 bulan terakhir*: up to and with today, or at the end of a month."""
    j = line.skip(i, Sort.THE)
    ahead = bool(line.value(j, Sort.LAST)) and line.language == "en"
    if not ahead and not any(line.lower(k) in BACKWARDS for k in range(j + 1, j + FAR)):
        return None
    found = spans(line, j + 1 if ahead else j)
    if found is None or not found[0].grain_days or found[0].delta > MOST_BACK:
        return None
    length, end = found
    if not ahead:
        if line.lower(end) not in BACKWARDS:
            return None
        end += 1
    month = month_said(line, line.skip(end, Sort.OF))
    until = line.today + ONE if month is None else month[0].until
    first = added(line.at.replace(year=until.year, month=until.month, day=until.day), length, -1)
    if first is None:
        return None
    return Day(first.date(), until, How.STRETCH), end if month is None else month[1], "past-length"


def read_first_length(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *the first two weeks of May*, *2 minggu pertama Desember*."""
    j = line.skip(i, Sort.THE)
    nth = ordinal(line, j)
    if nth is None and not any(line.number(k, Sort.ORDINAL) == 1 for k in range(j + 1, j + FAR)):
        return None
    found = spans(line, j if nth is None else nth[1])
    if found is None or not found[0].grain_days:
        return None
    length, end = found
    if nth is None:
        nth = ordinal(line, end)
        end = end if nth is None else nth[1]
    if nth is None or nth[0] != 1:
        return None
    k = line.skip(end, Sort.OF, Sort.THE)
    year = year_at(line, k) if k > end else None
    whole = (
        month_said(line, k) if year is None else (Day(date(year[0], 1, 1), date(year[0] + 1, 1, 1), How.YEAR), year[1])
    )
    if whole is None or whole[0].how not in {How.MONTH, How.YEAR}:
        return None
    first = whole[0].first
    until = added(line.at.replace(year=first.year, month=first.month, day=first.day), length)
    if until is None or not first < until.date() <= whole[0].until:
        return None
    return Day(first, until.date(), How.STRETCH, assumed=whole[0].assumed), whole[1], "first-length"


def read_piece_of_year(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *Q3*, *the third quarter of 2026*, *triwulan III*, *semester 1*, *semester ini*, after a word like *of*."""
    if line.lower(i - 1) not in OPENS_PERIOD:
        return None
    j = line.skip(i, Sort.THE)
    found = _piece(line, j)
    if found is None:
        return None
    months, number, end = found
    if not 1 <= number <= 12 // months:
        return None
    k = line.skip(end, Sort.OF)
    year = year_at(line, k)
    start = year[0] if year else line.today.year
    first = first_of(start, (number - 1) * months + 1)
    day = Day(first, first_of(start, number * months + 1), How.MONTH, assumed=() if year else ("year",))
    return day, year[1] if year else end, "piece-of-year"


def _piece(line: Line, j: int) -> tuple[int, int, int] | None:
    """Return how many months the piece has, which of the year's it is, and the place after it."""
    quarter = line.number(j, Sort.NTH_QUARTER)
    if quarter:
        return 3, quarter, j + 1
    if quarter == 0:
        return _numbered(line, j + 1, 6)
    if line.value(j, Sort.UNIT) is Unit.QUARTER:
        return _numbered(line, j + 1, 3)
    nth = ordinal(line, j)
    if nth is not None and line.lower(nth[1]) in PIECES_OF_YEAR:
        months = PIECES_OF_YEAR[line.lower(nth[1])]
        if months == 3 or line.lower(nth[1] + 1) == "of":
            return months, nth[0], nth[1] + 1
    return None


def _numbered(line: Line, j: int, months: int) -> tuple[int, int, int] | None:
    nth = ordinal(line, j)
    if nth is not None:
        return months, nth[0], nth[1]
    number = figures(line, j) or ROMAN.get(line.lower(j))
    if number is not None:
        return months, number, j + 1
    step = 0 if line.value(j, Sort.THIS) else -1 if line.value(j, Sort.LAST) else None
    if step is None or months == 3:  # this quarter is a stretch like this month
        return None
    current = (line.today.month - 1) // months + 1 + step
    return (months, current, j + 1) if current >= 1 else None
