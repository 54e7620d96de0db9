"""Which part of the day is it?"""

from governor.understanding.findings import Clock, Line, Part, Value
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import is_digits, ordinal

LOOSE_PARTS = frozenset({"morning", "afternoon", "evening", "night", "mornings", "afternoons", "evenings", "nights"})
MOST_NIGHTS = 5  # that a number before malam counts, where no word makes it an hour

PARTS_OF_DAY: dict[str, tuple[int, int]] = {
    "small-hours": (0, 4), "pagi": (6, 11), "siang": (12, 15), "malam": (18, 24),
    "dawn": (4, 6), "early-morning": (6, 9), "morning": (8, 12), "noon": (12, 16),
    "after-noon": (12, 16), "lunch": (12, 14), "after-lunch": (13, 17), "after-school": (15, 21),
    "after-work": (17, 21), "afternoon": (15, 18), "dusk": (17, 19), "evening": (18, 22), "night": (20, 24),
    "midnight": (0, 1), "midday": (12, 13), "work": (8, 18), "daytime": (8, 18), "night-time": (0, 8),
}  # fmt: skip


# From which hour on, and until which, a bare 12-hour number in that part of the day is after noon.
AFTERNOON = {
    "noon": (1, 6),
    "siang": (1, 6),
    "after-noon": (1, 11),
    "lunch": (1, 4),
    "afternoon": (1, 11),
    "dusk": (1, 11),
    "evening": (5, 11),
    "after-lunch": (1, 6),
}


def hours_of(part: str) -> tuple[int, int]:
    """Return the hours from and until which the *part* of the day lasts; *pagi* is earlier than *morning*."""
    return PARTS_OF_DAY[part]


def in_part(clock: Clock, part: str) -> Clock:
    """Return *clock* in that part of the day: *jam 7 malam* is 19:00, *jam 1 malam* is 01:00 and *12 malam* is
    midnight.
    """
    if clock.hour > 12 or (clock.sure and clock.rule in {"meridiem", "named-time", "prayer"}):
        return clock._replace(sure=True)
    hour = clock.hour % 12
    if part in {"night", "malam", "midnight"}:
        later = hour >= 5
        midnight = 1 if hour == 0 and not later else 0
        return clock._replace(hour=hour + 12 if later else hour, sure=True, shift=midnight)
    if part == "evening" and clock.hour == 12:
        return clock._replace(hour=0, sure=True, shift=1)
    if part in AFTERNOON:
        first, last = AFTERNOON[part]
        if clock.hour == 12 or first <= hour <= last:
            hour += 12
        return clock._replace(hour=hour, sure=True)
    if part == "work":
        return clock._replace(hour=hour + 12 if hour < 7 else hour, sure=True)
    if part in {"after-work", "after-school"}:
        return clock._replace(hour=hour + 12, sure=True)
    return clock._replace(hour=hour, sure=True)


def is_eve(line: Line, i: int) -> bool:
    """Say whether *malam Jumat* stands here; in *jam 8 malam minggu kedua* the night ends before a week."""
    if not line.value(i, Sort.EVE) or line.value(i + 1, Sort.WEEKDAY) is None:
        return False
    return line.terms[i + 1].text != "minggu" or ordinal(line, i + 2) is None


def read_part(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a part of the day: *besok pagi*, *this evening*, *early morning*."""
    shade = 0
    early = line.number(i, Sort.EARLY)
    j = i
    if early is not None:
        shade, j = early, i + 1
        j = j + 1 if line.lower(j) == "-" else j
    name = line.name(j, Sort.TODAY_PART)
    if name is not None and name != "past":
        return Part(name, shade, today=True), j + 1, "part-of-today"
    half = line.lower(i) if line.terms[i].text.isupper() else ""
    if half in {"am", "pm"} and (line.value(i - 1, Sort.WEEKDAY) is not None or is_digits(line, i - 1)):
        return Part("morning" if half == "am" else "after-noon"), i + 1, "part-of-day"
    name = line.name(j, Sort.PART)
    if name is None or is_eve(line, j):
        return None
    return Part(name, shade), j + 1, "part-of-day"
