"""Who holds, and who held, which office? Rows → mandates."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select

from governor.domain.members import Office
from governor.domain.offices import Mandate
from governor.store.forms import instant, parse_instant
from governor.store.tables import office


def between(connection: Connection, since: datetime, until: datetime) -> tuple[Mandate, ...]:
    """Return what was held at any time from *since* to before *until* (aware), in the order of ``Office``."""
    begun = office.c.since < instant(until)
    return _found(connection, begun & or_(office.c.until.is_(None), office.c.until > instant(since)))


def now(connection: Connection) -> tuple[Mandate, ...]:
    """Return what is held now, in the order of ``Office``, the eldest first."""
    return _found(connection, office.c.until.is_(None))


def of_member(connection: Connection, number: int) -> tuple[Mandate, ...]:
    """Return what the member of that *number* holds and held, in the order of ``Office``, the eldest first."""
    return _found(connection, office.c.number == number)


def ever(connection: Connection) -> frozenset[int]:
    """Return the numbers of the members who hold an office or held one."""
    return frozenset(connection.execute(select(office.c.number).distinct()).scalars())


def _found(connection: Connection, which: ColumnElement[bool]) -> tuple[Mandate, ...]:
    rows = connection.execute(select(office).where(which).order_by(office.c.since, office.c.number))
    mandates = (
        Mandate(
            number=row.number,
            office=Office(row.office),
            since=parse_instant(row.since),
            until=None if row.until is None else parse_instant(row.until),
            decision=row.decision,
        )
        for row in rows
    )
    order = list(Office)
    return tuple(sorted(mandates, key=lambda mandate: order.index(mandate.office)))
