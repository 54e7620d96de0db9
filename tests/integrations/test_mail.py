"""Which bytes invite one guest?"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governor.domain.meetings import Status
from governor.errors import Refused
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.itip.request import request
from governor.itip.texts import line, lines
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.composition import compose, message_id
from tests.integrations.inbox import parts
from tests.itip.invitations import ANNE, ARABIC, BOARD, BUDI, EMOJI, HOSTILE, JAPANESE, ORGANIZER, at, cancelled, guest
from tests.itip.lint import lint as calendar_lint
from tests.itip.test_request import ANY
from tests.peers.golden import INVITATIONS

MOVED = replace(BOARD, sequence=1, revision=1, dtstamp=BOARD.dtstamp + timedelta(hours=1))


def parse(message: bytes) -> EmailMessage:
    return message_from_bytes(message, policy=default)


def test_message_has_the_four_parts_in_their_order() -> None:
    message = parse(compose(BOARD, BUDI))

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]


def test_calendar_part_is_the_request_itself_twice() -> None:
    _, _, calendar, attachment = parts(compose(BOARD, BUDI))

    assert calendar.get_payload(decode=True) == attachment.get_payload(decode=True) == request(BOARD)
    assert dict(calendar["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
    assert calendar["Content-Disposition"] is None
    assert (attachment.get_filename(), attachment["Content-Type"].params["name"]) == ("invite.ics", "invite.ics")


@pytest.mark.parametrize(
    ("invitation", "method"),
    [(BOARD, "REQUEST"), (MOVED, "REQUEST"), (cancelled(BOARD), "CANCEL"), (replace(MOVED, guests=()), "CANCEL")],
    ids=["invited", "updated", "cancelled", "uninvited"],
)
def test_method_of_the_part_is_the_method_inside(invitation: Invitation, method: str) -> None:
    calendar = parts(compose(invitation, BUDI))[2]

    assert calendar.get_param("method") == method
    assert f"METHOD:{method}\r\n".encode() in calendar.get_payload(decode=True)


def test_message_is_from_our_mailbox_to_that_guest_alone() -> None:
    message = parse(compose(BOARD, BUDI))

    assert message["From"].addresses == (Address("Governor", addr_spec="rapat@karangtaruna.example"),)
    assert message["To"].addresses == (Address("Budi Santoso", addr_spec="budi@example.org"),)
    assert message["Cc"] is message["Bcc"] is None


def test_date_and_identity_come_from_the_record() -> None:
    message = parse(compose(BOARD, BUDI))

    assert message["Date"].datetime == BOARD.dtstamp
    assert message["Message-ID"] == message_id(BOARD, BUDI)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["In-Reply-To"] is message["References"] is None


def test_same_invitation_gives_the_same_bytes() -> None:
    assert compose(replace(BOARD), replace(BUDI)) == compose(BOARD, BUDI)


def test_each_guest_and_revision_has_its_own_identity() -> None:
    identities = {message_id(invitation, each) for invitation in (BOARD, MOVED) for each in BOARD.guests}

    assert len(identities) == 6


def test_copy_that_was_asked_for_is_the_same_under_another_identity() -> None:
    first, copy = parse(compose(BOARD, BUDI)), parse(compose(BOARD, replace(BUDI, again=2973)))

    assert first["Message-ID"] != copy["Message-ID"]
    assert copy["In-Reply-To"] == first["Message-ID"]
    assert [part.get_payload(decode=True) for part in copy.walk()] == [
        part.get_payload(decode=True) for part in first.walk()
    ]


def test_identity_says_nothing_of_the_address() -> None:
    moved = replace(BUDI, mailbox=replace(BUDI.mailbox, address="somebody@else.example"))

    assert message_id(BOARD, moved) == message_id(BOARD, BUDI)
    assert message_id(BOARD, replace(BUDI, token="other")) != message_id(BOARD, BUDI)  # noqa: S106


def test_later_revisions_answer_the_first_message() -> None:
    message = parse(compose(MOVED, BUDI))

    assert message["In-Reply-To"] == message["References"] == message_id(BOARD, BUDI)


def test_first_message_to_a_guest_invited_later_is_an_invitation() -> None:
    late = replace(BUDI, since=1)
    message = parse(compose(replace(MOVED, guests=(late,)), late))

    assert message["References"] is None
    assert message["Subject"].startswith("Undangan: ")


@pytest.mark.parametrize(
    ("invitation", "who", "subject"),
    [
        (BOARD, BUDI, "Undangan: Rapat pengurus, Kamis, 3 Desember 2026 pukul 19.00 WIB"),
        (BOARD, ANNE, "Invitation: Rapat pengurus, Thursday, 3 December 2026 at 19:00 WIB"),
        (MOVED, BUDI, "Perubahan: Rapat pengurus, Kamis, 3 Desember 2026 pukul 19.00 WIB"),
        (cancelled(BOARD), ANNE, "Cancelled: Rapat pengurus, Thursday, 3 December 2026 at 19:00 WIB"),
        (replace(MOVED, guests=()), ANNE, "No longer expected: Rapat pengurus, Thursday, 3 December 2026 at 19:00 WIB"),
    ],
)
def test_subject_says_what_and_when_in_the_guests_language(invitation: Invitation, who: Guest, subject: str) -> None:
    assert parse(compose(invitation, who))["Subject"] == subject


class Text(HTMLParser):
    """Collects what a person reads, and what would be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.loaded: list[str] = []
        self.language: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in {"src", "href", "background", "srcset"}]
        self.language = dict(attrs).get("lang") if tag == "html" else self.language
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Text:
    text = Text()
    text.feed(html)
    return text


