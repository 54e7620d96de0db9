"""An hour that the clocks skip is none that UTC knows; of one that they show twice it knows two."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governor.understanding.shifts import is_skipped, is_told_twice

ZONES = ("Asia/Jakarta", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin", "UTC")


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("zone", ZONES)
def test_every_half_hour_of_a_year_is_told_by_its_zone(zone: str, fold: int) -> None:
    where, skipped, twice = ZoneInfo(zone), timedelta(0), timedelta(0)
    for n in range(366 * 48):
        told = (datetime(2026, 1, 1, tzinfo=where) + n * timedelta(minutes=30)).replace(fold=fold)
        assert is_skipped(told) == (_back(told) != told.replace(tzinfo=None))
        both = {told.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
        assert is_told_twice(told) == (len(both) == 2 and not is_skipped(told))
        skipped += is_skipped(told) * timedelta(minutes=30)
        twice += is_told_twice(told) * timedelta(minutes=30)
    shift = {"Asia/Jakarta": 0, "UTC": 0, "Australia/Lord_Howe": 30}.get(zone, 60)
    assert skipped == twice == timedelta(minutes=shift)


def _back(told: datetime) -> datetime:
    """Return *told* by way of UTC."""
    return told.astimezone(UTC).astimezone(told.tzinfo).replace(tzinfo=None)
