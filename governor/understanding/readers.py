"""Which pieces of a time stand in this line?"""

from functools import lru_cache

from governor.understanding.clocks import read_bare, read_clock, read_no_clock, read_open_end
from governor.understanding.counted import drop_parts_of_numbers, read_pasaran, read_week_number, read_working_days
from governor.understanding.days import read_relative, read_week_on, read_weekday
from governor.understanding.feasts import read_feast
from governor.understanding.findings import Finding, Line, Reader
from governor.understanding.frequencies import PLURAL_PARTS, read_timetable
from governor.understanding.lengths import read_all_day, read_coming_length, read_later, read_length
from governor.understanding.lexicon import Sort
from governor.understanding.lists import read_day_list
from governor.understanding.lookback import (
    BACKWARDS,
    OPENS_PERIOD,
    read_first_length,
    read_past_length,
    read_piece_of_year,
)
from governor.understanding.parts import read_part
from governor.understanding.prayers import read_beside_prayer, read_prayer
from governor.understanding.repeats import read_repeat
from governor.understanding.stretches import (
    BEFORE_YEAR,
    read_edge,
    read_last_day,
    read_month,
    read_ordinal_weekday,
    read_rest,
    read_week_of_month,
    read_weekend,
    read_year,
)
from governor.understanding.tokens import Shape
from governor.understanding.written import read_day_range, read_month_first, read_numeric, read_written
from governor.understanding.zones import read_city_zone, read_region_zone, read_zone

Beside = frozenset[str]

ALONE: Beside = frozenset()
NTH: Beside = frozenset({Sort.ORDINAL, "st", "nd", "rd", "th"})

