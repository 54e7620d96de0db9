"""What happens when an office is given or ended, and who holds which?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governor.domain import offices as domain
from governor.domain.members import Member, Office
from governor.domain.offices import Mandate
from governor.domain.permissions import Permission
from governor.errors import NotFound
from governor.ports import Card, Reply, Row
from governor.services.appointing import appoint
from governor.services.commands import Caller, Command
from governor.store import decisions, offices
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act, Party
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOffice:
    """Have the ``person`` hold ``office``, by the ``decision`` of that number if one is named."""

    person: Party
    office: Office
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOffice:
    """Have the ``person`` hold ``office`` no more, by the ``decision`` of that number if one is named."""

    person: Party
    office: Office
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOffices:
    """Show who holds which office now, or held it ``on`` a day."""

    on: date | None = None


def give(request: GiveOffice, caller: Caller, work: UnitOfWork) -> Reply:
    """Give the office, and show who holds which now."""
    person = _person(request.person, caller)
    event = domain.give_office(person, request.office, decision=_decision(request.decision, work))
    work.record(event, by=caller.member.id)
    appoint(person, work)
    return _told("office-given", person, request.office, caller, work)


def end(request: EndOffice, caller: Caller, work: UnitOfWork) -> Reply:
    """End the office, and show who holds which now."""
    person = _person(request.person, caller)
    event = domain.end_office(
        person,
        request.office,
        secretaries=[one.id for one in caller.roster.holding(Office.SECRETARY) if work.has_key(one.id)],
        decision=_decision(request.decision, work),
    )
    work.record(event, by=caller.member.id)
    appoint(person, work)
    return _told("office-ended", person, request.office, caller, work)


def show(request: ListOffices, caller: Caller, work: UnitOfWork) -> Reply:
    """Return who holds which office since when, or who held it on a day."""
    if request.on is None:
        return Reply(language=caller.language, cards=(_card(offices.now(work.connection), caller),))
    zone = ZoneInfo(caller.organisation.zone)
    midnight = datetime.combine(request.on, time(), zone)
    held = offices.between(work.connection, midnight, midnight + timedelta(days=1))
    return Reply(language=caller.language, cards=(_card(held, caller, request.on),))


def mandate_rows(mandates: Sequence[Mandate], caller: Caller, *, is_named: bool) -> Iterator[Row]:
    """Yield a row for each of *mandates*: its office, since when, until when; and, where it *is_named*, whose it is."""
    names = {one.number: one.name for one in caller.roster}
    zone = ZoneInfo(caller.organisation.zone)
    for one in mandates:
        ended = None if one.until is None else one.until.astimezone(zone).date()
        held: dict[str, object] = {"since": one.since.astimezone(zone).date(), "until": ended}
        term = phrase("word-since" if ended is None else "word-since-until", **held)
        if one.decision is not None:
            term = phrase("word-by-decision", term=term, number=one.decision)
        value = phrase("word-holder", name=names.get(one.number, "?"), term=term) if is_named else term
        yield Row(label=office_named(one.office), value=value)


def office_named(office: Office) -> Phrase:
    """Return what an office is called, as a label."""
    return phrase(f"label-office-{office.value}")


def _card(mandates: Sequence[Mandate], caller: Caller, on: date | None = None) -> Card:
    rows = tuple(mandate_rows(mandates, caller, is_named=True))
    vacant = tuple(office for office in Office if all(office is not one.office for one in mandates))
    empty = tuple(Row(label=office_named(office), value=phrase("word-vacant")) for office in vacant)
    title = phrase("card-offices") if on is None else phrase("card-offices-on", day=on)
    return Card(id="offices" if on is None else f"offices:{on}", title=title, rows=(*rows, *empty))


def _told(key: str, person: Member, office: Office, caller: Caller, work: UnitOfWork) -> Reply:
    line = phrase(key, name=person.name, office=phrase(f"holder-{office.value}"))
    return Reply(language=caller.language, lines=(line,), cards=(_card(offices.now(work.connection), caller),))


def _person(party: Party, caller: Caller) -> Member:
    person = caller.roster.get(party.member)
    if person is None:
        raise NotFound("person-unknown", said=party.said)
    return person


def _decision(number: str | None, work: UnitOfWork) -> str | None:
    if number is not None and decisions.find(work.connection, number) is None:
        raise NotFound("decision-unknown", number=number)
    return number


COMMANDS = (
    Command(
        name="office give", request=GiveOffice, permission=Permission.OFFICE_GIVE, handle=give, act=Act.GIVE_OFFICE
    ),
    Command(name="office end", request=EndOffice, permission=Permission.OFFICE_END, handle=end, act=Act.END_OFFICE),
    Command(
        name="office list",
        request=ListOffices,
        permission=Permission.OFFICE_READ,
        handle=show,
        act=Act.ASK_OFFICES,
        writes=False,
    ),
)
