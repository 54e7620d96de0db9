"""Does a calendar server that nobody here wrote keep our invitations, and do we understand what it answers?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest
from icalendar import Calendar

from governor.domain.meetings import PartStat
from governor.itip.invitation import Guest, Invitation
from integrations.mail.composition import compose
from tests.itip.invitations import BOARD, cancelled
from tests.peers import cyrus
from tests.peers.golden import INVITATIONS, MOVED
from tests.peers.postbox import Postbox, listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(cyrus.missing() is not None, reason=str(cyrus.missing())),
]
RATNA = "ratna@example.org"


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    with listening() as box:
        yield box


@pytest.fixture(scope="module")
def server(postbox: Postbox) -> Iterator[cyrus.Cyrus]:
    with cyrus.running(smtp=postbox.port) as started:
        yield started


def addressed(invitation: Invitation, address: str) -> tuple[Invitation, Guest]:
    """Return *invitation* with its second guest at *address*, and that guest."""
    first, second, *others = invitation.guests
    guest = replace(second, mailbox=replace(second.mailbox, address=address))
    return replace(invitation, guests=(first, guest, *others)), guest


def send(server: cyrus.Cyrus, invitation: Invitation, address: str) -> None:
    invited, guest = addressed(invitation, address)
    server.deliver(compose(invited, guest), invited.organizer.address, address)


def kept(server: cyrus.Cyrus, address: str) -> dict[str, str]:
    """Return the properties of the one event in the calendar of *address*."""
    (calendar,) = server.events(address).values()
    event = calendar.partition("BEGIN:VEVENT")[2]
    return {
        name: value for name, _, value in re.findall(r"^([A-Z-]+)((?:;[^:\r\n]*)?):([^\r\n]*)", event, re.MULTILINE)
    }


def test_invitation_is_kept_moved_and_cancelled(server: cyrus.Cyrus) -> None:
    server.enrol(RATNA)

    send(server, BOARD, RATNA)
    assert (kept(server, RATNA)["DTSTART"], kept(server, RATNA)["SEQUENCE"]) == ("20261203T190000", "0")

    send(server, MOVED, RATNA)
    assert (kept(server, RATNA)["DTSTART"], kept(server, RATNA)["SEQUENCE"]) == ("20261204T200000", "1")

    send(server, cancelled(MOVED), RATNA)
    assert (kept(server, RATNA)["STATUS"], kept(server, RATNA)["SEQUENCE"]) == ("CANCELLED", "2")


@pytest.mark.parametrize("partstat", [PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE])
def test_answer_is_understood(server: cyrus.Cyrus, postbox: Postbox, partstat: PartStat) -> None:
    address = f"{partstat.value.lower()}@example.org"
    server.enrol(address)
    send(server, BOARD, address)

    server.answer(address, partstat.value)

    answer = postbox.next()
    assert (answer.uid, answer.attendee, answer.partstat) == (BOARD.uid, address, partstat)
    assert answer.sequence == BOARD.sequence


@pytest.mark.parametrize("name", ["new-york-summer", "casablanca-ramadan", "arabic", "emoji", "hostile", "long", "day"])
def test_hard_messages_are_kept_whole(server: cyrus.Cyrus, name: str) -> None:
    invitation = INVITATIONS[name]
    if len(invitation.guests) < 2:
        invitation = replace(invitation, guests=(*invitation.guests, BOARD.guests[1]))
    address = f"{name}@example.org"
    server.enrol(address)

    send(server, invitation, address)

    event = kept(server, address)
    assert event["UID"] == invitation.uid
    assert event["DTSTART"].removesuffix("Z") in {
        f"{moment:%Y%m%dT%H%M%S}" for moment in (invitation.dtstart, invitation.dtstart.astimezone(UTC))
    } or (invitation.is_all_day and event["DTSTART"] == f"{invitation.dtstart:%Y%m%d}")


def test_series_is_kept_with_what_is_moved_and_taken_off(server: cyrus.Cyrus) -> None:
    address = "series@example.org"
    server.enrol(address)

    send(server, INVITATIONS["weekly"], address)
    assert kept(server, address)["RRULE"] == "FREQ=WEEKLY;BYDAY=TH"

    send(server, INVITATIONS["one-moved"], address)
    send(server, INVITATIONS["one-cancelled"], address)

    (text,) = server.events(address).values()
    found = Calendar.from_ical(text)
    apart = {event["RECURRENCE-ID"].dt: event for event in found.events if "RECURRENCE-ID" in event}
    moved, off = INVITATIONS["one-moved"], INVITATIONS["one-cancelled"]
    assert apart[moved.recurrence_id].start == moved.dtstart
    (series,) = (event for event in found.events if "RECURRENCE-ID" not in event)
    left_out = {moment.dt for moment in getattr(series.get("EXDATE"), "dts", ())}
    assert off.recurrence_id in left_out or str(apart[off.recurrence_id]["STATUS"]) == "CANCELLED"


def test_meeting_is_off_for_who_is_uninvited(server: cyrus.Cyrus) -> None:
    address = "uninvited@example.org"
    server.enrol(address)
    send(server, BOARD, address)
    _, guest = addressed(BOARD, address)

    server.deliver(compose(replace(MOVED, guests=BOARD.guests[:1]), guest), BOARD.organizer.address, address)

    assert kept(server, address)["STATUS"] == "CANCELLED"
