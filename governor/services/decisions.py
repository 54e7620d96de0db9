"""What happens when a decision is recorded, listed or proved?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce
from itertools import accumulate
from zoneinfo import ZoneInfo

from governor.domain.decisions import Decision, check_due, next_number, record_decision
from governor.domain.meetings import Meeting
from governor.domain.permissions import Permission
from governor.errors import NotFound
from governor.ports import Card, Reply, Row
from governor.services.cards import decision_card, names
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_found
from governor.services.paging import Page, Way
from governor.services.sources import quoting, source_rows
from governor.store import decisions, meetings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Party, Period
from governor.values import dataclass
from governor.wording.phrase import phrase
from governor.wording.times import begins, start_of

MOST_SHOWN = 10
"""How many decisions one page shows."""

MOST_LETTERS = 2_500
"""How much text they have together, unless one alone has more."""

Within = tuple[datetime | None, datetime | None]
"""From an instant until just before another; ``None`` is open."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDecision:
    """Show the decision of that ``number``."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPage:
    """Show the decisions to one side (``way``) of the decision ``number``, of those between two instants.

    They are seconds since 1970; 0 is open.
    """

    way: Way
    number: str
    since: int = 0
    until: int = 0


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
        where = {"meeting": meeting.number, "summary": meeting.summary, "start": start_of(meeting)}
        lines.append(phrase("decision-belongs", **where))
    return Reply(language=caller.language, lines=tuple(lines), cards=cards)


def list_decisions(request: ListDecisions, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the newest of the decisions found, a way to the others, and how many were looked at."""
    period = request.period
    within: Within = (None, None) if period is None else (period.since, period.until)
    counts = decisions.counts(work.connection, *within)
    found = phrase("decisions-found", count=counts.found, looked_at=counts.looked_at)
    cards = (_page(within, None, counts.found, caller, work),) if counts.found else ()
    return Reply(language=caller.language, lines=(found,), cards=cards)


def show(request: ShowDecision, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card of one decision.

    Raises:
        NotFound: there is none of that number.
    """
    decision = decisions.find(work.connection, request.number)
    if decision is None:
        raise NotFound("decision-unknown", number=request.number)
    card = _card(decision, _meeting(decision.meeting, work), caller, work)
    return Reply(language=caller.language, cards=(card,))


def turn_page(request: TurnPage, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the next page, or the one before."""
    since, until = (
        datetime.fromtimestamp(one, UTC).astimezone(ZoneInfo(caller.zone)) if one else None
        for one in (request.since, request.until)
    )
    beside = (request.number, request.way is Way.BACK)
    count = decisions.counts(work.connection, since, until).found
    return Reply(language=caller.language, cards=(_page((since, until), beside, count, caller, work),))


def _card(decision: Decision, meeting: Meeting | None, caller: Caller, work: UnitOfWork) -> Card:
    card = decision_card(decision, caller.roster, meeting)
    return replace(card, rows=(*card.rows, *source_rows(decision.source, caller, work)))


def _page(within: Within, beside: tuple[str, bool] | None, count: int, caller: Caller, work: UnitOfWork) -> Card:
    found, newer = decisions.page(work.connection, within, MOST_SHOWN, beside)
    is_back = beside is not None and beside[1]
    shown = _fitting(tuple(reversed(found)) if is_back else found)
    page = Page(
        shown=tuple(reversed(shown)) if is_back else shown,
        before=newer + (len(found) - len(shown) if is_back else 0),
        count=count,
    )
    ends = ":".join(str(int(one.timestamp()) if one else 0) for one in within)
    of = meetings.named(work.connection, {one.meeting for one in page.shown if one.meeting is not None})
    first, last = (page.shown[0].number, page.shown[-1].number) if page.shown else ("", "")
    return Card(
        id=f"decisions:{caller.call.id}",
        is_passing=True,
        title=page.title(phrase("word-decisions")),
        rows=tuple(_row(one, of, caller) for one in page.shown),
        buttons=tuple(
            page.buttons(
                (f"decisions:{Way.BACK.value}:{first}:{ends}", phrase("button-newer")),
                (f"decisions:{Way.ON.value}:{last}:{ends}", phrase("button-older")),
            )
        ),
    )


def _fitting(found: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return as many of *found*, from the first on, as one page has room for."""
    letters = tuple(accumulate(len(one.text) for one in found))
    return tuple(one for at, one in enumerate(found) if at == 0 or letters[at] <= MOST_LETTERS)


def _row(decision: Decision, of: Mapping[str, meetings.Called], caller: Caller) -> Row:
    """Return what is told of a *decision*, with the meeting that it is *of*: what that is called and when it begins."""
    about = [phrase("word-value", value=decision.at.astimezone(ZoneInfo(caller.organisation.zone)).date())]
    if decision.owner is not None:
        about.append(phrase("about-owner", name=names(caller.roster, (decision.owner,))[0]))
    if decision.due is not None:
        about.append(phrase("about-due", due=decision.due))
    if decision.meeting is not None and decision.meeting in of:
        called = of[decision.meeting]
        start = begins(called.dtstart, is_all_day=called.is_all_day)
        about.append(phrase("word-meeting", number=decision.meeting, summary=called.summary, start=start))
    told = reduce(lambda before, one: phrase("about-also", before=before, about=one), about)
    value = phrase("row-decision", text=decision.text, about=told)
    return Row(label=phrase("card-decision", number=decision.number), value=value)


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
        is_brief=True,
    ),
    Command(
        name="decision show",
        request=ShowDecision,
        permission=Permission.DECISION_READ,
        handle=show,
        act=Act.ASK_DECISION,
        writes=False,
    ),
    Command(
        name="decision page",
        request=TurnPage,
        permission=Permission.DECISION_READ,
        handle=turn_page,
        button="decisions",
        writes=False,
        is_brief=True,
    ),
)
