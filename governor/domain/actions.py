"""Who is to do what by when, and is it done?"""

from datetime import date, datetime

from governor.domain.convening import check_text
from governor.domain.events import ActionDone, ActionRecorded, Text
from governor.domain.members import MemberId
from governor.domain.sources import Sealed
from governor.errors import OutOfOrder
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to be done; ``at`` and ``done_at`` are the instants (UTC) at which it was recorded, and told done."""

    number: str
    text: str
    owner: MemberId | None
    due: date | None
    meeting: str | None
    at: datetime
    done_at: datetime | None = None
    source: Sealed | None = None

    def is_overdue(self, *, today: date) -> bool:
        """Return whether it should have been done before *today*."""
        return self.done_at is None and self.due is not None and self.due < today


def record_action(
    *, number: str, text: str, owner: MemberId | None, due: date | None, meeting: str | None
) -> ActionRecorded:
    """Return the event that enters an action under *number*.

    Raises:
        OutOfOrder: the text is empty or too long.
    """
    check_text("action", text)
    return ActionRecorded(number=number, text=Text(text), owner=owner, due=due, meeting=meeting)


def finish(action: Action) -> ActionDone:
    """Return the event by which *action* is done.

    Raises:
        OutOfOrder: it is done already.
    """
    if action.done_at is not None:
        raise OutOfOrder("action-already-done", number=action.number)
    return ActionDone(number=action.number)
