"""Does a mail program read our messages as we meant them?"""

from base64 import b64encode
from datetime import datetime

from governor.domain.meetings import Status
from governor.itip.cancel import cancel
from governor.itip.request import request
from governor.itip.texts import line, lines
from integrations.mail.composition import compose, message_id
from tests.peers.golden import INVITATIONS
from tests.peers.readers import postal_mime


def test_every_golden_message_is_read_as_it_was_meant() -> None:
    invitations = list(INVITATIONS.values())

    found = postal_mime([compose(invitation, invitation.guests[0]) for invitation in invitations])

    for invitation, reading in zip(invitations, found, strict=True):
        guest = invitation.guests[0]
        is_off = invitation.status is Status.CANCELLED
        method = "CANCEL" if is_off else "REQUEST"
        calendar = _as_given(cancel(invitation) if is_off else request(invitation))
        assert reading["from"] == {"name": "Governor", "address": invitation.sender.address}
        assert reading["to"] == [{"name": line(guest.mailbox.name), "address": guest.mailbox.address}]
        assert reading["cc"] == []
        assert line(invitation.summary) in str(reading["subject"])
        assert datetime.fromisoformat(str(reading["date"])) == invitation.dtstamp
        assert reading["message_id"] == message_id(invitation, guest)
        assert lines(invitation.agenda or "") in str(reading["text"]).replace("\r\n", "\n")
        assert '<html lang="id">' in str(reading["html"])
        assert reading["calendars"] == [
            ["text/calendar", method, "", calendar],
            ["application/ics", "", "attachment", calendar],
        ]


def _as_given(calendar: bytes) -> str:
    """Return *calendar* as postal-mime gives both kinds of calendar part: like text, with the line breaks of Unix."""
    return b64encode(calendar.replace(b"\r\n", b"\n")).decode()
