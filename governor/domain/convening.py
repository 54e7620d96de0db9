"""When is it in order to call, change, cancel or answer a meeting?"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from governor.domain.events import (
    MeetingCalled,
    MeetingCancelled,
    MeetingChanged,
    NoteTaken,
    ReplyReceived,
    Text,
)
from governor.domain.meetings import Attendee, Meeting, PartStat, Status, end
from governor.domain.members import MemberId
from governor.errors import OutOfOrder

LONGEST = timedelta(days=7)
"""A meeting longer than this is taken for a slip of the pen."""

FURTHEST = timedelta(days=5 * 366)
"""A meeting further ahead than this is taken for a slip of the pen."""

LIMITS = {"summary": 200, "location": 300, "agenda": 2_000, "text": 4_000, "decision": 4_000}
"""The longest free text of each kind, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a meeting is to be: all that people choose. ``dtstart`` is aware, in the IANA ``zone``."""

    summary: str
    dtstart: datetime
    zone: str
    duration: timedelta
    location: str | None
    agenda: str | None
    invited: tuple[MemberId, ...]

    @property
    def dtend(self) -> datetime:
        """Return the end as an aware datetime in the plan's zone."""
        return end(self.dtstart, self.duration)


def call_meeting(plan: Plan, *, number: str, uid: str, at: datetime) -> MeetingCalled:
    """Return the event that calls a meeting under *number* and *uid*; the first of ``plan.invited`` chairs it.

    Raises:
        OutOfOrder: the plan is not in order at the instant *at* (see ``check``).
        ValueError: nobody is invited.
    """
    if not plan.invited:
        raise ValueError("somebody chairs a meeting")
    check(plan, at=at)
    return MeetingCalled(
        number=number,
        uid=uid,
        summary=Text(plan.summary),
        dtstart=plan.dtstart,
        zone=plan.zone,
        duration=plan.duration,
        location=_text(plan.location),
        agenda=_text(plan.agenda),
        invited=tuple(dict.fromkeys(plan.invited)),
    )


def change_meeting(meeting: Meeting, plan: Plan, *, at: datetime) -> MeetingChanged:
    """Return the event that makes *meeting* what *plan* says.

    The sequence rises when time or place changes (RFC 5546 §2.1.4), and when somebody is removed, whose CANCEL must
    count for more than the REQUEST before it (§2.1.5); the revision always does. When the time changes everyone is
    asked again, for an answer to Thursday says nothing about Friday. Whoever called it stays invited, for they chair
    it; the order of those invited is no change.

    Raises:
        OutOfOrder: it is cancelled or over, nothing changes, or the plan is not in order at the instant *at*.
    """
    check_open(meeting, at=at)
    before = plan_of(meeting).invited
    after = tuple(dict.fromkeys((meeting.called_by, *plan.invited)))
    added, removed = _without(after, before), _without(before, after)
    if replace(plan, invited=before) == plan_of(meeting) and not added and not removed:
        raise OutOfOrder("nothing-changed")
    check(plan, at=at)
    is_rescheduled = (plan.dtstart, plan.zone, plan.duration) != (meeting.dtstart, meeting.zone, meeting.duration)
    return MeetingChanged(
        number=meeting.number,
        sequence=meeting.sequence + (is_rescheduled or plan.location != meeting.location or bool(removed)),
        revision=meeting.revision + 1,
        summary=Text(plan.summary),
        dtstart=plan.dtstart,
        zone=plan.zone,
        duration=plan.duration,
        location=_text(plan.location),
        agenda=_text(plan.agenda),
        invited=added,
        removed=removed,
        is_rescheduled=is_rescheduled,
        dtstamp=_dtstamp(meeting, at),
    )


def cancel_meeting(meeting: Meeting, *, at: datetime) -> MeetingCancelled:
    """Return the event that cancels *meeting*.

    Raises:
        OutOfOrder: it is cancelled already, or over.
    """
    check_open(meeting, at=at)
    return MeetingCancelled(
        number=meeting.number,
        sequence=meeting.sequence + 1,
        revision=meeting.revision + 1,
        dtstamp=_dtstamp(meeting, at),
    )


def reply(meeting: Meeting, *, by: MemberId, partstat: PartStat, at: datetime) -> ReplyReceived:
    """Return the event that enters the answer of *by*.

    Raises:
        OutOfOrder: the meeting is cancelled or over, *by* is not invited, has answered so already, or says nothing.
    """
    check_open(meeting, at=at)
    if partstat is PartStat.NEEDS_ACTION:
        raise OutOfOrder("answer-missing")
    if attendee_of(meeting, by).partstat is partstat:
        raise OutOfOrder("answered-already", meeting=meeting.summary)
    dtstamp = at.replace(microsecond=0)
    return ReplyReceived(
        number=meeting.number, member=by, partstat=partstat, sequence=meeting.sequence, dtstamp=dtstamp
    )


