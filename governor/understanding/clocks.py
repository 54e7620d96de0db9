"""Which time of day is said here?"""

from governor.understanding.compact import is_compact, read_compact
from governor.understanding.findings import Bare, Clock, Line, OpenEnd, Unclear, Value
from governor.understanding.lexicon import Sort, Unit
from governor.understanding.minutes import FIRST_SPOKEN, MINUTES_MARKS, minutes_after
from governor.understanding.numbers import figures, is_digits, ordinal, whole
from governor.understanding.parts import LOOSE_PARTS, MOST_NIGHTS, in_part, is_eve

AFTER_HOUR = frozenset({"ish", "sharp", "exactly", "approximately", "tepat"})
SHORT_UNITS = frozenset({Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.WEEK})
TARGETS = frozenset({"ke", "to", "jadi", "menjadi"})
MARKS_OF_HOUR = MINUTES_MARKS | {"h", "-", "an"}


def read_clock(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a time of day, its half of the day and all: *jam 7 malam*, *half past 3*, *19.30*, *quarter to 4*."""
    j, cue = _cue(line, i)
    figures_only = not cue and is_digits(line, j) and not line.senses[j]
    if figures_only and not _may_follow_hour(line, j + 1) and line.lower(j - 1) != "-" and not is_compact(line, j):
        return None
    body = _body(line, j, cue)
    if body is None:
        return None
    clock, j, strong = body
    clock, j, helped = _suffix(line, clock, j, strong=cue or strong)
    if helped or clock.rule == "half-hour":
        clock, j = _more_or_less(line, clock, j, cue=True)
    if not (strong or helped) and line.value(j, Sort.MONTH) is not None and line.language == "en":
        return None  # by 3 December
    if cue or strong or helped:
        return clock, j, clock.rule
    return None


FOLLOWS_HOUR = (
    Sort.MERIDIEM, Sort.PART, Sort.TODAY_PART, Sort.OCLOCK, Sort.ABOUT, Sort.TO_GO, Sort.PAST, Sort.FROM,
)  # fmt: skip
FOLLOWS_MINUTES = (Sort.TO_GO, Sort.PAST, Sort.FROM)


def _may_follow_hour(line: Line, j: int) -> bool:
    """Say whether what stands at *j* can make a time of the figures before it: *7.30*, *7 pm*, *15 minutes past 3*."""
    if j >= line.count:
        return False
    senses = line.senses[j]
    if not senses:
        return line.terms[j].lower in MARKS_OF_HOUR
    return (
        not senses.keys().isdisjoint(FOLLOWS_HOUR)
        or line.terms[j].lower in MARKS_OF_HOUR
        or (Sort.UNIT in senses and not line.has.isdisjoint(FOLLOWS_MINUTES))
    )


def _cue(line: Line, i: int) -> tuple[int, bool]:
    """Return the place after words like *jam*, *pukul* and *at*, and whether there was one."""
    j = line.skip(i, Sort.ABOUT)
    about = j > i
    k = j
    while k < j + 3 and (line.value(k, Sort.CLOCK) or line.value(k, Sort.AT)):
        k += 1
    if k == j:
        return (j, True) if about and is_digits(line, j) and len(line.terms[j].text) in {3, 4} else (i, False)
    return line.skip(k, Sort.ABOUT, Sort.THE) if not line.value(k, Sort.NAMED_TIME) else k, True


def _body(line: Line, i: int, cue: bool) -> tuple[Clock, int, bool] | None:
    return _named(line, i) or _halves(line, i, cue) or _minutes_of(line, i) or _hour(line, i, cue)


def _named(line: Line, i: int) -> tuple[Clock, int, bool] | None:
    named = line.value(i, Sort.NAMED_TIME)
    if not isinstance(named, tuple):
        return None
    hour, minute = named
    return Clock(hour, minute, sure=True, shift=1 if hour == 0 else 0, rule="named-time"), i + 1, True


def _halves(line: Line, i: int, cue: bool) -> tuple[Clock, int, bool] | None:
    """Read *setengah delapan* (07:30), *half past three* and *half three* (03:30)."""
    if cue and line.lower(i) == "1" and line.lower(i + 1) == "/" and line.lower(i + 2) == "2" and line.language != "en":
        figure = whole(line, i + 3)
        return (
            (Clock((figure[0] - 1) or 12, 30, rule="half-hour"), figure[1], True)
            if figure and 1 <= figure[0] <= 12
            else None
        )
    if not line.value(i, Sort.HALF):
        return None
    english = any(word.language == "en" and word.sort is Sort.HALF for word in line.terms[i].words)
    j = i + 1
    if english and line.value(j, Sort.PAST):
        j += 1
    elif not cue and english and not line.number(j, Sort.NUMBER) and not _is_beside_time(line, i, j):
        return None
    hour = whole(line, j)
    if hour is None or not 1 <= hour[0] <= 12 or line.value(hour[1], Sort.UNIT):
        return None
    value = hour[0] if english else (hour[0] - 1) or 12
    return Clock(value, 30, rule="half-hour"), hour[1], True


def _is_beside_time(line: Line, i: int, j: int) -> bool:
    """Say whether *half* and figures stand beside a day or in a range: *tonight half 7*, *half 6 to 8*."""
    sorts = (Sort.WEEKDAY, Sort.RELATIVE, Sort.PART, Sort.TODAY_PART, Sort.UNTIL, Sort.FROM)
    return any(line.value(k, sort) is not None for k in (i - 1, j + 1) for sort in sorts)


def _amount_of_minutes(line: Line, i: int) -> tuple[int, int] | None:
    i = i + 1 if line.value(i, Sort.ARTICLE) and line.value(i + 1, Sort.QUARTER) else i
    if line.value(i, Sort.QUARTER):
        return 15, i + 1
    number = whole(line, i)
    if number is None or not 0 < number[0] < 60:
        return None
    value, j = number
    if line.value(j, Sort.UNIT) == "minute":
        j += 1
    return value, j


def _minutes_of(line: Line, i: int) -> tuple[Clock, int, bool] | None:
    """Read minutes before the hour they belong to: *quarter to 4*, *twenty after 3pm*, *15 minutes from 1pm*."""
    minutes = None if line.has.isdisjoint(FOLLOWS_MINUTES) else _amount_of_minutes(line, i)
    if minutes is None:
        return None
    amount, j = minutes
    if line.value(j, Sort.TO_GO) and line.terms[j].words[0].language == "en":
        sign = -1
    elif (line.value(j, Sort.PAST) and line.terms[j].words[0].language == "en") or (
        line.value(j, Sort.FROM) and line.lower(j - 1).startswith("min")
    ):
        sign = 1
    else:
        return None
    if sign < 0 and is_digits(line, j - 1) and _is_range(line, i, j):
        return None  # 3 to 4 is a range
    base = _named(line, j + 1) or _hour(line, j + 1, True)
    if base is None or base[0].minute:
        return None
    clock, end, _ = base
    clock, end, _ = _suffix(line, clock, end)
    told = moved(clock, sign * amount)
    figures_said = is_digits(line, j - 1) and not line.value(j - 1, Sort.UNIT)
    if sign < 0 and figures_said and amount <= 12 and line.lower(j) == "to":
        told = told._replace(either=(amount, 0))  # at 10 to 8: from ten until eight?
    return told, end, True


def _is_range(line: Line, i: int, j: int) -> bool:
    """Say whether figures before *to* start a range; *at 10 to 8* would last too long for one."""
    if line.value(j + 1, Sort.NAMED_TIME):
        return line.value(i - 1, Sort.WEEKDAY) is not None  # Friday 10 to noon
    if line.lower(j) != "to":
        return False
    hour = whole(line, j + 1)
    if line.lower(i - 1) != "at" or hour is None:
        return True
    amount = figures(line, i)
    return not (amount in {20, 25} or (amount == 10 and hour[0] < 10))


def moved(clock: Clock, minutes: int) -> Clock:
    """Return *clock* so many minutes later or earlier."""
    days, rest = divmod(clock.hour * 60 + clock.minute + minutes, 1440)
    if rest < 60 and not clock.sure:  # ten to one is in the hour of twelve
        rest += 720
    return clock._replace(hour=rest // 60, minute=rest % 60, shift=clock.shift + days)


def _hour(line: Line, i: int, cue: bool) -> tuple[Clock, int, bool] | None:
    if is_digits(line, i) and len(line.terms[i].text) in {3, 4}:
        return read_compact(line, i, cue)
    number = whole(line, i)
    if number is None or not 0 <= number[0] <= 24:
        return None
    hour, j = number
    digits = is_digits(line, i)
    if digits and ordinal(line, i) is not None:
        return None  # at the 5th
    zero = digits and line.terms[i].text[0] == "0"
    minute, second, j, strong = minutes_after(line, j, digits, cue)
    if minute is None:
        return None
    english = (
        line.value(j, Sort.UNIT) in SHORT_UNITS and line.terms[j].words[0].language == "en" and not line.touches(j)
    )
    if not strong and (english or (line.value(j, Sort.UNIT) and not line.value(j, Sort.MERIDIEM) and not cue)):
        return None
    if hour == 24:
        return (Clock(0, minute, second, sure=True, shift=1), j, strong) if minute == 0 else None
    french = line.lower(j - 2) == "h" or line.lower(j - 1) == "h"
    formal = (
        strong and digits and hour >= 10 and (line.language == "id" or line.value(j, Sort.ZONE) is not None)
    )  # 10.00 and 10:00 WIB are on the clock of 24 hours, 7.30 may not be
    sure = hour > 12 or hour == 0 or zero or french or formal or _after_written_date(line, i)
    said = whole(line, number[1]) if not digits else None
    either = (hour, 0) if said is not None and 0 < said[0] == minute < FIRST_SPOKEN else None  # eleven five
    clock = Clock(hour, minute, second, sure=sure, rule="h-clock" if french else "clock", either=either)
    clock, j = _more_or_less(line, clock, j, cue=cue or strong)
    return clock, j, strong


def _after_written_date(line: Line, i: int) -> bool:
    """Say whether a date with its year stands before: *28/4/2021 4:56* counts 24 hours."""
    year = figures(line, i - 1)
    month = i - 3 if line.lower(i - 2) in {"/", "-", "."} else i - 2
    return year is not None and year >= 1900 and is_digits(line, month) and line.lower(i + 1) == ":"


def _more_or_less(line: Line, clock: Clock, j: int, *, cue: bool) -> tuple[Clock, int]:
    """Read Indonesian minutes after the hour: *jam 8 kurang seperempat*, *jam 7 lewat 10 menit*, *jam 7 seperempat*."""
    if not cue:
        return clock, j
    if line.value(j, Sort.QUARTER) and line.language != "en" and not line.value(j + 1, Sort.UNIT):
        return moved(clock, 15), j + 1
    sign = 1 if line.value(j, Sort.PAST) else -1 if line.value(j, Sort.TO_GO) else 0
    if not sign or any(word.language == "en" for word in line.terms[j].words):
        return clock, j
    if line.value(j + 1, Sort.HALF):
        return moved(clock, sign * 30), j + 2
    minutes = _amount_of_minutes(line, j + 1)
    if minutes is None:
        return clock, j
    return moved(clock, sign * minutes[0]), minutes[1]


def _suffix(line: Line, clock: Clock, j: int, *, strong: bool = True) -> tuple[Clock, int, bool]:
    """Read what follows an hour: *o'clock*, *am*, *malam*, *sharp*; and say whether it makes the number a time."""
    helped = False
    first = j
    while j < first + 3 and (end := _manner(line, j)) is not None:
        helped, j = helped or bool(line.value(j, Sort.OCLOCK)) or line.touches(j), end
    return _meridiem(line, clock, j) or _part_after(line, clock, j, strong=strong or helped) or (clock, j, helped)


def _manner(line: Line, j: int) -> int | None:
    """Return the place after *o'clock*, *sharp* or *-ish*, or None when none stands here."""
    if line.lower(j) == "-" and line.lower(j + 1) in {"ish", "an"} and line.touches(j):
        return j + 2
    if line.lower(j) == "an" and line.touches(j) and is_digits(line, j - 1):
        return j + 1  # jam 7an
    manner = line.value(j, Sort.OCLOCK) or (line.value(j, Sort.ABOUT) and line.lower(j) in AFTER_HOUR)
    return j + 1 if manner else None


def _meridiem(line: Line, clock: Clock, j: int) -> tuple[Clock, int, bool] | None:
    if (
        line.lower(j) == "."
        and line.value(j + 1, Sort.MERIDIEM) is not None
        and line.touches(j)
        and line.touches(j + 1)
    ):
        j += 1
    half = line.number(j, Sort.MERIDIEM)
    single = len(line.lower(j)) == 1
    if half == 12 and 12 < clock.hour < 24 and not single:
        return clock, j + 1, True  # 13pm
    if half is None or clock.hour > 12 or (single and not (line.touches(j) and line.terms[j].text.islower())):
        return None
    j += 1
    if line.lower(j) == "." and line.touches(j) and line.lower(j - 1) in {"a", "p"}:
        j += 1
    shift = 1 if clock.hour == 12 and half == 0 else clock.shift
    return clock._replace(hour=clock.hour % 12 + half, sure=True, shift=shift, rule="meridiem"), j, True


def _part_after(line: Line, clock: Clock, j: int, *, strong: bool) -> tuple[Clock, int, bool] | None:
    part = line.name(j, Sort.PART) or _today_part(line, j)
    if part is None or part == "past" or (line.lower(j) in LOOSE_PARTS and not strong):
        return None
    if line.lower(j) == "malam" and clock.hour <= MOST_NIGHTS and not strong:
        return None  # tiga malam: three nights
    if is_eve(line, j):
        return None
    return in_part(clock, part), _past_word(line, j), True


def _today_part(line: Line, j: int) -> str | None:
    """Return the part of *tonight* after an hour, but leave the word itself, which also names the day, to be read
    again.
    """
    return line.name(j, Sort.TODAY_PART)


def _past_word(line: Line, j: int) -> int:
    return j if line.value(j, Sort.TODAY_PART) is not None else j + 1


def read_bare(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a number that may be an hour."""
    number = whole(line, i)
    if number is None or not 0 <= number[0] <= 31 or (is_digits(line, i) and len(line.terms[i].text) > 2):
        return None
    return Bare(number[0]), number[1], "bare-hour"


def read_no_clock(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a time of day that does not exist, which must be asked: *jam 25*, *pukul 24.30*, *at 25:00*, *8.75*."""
    cue = bool(line.value(i, Sort.CLOCK))
    if not cue and not line.value(i, Sort.AT) and line.lower(i) not in TARGETS:
        return None
    hour = figures(line, i + 1)
    if hour is None or len(line.terms[i + 1].text) > 2:
        return None
    parted = line.lower(i + 2) in MINUTES_MARKS and line.touches(i + 2) and line.touches(i + 3)
    minute = figures(line, i + 3) if parted and len(line.terms[i + 3].text) == 2 else None
    if minute is None:
        bare = cue and hour > 24 and not any(line.value(i + 2, sort) for sort in (Sort.UNIT, Sort.MONTH))
        return (Unclear(str(hour)), i + 2, "no-such-time") if bare else None
    is_none = hour > 24 or minute > 59 or (hour == 24 and minute > 0)
    colon = cue or line.lower(i + 2) == ":"
    return (Unclear(f"{hour}:{minute}"), i + 4, "no-such-time") if is_none and colon else None


def read_open_end(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *sampai selesai*."""
    return (OpenEnd(), i + 1, "open-end") if line.value(i, Sort.OPEN_END) else None
