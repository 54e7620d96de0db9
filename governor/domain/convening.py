"""When is it in order to call, change, cancel or answer a meeting?"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict

from governor.domain import recurrence as repeating
from governor.domain.events import (
    AttendeeDelegated,
    MeetingCalled,
    MeetingCancelled,
    MeetingChanged,
    NoteTaken,
    ReplyReceived,
    Text,
)
from governor.domain.meetings import Attendee, Meeting, PartStat, Status, end, last_end
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.errors import OutOfOrder
from governor.values import dataclass

LONGEST = timedelta(days=7)
"""A meeting longer than this is taken for a slip of the pen."""

FURTHEST = timedelta(days=5 * 366)
"""A meeting further ahead than this is taken for a slip of the pen."""

LIMITS = {
    **{
        "summary": 200,
        "location": 300,
        "conference": 1_000,
        "agenda": 2_000,
        "text": 4_000,
        "decision": 4_000,
        "action": 4_000,
    },
    **{"action": 4_000, "agenda-item": 2_000, "motion": 4_000, "article": 300},
}
"""The longest free text of each kind, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a meeting is to be: all that people choose, as in ``Meeting``. ``dtstart`` is aware, in the ``zone``."""

    summary: str
    dtstart: datetime
    zone: str
    duration: timedelta
    location: str | None
    agenda: str | None
    invited: tuple[MemberId, ...]
    conference: str | None = None
    is_all_day: bool = False
    is_open_ended: bool = False
    recurrence: Recurrence | None = None
    is_closed: bool = False

    @property
    def dtend(self) -> datetime:
        """Return the end of the first occurrence as an aware datetime in the plan's zone."""
        return end(self.dtstart, self.duration, is_all_day=self.is_all_day)

    @property
    def times(self) -> tuple[object, ...]:
        """Return all that says when it is: where this changes, everyone is asked again."""
        return (self.dtstart, self.zone, self.duration, self.is_all_day, self.recurrence)


