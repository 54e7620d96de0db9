"""Google fails in every way, and the process is killed at any instant: nobody is lost, nobody is told by two ways."""

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from governor.domain.meetings import Meeting, Status
from governor.services.ways import latest
from governor.store import meetings
from tests.delivery.hall import Hall, open_hall
from tests.delivery.post_office import Slow, arrived, last
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Crew, clock
from tests.integrations import google_accounts
from tests.integrations.google_server import Fault, Google, serving

KILLS = 12

FAULTS = (
    (0.06, Fault(status=429, reason="rateLimitExceeded")),
    (0.06, Fault(status=403, reason="userRateLimitExceeded")),
    (0.03, Fault(status=403, reason="quotaExceeded")),
    (0.06, Fault(status=500)),
    (0.10, Fault(status=504, after=True)),
    (0.06, Fault(status=0, after=True)),
    (0.04, Fault(status=0)),
)
"""How often each goes wrong, of all requests."""


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as running:
        yield running


def test_nobody_is_lost_or_told_by_two_ways(crew: Crew, inbox: Slow, google: Google) -> None:
    chance, failed = random.Random(7), Counter[int]()  # noqa: S311

    def choose(_: str) -> Fault | None:
        drawn = chance.random()
        for share, fault in FAULTS:
            drawn -= share
            if drawn < 0:
                failed[fault.status] += 1
                return fault
        return None

    google_accounts.opened(google, crew.data)
    google.choose, crew.google = choose, google.endpoint
    for at in range(KILLS):
        name = f"w{at}" if crew.url else "embedded"
        crew.start(name, load=f"w{at}")
        if at % 3:
            seen = len(google.requests) + chance.randrange(30)
            wait_until(lambda seen=seen: len(google.requests) >= seen)
        time.sleep(chance.uniform(0, 0.3))
        crew.kill(name)
    crew.start("heir" if crew.url else "embedded")
    time.sleep(2)
    google.choose = None

    with open_hall(crew.data, crew.url, clock) as hall:
        wait_until(lambda: not hall.queued(), 120)
        assert crew.dismiss() == [0]
        check(hall, google, inbox, failed)


def check(hall: Hall, google: Google, inbox: Slow, failed: Counter[int]) -> None:
    mailed, ways = last(arrived(inbox)), Counter[str | None]()
    with hall.record.database.read() as connection:
        roster = hall.record.roster(connection)
        numbers = sorted({one.effect.subject for one in hall.all() if one.effect.kind == "invitation"})
        every = [found for number in numbers if (found := meetings.find(connection, number)) is not None]
    assert len(every) == len(numbers) > KILLS // 3
    for meeting in every:
        by = latest(hall.effects(meeting.number))
        for attendee in (*meeting.attendees, *meeting.removed):
            person = roster.get(attendee.member)
            assert person is not None
            email, effect = str(person.email), by[attendee.member].effect
            ways[effect.way] += 1
            expects = attendee in meeting.attendees and meeting.status is Status.CONFIRMED
            in_google = shows(google, email, meeting)
            sent = [one for key, one in mailed.items() if key[2] == email and key[0] in uids(google, meeting)]
            by_mail = [one for one in sent if one.method == "REQUEST"]
            assert len(in_google) + len(by_mail) == (1 if expects else 0), (meeting.number, email, effect.way)
            assert all(one["summary"] == meeting.summary for one in in_google)
            assert all(one.sequence == meeting.sequence for one in by_mail)
    invited = Counter((one.email, one.event) for one in google.told if one.news == "invited")
    assert hall.is_sound()
    print(f"{len(every)} meetings, {dict(ways)}, {len(google.requests)} requests, failed: {dict(failed)}")  # noqa: T201
    print(f"{len(google.events)} events, {len(invited)} invited, {len(inbox.messages)} mails")  # noqa: T201


def shows(google: Google, email: str, meeting: Meeting) -> list[dict[str, object]]:
    return [one for one in google.shows(email) if one["extendedProperties"]["private"]["governorUid"] == meeting.uid]


def uids(google: Google, meeting: Meeting) -> set[str]:
    """Return the UIDs of *meeting*: the record's, and that of its event."""
    events = google.events.values()
    ours = [one for one in events if one["extendedProperties"]["private"]["governorUid"] == meeting.uid]
    return {meeting.uid, *(one["iCalUID"] for one in ours), *never_there(google, meeting)}


def never_there(google: Google, meeting: Meeting) -> set[str]:
    """Return the UID that its event would have, though Google never made it."""
    return {f"{google_accounts.event_of(meeting.uid)}@google.com"}
