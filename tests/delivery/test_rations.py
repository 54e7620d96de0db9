"""Two processes on one database share what the mail server allows: together they send no more, and lose nothing."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from governor.store.outbox import State
from tests.delivery.hall import Hall, open_hall
from tests.delivery.post_office import Slow, arrived, check_copies
from tests.delivery.test_clock import put
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Crew, clock

PER_MINUTE = 20
WINDOW = 61


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_two_processes_send_no_more_in_a_minute_than_one_may(crew: Crew, inbox: Slow, tmp_path: Path) -> None:
    crew.per_minute, ahead, counts = PER_MINUTE, tmp_path / "ahead", []
    put(ahead, 0)
    with open_hall(crew.data, crew.url, clock) as hall:
        people = [hall.enrol(f"guest{at}", f"guest{at}@example.org") for at in range(10)]
        for name in ("one", "two"):
            crew.start(name, shift=ahead)
        wait_until(lambda: all(crew.ready(name).exists() for name in ("one", "two")))
        began = time.monotonic()
        for at in range(5):
            hall.call(f"m-{at}", people)
        for window in range(1, 4):
            wait_until(lambda: is_waiting(hall, timedelta(seconds=WINDOW * (window - 1))))  # noqa: B023
            passed = time.monotonic() - began + WINDOW * (window - 1)
            counts.append((len(inbox.messages), PER_MINUTE * (1 + int(passed // 60))))
            put(ahead, WINDOW * window)
        assert crew.dismiss() == [0, 0]

    assert all(count <= most for count, most in counts), counts
    assert len(inbox.messages) == 50
    assert check_copies(arrived(inbox)) == 0
    assert len(inbox.peers) > 1, "one process alone sent all of it"


def is_waiting(hall: Hall, ahead: timedelta) -> bool:
    """Return whether nothing is due by a clock so much *ahead*: all that is left was told to wait."""
    return all(one.due_at > clock() + ahead for one in hall.all() if one.state is State.QUEUED)
