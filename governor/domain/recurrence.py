"""When does a meeting that repeats take place?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from governor.errors import OutOfOrder
from governor.values import dataclass

if TYPE_CHECKING:  # it is slow to load, and most who speak of meetings expand no rule
    from dateutil.rrule import rrule  # type: ignore[import-untyped]  # its stubs are not among the dependencies

MOST: Final = 1_000
"""How often a meeting may take place by one rule that ends."""

MOST_DATES: Final = 100
"""How many single dates may be added to a rule, and how many taken out of it."""

_PARTS = re.compile(
    r"(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,2}|COUNT=[1-9]\d{0,3}|UNTIL=\d{8}T\d{6}Z|WKST=[A-Z]{2}"
    r"|BYDAY=[-+\dA-Z,]{2,80}|BYMONTHDAY=[-\d,]{1,80}|BYMONTH=[\d,]{1,40}|BYSETPOS=-?\d{1,2})"
)
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNTIL = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How a meeting repeats: ``rrule`` is a RECUR value (RFC 5545 §3.3.10), whose UNTIL is in UTC.

    It takes place on ``rdates`` too and not on ``exdates``: aware, in the zone of the meeting, in order.
    """

    rrule: str
    exdates: tuple[datetime, ...] = ()
    rdates: tuple[datetime, ...] = ()

    @property
    def is_endless(self) -> bool:
        """Return whether the rule has no end."""
        return not {"COUNT", "UNTIL"} & _parts(self.rrule).keys()


def starts(recurrence: Recurrence, dtstart: datetime) -> Iterator[datetime]:
    """Yield when each occurrence begins, in order, without end where the rule has none; *dtstart* (aware) is the first.

    The clock's time is kept whatever the zone does to its clocks; what the clocks skip is read by the offset before
    (RFC 5545 §3.3.5). Each is in the zone of *dtstart*.
    """
    ruled = _ruled(recurrence.rrule, dtstart)
    return _amended(ruled, recurrence, dtstart.tzinfo) if recurrence.exdates or recurrence.rdates else ruled


def check(recurrence: Recurrence, dtstart: datetime) -> None:
    """Refuse a *recurrence* from *dtstart* (aware) on that nobody could keep.

    Raises:
        OutOfOrder: ``repeat-unknown``: the rule is none, or has parts below the day; ``repeat-elsewhere``: it does not
            begin with *dtstart*; ``repeat-too-often``: it is over ``MOST`` times, or has over ``MOST_DATES`` dates.
    """
    parts = _parts(recurrence.rrule)
    texts = recurrence.rrule.split(";")
    if "FREQ" not in parts or len(parts) != len(texts) or not all(_PARTS.fullmatch(text) for text in texts):
        raise OutOfOrder("repeat-unknown")
    if max(len(recurrence.exdates), len(recurrence.rdates)) > MOST_DATES:
        raise OutOfOrder("repeat-too-often", limit=MOST_DATES)
    try:
        first = next(starts(recurrence, dtstart), None)
        times = 0 if recurrence.is_endless else sum(1 for _ in islice(starts(recurrence, dtstart), MOST + 1))
    except ValueError:
        raise OutOfOrder("repeat-unknown") from None
    if first != dtstart:
        raise OutOfOrder("repeat-elsewhere", start=dtstart)
    if times > MOST:
        raise OutOfOrder("repeat-too-often", limit=MOST)


def last(recurrence: Recurrence, dtstart: datetime) -> datetime | None:
    """Return when the last occurrence begins; ``None``: there is no last."""
    if recurrence.is_endless:
        return None
    found = dtstart
    for start in islice(starts(recurrence, dtstart), MOST + 1):
        found = start
    return found


def until(recurrence: Recurrence, end: datetime) -> Recurrence:
    """Return *recurrence* as it is up to *end* (aware; the start of an occurrence that stays)."""
    parts = {name: value for name, value in _parts(recurrence.rrule).items() if name not in ("COUNT", "UNTIL")}
    parts["UNTIL"] = end.astimezone(UTC).strftime(_UNTIL)
    return Recurrence(
        rrule=_joined(parts),
        exdates=tuple(moment for moment in recurrence.exdates if moment <= end),
        rdates=tuple(moment for moment in recurrence.rdates if moment <= end),
    )


