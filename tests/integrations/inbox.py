"""What would a guest's mail program show, after these messages? iTIP in its few plain lines (RFC 5546 §2.1.5)."""

from collections.abc import Iterable
from datetime import UTC
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import icalendar

from tests.integrations.calendar_contract import Shown


def parts(message: bytes) -> list[EmailMessage]:
    """Return text, HTML, calendar and attachment."""
    parsed = message_from_bytes(message, policy=default)
    return [part for part in parsed.walk() if not part.is_multipart()]


def calendar(message: bytes) -> icalendar.Calendar:
    """Return the calendar part."""
    return icalendar.Calendar.from_ical(parts(message)[2].get_payload(decode=True))


def shown(messages: Iterable[bytes]) -> list[Shown]:
    """Return the meetings that stand after *messages*, in whatever order they came."""
    latest: dict[str, icalendar.Calendar] = {}
    for found in map(calendar, messages):
        event = found.events[0]
        known = latest.get(event.uid)
        if known is None or _age(known) <= _age(found):
            latest[event.uid] = found
    return [_shown(found.events[0]) for found in latest.values() if found["METHOD"] == "REQUEST"]


def _age(found: icalendar.Calendar) -> tuple[int, object]:
    return int(found.events[0]["SEQUENCE"]), found.events[0].DTSTAMP


def _shown(event: icalendar.Event) -> Shown:
    return Shown(
        uid=event.uid,
        sequence=int(event["SEQUENCE"]),
        summary=str(event["SUMMARY"]),
        start=event.start.astimezone(UTC),
        end=event.end.astimezone(UTC),
    )