# What reads, the sorts that it starts with, and what must stand somewhere in the line, at least one of it, lest it be
# tried in vain. In order: of two readings of the same length the earlier one wins.
READERS: tuple[tuple[Reader, frozenset[Sort], Beside], ...] = (
    (read_open_end, frozenset({Sort.OPEN_END}), ALONE),
    (read_repeat, frozenset({Sort.EVERY, Sort.PER, Sort.OTHER, Sort.FREQUENCY, Sort.WEEKDAYS, Sort.ONCE, Sort.NUMBER,
    Sort.LENGTH, Sort.THE, Sort.ORDINAL, Sort.DATE, Sort.DAY, Sort.WEEKDAY, Sort.PART, Sort.WORKDAYS, Sort.EDGE}),
    PLURAL_PARTS | {"month", Sort.EVERY, Sort.PER, Sort.OTHER, Sort.FREQUENCY, Sort.WEEKDAYS, Sort.ONCE, Sort.TIMES}),
    (read_timetable, frozenset({Sort.TIMETABLE}), ALONE),
    (read_day_range, frozenset({Sort.FROM, Sort.BETWEEN, Sort.THE, Sort.DATE, Sort.MONTH, Sort.NUMBER, Sort.ORDINAL}),
    frozenset({Sort.MONTH})),
    (read_day_list, frozenset({Sort.THE, Sort.DATE, Sort.MONTH, Sort.NUMBER, Sort.ORDINAL}),
    frozenset({Sort.AND, ","})),
    (read_ordinal_weekday, frozenset({Sort.WORKDAYS, Sort.THE, Sort.DAY, Sort.ORDINAL, Sort.WEEKDAY, Sort.NUMBER}),
    NTH),
    (read_numeric, frozenset({Sort.DATE, Sort.NUMBER}), ALONE),
    (read_written, frozenset({Sort.THE, Sort.DATE, Sort.ORDINAL, Sort.NUMBER}),
    NTH | {Sort.DATE, Sort.MONTH, Sort.UNIT, "on", "for", "from"}),
    (read_last_day, frozenset({Sort.THE, Sort.ORDINAL, Sort.UNIT}), frozenset({Sort.ORDINAL})),
    (read_month_first, frozenset({Sort.MONTH}), ALONE),
    (read_week_of_month, frozenset({Sort.THE, Sort.ORDINAL, Sort.UNIT, Sort.NUMBER}), NTH),
    (read_rest, frozenset({Sort.REST}), ALONE),
    (read_edge, frozenset({Sort.THE, Sort.EDGE}), frozenset({Sort.EDGE})),
    (read_past_length, frozenset({Sort.THE, Sort.LAST, Sort.NUMBER, Sort.LENGTH, Sort.FEW}), BACKWARDS | {Sort.LAST}),
    (read_first_length, frozenset({Sort.THE, Sort.ORDINAL, Sort.NUMBER}), NTH),
    (read_piece_of_year, frozenset({Sort.NTH_QUARTER, Sort.UNIT, Sort.THE, Sort.ORDINAL}), OPENS_PERIOD),
    (read_pasaran, frozenset({Sort.WEEKDAY, Sort.DAY, Sort.EVE}), frozenset({Sort.PASARAN})),
    (read_working_days, frozenset({Sort.ABOUT, Sort.IN, Sort.NUMBER}), frozenset({Sort.WORKDAYS})),
    (read_week_number, frozenset({Sort.UNIT}), ALONE),
    (read_later, frozenset({Sort.ABOUT, Sort.IN, Sort.NUMBER, Sort.LENGTH, Sort.ARTICLE, Sort.HALF, Sort.FEW}),
    frozenset({Sort.IN, Sort.LATER, "time"})),
    (read_coming_length, frozenset({Sort.THE, Sort.NEXT, Sort.COMING, Sort.NUMBER}),
    frozenset({Sort.COMING, "next", "the next"})),
    (read_weekday, frozenset({Sort.WEEKDAY, Sort.DAY, Sort.NEXT, Sort.COMING, Sort.THIS, Sort.LAST, Sort.EVE,
    Sort.THE}), frozenset({Sort.WEEKDAY})),
    (read_weekend, frozenset({Sort.WEEKEND, Sort.THE, Sort.NEXT, Sort.COMING, Sort.THIS}), frozenset({Sort.WEEKEND})),
    (read_month, frozenset({Sort.MONTH, Sort.UNIT, Sort.NEXT, Sort.THIS, Sort.LAST, Sort.COMING, Sort.THE}), ALONE),
    (read_week_on, frozenset({Sort.UNIT}), frozenset({Sort.WEEKDAY})),
    (read_year, frozenset({Sort.NUMBER}), BEFORE_YEAR),
    (read_relative, frozenset({Sort.NOW, Sort.SOON, Sort.RELATIVE, Sort.THE}), frozenset({Sort.NOW, Sort.SOON,
    Sort.RELATIVE})),
    (read_feast, frozenset({Sort.UNIT, Sort.FEAST, Sort.EVE}), frozenset({Sort.FEAST})),
    (read_beside_prayer, frozenset({Sort.NUMBER, Sort.HALF, Sort.QUARTER, Sort.LENGTH, Sort.ARTICLE}),
    frozenset({Sort.PRAYER})),
    (read_prayer, frozenset({Sort.PRAYER, Sort.BEFORE, Sort.AFTER, Sort.ZONE_OF, Sort.CLOCK, Sort.AT}),
    frozenset({Sort.PRAYER})),
    (read_no_clock, frozenset({Sort.CLOCK, Sort.AT, Sort.ON, Sort.UNTIL, Sort.TO_GO}), ALONE),
    (read_clock, frozenset({Sort.CLOCK, Sort.AT, Sort.ABOUT, Sort.NAMED_TIME, Sort.HALF, Sort.QUARTER, Sort.NUMBER,
    Sort.ARTICLE}), ALONE),
    (read_length, frozenset({Sort.LATEST, Sort.FOR, Sort.NUMBER, Sort.LENGTH, Sort.ARTICLE, Sort.HALF, Sort.FEW,
    Sort.QUARTER, Sort.ABOUT}), frozenset({Sort.UNIT, Sort.LENGTH, Sort.WORKDAYS, "'"})),
    (read_part, frozenset({Sort.MERIDIEM, Sort.PART, Sort.TODAY_PART, Sort.EARLY}), ALONE),
    (read_all_day, frozenset({Sort.ALL_DAY}), ALONE),
    (read_zone, frozenset({Sort.ZONE}), ALONE),
    (read_region_zone, frozenset({Sort.REGION}), ALONE),
    (read_city_zone, frozenset({Sort.ZONE_OF}), ALONE),
    (read_bare, frozenset({Sort.NUMBER}), ALONE),
)  # fmt: skip


@lru_cache(maxsize=256)
def _readers_of(sorts: tuple[Sort, ...]) -> tuple[tuple[Reader, Beside], ...]:
    """Return the readers of a term of these *sorts*, with what each wants beside it."""
    return tuple((reader, beside) for reader, able, beside in READERS if not able.isdisjoint(sorts))


NUMBER = _readers_of((Sort.NUMBER,))


HEAD, TAIL = 80, 40  # of a text of many words only the beginning and the end are searched for times


def scan(line: Line) -> list[Finding]:
    """Return what the readers find, from left to right: at each place the longest reading, never overlapping."""
    found: list[Finding] = []
    i = 0
    while i < line.count:
        if HEAD <= i < line.count - TAIL:
            i = line.count - TAIL
        finding = _longest(line, i)
        if finding is None:
            i += 1
        else:
            found.append(finding)
            i = finding.end
    return drop_parts_of_numbers(line, found)


def _longest(line: Line, i: int) -> Finding | None:
    term = line.terms[i]
    if term.words:
        readers = _readers_of(tuple(term.senses))
    elif term.shape is Shape.NUMBER:
        readers = NUMBER
    else:
        return None
    best: Finding | None = None
    for reader, beside in readers:
        if beside and line.has.isdisjoint(beside):
            continue
        read = reader(line, i)
        if read is not None and (best is None or read[1] > best.end):
            best = Finding(read[0], i, read[1], read[2])
    return best
