"""What is a meeting, and what may be done with it?"""

from collections.abc import Iterable
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
    """One person invited, and what they answered. ``since`` is the revision of the meeting that first invited them.

    ``replied`` is the stamp of their newest answer: the SEQUENCE that it answers, and its DTSTAMP (UTC).
    """

    member: MemberId
    role: Role
    partstat: PartStat
    since: int
    replied: tuple[int, datetime] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting as it stands now.

    ``number`` is the organisation's (``2026-001``); ``uid`` is iCalendar's, and never changes. ``sequence`` is RFC
    5546's: it rises with a change of time or place, when somebody is removed, and with cancellation. ``revision`` rises
    with *every* change, so that deliveries of an older state can be told apart; ``dtstamp`` is the instant (UTC) of
    that change, in a later second than any before. ``dtstart`` is aware, in the IANA ``zone`` the meeting is held in.
    ``attendees`` are those invited now, ``removed`` those who once were. ``asked`` is the sequence of the last change
    of time: an answer to an earlier one says nothing about the time now.
    """

    number: str
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
    removed: tuple[Attendee, ...] = ()
    asked: int = 0

    @property
    def dtend(self) -> datetime:
        """Return the end as an aware datetime in the meeting's zone."""
        return end(self.dtstart, self.duration)


def end(dtstart: datetime, duration: timedelta) -> datetime:
    """Return *dtstart* (aware) plus *duration* of elapsed time, in the same zone."""
    return (dtstart.astimezone(UTC) + duration).astimezone(dtstart.tzinfo)


HELD_BEFORE = timedelta(hours=1)
HELD_AFTER = timedelta(hours=12)
"""A meeting is being held from this long before its start until this long after its end: minutes run late."""


def is_near(meeting: Meeting, *, at: datetime, within: timedelta) -> bool:
    """Return whether the instant *at* lies in *meeting*, or no further than *within* before or after it."""
    return meeting.dtstart - within <= at <= meeting.dtend + within


def spoken_of(meetings: Iterable[Meeting], *, at: datetime) -> Meeting | None:
    """Return the meeting that people mean at the instant *at* when they name none.

    That is the one being held, else the one that was called or changed last; cancelled ones are not meant.
    """
    standing = [meeting for meeting in meetings if meeting.status is Status.CONFIRMED]
    held = [one for one in standing if one.dtstart - HELD_BEFORE <= at < one.dtend + HELD_AFTER]
    return max(held or standing, key=lambda meeting: (meeting.dtstamp, meeting.number), default=None)