def call_meeting(plan: Plan, *, number: str, uid: str, at: datetime, continues: str | None = None) -> MeetingCalled:
    """Return the event that calls a meeting under *number* and *uid*; the first of ``plan.invited`` chairs it.

    *continues* is the number of the series that it goes on with.

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
        location=text_or_none(plan.location),
        agenda=text_or_none(plan.agenda),
        invited=tuple(dict.fromkeys(plan.invited)),
        conference=text_or_none(plan.conference),
        is_all_day=plan.is_all_day,
        is_open_ended=plan.is_open_ended,
        continues=continues,
        is_closed=plan.is_closed,
        **_dates(plan.recurrence),
    )


def change_meeting(meeting: Meeting, plan: Plan, *, at: datetime, above: int = -1) -> MeetingChanged:
    """Return the event that makes *meeting* what *plan* says.

    The sequence rises when time or place changes (RFC 5546 §2.1.4), and when somebody is removed, whose CANCEL must
    count for more than the REQUEST before it (§2.1.5); the revision always does. When the time changes everyone is
    asked again, for an answer to Thursday says nothing about Friday. Whoever called it stays invited, for they chair
    it; the order of those invited is no change. *above* is a sequence that the new one must exceed: for an occurrence,
    that of its series.

    Raises:
        OutOfOrder: it is cancelled or over, nothing changes, or the plan is not in order at the instant *at*;
            ``series-begun``: what of a series took place cannot be put elsewhere.
    """
    check_open(meeting, at=at)
    before = plan_of(meeting)
    after = tuple(dict.fromkeys((meeting.called_by, *plan.invited)))
    added, removed = _without(after, before.invited), _without(before.invited, after)
    if replace(plan, invited=before.invited) == before and not added and not removed:
        raise OutOfOrder("nothing-changed")
    is_rescheduled = plan.times != before.times
    if meeting.recurrence is not None and meeting.dtstart <= at:
        if is_rescheduled:
            raise OutOfOrder("series-begun", meeting=meeting.summary)
        check_texts(plan)
    else:
        check(plan, at=at)
    is_elsewhere = (plan.location, plan.conference) != (meeting.location, meeting.conference)
    rises = is_rescheduled or is_elsewhere or bool(removed)
    return changed_to(meeting, plan, at=at, sequence=max(meeting.sequence + rises, above + 1), people=(added, removed))


def link(meeting: Meeting, conference: str, *, at: datetime) -> MeetingChanged:
    """Return the event that gives *meeting* the link *conference* to join by; the sequence stays, and answers stand.

    Raises:
        OutOfOrder: it is cancelled or over, has a link already, or the link is longer than its limit.
    """
    check_open(meeting, at=at)
    if meeting.conference is not None:
        raise OutOfOrder("nothing-changed")
    check_text("conference", conference)
    plan = replace(plan_of(meeting), conference=conference)
    return changed_to(meeting, plan, at=at, sequence=meeting.sequence, people=((), ()))


def cancel_meeting(meeting: Meeting, *, at: datetime, above: int = -1) -> MeetingCancelled:
    """Return the event that cancels *meeting*; *above* is as in ``change_meeting``.

    Raises:
        OutOfOrder: it is cancelled already, or over.
    """
    check_open(meeting, at=at)
    return MeetingCancelled(
        number=meeting.number,
        sequence=max(meeting.sequence, above) + 1,
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
    known = attendee_of(meeting, by)
    if known.partstat is partstat and not known.is_interested:
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


def answered(meeting: Meeting, event: ReplyReceived) -> Meeting:
    """Return *meeting* as it is once the answer that *event* enters is in the record."""
    people = [_answered(one, event) if one.member == event.member else one for one in meeting.attendees]
    return replace(meeting, attendees=tuple(people))


def _answered(attendee: Attendee, event: ReplyReceived) -> Attendee:
    stamp = attendee.replied
    if event.sequence is not None and event.dtstamp is not None:
        stamp = (event.sequence, event.dtstamp)
    return replace(attendee, partstat=event.partstat, replied=stamp, is_interested=False)


def delegate(meeting: Meeting, member: MemberId, sent: MemberId) -> AttendeeDelegated:
    """Return the event that enters that the attendee *member* has *sent* another in their place.

    Raises:
        OutOfOrder: *member* is not invited.
    """
    return AttendeeDelegated(number=meeting.number, member=attendee_of(meeting, member).member, delegate=sent)


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
        conference=meeting.conference,
        is_all_day=meeting.is_all_day,
        is_open_ended=meeting.is_open_ended,
        recurrence=meeting.recurrence,
        is_closed=meeting.is_closed,
    )


def check(plan: Plan, *, at: datetime) -> None:
    """Refuse a *plan* that is not in order at the instant *at*.

    Raises:
        OutOfOrder: it lies in the past or years ahead, lasts no time or longer than ``LONGEST``, repeats as nothing
            can (``recurrence.check``), has no title, or a text longer than ``LIMITS``.
    """
    if plan.dtstart <= at:
        raise OutOfOrder("meeting-in-past", start=plan.dtstart)
    if plan.dtstart - at > FURTHEST:
        raise OutOfOrder("meeting-too-far", start=plan.dtstart)
    if plan.duration <= timedelta():
        raise OutOfOrder("end-before-start")
    if plan.duration > LONGEST:
        raise OutOfOrder("meeting-too-long", limit=LONGEST)
    if plan.recurrence is not None:
        repeating.check(plan.recurrence, plan.dtstart)
    check_texts(plan)


def check_texts(plan: Plan) -> None:
    """Refuse a *plan* without a title, or with a text longer than ``LIMITS``.

    Raises:
        OutOfOrder: with which.
    """
    check_text("summary", plan.summary)
    for kind, text in (("location", plan.location), ("agenda", plan.agenda), ("conference", plan.conference)):
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
    """Refuse an act on a *meeting* that is cancelled, or over (a series: to its last) at the instant *at*.

    Raises:
        OutOfOrder: with the reason.
    """
    if meeting.status is Status.CANCELLED:
        raise OutOfOrder("meeting-cancelled", meeting=meeting.summary)
    if at >= last_end(meeting.dtstart, meeting.duration, meeting.recurrence, is_all_day=meeting.is_all_day):
        raise OutOfOrder("meeting-over", meeting=meeting.summary)


def changed_to(
    meeting: Meeting,
    plan: Plan,
    *,
    at: datetime,
    sequence: int,
    people: tuple[tuple[MemberId, ...], tuple[MemberId, ...]],
) -> MeetingChanged:
    """Return the event that makes *meeting* what *plan* says; *people* are those added and those removed."""
    added, removed = people
    return MeetingChanged(
        number=meeting.number,
        sequence=sequence,
        revision=meeting.revision + 1,
        summary=Text(plan.summary),
        dtstart=plan.dtstart,
        zone=plan.zone,
        duration=plan.duration,
        location=text_or_none(plan.location),
        agenda=text_or_none(plan.agenda),
        invited=added,
        removed=removed,
        is_rescheduled=plan.times != plan_of(meeting).times,
        dtstamp=_dtstamp(meeting, at),
        conference=text_or_none(plan.conference),
        is_all_day=plan.is_all_day,
        is_open_ended=plan.is_open_ended,
        is_closed=plan.is_closed,
        **_dates(plan.recurrence),
    )


class _Dates(TypedDict):
    rrule: str | None
    exdates: tuple[datetime, ...]
    rdates: tuple[datetime, ...]


def _dates(recurrence: Recurrence | None) -> _Dates:
    if recurrence is None:
        return {"rrule": None, "exdates": (), "rdates": ()}
    return {"rrule": recurrence.rrule, "exdates": recurrence.exdates, "rdates": recurrence.rdates}


def _dtstamp(meeting: Meeting, at: datetime) -> datetime | None:
    """Return the next DTSTAMP of *meeting*, or ``None`` where the instant *at* serves.

    DTSTAMP has whole seconds (RFC 5545 §3.3.5), and of two messages with one SEQUENCE the later is the one that counts
    (RFC 5546 §2.1.5): each revision is at least a second after the one before, though a clock be set back.
    """
    earliest = meeting.dtstamp.replace(microsecond=0) + timedelta(seconds=1)
    return None if at >= earliest else earliest


def _without(members: tuple[MemberId, ...], others: tuple[MemberId, ...]) -> tuple[MemberId, ...]:
    return tuple(member for member in members if member not in others)


def text_or_none(text: str | None) -> Text | None:
    """Return *text* as free text."""
    return None if text is None else Text(text)
