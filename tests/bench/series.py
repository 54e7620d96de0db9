"""How long does it take to tell when meetings that repeat take place?"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from governor.domain.recurrence import Recurrence, starts
from tests.bench.figure import Figure, beside, timing

RULES = ("FREQ=WEEKLY;BYDAY=TH", "FREQ=MONTHLY;BYDAY=1TH", "FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=3", "FREQ=WEEKLY")
ZONES = ("Asia/Jakarta", "Europe/Paris", "America/New_York", "Africa/Casablanca")
SERIES = tuple(
    (Recurrence(rrule=RULES[number % 5]), datetime(2026, 12, 3, 8 + number % 12, tzinfo=ZoneInfo(ZONES[number % 4])))
    for number in range(100)
)
SPAN = timedelta(days=2 * 365)


def figures(quick: bool) -> Iterator[Figure]:
    """Yield what 100 series over two years take, beside the rules alone, which know neither zones nor exceptions."""
    naive = [(series.rrule, start.replace(tzinfo=None)) for series, start in SERIES]
    rules = [(rrulestr(text, dtstart=start), start) for text, start in naive]

    def ours() -> int:
        return sum(_before(start + SPAN, starts(series, start)) for series, start in SERIES)

    def theirs() -> int:
        return sum(_before(start + SPAN, rule) for rule, start in rules)

    count = ours()
    name = f"{len(SERIES)} series over two years, {count} dates (dateutil.rrule beside)"
    yield timing(name, *beside(ours, theirs, 5 if quick else 25), at_least=1 / 2)


def _before(end: datetime, dates: Iterable[datetime]) -> int:
    return sum(1 for _ in takewhile(lambda at: at < end, dates))
