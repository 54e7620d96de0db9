"""When are people reminded of a meeting?"""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo

from governor.domain.meetings import Meeting, Status
from governor.values import dataclass

_DAY = timedelta(days=1)
_JUST = timedelta(minutes=1)
"""So long before a change of the meeting may a reminder of it have been due, and not be given yet."""


class By(StrEnum):
    """Where people are reminded: all of them in the chat, by mail those who are invited by mail, or both."""

    CHAT = "chat"
    MAIL = "mail"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The hours of each day, by the clocks of the IANA ``zone``, in which nobody is disturbed; they may span midnight.

    ``since`` and ``until`` are naive; equal, they are no hours at all.
    """

    since: time
    until: time
    zone: str

    def around(self, at: datetime) -> tuple[datetime, datetime] | None:
        """Return from when until when (UTC) it is quiet around the instant *at*; ``None``: it is not."""
        zone = ZoneInfo(self.zone)
        today = at.astimezone(zone).date()
        for day in (today, today - _DAY):
            last = day if self.since <= self.until else day + _DAY
            since = datetime.combine(day, self.since, zone).astimezone(UTC)
            until = datetime.combine(last, self.until, zone).astimezone(UTC)
            if since <= at < until:
                return since, until
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """How long ``before`` a meeting people are reminded of it, when they are left alone, and ``by`` what."""

    before: tuple[timedelta, ...]
    quiet: Quiet | None = None
    by: By = By.CHAT

    def due(self, start: datetime, before: timedelta) -> datetime:
        """Return the instant (UTC) of the reminder *before* a *start*.

        One that falls into the quiet hours waits for their end; where the meeting has begun by then, it is given when
        they begin.
        """
        wanted = start.astimezone(UTC) - before
        hours = None if self.quiet is None else self.quiet.around(wanted)
        if hours is None:
            return wanted
        since, until = hours
        return until if until < start else since

    @property
    def furthest(self) -> timedelta:
        """Return how long before a meeting the first reminder of it can be due."""
        return max(self.before, default=-_DAY) + _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder of the occurrence that begins at ``start`` (aware), given that long ``before``."""

    start: datetime
    before: timedelta


def pending(meeting: Meeting, reminding: Reminding, *, at: datetime) -> tuple[Reminder, ...]:
    """Return the reminders of *meeting* that are to be given at the instant *at*: at most one of each occurrence.

    Each counts from when it is due until the next is, or the meeting begins: who was away is reminded once, not of all
    that was missed. What was due before the meeting was called or changed last is told by that, but for what was due
    just then.
    """
    if meeting.status is Status.CANCELLED:
        return ()
    soon = takewhile(lambda start: start <= at + reminding.furthest, meeting.starts())
    found = (_pending(start, reminding, at) for start in soon if start > at)
    return tuple(
        one for one in found if one is not None and reminding.due(one.start, one.before) > meeting.dtstamp - _JUST
    )


def _pending(start: datetime, reminding: Reminding, at: datetime) -> Reminder | None:
    due = ((reminding.due(start, before), -before) for before in reminding.before)
    latest = max((one for one in due if one[0] <= at), default=None)
    return None if latest is None else Reminder(start=start, before=-latest[1])


def takes_place(meeting: Meeting, start: datetime) -> bool:
    """Return whether *meeting* stands and has an occurrence that begins at *start*."""
    first = next((one for one in meeting.starts() if one >= start), None)
    return meeting.status is Status.CONFIRMED and first == start
