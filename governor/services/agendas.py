"""What happens when something is put on the agenda of a meeting, moved up, or taken off?

The invitation tells the agenda as a text. Items are kept one by one from the first that is added; where the text was
changed by itself since, it counts, and its lines are the items.
"""

import re
from dataclasses import replace

from governor.domain import convening, deliberating
from governor.domain.agendas import AgendaItem, as_text, standing
from governor.domain.meetings import Meeting
from governor.domain.permissions import Permission
from governor.ports import Button, Card, Reply, Row
from governor.services import series
from governor.services.commands import Caller, Command
from governor.services.meant import check_heard, meeting_for, numbered
from governor.services.meetings import changes_of, deliver, shown
from governor.services.occurrences import above_of
from governor.store import proceedings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Reading
from governor.values import dataclass
from governor.wording.phrase import phrase

_COUNTED = re.compile(r"^\s*\d{1,2}[.)]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem:
    """Put ``agenda`` on the agenda of the meeting that is spoken of."""

    agenda: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAgenda:
    """Show the agenda of the meeting that is spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawItem:
    """Take the ``item`` off the agenda of the meeting ``number``, or the one that is spoken of."""

    item: int
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseItem:
    """Have the ``item`` dealt with one place earlier in the meeting ``number``, or the one that is spoken of."""

    item: int
    number: str | None = None


def add(request: AddItem, caller: Caller, work: UnitOfWork) -> Reply:
    """Put an item on the agenda, and send everyone the new state."""
    meeting = meeting_for(Act.AGENDA, caller, work)
    check_heard(meeting, caller, is_timed=False)
    if meeting.recurrence is not None:
        said = f"agenda: {request.agenda}" if request.reading is None else request.reading.text
        return series.change(meeting, said, caller, work)
    _itemise(meeting, caller, work)
    items = proceedings.agenda(work.connection, meeting.number)
    work.record(deliberating.add_item(meeting, items, request.agenda), by=caller.member.id)
    return _sent(meeting, caller, work)


def withdraw(request: WithdrawItem, caller: Caller, work: UnitOfWork) -> Reply:
    """Take an item off the agenda, and send everyone the new state."""
    meeting = _meeting(request.number, caller, work)
    _itemise(meeting, caller, work)
    items = proceedings.agenda(work.connection, meeting.number)
    work.record(deliberating.withdraw_item(meeting, items, request.item), by=caller.member.id)
    return _sent(meeting, caller, work)


def raise_item(request: RaiseItem, caller: Caller, work: UnitOfWork) -> Reply:
    """Have an item dealt with earlier, and send everyone the new state."""
    meeting = _meeting(request.number, caller, work)
    _itemise(meeting, caller, work)
    items = proceedings.agenda(work.connection, meeting.number)
    work.record(deliberating.raise_item(meeting, items, request.item), by=caller.member.id)
    return _sent(meeting, caller, work)


def show(_: ShowAgenda, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the agenda of the meeting that is spoken of."""
    meeting = meeting_for(Act.ASK_AGENDA, caller, work)
    return Reply(language=caller.language, cards=(_card(meeting, work),))


def _meeting(number: str | None, caller: Caller, work: UnitOfWork) -> Meeting:
    return numbered(number, work) if number else meeting_for(Act.AGENDA, caller, work)


def _itemise(meeting: Meeting, caller: Caller, work: UnitOfWork) -> None:
    """Make the lines of the agenda's text its items, where they are not."""
    items = proceedings.agenda(work.connection, meeting.number)
    if as_text(items) == meeting.agenda:
        return
    for one in standing(items):
        work.record(deliberating.withdraw_item(meeting, items, one.item), by=caller.member.id)
    for line in (meeting.agenda or "").splitlines():
        if text := _COUNTED.sub("", line).strip():
            items = proceedings.agenda(work.connection, meeting.number)
            work.record(deliberating.add_item(meeting, items, text), by=caller.member.id)


def _sent(meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    before = convening.plan_of(meeting)
    after = replace(before, agenda=as_text(proceedings.agenda(work.connection, meeting.number)))
    event = convening.change_meeting(meeting, after, at=work.at, above=above_of(meeting, work))
    work.record(event, by=caller.member.id)
    changed = deliver(meeting.number, work, caller, removed=event.removed)
    reply = shown(changed, "meeting-changed", caller, work, changed=changes_of(before, after))
    return replace(reply, cards=(*reply.cards, _card(changed, work)))


def _card(meeting: Meeting, work: UnitOfWork) -> Card:
    items = proceedings.agenda(work.connection, meeting.number)
    stand = standing(items) if as_text(items) == meeting.agenda else ()
    text = phrase("word-none") if meeting.agenda is None else phrase("word-value", value=meeting.agenda)
    return Card(
        id=f"agenda:{meeting.number}",
        title=phrase("card-agenda", number=meeting.number, summary=meeting.summary),
        rows=tuple(
            Row(label=phrase("label-item", place=place), value=phrase("word-value", value=one.text))
            for place, one in enumerate(stand, 1)
        )
        or (Row(label=phrase("label-agenda"), value=text),),
        buttons=tuple(button for place, one in enumerate(stand, 1) for button in _buttons(meeting, one, place)),
    )


def _buttons(meeting: Meeting, one: AgendaItem, place: int) -> tuple[Button, ...]:
    off = Button(token=f"item-off:{one.item}:{meeting.number}", label=phrase("button-item-off", place=place))
    up = Button(token=f"item-up:{one.item}:{meeting.number}", label=phrase("button-item-up", place=place))
    return (off,) if place == 1 else (up, off)


COMMANDS = (
    Command(
        name="meeting agenda",
        request=AddItem,
        permission=Permission.MEETING_CHANGE,
        handle=add,
        act=Act.AGENDA,
        is_about_meeting=True,
    ),
    Command(
        name="agenda show",
        request=ShowAgenda,
        permission=Permission.MEETING_READ,
        handle=show,
        act=Act.ASK_AGENDA,
        writes=False,
        is_about_meeting=True,
    ),
    Command(
        name="agenda withdraw",
        request=WithdrawItem,
        permission=Permission.MEETING_CHANGE,
        handle=withdraw,
        button="item-off",
        is_offered=True,
    ),
    Command(
        name="agenda raise",
        request=RaiseItem,
        permission=Permission.MEETING_CHANGE,
        handle=raise_item,
        button="item-up",
        is_offered=True,
    ),
)
