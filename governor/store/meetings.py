"""Which meetings are there? Rows → meetings."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from governor.domain.meetings import HELD_AFTER, HELD_BEFORE, Attendee, Meeting, PartStat, Role, Status, spoken_of
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.store.forms import instant, parse_instant
from governor.store.statements import Statement
from governor.store.tables import attendee, meeting
from governor.values import dataclass

_STANDING = select(meeting).where(meeting.c.status == Status.CONFIRMED.value)
_TO_COME = _STANDING.where(meeting.c.ends > bindparam("over"))
_NAMES = Statement(
    _TO_COME.with_only_columns(meeting.c.number, meeting.c.summary, meeting.c.starts).order_by(
        meeting.c.starts, meeting.c.number
    )
)
_NAMES_BEGUN = Statement(
    _STANDING.with_only_columns(meeting.c.number, meeting.c.summary, meeting.c.starts)
    .where(meeting.c.starts <= bindparam("at"))
    .order_by(meeting.c.starts.desc(), meeting.c.number)
    .limit(100)
)
_HELD = Statement(_TO_COME.where(meeting.c.starts <= bindparam("starts"), meeting.c.ends > bindparam("ends")))
_LATEST = Statement(_TO_COME.order_by(meeting.c.dtstamp.desc(), meeting.c.number.desc()).limit(1))
_ONE = select(meeting).where(meeting.c.number == bindparam("number"))
_NUMBERED = Statement(_ONE)
_CALLED = Statement(
    _ONE.with_only_columns(*(meeting.c[name] for name in ("number", "summary", "dtstart", "zone", "is_all_day")))
)
_PEOPLE = select(attendee).order_by(attendee.c.since, attendee.c.place)
_INVITED = _PEOPLE.where(attendee.c.number.in_(bindparam("numbers", expanding=True)))
_INVITED_TO = Statement(_PEOPLE.where(attendee.c.number == bindparam("number")))
_CHANGES = Statement(select(func.count().label("count"), func.sum(meeting.c.revision).label("revisions")))
_ROLES = {one.value: one for one in Role}
_PARTSTATS = {one.value: one for one in PartStat}


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a meeting is called, and when it begins (aware, in its zone)."""

    summary: str
    dtstart: datetime
    is_all_day: bool


def find(connection: Connection, number: str) -> Meeting | None:
    """Return the meeting of that *number*."""
    return next(iter(_meetings(connection, _NUMBERED.rows(connection, {"number": number}))), None)


def by_uid(connection: Connection, uid: str, recurrence_id: datetime | None = None) -> Meeting | None:
    """Return the meeting of that *uid*; of its occurrences the one at *recurrence_id* that was set apart last."""
    named = None if recurrence_id is None else instant(recurrence_id)
    query = select(meeting).where(meeting.c.uid == uid, meeting.c.recurrence_id.is_not_distinct_from(named))
    return next(
        iter(_meetings(connection, query.order_by(func.length(meeting.c.number).desc(), meeting.c.number.desc()))), None
    )


def set_apart(connection: Connection, number: str) -> tuple[Meeting, ...]:
    """Return the occurrences of the series of that *number* which are set apart, cancelled ones too, in order.

    What was set apart before the series was put to other times is no part of it any more.
    """
    series = meeting.alias()
    query = select(meeting).join(series, series.c.number == meeting.c.series)
    query = query.where(series.c.number == number, meeting.c.series_asked == series.c.asked)
    return _meetings(connection, query.order_by(meeting.c.recurrence_id))


def whole(connection: Connection, number: str) -> tuple[Meeting, ...]:
    """Return all that the meeting *number* is part of: the series and what is set apart of it, or itself alone."""
    found = find(connection, number)
    first = found if found is None or found.series is None else find(connection, found.series)
    return () if first is None else (first, *set_apart(connection, first.number))


def meant(connection: Connection, at: datetime, *, is_to_come: bool = False) -> Meeting | None:
    """Return the meeting that people mean at the instant *at* when they name none (``domain.meetings.spoken_of``).

    Where it *is_to_come*, only those that are not over at the instant *at* can be meant.
    """
    over = {"over": instant(at) if is_to_come else ""}  # every meeting ends after that
    held = _HELD.rows(connection, over | {"starts": instant(at + HELD_BEFORE), "ends": instant(at - HELD_AFTER)})
    latest = _LATEST.rows(connection, over)
    return spoken_of((*_meetings(connection, held), *_meetings(connection, latest)), at=at)


def coming(connection: Connection, at: datetime, limit: int = 100, *, is_public: bool = False) -> tuple[Meeting, ...]:
    """Return up to *limit* meetings that stand and are not over at the instant *at*, by when they next begin; where it
    *is_public*, those of which everybody may know.
    """
    known = _STANDING.where(meeting.c.is_closed == 0) if is_public else _STANDING
    query = known.where(meeting.c.ends > instant(at)).order_by(meeting.c.starts, meeting.c.number).limit(limit)
    found = ((one.next_start(at=at), one) for one in _meetings(connection, query))
    coming = [(start, one.number, one) for start, one in found if start is not None]
    return tuple(one for _, _, one in sorted(coming, key=lambda each: each[:2]))


