"""When does somebody's interest in a meeting count as "maybe", and when is it taken back?

Who presses *Interested* under a meeting that a platform shows as its own event has not answered the invitation: it
counts until they do, and never for more.
"""

from datetime import datetime

from governor.domain.convening import attendee_of, check_open
from governor.domain.events import InterestNoted
from governor.domain.meetings import Meeting, PartStat
from governor.domain.members import MemberId
from governor.errors import OutOfOrder


def note_interest(meeting: Meeting, *, by: MemberId, is_interested: bool, at: datetime) -> InterestNoted:
    """Return the event that enters that *by* is interested in *meeting*, or is not any more.

    Raises:
        OutOfOrder: the meeting is cancelled or over, *by* is not invited, or has answered (``answered-already``).
    """
    check_open(meeting, at=at)
    attendee = attendee_of(meeting, by)
    is_unanswered = attendee.partstat is PartStat.NEEDS_ACTION
    if not (is_unanswered if is_interested else attendee.is_interested):
        raise OutOfOrder("answered-already", meeting=meeting.summary)
    return InterestNoted(number=meeting.number, member=by, is_interested=is_interested)
