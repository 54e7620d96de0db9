"""A clock that jumps by a day, either way, loses no invitation, sends none twice, and holds none up for a day."""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.delivery.hall import open_hall
from tests.delivery.post_office import Arrived, Key, Slow, arrived
from tests.delivery.test_kill import check, until_arrived, wait_until
from tests.delivery.worker import Crew, clock
from tests.integrations.inbox import calendar
from tests.integrations.smtp_servers import Inbox

DAY = 86_400
JUMPS = (DAY, 0, -DAY, 0, DAY, -DAY, DAY)
"""By how many seconds the clock is wrong, one after the other; the last stays until the process dies."""


@dataclass
class Moody(Slow):
    """Takes no mail while it is ``closed``, and counts how often it was asked to."""

    closed: bool = False
    refused: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.refused += self.closed
        self.sender_answer = "451 4.3.0 Not now" if self.closed else None
        return await Inbox.handle_MAIL(self, server, session, envelope, address, options)

    def refuse(self, count: int) -> None:
        """Close until so many have been refused, and their senders had the time to note it."""
        self.closed = True
        until = self.refused + count
        wait_until(lambda: self.refused >= until)
        time.sleep(0.2)


@pytest.fixture
def inbox() -> Moody:
    return Moody()


def test_nothing_is_lost_doubled_or_held_up_when_the_clock_jumps(crew: Crew, inbox: Moody, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    put(wrong, 0)
    crew.start("jumping" if crew.url else "embedded", load="a", shift=wrong)
    if crew.url:
        crew.start("steady", load="b")
    until_arrived(inbox, 5)
    for jump in JUMPS:
        inbox.refuse(6)  # what fails now is put off by a clock that is wrong soon
        put(wrong, jump)
        time.sleep(0.3)
        inbox.closed = False
        until_arrived(inbox, len(inbox.messages) + 8)
    inbox.refuse(6)
    crew.disperse()
    inbox.closed = False
    crew.start("heir" if crew.url else "embedded")

    with open_hall(crew.data, crew.url, clock) as hall:
        wait_until(lambda: not hall.queued())
        assert crew.dismiss() == [0]
        check(hall, arrived(inbox), at_least=len(JUMPS) * 8)
    check_dtstamps(arrived(inbox))


def put(file: Path, seconds: int) -> None:
    """Write *seconds* in one step: it may be read at any instant."""
    part = file.with_suffix(".part")
    part.write_text(str(seconds))
    part.replace(file)


def check_dtstamps(found: list[Arrived]) -> None:
    """Check that no guest is shown an older DTSTAMP after a newer: their calendar would keep what it has."""
    told: dict[Key, list[datetime]] = defaultdict(list)
    for one in found:
        told[one.key].append(dtstamp(one))
    assert all(stamps == sorted(stamps) for stamps in told.values())


def dtstamp(one: Arrived) -> datetime:
    stamp = calendar(one.content).events[0].DTSTAMP
    assert isinstance(stamp, datetime)
    return stamp
