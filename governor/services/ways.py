"""By which way is each attendee invited? One way for each, kept for as long as the meeting is."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from governor.domain.events import RouteChosen
from governor.domain.meetings import Meeting
from governor.domain.members import Member, MemberId, Route, next_route, route_of
from governor.domain.permissions import Permission, is_permitted
from governor.errors import NotFound, NotPermitted, Unavailable
from governor.ports import Button, Card, Reply, Row
from governor.services.commands import Caller, Command
from governor.services.meant import numbered
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect, Tracked
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.reading import Party
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import Phrase, phrase

INVITATION = "invitation"
"""The recorded kind of the effect that makes one attendee's calendar show a meeting as it stands."""

AGAIN = "again"
"""The recorded kind of the effect that sends an attendee a copy of what they were sent last: they asked for it."""

INVITING = frozenset({INVITATION, AGAIN})

WITHDRAWAL = "withdrawal"
"""The recorded kind of the effect that takes off a shared event who is told another way."""

WAY_LOST = "way-lost"
"""The recorded kind of the effect that tells the organisation that a way is closed until somebody does something."""

PATIENCE = timedelta(hours=1)
"""How long a way may fail before its guests are told another way."""

MOST = 20
"""How many people a card may change the way of; with more, everybody changes their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRoutes:
    """Show by which way the attendees of the meeting ``number`` are invited, to change it."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRoute:
    """Have the member ``number``, the ``person``, or the caller invited by ``route`` from the next meeting on."""

    number: int | None = None
    route: Route
    person: Party | None = None


def invitation_for(person: Member, meeting: Meeting, earlier: Sequence[Tracked], ways: Sequence[str]) -> Effect | None:
    """Return the effect that tells *person* of *meeting* as it stands; ``None``: they are told in the chat only.

    Of the *earlier* effects about it, and about what it is part of, theirs decide: who was told one way goes on by it,
    and nobody is told by two. A way that was given up before is not gone back to. ``route_of`` decides at first, of
    *ways* that are open.
    """
    before = _given_up(person.id, earlier) or latest(earlier).get(person.id)
    if before is not None:
        way, payload = before.effect.way, before.effect.payload
    else:
        route = route_of(person, ways)
        if route is Route.CHAT:
            return None
        way, payload = route.value, None
    return Effect(
        kind=INVITATION,
        subject=meeting.number,
        target=person.id,
        generation=meeting.revision,
        way=way,
        payload=payload,
    )


def _given_up(person: MemberId, earlier: Iterable[Tracked]) -> Tracked | None:
    """Return an invitation of *person* among the *earlier* that was rerouted, or came after one."""
    theirs = (one for one in earlier if one.effect.kind == INVITATION and one.effect.target == person)
    return next((one for one in theirs if uid_kept(one.effect) is not None), None)


def latest(deliveries: Iterable[Tracked]) -> dict[MemberId, Tracked]:
    """Return each attendee's newest invitation among *deliveries* (oldest generation first)."""
    return {MemberId(one.effect.target): one for one in deliveries if one.effect.kind == INVITATION}


def failing_since(person: MemberId, earlier: Iterable[Tracked]) -> datetime | None:
    """Return since when the way of *person* fails, as the *earlier* effects tell: a newer revision waits no longer."""
    before = latest(earlier).get(person)
    return None if before is None else before.failing_since


def by_other_uid(uid: str) -> str:
    """Return the payload of an invitation that keeps the UID of the way that it was rerouted from."""
    return json.dumps({"uid": uid})


def uid_kept(effect: Effect) -> str | None:
    """Return the UID that *effect* was rerouted with; ``None``: it was not."""
    return None if effect.payload is None else str(json.loads(effect.payload)["uid"])


def withdrawal(rerouted: Tracked) -> Effect:
    """Return what takes the attendee of *rerouted* off the event of the way that it had."""
    effect = rerouted.effect
    return Effect(
        kind=WITHDRAWAL, subject=effect.subject, target=effect.target, generation=effect.generation, way=effect.way
    )


