"""Which meetings are there? Rows → meetings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from governor.domain.meetings import HELD_AFTER, HELD_BEFORE, Attendee, Meeting, PartStat, Role, Status, spoken_of
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.store.forms import instant, parse_instant
from governor.store.tables import attendee, meeting

_STANDING = select(meeting).where(meeting.c.status == Status.CONFIRMED.value)
_NUMBERED = select(meeting).where(meeting.c.number == bindparam("number"))
_INVITED = (
    select(attendee)
    .where(attendee.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(attendee.c.since, attendee.c.place)
)


def find(connection: Connection, number: str) -> Meeting | None:
    """Return the meeting of that *number*."""
    return next(iter(_meetings(connection, _NUMBERED, {"number": number})), None)


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


def meant(connection: Connection, at: datetime, *, is_to_come: bool = False) -> Meeting | None:
    """Return the meeting that people mean at the instant *at* when they name none (``domain.meetings.spoken_of``).

    Where it *is_to_come*, only those that are not over at the instant *at* can be meant.
    """
    standing = _STANDING.where(meeting.c.ends > instant(at)) if is_to_come else _STANDING
    latest = standing.order_by(meeting.c.dtstamp.desc(), meeting.c.number.desc()).limit(1)
    starts, ends = instant(at + HELD_BEFORE), instant(at - HELD_AFTER)
    held = standing.where(meeting.c.starts <= starts, meeting.c.ends > ends)
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
    standing = _STANDING.where(meeting.c.ends > instant(at)).order_by(meeting.c.starts, meeting.c.number)
    rows = connection.execute(standing.with_only_columns(meeting.c.number, meeting.c.summary))
    return tuple((row.number, row.summary) for row in rows)


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


def _meetings(
    connection: Connection, query: Select[tuple[object, ...]], named: Mapping[str, str] | None = None
) -> tuple[Meeting, ...]:
    rows = connection.execute(query, named).all()
    people: dict[str, list[Row[tuple[object, ...]]]] = {row.number: [] for row in rows}
    apart: dict[str, list[Row[tuple[object, ...]]]] = {row.number: [] for row in rows if row.rrule is not None}
    if apart:
        asked = {row.number: row.asked for row in rows}
        occurrences = select(meeting).where(meeting.c.series.in_(apart)).order_by(meeting.c.recurrence_id)
        for one in connection.execute(occurrences):
            if one.series_asked == asked[one.series]:
                apart[one.series].append(one)
    if rows:
        for one in connection.execute(_INVITED, {"numbers": list(people)}):
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
        dtstart=datetime.fromisoformat(row.dtstart).astimezone(ZoneInfo(row.zone)),
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
    for row in rows:
        yield Attendee(
            member=MemberId(row.member),
            role=Role(row.role),
            partstat=PartStat(row.partstat),
            since=row.since,
            replied=None if row.replied_at is None else (row.replied_sequence, parse_instant(row.replied_at)),
            is_interested=bool(row.is_interested),
            delegate=None if row.delegate is None else MemberId(row.delegate),
        )
