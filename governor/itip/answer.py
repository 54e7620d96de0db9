"""What may an attendee's calendar say? How it is read is another matter (``incoming``)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from governor.domain.meetings import PartStat
from governor.values import dataclass


class Method(StrEnum):
    """What an attendee's calendar may say (RFC 5546 §1.4)."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"
    REFRESH = "REFRESH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Another time or place that an attendee asks for. ``dtstart`` is aware; ``None`` is what they leave as it is."""

    dtstart: datetime
    duration: timedelta | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one attendee's calendar says of one meeting, or of one occurrence of it.

    ``attendee`` is the address that is answered for. ``recurrence_id`` (UTC; of a meeting without hours, a day) names
    the occurrence; ``None`` is the whole. ``sequence`` and ``dtstamp`` (UTC, whole seconds) tell which of two answers
    counts: the higher (RFC 5546 §2.1.5). Whoever sends another names them (``delegated_to``, an address), and who comes
    for another is ``delegated_from`` them.
    ``sent_by`` is the address of who wrote it for them, such as an assistant.
    A COUNTER has a ``proposal``, and ``partstat`` is what they say to the meeting as it stands; a REFRESH says nothing.
    Of a CANCEL ``attendee`` is empty: whom it is for says nothing about whom it is from.
    """

    uid: str
    attendee: str
    partstat: PartStat
    sequence: int
    dtstamp: datetime
    recurrence_id: datetime | date | None = None
    comment: str | None = None
    delegated_to: str | None = None
    delegated_from: str | None = None
    sent_by: str | None = None
    proposal: Proposal | None = None
    method: Method = Method.REPLY
