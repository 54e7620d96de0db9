"""When has a meeting a room of its own in the chat? From when it is called until it is over or cancelled.

Whether there are such rooms is chosen in the chat itself. The occurrences of a series share one.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from governor.domain.meetings import Meeting, Status
from governor.errors import NotFound
from governor.ports import Reply
from governor.services.cards import meeting_card
from governor.store import meetings, motions
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect, State, Tracked
from governor.store.unit_of_work import Record
from governor.values import dataclass
from governor.wording.phrase import phrase

ROOM = "room"
"""The recorded kind of the effect that opens the room of a meeting (its subject), or closes it (generation 2)."""

_OPEN, _CLOSED = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The ``announcement`` that opens the room of a meeting, which was ``called`` at that instant (UTC)."""

    announcement: Reply
    called: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The chat's id of the ``room`` that is closed."""

    room: str


def wanted(record: Record, connection: Connection, at: datetime) -> Iterator[Effect]:
    """Yield the effects that open and close rooms, as the meetings stand at the instant *at*."""
    known = {one.effect.subject: one for one in record.outbox.newest(connection, ROOM)}
    for meeting in meetings.coming(connection, at):
        if meeting.number not in known and meeting.series is None:
            yield _effect(meeting.number, _OPEN)
    for number, tracked in known.items():
        if tracked.effect.generation == _OPEN and tracked.external_id:
            found = meetings.find(connection, number)
            if found is None or not _stands(found, at):
                yield _effect(number, _CLOSED)


def told(record: Record, connection: Connection, tracked: Tracked, at: datetime) -> Opening | Closing | None:
    """Return what the effect *tracked* tells at the instant *at*; ``None``: nothing any more.

    Raises:
        NotFound: what it is about is not in the record.
    """
    meeting, organisation = meetings.find(connection, tracked.effect.subject), organisation_of(connection)
    if meeting is None or organisation is None:
        raise NotFound("meeting-unknown", number=tracked.effect.subject)
    if tracked.effect.generation == _CLOSED:
        room = _opened(record, connection, meeting.number)
        return Closing(room=room) if room else None
    if not _stands(meeting, at):
        return None
    roster = record.roster(connection, {one.member for one in meeting.attendees})
    line = phrase("room-opened", number=meeting.number, summary=meeting.summary)
    card = meeting_card(meeting, roster, partial(record.outbox.of_subject, connection), at=at)
    called = record.ledger.by_subject(connection, f"meeting/{meeting.number}")[0].entry.ts
    return Opening(announcement=Reply(language=organisation.language, lines=(line,), cards=(card,)), called=called)


def room_of(record: Record, connection: Connection, subject: str) -> str | None:
    """Return the chat's id of the open room of what *subject* is: a meeting, or a motion that was moved in one."""
    motion = motions.find(connection, subject)
    meeting = meetings.find(connection, subject if motion is None else motion.meeting or "")
    if meeting is None:
        return None
    number = meeting.series or meeting.number
    effects = [one for one in record.outbox.of_subject(connection, number) if one.effect.kind == ROOM]
    is_closed = any(one.effect.generation == _CLOSED for one in effects)
    return None if is_closed else _opened(record, connection, number)


def _opened(record: Record, connection: Connection, number: str) -> str | None:
    """Return the chat's id of the room of the meeting of that *number*, where one was opened."""
    for one in record.outbox.of_subject(connection, number):
        if (one.effect.kind, one.effect.generation, one.state) == (ROOM, _OPEN, State.DONE):
            return one.external_id or None
    return None


def _stands(meeting: Meeting, at: datetime) -> bool:
    return meeting.status is Status.CONFIRMED and meeting.next_start(at=at) is not None


def _effect(number: str, generation: int) -> Effect:
    return Effect(kind=ROOM, subject=number, target="", generation=generation)
