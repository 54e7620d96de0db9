"""Which meetings are there? Rows → meetings."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, func, select

from governor.domain.meetings import Attendee, Meeting, PartStat, Role, Status
from governor.domain.members import MemberId
from governor.store.forms import parse_instant
from governor.store.tables import attendee, meeting


def find(connection: Connection, number: str) -> Meeting | None:
    """Return the meeting of that *number*."""
    return _first(connection, select(meeting).where(meeting.c.number == number))


def latest(connection: Connection) -> Meeting | None:
    """Return the standing meeting that was called or changed last: the one that people mean by *that meeting*."""
    query = select(meeting).where(meeting.c.status == Status.CONFIRMED.value)
    return _first(connection, query.order_by(meeting.c.dtstamp.desc(), meeting.c.number.desc()).limit(1))


def standing(connection: Connection) -> tuple[Meeting, ...]:
    """Return the meetings that were not cancelled, by start."""
    rows = connection.execute(select(meeting).where(meeting.c.status == Status.CONFIRMED.value))
    return tuple(sorted((_meeting(connection, row) for row in rows.all()), key=lambda found: found.dtstart))


def count(connection: Connection, year: int) -> int:
    """Return how many meetings were numbered in *year*."""
    query = select(func.count()).select_from(meeting).where(meeting.c.number.startswith(f"{year}-", autoescape=True))
    return connection.execute(query).scalar_one()


def _first(connection: Connection, query: Select[tuple[object, ...]]) -> Meeting | None:
    row = connection.execute(query).first()
    return None if row is None else _meeting(connection, row)


def _meeting(connection: Connection, row: Row[tuple[object, ...]]) -> Meeting:
    invited = select(attendee).where(attendee.c.number == row.number).order_by(attendee.c.since, attendee.c.place)
    people = connection.execute(invited).all()
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
    )


def _attendees(rows: Iterable[Row[tuple[object, ...]]]) -> Iterable[Attendee]:
    for row in rows:
        yield Attendee(
            member=MemberId(row.member), role=Role(row.role), partstat=PartStat(row.partstat), since=row.since
        )
