"""What happens when something is noted, and how are the minutes shown?"""

from governor.documents.minutes import Entered, Kept, Minutes, Moved, Noted, markdown
from governor.domain import convening
from governor.domain.motions import Motion
from governor.domain.permissions import Permission
from governor.ports import File, Reply, Topic
from governor.services.cards import names
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_for, text_for
from governor.services.motion_cards import state_of
from governor.services.posts import SHELF, saved
from governor.services.sources import quoting, source_of
from governor.store import actions, decisions, minutes, motions, proceedings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNote:
    """Enter ``text`` into the minutes of the meeting that is spoken of."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMinutes:
    """Show the minutes so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMinutes:
    """Write the minutes so far as a Markdown file."""


def take_note(request: TakeNote, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter a note, into the meeting that is named before its colon or else the one that is spoken of."""
    meeting = meeting_for(Act.NOTE, caller, work)
    item, text = minutes.next_item(work.connection, meeting.number), text_for(request.text, caller.named)
    work.record(quoting(convening.take_note(meeting, text, item=item), caller), by=caller.member.id)
    line = phrase("note-taken", item=item, text=text, summary=meeting.summary)
    return Reply(language=caller.language, lines=(line,))


def show(_: ShowMinutes, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the minutes as text."""
    return Reply(language=caller.language, document=_minutes(caller, work))


def save(_: SaveMinutes, caller: Caller, work: UnitOfWork) -> Reply:
    """Write the minutes, hand them out or say where they lie, and have them posted where people chose a room for them.

    It is told where they lie only where the chat hands out no files.
    """
    meeting = meeting_for(Act.SAVE_MINUTES, caller, work)
    text = _minutes(caller, work)
    name = f"{meeting.number}.{caller.language}.md"
    path = work.shelf.put(SHELF, name, text.encode())
    if caller.premises.is_wanted(Topic.MINUTES, caller.call.place):
        work.enqueue(saved(meeting.number, work.head().size, name))
    if caller.premises.has_files:
        line = phrase("minutes-attached", name=name)
        return Reply(language=caller.language, lines=(line,), file=File(name=name, text=text))
    return Reply(language=caller.language, lines=(phrase("minutes-saved", path=str(path)),))


def _minutes(caller: Caller, work: UnitOfWork) -> str:
    meeting = meeting_for(Act.MINUTES, caller, work)
    head = work.head()
    people = {attendee.member: attendee.partstat for attendee in meeting.attendees}
    record = Minutes(
        organisation=caller.organisation.name,
        meeting=meeting,
        chair=names(caller.roster, (meeting.called_by,))[0],
        answers=tuple((names(caller.roster, (member,))[0], partstat) for member, partstat in people.items()),
        notes=tuple(
            Noted(
                at=note.at.astimezone(meeting.dtstart.tzinfo),
                text=note.text,
                source=source_of(note.source, caller, work),
            )
            for note in minutes.notes(work.connection, meeting.number)
        ),
        decisions=tuple(_entered(one, caller, work) for one in decisions.of_meeting(work.connection, meeting.number)),
        size=head.size,
        root=head.root,
        present=names(caller.roster, proceedings.present(work.connection, meeting.number)),
        actions=tuple(_entered(one, caller, work) for one in actions.of_meeting(work.connection, meeting.number)),
        motions=tuple(_moved(one, caller) for one in motions.of_meeting(work.connection, meeting.number)),
    )
    return markdown(record, caller.language)


def _moved(motion: Motion, caller: Caller) -> Moved:
    seconder = None if motion.seconder is None else names(caller.roster, (motion.seconder,))[0]
    (mover,) = names(caller.roster, (motion.mover,))
    return Moved(number=motion.number, text=motion.text, mover=mover, seconder=seconder, state=state_of(motion))


def _entered(one: Kept, caller: Caller, work: UnitOfWork) -> Entered[Kept]:
    owner = names(caller.roster, (one.owner,))[0] if one.owner else None
    return Entered(what=one, owner=owner, source=source_of(one.source, caller, work))


COMMANDS = (
    Command(
        name="minutes note",
        request=TakeNote,
        permission=Permission.MINUTES_NOTE,
        handle=take_note,
        act=Act.NOTE,
        is_about_meeting=True,
    ),
    Command(
        name="minutes show",
        request=ShowMinutes,
        permission=Permission.MINUTES_READ,
        handle=show,
        act=Act.MINUTES,
        writes=False,
        is_about_meeting=True,
    ),
    Command(
        name="minutes save",
        request=SaveMinutes,
        permission=Permission.MINUTES_SAVE,
        handle=save,
        act=Act.SAVE_MINUTES,
        is_about_meeting=True,
    ),
)
