"""The process is killed at any instant while it writes to a CalDAV server: in the end that shows the record."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from governor.domain.meetings import Meeting, Status
from governor.services.ways import latest
from governor.store import meetings
from governor.store.members import Roster
from integrations.caldav import objects
from tests.delivery.hall import Hall, open_hall
from tests.delivery.post_office import Slow, arrived
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Crew, clock
from tests.integrations.radicale_server import Radicale, serving

KILLS = 26


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with serving(tmp_path / "radicale") as running:
        yield running


def test_server_shows_what_the_record_says_however_often_the_process_is_killed(
    crew: Crew, inbox: Slow, radicale: Radicale
) -> None:
    chance, url = random.Random(11), radicale.make("rapat")  # noqa: S311
    crew.caldav, crew.patience = url, timedelta(minutes=5)  # however long a slow machine takes to start them
    for at in range(KILLS):
        name = f"w{at}" if crew.url else "embedded"
        crew.start(name, load=f"w{at}")
        if at % 3:  # one in three is killed while it starts
            seen = radicale.states(url)
            wait_until(lambda seen=seen: radicale.states(url) != seen)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.3))
        crew.kill(name)
    crew.start("heir" if crew.url else "embedded")

    with open_hall(crew.data, crew.url, clock) as hall:
        wait_until(lambda: not hall.queued(), 120)
        assert crew.dismiss() == [0]
        check(hall, radicale, url)
        assert arrived(inbox) == []


def check(hall: Hall, radicale: Radicale, url: str) -> None:
    """Check that the server has one event for each meeting that stands, as it stands, and nothing else."""
    with hall.record.database.read() as connection:
        roster = hall.record.roster(connection)
        numbers = sorted({one.effect.subject for one in hall.all() if one.effect.kind == "invitation"})
        every = [found for number in numbers if (found := meetings.find(connection, number)) is not None]
        off = {one.uid for one in every if one.recurrence_id is None and one.status is Status.CANCELLED}
    assert len(every) == len(numbers) > KILLS // 2
    for meeting in every:
        assert {one.effect.way for one in latest(hall.effects(meeting.number)).values()} == {"caldav"}
    expected = sorted(as_recorded(one, roster) for one in every if one.uid not in off)
    assert sorted(as_shown(radicale, url)) == expected
    assert hall.is_sound()
    kinds = Counter("occurrence" if one.recurrence_id else "series" if one.recurrence else "meeting" for one in every)
    print(f"{dict(kinds)}, {len(expected)} events stand")  # noqa: T201


Event = tuple[str, str, int, str, str, tuple[str, ...]]


def as_recorded(meeting: Meeting, roster: Roster) -> Event:
    told = (*meeting.attendees, *(meeting.removed if meeting.status is Status.CANCELLED else ()))
    people = (roster.get(one.member) for one in told)
    addresses = tuple(sorted(str(one.email) for one in people if one is not None))
    when = "" if meeting.recurrence_id is None else meeting.recurrence_id.isoformat()
    return meeting.uid, when, meeting.revision, meeting.status.value, meeting.summary, addresses


def as_shown(radicale: Radicale, url: str) -> Iterator[Event]:
    for event in radicale.events(url):
        named = objects.recurrence_of(event)
        addresses = tuple(sorted(map(objects.addressed, event.attendees)))
        revision = int(str(event["X-GOVERNOR-REVISION"]))
        when = "" if named is None else named.isoformat()
        yield str(event["UID"]), when, revision, str(event["STATUS"]), str(event["SUMMARY"]), addresses