def after(recurrence: Recurrence, dtstart: datetime, begin: datetime) -> Recurrence:
    """Return *recurrence* (from *dtstart* on) as it is from *begin* on, which is the start of one of its occurrences.

    What is left of a COUNT is counted as the rule counts: with what EXDATE takes out, without what RDATE adds.
    """
    parts = _parts(recurrence.rrule)
    if "COUNT" in parts:
        bare = starts(replace(recurrence, exdates=(), rdates=()), dtstart)
        gone = sum(1 for start in bare if start < begin)
        parts["COUNT"] = str(max(1, int(parts["COUNT"]) - gone))
    return Recurrence(
        rrule=_joined(parts),
        exdates=tuple(moment for moment in recurrence.exdates if moment >= begin),
        rdates=tuple(moment for moment in recurrence.rdates if moment >= begin),
    )


def moved(recurrence: Recurrence, before: datetime, now: datetime) -> Recurrence:
    """Return *recurrence* of what began at *before*, of what begins at *now* instead: Mondays become Tuesdays.

    Both are aware, in the zone of the meeting. Days that a rule cannot name in that way stay, and ``check`` refuses it.
    """
    shift = now.replace(tzinfo=None) - before.replace(tzinfo=None)
    days = (now.date() - before.date()).days
    parts = _parts(recurrence.rrule)
    if days and "BYDAY" in parts:
        parts["BYDAY"] = ",".join(_moved_day(named, days, now) for named in parts["BYDAY"].split(","))
    if days and "BYMONTHDAY" in parts and "," not in parts["BYMONTHDAY"]:
        parts["BYMONTHDAY"] = str(now.day)
    if days and "BYMONTH" in parts and "," not in parts["BYMONTH"]:
        parts["BYMONTH"] = str(now.month)
    if "UNTIL" in parts:
        end = parse_until(parts["UNTIL"]).astimezone(before.tzinfo) + shift
        parts["UNTIL"] = end.astimezone(UTC).strftime(_UNTIL)
    return Recurrence(
        rrule=_joined(parts),
        exdates=tuple(moment + shift for moment in recurrence.exdates),
        rdates=tuple(moment + shift for moment in recurrence.rdates),
    )


def _moved_day(named: str, days: int, now: datetime) -> str:
    """Return a weekday of a rule (``MO``, ``2MO``, ``-1FR``) *days* later; of those of a month, which *now* is."""
    weekday = _WEEK[(_WEEK.index(named[-2:]) + days) % 7]
    if len(named) == 2:
        return weekday
    which = -1 if named.startswith("-1") and (now + timedelta(days=7)).month != now.month else (now.day - 1) // 7 + 1
    return f"{which}{weekday}"


def parse_until(text: str) -> datetime:
    """Return the aware UTC instant that an UNTIL names: ``20261231T120000Z``.

    Raises:
        ValueError: it is not in that form.
    """
    return datetime.strptime(text, _UNTIL).replace(tzinfo=UTC)


def _parts(text: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.partition("=") for part in text.split(";"))}


def _joined(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _ruled(text: str, dtstart: datetime) -> Iterator[datetime]:
    """Yield when the rule *text* takes place: twice by the calendar on a day that the zone skips is once."""
    zone, nothing, last = cast("tzinfo", dtstart.tzinfo), timedelta(), None
    for naive in _rule(text, dtstart.replace(tzinfo=None, fold=0), zone):
        start = datetime.combine(naive, naive.time(), zone)  # in a fifth of the time of ``replace``
        start = zone.fromutc(start - (zone.utcoffset(start) or nothing))
        if start != last:
            yield start
        last = start


def _amended(ruled: Iterator[datetime], recurrence: Recurrence, zone: tzinfo | None) -> Iterator[datetime]:
    """Yield *ruled* and what is added to it, in order and each instant once, without what is taken out of it."""
    left_out = {moment.astimezone(UTC) for moment in recurrence.exdates}
    added = sorted((moment.astimezone(zone) for moment in recurrence.rdates), key=_instant)
    last: datetime | None = None
    for start in merge(ruled, added, key=_instant):
        instant = _instant(start)
        if instant != last and instant not in left_out:
            yield start
        last = instant


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


@lru_cache(maxsize=256)
def _rule(text: str, dtstart: datetime, zone: tzinfo | None) -> "rrule":
    """Return the rule as the clocks of *zone* show it, naive: the end that *text* tells in UTC too."""
    parts = _parts(text)
    if "UNTIL" in parts:
        end = parse_until(parts["UNTIL"])
        parts["UNTIL"] = end.astimezone(zone).strftime("%Y%m%dT%H%M%S")
    from dateutil.rrule import rrulestr

    return cast("rrule", rrulestr(_joined(parts), dtstart=dtstart))
