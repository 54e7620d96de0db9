"""What happens when it is noted who is in a meeting? Of them the quorum is reckoned, and they vote."""

from datetime import datetime

from governor.domain import deliberating
from governor.domain.meetings import Meeting, held
from governor.domain.members import Member
from governor.domain.permissions import Permission, is_permitted
from governor.errors import NotFound, NotPermitted
from governor.ports import Button, Card, Reply, Row
from governor.services.cards import names
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_for, numbered
from governor.services.motions import electors, present_in
from governor.store import proceedings
from governor.store.outbox import Effect
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Party
from governor.values import dataclass
from governor.wording.phrase import phrase

PRESENCE = "presence"
"""The recorded kind of the effect that offers to note who is heard in a meeting (its subject).

Its target is when the meeting began, where the clock asks, or the member who asked.
"""

MOST = 20
"""How many people the card has a button for; others are noted by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAttendance:
    """Show who is in the meeting that is spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAttendance:
    """Note that the ``person``, or the caller, is in the meeting that is spoken of."""

    person: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeOrGo:
    """Note that the member of that number, or the caller, came to the ``meeting`` (a number), or left it."""

    meeting: str
    member: int | None = None


def show(_: ShowAttendance, caller: Caller, work: UnitOfWork) -> Reply:
    """Return who is in the meeting, and how many there must be; who may note others is offered whom the chat hears."""
    meeting = meeting_for(Act.ATTENDANCE, caller, work)
    may_note = is_permitted(caller.member.offices, Permission.MINUTES_NOTE)
    if caller.premises.has_voices and may_note and held(meeting, at=work.at) is not None:
        work.enqueue(_offer(meeting, caller.member, work.at))
    return Reply(language=caller.language, cards=(attendance_card(meeting, caller, work),))


def _offer(meeting: Meeting, member: Member, at: datetime) -> Effect:
    return Effect(kind=PRESENCE, subject=meeting.number, target=member.id, generation=int(at.timestamp()))


def note(request: NoteAttendance, caller: Caller, work: UnitOfWork) -> Reply:
    """Note that somebody is in the meeting that is spoken of."""
    person = request.person
    known = caller.member if person is None else next((m for m in caller.roster if m.id == person.member), None)
    if known is None:
        raise NotFound("person-unknown", said="" if person is None else person.said)
    return _noted(meeting_for(Act.ATTENDANCE, caller, work), known, caller, work)


def come_or_go(request: ComeOrGo, caller: Caller, work: UnitOfWork) -> Reply:
    """Note that somebody came, where they were there that they left."""
    wanted = request.member or caller.member.number
    person = next((one for one in caller.roster if one.number == wanted), None)
    if person is None:
        raise NotFound("button-unknown")
    meeting = numbered(request.meeting, work)
    was = person.id in proceedings.present(work.connection, meeting.number)
    return _noted(meeting, person, caller, work, is_present=not was)


def _noted(meeting: Meeting, person: Member, caller: Caller, work: UnitOfWork, *, is_present: bool = True) -> Reply:
    """Enter it: everybody may tell of themselves, and who takes the minutes of others."""
    if person.id != caller.member.id and not is_permitted(caller.member.offices, Permission.MINUTES_NOTE):
        raise NotPermitted("attendance-of-others")
    was_present = person.id in proceedings.present(work.connection, meeting.number)
    event = deliberating.note_attendance(meeting, person.id, is_present=is_present, was_present=was_present, at=work.at)
    work.record(event, by=caller.member.id)
    line = phrase("attendance-came" if is_present else "attendance-left", name=person.name, summary=meeting.summary)
    return Reply(language=caller.language, lines=(line,), cards=(attendance_card(meeting, caller, work),))


def attendance_card(meeting: Meeting, caller: Caller, work: UnitOfWork) -> Card:
    """Return the card of who is in *meeting*, with a button for everybody who may come."""
    present = tuple(present_in(meeting.number, work))
    roll = [one for one in caller.roster if one.id in set(electors(work))]
    needed = proceedings.bylaws_now(work.connection).quorum.needed(len(roll))
    count = phrase(
        "attendance-quorate" if len(present) >= needed else "attendance-inquorate",
        present=len(present),
        roll=len(roll),
        needed=needed,
    )
    people = phrase("word-value", value=names(caller.roster, present)) if present else phrase("word-none")
    return Card(
        id=f"attendance:{meeting.number}",
        title=phrase("card-attendance", number=meeting.number, summary=meeting.summary),
        rows=(Row(label=phrase("label-present"), value=people), Row(label=phrase("label-quorum"), value=count)),
        buttons=(
            Button(token=f"here:{meeting.number}", label=phrase("button-here")),
            *(
                Button(
                    token=f"here:{meeting.number}:{one.number}",
                    label=phrase("button-left" if one.id in present else "button-came", name=one.name),
                )
                for one in (roll if len(roll) <= MOST else ())
            ),
        ),
    )


COMMANDS = (
    Command(
        name="attendance show",
        request=ShowAttendance,
        permission=Permission.MEETING_READ,
        handle=show,
        act=Act.ATTENDANCE,
        is_about_meeting=True,
    ),
    Command(
        name="attendance note",
        request=NoteAttendance,
        permission=Permission.ATTENDANCE_NOTE,
        handle=note,
        is_offered=True,
        is_about_meeting=True,
    ),
    Command(
        name="attendance mark",
        request=ComeOrGo,
        permission=Permission.ATTENDANCE_NOTE,
        handle=come_or_go,
        button="here",
    ),
)
