"""Which polls on a date are there? Rows → polls."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from governor.domain.date_polls import DatePoll
from governor.domain.members import MemberId
from governor.store.tables import date_poll, date_poll_mark, date_poll_member


def find(connection: Connection, number: str) -> DatePoll | None:
    """Return the poll of that *number*."""
    row = connection.execute(select(date_poll).where(date_poll.c.number == number)).first()
    if row is None:
        return None
    zone = ZoneInfo(row.zone)
    invited = select(date_poll_member).where(date_poll_member.c.number == number).order_by(date_poll_member.c.place)
    marked = select(date_poll_mark).where(date_poll_mark.c.number == number, date_poll_mark.c.suits == 1)
    return DatePoll(
        number=row.number,
        summary=row.summary,
        duration=timedelta(seconds=row.duration),
        zone=row.zone,
        location=row.location,
        agenda=row.agenda,
        conference=row.conference,
        slots=tuple(datetime.fromisoformat(slot).astimezone(zone) for slot in row.slots.split()),
        invited=tuple(MemberId(one.member) for one in connection.execute(invited)),
        marks=frozenset((MemberId(one.member), one.slot) for one in connection.execute(marked)),
        is_closed=bool(row.is_closed),
        meeting=row.meeting,
    )


def waiting(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the number and the name of each poll that is not closed, by number."""
    rows = connection.execute(select(date_poll).where(date_poll.c.is_closed == 0).order_by(date_poll.c.number))
    return tuple((row.number, row.summary) for row in rows)


def count(connection: Connection, year: int) -> int:
    """Return how many polls were numbered in *year*."""
    numbered = date_poll.c.number.startswith(f"{year}-", autoescape=True)
    return connection.execute(select(func.count()).select_from(date_poll).where(numbered)).scalar_one()
