"""A person who has nothing but a mail program answers an invitation, and the room hears of it."""

import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import icalendar
import pytest

from tests.integrations.imap_server import PASSWORD, USER, ImapServer, dovecot
from tests.integrations.incoming import AUTHSERV, OURS, message
from tests.integrations.smtp_servers import Inbox, serving
from tests.journeys.talk import talking


def settings(smtp: int, imap: int) -> dict[str, str]:
    return {
        "GOVERNOR_LANGUAGE": "id",
        "GOVERNOR_HTTP_PORT": "0",
        "GOVERNOR_MAIL_FROM": OURS,
        "GOVERNOR_SMTP_HOST": "127.0.0.1",
        "GOVERNOR_SMTP_PORT": str(smtp),
        "GOVERNOR_SMTP_SECURITY": "none",
        "GOVERNOR_IMAP_HOST": "127.0.0.1",
        "GOVERNOR_IMAP_PORT": str(imap),
        "GOVERNOR_IMAP_SECURITY": "none",
        "GOVERNOR_IMAP_USER": USER,
        "GOVERNOR_IMAP_PASSWORD": PASSWORD,
        "GOVERNOR_MAIL_AUTHSERV": AUTHSERV,
    }


def invitation(inbox: Inbox, after: int = 0) -> tuple[str, icalendar.Event]:
    """Return Message-ID and event of what Budi was sent last, when he was sent more than *after* messages."""
    until = time.monotonic() + 30
    while len(inbox.messages) <= after:
        assert time.monotonic() < until
        time.sleep(0.02)
    sent = message_from_bytes(inbox.messages[-1][1], policy=default)
    part = next(each for each in sent.walk() if each.get_content_type() == "text/calendar")
    return str(sent["Message-ID"]), icalendar.Calendar.from_ical(part.get_payload(decode=True)).events[0]


def answer(event: icalendar.Event, method: str, *properties: str, partstat: str = "ACCEPTED") -> bytes:
    """Return what Budi's calendar answers to *event*."""
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", f"METHOD:{method}", "BEGIN:VEVENT"),
        *(f"UID:{event['UID']}", f"SEQUENCE:{event['SEQUENCE']}", "DTSTAMP:20261124T100000Z", *properties),
        *(f"ATTENDEE;PARTSTAT={partstat}:mailto:budi@example.org", "END:VEVENT", "END:VCALENDAR", ""),
    )
    made = message("an answer")
    made.add_alternative("\r\n".join(lines).encode(), maintype="text", subtype="calendar", params={"method": method})
    return made.as_bytes()


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with dovecot() as server:
        yield server


def test_answer_in_a_mail_program_is_heard_in_the_room(server: ImapServer, tmp_path: Path) -> None:
    inbox = Inbox()
    with serving(inbox) as smtp, talking(tmp_path, **settings(smtp.port or 0, server.port)) as talk:
        talk.say("anggota tambah Budi budi@example.org")
        talk.say("rapat pengurus Kamis depan jam 7 malam dengan @budi")
        talk.say("1")
        talk.hear("Rapat dipanggil")
        sent, event = invitation(inbox)

        server.put(message("Maaf, tidak bisa hadir.", In_Reply_To=sent).as_bytes())
        talk.hear("Budi tidak hadir di Rapat Pengurus.")
        server.put(answer(event, "COUNTER", "DTSTART:20300105T120000Z", "DTEND:20300105T130000Z"))
        talk.hear("Usul perubahan Rapat Pengurus")
        talk.say("1")
        talk.hear("Rapat diubah: Rapat Pengurus, sekarang Sabtu, 5 Januari 2030 pukul 19.00 WIB.")
        moved = invitation(inbox, after=1)
        server.put(answer(moved[1], "REPLY"))
        talk.hear("Budi hadir di Rapat Pengurus.")
        server.put(answer(moved[1], "REFRESH"))
        copy = invitation(inbox, after=2)
        assert (copy[1], copy[0] == moved[0]) == (moved[1], False)
        server.put(answer(moved[1], "CANCEL", "STATUS:CANCELLED"))
        talk.hear("Rapat tetap seperti semula.")
        talk.hear("reason='calendar: method CANCEL'")

        assert PASSWORD not in talk.shown
