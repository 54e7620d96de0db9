"""Does a calendar server that nobody here wrote keep our invitations, and do we understand what it answers?"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from governor.domain.meetings import PartStat
from governor.itip.answer import Answer, answers
from governor.itip.invitation import Guest, Invitation
from integrations.mail import compose
from tests.itip.invitations import BOARD, cancelled
from tests.peers import cyrus
from tests.peers.golden import INVITATIONS, MOVED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(cyrus.missing() is not None, reason=str(cyrus.missing())),
]
RATNA = "ratna@example.org"
PATIENCE = 20.0


@dataclass
class Postbox:
    """What came back by SMTP."""

    messages: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.messages.append(envelope.content)
        return "250 kept"

    def next(self) -> Answer:
        """Wait for one message, take it out, and return what it answers."""
        until = time.monotonic() + PATIENCE
        while not self.messages:
            assert time.monotonic() < until, "no answer came"
            time.sleep(0.05)
        message = message_from_bytes(self.messages.pop(0), policy=policy.default)
        part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        (answer,) = answers(payload, received=datetime.now(UTC))
        return answer


@pytest.fixture(scope="module")
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    (port,) = cyrus.free_ports(1)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(scope="module")
def server(postbox: tuple[Postbox, int]) -> Iterator[cyrus.Cyrus]:
    with cyrus.running(smtp=postbox[1]) as started:
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
def test_answer_is_understood(server: cyrus.Cyrus, postbox: tuple[Postbox, int], partstat: PartStat) -> None:
    address = f"{partstat.value.lower()}@example.org"
    server.enrol(address)
    send(server, BOARD, address)

    server.answer(address, partstat.value)

    answer = postbox[0].next()
    assert (answer.uid, answer.attendee, answer.partstat) == (BOARD.uid, address, partstat)
    assert answer.sequence == BOARD.sequence


@pytest.mark.parametrize("name", ["new-york-summer", "casablanca-ramadan", "arabic", "emoji", "hostile", "long"])
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
    }
