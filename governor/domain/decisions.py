"""What was decided, and who follows it up?"""

from dataclasses import dataclass
from datetime import date, datetime

from governor.domain.convening import check_text
from governor.domain.events import DecisionRecorded, Text
from governor.domain.members import MemberId


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
        OutOfOrder: the text is empty or too long.
    """
    check_text("decision", text)
    return DecisionRecorded(number=number, text=Text(text), owner=owner, due=due, meeting=meeting)


def next_number(year: int, taken: int) -> str:
    """Return the number after *taken* numbers of *year*: ``2026-001`` follows none. Gapless by construction."""
    return f"{year}-{taken + 1:03d}"
