"""What has happened? Every fact that can enter the record, as a value.

An event's fields say how each value may be shown in the ledger, where it can never be changed again: a ``MemberId``
enters as a pseudonym, ``Personal`` as a commitment under the member's own key, ``Text`` (free text, in which people
name people) as its SHA-256. Everything else enters in the clear, so nothing else may be personal.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, NewType

from governor.domain.meetings import PartStat
from governor.domain.members import MemberId, Office

Text = NewType("Text", str)
"""Free text written by people: in the ledger, its digest."""

Personal = NewType("Personal", str)
"""A value about the event's ``member``: in the ledger, a commitment that dies with the member's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFounded:
    """The organisation began to keep its record here. ``zone`` is IANA, ``language`` ISO 639-1."""

    type: ClassVar[str] = "organisation.founded"
    name: Text
    zone: str
    language: str

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEnrolled:
    """A person was put on the roll under the next ``number``."""

    type: ClassVar[str] = "member.enrolled"
    member: MemberId
    number: int
    name: Personal
    handle: Personal
    email: Personal | None

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"member/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLinked:
    """The ``account`` on a chat ``platform`` is this member's."""

    type: ClassVar[str] = "account.linked"
    member: MemberId
    number: int
    platform: str
    account: Personal

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"member/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeGiven:
    """The member holds ``office`` from now on."""

    type: ClassVar[str] = "office.given"
    member: MemberId
    number: int
    office: Office

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"member/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled:
    """A meeting was called. ``number`` is the organisation's (``2026-001``), ``uid`` is iCalendar's.

    ``invited`` is in the order of invitation; the first is the member who called it, and chairs.
    """

    type: ClassVar[str] = "meeting.called"
    number: str
    uid: str
    summary: Text
    dtstart: datetime
    zone: str
    duration: timedelta
    location: Text | None
    agenda: Text | None
    invited: tuple[MemberId, ...]

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"meeting/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChanged:
    """A meeting was changed; the fields are those of the meeting afterwards.

    ``invited`` are added by this change, ``removed`` were invited before. ``is_rescheduled``: the time changed, so
    everyone is asked again.
    """

    type: ClassVar[str] = "meeting.changed"
    number: str
    sequence: int
    revision: int
    summary: Text
    dtstart: datetime
    zone: str
    duration: timedelta
    location: Text | None
    agenda: Text | None
    invited: tuple[MemberId, ...]
    removed: tuple[MemberId, ...]
    is_rescheduled: bool

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"meeting/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled:
    """A meeting will not take place."""

    type: ClassVar[str] = "meeting.cancelled"
    number: str
    sequence: int
    revision: int

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"meeting/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReceived:
    """An attendee answered the invitation."""

    type: ClassVar[str] = "reply.received"
    number: str
    member: MemberId
    partstat: PartStat

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"meeting/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """An entry of the minutes of a meeting; ``item`` counts from 1 in that meeting."""

    type: ClassVar[str] = "minutes.noted"
    number: str
    item: int
    text: Text

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"meeting/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded:
    """A decision was taken. ``number`` (``2026-001``) is gapless in its year; ``due`` is in the organisation's zone."""

    type: ClassVar[str] = "decision.recorded"
    number: str
    text: Text
    owner: MemberId | None
    due: date | None
    meeting: str | None

    @property
    def subject(self) -> str:
        """Return what the event is about."""
        return f"decision/{self.number}"


Event = (
    OrganisationFounded
    | MemberEnrolled
    | AccountLinked
    | OfficeGiven
    | MeetingCalled
    | MeetingChanged
    | MeetingCancelled
    | ReplyReceived
    | NoteTaken
    | DecisionRecorded
)

EVENTS: tuple[type[Event], ...] = (
    OrganisationFounded,
    MemberEnrolled,
    AccountLinked,
    OfficeGiven,
    MeetingCalled,
    MeetingChanged,
    MeetingCancelled,
    ReplyReceived,
    NoteTaken,
    DecisionRecorded,
)
"""Every event type; a recorded ``type`` is public: add, never rename or reuse."""
