"""What happens when somebody answers an invitation?"""

from governor.domain import convening
from governor.domain.meetings import Meeting, PartStat
from governor.domain.permissions import Permission
from governor.ports import Reply
from governor.services import delegates
from governor.services.cards import meeting_card
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_for, numbered
from governor.services.meetings import context_of
from governor.services.occurrences import occurrence_on, set_apart
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Party, Reading
from governor.understanding.scopes import days_named
from governor.values import dataclass
from governor.wording.phrase import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInvitation:
    """Answer the invitation to the meeting ``number``, or to the one that is spoken of."""

    number: str | None = None
    partstat: PartStat
    reading: Reading | None = None


def answer(request: AnswerInvitation, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter the caller's answer, and show who comes."""
    meeting = numbered(request.number, work) if request.number else meeting_for(Act.REPLY, caller, work)
    if request.reading is not None:
        meeting = _on_the_day(meeting, request.reading.text, caller, work)
    sent = _sent(request.reading)
    person = None if sent is None else caller.roster.get(sent.member)
    partstat = request.partstat if person is None else PartStat.DELEGATED
    event = convening.reply(meeting, by=caller.member.id, partstat=partstat, at=work.at)
    work.record(event, by=caller.member.id)
    after = convening.answered(meeting, event)
    work.remember(after)
    lines = [phrase(f"answered-{partstat.value.lower()}", name=caller.member.name, summary=meeting.summary)]
    if person is not None:
        delegates.send(person, after, caller, work)
    elif sent is not None:
        lines.append(phrase("proxy-not-sent", said=sent.said))
    card = meeting_card(after, caller.roster, work.deliveries, at=work.at)
    return Reply(language=caller.language, lines=tuple(lines), cards=(card,), is_told_by_cards=sent is None)


def _sent(reading: Reading | None) -> Party | None:
    """Return whom the words send in the place of who says them."""
    found = None if reading is None else reading.said.get("proxy")
    return found.value if found is not None and isinstance(found.value, Party) else None


def _on_the_day(meeting: Meeting, words: str, caller: Caller, work: UnitOfWork) -> Meeting:
    """Return *meeting*; where it is a series of which *words* name a day, the occurrence on that day, by itself."""
    days = None if meeting.recurrence is None else days_named(words, context_of(caller), is_change=False)
    start = None if days is None else occurrence_on(meeting, days, work)
    return meeting if start is None else set_apart(meeting, start, work, by=caller.member.id)


COMMANDS = (
    Command(
        name="meeting reply",
        request=AnswerInvitation,
        permission=Permission.MEETING_REPLY,
        handle=answer,
        act=Act.REPLY,
        button="rsvp",
        is_brief=True,
    ),
)
