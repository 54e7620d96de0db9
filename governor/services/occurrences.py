"""Which occurrence of a series is meant, and how does it become a meeting of its own?"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from governor.domain import convening
from governor.domain import series as serial
from governor.domain.decisions import next_number
from governor.domain.meetings import Meeting, Status, held, near
from governor.domain.members import MemberId
from governor.errors import NotFound, OutOfOrder
from governor.services.commands import Caller
from governor.store import meetings
from governor.store.organisations import organisation_of
from governor.store.unit_of_work import UnitOfWork

NOTED = timedelta(days=30)
"""A note is for an occurrence no further from now than this."""

_DAY = len("2026-11-24")


def number_for(work: UnitOfWork) -> str:
    """Return the number of the next meeting of the year, in the organisation's zone."""
    organisation = organisation_of(work.connection)
    zone = "UTC" if organisation is None else organisation.zone
    year = work.at.astimezone(ZoneInfo(zone)).year
    return next_number(year, meetings.count(work.connection, year))


def set_apart(series: Meeting, start: datetime, work: UnitOfWork, *, by: MemberId) -> Meeting:
    """Return the occurrence of *series* at *start* as a meeting of its own, which it becomes where it is none yet.

    Raises:
        OutOfOrder: none begins then.
    """
    if start.astimezone(UTC) in series.apart:
        known = meetings.by_uid(work.connection, series.uid, start)
        if known is not None:
            return known
    event = serial.set_apart(series, start, number=number_for(work))
    work.record(event, by=by)
    for sender in series.attendees:
        if sender.delegate is not None:
            sent = convening.delegate(series, sender.member, sender.delegate)
            work.record(replace(sent, number=event.number), by=by)
    found = meetings.find(work.connection, event.number)
    if found is None:
        raise NotFound("meeting-unknown", number=event.number)
    return found


def named_by(uid: str, recurrence_id: datetime | date | None, work: UnitOfWork) -> Meeting | None:
    """Return the meeting of that *uid*: of a series the occurrence at *recurrence_id*, where it was set apart."""
    whole = meetings.by_uid(work.connection, uid)
    start = None if whole is None or recurrence_id is None else begins(recurrence_id, whole)
    apart = None if start is None else meetings.by_uid(work.connection, uid, start)
    return apart or whole


def begins(recurrence_id: datetime | date | str, series: Meeting) -> datetime:
    """Return the instant that *recurrence_id* (or its text, ISO 8601) names; a day begins by the clocks of *series*."""
    if isinstance(recurrence_id, str):
        parse = date.fromisoformat if len(recurrence_id) == _DAY else datetime.fromisoformat
        return begins(parse(recurrence_id), series)
    if isinstance(recurrence_id, datetime):
        return recurrence_id
    return datetime.combine(recurrence_id, time(), series.dtstart.tzinfo)


def own(meeting: Meeting, named: object, work: UnitOfWork, *, by: MemberId) -> Meeting:
    """Return *meeting*; where *named* is the ``recurrence_id`` of an occurrence of it (as kept), that, set apart now.

    Raises:
        OutOfOrder: there is no such occurrence, or it is over.
    """
    if named is None or meeting.recurrence_id is not None:
        return meeting
    start = begins(str(named), meeting)
    if meeting.end_of(start) <= work.at:
        raise OutOfOrder("meeting-over", meeting=meeting.summary)
    return set_apart(meeting, start, work, by=by)


def occurrence_on(series: Meeting, days: tuple[date, date], work: UnitOfWork) -> datetime | None:
    """Return when the occurrence of *series* would begin by its rule that is to come on one of *days*, the first.

    *days* are from one until before another, in the zone of the series; one that was moved is found where it is too.
    """
    first, until = days
    for start in takewhile(lambda start: start.date() < until, series.starts()):
        if start.date() >= first and series.end_of(start) > work.at:
            return start
    apart = (one for one in meetings.set_apart(work.connection, series.number) if one.status is Status.CONFIRMED)
    moved = next((one for one in apart if first <= one.dtstart.date() < until and one.dtend > work.at), None)
    return None if moved is None else moved.recurrence_id


def above_of(meeting: Meeting, work: UnitOfWork) -> int:
    """Return the sequence that the next of *meeting* must exceed: for an occurrence that of its series; else -1."""
    series = None if meeting.series is None else meetings.find(work.connection, meeting.series)
    return -1 if series is None else series.sequence


def noted(series: Meeting, caller: Caller, work: UnitOfWork, start: datetime | None = None) -> Meeting:
    """Return the occurrence of *series* at *start* as a meeting of its own, for it has its own minutes; where no start
    is told the one that is held now or was last.

    Raises:
        OutOfOrder: none was held near now.
    """
    start = start or held(series, at=work.at) or near(series, at=work.at, before=NOTED, after=NOTED)
    if start is None:
        raise OutOfOrder("note-which-meeting", number=series.number, summary=series.summary)
    return set_apart(series, start, work, by=caller.member.id)