FACTS = {
    "id": ["Rapat pengurus", "Kamis, 3 Desember 2026 pukul 19.00 WIB", "1 jam 30 menit", "Sekretariat", "Anggaran"],
    "en": ["Rapat pengurus", "Thursday, 3 December 2026 at 19:00 WIB", "1 hour 30 minutes", "Sekretariat", "Anggaran"],
}


@pytest.mark.parametrize("who", [BUDI, ANNE], ids=["id", "en"])
def test_both_bodies_say_the_same_facts(who: Guest) -> None:
    plain, html, *_ = parts(compose(BOARD, who))
    shown = read(html.get_content())

    for fact in [*FACTS[who.language], "2. Lain-lain", "Sari Dewi", "Karang Taruna Melati", who.mailbox.name]:
        assert fact in plain.get_content()
        assert fact in shown.text
    assert shown.language == who.language
    assert shown.loaded == []


def test_whole_days_are_told_with_their_weekday_and_their_number() -> None:
    start = BOARD.dtstart.replace(hour=0)
    plain, *_ = parts(compose(replace(BOARD, is_all_day=True, dtstart=start, duration=timedelta(days=3)), BUDI))

    assert "Waktu: Kamis, 3 Desember 2026\r\nLama: 3 hari\r\n" in plain.get_content()


def test_guest_of_a_language_we_do_not_speak_is_written_to_in_the_first() -> None:
    plain, html, *_ = parts(compose(BOARD, replace(BUDI, language="jv")))

    assert plain.get_content().startswith("Yth. Budi Santoso")
    assert read(html.get_content()).language == "id"


def test_mark_up_of_a_person_is_text() -> None:
    hostile = "<script src=x>alert(1)</script><img src='http://track.example/1.gif'>&amp;"
    html = parts(compose(replace(BOARD, summary=hostile, agenda=hostile, chair=hostile), guest(hostile)))[1]
    shown = read(html.get_content())

    assert shown.loaded == []
    assert shown.text.count(hostile) >= 4


def recipients(message: bytes) -> list[tuple[str, str]]:
    """Return the names and addresses of To, by the older half of ``email``.

    The newer half (Python 3.11) reads a space between two encoded-words, which RFC 2047 §6.2 forbids.
    """
    return [(_decode(name), address) for name, address in getaddresses([raw(message, "To")])]


def decoded(message: bytes, name: str) -> str:
    return _decode(raw(message, name))


def raw(message: bytes, name: str) -> str:
    return str(message_from_bytes(message)[name]).replace("\r\n", "").replace("\n", "")


def _decode(value: str) -> str:
    return str(make_header(decode_header(value)))


def lint(message: bytes) -> None:
    """Fail where *message* is not plain SMTP: ASCII, CRLF only, no line over 78 octets (RFC 5322 §2.1.1)."""
    assert message.isascii()
    assert b"\x00" not in message
    rows = message.split(b"\r\n")
    assert not any(b"\r" in row or b"\n" in row for row in rows)
    assert max(map(len, rows)) <= 78


HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
]


def test_hostile_text_adds_no_header_and_no_recipient() -> None:
    hostile = guest(HOSTILE, "mallory@example.org")
    written = compose(
        replace(BOARD, summary=HOSTILE, location=HOSTILE, agenda=HOSTILE, chair=HOSTILE, organization=HOSTILE), hostile
    )
    message = parse(written)

    lint(written)
    assert sorted(message.keys()) == sorted(HEADERS)
    assert recipients(written) == [(line(HOSTILE), "mallory@example.org")]


@pytest.mark.parametrize("address", ["x", "x@example.org\r\nBcc: y@example.org", "é@example.org"])
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="email-invalid"):
        compose(BOARD, guest("Budi", address))


@pytest.mark.parametrize("name", [ARABIC, JAPANESE, EMOJI, "Dr. Sari, S.H. " * 20, 'x"y\\z,(a)<b>@' * 9, "a" * 900])
def test_names_of_every_kind_come_back(name: str) -> None:
    written = compose(replace(BOARD, summary=name), guest(name))

    lint(written)
    assert recipients(written) == [(line(name), "budi@example.org")]
    assert line(name) in decoded(written, "Subject")


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(("summary", "location", "agenda", "chair", "organization"), ANY)), ANY)
def test_any_text_gives_exactly_the_expected_headers(texts: dict[str, str], name: str) -> None:
    who = guest(name)
    invitation = replace(BOARD, **texts, guests=(who,))
    written = compose(invitation, who)
    message = parse(written)

    lint(written)
    assert sorted(message.keys()) == sorted(HEADERS)
    assert recipients(written) == [(line(name), "budi@example.org")]
    assert decoded(written, "Subject") == line(
        f"Undangan: {line(invitation.summary)}, Kamis, 3 Desember 2026 pukul 19.00 WIB"
    )
    plain, _, calendar, _ = parts(written)
    assert calendar.get_payload(decode=True) == request(invitation)
    assert lines(texts["agenda"]) in plain.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("name", INVITATIONS)
def test_every_golden_message_is_plain_smtp_and_names_its_method(name: str) -> None:
    invitation = INVITATIONS[name]
    method = "CANCEL" if invitation.status is Status.CANCELLED else "REQUEST"

    written = compose(invitation, invitation.guests[0])

    lint(written)
    calendar = parts(written)[2]
    assert calendar.get_param("method") == method
    assert calendar.get_param("charset") == "utf-8"
    calendar_lint(calendar.get_payload(decode=True), method=method)


def test_time_is_said_in_the_zone_of_the_meeting() -> None:
    plain = parts(compose(at("America/New_York", 2027, 7, 1, 9, 30), ANNE))[0]

    assert "Thursday, 1 July 2027 at 09:30 EDT" in plain.get_content()


class Slot:
    """A Mail that keeps what it is handed."""

    name = "slot"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []

    async def send(self, message: bytes, *, sender: str, recipient: str) -> None:
        self.sent.append((sender, recipient, message))

    async def close(self) -> None:
        raise AssertionError


def test_mail_for_another_organizer_comes_from_our_own_mailbox() -> None:
    office, slot = Mailbox(name="Governor", address="sekretariat@yayasan.example"), Slot()
    calendar = MailCalendar(slot, office, phrase("start-help"), sender=ORGANIZER)
    invitation = replace(BOARD, organizer=calendar.organizer)

    own = asyncio.run(calendar.publish(invitation, BUDI))

    ((sender, recipient, message),) = slot.sent
    assert (sender, recipient) == (ORGANIZER.address, "budi@example.org")
    assert parse(message)["From"].addresses[0].addr_spec == ORGANIZER.address
    assert parse(message)["Message-ID"] == own == message_id(BOARD, BUDI)
    calendar_part = parts(message)[2].get_payload(decode=True)
    assert calendar_part == request(replace(invitation, sent_by=ORGANIZER))
    for address in (office.address, ORGANIZER.address):
        with pytest.raises(Refused, match="mail-to-ourselves"):
            asyncio.run(calendar.publish(invitation, guest("Kantor", address)))
    assert len(slot.sent) == 1
