"""What happens when a time for a meeting is looked for?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from governor.domain import availability, convening, date_polls
from governor.domain.availability import Past, Sought, Span
from governor.domain.convening import Plan
from governor.domain.date_polls import DatePoll
from governor.domain.decisions import next_number
from governor.domain.meetings import Meeting, PartStat
from governor.domain.members import MemberId
from governor.domain.permissions import Permission
from governor.errors import NotFound, OutOfOrder
from governor.ports import Button, Card, Reply, Row
from governor.services.cards import names
from governor.services.commands import Caller, Command
from governor.services.meetings import deliver, in_zone, invited, shown
from governor.services.occurrences import number_for
from governor.services.proposals import DEFAULT_LENGTH
from governor.store import date_polls as kept
from governor.store import meetings
from governor.store.standing_rules import rules_now
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Period, Reading
from governor.values import dataclass
from governor.wording.catalogue import text
from governor.wording.phrase import phrase

AHEAD = timedelta(days=14)
"""How far ahead a time is looked for where nobody says when."""

LONGEST_SEARCH = timedelta(days=62)
"""How long a stretch is searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTime:
    """Look for a time, and ask those who are to come. ``busy`` is what calendars outside say of them."""

    reading: Reading
    busy: Mapping[MemberId, Sequence[Span]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkTime:
    """Say that the ``slot`` of the poll suits, or does no more."""

    number: str
    slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleTime:
    """Close the poll ``number``, or the only open one, and call the meeting at the time that suits most."""

    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPoll:
    """Close the poll ``number``, or the only open one, without a meeting."""

    number: str | None = None


def ask_outside(request: FindTime, caller: Caller, work: UnitOfWork) -> FindTime:
    """Return the *request* with what calendars outside say of those who are to come."""
    sought = _sought(request.reading, caller, work)
    people = {member.id: member.email for member in caller.roster if member.id in _people(request.reading, caller)}
    addresses = [email for email in people.values() if email is not None]
    found = caller.premises.busy(addresses, sought.since, sought.until) if addresses else {}
    busy = {member: found.get(email.casefold(), ()) for member, email in people.items() if email is not None}
    return replace(request, busy=busy)


def find(request: FindTime, caller: Caller, work: UnitOfWork) -> Reply:
    """Open a poll on the times that are worth asking about, and show it.

    Raises:
        OutOfOrder: there is no such time.
    """
    people = _people(request.reading, caller)
    sought = _sought(request.reading, caller, work)
    busy = {member: list((request.busy or {}).get(member, ())) for member in people}
    for member, span in _engaged(work, people, sought):
        busy[member].append(span)
    past = [Past(start=start, came=partstat is PartStat.ACCEPTED) for start, partstat in _answers(work, people)]
    slots = availability.proposed(sought, busy, past, at=work.at, most=date_polls.MOST)
    year = work.at.astimezone(ZoneInfo(caller.organisation.zone)).year
    number = next_number(year, kept.count(work.connection, year))
    plan = Plan(
        summary=request.reading.text_of("summary") or text(caller.language, "word-meeting-title"),
        dtstart=sought.since,
        zone=sought.zone,
        duration=sought.duration,
        location=request.reading.text_of("location"),
        agenda=request.reading.text_of("agenda"),
        conference=request.reading.text_of("conference"),
        invited=people,
    )
    work.record(date_polls.open_poll(plan, slots, number=number), by=caller.member.id)
    line = phrase("date-poll-opened", summary=plan.summary, people=names(caller.roster, people))
    return Reply(language=caller.language, lines=(line,), cards=(_card(_poll(number, work), caller),))


def mark(request: MarkTime, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter what suits the caller, and show how the poll stands."""
    poll = _poll(request.number, work)
    event = date_polls.mark(poll, request.slot, by=caller.member.id)
    work.record(event, by=caller.member.id)
    key = "date-poll-suits" if event.suits else "date-poll-suits-not"
    line = phrase(key, name=caller.member.name, start=poll.slots[request.slot])
    return Reply(language=caller.language, lines=(line,), cards=(_card(_poll(request.number, work), caller),))


def settle(request: SettleTime, caller: Caller, work: UnitOfWork) -> Reply:
    """Call the meeting at the time that suits most; whoever closes the poll calls it, and so chairs it."""
    poll = _poll(request.number, work)
    start = poll.slots[date_polls.best(poll, at=work.at)]
    number = number_for(work)
    plan = Plan(
        summary=poll.summary,
        dtstart=start,
        zone=poll.zone,
        duration=poll.duration,
        location=poll.location,
        agenda=poll.agenda,
        conference=poll.conference,
        invited=tuple(dict.fromkeys((caller.member.id, *poll.invited))),
    )
    work.record(date_polls.close(poll, meeting=number), by=caller.member.id)
    work.record(convening.call_meeting(plan, number=number, uid=work.uid(), at=work.at), by=caller.member.id)
    return shown(deliver(number, work, caller), "meeting-called", caller, work)


def drop(request: DropPoll, caller: Caller, work: UnitOfWork) -> Reply:
    """Close the poll; nothing is called."""
    poll = _poll(request.number, work)
    work.record(date_polls.close(poll, meeting=None), by=caller.member.id)
    return Reply(language=caller.language, lines=(phrase("date-poll-dropped", summary=poll.summary),))


def _people(reading: Reading, caller: Caller) -> tuple[MemberId, ...]:
    """Return who is asked: those named, else everybody on the roll; the caller first."""
    people = tuple(dict.fromkeys((caller.member.id, *invited(reading, caller.roster))))
    return people if len(people) > 1 else (*people, *(one.id for one in caller.roster if one.id not in people))


def _sought(reading: Reading, caller: Caller, work: UnitOfWork) -> Sought:
    period = reading.get("period")
    since, until = (period.since, period.until) if isinstance(period, Period) else (caller.at, caller.at + AHEAD)
    since, clock = max(since, caller.at), reading.get("clock")
    return Sought(
        since=in_zone(since, caller.zone),
        until=min(until, since + LONGEST_SEARCH),
        zone=caller.zone,
        duration=reading.duration or DEFAULT_LENGTH,
        clock=clock if isinstance(clock, time) else None,
        notice=rules_now(work.connection, caller.premises.rules).notice,
    )


def _engaged(work: UnitOfWork, people: Sequence[MemberId], sought: Sought) -> Iterator[tuple[MemberId, Span]]:
    """Yield when each of *people* has a meeting here that they did not decline."""
    for meeting in meetings.starting(work.connection, sought.since, sought.until):
        spans = list(_spans(meeting, sought))
        for attendee in meeting.attendees:
            if attendee.member in people and attendee.partstat is not PartStat.DECLINED:
                for span in spans:
                    yield attendee.member, span


def _spans(meeting: Meeting, sought: Sought) -> Iterator[Span]:
    for start in takewhile(lambda start: start < sought.until, meeting.starts()):
        if meeting.end_of(start) > sought.since:
            yield start, meeting.end_of(start)


def _answers(work: UnitOfWork, people: Sequence[MemberId]) -> list[tuple[datetime, PartStat]]:
    return meetings.answered(work.connection, people, before=work.at)


def _poll(number: str | None, work: UnitOfWork) -> DatePoll:
    number = number or _only_open(work)
    poll = kept.find(work.connection, number)
    if poll is None:
        raise NotFound("button-unknown")
    return poll


def _only_open(work: UnitOfWork) -> str:
    waiting = kept.waiting(work.connection)
    if len(waiting) == 1:
        return waiting[0][0]
    polls = tuple(phrase("button-open", number=number, summary=summary) for number, summary in waiting)
    raise OutOfOrder("date-poll-which", polls=polls) if polls else NotFound("date-poll-none")


def _card(poll: DatePoll, caller: Caller) -> Card:
    """Return the card of the *poll*: whom each time suits, and a button for each."""
    marked: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for slot in range(len(poll.slots)):
        marked[slot] = names(caller.roster, poll.whom(slot))
    rows = tuple(
        Row(
            label=phrase("word-value", value=start),
            value=phrase("date-poll-row", count=len(marked[slot]), of=len(poll.invited), people=marked[slot])
            if marked[slot]
            else phrase("date-poll-row-none", of=len(poll.invited)),
        )
        for slot, start in enumerate(poll.slots)
    )
    marks = tuple(
        Button(token=f"suits:{poll.number}:{slot}", label=phrase("button-suits", start=start))
        for slot, start in enumerate(poll.slots)
    )
    return Card(
        id=f"date-poll:{poll.number}",
        title=phrase("card-date-poll", summary=poll.summary),
        rows=rows,
        buttons=(
            *marks,
            Button(token=f"settle:{poll.number}", label=phrase("button-settle")),
            Button(token=f"unpoll:{poll.number}", label=phrase("button-unpoll")),
        ),
    )


COMMANDS = (
    Command(
        name="meeting find",
        request=FindTime,
        permission=Permission.MEETING_CALL,
        handle=find,
        prepare=ask_outside,
        act=Act.FIND_TIME,
    ),
    Command(name="date-poll mark", request=MarkTime, permission=Permission.DATE_POLL_MARK, handle=mark, button="suits"),
    Command(
        name="date-poll settle",
        request=SettleTime,
        permission=Permission.MEETING_CALL,
        handle=settle,
        button="settle",
        is_offered=True,
    ),
    Command(
        name="date-poll drop",
        request=DropPoll,
        permission=Permission.MEETING_CALL,
        handle=drop,
        button="unpoll",
        is_offered=True,
    ),
)
