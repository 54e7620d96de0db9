"""What is a meeting to be by a sentence, who is told of it, and how is it shown?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from governor.domain import series as serial
from governor.domain.convening import Plan
from governor.domain.meetings import Meeting
from governor.domain.members import MemberId, Route
from governor.domain.permissions import Permission
from governor.domain.recurrence import Recurrence
from governor.errors import NotFound
from governor.ports import Button, Card, Reply, Row
from governor.services.cards import meeting_card, names
from governor.services.commands import Caller, Command
from governor.services.invitations import recipients
from governor.services.meant import numbered
from governor.services.paging import Page, Way
from governor.services.ways import failing_since, invitation_for, latest
from governor.store import meetings
from governor.store.members import Roster
from governor.store.outbox import Tracked
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.read import Context
from governor.understanding.reading import Act, Party, Reading
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

PARTS = {
    "summary": "part-title",
    "dtstart": "part-time",
    "duration": "part-length",
    "recurrence": "part-time",
    "location": "part-place",
    "conference": "part-place",
    "agenda": "part-agenda",
    "invited": "part-people",
    "is_closed": "part-access",
}
"""The parts of a plan, and what each is called when it changes."""

MOST_CARDS, MOST_LISTED = 5, 10
"""Up to how many meetings to come each has a card of its own, and how many one page of the list of more has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMeetings:
    """Show the meetings to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMeeting:
    """Show the meeting of that ``number``."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPage:
    """Show the meetings to come to one side (``way``) of the one that begins at ``start`` (s since 1970)."""

    way: Way
    number: str
    start: int


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return the aware *moment* as the clocks of the IANA *zone* show it."""
    return moment.astimezone(ZoneInfo(zone))


def invited(reading: Reading, roster: Roster) -> tuple[MemberId, ...]:
    """Return the members of *roster* whom a sentence invites, by name, handle or address.

    Raises:
        NotFound: it invites somebody who is not on the roll.
    """
    return _named_in(reading, "attendees", roster)


def _named_in(reading: Reading, slot: str, roster: Roster) -> tuple[MemberId, ...]:
    parties = reading.get(slot)
    named = [party for party in parties if isinstance(party, Party)] if isinstance(parties, tuple) else []
    return tuple(member_of(party, roster) for party in named)


def member_of(party: Party, roster: Roster) -> MemberId:
    """Return whom *party* names.

    Raises:
        NotFound: nobody on *roster*.
    """
    known = (one.id for one in roster if party.email and one.email and one.email.casefold() == party.email.casefold())
    member = party.member or next(known, None)
    if member is None:
        raise NotFound("person-unknown", said=party.said)
    return member


def amended(plan: Plan, reading: Reading, roster: Roster) -> Plan:
    """Return *plan* with everything that *reading* says in its place; people are looked up on *roster*."""
    zone = reading.text_of("zone") or plan.zone
    start = in_zone((reading.dtstart or plan.dtstart) + (reading.shift or timedelta()), zone)
    people = dict.fromkeys((*plan.invited, *invited(reading, roster)))
    removed = _named_in(reading, "removed", roster)
    moved = serial.moved_to(plan, start, zone)
    return replace(
        moved,
        summary=reading.text_of("summary") or plan.summary,
        duration=reading.duration or plan.duration,
        location=reading.text_of("location") or plan.location,
        conference=reading.text_of("conference") or plan.conference,
        agenda=reading.text_of("agenda") or plan.agenda,
        invited=tuple(member for member in people if member not in removed),
        recurrence=repeat_of(reading) or moved.recurrence,
        is_open_ended=plan.is_open_ended and reading.duration is None,
        is_closed=bool(reading.said["closed"].value) if "closed" in reading.said else plan.is_closed,
    )


def repeat_of(reading: Reading) -> Recurrence | None:
    """Return how a meeting is to repeat, if a sentence says so."""
    rule = reading.text_of("rrule")
    if rule is None:
        return None
    exdates, rdates = (_moments(reading.get(slot)) for slot in ("exdates", "rdates"))
    return Recurrence(rrule=rule, exdates=exdates, rdates=rdates)


def _moments(value: object) -> tuple[datetime, ...]:
    return tuple(one for one in value if isinstance(one, datetime)) if isinstance(value, tuple) else ()


def changes_of(before: Plan, after: Plan) -> tuple[Phrase, ...]:
    """Return the names of the parts in which two plans differ."""
    labels = (label for part, label in PARTS.items() if getattr(before, part) != getattr(after, part))
    return tuple(phrase(label) for label in dict.fromkeys(labels))


def show(_: ShowMeetings, caller: Caller, work: UnitOfWork) -> Reply:
    """Return a card for each meeting to come, the next one first; of many, a list to choose from."""
    coming = meetings.coming(work.connection, work.at)
    if not coming:
        return Reply(language=caller.language, lines=(phrase("no-meetings"),))
    if len(coming) > MOST_CARDS:
        return Reply(language=caller.language, cards=(_list(coming, 0, caller, work),))
    cards = tuple(meeting_card(one, caller.roster, work.deliveries, at=work.at) for one in coming)
    return Reply(language=caller.language, cards=cards)


def open_card(request: ShowMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card of one meeting, for who asks."""
    meeting = numbered(request.number, work)
    card = meeting_card(meeting, caller.roster, work.deliveries, at=work.at)
    return Reply(language=caller.language, cards=(card,), is_private=True)


