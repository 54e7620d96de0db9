"""What was decided? Rows → decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, func, select

from governor.domain.decisions import Decision
from governor.domain.members import MemberId
from governor.store.forms import instant, parse_instant
from governor.store.tables import decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search found, and how many decisions it looked at: nothing found among many is an answer too."""

    decisions: tuple[Decision, ...]
    looked_at: int


def find(connection: Connection, number: str) -> Decision | None:
    """Return the decision of that *number*."""
    row = connection.execute(select(decision).where(decision.c.number == number)).first()
    return None if row is None else _decision(row)


def between(connection: Connection, since: datetime | None, until: datetime | None) -> Answer:
    """Return the decisions recorded from *since* to before *until* (aware; ``None`` is open), oldest first."""
    query = select(decision).order_by(decision.c.at, decision.c.number)
    if since is not None:
        query = query.where(decision.c.at >= instant(since))
    if until is not None:
        query = query.where(decision.c.at < instant(until))
    found = tuple(_decision(row) for row in connection.execute(query))
    looked_at = connection.execute(select(func.count()).select_from(decision)).scalar_one()
    return Answer(decisions=found, looked_at=looked_at)


def latest(connection: Connection, limit: int) -> Answer:
    """Return the *limit* newest decisions, the newest first, of however many there are."""
    query = select(decision).order_by(decision.c.at.desc(), decision.c.number.desc()).limit(limit)
    found = tuple(_decision(row) for row in connection.execute(query))
    looked_at = connection.execute(select(func.count()).select_from(decision)).scalar_one()
    return Answer(decisions=found, looked_at=looked_at)


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
    )
