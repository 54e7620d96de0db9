"""Which bytes invite one guest by e-mail? (RFC 6047)

multipart/mixed
├ multipart/alternative
│ ├ text/plain, text/html      what people read
│ └ text/calendar; method=…    what their mail program reads: it shows the buttons
└ application/ics invite.ics   what they can open where no buttons appear
"""

from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

from governor.domain.addresses import address
from governor.domain.meetings import Status
from governor.domain.reminders import Reminder
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation
from governor.values import dataclass
from integrations.mail import mime
from integrations.mail.bodies import News, html, plain, subject
from integrations.mail.headers import field, mailbox_field


def compose(invitation: Invitation, guest: Guest) -> bytes:
    """Return the whole message (RFC 5322, ASCII, CRLF) that shows *guest* what *invitation* is now.

    Equal arguments give equal bytes: Date is ``invitation.dtstamp``, and Message-ID and boundaries come from uid,
    revision and ``guest.token``. Every revision answers the first message that the guest was sent, so that mail
    programs put them under one another.

    Raises:
        Refused: an address is none (``email-invalid``).
    """
    news, calendar = _news(invitation, guest)
    method = "REQUEST" if news in (News.INVITED, News.UPDATED) else "CANCEL"
    own, first = message_id(invitation, guest), _first_id(invitation, guest)
    letter = _Letter(id=own, above=first if first != own else None, date=invitation.dtstamp, news=news)
    return _composed(letter, invitation, guest, (method, calendar))


def compose_decline(invitation: Invitation, guest: Guest, answer: Answer) -> bytes:
    """Return the whole message that tells *guest* that *invitation* stands as it is, whatever they proposed.

    It belongs under the first message that the guest was sent. Equal arguments give equal bytes.

    Raises:
        Refused: an address is none (``email-invalid``).
    """
    from integrations.mail.carried import decline_counter

    first = _first_id(invitation, guest)
    own = decline_id(invitation, guest, answer)
    letter = _Letter(id=own, above=first, date=answer.dtstamp, news=News.UNMOVED)
    return _composed(letter, invitation, guest, ("DECLINECOUNTER", decline_counter(invitation, guest, answer)))


def compose_reminder(invitation: Invitation, guest: Guest, reminder: Reminder, at: datetime) -> bytes:
    """Return the whole message of the instant *at* that reminds *guest* of what begins at ``reminder.start``.

    It belongs under the first message that the guest was sent, and carries no calendar: there is nothing new in it.
    Equal arguments give equal bytes.

    Raises:
        Refused: an address is none (``email-invalid``).
    """
    own, first = reminder_id(invitation, guest, reminder), _first_id(invitation, guest)
    start = reminder.start.astimezone(invitation.dtstart.tzinfo)
    letter = _Letter(id=own, above=first, date=at, news=News.REMINDED)
    return _composed(letter, replace(invitation, dtstart=start, recurrence=None), guest, None)


def message_id(invitation: Invitation, guest: Guest, revision: int | None = None) -> str:
    """Return the Message-ID, in angle brackets, of what *guest* is sent of *invitation* or of its other *revision*.

    It is kept with the effect for good, and therefore says nothing of the address (``Guest.token``).
    """
    if revision is not None:
        return _message_id(invitation, guest, f"r{revision}")
    again = f"a{guest.again}" if guest.again else ""  # of two messages with one Message-ID mail programs show one
    return _message_id(invitation, guest, f"r{invitation.revision}{again}")


def decline_id(invitation: Invitation, guest: Guest, answer: Answer) -> str:
    """Return the Message-ID, in angle brackets, of what tells *guest* that the proposal of *answer* is not taken up."""
    return _message_id(invitation, guest, f"d{int(answer.dtstamp.timestamp())}")


def reminder_id(invitation: Invitation, guest: Guest, reminder: Reminder) -> str:
    """Return the Message-ID, in angle brackets, of what reminds *guest*."""
    minutes = reminder.before // timedelta(minutes=1)
    return _message_id(invitation, guest, f"m{int(reminder.start.timestamp())}b{minutes}")


def _first_id(invitation: Invitation, guest: Guest) -> str:
    """Return the Message-ID of the first message that *guest* was sent: for an occurrence, that of its series."""
    if invitation.recurrence_id is None:
        return message_id(invitation, guest, guest.since)
    return message_id(replace(invitation, recurrence_id=None), guest, guest.since or 1)


def _message_id(invitation: Invitation, guest: Guest, turn: str) -> str:
    domain = address(invitation.sender.address).rpartition("@")[2]
    occurrence = () if invitation.recurrence_id is None else (invitation.recurrence_id.isoformat(),)
    return f"<{_digest(invitation.uid, *occurrence)[:12]}-{turn}-{guest.token}@{domain}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """What one message says, which it is, and which it stands under."""

    id: str
    above: str | None
    date: datetime
    news: News


def _composed(letter: _Letter, invitation: Invitation, guest: Guest, carried: tuple[str, bytes] | None) -> bytes:
    """Return the message of *letter*; *carried* are the method and the bytes of its calendar, if it has one."""
    digest = _digest(letter.id)[:32]
    head = _head(letter, invitation, guest).encode("ascii")
    parts = [
        mime.text("plain", plain(invitation, guest, letter.news)),
        mime.text("html", html(invitation, guest, letter.news)),
    ]
    if carried is None:
        return head + mime.multipart("alternative", f"=_a{digest}", *parts)
    method, calendar = carried
    parts.append(mime.binary(f"text/calendar; method={method}; charset=utf-8", calendar))
    readable = mime.multipart("alternative", f"=_a{digest}", *parts)
    attachment = mime.binary(
        'application/ics; name="invite.ics"', calendar, 'Content-Disposition: attachment; filename="invite.ics"'
    )
    return head + mime.multipart("mixed", f"=_m{digest}", readable, attachment)


def _news(invitation: Invitation, guest: Guest) -> tuple[News, bytes]:
    """Return what there is to tell *guest*, and the calendar that tells it."""
    from integrations.mail.carried import cancel, request, uninvite

    if invitation.status is Status.CANCELLED:
        return News.CANCELLED, cancel(invitation)
    if guest.mailbox.address not in {each.mailbox.address for each in invitation.guests}:
        return News.UNINVITED, uninvite(invitation, guest)
    return News.UPDATED if invitation.revision > guest.since else News.INVITED, request(invitation)


def _head(letter: _Letter, invitation: Invitation, guest: Guest) -> str:
    """Return the header, but for the MIME fields."""
    fields = [
        mailbox_field("From", invitation.sender),
        mailbox_field("To", guest.mailbox),
        field("Subject", subject(invitation, guest, letter.news)),
        f"Date: {format_datetime(letter.date)}\r\n",
        f"Message-ID: {letter.id}\r\n",
        "Auto-Submitted: auto-generated\r\n",  # RFC 3834 §5: nobody's holiday notice comes back
        "MIME-Version: 1.0\r\n",
    ]
    if letter.above is not None:
        fields += [f"In-Reply-To: {letter.above}\r\n", f"References: {letter.above}\r\n"]
    return "".join(fields)


def _digest(*parts: str) -> str:
    """Return the SHA-256 of *parts* in hexadecimal."""
    return sha256("\0".join(parts).encode()).hexdigest()
