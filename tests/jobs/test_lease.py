"""Several workers on one PostgreSQL: what a lost one had in hand is taken over, and a paused one does no harm."""

import os
import random
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from governor.errors import Unavailable
from governor.store import leases
from governor.store.outbox import State
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.post_office import Slow, arrived
from tests.delivery.test_kill import check, until_arrived, wait_until
from tests.delivery.worker import Crew, clock

T = TypeVar("T")
SECOND = timedelta(seconds=1)


def test_lease_lasts_until_it_expires(hall: Hall) -> None:
    def renew(name: str, seconds: int) -> frozenset[str]:
        at = NOON + seconds * SECOND
        with hall.record.database.write() as connection:
            return leases.renew(connection, name, at=at, expired=at - 30 * SECOND)

    assert renew("one", 0) == {"one"}
    assert renew("two", 20) == {"one", "two"}
    assert renew("two", 31) == {"two"}
    assert renew("one", 32) == {"one", "two"}


def test_lease_that_is_ended_is_over(hall: Hall) -> None:
    with hall.record.database.write() as connection:
        leases.renew(connection, "one", at=NOON, expired=NOON)
        leases.end(connection, "one")
        assert leases.renew(connection, "two", at=NOON, expired=NOON) == {"two"}


def test_lease_of_one_process_keeps_from_others_what_clashes_with_it_until_it_expires_or_is_released(
    hall: Hall,
) -> None:
    def claim(name: str, owner: str, seconds: int) -> bool:
        at = NOON + seconds * SECOND
        with hall.record.database.write() as connection:
            return leases.claim(
                connection, name, owner, at=at, expired=at - 30 * SECOND, clashes=lambda other: other[0] == name[0]
            )

    assert claim("a1", "one", 0)
    assert claim("b1", "two", 1)
    assert not claim("a1", "two", 2)
    assert not claim("a2", "two", 3)
    assert claim("a1", "one", 20)
    assert not claim("a2", "two", 50)
    assert claim("a2", "two", 51)
    assert not claim("a1", "one", 52)
    with hall.record.database.write() as connection:
        leases.release(connection, "a2", "two")
    assert claim("a1", "one", 53)


on_postgres = pytest.mark.parametrize("url", ["postgres"], indirect=True)


@on_postgres
def test_three_workers_restarted_under_new_names_lose_nothing(crew: Crew, inbox: Slow) -> None:
    chance = random.Random(3)  # noqa: S311
    for at in range(3):
        crew.start(f"w{at}", load=f"w{at}")
    for at in range(9):
        until_arrived(inbox, len(inbox.messages) + chance.randrange(6))
        crew.kill(f"w{at}")
        crew.start(f"w{at + 3}", load=f"w{at + 3}" if at < 6 else None)

    with open_hall(crew.data, crew.url, clock) as hall:
        wait_until(lambda: not hall.queued())
        assert crew.dismiss() == [0, 0, 0]
        check(hall, arrived(inbox), at_least=20)


@on_postgres
def test_worker_paused_beyond_its_lease_does_no_harm(crew: Crew, inbox: Slow) -> None:
    with open_hall(crew.data, crew.url, clock) as hall:
        paused = crew.start("paused", load="p")
        until_arrived(inbox, 20)
        os.kill(paused, signal.SIGSTOP)
        crew.start("other")
        wait_until(lambda: alive(hall) == {"other"})
        patiently(lambda: hall.call("free", [hall.enrol("wayan", "wayan@example.org")]))
        wait_until(lambda: hall.states("free") == [State.DONE])  # nobody waits for the one who is paused
        os.kill(paused, signal.SIGCONT)
        wait_until(lambda: alive(hall) == {"other", "paused"})
        crew.kill("paused")
        wait_until(lambda: not hall.queued())

        assert crew.dismiss() == [0]
        check(hall, arrived(inbox), at_least=20)


def alive(hall: Hall) -> frozenset[str]:
    return patiently(lambda: alive_now(hall))


def alive_now(hall: Hall) -> frozenset[str]:
    at = clock()
    with hall.record.database.write() as connection:
        return leases.renew(connection, "test", at=at, expired=at - SECOND) - {"test"}


def patiently(act: Callable[[], T]) -> T:
    """Return what *act* gives, tried again while the paused one's session still holds the turn to write."""
    while True:
        try:
            return act()
        except Unavailable as error:
            if error.key != "database-locked":
                raise
