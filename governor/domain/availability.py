"""Which times are worth asking about? Proposed from who is free, who came before, and how early people must know."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from governor.domain.members import MemberId
from governor.values import dataclass

HOURS = (time(19), time(16), time(9), time(13))
"""When meetings are proposed where nobody says, the preferred first: most who come have other work by day."""

MOST_A_DAY = 2
"""How many times of one day are proposed."""

_DAY = timedelta(days=1)

Span = tuple[datetime, datetime]
"""From an instant until another, both aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is sought: times from ``since`` until before ``until`` (aware) by the clocks of the IANA ``zone``.

    ``clock`` is the time of day, where somebody said one. ``notice`` are the clear days between the day of the call and
    that of the meeting.
    """

    since: datetime
    until: datetime
    zone: str
    duration: timedelta
    clock: time | None = None
    notice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What one member answered to a meeting that began at ``start`` (aware)."""

    start: datetime
    came: bool


def proposed(
    sought: Sought, busy: Mapping[MemberId, Collection[Span]], past: Sequence[Past], *, at: datetime, most: int
) -> tuple[datetime, ...]:
    """Return up to *most* times worth asking about at the instant *at*, in order; none where the notice leaves none.

    Those at which the fewest are *busy* come first, then those of a day and part of the day to which most came before,
    then those of a preferred hour, then the earlier. Everybody counts alike.
    """

    def rank(start: datetime) -> tuple[int, Fraction, int, datetime]:
        hour = HOURS.index(start.time()) if start.time() in HOURS else len(HOURS)
        return _absent(start, sought, busy), -_rate(start, past), hour, start

    ranked = sorted(_candidates(sought, at), key=rank)
    chosen: list[datetime] = []
    for start in ranked:
        if len(chosen) < most and sum(one.date() == start.date() for one in chosen) < MOST_A_DAY:
            chosen.append(start)
    return tuple(sorted(chosen))


def _candidates(sought: Sought, at: datetime) -> list[datetime]:
    zone = ZoneInfo(sought.zone)
    day = max(sought.since.astimezone(zone).date(), at.astimezone(zone).date() + (sought.notice + 1) * _DAY)
    found = []
    while datetime.combine(day, time(), zone) < sought.until:
        hours = HOURS if sought.clock is None else (sought.clock,)
        found += [datetime.combine(day, hour, zone) for hour in hours]
        day += _DAY
    return [start for start in found if sought.since <= start < sought.until]


def _absent(start: datetime, sought: Sought, busy: Mapping[MemberId, Collection[Span]]) -> int:
    end = start + sought.duration
    return sum(any(since < end and start < until for since, until in spans) for spans in busy.values())


def _rate(start: datetime, past: Sequence[Past]) -> Fraction:
    """Return how likely people come at *start*, by those of its weekday and part of the day; one half is not known."""
    zone = start.tzinfo
    alike = [one.came for one in past if _sort(one.start.astimezone(zone)) == _sort(start)]
    return Fraction(sum(alike) + 1, len(alike) + 2)


def _sort(start: datetime) -> tuple[int, int]:
    return start.weekday(), sum(start.hour >= hour for hour in (12, 17))
