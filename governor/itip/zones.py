"""How does a zone read as a VTIMEZONE?

Every change of the clock is taken from ``zoneinfo``, and the rule that the changes follow from the last line of the
file that it reads (a POSIX TZ string, RFC 9636 §3.3). Where the changes are those of the rule they are written
as one RRULE; where they are not (Ramadan in Morocco, the years before a law took effect) each is written by itself.
RDATE is never used: several readers take only its first value.
"""

import re
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from governor.itip.folding import written
from governor.values import dataclass

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=7)
_SECOND = timedelta(seconds=1)
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_RULE = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/([+-]?)(\d+)(?::(\d+))?(?::(\d+))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """What clocks show: their ``offset`` from UTC, the part of it that is daylight ``saving``, and its ``name``."""

    offset: timedelta
    saving: timedelta
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """The clocks go from ``before`` to ``after`` at the instant ``at`` (UTC)."""

    at: datetime
    before: _Clock
    after: _Clock

    @property
    def onset(self) -> datetime:
        """Return the instant as the clocks show it just before they change (RFC 5545 §3.6.5), naive."""
        return (self.at + self.before.offset).replace(tzinfo=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """POSIX ``Mm.w.d/time``: ``time`` into the ``week``-th (5: the last) ``weekday`` (0: Sunday) of ``month``."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def onset(self, year: int) -> datetime:
        """Return the moment in *year* as the clocks show it just before, naive."""
        first = datetime(year, self.month, 1)  # noqa: DTZ001  (what a clock shows has no zone)
        days = (self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1)
        if (first + timedelta(days=days)).month != self.month:
            days -= 7
        return first + timedelta(days=days) + self.time

    def months(self) -> tuple[int, ...]:
        """Return the months in which the moment can fall: two, where ``time`` carries it over the end of one."""
        return tuple(sorted({self.onset(year).month for year in range(2000, 2028)}))

    def recurrence(self, month: int) -> vRecur:
        """Return the RRULE of the moments that fall in *month*.

        A ``time`` outside the day moves the weekday, and then says nothing about which of the month's weekdays it is:
        ``M3.4.4/26`` (26 hours into the fourth Thursday) is the Friday among the 23rd to 29th.
        """
        shift = self.time.days
        parts: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": month}
        if not shift:
            return vRecur(parts | {"BYDAY": f"{-1 if self.week == 5 else self.week}{_DAYS[self.weekday]}"})
        days = {onset.day for year in range(2000, 2028) if (onset := self.onset(year)).month == month}
        return vRecur(parts | {"BYDAY": _DAYS[(self.weekday + shift) % 7], "BYMONTHDAY": sorted(days)})


def vtimezone(zone: str, since: datetime, until: datetime) -> bytes:
    """Return the VTIMEZONE of the IANA *zone*, right for every instant from *since* to *until* (aware).

    Where the zone follows a yearly rule it is right without end. The window is widened to whole years; one window
    is written once.

    Raises:
        ZoneInfoNotFoundError: there is no such zone.
    """
    return _timezone(zone, since.astimezone(UTC).year, until.astimezone(UTC).year + 2)


@lru_cache(maxsize=64)
def _timezone(zone: str, first_year: int, last_year: int) -> bytes:
    """Return the VTIMEZONE that is right from the start of the first year to the start of the last."""
    timezone = Timezone()
    timezone.add("TZID", zone)
    changes, rules = _changes(zone, first_year, last_year), _rules(zone)
    ruled = _ruled(changes, rules, datetime(last_year, 1, 1))  # noqa: DTZ001  (as the clocks show it)
    for change in changes[:ruled]:
        timezone.add_component(_observance(change, change.onset))
    for rule in rules if ruled < len(changes) else ():
        first = next(change for change in changes[ruled:] if change.onset == rule.onset(change.onset.year))
        for month in rule.months():
            timezone.add_component(_observance(first, _first(rule, first.onset.year, month), rule.recurrence(month)))
    return written(timezone)


def _first(rule: _Rule, year: int, month: int) -> datetime:
    """Return the first onset of *rule* from *year* on that falls in *month*, which ``rule.months()`` names."""
    return next(onset for later in range(year, year + 28) if (onset := rule.onset(later)).month == month)


def _observance(change: _Change, onset: datetime, recurrence: vRecur | None = None) -> Component:
    """Return the STANDARD or DAYLIGHT component that begins with *onset*.

    The clocks ahead are DAYLIGHT, in Dublin too, where the law calls the winter's the exception: that is how every
    reader that tells the two apart understands them.
    """
    is_ahead = change.after.saving > change.before.saving
    observance: Component = TimezoneDaylight() if is_ahead else TimezoneStandard()
    observance.add("DTSTART", onset)
    observance.add("TZOFFSETFROM", change.before.offset)
    observance.add("TZOFFSETTO", change.after.offset)
    observance.add("TZNAME", change.after.name)
    if recurrence is not None:
        observance.add("RRULE", recurrence)
    return observance


def _ruled(changes: Sequence[_Change], rules: Sequence[_Rule], end: datetime) -> int:
    """Return the index from which on the *changes* are just those of *rules*; their number, where none are.

    *end* (naive) is the moment up to which all changes are known.
    """
    clocks: dict[_Rule, tuple[_Clock, _Clock]] = {}
    index = len(changes)
    for change in reversed(changes):
        rule = next((rule for rule in rules if rule.onset(change.onset.year) == change.onset), None)
        is_other = rule is None or clocks.setdefault(rule, (change.before, change.after)) != (
            change.before,
            change.after,
        )
        if is_other or _is_one_missing(rules, change.onset, end):
            break
        index, end = index - 1, change.onset
    return index if len(clocks) == 2 else len(changes)


def _is_one_missing(rules: Sequence[_Rule], after: datetime, before: datetime) -> bool:
    """Return whether *rules* have a change between two moments, as when Cuba kept summer time for a year and a half."""
    years = range(after.year, before.year + 1)
    return any(after < rule.onset(year) < before for rule in rules for year in years)


def _changes(zone: str, first: int, last: int) -> tuple[_Change, ...]:
    """Return the changes from the one in force when the year *first* begins to the end of the year before *last*."""
    found = ZoneInfo(zone)
    begin, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    changes = tuple(_between(found, begin - timedelta(days=400), end))
    in_force = sum(change.at <= begin for change in changes)
    if in_force:
        return changes[in_force - 1 :]
    clock = _clock(found, begin)
    return (_Change(at=_EPOCH - clock.offset, before=clock, after=clock), *changes)


def _between(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Change]:
    """Yield the changes of *zone* between two instants, found to the second by halving."""
    low, before = begin, _clock(zone, begin)
    while low < end:
        high = min(low + _STEP, end)
        after = _clock(zone, high)
        if before != after:
            high = _change_between(zone, low, high)
            after = _clock(zone, high)
            yield _Change(at=high, before=before, after=after)
        low, before = high, after


def _change_between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first instant after *low* at which the clocks no longer show what they did at *low*."""
    before = _clock(zone, low)
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        low, high = (middle, high) if _clock(zone, middle) == before else (low, middle)
    return high


def _clock(zone: ZoneInfo, at: datetime) -> _Clock:
    """Return what the clocks of *zone* show at an instant."""
    local = at.astimezone(zone)
    zero = timedelta()
    return _Clock(offset=local.utcoffset() or zero, saving=local.dst() or zero, name=local.tzname() or zone.key)


def _rules(zone: str) -> tuple[_Rule, ...]:
    """Return the two yearly rules of *zone*, or none where it has none."""
    footer = _file(zone).rsplit(b"\n", 2)[1].decode("ascii")
    return tuple(_rule(found) for found in _RULE.finditer(footer))


def _file(zone: str) -> bytes:
    """Return the file of *zone* that ``zoneinfo`` reads: the system's, or else that of ``tzdata``."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder, zone)
        if path.is_file():
            return path.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


def _rule(found: re.Match[str]) -> _Rule:
    """Return the rule that was *found*; without a time it is two o'clock (POSIX.1-2024 §8.3)."""
    month, week, weekday, sign, hours, minutes, seconds = found.groups()
    time = timedelta(hours=int(hours or 2), minutes=int(minutes or 0), seconds=int(seconds or 0))
    return _Rule(month=int(month), week=int(week), weekday=int(weekday), time=-time if sign == "-" else time)
