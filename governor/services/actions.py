"""What happens when an action is recorded, listed or done?"""

from datetime import date
from zoneinfo import ZoneInfo

from governor.domain.actions import Action, finish, record_action
from governor.domain.decisions import check_due, next_number
from governor.domain.permissions import Permission, is_permitted
from governor.errors import NotFound, NotPermitted
from governor.ports import Button, Card, Reply, Row
from governor.services.cards import names
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_found
from governor.services.sources import quoting, source_rows
from governor.store import actions, meetings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Party
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

MOST_SHOWN = 20
"""How many actions one reply shows, what is due first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAction:
    """Enter an action: its ``text``, who does it, by when."""

    text: str
    owner: Party | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListActions:
    """Show what is not done yet, of everybody or of the ``person``."""

    person: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAction:
    """Note that the action of that ``number`` is done."""

    number: str


def record(request: RecordAction, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter an action under the next number of the year, into the meeting that is spoken of if there is one."""
    owner = request.owner
    if owner is not None and owner.member is None:
        raise NotFound("person-unknown", said=owner.said)
    today = _today(caller, work)
    check_due(request.due, today=today)
    meeting = meeting_found(Act.ACTION, caller, work)
    event = record_action(
        number=next_number(today.year, actions.count(work.connection, today.year)),
        text=request.text,
        owner=None if owner is None else owner.member,
        due=request.due,
        meeting=None if meeting is None else meeting.number,
    )
    work.record(quoting(event, caller), by=caller.member.id)
    return _shown("action-recorded", event.number, caller, work)


def show(request: ListActions, caller: Caller, work: UnitOfWork) -> Reply:
    """Return what is not done yet, and how much of it is overdue."""
    wanted = request.person
    if wanted is not None and wanted.member is None:
        raise NotFound("person-unknown", said=wanted.said)
    found = [one for one in actions.undone(work.connection) if wanted is None or one.owner == wanted.member]
    late = sum(one.is_overdue(today=_today(caller, work)) for one in found)
    line = phrase("actions-found", count=len(found), late=late)
    if len(found) > MOST_SHOWN:
        line = phrase("actions-found-more", count=len(found), late=late, shown=MOST_SHOWN)
    cards = tuple(_card(one, caller, work) for one in found[:MOST_SHOWN])
    return Reply(language=caller.language, lines=(line,), cards=cards)


def done(request: FinishAction, caller: Caller, work: UnitOfWork) -> Reply:
    """Note that it is done: its owner may, and who records actions."""
    action = actions.find(work.connection, request.number)
    if action is None:
        raise NotFound("action-unknown", number=request.number)
    if action.owner != caller.member.id and not is_permitted(caller.member.offices, Permission.ACTION_RECORD):
        key = "action-of-nobody" if action.owner is None else "action-of-others"
        raise NotPermitted(key, number=action.number)
    work.record(finish(action), by=caller.member.id)
    return _shown("action-done", action.number, caller, work)


def state_of(action: Action, today: date) -> Phrase:
    """Return how far *action* is, *today*."""
    if action.done_at is not None:
        return phrase("action-state-done")
    return phrase("action-state-overdue" if action.is_overdue(today=today) else "action-state-open")


def _shown(key: str, number: str, caller: Caller, work: UnitOfWork) -> Reply:
    action = actions.find(work.connection, number)
    cards = () if action is None else (_card(action, caller, work),)
    return Reply(language=caller.language, lines=(phrase(key, number=number),), cards=cards)


def _card(action: Action, caller: Caller, work: UnitOfWork) -> Card:
    none = phrase("word-none")
    owner = none if action.owner is None else phrase("word-value", value=names(caller.roster, (action.owner,))[0])
    meeting = None if action.meeting is None else meetings.find(work.connection, action.meeting)
    held = none
    if meeting is not None:
        held = phrase("word-meeting", number=meeting.number, summary=meeting.summary, start=start_of(meeting))
    rows = (
        ("label-text", phrase("word-value", value=action.text)),
        ("label-owner", owner),
        ("label-due", none if action.due is None else phrase("word-value", value=action.due)),
        ("label-meeting", held),
        ("label-state", state_of(action, _today(caller, work))),
    )
    done_button = Button(token=f"done:{action.number}", label=phrase("button-done"))
    return Card(
        id=f"action:{action.number}",
        title=phrase("card-action", number=action.number),
        rows=(
            *(Row(label=phrase(label), value=value) for label, value in rows),
            *source_rows(action.source, caller, work),
        ),
        buttons=() if action.done_at is not None else (done_button,),
    )


def _today(caller: Caller, work: UnitOfWork) -> date:
    return work.at.astimezone(ZoneInfo(caller.organisation.zone)).date()


COMMANDS = (
    Command(
        name="action record",
        request=RecordAction,
        permission=Permission.ACTION_RECORD,
        handle=record,
        act=Act.ACTION,
    ),
    Command(
        name="action list",
        request=ListActions,
        permission=Permission.ACTION_READ,
        handle=show,
        act=Act.ASK_ACTIONS,
        writes=False,
    ),
    Command(
        name="action done",
        request=FinishAction,
        permission=Permission.ACTION_DONE,
        handle=done,
        act=Act.FINISH_ACTION,
        button="done",
    ),
)
