"""What happens when a decision is recorded, listed or proved?"""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from governor.domain.decisions import Decision, check_due, next_number, record_decision
from governor.domain.meetings import Meeting
from governor.domain.permissions import Permission
from governor.errors import NotFound
from governor.ports import Card, Reply
from governor.services.cards import decision_card
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_found
from governor.services.sources import quoting, source_rows
from governor.store import decisions, meetings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Party, Period
from governor.wording.phrase import phrase

MOST_SHOWN = 50
"""How many decisions one reply shows, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecision:
    """Enter a decision: its ``text``, who follows it up, by when."""

    text: str
    owner: Party | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDecisions:
    """Show the decisions of a ``period`` (none: of all time)."""

    period: Period | None = None


def record(request: RecordDecision, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter a decision under the next number of the year, into the meeting that is spoken of if there is one."""
    owner = request.owner
    if owner is not None and owner.member is None:
        raise NotFound("person-unknown", said=owner.said)
    today = work.at.astimezone(ZoneInfo(caller.organisation.zone)).date()
    check_due(request.due, today=today)
    year = today.year
    meeting = meeting_found(Act.DECIDE, caller, work)
    event = record_decision(
        number=next_number(year, decisions.count(work.connection, year)),
        text=request.text,
        owner=None if owner is None else owner.member,
        due=request.due,
        meeting=None if meeting is None else meeting.number,
    )
    work.record(quoting(event, caller), by=caller.member.id)
    recorded = decisions.find(work.connection, event.number)
    cards = () if recorded is None else (_card(recorded, meeting, caller, work),)
    lines = [phrase("decision-recorded", number=event.number)]
    if meeting is not None:
        where = {"meeting": meeting.number, "summary": meeting.summary, "start": meeting.dtstart}
        lines.append(phrase("decision-belongs", **where))
    return Reply(language=caller.language, lines=tuple(lines), cards=cards)


def list_decisions(request: ListDecisions, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the newest of the decisions found, how many more there are, and how many were looked at."""
    since, until = (None, None) if request.period is None else (request.period.since, request.period.until)
    answer = decisions.between(work.connection, since, until, MOST_SHOWN)
    shown = len(answer.decisions)
    found = phrase("decisions-found", count=answer.found, looked_at=answer.looked_at)
    if answer.found > shown:
        more = {"count": answer.found, "looked_at": answer.looked_at, "shown": shown, "more": answer.found - shown}
        found = phrase("decisions-found-more", **more)
    cards = tuple(_card(decision, _meeting(decision.meeting, work), caller, work) for decision in answer.decisions)
    return Reply(language=caller.language, lines=(found,), cards=cards)


def _card(decision: Decision, meeting: Meeting | None, caller: Caller, work: UnitOfWork) -> Card:
    card = decision_card(decision, caller.roster, meeting)
    return replace(card, rows=(*card.rows, *source_rows(decision.source, caller, work)))


def _meeting(number: str | None, work: UnitOfWork) -> Meeting | None:
    return None if number is None else meetings.find(work.connection, number)


COMMANDS = (
    Command(
        name="decision record",
        request=RecordDecision,
        permission=Permission.DECISION_RECORD,
        handle=record,
        act=Act.DECIDE,
    ),
    Command(
        name="decision list",
        request=ListDecisions,
        permission=Permission.DECISION_READ,
        handle=list_decisions,
        act=Act.ASK_DECISIONS,
        writes=False,
    ),
)
