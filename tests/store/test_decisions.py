"""Decisions are counted and turned page by page alike on both databases."""

from datetime import timedelta

from governor.domain.decisions import record_decision
from governor.store import decisions
from governor.store.decisions import Counts
from governor.store.unit_of_work import Record
from tests.store.records import AT

WITHIN = (AT, AT + timedelta(minutes=9))


def decided(record: Record, count: int) -> list[str]:
    """Enter *count* decisions a minute apart, two at each; return the numbers of those ``WITHIN``, newest first."""
    numbers = [f"2026-{number:03d}" for number in range(1, count + 1)]
    for at, number in enumerate(numbers):
        with record.act(number, AT + timedelta(minutes=at // 2)) as work:
            event = record_decision(number=number, text="Kas dibuka", owner=None, due=None, meeting=None)
            work.record(event, by=None)
    return numbers[17::-1]


def test_pages_hold_what_was_recorded_within_two_instants_and_tell_how_many_are_newer(record: Record) -> None:
    every = decided(record, 20)
    with record.database.read() as connection:
        assert decisions.counts(connection, *WITHIN) == Counts(found=18, looked_at=20)
        assert decisions.counts(connection, None, None) == Counts(found=20, looked_at=20)
        first, newer = decisions.page(connection, WITHIN, 4, None)
        assert ([one.number for one in first], newer) == (every[:4], 0)
        for at, number in enumerate(every[:-1]):
            older, newer = decisions.page(connection, WITHIN, 4, (number, False))
            assert ([one.number for one in older], newer) == (every[at + 1 : at + 5], at + 1)
            back, newer = decisions.page(connection, WITHIN, 4, (number, True))
            assert ([one.number for one in back], newer) == (every[max(0, at - 4) : at], max(0, at - 4))
