"""Which meetings does the chat show as its own events, and what do they say?

Nothing is planned ahead, as with reminders: whenever the record has changed, or a meeting begins or ends, what should
be shown is compared with what was. Of a series that is the occurrence which is held and the next one: the rule by which
it repeats is ours, and the platform is never told of it. Each difference is an effect; its generation counts how often
what is shown of that occurrence has changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice

from governor.domain.meetings import Meeting, Status
from governor.errors import NotFound, Unavailable
from governor.ports.board import Notice
from governor.services import rooms
from governor.services.invitations import chair_of
from governor.services.ways import lost
from governor.store import meetings
from governor.store.database import Connection
from governor.store.forms import instant, parse_instant
from governor.store.organisations import Organisation, organisation_of
from governor.store.outbox import Effect, State, Tracked
from governor.store.unit_of_work import Record
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

NOTICE = "notice"
"""The recorded kind of the effect that makes the chat show an occurrence of a meeting as it stands.

Its subject is the meeting, of an occurrence its series; its target when that begins by the rule, or nothing where it is
the only one. Its payload names what is shown; without one, nothing is any more.
"""

_AGAIN = timedelta(minutes=1)
"""After how long it is compared at the latest, whatever has changed: rooms are closed once they are open."""

_AT_A_TIME = 2
"""Of a series so many occurrences at most are shown: the one that is held, and the next."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    meeting: Meeting
    start: datetime

    @property
    def key(self) -> Key:
        if self.meeting.series is not None and self.meeting.recurrence_id is not None:
            return self.meeting.series, instant(self.meeting.recurrence_id)
        return self.meeting.number, "" if self.meeting.recurrence is None else instant(self.start)


class Notices:
    """What is to be shown of one *record*, at most *room* occurrences at a time. From one thread."""

    def __init__(self, record: Record, room: int) -> None:
        self._record = record
        self._room = room
        self._seen: object = None
        self._next = datetime.min.replace(tzinfo=UTC)

    def post(self, at: datetime) -> int:
        """Enqueue what is to be shown otherwise at the instant *at* than it is; return how many effects are new.

        Raises:
            Unavailable: the database cannot be used now.
        """
        with self._record.database.read() as connection:
            seen = self._stands(connection)
            if seen == self._seen and at < self._next:
                return 0
            found = _compared(self._record, connection, self._room, at)
            is_new = any((*found.new, *rooms.wanted(self._record, connection, at)))
        if is_new:
            with self._record.database.write() as connection:
                found = _compared(self._record, connection, self._room, at)
                for effect in (*found.new, *rooms.wanted(self._record, connection, at)):
                    self._record.outbox.enqueue(connection, effect, at=at)
        self._seen, self._next = seen, at if found.is_waiting else min((*found.turns, at + _AGAIN))
        return len(found.new)

    def _stands(self, connection: Connection) -> object:
        """Return what is another once something is to be shown otherwise. Answers are none of it: many press at once.

        The roll and the organisation are the same objects as long as nothing of them has changed (``Standing``).
        """
        record = self._record
        return meetings.changes(connection), record.standing(connection)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """The effects that are wanted now, when something begins or ends next, and whether some wait until there is room.

    What is to come stands on the board only once what it takes the place of is gone.
    """

    new: list[Effect]
    turns: list[datetime]
    is_waiting: bool


def _compared(record: Record, connection: Connection, room: int, at: datetime) -> _Compared:
    organisation, wanted = organisation_of(connection), shown(connection, at, room)
    known = {(one.effect.subject, one.effect.target): one for one in record.outbox.newest(connection, NOTICE)}
    gone = [key for key, one in known.items() if key not in wanted and one.effect.payload is not None]
    new = [_effect(key, known[key].effect.generation + 1, None) for key in gone]
    free = room - sum(one.effect.payload is not None or one.state is State.QUEUED for one in known.values())
    is_waiting = False
    for key, one in wanted.items():
        before = known[key].effect if key in known else None
        stands = before is not None and before.payload is not None
        if organisation is None or (not stands and one.start <= at):
            continue
        payload = _digest(notice_of(record, connection, one.meeting, one.start, organisation, at))
        if before is not None and before.payload == payload:
            continue
        if not stands and free <= 0:
            is_waiting = True
            continue
        free -= not stands
        new.append(_effect(key, 1 if before is None else before.generation + 1, payload))
    return _Compared(new=new, turns=list(_turns(wanted, at)), is_waiting=is_waiting)


