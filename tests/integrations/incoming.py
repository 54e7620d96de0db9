"""What comes to Governor's mailbox: answers, letters, failures, and what means it ill."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from governor.errors import GovernorError
from governor.ports import Incoming, Letter, Rsvp, SetAside
from integrations.mail.calendar import Source
from integrations.mail.mailroom import Mailroom
from integrations.mail.reading import Reader

OURS = "rapat@karangtaruna.example"
SENT = "<0123456789ab-r1-0123456789abcdef01234567@karangtaruna.example>"
AUTHSERV = "mx.karangtaruna.example"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PASSED = f"{AUTHSERV}; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=budi@example.org"
TOO_LARGE = 200_000


def calendar(number: int = 0, partstat: str = "ACCEPTED", *properties: str, method: str = "REPLY") -> str:
    """Return Budi's answer to the meeting ``uid-<number>``."""
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", f"METHOD:{method}", "BEGIN:VEVENT"),
        *(f"UID:uid-{number}", "SEQUENCE:0", "DTSTAMP:20261124T100000Z"),
        *(f"ATTENDEE;PARTSTAT={partstat}:mailto:budi@example.org", *properties, "END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines)


def message(
    text: str = "", *, sender: str = "Budi <budi@example.org>", results: str | None = PASSED, **fields: str
) -> EmailMessage:
    made = EmailMessage(SMTP)
    if results is not None:
        made["Authentication-Results"] = results
    made["From"], made["To"], made["Subject"] = sender, OURS, "Re: Undangan"
    made["Date"] = "Tue, 24 Nov 2026 10:00:00 +0000"
    for name, value in fields.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def reply(number: int = 0, partstat: str = "ACCEPTED", *properties: str, method: str = "REPLY", **more: str) -> bytes:
    made = message("Budi has answered.", **more)  # type: ignore[arg-type]
    made["Message-ID"] = f"<{number}-{partstat}@example.org>"
    made.add_alternative(
        calendar(number, partstat, *properties, method=method).encode(),
        maintype="text",
        subtype="calendar",
        params={"method": method, "charset": "utf-8"},
    )
    return made.as_bytes()


def letter(text: str, **more: str) -> bytes:
    return message(text, **{"In_Reply_To": SENT, **more}).as_bytes()  # type: ignore[arg-type]


def bounce(action: str = "failed", code: str = "smtp; 550 5.1.1 no such user", about: str = SENT) -> bytes:
    """Return a delivery status notification, as Postfix writes it."""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {OURS}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; budi@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: {code}

--B
Content-Type: text/rfc822-headers

From: {OURS}
Message-ID: {about}

--B--
""".replace("\n", "\r\n").encode()


def nested(depth: int) -> bytes:
    """Return a message in a message in a message …"""
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return b"From: a@b.example\r\n" + head + b"\r\nx"


def many(parts: int) -> bytes:
    """Return a message of many empty parts."""
    return (
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\n\r\n" * parts
        + b"--b--\r\n"
    )


@dataclass
class Desk:
    """Takes what comes in: ``taken`` are all, also those handed over twice; the next ``failures`` are not taken.

    ``aside`` counts what was set aside, by reason.
    """

    folder: Path
    taken: list[Incoming] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    failures: list[Exception] = field(default_factory=list)
    pause: float = 0.0

    def __post_init__(self) -> None:
        reader = Reader(address=OURS, authserv=AUTHSERV)
        self.mailroom = Mailroom(reader=reader, aside=self.folder / "aside", largest=TOO_LARGE)

    async def receive(self, incoming: Incoming) -> None:
        await asyncio.sleep(self.pause)
        if self.failures:
            raise self.failures.pop(0)
        if isinstance(incoming, SetAside):
            self.aside[incoming.reason] += 1
        else:
            self.taken.append(incoming)

    async def listening(self, source: Source, until: Callable[[], bool], seconds: float = 15.0) -> None:
        """Listen to *source*, again when it fails, until something has happened."""
        listening = asyncio.ensure_future(self._again(source))
        try:
            async with asyncio.timeout(seconds):
                while not until():
                    await asyncio.sleep(0.01)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    async def _again(self, source: Source) -> None:
        while True:
            try:
                await source.listen(self.receive)
            except GovernorError as error:
                self.errors.append(error)
                await asyncio.sleep(0.05)

    errors: list[GovernorError] = field(default_factory=list)

    @property
    def uids(self) -> list[str]:
        """Return the meetings that were answered, each once, in order of the first time."""
        return list(dict.fromkeys(one.answer.uid for one in self.taken if isinstance(one, Rsvp)))

    @property
    def letters(self) -> list[str]:
        return [one.text for one in self.taken if isinstance(one, Letter)]
