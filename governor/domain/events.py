"""What has happened? Every fact that can enter the record, as a value.

An event's fields say how each value may be shown in the ledger, where it can never be changed again: a ``MemberId``
enters as a pseudonym, ``Personal`` as a commitment under the member's own key, ``Text`` (free text, in which people
name people) as its SHA-256. Everything else enters in the clear, so nothing else may be personal. ``type`` is the
event's recorded name, ``about`` the form of its subject.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar

from governor.domain.confirming import EmailConfirmed as EmailConfirmed
from governor.domain.confirming import EmailGiven as EmailGiven
from governor.domain.languages import Language
from governor.domain.looking_for_time import DatePollClosed as DatePollClosed
from governor.domain.looking_for_time import DatePollMarked as DatePollMarked
from governor.domain.looking_for_time import DatePollOpened as DatePollOpened
from governor.domain.meetings import PartStat
from governor.domain.members import MemberId, Office, Route
from governor.domain.proceedings import PROCEEDINGS, Proceeding
from governor.domain.standing_rules import StandingRuleAdopted as StandingRuleAdopted
from governor.domain.written import Personal as Personal
from governor.domain.written import Text as Text
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFounded:
    """The organisation began to keep its record here. ``zone`` is IANA, ``language`` ISO 639-1."""

    type: ClassVar[str] = "organisation.founded"
    about: ClassVar[str] = "organisation"
    name: Text
    zone: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEnrolled:
    """A person was put on the roll under the next ``number``."""

    type: ClassVar[str] = "member.enrolled"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    name: Personal
    handle: Personal
    email: Personal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLinked:
    """The ``account`` on a chat ``platform`` is this member's."""

    type: ClassVar[str] = "account.linked"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    platform: str
    account: Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeGiven:
    """The member holds ``office`` from now on, by the ``decision`` of that number where one is named."""

    type: ClassVar[str] = "office.given"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    office: Office
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEnded:
    """The member holds ``office`` no more, by the ``decision`` of that number where one is named."""

    type: ClassVar[str] = "office.ended"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    office: Office
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChosen:
    """The member is invited by ``route`` from the next meeting on."""

    type: ClassVar[str] = "route.chosen"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen:
    """The member is spoken and written to in ``language`` from now on, not in the organisation's."""

    type: ClassVar[str] = "language.chosen"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled:
    """A meeting was called. ``number`` is the organisation's (``2026-001``), ``uid`` is iCalendar's.

    ``invited`` is in the order of invitation; the first is the member who called it, and chairs. With a ``rrule`` (RFC
    5545 §3.3.10) it is a series, on ``rdates`` too and not on ``exdates``; ``continues`` is the number of the one that
    it goes on with.
    """

    type: ClassVar[str] = "meeting.called"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    uid: str
    summary: Text
    dtstart: datetime
    zone: str
    duration: timedelta
    location: Text | None
    agenda: Text | None
    invited: tuple[MemberId, ...]
    conference: Text | None = None
    is_all_day: bool = False
    is_open_ended: bool = False
    rrule: str | None = None
    exdates: tuple[datetime, ...] = ()
    rdates: tuple[datetime, ...] = ()
    continues: str | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceSetApart:
    """One occurrence of the ``series`` (a number) became a meeting of its own: something of its own will be said of it.

    ``recurrence_id`` is when it would begin by the rule (UTC); all else is as in the series at that moment.
    ``partstats`` are what those ``invited`` had answered, in the same order; the first chairs.
    """

    type: ClassVar[str] = "occurrence.set_apart"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    uid: str
    series: str
    recurrence_id: datetime
    sequence: int
    asked: int
    dtstamp: datetime
    summary: Text
    dtstart: datetime
    zone: str
    duration: timedelta
    location: Text | None
    agenda: Text | None
    conference: Text | None
    is_all_day: bool
    is_open_ended: bool
    invited: tuple[MemberId, ...]
    partstats: tuple[PartStat, ...]
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChanged:
    """A meeting was changed; the fields are those of the meeting afterwards.

    ``invited`` are added by this change, ``removed`` were invited before. ``is_rescheduled``: the time changed, so
    everyone is asked again. ``dtstamp``: the revision's, where the entry's own instant lies within a second of the one
    before (``convening``).
    """

    type: ClassVar[str] = "meeting.changed"
    about: ClassVar[str] = "meeting/{number}"
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
    dtstamp: datetime | None = None
    conference: Text | None = None
    is_all_day: bool = False
    is_open_ended: bool = False
    rrule: str | None = None
    exdates: tuple[datetime, ...] = ()
    rdates: tuple[datetime, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled:
    """A meeting will not take place. ``dtstamp`` is as in ``MeetingChanged``."""

    type: ClassVar[str] = "meeting.cancelled"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    sequence: int
    revision: int
    dtstamp: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReceived:
    """An attendee answered the invitation.

    ``sequence`` is that of the invitation which was answered, ``dtstamp`` when it was: of two answers the higher of
    both counts (RFC 5546 §2.1.5).
    """

    type: ClassVar[str] = "reply.received"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    member: MemberId
    partstat: PartStat
    sequence: int | None = None
    dtstamp: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestNoted:
    """An attendee who had not answered is interested in the meeting, which counts as "maybe"; or is not any more."""

    type: ClassVar[str] = "interest.noted"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    member: MemberId
    is_interested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeDelegated:
    """An attendee sends ``delegate`` in their place, who is invited for it."""

    type: ClassVar[str] = "attendee.delegated"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    member: MemberId
    delegate: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """An entry of the minutes of a meeting; ``item`` counts from 1 in that meeting.

    ``source`` is the message that it was made from (``sources.Source``), sealed under the key of ``keeper``: of its
    author, or of who recorded it where the author is no member.
    """

    type: ClassVar[str] = "minutes.noted"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    item: int
    text: Text
    source: Personal | None = None
    keeper: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded:
    """A decision was taken. ``number`` (``2026-001``) is gapless in its year; ``due`` is in the organisation's zone.

    ``motion`` is the number of the motion that it came from, whose ballot tells how. ``source`` is as in ``NoteTaken``.
    """

    type: ClassVar[str] = "decision.recorded"
    about: ClassVar[str] = "decision/{number}"
    number: str
    text: Text
    owner: MemberId | None
    due: date | None
    meeting: str | None
    motion: str | None = None
    source: Personal | None = None
    keeper: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecorded:
    """Something is to be done. ``number`` and ``due`` are as in ``DecisionRecorded``, the rest as in ``NoteTaken``."""

    type: ClassVar[str] = "action.recorded"
    about: ClassVar[str] = "action/{number}"
    number: str
    text: Text
    owner: MemberId | None
    due: date | None
    meeting: str | None
    source: Personal | None = None
    keeper: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone:
    """What was to be done is done, as whoever told it says."""

    type: ClassVar[str] = "action.done"
    about: ClassVar[str] = "action/{number}"
    number: str


Event = (
    OrganisationFounded
    | MemberEnrolled
    | AccountLinked
    | OfficeGiven
    | OfficeEnded
    | RouteChosen
    | LanguageChosen
    | EmailGiven
    | EmailConfirmed
    | StandingRuleAdopted
    | MeetingCalled
    | OccurrenceSetApart
    | MeetingChanged
    | MeetingCancelled
    | ReplyReceived
    | AttendeeDelegated
    | InterestNoted
    | DatePollOpened
    | DatePollMarked
    | DatePollClosed
    | NoteTaken
    | DecisionRecorded
    | ActionRecorded
    | ActionDone
    | Proceeding
)

EVENTS: tuple[type[Event], ...] = (
    OrganisationFounded,
    MemberEnrolled,
    AccountLinked,
    OfficeGiven,
    OfficeEnded,
    RouteChosen,
    LanguageChosen,
    EmailGiven,
    EmailConfirmed,
    StandingRuleAdopted,
    MeetingCalled,
    OccurrenceSetApart,
    MeetingChanged,
    MeetingCancelled,
    ReplyReceived,
    AttendeeDelegated,
    InterestNoted,
    DatePollOpened,
    DatePollMarked,
    DatePollClosed,
    NoteTaken,
    DecisionRecorded,
    ActionRecorded,
    ActionDone,
    *PROCEEDINGS,
)
"""Every event type; a recorded ``type`` is public: add, never rename or reuse."""


def person_of(event: Event) -> MemberId | None:
    """Return whose the personal values of *event* are, if it may have some."""
    person: MemberId | None = getattr(event, "member", None) or getattr(event, "keeper", None)
    return person


def subject_of(event: Event) -> str:
    """Return what *event* is about, as its entry names it: ``meeting/2026-001``."""
    return event.about.format(number=getattr(event, "number", None))