def lost(way: str, error: Unavailable, language: str) -> Effect:
    """Return the telling that *way* is closed for *error*: one for each connection, however often it is met."""
    connected = datetime.fromisoformat(str(error.values.get("connected", "1970-01-01T00:00:00+00:00")))
    reason = say(phrase(error.key, **error.values), language)
    payload = json.dumps({"reason": reason}, ensure_ascii=False)
    return Effect(kind=WAY_LOST, subject=way, target="", generation=int(connected.timestamp()), payload=payload)


def tell_lost(record: Record, way: str, error: Unavailable, at: datetime) -> None:
    """Tell the organisation, once for each connection, that *way* is closed for *error*.

    Raises:
        Unavailable: it cannot be written now.
    """
    with record.database.write() as connection:
        organisation = organisation_of(connection)
        language = LANGUAGES[0] if organisation is None else organisation.language
        record.outbox.enqueue(connection, lost(way, error, language), at=at)


def lost_post(effect: Effect, language: str) -> Reply:
    """Return what the *effect* made by ``lost`` says."""
    reason = json.loads(effect.payload or "{}")["reason"]
    return Reply(language=language, lines=(phrase("word-value", value=reason),), refused=True)


def show(request: ShowRoutes, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card on which the ways of a meeting's attendees are changed."""
    meeting = numbered(request.number, work)
    people = [found for one in meeting.attendees if (found := caller.roster.get(one.member)) is not None]
    return Reply(language=caller.language, cards=(_card(people, meeting.number, caller),), is_private=True)


def choose(request: ChooseRoute, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter by which way a member is invited from now on: they themselves may choose, and who enrols members.

    Raises:
        NotFound: there is no such member.
        NotPermitted: the caller may choose for nobody else.
    """
    person = caller.member if request.number is None else None
    for one in caller.roster:
        if one.number == request.number or (request.person is not None and one.id == request.person.member):
            person = one
    if person is None:
        raise NotFound("button-unknown")
    if person.id != caller.member.id and not is_permitted(caller.member.offices, Permission.MEMBER_ENROL):
        raise NotPermitted("route-of-others")
    work.record(RouteChosen(member=person.id, number=person.number, route=request.route), by=caller.member.id)
    line = phrase("route-chosen", name=person.name, route=route_name(request.route))
    return Reply(language=caller.language, lines=(line,))


def route_name(route: Route) -> Phrase:
    """Return what *route* is called."""
    return phrase(f"way-{route.value}")


def _card(people: Sequence[Member], number: str, caller: Caller) -> Card:
    may_all = is_permitted(caller.member.offices, Permission.MEMBER_ENROL) and len(people) <= MOST
    changeable = [one for one in people if may_all or one.id == caller.member.id]
    offers = [(one, next_route(one, caller.premises.ways)) for one in changeable]
    return Card(
        id=f"routes:{number}",
        title=phrase("card-routes", number=number),
        rows=tuple(Row(label=phrase("word-value", value=one.name), value=_told(one, caller)) for one in people),
        buttons=tuple(
            Button(
                token=f"route:{one.number}:{route.value}",
                label=phrase("button-route", name=one.name, route=route_name(route)),
            )
            for one, route in offers
            if route is not route_of(one, caller.premises.ways)
        ),
    )


def _told(person: Member, caller: Caller) -> Phrase:
    """Return the way of *person*; to who may know it, with the address that would be theirs once it is confirmed."""
    route = route_name(route_of(person, caller.premises.ways))
    may_know = person.id == caller.member.id or is_permitted(caller.member.offices, Permission.MEMBER_ENROL)
    if person.unconfirmed is None or not may_know:
        return route
    return phrase("route-unconfirmed", route=route, email=person.unconfirmed)


COMMANDS = (
    Command(
        name="meeting routes",
        request=ShowRoutes,
        permission=Permission.MEETING_READ,
        handle=show,
        button="routes",
        is_offered=True,
        is_private=True,
        writes=False,
    ),
    Command(
        name="member route",
        request=ChooseRoute,
        permission=Permission.MEMBER_ROUTE,
        handle=choose,
        button="route",
        is_offered=True,
    ),
)