def shown(connection: Connection, at: datetime, room: int) -> dict[Key, _Shown]:
    """Return the occurrences to be shown at the instant *at*, the first to begin in front, at most *room*."""
    found = [one for meeting in meetings.coming(connection, at, limit=room) for one in _occurrences(meeting, at)]
    return {one.key: one for one in sorted(found, key=lambda one: (one.start, one.key))[:room]}


def _occurrences(meeting: Meeting, at: datetime) -> Iterator[_Shown]:
    for start in islice((one for one in meeting.starts() if meeting.end_of(one) > at), _AT_A_TIME):
        yield _Shown(meeting=meeting, start=start)
        if start > at:
            return


def _turns(wanted: Mapping[Key, _Shown], at: datetime) -> Iterator[datetime]:
    """Yield when something begins or ends."""
    for one in wanted.values():
        yield one.start if one.start > at else one.meeting.end_of(one.start)


def notice_of(
    record: Record, connection: Connection, meeting: Meeting, start: datetime, organisation: Organisation, at: datetime
) -> Notice:
    """Return what is shown of the occurrence of *meeting* that begins at *start*, at the instant *at*."""
    told = (("notice-agenda", meeting.agenda), ("notice-place", meeting.location), ("notice-join", meeting.conference))
    where = meeting.location or meeting.conference
    chair = chair_of(meeting, record.roster(connection, {meeting.called_by}))
    return Notice(
        language=organisation.language,
        title=meeting.summary,
        start=start,
        end=meeting.end_of(start),
        is_held=start <= at,
        place=meeting.location,
        where=phrase("notice-nowhere") if where is None else phrase("word-value", value=where),
        lines=(
            phrase("notice-number", number=meeting.number, chair=chair),
            *(phrase(key, said=said) for key, said in told if said),
            phrase("notice-interest"),
        ),
    )


def _digest(notice: Notice) -> str:
    lines = [say(line, notice.language) for line in (notice.where, *notice.lines)]
    said = [notice.title, notice.start.isoformat(), notice.end.isoformat(), str(notice.is_held), *lines]
    return sha256("\0".join(said).encode()).hexdigest()[:32]


def _effect(key: Key, generation: int, payload: str | None) -> Effect:
    return Effect(kind=NOTICE, subject=key[0], target=key[1], generation=generation, payload=payload)


def start_of(effect: Effect) -> datetime | None:
    """Return when the occurrence of a series begins by its rule that *effect* is about; ``None``: it is of none."""
    return parse_instant(effect.target) if effect.target else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a board is told: the ``notice`` to show (``None``: none any more), and as what the platform ``known`` it."""

    notice: Notice | None
    known: str | None
    is_cancelled: bool


def told(record: Record, connection: Connection, tracked: Tracked, at: datetime) -> Told | None:
    """Return what the effect *tracked* tells at the instant *at*; ``None``: nothing any more.

    Raises:
        NotFound: what it is about is not in the record.
    """
    effect, organisation = tracked.effect, organisation_of(connection)
    mine = [one for one in record.outbox.of_subject(connection, effect.subject) if _is_alike(one.effect, effect)]
    meeting, start = _found(connection, effect)
    if meeting is None or organisation is None:
        raise NotFound("meeting-unknown", number=effect.subject)
    if any(one.effect.generation > effect.generation for one in mine):
        return None
    is_cancelled = meeting.status is Status.CANCELLED
    done = [one for one in mine if one.state is State.DONE]
    known = done[-1].external_id if done and done[-1].effect.payload is not None else None
    if effect.payload is None:
        return None if known is None else Told(notice=None, known=known, is_cancelled=is_cancelled)
    if is_cancelled or meeting.end_of(start) <= at or (known is None and start <= at):
        return None
    return Told(
        notice=notice_of(record, connection, meeting, start, organisation, at), known=known, is_cancelled=is_cancelled
    )


def _found(connection: Connection, effect: Effect) -> tuple[Meeting | None, datetime]:
    """Return the meeting that *effect* is about, where it was set apart that, and when it begins."""
    whole, begins = meetings.find(connection, effect.subject), start_of(effect)
    if whole is None or begins is None:
        return whole, datetime.min.replace(tzinfo=UTC) if whole is None else whole.dtstart
    apart = meetings.by_uid(connection, whole.uid, begins)
    return (whole, begins.astimezone(whole.dtstart.tzinfo)) if apart is None else (apart, apart.dtstart)


def _is_alike(one: Effect, other: Effect) -> bool:
    return (one.kind, one.target) == (other.kind, other.target)


def not_allowed(kind: str, error: Unavailable, language: str, at: datetime) -> Effect:
    """Return the telling that no effect of that *kind* can be done until somebody has done something: once a day."""
    return replace(lost(kind, error, language), generation=at.astimezone(UTC).toordinal())
