"""When are people reminded of a meeting?"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governor.domain.meetings import Meeting, Status

_DAY = timedelta(days=1)


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
    """How long ``before`` a meeting people are reminded of it, and when they are left alone."""

    before: tuple[timedelta, ...]
    quiet: Quiet | None = None

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


def pending(meeting: Meeting, reminding: Reminding, *, at: datetime) -> timedelta | None:
    """Return how long before *meeting* the reminder is that is to be given at the instant *at*, if one is.

    Each counts from when it is due until the next is, or the meeting begins: who was away is reminded once, not of all
    that was missed. What was due when the meeting was called or changed last is told by that.
    """
    if meeting.status is Status.CANCELLED or at >= meeting.dtstart:
        return None
    due = [(reminding.due(meeting.dtstart, before), -before) for before in reminding.before]
    past = [one for one in due if one[0] <= at]
    if not past:
        return None
    moment, before = max(past)
    return -before if moment > meeting.dtstamp else None
