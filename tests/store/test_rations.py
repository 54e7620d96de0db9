"""Turns are shared out to every process, kept for who waits, and remembered; within bounds, in the order of asking."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from governor.errors import Unavailable
from governor.store.rations import take
from governor.store.unit_of_work import Record

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def waits(record: Record, *keys: str, at: datetime = NOON, within: tuple[int, timedelta] = (2, MINUTE)) -> list[float]:
    """Return how many seconds each of *keys* must wait, in order."""
    found = []
    for key in keys:
        with record.database.write() as connection:
            found.append((take(connection, "smtp", key, [within], at=at, soon=SECOND) - at).total_seconds())
    return found


def test_no_more_than_so_many_have_a_turn_in_a_minute(record: Record) -> None:
    assert waits(record, *"12345") == [0, 0, 60, 60, 120]


def test_no_more_than_so_many_have_a_turn_in_a_day(record: Record) -> None:
    assert waits(record, *"123", within=(2, DAY)) == [0, 0, DAY.total_seconds()]


def test_turn_is_kept_for_who_was_told_to_wait(record: Record) -> None:
    assert waits(record, *"123", within=(1, MINUTE)) == [0, 60, 120]

    assert waits(record, "late", "3", "2", at=NOON + MINUTE, within=(1, MINUTE)) == [120, 60, 0]


def test_same_key_again_needs_a_turn_of_its_own(record: Record) -> None:
    assert waits(record, "1", "1", within=(1, MINUTE)) == [0, 60]


def test_two_lines_do_not_wait_for_each_other(record: Record) -> None:
    waits(record, "1", within=(1, MINUTE))
    with record.database.write() as connection:
        assert take(connection, "google", "1", [(1, MINUTE)], at=NOON, soon=SECOND) == NOON


def test_turns_given_by_a_clock_that_was_a_day_ahead_hold_nobody_up_longer_than_their_bound(record: Record) -> None:
    waits(record, *"12", at=NOON + DAY)

    assert waits(record, *"34", at=NOON) == [60, 60]


def test_many_who_ask_at_once_are_given_no_more_than_the_bound(record: Record) -> None:
    def asked(key: str) -> list[float]:
        while True:
            with suppress(Unavailable):  # the database is locked for a while: as the outbox, it is tried again
                return waits(record, key)

    with ThreadPoolExecutor(8) as pool:
        found = [wait for one in pool.map(asked, map(str, range(20))) for wait in one]

    assert Counter(found) == {float(minute * 60): 2 for minute in range(10)}
