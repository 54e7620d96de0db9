"""How is a person written to beside meetings?"""

from email.utils import format_datetime
from hashlib import sha256
from html import escape

from governor.domain.addresses import address
from governor.errors import Refused
from governor.itip.invitation import Mailbox
from governor.itip.texts import line
from governor.ports import Mail, Message
from governor.wording.catalogue import LANGUAGES, say
from integrations.mail import mime
from integrations.mail.headers import field, mailbox_field


class MailLetters:
    """The Letters that go by a Mail, from the mailbox of *sender*."""

    def __init__(self, mail: Mail, sender: Mailbox) -> None:
        self._mail = mail
        self._sender = sender

    async def write(self, message: Message) -> str:
        """Send *message*; return its Message-ID.

        Raises:
            Unavailable: the mail could not be handed over now.
            Refused: the address is none (``email-invalid``), is Governor's own (``mail-to-ourselves``), or is refused
                by its server (``mail-undeliverable``).
        """
        recipient, sender = message.recipient.address, self._sender.address
        if recipient.casefold() == sender.casefold():
            raise Refused("mail-to-ourselves", address=recipient)
        await self._mail.send(compose_letter(message, self._sender), sender=sender, recipient=recipient)
        return letter_id(message, self._sender)


def compose_letter(message: Message, sender: Mailbox) -> bytes:
    """Return the whole message (RFC 5322, ASCII, CRLF), as text and as HTML. Equal arguments give equal bytes.

    Raises:
        Refused: an address is none (``email-invalid``).
    """
    own = letter_id(message, sender)
    head = [
        mailbox_field("From", sender),
        mailbox_field("To", message.recipient),
        field("Subject", line(say(message.subject, message.language))),
        f"Date: {format_datetime(message.at)}\r\n",
        f"Message-ID: {own}\r\n",
        "Auto-Submitted: auto-generated\r\n",  # RFC 3834 §5: nobody's holiday notice comes back
        "MIME-Version: 1.0\r\n",
    ]
    lines = [say(one, message.language) for one in message.lines]
    parts = (mime.text("plain", "\n\n".join(lines) + "\n"), mime.text("html", _html(message, lines)))
    boundary = f"=_a{sha256(own.encode()).hexdigest()[:32]}"
    return "".join(head).encode("ascii") + mime.multipart("alternative", boundary, *parts)


def letter_id(message: Message, sender: Mailbox) -> str:
    """Return the Message-ID, in angle brackets, of *message*: it says nothing of the address."""
    return f"<{sha256(message.key.encode()).hexdigest()[:32]}@{address(sender.address).rpartition('@')[2]}>"


def _html(message: Message, lines: list[str]) -> str:
    """Return the same lines as HTML: nothing is loaded from elsewhere."""
    return _PAGE.format(
        language=message.language if message.language in LANGUAGES else LANGUAGES[0],
        title=escape(line(say(message.subject, message.language))),
        lines="\n".join(f'<p dir="auto">{escape(one)}</p>' for one in lines),
    )


_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: sans-serif; line-height: 1.5">
{lines}
</body>
</html>
"""