def names_to_come(connection: Connection, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the number and the name of each meeting that stands and is not over at the instant *at*, by start."""
    return tuple((row.number, row.summary) for row in _NAMES.rows(connection, {"over": instant(at)}))


def names_around(connection: Connection, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the number and the name of each meeting that stands and is to come, or has begun (up to a hundred), the
    one first that begins nearest to the instant *at*.
    """
    rows = (*_NAMES_BEGUN.rows(connection, {"at": instant(at)}), *_NAMES.rows(connection, {"over": instant(at)}))
    known = {row.number: (abs(parse_instant(row.starts) - at), row.summary) for row in rows}
    return tuple((number, known[number][1]) for number in sorted(known, key=lambda number: known[number][0]))


def closed(connection: Connection, numbers: Collection[str]) -> frozenset[str]:
    """Return which of the meetings of these *numbers* are closed to the public."""
    query = select(meeting.c.number).where(meeting.c.number.in_(numbers), meeting.c.is_closed == 1)
    return frozenset(connection.execute(query).scalars()) if numbers else frozenset()


def begun(connection: Connection, at: datetime, limit: int = 100) -> tuple[Meeting, ...]:
    """Return up to *limit* meetings that stand and have begun by the instant *at*, the one that began last first."""
    query = _STANDING.where(meeting.c.starts <= instant(at)).order_by(meeting.c.starts.desc(), meeting.c.number)
    return _meetings(connection, query.limit(limit))


def starting(connection: Connection, since: datetime, until: datetime) -> tuple[Meeting, ...]:
    """Return the meetings that stand, start by the instant *until* and are not over at *since*, by first start."""
    query = _STANDING.where(meeting.c.ends > instant(since), meeting.c.starts <= instant(until))
    return _meetings(connection, query.order_by(meeting.c.starts, meeting.c.number))


def invited_to(connection: Connection, member: MemberId, at: datetime) -> tuple[Meeting, ...]:
    """Return the meetings that stand, are not over at the instant *at*, and to which *member* is invited."""
    mine = select(attendee.c.number).where(attendee.c.member == member, attendee.c.is_removed == 0)
    return _meetings(
        connection,
        _STANDING.where(meeting.c.ends > instant(at), meeting.c.number.in_(mine)).order_by(
            meeting.c.starts, meeting.c.number
        ),
    )


def answered(
    connection: Connection, members: Sequence[MemberId], *, before: datetime, limit: int = 1_000
) -> list[tuple[datetime, PartStat]]:
    """Return when the meetings began to which *members* said yes or no, and what; the last *limit* before that."""
    said = attendee.c.partstat.in_((PartStat.ACCEPTED.value, PartStat.DECLINED.value))
    query = (
        select(meeting.c.starts, attendee.c.partstat)
        .join(attendee, attendee.c.number == meeting.c.number)
        .where(attendee.c.member.in_(members), said, meeting.c.starts < instant(before))
        .order_by(meeting.c.starts.desc())
        .limit(limit)
    )
    return [(parse_instant(row.starts), PartStat(row.partstat)) for row in connection.execute(query)]


def count(connection: Connection, year: int) -> int:
    """Return how many meetings were numbered in *year*."""
    query = select(func.count()).select_from(meeting).where(meeting.c.number.startswith(f"{year}-", autoescape=True))
    return connection.execute(query).scalar_one()


def changes(connection: Connection) -> tuple[int, int]:
    """Return how many meetings there are, and how often they were changed: another pair once any is called or changed.

    An answer to an invitation changes no meeting.
    """
    ((count, revisions),) = _CHANGES.rows(connection, {})
    return count, revisions or 0


def _meetings(
    connection: Connection, asked_for: Select[tuple[object, ...]] | Sequence[Row[tuple[object, ...]]]
) -> tuple[Meeting, ...]:
    rows = connection.execute(asked_for).all() if isinstance(asked_for, Select) else asked_for
    people: dict[str, list[Row[tuple[object, ...]]]] = {row.number: [] for row in rows}
    apart: dict[str, list[Row[tuple[object, ...]]]] = {row.number: [] for row in rows if row.rrule is not None}
    if apart:
        asked = {row.number: row.asked for row in rows}
        occurrences = select(meeting).where(meeting.c.series.in_(apart)).order_by(meeting.c.recurrence_id)
        for one in connection.execute(occurrences):
            if one.series_asked == asked[one.series]:
                apart[one.series].append(one)
    for one in _invited(connection, list(people)):
        people[one.number].append(one)
    zones = _zones(connection, {row.series for row in rows if row.series is not None})
    uids = _uids(connection, {row.continues for row in rows if row.continues is not None})
    later = _continued(connection, apart)
    return tuple(
        _meeting(
            row,
            people[row.number],
            apart.get(row.number, ()),
            series_zone=zones.get(row.series),
            continues_uid=uids.get(row.continues),
            continued=later.get(row.number),
        )
        for row in rows
    )


def _invited(connection: Connection, numbers: Sequence[str]) -> Iterable[Row[tuple[object, ...]]]:
    """Return the rows of who is or was invited to the meetings of these *numbers*, in order."""
    match numbers:
        case []:
            return ()
        case [number]:
            return _INVITED_TO.rows(connection, {"number": number})
        case _:
            return connection.execute(_INVITED, {"numbers": numbers})


def named(connection: Connection, numbers: Collection[str]) -> dict[str, Called]:
    """Return what the meetings of these *numbers* are called and when they begin, without who is invited to them."""
    found = (row for number in numbers for row in _CALLED.rows(connection, {"number": number}))
    return {
        row.number: Called(summary=row.summary, dtstart=_start(row), is_all_day=bool(row.is_all_day)) for row in found
    }


def _start(row: Row[tuple[object, ...]]) -> datetime:
    return datetime.fromisoformat(row.dtstart).astimezone(ZoneInfo(row.zone))


def _zones(connection: Connection, numbers: Collection[str]) -> dict[str, str]:
    """Return the zone of each of the series *numbers*."""
    if not numbers:
        return {}
    query = select(meeting.c.number, meeting.c.zone).where(meeting.c.number.in_(numbers))
    return {row.number: row.zone for row in connection.execute(query)}


def _uids(connection: Connection, numbers: Collection[str]) -> dict[str, str]:
    """Return the UID of each of the series *numbers*."""
    if not numbers:
        return {}
    query = select(meeting.c.number, meeting.c.uid).where(meeting.c.number.in_(numbers))
    return {row.number: row.uid for row in connection.execute(query)}


def _continued(connection: Connection, numbers: Collection[str]) -> dict[str, str]:
    """Return which series goes on with each of the series *numbers*; of several, the last that was called."""
    if not numbers:
        return {}
    query = select(meeting.c.number, meeting.c.continues).where(meeting.c.continues.in_(numbers))
    by_call = query.order_by(func.length(meeting.c.number), meeting.c.number)
    return {row.continues: row.number for row in connection.execute(by_call)}


def _meeting(
    row: Row[tuple[object, ...]],
    people: Sequence[Row[tuple[object, ...]]],
    apart: Sequence[Row[tuple[object, ...]]],
    **others: str | None,
) -> Meeting:
    return Meeting(
        number=row.number,
        uid=row.uid,
        sequence=row.sequence,
        revision=row.revision,
        dtstamp=parse_instant(row.dtstamp),
        summary=row.summary,
        dtstart=_start(row),
        zone=row.zone,
        duration=timedelta(seconds=row.duration),
        location=row.location,
        agenda=row.agenda,
        status=Status(row.status),
        called_by=MemberId(next(one.member for one in people if one.role == Role.CHAIR.value)),
        attendees=tuple(_attendees(one for one in people if not one.is_removed)),
        removed=tuple(_attendees(one for one in people if one.is_removed)),
        asked=row.asked,
        conference=row.conference,
        is_all_day=bool(row.is_all_day),
        is_open_ended=bool(row.is_open_ended),
        is_closed=bool(row.is_closed),
        recurrence=_recurrence(row),
        series=row.series,
        recurrence_id=None if row.recurrence_id is None else parse_instant(row.recurrence_id),
        apart=tuple(parse_instant(one.recurrence_id) for one in apart),
        off=tuple(parse_instant(one.recurrence_id) for one in apart if _is_off(one, row)),
        continues=row.continues,
        **others,
    )


def _recurrence(row: Row[tuple[object, ...]]) -> Recurrence | None:
    if row.rrule is None:
        return None
    zone = ZoneInfo(row.zone)
    exdates, rdates = (
        tuple(datetime.fromisoformat(moment).astimezone(zone) for moment in (texts or "").split())
        for texts in (row.exdates, row.rdates)
    )
    return Recurrence(rrule=row.rrule, exdates=exdates, rdates=rdates)


def _is_off(occurrence: Row[tuple[object, ...]], series: Row[tuple[object, ...]]) -> bool:
    """Return whether the *occurrence* was cancelled before the present revision of its *series*, which leaves it out.

    A later one is left out by the next: one revision is the same whenever it is rendered.
    """
    return bool(occurrence.status == Status.CANCELLED.value and occurrence.dtstamp <= series.dtstamp)


def _attendees(rows: Iterable[Row[tuple[object, ...]]]) -> Iterable[Attendee]:
    return map(_attendee, rows)


@lru_cache(maxsize=2_000)  # some 1.3 MiB; with more, a long run of invitations grows as much as if it leaked
def _attendee(row: Row[tuple[object, ...]]) -> Attendee:
    """Return the attendee of *row*; of many who are invited, all but one are as they were at the last answer."""
    return Attendee(
        member=MemberId(row.member),
        role=_ROLES[row.role],
        partstat=_PARTSTATS[row.partstat],
        since=row.since,
        replied=None if row.replied_at is None else (row.replied_sequence, parse_instant(row.replied_at)),
        is_interested=bool(row.is_interested),
        delegate=None if row.delegate is None else MemberId(row.delegate),
    )
