"""Who is to be reminded now, and by what?

Nothing is planned ahead: what stands in the record is looked at several times a minute. A meeting that is moved or
cancelled so takes its reminders with it, and neither a restart nor a jump of the clock loses or repeats one: the
effects' ids name the meeting, its start, the reminder and whom it is for, for good.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from governor.domain.meetings import Attendee, Meeting, PartStat
from governor.domain.members import MemberId, Route
from governor.domain.reminders import By, Reminder, Reminding, pending, takes_place
from governor.services.ways import latest
from governor.store import meetings
from governor.store.database import Connection
from governor.store.forms import instant, parse_instant
from governor.store.outbox import Effect, State, Tracked
from governor.store.unit_of_work import Record

REMINDER = "reminder"
"""The recorded kind of the effect that reminds in the chat: its target is when the meeting begins, as an instant."""

MAILED = "reminder-mail"
"""The recorded kind of the effect that reminds an attendee by mail: its generation is when the meeting begins."""

_MINUTE = timedelta(minutes=1)


def remind(record: Record, reminding: Reminding, at: datetime) -> int:
    """Enqueue the reminders that are to be given at the instant *at*; return how many effects are new.

    Raises:
        Unavailable: the database cannot be used now.
    """
    with record.database.read() as connection:
        if not _new(record, connection, reminding, at):
            return 0
    with record.database.write() as connection:
        new = _new(record, connection, reminding, at)
        for effect in new:
            record.outbox.enqueue(connection, effect, at=at)
        return len(new)


def _new(record: Record, connection: Connection, reminding: Reminding, at: datetime) -> list[Effect]:
    new: list[Effect] = []
    for meeting in meetings.starting(connection, at, at + reminding.furthest):
        for reminder in pending(meeting, reminding, at=at):
            given = record.outbox.of_subject(connection, meeting.number)
            if not any(_is_of(one.effect, reminder) for one in given):
                mailed = () if reminding.by is By.CHAT else _by_mail(record, connection, meeting)
                new += _effects(meeting, reminder, mailed, reminding.by, at)
    return new


def _effects(
    meeting: Meeting, reminder: Reminder, mailed: Sequence[MemberId], by: By, at: datetime
) -> Iterable[Effect]:
    """Yield what is to be done for *reminder*: nobody who comes is left out, and those *mailed* get theirs by mail."""
    others = {one.member for one in _expected(meeting)} - set(mailed)
    if by is not By.MAIL or others:
        yield Effect(
            kind=REMINDER,
            subject=meeting.number,
            target=instant(reminder.start),
            generation=1,
            attempt=reminder.before // _MINUTE,
        )
    for member in mailed:
        yield Effect(
            kind=MAILED,
            subject=meeting.number,
            target=member,
            generation=int(reminder.start.timestamp()),
            attempt=reminder.before // _MINUTE,
            payload=json.dumps({"at": instant(at), "revision": meeting.revision}),
        )


def _by_mail(record: Record, connection: Connection, meeting: Meeting) -> tuple[MemberId, ...]:
    """Return who of *meeting* got their invitation by mail, and did not decline."""
    told = {member for member, one in invitations(record, connection, meeting).items() if _came_by_mail(one)}
    return tuple(one.member for one in _expected(meeting) if one.member in told)


def _expected(meeting: Meeting) -> Iterable[Attendee]:
    return (one for one in meeting.attendees if one.partstat is not PartStat.DECLINED)


def invitations(record: Record, connection: Connection, meeting: Meeting) -> dict[MemberId, Tracked]:
    """Return each attendee's newest invitation to *meeting*: to an occurrence, that to its series where it had none."""
    series = () if meeting.series is None else record.outbox.of_subject(connection, meeting.series)
    return latest((*series, *record.outbox.of_subject(connection, meeting.number)))


def _came_by_mail(invitation: Tracked) -> bool:
    return invitation.state is State.DONE and (invitation.effect.way or Route.MAIL) == Route.MAIL


def _is_of(effect: Effect, reminder: Reminder) -> bool:
    """Return whether *effect* is for that *reminder*: whoever is to be reminded is decided once."""
    start, minutes = reminder.start, reminder.before // _MINUTE
    posted = (REMINDER, minutes, instant(start)) == (effect.kind, effect.attempt, effect.target)
    return posted or (MAILED, minutes, int(start.timestamp())) == (effect.kind, effect.attempt, effect.generation)


def is_overtaken(tracked: Tracked, others: Iterable[Tracked]) -> bool:
    """Return whether among *others* a later reminder of the same start, for the same people, makes *tracked* idle.

    One that waits does, and, once *tracked* has failed, one that was given meanwhile.
    """
    mine = tracked.effect
    later = (one for one in others if _of_whom(one.effect) == _of_whom(mine) and one.effect.attempt < mine.attempt)
    return any(one.state is State.QUEUED or tracked.tries for one in later)


def _of_whom(effect: Effect) -> tuple[str, str, int]:
    return effect.kind, effect.target, effect.generation


def reminder_of(effect: Effect) -> Reminder:
    """Return the reminder that the *effect* of the kind ``MAILED`` gives."""
    return Reminder(start=datetime.fromtimestamp(effect.generation, UTC), before=effect.attempt * _MINUTE)


def given_at(effect: Effect) -> datetime:
    """Return when the reminder of the kind ``MAILED`` was to be given: its message bears that date."""
    return parse_instant(str(json.loads(effect.payload or "{}")["at"]))


def revision_told(effect: Effect) -> int:
    """Return which revision of the meeting *effect* told its attendee of."""
    return int(json.loads(effect.payload or "{}")["revision"]) if effect.kind == MAILED else effect.generation


def is_to_be_mailed(tracked: Tracked, meeting: Meeting, others: Iterable[Tracked], at: datetime) -> bool:
    """Return whether the reminder *tracked* of the kind ``MAILED`` still says what is true, to somebody who comes."""
    start = reminder_of(tracked.effect).start
    is_expected = any(one.member == tracked.effect.target for one in _expected(meeting))
    return at < start and takes_place(meeting, start) and is_expected and not is_overtaken(tracked, others)
