"""What is to be done? Rows → actions."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, func, select

from governor.domain.actions import Action
from governor.domain.members import MemberId
from governor.store.forms import parse_instant
from governor.store.sources import sealed
from governor.store.tables import action


def find(connection: Connection, number: str) -> Action | None:
    """Return the action of that *number*."""
    found = _found(connection, action.c.number == number)
    return found[0] if found else None


def undone(connection: Connection) -> tuple[Action, ...]:
    """Return what is not done yet, what is due first before; what has no day comes last."""
    found = _found(connection, action.c.done_at.is_(None))
    return tuple(sorted(found, key=lambda one: one.due or date.max))


def of_meeting(connection: Connection, number: str) -> tuple[Action, ...]:
    """Return the actions of the meeting of that *number*, in order."""
    return _found(connection, action.c.meeting == number)


def count(connection: Connection, year: int) -> int:
    """Return how many actions were numbered in *year*."""
    numbered = action.c.number.startswith(f"{year}-", autoescape=True)
    return connection.execute(select(func.count()).select_from(action).where(numbered)).scalar_one()


def _found(connection: Connection, which: ColumnElement[bool]) -> tuple[Action, ...]:
    # The thousandth of a year has a digit more.
    order = (func.length(action.c.number), action.c.number)
    return tuple(map(_action, connection.execute(select(action).where(which).order_by(*order))))


def _action(row: Row[tuple[object, ...]]) -> Action:
    return Action(
        number=row.number,
        text=row.text,
        owner=None if row.owner is None else MemberId(row.owner),
        due=None if row.due is None else date.fromisoformat(row.due),
        meeting=row.meeting,
        at=parse_instant(row.at),
        done_at=None if row.done_at is None else parse_instant(row.done_at),
        source=sealed(row),
    )
