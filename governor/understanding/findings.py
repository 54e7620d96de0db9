"""Which pieces of a time can a reader find?"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from governor.understanding.lexicon import Sort, Term
from governor.values import dataclass

MOST_SKIPPED = (
    6  # words looked over at one place: so that a text of nothing but such words costs no more than its length
)


class How(StrEnum):
    """How a day was said: what may still be combined with it."""

    WRITTEN = "written"  # 5 December 2026
    MONTH_DAY = "month-day"  # the 5th
    WEEKDAY = "weekday"  # Friday, this Friday
    NEXT_WEEKDAY = "next-weekday"
    RELATIVE = "relative"  # tomorrow
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"
    EDGE = "edge"  # end of the month
    ORDINAL = "ordinal"  # first Monday, still of which month?
    STRETCH = "stretch"  # 13 to 15 July, next 3 days
    FEAST = "feast"


class Day(NamedTuple):
    """A day, or the days from *first* until before *until*; what was assumed in naming it."""

    first: date
    until: date
    how: How
    weekday: int | None = None
    number: int | None = None
    assumed: tuple[str, ...] = ()
    others: tuple[date, ...] = ()
    part: str | None = None


class Clock(NamedTuple):
    """A time of day. *sure*: nothing had to be assumed about its half of the day; *shift* days are added (midnight)."""

    hour: int
    minute: int
    second: int = 0
    sure: bool = False
    shift: int = 0
    rule: str = "clock"
    today: bool = False
    either: tuple[int, int] | None = None


class Bare(NamedTuple):
    """A number that may be an hour, when its neighbours say so."""

    hour: int


class Part(NamedTuple):
    """A part of the day by its name in ``PARTS_OF_DAY``; *shade* -1 early, 1 late."""

    name: str
    shade: int = 0
    today: bool = False


class Interval(NamedTuple):
    """From one time of day to another; the end may lie after midnight."""

    start: Clock
    end: Clock


class Stretch(NamedTuple):
    """From a time on one day to a time on another."""

    day: Day | None
    clock: Clock
    end_day: Day
    end_clock: Clock


class Length(NamedTuple):
    """How long: calendar months, and a fixed time. *said_for*: introduced by a word like *for*."""

    months: int
    delta: timedelta
    said_for: bool = False
    grain_days: bool = False


class Instant(NamedTuple):
    """A moment counted from now; *until* when a stretch was said (next 3 hours)."""

    at: datetime
    until: datetime | None = None


class Over(NamedTuple):
    """What is over already: *rapat terakhir*, *rapat tadi*."""


class Zone(NamedTuple):
    """A time zone: an IANA name or an offset such as ``+07:00``; empty for local."""

    name: str


class Prayer(NamedTuple):
    """A prayer by its name in ``prayers``: before it (*side* -1), at it (0) or after it (1), by so many *minutes*."""

    name: str
    side: int
    minutes: int | None = None


class Unclear(NamedTuple):
    """A day that cannot be told from what was said (*besok lusa*): it must be asked."""

    said: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The end of a repeat, its number of times, or days (*without*: weekdays, as RRULE names them) on which it does not
    happen.
    """

    until: date | None = None
    count: int | None = None
    skip: tuple[date, ...] = ()
    also: tuple[date, ...] = ()
    holidays: bool = False
    without: tuple[str, ...] = ()


class Ending(NamedTuple):
    """The end of what another time begins, told apart from it: a time of day, on a day of its own or not."""

    clock: Clock | Prayer
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """Until we are done."""


class Repeat(NamedTuple):
    """Parts of an RFC 5545 recurrence rule, and what goes with it; *ambiguous*: it may be of one week only."""

    freq: str
    interval: int = 1
    by_day: tuple[str, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: int | None = None
    times: int | None = None
    until: date | None = None
    skip: tuple[date, ...] = ()
    also: tuple[date, ...] = ()
    skip_holidays: bool = False
    part: str | None = None
    by_hour: tuple[int, ...] = ()
    ambiguous: bool = False


Value = (
    Day
    | Clock
    | Bare
    | Part
    | Interval
    | Stretch
    | Length
    | Instant
    | Over
    | Zone
    | Prayer
    | OpenEnd
    | Ending
    | Limit
    | Unclear
    | Repeat
)


class Finding(NamedTuple):
    """A value, read from the terms ``[start, end)`` of the line by *rule*."""

    value: Value
    start: int
    end: int
    rule: str


@dataclasses.dataclass(slots=True, eq=False)
class Line:
    """What readers read, and never change: the terms of a text, the moment it was said, and how its language writes
    dates.

    ``has`` holds the sorts and the words (in lower case) that stand anywhere in it.
    """

    terms: Sequence[Term]
    at: datetime
    month_first: bool
    language: str
    after: datetime | None = None
    count: int = field(init=False)
    today: date = field(init=False)
    senses: Sequence[Mapping[Sort, object]] = field(init=False)
    has: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Keep at hand what readers ask for at every step."""
        self.senses = [term.senses for term in self.terms]
        self.count = len(self.terms)
        self.today = self.at.date()
        self.has = frozenset([term.lower for term in self.terms]).union(*self.senses)

    def value(self, i: int, sort: Sort) -> object | None:
        """Return the value of term *i* as *sort*, or None, also beyond either end."""
        return self.senses[i].get(sort) if 0 <= i < self.count else None

    def number(self, i: int, sort: Sort) -> int | None:
        """Return the whole number that term *i* stands for as *sort*."""
        value = self.value(i, sort)
        return value if isinstance(value, int) else None

    def name(self, i: int, sort: Sort) -> str | None:
        """Return the name that term *i* stands for as *sort*."""
        value = self.value(i, sort)
        return value if isinstance(value, str) else None

    def lower(self, i: int) -> str:
        """Return term *i* in lower case; empty beyond either end."""
        return self.terms[i].lower if 0 <= i < self.count else ""

    def touches(self, i: int) -> bool:
        """Say whether nothing stands between term *i* and the one before it."""
        return 0 < i < self.count and self.terms[i].start == self.terms[i - 1].end

    def tells_hour(self, i: int) -> bool:
        """Say whether term *i* makes an hour of the number before it: *19:00*, *16h*, and not *tanggal 19: kas*."""
        mark = self.lower(i)
        return mark in {":", "h"} and self.touches(i) and (mark == "h" or self.touches(i + 1))

    def skip(self, i: int, *sorts: Sort) -> int:
        """Return the first place from *i* on that is none of *sorts*, at most ``MOST_SKIPPED`` further."""
        last = min(i + MOST_SKIPPED, self.count)
        while i < last and not self.senses[i].keys().isdisjoint(sorts):
            i += 1
        return i


Reader = Callable[[Line, int], "tuple[Value, int, str] | None"]
"""Reads one value at term *i*: the value, the place after it, and the rule's name; or None."""
