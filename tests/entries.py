"""Entries for tests and benchmarks: of the usual size, the same every time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from governor.ledger.entry import Entry

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def make_entry(number: int, *, subject: str = "motion/2026-00012", n: int = 1, choice: str = "yes") -> Entry:
    """Return the entry *number* of nobody in particular."""
    return Entry(
        id=str(UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)),
        ts=NOON + timedelta(milliseconds=number),
        type="ballot.cast",
        v=1,
        subject=subject,
        n=n,
        actor=f"p:{number:032x}",
        body={"choice": choice, "poll": "poll/2026-00012"},
        pii={"actor.display_name": f"hs256:{number:064x}"},
    )


def make_runs(first: int, count: int, *, run: int = 20) -> Iterator[Entry]:
    """Yield entries *first* to before *first* + *count*: one subject after the other, *run* entries each."""
    for number in range(first, first + count):
        yield make_entry(number, subject=f"motion/2026-{number // run:05d}", n=number % run + 1)


def make_entries(first: int, count: int, *, subjects: int = 7) -> Iterator[Entry]:
    """Yield entries *first* to before *first* + *count*, in turn of as many subjects, each counted from 1."""
    for number in range(first, first + count):
        yield make_entry(number, subject=f"motion/2026-{number % subjects:05d}", n=number // subjects + 1)
