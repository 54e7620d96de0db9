"""Do the clocks of the zone show this time once? They skip an hour in spring, and show one twice in autumn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

ONE = timedelta(days=1)
YEAR = 366


def is_skipped(start: datetime) -> bool:
    """Say whether the clocks of the zone skip *start* (spring forward)."""
    return start.astimezone(UTC).astimezone(start.tzinfo).replace(tzinfo=None) != start.replace(tzinfo=None)


def is_told_twice(start: datetime) -> bool:
    """Say whether the clocks of the zone show *start* twice (fall back)."""
    return start.utcoffset() != start.replace(fold=1 - start.fold).utcoffset() and not is_skipped(start)


def around(start: datetime) -> Iterator[datetime]:
    """Yield the times before and after the skipped hour that may be meant: 02:30 is 03:30, or 01:30."""
    later, earlier = start.replace(fold=0), start.replace(fold=1)
    for one in (later, earlier):
        yield one.astimezone(UTC).astimezone(start.tzinfo)


def skips_once(start: datetime) -> bool:
    """Say whether on one of the days of the year from *start* on the clocks skip its hour."""
    offsets = {(start + days * ONE).utcoffset() for days in range(0, YEAR, 61)}
    return len(offsets) > 1 and any(is_skipped(start + days * ONE) for days in range(YEAR))
