"""What happens when one more person is to come to a meeting that is called already?"""

from dataclasses import replace

from governor.domain import convening
from governor.domain.meetings import Meeting
from governor.domain.members import Member
from governor.domain.permissions import Permission
from governor.errors import NotFound, OutOfOrder
from governor.ports import Button, Card, Reply
from governor.services import series
from governor.services.changing import changed
from governor.services.commands import Caller, Command
from governor.services.meant import numbered
from governor.store import meetings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Party
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from governor.wording.times import start_of

MOST_OFFERED = 10
"""How many of the meetings to come are offered, the next first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteToMeeting:
    """Invite the ``person`` to the meeting of that ``number``; without one, ask which."""

    person: Party
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BringIn:
    """Invite the ``member`` of that number to the ``meeting`` of that number."""

    member: int
    meeting: str


def invite(request: InviteToMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Invite a person to the meeting that is named, or ask to which of those that are to come.

    Raises:
        NotFound: the person is not on the roll, or there is no such meeting.
        OutOfOrder: they are invited to it, or to every one that is to come.
    """
    person = caller.roster.get(request.person.member)
    if person is None:
        raise NotFound("person-unknown", said=request.person.said)
    if request.number is not None:
        return _invited(person, numbered(request.number, work), caller, work)
    found = [one for one in meetings.coming(work.connection, caller.at) if not _is_invited(person, one)]
    if not found:
        raise OutOfOrder("invited-everywhere", name=person.name)
    buttons = tuple(
        Button(
            token=f"bring:{person.number}:{one.number}",
            label=phrase("button-bring", summary=one.summary, start=start_of(one, one.next_start(at=caller.at))),
        )
        for one in found[:MOST_OFFERED]
    )
    card = Card(id=f"invite:{person.number}", title=phrase("card-invite", name=person.name), buttons=buttons)
    return Reply(language=caller.language, cards=(card,), is_private=True)


def bring_in(request: BringIn, caller: Caller, work: UnitOfWork) -> Reply:
    """Invite a member to the meeting of a button."""
    person = next((one for one in caller.roster if one.number == request.member), None)
    if person is None:
        raise NotFound("button-unknown")
    return _invited(person, numbered(request.meeting, work), caller, work)


def _invited(person: Member, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Invite them; of a series it is asked for which of its meetings."""
    convening.check_open(meeting, at=work.at)
    if _is_invited(person, meeting):
        raise OutOfOrder("invited-already", name=person.name, summary=meeting.summary)
    if meeting.recurrence is not None:
        words = say(phrase("lead-invite", handle=person.handle), caller.language)
        return series.change(meeting, words, caller, work)
    plan = convening.plan_of(meeting)
    return changed(meeting, replace(plan, invited=(*plan.invited, person.id)), caller, work)


def _is_invited(person: Member, meeting: Meeting) -> bool:
    return any(one.member == person.id for one in meeting.attendees)


COMMANDS = (
    Command(
        name="meeting invite",
        request=InviteToMeeting,
        permission=Permission.MEETING_CHANGE,
        handle=invite,
        is_offered=True,
    ),
    Command(
        name="meeting bring",
        request=BringIn,
        permission=Permission.MEETING_CHANGE,
        handle=bring_in,
        button="bring",
    ),
)
