"""Google fails in every way, and the process is killed at any instant: nobody is lost, nobody is told by two ways."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from governor.store import meetings
from tests.delivery.entries import of_google, of_mails, of_record
from tests.delivery.hall import Hall, open_hall
from tests.delivery.load import begin_load
from tests.delivery.post_office import Slow, arrived, check_copies, last
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Crew, clock
from tests.integrations import google_accounts
from tests.integrations.google_server import Fault, Google, serving

KILLS = 16
SEED = int(os.environ.get("SEED", "7"))
"""With another in the environment other things happen, at other instants."""

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
    chance, failed = random.Random(SEED), Counter[int]()  # noqa: S311

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
    with open_hall(crew.data, crew.url, clock) as hall:
        hall.ways = ("google", "mail")
        begin_load(hall)
    for at in range(KILLS):
        name = f"w{at}" if crew.url else "embedded"
        crew.start(name, load=f"w{SEED}-{at}")
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
    """Check that everybody's calendar shows what the record says, each meeting by one way, and count."""
    found = arrived(inbox)
    copies, mailed, ways = check_copies(found), last(found).values(), Counter[str]()
    check_order(google)
    with hall.record.database.read() as connection:
        people = [one for one in hall.record.roster(connection) if one.email is not None]
        numbers = sorted({one.effect.subject for one in hall.all() if one.effect.kind == "invitation"})
        every = [one for number in numbers if (one := meetings.find(connection, number)) is not None]
    assert len(every) == len(numbers) > KILLS // 3
    ours = {uid: one.uid for one in every for uid in (one.uid, f"{google_accounts.event_of(one.uid)}@google.com")}
    for person in people:
        email = str(person.email)
        by_google, by_mail = of_google(google, email), of_mails((one for one in mailed if one.recipient == email), ours)
        shown, expected = by_google + by_mail, of_record(every, person.id)
        assert (shown - expected, expected - shown) == (Counter(), Counter()), f"beyond, and missing, of {email}"
        told = [{one.uid for one in entries} for entries in (by_google, by_mail)]
        assert not told[0] & told[1], f"{email} is told of parts of one series by two ways"
        ways += Counter(google=len(by_google), mail=len(by_mail))
    assert ways["google"]
    assert ways["mail"]
    assert hall.is_sound()
    kinds = Counter("occurrence" if one.recurrence_id else "series" if one.recurrence else "meeting" for one in every)
    assert kinds["occurrence"]
    assert [one for one in every if one.continues], "no series was split"
    print(f"{dict(kinds)}, {dict(ways)} entries, {len(google.requests)} requests, failed: {dict(failed)}")  # noqa: T201
    print(f"{len(google.events)} events, {len(google.told)} told, {len(found)} mails, {copies} copies")  # noqa: T201


def check_order(google: Google) -> None:
    """Check that Google told nobody of an older state of an event after a newer."""
    newest = dict[tuple[str, str], int]()
    for one in google.told:
        assert one.sequence >= newest.get((one.email, one.event), 0), one
        newest[one.email, one.event] = one.sequence
