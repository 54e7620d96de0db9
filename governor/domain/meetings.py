"""What is a meeting, and what may be done with it?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from governor.domain.members import MemberId


class PartStat(StrEnum):
    """An attendee's answer (RFC 5545 §3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


class Role(StrEnum):
    """An attendee's part in the meeting (RFC 5545 §3.2.16)."""

    CHAIR = "CHAIR"
    REQUIRED = "REQ-PARTICIPANT"


class Status(StrEnum):
    """Whether the meeting stands (RFC 5545 §3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One person invited, and what they answered."""

    member: MemberId
    role: Role
    partstat: PartStat


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting as it stands now.

    ``uid`` never changes. ``sequence`` is RFC 5546's: it rises with a change of time or place and with cancellation.
    ``revision`` rises with *every* change, so that deliveries of an older state can be told apart; ``dtstamp`` is the
    instant (UTC) of that change. ``dtstart`` is aware, in the IANA ``zone`` the meeting is held in.
    """

    uid: str
    sequence: int
    revision: int
    dtstamp: datetime
    summary: str
    dtstart: datetime
    zone: str
    duration: timedelta
    location: str | None
    agenda: str | None
    status: Status
    called_by: MemberId
    attendees: tuple[Attendee, ...]

    @property
    def dtend(self) -> datetime:
        """Return the end as an aware datetime in ``zone``: *duration* of elapsed time after ``dtstart``."""
        return (self.dtstart.astimezone(UTC) + self.duration).astimezone(self.dtstart.tzinfo)
