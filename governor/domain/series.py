"""When is it in order to end a series, to go on with another, or to set one occurrence apart?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile

from governor.domain import recurrence as repeating
from governor.domain.convening import Plan, changed_to, check_open, plan_of, text_or_none
from governor.domain.events import MeetingChanged, OccurrenceSetApart, Text
from governor.domain.meetings import Meeting
from governor.domain.recurrence import Recurrence
from governor.errors import OutOfOrder


def end_before(series: Meeting, start: datetime, *, at: datetime) -> MeetingChanged:
    """Return the event that ends *series* before the occurrence that begins at *start*; answers to it stand.

    Raises:
        OutOfOrder: it is cancelled or over, does not repeat, or nothing of it comes before *start*.
    """
    check_open(series, at=at)
    plan = plan_of(series)
    earlier = [] if plan.recurrence is None else list(_before(plan.recurrence, plan.dtstart, start))
    if plan.recurrence is None or not earlier:
        raise OutOfOrder("nothing-before", start=start)
    shorter = replace(plan, recurrence=repeating.until(plan.recurrence, earlier[-1]))
    if shorter == plan:
        raise OutOfOrder("nothing-changed")
    event = changed_to(series, shorter, at=at, sequence=series.sequence + 1, people=((), ()))
    return replace(event, is_rescheduled=False)


def rest_of(series: Meeting, start: datetime) -> Plan:
    """Return what is left of *series* from its occurrence at *start* on, as a plan for another series.

    Raises:
        OutOfOrder: it does not repeat.
    """
    plan = plan_of(series)
    if plan.recurrence is None:
        raise OutOfOrder("no-such-occurrence", meeting=series.summary)
    return replace(plan, dtstart=start, recurrence=repeating.after(plan.recurrence, plan.dtstart, start))


def set_apart(series: Meeting, start: datetime, *, number: str) -> OccurrenceSetApart:
    """Return the event that makes the occurrence of *series* that begins at *start* a meeting of its own.

    It is as it was, under *number*; nobody is told.

    Raises:
        OutOfOrder: ``no-such-occurrence``: none begins then, or it was set apart before.
    """
    if series.recurrence is None or start not in _until(series.starts(), start):
        raise OutOfOrder("no-such-occurrence", meeting=series.summary)
    return OccurrenceSetApart(
        number=number,
        uid=series.uid,
        series=series.number,
        recurrence_id=start.astimezone(UTC),
        sequence=series.sequence + 1,
        asked=series.asked,
        dtstamp=series.dtstamp,
        summary=Text(series.summary),
        dtstart=start.astimezone(series.dtstart.tzinfo),
        zone=series.zone,
        duration=series.duration,
        location=text_or_none(series.location),
        agenda=text_or_none(series.agenda),
        conference=text_or_none(series.conference),
        is_all_day=series.is_all_day,
        is_open_ended=series.is_open_ended,
        invited=tuple(attendee.member for attendee in series.attendees),
        partstats=tuple(attendee.partstat for attendee in series.attendees),
        is_closed=series.is_closed,
    )


def along(occurrence: Plan, before: Plan, after: Plan) -> Plan:
    """Return *occurrence* as its series changes from *before* to *after*, but for what it has of its own."""
    names = ("summary", "duration", "location", "agenda", "conference", "is_closed")
    changed = {name: getattr(after, name) for name in names if getattr(occurrence, name) == getattr(before, name)}
    gone = set(before.invited) - set(after.invited)
    people = dict.fromkeys((*occurrence.invited, *(one for one in after.invited if one not in before.invited)))
    return replace(occurrence, **changed, invited=tuple(person for person in people if person not in gone))


def moved_to(plan: Plan, dtstart: datetime, zone: str) -> Plan:
    """Return *plan* with another start, and the rule by which it repeats moved along with it."""
    if plan.recurrence is None or (plan.dtstart == dtstart and plan.zone == zone):
        return replace(plan, dtstart=dtstart, zone=zone)
    return replace(plan, dtstart=dtstart, zone=zone, recurrence=repeating.moved(plan.recurrence, plan.dtstart, dtstart))


def _before(recurrence: Recurrence, dtstart: datetime, end: datetime) -> Iterator[datetime]:
    return takewhile(lambda start: start < end, repeating.starts(recurrence, dtstart))


def _until(starts: Iterator[datetime], last: datetime) -> Iterator[datetime]:
    return takewhile(lambda start: start <= last, starts)
