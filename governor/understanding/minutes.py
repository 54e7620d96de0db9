"""Which minutes stand behind an hour?"""

from governor.understanding.findings import Line
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import figures, is_digits, whole
from governor.understanding.tokens import Shape

FIRST_SPOKEN = 10  # a smaller number after an hour is not surely its minutes
MINUTES_MARKS = frozenset(":.")
SOFTENERS = frozenset({"ya", "yaa", "dong", "yuk", "please", "pls", "nih"})
NUMBERED = frozenset({
    "version", "versi", "v", "room", "ruang", "ruangan", "chapter", "bab", "pasal", "article", "section", "£", "$", "€",
})  # fmt: skip
EACH = frozenset({"per", "each", "%", "/"})
AFTER_MINUTES = frozenset({
    Sort.MERIDIEM, Sort.PART, Sort.TODAY_PART, Sort.RELATIVE, Sort.WEEKDAY, Sort.ON, Sort.NEXT, Sort.THIS, Sort.FOR,
    Sort.ZONE, Sort.EVERY,
})  # fmt: skip


def has_suffix(line: Line, i: int) -> bool:
    """Say whether what stands at *i* tells that figures before it are an hour: *am*, *malam*, *sharp*, *WIB*."""
    return any(
        line.value(i, sort) is not None for sort in (Sort.MERIDIEM, Sort.PART, Sort.OCLOCK, Sort.ZONE, Sort.ABOUT)
    )


def minutes_after(line: Line, j: int, digits: bool, cue: bool) -> tuple[int | None, int, int, bool]:
    """Return minute, second, the place after them, and whether their form alone says that this is a time."""
    mark = line.lower(j)
    if digits and mark in MINUTES_MARKS and mark and line.touches(j) and line.touches(j + 1):
        minute = figures(line, j + 1)
        if minute is not None and len(line.terms[j + 1].text) == 2 and minute < 60:
            return _seconds(line, j, minute, mark, cue)
        if mark == ":" or (minute is not None and not cue):
            return None, 0, j, False
    if digits and mark == "h" and line.touches(j):
        return _french(line, j)
    if mark in {"minute", "minutes"}:
        return 0, 0, j, False
    spoken = _spoken_minutes(line, j, digits, cue)
    if spoken is not None:
        return spoken[0], 0, spoken[1], not digits
    return 0, 0, j, False


def _seconds(line: Line, j: int, minute: int, mark: str, cue: bool) -> tuple[int | None, int, int, bool]:
    end = j + 2
    if line.lower(end) == mark and line.touches(end) and line.touches(end + 1):
        second = figures(line, end + 1)
        if second is not None and second < 60 and len(line.terms[end + 1].text) == 2 and mark == ":":
            return minute, second, end + 2, True
        return None, 0, j, False  # a date: 31.10.2013
    if mark == "." and not cue and (line.lower(j - 2) in NUMBERED or line.lower(end) in EACH):
        return None, 0, j, False
    if (
        mark == "."
        and not cue
        and not has_suffix(line, end)
        and line.value(j - 2, Sort.WEEKDAY) is None
        and line.language == "en"
        and (minute <= 12 and minute % 5)
    ):
        return None, 0, j, False
    return minute, 0, end, True


def _french(line: Line, j: int) -> tuple[int | None, int, int, bool]:
    """Read the minutes of *16h30*, *16h*; *2h30m* is a length."""
    minute = figures(line, j + 1)
    if minute is None or not line.touches(j + 1):
        hour = figures(line, j - 1) or 0
        ok = (
            hour > 12
            or line.value(j - 2, Sort.AT) is not None
            or line.lower(j - 2) == "-"
            or line.lower(j + 1) == "-"
            or line.value(j + 1, Sort.ZONE) is not None
        )
        return (0, 0, j + 1, True) if ok else (None, 0, j, False)
    if (
        minute > 59
        or len(line.terms[j + 1].text) != 2
        or (line.touches(j + 2) and line.terms[j + 2].shape is Shape.WORD)
    ):
        return None, 0, j, False
    return minute, 0, j + 2, True


def _spoken_minutes(line: Line, j: int, digits: bool, cue: bool) -> tuple[int, int] | None:
    """Read the minutes of *three twenty*, *nine fifty nine*, *at 3 15*."""
    if digits and not (cue and is_digits(line, j) and len(line.terms[j].text) == 2 and line.language == "en"):
        return None
    if not digits and is_digits(line, j):
        return None
    nought = line.lower(j) in {"oh", "o"}
    j = j + 1 if nought or (line.lower(j) == "-" and line.touches(j) and line.touches(j + 1)) else j
    minute = whole(line, j)
    least = 1 if nought or (cue and not digits and _is_followed_by_time(line, minute)) else FIRST_SPOKEN
    if (
        minute is None
        or not least <= minute[0] < 60
        or line.value(minute[1], Sort.UNIT)
        or line.value(minute[1], Sort.MONTH)
    ):
        return None
    return minute


def _is_followed_by_time(line: Line, minute: tuple[int, int] | None) -> bool:
    """Say whether nothing follows that the number could count: *at eleven five tomorrow*, but not *at eleven five of
    us meet*.
    """
    if minute is None or minute[1] >= line.count:
        return minute is not None
    after = line.terms[minute[1]]
    return after.shape is Shape.MARK or after.lower in SOFTENERS or not AFTER_MINUTES.isdisjoint(after.senses)
