"""What is a meeting, and what may be done with it?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from governor.domain import recurrence as repeating
from governor.domain.members import MemberId
from governor.domain.partstats import PartStat
from governor.domain.recurrence import Recurrence
from governor.values import dataclass

__all__ = ["PartStat"]


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

    ``replied`` is the stamp of their newest answer: the SEQUENCE that it answers, and its DTSTAMP (UTC). Of one who
    ``is_interested`` the TENTATIVE is no answer, only interest (``domain.interest``). ``delegate`` was invited in their
    place, in which they come while the answer is DELEGATED.
    """

    member: MemberId
    role: Role
    partstat: PartStat
    since: int
    replied: tuple[int, datetime] | None = None
    is_interested: bool = False
    delegate: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting as it stands now.

    ``number`` is the organisation's (``2026-001``); ``uid`` is iCalendar's, and never changes. ``sequence`` is RFC
    5546's: it rises with a change of time or place, when somebody is removed, and with cancellation. ``revision`` rises
    with *every* change, so that deliveries of an older state can be told apart; ``dtstamp`` is the instant (UTC) of
    that change, in a later second than any before. ``dtstart`` is aware, in the IANA ``zone`` the meeting is held in.
    ``attendees`` are those invited now, ``removed`` those who once were. ``asked`` is the sequence of the last change
    of time: an answer to an earlier one says nothing about the time now. ``conference`` is a link to join by.

    ``is_all_day``: it has days and no hours; ``dtstart`` is midnight and ``duration`` whole days. ``is_open_ended``:
    nobody said when it ends, and ``duration`` is what is reckoned with. ``is_closed``: the public does not know of it.

    A meeting with a ``recurrence`` is a series. An occurrence about which something of its own was said is a meeting of
    its own: with its own ``number``, the ``uid`` of the series, the number of the ``series``, and ``recurrence_id``,
    when it would begin by the rule (UTC), by whose clocks ``series_zone`` tells: one may be moved to another zone.
    ``apart`` are the ``recurrence_id`` of all such of a series since its times
    were last changed, ``off`` of those that were cancelled before its present revision. ``continues`` is the number of
    the series that this one goes on with from a day on, ``continues_uid`` its UID, and ``continued`` the number of the
    one that goes on with this.
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
    conference: str | None = None
    is_all_day: bool = False
    is_open_ended: bool = False
    is_closed: bool = False
    recurrence: Recurrence | None = None
    series: str | None = None
    recurrence_id: datetime | None = None
    series_zone: str | None = None
    apart: tuple[datetime, ...] = ()
    off: tuple[datetime, ...] = ()
    continues: str | None = None
    continues_uid: str | None = None
    continued: str | None = None

    @property
    def dtend(self) -> datetime:
        """Return the end as an aware datetime in the meeting's zone; of a series, that of its first occurrence."""
        return self.end_of(self.dtstart)

    def end_of(self, start: datetime) -> datetime:
        """Return when the occurrence that begins at *start* ends."""
        return end(start, self.duration, is_all_day=self.is_all_day)

    def starts(self) -> Iterator[datetime]:
        """Yield when each occurrence begins that was not set apart: aware, in its zone, in order; maybe without end."""
        if self.recurrence is None:
            yield self.dtstart
            return
        apart = frozenset(self.apart)
        for start in repeating.starts(self.recurrence, self.dtstart):
            if start.astimezone(UTC) not in apart:
                yield start

    def next_start(self, *, at: datetime) -> datetime | None:
        """Return the start of the first occurrence that is not over at the instant *at*; ``None``: all are."""
        if at >= last_end(self.dtstart, self.duration, self.recurrence, is_all_day=self.is_all_day):
            return None
        return next((start for start in self.starts() if self.end_of(start) > at), None)

    def as_next(self, *, at: datetime) -> "Meeting":
        """Return the meeting as it takes place next after the instant *at*: of a series, with that start."""
        if self.recurrence is None:
            return self
        return replace(self, dtstart=self.next_start(at=at) or self.dtstart)


FOREVER = datetime.max.replace(microsecond=0, tzinfo=UTC)
"""When a series is over that has no end."""


def end(dtstart: datetime, duration: timedelta, *, is_all_day: bool = False) -> datetime:
    """Return *dtstart* (aware) plus *duration* in the same zone: of elapsed time, or where *is_all_day* of days."""
    if is_all_day:
        return dtstart + duration
    return (dtstart.astimezone(UTC) + duration).astimezone(dtstart.tzinfo)


def last_end(
    dtstart: datetime, duration: timedelta, recurrence: Recurrence | None, *, is_all_day: bool = False
) -> datetime:
    """Return when a meeting, or the last occurrence of a series, is over; ``FOREVER`` where there is no last.

    Those that were set apart count as if they were not.
    """
    last = dtstart if recurrence is None else repeating.last(recurrence, dtstart)
    return FOREVER if last is None else end(last, duration, is_all_day=is_all_day)


HELD_BEFORE = timedelta(hours=1)
HELD_AFTER = timedelta(hours=12)
"""A meeting is being held from this long before its start until this long after its end: minutes run late."""


def is_near(meeting: Meeting, *, at: datetime, within: timedelta) -> bool:
    """Return whether the instant *at* lies in *meeting*, or no further than *within* before or after it."""
    return near(meeting, at=at, before=within, after=within + timedelta.resolution) is not None


def near(meeting: Meeting, *, at: datetime, before: timedelta, after: timedelta) -> datetime | None:
    """Return the start of the occurrence in which the instant *at* lies, or at most *before* it, or less than *after*.

    Of several, the last that has begun, else the next to come.
    """
    if meeting.recurrence is not None and at + before < meeting.dtstart:
        return None
    found: datetime | None = None
    for start in meeting.starts():
        if start - before > at or (found is not None and start > at):
            break
        if at < meeting.end_of(start) + after:
            found = start
    return found


def held(meeting: Meeting, *, at: datetime) -> datetime | None:
    """Return the start of the occurrence of *meeting* that is being held at the instant *at*, if one is."""
    return near(meeting, at=at, before=HELD_BEFORE, after=HELD_AFTER)


def spoken_of(meetings: Iterable[Meeting], *, at: datetime) -> Meeting | None:
    """Return the meeting that people mean at the instant *at* when they name none.

    That is the one being held, else the one that was called or changed last; cancelled ones are not meant.
    """
    standing = [meeting for meeting in meetings if meeting.status is Status.CONFIRMED]
    now = [one for one in standing if held(one, at=at) is not None]
    return max(now or standing, key=lambda meeting: (meeting.dtstamp, meeting.number), default=None)
