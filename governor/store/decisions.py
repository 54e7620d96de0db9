"""What was decided? Rows → decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Row, func, select, true, tuple_

from governor.domain.decisions import Decision
from governor.domain.members import MemberId
from governor.store.forms import instant, parse_instant
from governor.store.sources import sealed
from governor.store.tables import decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search found, and how many decisions it looked at: nothing found among many is an answer too.

    ``found`` is how many there are, of which ``decisions`` may be the newest only.
    """

    decisions: tuple[Decision, ...]
    found: int
    looked_at: int


def find(connection: Connection, number: str) -> Decision | None:
    """Return the decision of that *number*."""
    row = connection.execute(select(decision).where(decision.c.number == number)).first()
    return None if row is None else _decision(row)


def between(connection: Connection, since: datetime | None, until: datetime | None, limit: int | None = None) -> Answer:
    """Return the decisions recorded from *since* to before *until* (aware; ``None`` is open), oldest first.

    Where there are more than *limit*, the newest.
    """
    within = _within(since, until)
    order = (decision.c.at.desc(), func.length(decision.c.number).desc(), decision.c.number.desc())
    rows = connection.execute(select(decision).where(within).order_by(*order).limit(limit)).all()
    count = select(func.count()).select_from(decision)
    return Answer(
        decisions=tuple(_decision(row) for row in reversed(rows)),
        found=connection.execute(count.where(within)).scalar_one(),
        looked_at=connection.execute(count).scalar_one(),
    )


def page(
    connection: Connection, within: tuple[datetime | None, datetime | None], limit: int, beside: tuple[str, bool] | None
) -> tuple[tuple[Decision, ...], int]:
    """Return at most *limit* of the decisions recorded *within* two instants, newest first, and how many are newer.

    *beside* is the number of a decision, and whether those newer than it are meant; else those older. ``None``: the
    newest of all.
    """
    inside = _within(*within)
    key = tuple_(decision.c.at, func.length(decision.c.number), decision.c.number)
    chosen, is_newer = inside, False
    if beside is not None:
        number, is_newer = beside
        here = find(connection, number)
        edge = ("" if here is None else instant(here.at), len(number), number)
        chosen = inside & ((key > edge) if is_newer else (key < edge))
    order = [one.asc() if is_newer else one.desc() for one in key.clauses]
    rows = [_decision(row) for row in connection.execute(select(decision).where(chosen).order_by(*order).limit(limit))]
    shown = tuple(reversed(rows)) if is_newer else tuple(rows)
    if not shown:
        return (), 0
    first = (instant(shown[0].at), len(shown[0].number), shown[0].number)
    newer = select(func.count()).select_from(decision).where(inside & (key > first))
    return shown, connection.execute(newer).scalar_one()


def _within(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    within: ColumnElement[bool] = true()
    if since is not None:
        within &= decision.c.at >= instant(since)
    if until is not None:
        within &= decision.c.at < instant(until)
    return within


def of_meeting(connection: Connection, number: str) -> tuple[Decision, ...]:
    """Return the decisions of the meeting of that *number*, in order."""
    # The thousandth of a year has a digit more.
    order = (func.length(decision.c.number), decision.c.number)
    query = select(decision).where(decision.c.meeting == number).order_by(*order)
    return tuple(_decision(row) for row in connection.execute(query))


def count(connection: Connection, year: int) -> int:
    """Return how many decisions were numbered in *year*."""
    numbered = decision.c.number.startswith(f"{year}-", autoescape=True)
    return connection.execute(select(func.count()).select_from(decision).where(numbered)).scalar_one()


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    return Decision(
        number=row.number,
        text=row.text,
        owner=None if row.owner is None else MemberId(row.owner),
        due=None if row.due is None else date.fromisoformat(row.due),
        meeting=row.meeting,
        at=parse_instant(row.at),
        motion=row.motion,
        source=sealed(row),
    )
