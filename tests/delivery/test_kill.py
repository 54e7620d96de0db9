"""Killing the process at any instant loses no invitation, and sends none twice with another content."""

import random
import time
from collections.abc import Callable
from datetime import datetime

from governor.domain.meetings import Meeting, Status
from governor.store import meetings
from tests.delivery.hall import Hall, open_hall
from tests.delivery.post_office import Arrived, Slow, arrived, check_copies, last, revision
from tests.delivery.worker import Crew, clock

KILLS = 52


def test_nothing_is_lost_or_done_twice_however_often_the_process_is_killed(crew: Crew, inbox: Slow) -> None:
    chance = random.Random(crew.url is None)  # noqa: S311
    for at in range(KILLS):
        name = f"w{at}" if crew.url else "embedded"
        crew.start(name, load=f"w{at}")
        if at % 3:  # one in three is killed while it starts
            until_arrived(inbox, len(inbox.messages) + chance.randrange(9))
        time.sleep(chance.uniform(0, 0.3 if at % 3 == 0 else 0.03))
        crew.kill(name)
    crew.start("heir" if crew.url else "embedded")

    with open_hall(crew.data, crew.url, clock) as hall:
        wait_until(lambda: not hall.queued())
        assert crew.dismiss() == [0]
        found = check(hall, arrived(inbox))
        assert [one for one in found if one.recurrence_id], "no occurrence was set apart"
        assert [one for one in found if one.continues], "no series was split"


def until_arrived(inbox: Slow, count: int) -> None:
    wait_until(lambda: len(inbox.messages) >= count)


def check(hall: Hall, found: list[Arrived], at_least: int = KILLS * 2) -> list[Meeting]:
    """Check what arrived against what was committed; return that."""
    copies = check_copies(found)
    latest = last(found)
    with hall.record.database.read() as connection:
        roster = hall.record.roster(connection)
        numbers = sorted({one.effect.subject for one in hall.all()})
        every = [one for number in numbers if (one := meetings.find(connection, number)) is not None]
    assert len(every) == len(numbers)
    committed: dict[tuple[str, datetime | None], int] = {}
    for meeting in every:
        committed[meeting.uid, meeting.recurrence_id] = meeting.revision
        for attendee in (*meeting.attendees, *meeting.removed):
            person = roster.get(attendee.member)
            assert person is not None
            got = latest[meeting.uid, meeting.recurrence_id, str(person.email)]
            if attendee in meeting.removed and meeting.status is Status.CONFIRMED:
                assert got.method == "CANCEL"  # once; later changes are none of their business
            else:
                assert (revision(got), got.sequence) == (meeting.revision, meeting.sequence)
    apart = sum(when is not None for _, when in committed)
    assert {one.key[:2] for one in found} <= set(committed)
    assert all(revision(one) <= committed[one.key[:2]] for one in found)
    assert len(found) > at_least
    assert hall.is_sound()
    print(f"{len(committed)} meetings, {apart} of them occurrences, {len(found)} messages, {copies} copies")  # noqa: T201
    return every


def wait_until(happened: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.005)
