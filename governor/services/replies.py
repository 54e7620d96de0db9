"""What happens when somebody answers an invitation?"""

from dataclasses import dataclass

from governor.domain import convening
from governor.domain.meetings import PartStat
from governor.domain.permissions import Permission
from governor.ports import Reply
from governor.services.cards import meeting_card
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_for, numbered
from governor.store import meetings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.wording.phrase import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInvitation:
    """Answer the invitation to the meeting ``number``, or to the one that is spoken of."""

    number: str | None = None
    partstat: PartStat


def answer(request: AnswerInvitation, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter the caller's answer, and show who comes."""
    meeting = numbered(request.number, work) if request.number else meeting_for(Act.REPLY, caller, work)
    event = convening.reply(meeting, by=caller.member.id, partstat=request.partstat, at=work.at)
    work.record(event, by=caller.member.id)
    after = meetings.find(work.connection, meeting.number) or meeting
    line = phrase(f"answered-{request.partstat.value.lower()}", name=caller.member.name, summary=meeting.summary)
    card = meeting_card(after, caller.roster, work.deliveries(meeting.number))
    return Reply(language=caller.language, lines=(line,), cards=(card,))


COMMANDS = (
    Command(
        name="meeting reply",
        request=AnswerInvitation,
        permission=Permission.MEETING_REPLY,
        handle=answer,
        act=Act.REPLY,
        button="rsvp",
    ),
)
