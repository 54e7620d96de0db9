"""What happens when somebody presses that they are interested in a meeting which the chat shows as its own event?"""

from governor.domain.interest import note_interest
from governor.domain.permissions import Permission
from governor.errors import NotFound
from governor.ports import Interest, Reply
from governor.services import notices
from governor.services.commands import Caller, Command
from governor.services.occurrences import set_apart
from governor.store import meetings
from governor.store.unit_of_work import UnitOfWork


def note(request: Interest, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter the caller's interest, which counts as "maybe" until they answer; of a series, in that occurrence alone.

    Raises:
        NotFound: no meeting is shown as that.
    """
    shown = work.published_as([request.known])
    meeting = None if shown is None else meetings.find(work.connection, shown.effect.subject)
    if shown is None or meeting is None:
        raise NotFound("matter-unknown")
    start = notices.start_of(shown.effect)
    if start is not None:
        meeting = set_apart(meeting, start, work, by=caller.member.id)
    event = note_interest(meeting, by=caller.member.id, is_interested=request.is_interested, at=work.at)
    work.record(event, by=caller.member.id)
    return Reply(language=caller.language)


COMMANDS = (
    Command(name="meeting interest", request=Interest, permission=Permission.MEETING_REPLY, handle=note, is_heard=True),
)
