"""What was decided, and who follows it up?"""

from datetime import date, datetime

from governor.domain.convening import check_text
from governor.domain.events import DecisionRecorded, Text
from governor.domain.members import MemberId
from governor.domain.sources import Sealed
from governor.errors import OutOfOrder
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of the register; ``at`` is the instant (UTC) it was recorded, ``motion`` what it came from."""

    number: str
    text: str
    owner: MemberId | None
    due: date | None
    meeting: str | None
    at: datetime
    motion: str | None = None
    source: Sealed | None = None


def record_decision(
    *,
    number: str,
    text: str,
    owner: MemberId | None,
    due: date | None,
    meeting: str | None,
    motion: str | None = None,
) -> DecisionRecorded:
    """Return the event that enters a decision under *number*.

    Raises:
        OutOfOrder: the text is empty or too long.
    """
    check_text("decision", text)
    return DecisionRecorded(number=number, text=Text(text), owner=owner, due=due, meeting=meeting, motion=motion)


def check_due(due: date | None, *, today: date) -> None:
    """Refuse a day by which nothing can be done any more; *today* is that of the organisation.

    Raises:
        OutOfOrder: *due* is before *today*.
    """
    if due is not None and due < today:
        raise OutOfOrder("due-in-past", due=due)


def next_number(year: int, taken: int) -> str:
    """Return the number after *taken* numbers of *year*: ``2026-001`` follows none. Gapless by construction."""
    return f"{year}-{taken + 1:03d}"
