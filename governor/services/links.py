"""What happens when a calendar has made the link to join a meeting by that it was asked for?"""

from governor.domain import convening
from governor.domain.meetings import Meeting
from governor.errors import OutOfOrder
from governor.ports import Linked
from governor.services import posts
from governor.services.invitations import recipients
from governor.services.meetings import deliveries_of
from governor.services.occurrences import named_by
from governor.services.ways import failing_since, invitation_for, latest
from governor.store import meetings
from governor.store.unit_of_work import UnitOfWork


def receive(incoming: Linked, work: UnitOfWork) -> None:
    """Enter the link for a meeting that has none, and for what was set apart of it; everyone invited is told.

    A meeting that has a link keeps it.
    """
    whole = named_by(incoming.uid, None, work)
    if whole is None:
        return
    apart = meetings.set_apart(work.connection, whole.number)
    entered = [one for one in (whole, *apart) if _enter(one, incoming, work)]
    if entered:
        work.enqueue(posts.linked(whole.number, work.entries_about(f"meeting/{whole.number}")))


def _enter(meeting: Meeting, incoming: Linked, work: UnitOfWork) -> bool:
    """Enter the link for *meeting*; return whether that was in order."""
    try:
        event = convening.link(meeting, incoming.conference, at=work.at)
    except OutOfOrder:
        return False
    work.record(event, by=meeting.called_by)
    _tell(meeting.number, work)
    return True


def _tell(number: str, work: UnitOfWork) -> None:
    """Have the meeting as it stands sent to those it was sent to before."""
    meeting, roster = meetings.find(work.connection, number), work.roster()
    if meeting is None:
        return
    earlier = deliveries_of(meeting, work)
    sent = latest(earlier)
    for member in (one for one in recipients(meeting) if one in sent):
        person = roster.get(member)
        wanted = None if person is None else invitation_for(person, meeting, earlier, ())
        if wanted is not None:
            work.enqueue(wanted, failing_since=failing_since(member, earlier))
