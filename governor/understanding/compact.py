"""Which time of day is written in figures alone?"""

from governor.understanding.findings import Clock, Line
from governor.understanding.lexicon import Sort, Unit
from governor.understanding.minutes import SOFTENERS, has_suffix
from governor.understanding.numbers import figures
from governor.understanding.tokens import Shape

DAYS_BESIDE = (Sort.WEEKDAY, Sort.RELATIVE, Sort.PART, Sort.TODAY_PART)
YEARS = range(1900, 2100)
NEAR_YEARS = 10
WHOLE = 4  # figures of a time that needs no word beside it


def read_compact(line: Line, i: int, cue: bool) -> tuple[Clock, int, bool] | None:
    """Read *1030*, *0730*, *615* where something says that it is a time; and whether its form alone says so."""
    told = _time(line, i)
    if told is None:
        return None
    strong = is_compact(line, i)
    text = line.terms[i].text
    if not (cue or strong) and len(text) == WHOLE and text[0] in "12" and not has_suffix(line, i + 1):
        return None
    end = i + 2 if _is_in_hours(line, i) else i + 1
    return Clock(*told, sure=told[0] > 12 or text[0] == "0"), end, strong


def is_compact(line: Line, i: int) -> bool:
    """Say whether four figures are a time by what stands beside them: *0800 to 1730*, *Saturday 1930*, *1600 UTC*."""
    if not (0 <= i < line.count and len(line.terms[i].text) == WHOLE) or _time(line, i) is None:
        return False
    beside = _follows_day(line, i) or any(line.value(i + 1, sort) is not None for sort in DAYS_BESIDE)
    if _is_in_hours(line, i) or line.value(i + 1, Sort.ZONE) is not None or _is_in_range(line, i, beside):
        return True
    if line.terms[i].text[0] == "0":
        return beside or "-" in {line.lower(i - 1), line.lower(i + 1)}
    year = abs((figures(line, i) or 0) - line.today.year) <= NEAR_YEARS
    return beside and not (figures(line, i) or 0) % (15 if year else 5) and _names_nothing(line, i + 1)


def _time(line: Line, i: int) -> tuple[int, int] | None:
    hour, minute = divmod(figures(line, i) or 0, 100)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _follows_day(line: Line, i: int) -> bool:
    j = i - 2 if line.lower(i - 1) == "," else i - 1
    if line.terms[i].text[0] == "0" and (
        line.value(j, Sort.MONTH) is not None or line.lower(j) in {"st", "nd", "rd", "th"}
    ):
        return True
    of_year = figures(line, j) in YEARS and len(line.terms[j].text) == WHOLE
    if of_year and (line.value(j - 1, Sort.MONTH) is not None or line.lower(j - 1) in {"/", "-"}):
        return True  # 27 Nov 2026 1930
    return any(line.value(j, sort) is not None for sort in DAYS_BESIDE)


def _is_in_hours(line: Line, i: int) -> bool:
    """Say whether *hrs* stands behind: *0900hrs*, *1400 hours*, but not *1400 hours of work*."""
    return line.value(i + 1, Sort.UNIT) is Unit.HOUR and not line.value(i + 1, Sort.CLOCK) and line.lower(i + 2) != "of"


def _is_in_range(line: Line, i: int, beside: bool) -> bool:
    """Say whether another such time stands after *to* or a dash, or before; two years need a day beside them."""
    for mark, other in ((i + 1, i + 2), (i - 1, i - 2)):
        joined = line.value(mark, Sort.UNTIL) or line.lower(mark) == "-" or line.lower(mark) == "ke"
        if (
            not joined
            or figures(line, other) is None
            or len(line.terms[other].text) != WHOLE
            or _time(line, other) is None
        ):
            continue
        years = {figures(line, i), figures(line, other)} <= set(YEARS)
        return beside or not years or _follows_day(line, min(i, other))
    return False


def _names_nothing(line: Line, i: int) -> bool:
    """Say whether nothing stands at *i* that figures could count: *Friday 1500 people*."""
    ends = i >= line.count or line.terms[i].shape is not Shape.WORD
    return ends or bool(line.terms[i].words) or line.lower(i) in SOFTENERS
