"""Does a CalDAV server that tells guests by itself, as Nextcloud does, keep our meetings, and give us the answers?"""

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from governor.domain.meetings import PartStat
from governor.ports import Incoming, Rsvp
from governor.ports.choices import Secret
from integrations.caldav.calendar import CaldavCalendar
from integrations.caldav.server import Server
from integrations.caldav.settings import Settings
from tests.integrations.calendar_contract import CalendarContract, Desk, Shown
from tests.itip.invitations import BOARD, ORGANIZER, SARI, guest
from tests.peers import cyrus
from tests.peers.postbox import listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(cyrus.missing() is not None, reason=str(cyrus.missing())),
]
NUMBERS = itertools.count()
RATNA = guest("Ratna", "ratna@example.org")
DENTIST = "\r\n".join(
    (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ratna//EN", "BEGIN:VEVENT", "UID:dentist", "SUMMARY:Dentist"),
        *("DTSTAMP:20261101T000000Z", "DTSTART:20261203T090000Z", "DTEND:20261203T100000Z"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
)


@pytest.fixture(scope="module")
def server() -> Iterator[cyrus.Cyrus]:
    with listening() as box, cyrus.running(box.port, "example.org karangtaruna.example") as started:
        started.enrol(ORGANIZER.address)
        started.enrol(RATNA.mailbox.address)
        yield started


@pytest.fixture
def path(server: cyrus.Cyrus) -> Iterator[str]:
    """Give an empty calendar, and take it away: a user may have a UID in one of theirs only."""
    made = f"/dav/calendars/user/{ORGANIZER.address}/c{next(NUMBERS)}/"
    server.ask(ORGANIZER.address, "MKCALENDAR", made)
    yield made
    server.ask(ORGANIZER.address, "DELETE", made)


@pytest.fixture
def calendar(server: cyrus.Cyrus, path: str, tmp_path: Path) -> Iterator[CaldavCalendar]:
    settings = Settings(
        caldav_calendar=f"http://127.0.0.1:{server.http}{path}",
        caldav_user=ORGANIZER.address,
        caldav_password=Secret(cyrus.PASSWORD),
        caldav_from=ORGANIZER.address,
        caldav_poll_seconds=0.1,
    )
    found = CaldavCalendar(Server(settings), settings, tmp_path / "answers.json")
    yield found
    asyncio.run(found.close())


def shows(texts: Sequence[str], address: str) -> list[Shown]:
    """Return what stands for *address* in these calendars."""
    events = [event for text in texts for event in icalendar.Calendar.from_ical(text).events]
    return [
        Shown(
            uid=str(event["UID"]),
            sequence=int(event["SEQUENCE"]),
            summary=str(event["SUMMARY"]),
            start=event.start.astimezone(UTC),
            end=event.end.astimezone(UTC),
        )
        for event in events
        if str(event.get("STATUS")) != "CANCELLED"
        and f"mailto:{address}" in {str(one).lower() for one in event.attendees}
    ]


class TestContract(CalendarContract):
    @pytest.fixture
    def desk(self, calendar: CaldavCalendar, server: cyrus.Cyrus, path: str) -> Iterator[Desk]:
        loop = asyncio.new_event_loop()

        def found(address: str) -> list[Shown]:
            return shows([*server.events(ORGANIZER.address, path).values()], address)

        yield Desk(calendar=calendar, run=loop.run_until_complete, shows=found)
        loop.close()


def test_server_tells_when_its_own_people_are_busy_though_the_meeting_is_not_ours(
    server: cyrus.Cyrus, calendar: CaldavCalendar
) -> None:
    theirs = f"/dav/calendars/user/{RATNA.mailbox.address}/Default/own.ics"
    server.ask(RATNA.mailbox.address, "PUT", theirs, {"Content-Type": "text/calendar; charset=utf-8"}, DENTIST)
    people = [RATNA.mailbox.address, ORGANIZER.address, "stranger@example.org"]

    try:
        found = asyncio.run(calendar.busy(people, datetime(2026, 12, 3, tzinfo=UTC), datetime(2026, 12, 4, tzinfo=UTC)))
    finally:
        server.ask(RATNA.mailbox.address, "DELETE", theirs)

    start = datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert found[RATNA.mailbox.address] == [(start, start + timedelta(hours=1))]
    assert "stranger@example.org" not in found


def test_guest_on_the_server_is_told_by_it_and_their_answer_heard(
    server: cyrus.Cyrus, calendar: CaldavCalendar
) -> None:
    heard: list[Incoming] = []

    async def receive(incoming: Incoming) -> None:
        heard.append(incoming)

    async def story() -> None:
        await calendar.publish(replace(BOARD, guests=(SARI, RATNA)), RATNA)
        await asyncio.to_thread(server.answer, RATNA.mailbox.address, "ACCEPTED")
        listening_to_it = asyncio.create_task(calendar.listen(receive))
        async with asyncio.timeout(cyrus.PATIENCE):
            while not any(isinstance(one, Rsvp) and one.answer.attendee == RATNA.mailbox.address for one in heard):
                await asyncio.sleep(0.05)
        listening_to_it.cancel()

    asyncio.run(story())

    told = [one.answer for one in heard if isinstance(one, Rsvp)]
    mine = [(one.uid, one.partstat) for one in told if one.attendee == RATNA.mailbox.address]
    assert mine == [(BOARD.uid, PartStat.ACCEPTED)]
