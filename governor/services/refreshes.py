"""What happens when an attendee's calendar asks for a meeting as it stands? (RFC 5546 §3.2.6)"""

from dataclasses import replace
from datetime import timedelta

from governor.domain.meetings import Meeting
from governor.domain.members import MemberId
from governor.services.ways import AGAIN, latest
from governor.store import meetings
from governor.store.outbox import Effect
from governor.store.unit_of_work import UnitOfWork

PAUSE = timedelta(minutes=10)
"""Of one revision an attendee is sent a copy no more than once in this time, however often one is asked for."""


def copies(meeting: Meeting, member: MemberId, work: UnitOfWork) -> tuple[Effect, ...]:
    """Return the effects that send *member* once more what they were sent last of *meeting*.

    Of a series that is what they were sent of its occurrences too; nothing, where they are told in the chat only.
    """
    apart = meetings.set_apart(work.connection, meeting.number)
    sent = (latest(work.deliveries(one.number)).get(member) for one in (meeting, *apart))
    turn = int(work.at.timestamp() / PAUSE.total_seconds())
    return tuple(replace(one.effect, kind=AGAIN, attempt=turn) for one in sent if one is not None)
