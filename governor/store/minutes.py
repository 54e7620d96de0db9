"""What was noted in a meeting? Rows → entries of the minutes."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from governor.domain.sources import Sealed
from governor.store.forms import parse_instant
from governor.store.sources import sealed
from governor.store.tables import note
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One entry of the minutes; ``at`` is the instant (UTC) it was taken."""

    item: int
    text: str
    at: datetime
    source: Sealed | None = None


def notes(connection: Connection, number: str) -> tuple[Note, ...]:
    """Return the entries of the minutes of the meeting of that *number*, in order."""
    rows = connection.execute(select(note).where(note.c.number == number).order_by(note.c.item))
    return tuple(Note(item=row.item, text=row.text, at=parse_instant(row.at), source=sealed(row)) for row in rows)


def next_item(connection: Connection, number: str) -> int:
    """Return the number of the next entry, from 1."""
    query = select(func.count()).select_from(note).where(note.c.number == number)
    return connection.execute(query).scalar_one() + 1
