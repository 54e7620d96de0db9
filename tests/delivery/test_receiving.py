"""Answers that come by mail are neither lost nor counted twice, however often the process that reads them is killed."""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from governor.domain.meetings import PartStat
from governor.domain.members import MemberId
from governor.ports import Incoming
from governor.services import answers
from governor.services.delivery import Delivery
from governor.services.health import health_of
from governor.services.outside import Outside
from governor.store import meetings, tables
from integrations.google_calendar.calendar import GoogleCalendar
from tests.delivery.hall import Hall, open_hall
from tests.delivery.receiver import Orders, Receiver
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Nobody, clock
from tests.integrations import google_accounts
from tests.integrations.google_server import Google, serving
from tests.integrations.imap_server import dovecot
from tests.integrations.incoming import PASSED, message

KILLS = 25
GUESTS = 6
ROUNDS = 60
ANSWERS = (PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE)


def test_nothing_is_lost_or_counted_twice_however_often_the_process_is_killed(tmp_path: Path, url: str | None) -> None:
    chance = random.Random(11)  # noqa: S311
    with open_hall(tmp_path / "data", url, clock) as hall:
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


def test_two_processes_that_read_one_mailbox_count_nothing_twice(tmp_path: Path, postgres_url: str) -> None:
    with open_hall(tmp_path / "data", postgres_url, clock) as hall:
        guests = [hall.enrol(f"Guest {at}", f"guest{at}@example.org") for at in range(GUESTS)]
        uid = hall.call("2026-001", guests)
    letters = [(at, ANSWERS[(at + number) % 3], number) for number in range(ROUNDS) for at in range(GUESTS)]
    with dovecot() as server:
        server.put(*(answer(uid, *each) for each in letters), b"\r\n\r\nno header")
        orders = Orders(data=tmp_path / "data", url=postgres_url, port=server.port)
        pair = [Receiver(orders), Receiver(orders)]
        with open_hall(tmp_path / "data", postgres_url, clock) as hall:
            for one in pair:
                one.start()
            wait_until(lambda: taken(hall) == len(letters) + 1, 120)
            for one in pair:
                one.kill()
            with hall.record.database.read() as connection:
                meeting = meetings.find(connection, "2026-001")
                entries = hall.record.ledger.counter(connection, "meeting/2026-001")
            assert meeting is not None
            last = {at: partstat for at, partstat, number in letters if number == ROUNDS - 1}
            assert [one.partstat for one in meeting.attendees] == [last[at] for at in range(GUESTS)]
            assert GUESTS < entries <= 1 + len(letters)  # of two that overtake each other, the older counts no more
            assert health_of(hall.record).set_aside == {"no header": 1}
            assert hall.is_sound()


def test_two_processes_that_watch_one_google_account_count_nothing_twice(hall: Hall, tmp_path: Path) -> None:
    answers_each = 6
    guests = [hall.enrol(f"Guest {at}", f"guest{at}@example.org") for at in range(3)]
    with serving() as google:
        pair = [google_accounts.opened(google, tmp_path, google_poll_seconds=0.02) for _ in range(2)]
        hall.ways = ("google", "mail")
        hall.call("2026-001", guests)
        delivery = Delivery(hall.record, Outside(calendars=pair[:1], chat=Nobody()), clock)
        for one in hall.effects("2026-001"):
            delivery.carry_out(one.id, asyncio.run)
        (event,) = google.events
        asyncio.run(listen_to_both(hall, pair, google, (event, guests, answers_each)))
        with hall.record.database.read() as connection:
            meeting = meetings.find(connection, "2026-001")
            entries = hall.record.ledger.counter(connection, "meeting/2026-001")
        assert meeting is not None
        assert {one.partstat for one in meeting.attendees} == {PartStat.DECLINED}
        assert entries == 1 + answers_each * len(guests)
        assert hall.is_sound()


async def listen_to_both(
    hall: Hall, pair: Sequence[GoogleCalendar], google: Google, answers_given: tuple[str, Sequence[MemberId], int]
) -> None:
    """Have both hear each answer, one after the other, and be told all again after the last."""
    event, guests, count = answers_given
    heard = [0, 0]

    async def listen(at: int) -> None:
        async def receive(incoming: Incoming) -> None:
            await asyncio.to_thread(answers.receive, hall.record, incoming, clock(), "google")
            heard[at] += 1

        await pair[at].listen(receive)

    listening = [asyncio.create_task(listen(at)) for at in range(2)]
    for number in range(count):
        for at in range(len(guests)):
            before = list(heard)
            google.answer(event, f"guest{at}@example.org", ("accepted", "declined")[number % 2])
            async with asyncio.timeout(60):
                while any(now == then for now, then in zip(heard, before, strict=True)):
                    await asyncio.sleep(0.01)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for each in pair:
        await each.close()


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