def receive_reply(
    meeting: Meeting, *, by: MemberId, partstat: PartStat, stamp: tuple[int, datetime], at: datetime
) -> ReplyReceived:
    """Return the event that enters the answer that the calendar of *by* gave, with its *stamp* (SEQUENCE, DTSTAMP).

    It is entered though it says the same as the one before: the newer stamp keeps an older one out.

    Raises:
        OutOfOrder: the meeting is cancelled or over, *by* is not invited, it says nothing, it answers the invitation to
            another time, or a newer answer is known (``answer-outdated``, RFC 5546 §2.1.5).
    """
    check_open(meeting, at=at)
    if partstat is PartStat.NEEDS_ACTION:
        raise OutOfOrder("answer-missing")
    sequence, dtstamp = stamp[0], stamp[1].replace(microsecond=0)
    known = attendee_of(meeting, by).replied
    if sequence < meeting.asked or (known is not None and (sequence, dtstamp) <= known):
        raise OutOfOrder("answer-outdated", meeting=meeting.summary)
    # A calendar cannot have answered what was not sent yet: whoever says so would keep every later answer out.
    return ReplyReceived(
        number=meeting.number, member=by, partstat=partstat, sequence=min(sequence, meeting.sequence), dtstamp=dtstamp
    )


def attendee_of(meeting: Meeting, member: MemberId) -> Attendee:
    """Return *member* as an attendee of *meeting*.

    Raises:
        OutOfOrder: they are not invited.
    """
    found = next((one for one in meeting.attendees if one.member == member), None)
    if found is None:
        raise OutOfOrder("not-invited", meeting=meeting.summary)
    return found


def take_note(meeting: Meeting, text: str, *, item: int) -> NoteTaken:
    """Return the event that enters *text* as the *item*-th entry of the minutes.

    Raises:
        OutOfOrder: the meeting was cancelled, or the text is empty or too long.
    """
    if meeting.status is Status.CANCELLED:
        raise OutOfOrder("meeting-cancelled", meeting=meeting.summary)
    check_text("text", text)
    return NoteTaken(number=meeting.number, item=item, text=Text(text))


def plan_of(meeting: Meeting) -> Plan:
    """Return what *meeting* is, as a plan that can be changed."""
    return Plan(
        summary=meeting.summary,
        dtstart=meeting.dtstart,
        zone=meeting.zone,
        duration=meeting.duration,
        location=meeting.location,
        agenda=meeting.agenda,
        invited=tuple(attendee.member for attendee in meeting.attendees),
    )


def check(plan: Plan, *, at: datetime) -> None:
    """Refuse a *plan* that is not in order at the instant *at*.

    Raises:
        OutOfOrder: it lies in the past or years ahead, lasts no time or longer than ``LONGEST``, has no title, or a
            text longer than ``LIMITS``.
    """
    if plan.dtstart <= at:
        raise OutOfOrder("meeting-in-past", start=plan.dtstart)
    if plan.dtstart - at > FURTHEST:
        raise OutOfOrder("meeting-too-far", start=plan.dtstart)
    if plan.duration <= timedelta():
        raise OutOfOrder("end-before-start")
    if plan.duration > LONGEST:
        raise OutOfOrder("meeting-too-long", limit=LONGEST)
    check_text("summary", plan.summary)
    for kind, text in (("location", plan.location), ("agenda", plan.agenda)):
        if text is not None:
            check_text(kind, text)


def check_text(kind: str, text: str) -> None:
    """Refuse free *text* of a *kind* (a key of ``LIMITS``).

    Raises:
        OutOfOrder: it is empty, or longer than its limit.
    """
    if not text.strip():
        raise OutOfOrder(f"{kind}-empty")
    if len(text) > LIMITS[kind]:
        raise OutOfOrder(f"{kind}-too-long", limit=LIMITS[kind])


def check_open(meeting: Meeting, *, at: datetime) -> None:
    """Refuse an act on a *meeting* that is cancelled, or over at the instant *at*.

    Raises:
        OutOfOrder: with the reason.
    """
    if meeting.status is Status.CANCELLED:
        raise OutOfOrder("meeting-cancelled", meeting=meeting.summary)
    if at >= meeting.dtend:
        raise OutOfOrder("meeting-over", meeting=meeting.summary)


def _dtstamp(meeting: Meeting, at: datetime) -> datetime | None:
    """Return the next DTSTAMP of *meeting*, or ``None`` where the instant *at* serves.

    DTSTAMP has whole seconds (RFC 5545 §3.3.5), and of two messages with one SEQUENCE the later is the one that counts
    (RFC 5546 §2.1.5): each revision is at least a second after the one before, though a clock be set back.
    """
    earliest = meeting.dtstamp.replace(microsecond=0) + timedelta(seconds=1)
    return None if at >= earliest else earliest


def _without(members: tuple[MemberId, ...], others: tuple[MemberId, ...]) -> tuple[MemberId, ...]:
    return tuple(member for member in members if member not in others)


def _text(text: str | None) -> Text | None:
    return None if text is None else Text(text)
