"""A real SMTP server (aiosmtpd) that notes what arrives, in the order in which it arrives."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import icalendar
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.integrations.smtp_servers import Inbox

Key = tuple[str, datetime | None, str]
"""The meeting, which occurrence of it, and who is invited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One message: who got it, what it says of which meeting (or occurrence of a series, in UTC), and its bytes."""

    recipient: str
    uid: str
    recurrence_id: datetime | None
    sequence: int
    method: str
    message_id: str
    content: bytes
    event: icalendar.Event

    @property
    def key(self) -> Key:
        return self.uid, self.recurrence_id, self.recipient


def read(recipient: str, content: bytes) -> Arrived:
    message = message_from_bytes(content, policy=default)
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    event = calendar.events[0]
    return Arrived(
        recipient=recipient,
        uid=str(event["UID"]),
        recurrence_id=event["RECURRENCE-ID"].dt.astimezone(UTC) if "RECURRENCE-ID" in event else None,
        sequence=int(event["SEQUENCE"]),
        method=str(calendar["METHOD"]),
        message_id=str(message["Message-ID"]),
        content=content,
        event=event,
    )


@dataclass
class Slow(Inbox):
    """Takes a message upon itself, and says so a little later: time enough for its sender to be killed."""

    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await Inbox.handle_DATA(self, server, session, envelope)
        await asyncio.sleep(self.chance.uniform(0, 0.004))
        return answer


def arrived(inbox: Inbox) -> list[Arrived]:
    return [read(recipient, content) for recipient, content in list(inbox.messages)]


def check_copies(found: list[Arrived]) -> int:
    """Check that copies are the same to the byte, and that nobody gets an older state after a newer; count copies."""
    seen: dict[str, bytes] = {}
    latest: dict[Key, int] = {}
    copies = 0
    for one in found:
        if one.message_id in seen:
            copies += 1
            assert seen[one.message_id] == one.content
        seen[one.message_id] = one.content
        assert revision(one) >= latest.get(one.key, 0), f"{one.message_id} came after revision {latest[one.key]}"
        latest[one.key] = revision(one)
    sequences: dict[Key, int] = {}
    for one in found:
        assert one.sequence >= sequences.get(one.key, 0)
        sequences[one.key] = one.sequence
    return copies


def revision(one: Arrived) -> int:
    """Return the revision that the Message-ID ``<meeting-rN-person@…>`` names."""
    return int(one.message_id.split("-r")[1].split("-")[0])


def last(found: list[Arrived]) -> Mapping[Key, Arrived]:
    """Return what each guest got last of each meeting."""
    return {one.key: one for one in found}