def turn_page(request: TurnPage, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the next page of the list, or the one before."""
    coming = meetings.coming(work.connection, work.at)
    edge = (request.start, request.number)
    before = [one for one in coming if _place(one, work) < edge]
    after = sum(_place(one, work) <= edge for one in coming)
    first = max(0, len(before) - MOST_LISTED) if request.way is Way.BACK else after
    return Reply(language=caller.language, cards=(_list(coming, first, caller, work),))


def _place(meeting: Meeting, work: UnitOfWork) -> tuple[int, str]:
    start = meeting.next_start(at=work.at) or meeting.dtstart
    return int(start.timestamp()), meeting.number


def _list(coming: Sequence[Meeting], first: int, caller: Caller, work: UnitOfWork) -> Card:
    """Return the list of the meetings that are *coming*, from the *first* on, with a button that opens each."""
    shown = coming[first : first + MOST_LISTED]
    page = Page(shown=shown, before=first, count=len(coming))
    edges = [f"{one.number}:{_place(one, work)[0]}" for one in (*shown[:1], *shown[-1:])] or [":0", ":0"]
    return Card(
        id=f"meetings:{caller.call.id}",
        is_passing=True,
        title=page.title(phrase("word-meetings-to-come")),
        rows=tuple(_row(one, work) for one in shown),
        buttons=(
            *(
                Button(
                    token=f"meeting:{one.number}",
                    label=phrase("button-open", number=one.number, summary=one.summary),
                )
                for one in shown
            ),
            *page.buttons(
                (f"meetings:{Way.BACK.value}:{edges[0]}", phrase("button-earlier")),
                (f"meetings:{Way.ON.value}:{edges[1]}", phrase("button-later")),
            ),
        ),
    )


def _row(meeting: Meeting, work: UnitOfWork) -> Row:
    start = (meeting.next_start(at=work.at) or meeting.dtstart).astimezone(meeting.dtstart.tzinfo)
    label = phrase("button-open", number=meeting.number, summary=meeting.summary)
    return Row(label=label, value=phrase("word-value", value=start_of(meeting, start)))


def context_of(caller: Caller, dtstart: datetime | None = None, duration: timedelta | None = None) -> Context:
    """Return what the reader may know besides the words: the moment, the zone, the roll, the meeting spoken of."""
    return Context(
        at=caller.at.astimezone(ZoneInfo(caller.zone)),
        zone=caller.zone,
        language=caller.language,
        roster=tuple(one for one in caller.roster if not one.is_erased),
        dtstart=dtstart,
        duration=duration,
    )


def deliver(number: str, work: UnitOfWork, caller: Caller, removed: tuple[MemberId, ...] = ()) -> Meeting:
    """Have the meeting as it stands now sent to whom it concerns, those *removed* just now too; return it."""
    meeting = numbered(number, work)
    earlier = deliveries_of(meeting, work)
    for member in recipients(meeting, removed):
        person = caller.roster.get(member)
        wanted = None if person is None else invitation_for(person, meeting, earlier, caller.premises.ways)
        if wanted is not None:
            work.enqueue(wanted, failing_since=failing_since(member, earlier))
    return meeting


def deliveries_of(meeting: Meeting, work: UnitOfWork) -> tuple[Tracked, ...]:
    """Return how *meeting* and what it is part of were sent: itself at last, so that it goes on as it was sent."""
    others = (one.number for one in meetings.whole(work.connection, meeting.number) if one.number != meeting.number)
    return tuple(one for number in (*others, meeting.number) for one in work.deliveries(number))


def shown(
    meeting: Meeting,
    key: str,
    caller: Caller,
    work: UnitOfWork,
    *,
    removed: tuple[MemberId, ...] = (),
    **more: object,
) -> Reply:
    """Return the reply that says what was done (*key*, filled by *more*), whom it is sent, and the meeting's card.

    *removed* are those who are expected no more since just now.
    """
    people = tuple(attendee.member for attendee in meeting.attendees)
    line = phrase(
        key,
        number=meeting.number,
        summary=meeting.summary,
        start=start_of(meeting),
        people=names(caller.roster, people),
        **more,
    )
    card = meeting_card(meeting, caller.roster, work.deliveries, at=work.at)
    return Reply(language=caller.language, lines=(line, *_told(meeting, removed, caller, work)), cards=(card,))


def _told(meeting: Meeting, removed: tuple[MemberId, ...], caller: Caller, work: UnitOfWork) -> tuple[Phrase, ...]:
    """Return who is told by which way, of those whom the meeting is sent as it stands and who are on the roll still."""
    ways = {member: one.effect.way or Route.MAIL for member, one in latest(work.deliveries(meeting.number)).items()}
    told: dict[str, list[str]] = {route.value: [] for route in Route}
    for member in recipients(meeting, removed):
        person = caller.roster.get(member)
        if person is not None:
            told[ways.get(member, Route.CHAT)].append(person.name)
    return tuple(phrase(f"told-by-{route}", people=tuple(names)) for route, names in told.items() if names)


COMMANDS = (
    Command(
        name="meeting list",
        request=ShowMeetings,
        permission=Permission.MEETING_READ,
        handle=show,
        act=Act.ASK_MEETINGS,
        writes=False,
        is_brief=True,
    ),
    Command(
        name="meeting show",
        request=ShowMeeting,
        permission=Permission.MEETING_READ,
        handle=open_card,
        button="meeting",
        act=Act.ASK_MEETING,
        is_private=True,
        writes=False,
        is_brief=True,
    ),
    Command(
        name="meeting page",
        request=TurnPage,
        permission=Permission.MEETING_READ,
        handle=turn_page,
        button="meetings",
        writes=False,
        is_brief=True,
    ),
)
