"""What happens when a person changes a meeting in a calendar that its guests share? The record stays the authority.

The change is shown to those who may change the meeting: they accept it into the record, or put the calendar back.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from governor.domain import convening
from governor.domain import series as serial
from governor.domain.convening import Plan
from governor.domain.meetings import Meeting
from governor.errors import OutOfOrder
from governor.ports import Edit, Reply
from governor.services import posts
from governor.services.commands import Caller
from governor.services.meetings import changes_of, deliver, in_zone, shown
from governor.services.occurrences import above_of, begins, named_by, own
from governor.store import received
from governor.store.outbox import Effect
from governor.store.received import Matter
from governor.store.unit_of_work import UnitOfWork
from governor.wording.phrase import phrase

RESTORATION = "restoration"
"""The recorded kind of the effect that puts a shared event back as the record has it."""


def receive(incoming: Edit, token: str, way: str, work: UnitOfWork) -> None:
    """Show *incoming*, made in the calendar *way*, to those who may decide it, where it differs from the record."""
    meeting = named_by(incoming.uid, incoming.recurrence_id, work)
    start = None if meeting is None else _start(incoming, meeting)
    before = None if meeting is None else _before(meeting, start, work.at)
    if meeting is None or before is None:
        return
    what: dict[str, str | int | None] = {
        **_beyond(incoming, meeting, work),
        "kind": "edit",
        "is_verified": 1,
        "way": way,
        "is_cancelled": int(incoming.is_cancelled),
        "summary": incoming.summary,
        "dtstart": incoming.dtstart.isoformat(),
        "duration": int(incoming.duration.total_seconds()),
        "location": incoming.location,
        "recurrence_id": None if start is None else start.isoformat(),
    }
    matter = Matter(token=token, at=work.at, number=meeting.number, member=meeting.called_by, what=what)
    if not incoming.is_cancelled and edited(before, matter) == before:
        if not incoming.parts:
            return
        matter = replace(matter, what={**what, "is_beyond": 1})
    received.replace_waiting(work.connection, matter)
    received.keep(work.connection, matter)
    work.enqueue(posts.shown(matter))


def accept(matter: Matter, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Make the record what the calendar shows, and tell everyone.

    Raises:
        OutOfOrder: the meeting could not be called so.
    """
    meeting = own(meeting, matter.what.get("recurrence_id"), work, by=caller.member.id)
    if matter.what["is_cancelled"]:
        above = above_of(meeting, work)
        work.record(convening.cancel_meeting(meeting, at=work.at, above=above), by=caller.member.id)
        return shown(deliver(meeting.number, work, caller), "meeting-cancelled-now", caller, work)
    before = convening.plan_of(meeting)
    after = edited(before, matter)
    event = convening.change_meeting(meeting, after, at=work.at, above=above_of(meeting, work))
    work.record(event, by=caller.member.id)
    meeting = deliver(meeting.number, work, caller)
    if matter.what.get("parts"):  # what the record cannot take is put back
        work.enqueue(_restoration(matter, meeting))
    return shown(meeting, "meeting-changed", caller, work, changed=changes_of(before, after))


def revert(matter: Matter, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Have the calendar put back as the record has it.

    An occurrence becomes a meeting of its own for it: it is one in the calendar, which changes it no more with its
    series.

    Raises:
        OutOfOrder: there is no such occurrence any more, or it is over.
    """
    meeting = own(meeting, matter.what.get("recurrence_id"), work, by=caller.member.id)
    work.enqueue(_restoration(matter, meeting))
    return Reply(language=caller.language, lines=(phrase("edit-reverted", summary=meeting.summary),))


def edited(before: Plan, matter: Matter) -> Plan:
    """Return the plan *before* as the edit *matter* has it."""
    what = matter.what
    found = datetime.fromisoformat(str(what["dtstart"]))
    # A day has no zone: it comes as midnight UTC, and begins by the clocks of the meeting.
    local = found.replace(tzinfo=before.dtstart.tzinfo) if before.is_all_day else in_zone(found, before.zone)
    place = None if what["location"] is None else str(what["location"])
    # A calendar that made the link itself shows it by itself, and the place alone as the place.
    is_same_place = place in (", ".join(filter(None, (before.location, before.conference))) or None, before.location)
    return replace(
        serial.moved_to(before, local, before.zone),
        summary=str(what["summary"]) or before.summary,
        duration=timedelta(seconds=int(str(what["duration"]))),
        location=before.location if is_same_place else place,
        conference=before.conference if is_same_place else None,
    )


def _restoration(matter: Matter, meeting: Meeting) -> Effect:
    way = str(matter.what["way"])
    return Effect(kind=RESTORATION, subject=meeting.number, target=matter.token, generation=meeting.revision, way=way)


def _beyond(incoming: Edit, meeting: Meeting, work: UnitOfWork) -> dict[str, str | int | None]:
    """Return what of the edit the record takes from no calendar: the parts, and who was added and left out there."""
    roster = work.roster()
    people = [person for one in meeting.attendees if (person := roster.get(one.member)) is not None]
    ours = {person.email.casefold(): person.name for person in people if person.email is not None}
    guests = incoming.guests
    added = () if guests is None else sorted(guests - ours.keys())
    missing = () if guests is None else [name for email, name in ours.items() if email not in guests]
    return {
        "parts": " ".join(sorted(incoming.parts)) or None,
        "added": ", ".join(added) or None,
        "missing": ", ".join(missing) or None,
    }


def _start(incoming: Edit, meeting: Meeting) -> datetime | None:
    """Return which occurrence of the series *meeting* the edit is of, which is no meeting of its own; else ``None``."""
    if incoming.recurrence_id is None or meeting.recurrence_id is not None:
        return None
    return begins(incoming.recurrence_id, meeting)


def _before(meeting: Meeting, start: datetime | None, at: datetime) -> Plan | None:
    """Return what *meeting*, or its occurrence at *start*, is; ``None``: it stands no more, or is over."""
    plan = convening.plan_of(meeting)
    try:
        convening.check_open(meeting, at=at)
        if start is None:
            return plan
        apart = serial.set_apart(meeting, start, number=meeting.number)
    except OutOfOrder:
        return None
    return replace(plan, dtstart=apart.dtstart, recurrence=None) if meeting.end_of(start) > at else None
