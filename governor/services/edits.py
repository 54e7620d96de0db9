"""What happens when a person changes a meeting in a calendar that its guests share? The record stays the authority.

The change is shown to those who may change the meeting: they accept it into the record, or put the calendar back.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from governor.domain import convening
from governor.domain.convening import Plan
from governor.domain.meetings import Meeting, Status
from governor.errors import OutOfOrder
from governor.ports import Edit, Reply
from governor.services import posts
from governor.services.commands import Caller
from governor.services.meetings import changes_of, deliver, in_zone, shown
from governor.services.occurrences import above_of
from governor.store import meetings, received
from governor.store.outbox import Effect
from governor.store.received import Matter
from governor.store.unit_of_work import UnitOfWork
from governor.wording.phrase import phrase

RESTORATION = "restoration"
"""The recorded kind of the effect that puts a shared event back as the record has it."""


def receive(incoming: Edit, token: str, way: str, work: UnitOfWork) -> None:
    """Show *incoming*, made in the calendar *way*, to those who may decide it, where it differs from the record."""
    meeting = meetings.by_uid(work.connection, incoming.uid, incoming.recurrence_id)
    if meeting is None or not _is_open(meeting, work.at):
        return
    what: dict[str, str | int | None] = {
        "kind": "edit",
        "is_verified": 1,
        "way": way,
        "is_cancelled": int(incoming.is_cancelled),
        "summary": incoming.summary,
        "dtstart": incoming.dtstart.isoformat(),
        "duration": int(incoming.duration.total_seconds()),
        "location": incoming.location,
    }
    matter = Matter(token=token, at=work.at, number=meeting.number, member=meeting.called_by, what=what)
    if not incoming.is_cancelled and edited(meeting, matter) == convening.plan_of(meeting):
        return
    received.replace_waiting(work.connection, matter)
    received.keep(work.connection, matter)
    work.enqueue(posts.shown(matter))


def accept(matter: Matter, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Make the record what the calendar shows, and tell everyone.

    Raises:
        OutOfOrder: the meeting could not be called so.
    """
    if matter.what["is_cancelled"]:
        above = above_of(meeting, work)
        work.record(convening.cancel_meeting(meeting, at=work.at, above=above), by=caller.member.id)
        return shown(deliver(meeting.number, work, caller), "meeting-cancelled-now", caller, work)
    before, after = convening.plan_of(meeting), edited(meeting, matter)
    event = convening.change_meeting(meeting, after, at=work.at, above=above_of(meeting, work))
    work.record(event, by=caller.member.id)
    meeting = deliver(meeting.number, work, caller)
    return shown(meeting, "meeting-changed", caller, work, changed=changes_of(before, after))


def revert(matter: Matter, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Have the calendar put back as the record has it."""
    effect = Effect(
        kind=RESTORATION,
        subject=meeting.number,
        target=matter.token,
        generation=meeting.revision,
        way=str(matter.what["way"]),
    )
    work.enqueue(effect)
    return Reply(language=caller.language, lines=(phrase("edit-reverted", summary=meeting.summary),))


def edited(meeting: Meeting, matter: Matter) -> Plan:
    """Return the plan of *meeting* as the edit *matter* has it."""
    what, before = matter.what, convening.plan_of(meeting)
    found = datetime.fromisoformat(str(what["dtstart"]))
    # A day has no zone: it comes as midnight UTC, and begins by the clocks of the meeting.
    local = found.replace(tzinfo=before.dtstart.tzinfo) if before.is_all_day else in_zone(found, before.zone)
    place = None if what["location"] is None else str(what["location"])
    is_same_place = place == (", ".join(filter(None, (before.location, before.conference))) or None)
    return replace(
        before,
        summary=str(what["summary"]) or before.summary,
        dtstart=local,
        duration=timedelta(seconds=int(str(what["duration"]))),
        location=before.location if is_same_place else place,
        conference=before.conference if is_same_place else None,
    )


def _is_open(meeting: Meeting, at: datetime) -> bool:
    try:
        convening.check_open(meeting, at=at)
    except OutOfOrder:
        return False
    return meeting.status is Status.CONFIRMED
