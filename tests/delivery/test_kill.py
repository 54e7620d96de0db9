"""Killing the process at any instant loses no invitation, and sends none twice with another content."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from governor.store import meetings
from tests.delivery.hall import Hall, open_hall
from tests.delivery.post_office import Arrived, Slow, arrived, check_copies, last, revision
from tests.delivery.worker import Orders, clock, kill, start
from tests.integrations.smtp_servers import serving

KILLS = 52


@pytest.fixture
def office() -> Iterator[tuple[Slow, int]]:
    inbox = Slow()
    with serving(inbox) as server:
        assert server.port is not None
        yield inbox, server.port


def test_nothing_is_lost_or_done_twice_however_often_the_process_is_killed(
    tmp_path: Path, url: str | None, office: tuple[Slow, int]
) -> None:
    inbox, port = office
    chance = random.Random(url is None)  # noqa: S311
    data = tmp_path / "data"
    with open_hall(data, url, clock):
        pass

    def orders(at: int, load: str | None) -> Orders:
        return Orders(data=data, url=url, port=port, name="embedded" if url is None else f"w{at}", load=load)

    for at in range(KILLS):
        process = start(orders(at, f"w{at}"))
        time.sleep(chance.uniform(0.02, 0.9))
        kill(process)
    heir = start(orders(KILLS, None))
    with open_hall(data, url, clock) as hall:
        wait_until(lambda: hall.queued() == 0)
        heir.terminate()
        heir.join(10)
        assert heir.exitcode == 0
        check(hall, arrived(inbox))


def check(hall: Hall, found: list[Arrived]) -> None:
    """Check what arrived against what was committed."""
    copies = check_copies(found)
    latest = last(found)
    with hall.record.database.read() as connection:
        roster = hall.record.roster(connection)
        every = [meetings.find(connection, number) for number in sorted({t.effect.subject for t in hall.all()})]
    committed: dict[str, int] = {}
    for meeting in every:
        assert meeting is not None
        committed[meeting.uid] = meeting.revision
        for attendee in (*meeting.attendees, *meeting.removed):
            person = roster.get(attendee.member)
            assert person is not None
            got = latest[meeting.uid, str(person.email)]
            assert (revision(got), got.sequence) == (meeting.revision, meeting.sequence)
    assert {one.uid for one in found} <= set(committed)
    assert all(revision(one) <= committed[one.uid] for one in found)
    assert len(committed) > KILLS / 2
    assert hall.is_sound()
    print(f"{len(committed)} meetings, {len(found)} messages, {copies} copies")  # noqa: T201


def wait_until(happened: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)
