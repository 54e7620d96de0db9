"""Plans and meetings for tests, and what each event makes of a meeting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from governor.domain.convening import Plan, call_meeting
from governor.domain.events import MeetingCalled, MeetingCancelled, MeetingChanged, ReplyReceived
from governor.domain.meetings import Attendee, Meeting, PartStat, Role, Status
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
RATNA, BUDI, SARI, JOKO = PEOPLE = tuple(MemberId(f"m{number}") for number in range(1, 5))
PLAN = Plan(
    summary="Rapat pengurus",
    dtstart=datetime(2026, 12, 3, 19, tzinfo=JAKARTA),
    zone="Asia/Jakarta",
    duration=timedelta(minutes=90),
    location="Sekretariat",
    agenda="anggaran",
    invited=(RATNA, BUDI, SARI),
)

Told = MeetingCalled | MeetingChanged | MeetingCancelled | ReplyReceived


def make_meeting(plan: Plan = PLAN, *, number: str = "2026-001", at: datetime = NOON) -> Meeting:
    """Return the meeting that was called as *plan* says at the instant *at*."""
    return begun(call_meeting(plan, number=number, uid=f"uid-{number}", at=at), at=at)


def begun(event: MeetingCalled, *, at: datetime) -> Meeting:
    """Return the meeting that *event* began."""
    return Meeting(
        number=event.number,
        uid=event.uid,
        sequence=0,
        revision=1,
        dtstamp=at,
        summary=event.summary,
        dtstart=event.dtstart,
        zone=event.zone,
        duration=event.duration,
        location=event.location,
        agenda=event.agenda,
        conference=event.conference,
        is_all_day=event.is_all_day,
        is_open_ended=event.is_open_ended,
        recurrence=_recurrence(event),
        continues=event.continues,
        status=Status.CONFIRMED,
        called_by=event.invited[0],
        attendees=tuple(
            _asked(member, Role.REQUIRED if place else Role.CHAIR, 1) for place, member in enumerate(event.invited)
        ),
    )


def evolve(meeting: Meeting, event: Told, *, at: datetime) -> Meeting:
    """Return *meeting* after *event*, which happened at the instant *at*."""
    match event:
        case MeetingChanged():
            return _changed(meeting, event, at)
        case MeetingCancelled(sequence=sequence, revision=revision, dtstamp=dtstamp):
            later = {"sequence": sequence, "revision": revision, "dtstamp": dtstamp or at}
            return replace(meeting, **later, status=Status.CANCELLED)
        case ReplyReceived(member=member, partstat=partstat, sequence=sequence, dtstamp=dtstamp):
            replied = None if sequence is None or dtstamp is None else (sequence, dtstamp)
            attendees = tuple(
                replace(one, partstat=partstat, replied=replied) if one.member == member else one
                for one in meeting.attendees
            )
            return replace(meeting, attendees=attendees)
        case _:
            raise AssertionError(event)


def _changed(meeting: Meeting, event: MeetingChanged, at: datetime) -> Meeting:
    again = {"partstat": PartStat.NEEDS_ACTION} if event.is_rescheduled else {}
    stay = [replace(one, **again) for one in meeting.attendees if one.member not in event.removed]
    leave = [replace(one, **again) for one in meeting.attendees if one.member in event.removed]
    gone = [replace(one, **again) for one in meeting.removed if one.member not in event.invited]
    asked = [_asked(member, Role.REQUIRED, event.revision) for member in event.invited]
    return replace(
        meeting,
        sequence=event.sequence,
        revision=event.revision,
        dtstamp=event.dtstamp or at,
        summary=event.summary,
        dtstart=event.dtstart,
        zone=event.zone,
        duration=event.duration,
        location=event.location,
        agenda=event.agenda,
        conference=event.conference,
        is_all_day=event.is_all_day,
        is_open_ended=event.is_open_ended,
        recurrence=_recurrence(event),
        attendees=(*stay, *asked),
        removed=(*gone, *leave),
        asked=event.sequence if event.is_rescheduled else meeting.asked,
    )


def _recurrence(event: MeetingCalled | MeetingChanged) -> Recurrence | None:
    if event.rrule is None:
        return None
    return Recurrence(rrule=event.rrule, exdates=event.exdates, rdates=event.rdates)


def _asked(member: MemberId, role: Role, since: int) -> Attendee:
    return Attendee(member=member, role=role, partstat=PartStat.NEEDS_ACTION, since=since)
