"""Answers that come by mail are neither lost nor counted twice, however often the process that reads them is killed."""

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dbos import DBOS
from sqlalchemy import func, select

from governor.domain.meetings import PartStat
from governor.store import meetings, tables
from tests.delivery.hall import Hall, open_hall
from tests.delivery.receiver import Orders, Receiver
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import clock
from tests.integrations.imap_server import dovecot
from tests.integrations.incoming import PASSED, message

KILLS = 25
GUESTS = 6
ROUNDS = 60
ANSWERS = (PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE)


def test_nothing_is_lost_or_counted_twice_however_often_the_process_is_killed(tmp_path: Path, url: str | None) -> None:
    chance = random.Random(11)  # noqa: S311
    with open_hall(tmp_path / "data", url, clock) as hall:
        if url is None:
            DBOS.migrate(hall.record.database.url.render_as_string())
        guests = [hall.enrol(f"Guest {at}", f"guest{at}@example.org") for at in range(GUESTS)]
        uid = hall.call("2026-001", guests)
    letters = [(at, chance.choice(ANSWERS), number) for number in range(ROUNDS) for at in range(GUESTS)]
    chance.shuffle(letters)
    with dovecot() as server:
        server.put(*(answer(uid, *each) for each in letters))
        receiver = Receiver(Orders(data=tmp_path / "data", url=url, port=server.port))
        progress = []
        for _ in range(KILLS):
            receiver.start()
            time.sleep(chance.uniform(0.05, 0.9))
            receiver.kill()
            with open_hall(tmp_path / "data", url, clock) as hall:
                progress.append(taken(hall))
        in_the_middle = {count for count in progress if 0 < count < len(letters)}
        assert len(in_the_middle) >= 4, progress
        receiver.start()
        with open_hall(tmp_path / "data", url, clock) as hall:
            wait_until(lambda: taken(hall) == len(letters), 120)
            receiver.kill()
            check(hall, letters)


def answer(uid: str, at: int, partstat: PartStat, number: int) -> bytes:
    """Return the *number*-th answer of a guest; the higher the number, the later it was given."""
    given = datetime(2026, 11, 24, 10, tzinfo=UTC) + timedelta(seconds=number)
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid}"),
        *(
            "SEQUENCE:0",
            f"DTSTAMP:{given:%Y%m%dT%H%M%SZ}",
            f"ATTENDEE;PARTSTAT={partstat}:mailto:guest{at}@example.org",
        ),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    made = message(f"{at} {number}", sender=f"guest{at}@example.org", results=PASSED)
    made.add_alternative("\r\n".join(lines).encode(), maintype="text", subtype="calendar", params={"method": "REPLY"})
    return made.as_bytes()


def taken(hall: Hall) -> int:
    with hall.record.database.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.received)).scalar_one()


def check(hall: Hall, letters: list[tuple[int, PartStat, int]]) -> None:
    """Each guest's last answer counts, and each that was newer than all before it is one entry, in their order."""
    newest: dict[int, int] = {}
    expected = 0
    for at, _, number in letters:
        if number > newest.get(at, -1):
            newest[at] = number
            expected += 1
    last = {at: partstat for at, partstat, number in letters if number == ROUNDS - 1}
    with hall.record.database.read() as connection:
        meeting = meetings.find(connection, "2026-001")
        entries = hall.record.ledger.counter(connection, "meeting/2026-001")
    assert meeting is not None
    assert [one.partstat for one in meeting.attendees] == [last[at] for at in range(GUESTS)]
    assert entries == 1 + expected
    assert hall.is_sound()
