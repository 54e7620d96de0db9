"""What was decided, and who follows it up?"""

from dataclasses import dataclass
from datetime import date, datetime

from governor.domain.events import DecisionRecorded, Text
from governor.domain.members import MemberId
from governor.errors import OutOfOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of the register; ``at`` is the instant (UTC) it was recorded."""

    number: str
    text: str
    owner: MemberId | None
    due: date | None
    meeting: str | None
    at: datetime


def record_decision(
    *, number: str, text: str, owner: MemberId | None, due: date | None, meeting: str | None
) -> DecisionRecorded:
    """Return the event that enters a decision under *number*.

    Raises:
        OutOfOrder: the text is empty.
    """
    if not text.strip():
        raise OutOfOrder("decision-empty")
    return DecisionRecorded(number=number, text=Text(text), owner=owner, due=due, meeting=meeting)


def next_number(year: int, taken: int) -> str:
    """Return the number after *taken* numbers of *year*: ``2026-001`` follows none. Gapless by construction."""
    return f"{year}-{taken + 1:03d}"
