"""What does a meeting look like to those who are invited to it?"""

from datetime import datetime, timedelta

from governor.domain.meetings import PartStat, Role, Status
from governor.domain.recurrence import Recurrence
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A person or a programme with an e-mail address: ``name`` as written by people, ``address`` an addr-spec."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One attendee with an address, in the ``language`` (ISO 639-1) in which they are written to.

    ``since`` is the revision of the meeting by which they were first invited: what they are sent of that one is an
    invitation, and of later ones a change. ``token`` stands for them where an identifier is needed: from it nobody can
    tell, or try out, who they are. Only whom something is sent to has one. ``again`` (from 1) tells apart what they are
    sent once more of one revision, because they asked for it. ``delegated_to`` is the address of who comes in their
    place, ``delegated_from`` are those in whose place they come.
    """

    mailbox: Mailbox
    role: Role
    partstat: PartStat
    language: str
    since: int = 0
    token: str = ""
    again: int = 0
    delegated_to: str | None = None
    delegated_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One revision of a meeting, complete, as all its attendees see it.

    Equal values give equal bytes: ``uid``, ``sequence`` and ``dtstamp`` (UTC) come from the record and never from a
    clock. ``dtstart`` is aware in the IANA ``zone``. ``organizer`` is the mailbox that answers go to and never a guest;
    ``sent_by`` is whose mailbox writes for it, where that is another. ``chair`` is the person who called the meeting;
    ``language`` (ISO 639-1) is that of what all of them share. ``guests`` are in the order of invitation, and on a
    cancellation include everyone ever invited. ``conference`` is a link to join by. ``alarms`` is how long before the
    start the guests' own calendars speak up. ``is_all_day``: ``dtstart`` is midnight and ``duration`` whole days;
    ``is_open_ended``: when it ends is not said; ``is_closed``: it is for the guests alone. With a ``recurrence`` it is
    a series, with a ``recurrence_id`` (UTC) the occurrence of a series that would begin then, by the clocks of
    ``series_zone`` (an IANA name; ``None``: those of ``zone``); ``is_series_cancelled``: nothing of that is left.
    ``continues`` is the UID of the series that this one goes on with.
    """

    uid: str
    sequence: int
    revision: int
    dtstamp: datetime
    status: Status
    summary: str
    dtstart: datetime
    zone: str
    duration: timedelta
    location: str | None
    agenda: str | None
    organization: str
    language: str
    organizer: Mailbox
    chair: str
    guests: tuple[Guest, ...]
    conference: str | None = None
    is_all_day: bool = False
    is_open_ended: bool = False
    is_closed: bool = False
    recurrence: Recurrence | None = None
    recurrence_id: datetime | None = None
    series_zone: str | None = None
    is_series_cancelled: bool = False
    sent_by: Mailbox | None = None
    alarms: tuple[timedelta, ...] = ()
    continues: str | None = None

    @property
    def sender(self) -> Mailbox:
        """Return whose mailbox it comes from."""
        return self.sent_by or self.organizer

    @property
    def where(self) -> str | None:
        """Return place and link in one line; ``None``: neither was said."""
        return ", ".join(filter(None, (self.location, self.conference))) or None
