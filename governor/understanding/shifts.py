"""Do the clocks of the zone show this time once? They skip an hour in spring, and show one twice in autumn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

ONE = timedelta(days=1)
NONE = timedelta(0)
YEAR = 366


def is_skipped(start: datetime) -> bool:
    """Say whether the clocks of the zone skip *start* (spring forward)."""
    before, after = _offsets(start)
    return before < after


def is_told_twice(start: datetime) -> bool:
    """Say whether the clocks of the zone show *start* twice (fall back)."""
    before, after = _offsets(start)
    return before > after


def _offsets(start: datetime) -> tuple[timedelta, timedelta]:
    """Return how far from UTC *start* is by the clocks before they are put forward or back, and by those after it.

    They are the same but where an hour is skipped or shown twice (PEP 495).
    """
    before, after = (start.replace(fold=fold).utcoffset() or NONE for fold in (0, 1))
    return before, after


def around(start: datetime) -> Iterator[datetime]:
    """Yield the times before and after the skipped hour that may be meant: 02:30 is 03:30, or 01:30."""
    later, earlier = start.replace(fold=0), start.replace(fold=1)
    for one in (later, earlier):
        yield one.astimezone(UTC).astimezone(start.tzinfo)


def skips_once(start: datetime) -> bool:
    """Say whether on one of the days of the year from *start* on the clocks skip its hour."""
    offsets = {(start + days * ONE).utcoffset() for days in range(0, YEAR, 61)}
    return len(offsets) > 1 and any(is_skipped(start + days * ONE) for days in range(YEAR))
