"""What was decided? Rows → decisions."""

from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, Row, bindparam, case, func, select, tuple_

from governor.domain.decisions import Decision
from governor.domain.members import MemberId
from governor.store.forms import instant, parse_instant
from governor.store.row_changes import Value
from governor.store.sources import sealed
from governor.store.statements import Statement
from governor.store.tables import decision
from governor.values import dataclass

_NEVER = "9999"
_KEY = tuple_(decision.c.at, func.length(decision.c.number), decision.c.number)
_EDGE = tuple_(*map(bindparam, ("at", "letters", "number")))
_NEWEST = select(decision).order_by(*(one.desc() for one in _KEY.clauses))
_WITHIN = (decision.c.at >= bindparam("since")) & (decision.c.at < bindparam("until"))
_LIMIT: BindParameter[int] = bindparam("limit")
_PAGE = Statement(_NEWEST.where(_WITHIN).limit(_LIMIT))
_OLDER = Statement(_NEWEST.where(_WITHIN, _EDGE > _KEY).limit(_LIMIT))
_NEWER = Statement(select(decision).where(_WITHIN, _EDGE < _KEY).order_by(*_KEY.clauses).limit(_LIMIT))
_COUNT_NEWER = Statement(select(func.count().label("count")).where(_WITHIN, _EDGE < _KEY))
_FOUND = func.coalesce(func.sum(case((_WITHIN, 1), else_=0)), 0).label("found")
_COUNTS = Statement(select(_FOUND, func.count().label("looked_at")).select_from(decision))
_NUMBERED = Statement(select(decision).where(decision.c.number == bindparam("number")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many decisions a search ``found``, and how many it looked at: nothing found among many is an answer too."""

    found: int
    looked_at: int


def find(connection: Connection, number: str) -> Decision | None:
    """Return the decision of that *number*."""
    return next(map(_decision, _NUMBERED.rows(connection, {"number": number})), None)


def newest(connection: Connection, limit: int | None = None) -> tuple[Decision, ...]:
    """Return the decisions, the newest first, at most *limit*."""
    return tuple(map(_decision, connection.execute(_NEWEST.limit(limit))))


def counts(connection: Connection, since: datetime | None, until: datetime | None) -> Counts:
    """Return how many decisions were recorded from *since* to before *until* (aware; ``None`` is open), and in all."""
    ((found, looked_at),) = _COUNTS.rows(connection, _ends(since, until))
    return Counts(found=found, looked_at=looked_at)


def page(
    connection: Connection, within: tuple[datetime | None, datetime | None], limit: int, beside: tuple[str, bool] | None
) -> tuple[tuple[Decision, ...], int]:
    """Return at most *limit* of the decisions recorded *within* two instants, newest first, and how many are newer.

    *beside* is the number of a decision, and whether those newer than it are meant; else those older. ``None``: the
    newest of all.
    """
    values: dict[str, Value] = {**_ends(*within), "limit": limit}
    if beside is None:
        return tuple(map(_decision, _PAGE.rows(connection, values))), 0
    number, is_newer = beside
    here = find(connection, number)
    edge = _edge("" if here is None else instant(here.at), number)
    rows = (_NEWER if is_newer else _OLDER).rows(connection, values | edge)
    shown = tuple(map(_decision, rows))[:: -1 if is_newer else 1]
    if not shown:
        return (), 0
    newer = _COUNT_NEWER.rows(connection, values | _edge(instant(shown[0].at), shown[0].number))
    return shown, newer[0].count


def _edge(at: str, number: str) -> dict[str, Value]:
    """Return where the decision of that *number* stands in the order, as the statements name it."""
    return {"at": at, "letters": len(number), "number": number}


def _ends(since: datetime | None, until: datetime | None) -> dict[str, str]:
    """Return from when on a decision is meant, and before when, as the statements name it."""
    return {"since": "" if since is None else instant(since), "until": _NEVER if until is None else instant(until)}


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
