"""Who is in a meeting, as far as can be heard? It is offered to who leads it, and noted by nobody but them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from governor.domain import deliberating
from governor.domain.meetings import Meeting, Status
from governor.domain.members import Member, MemberId
from governor.domain.permissions import Permission, is_permitted
from governor.errors import NotFound
from governor.ports import Button, Card, Reply, Row
from governor.services.attendance import PRESENCE as PRESENCE
from governor.services.attendance import attendance_card
from governor.services.commands import Caller, Command
from governor.services.meant import numbered
from governor.services.occurrences import noted
from governor.store import meetings, proceedings
from governor.store.database import Connection
from governor.store.forms import instant
from governor.store.members import Roster
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect
from governor.store.unit_of_work import Record, UnitOfWork
from governor.values import dataclass
from governor.wording.phrase import phrase

AFTER = timedelta(minutes=5)
"""How long after its start it is offered: who comes late has come by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePresent:
    """Note that the ``members`` (numbers, joined by hyphens) are in the ``meeting`` (a number)."""

    meeting: str
    members: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What may be offered of ``meeting`` to the accounts of ``recipients``, who has which of the ``accounts``."""

    meeting: Meeting
    language: str
    recipients: tuple[str, ...]
    accounts: dict[str, Member]
    present: frozenset[MemberId]

    @property
    def location(self) -> str | None:
        """Return where the meeting is held, as people said it."""
        return self.meeting.location

    def of(self, gathered: Sequence[Collection[str]]) -> Reply | None:
        """Return the card that offers to note who is *gathered*: of several rooms, where most of those invited are."""
        invited = {one.member for one in self.meeting.attendees}
        known = [[self.accounts[one] for one in room if one in self.accounts] for room in gathered]
        room = max(known, key=lambda people: sum(one.id in invited for one in people), default=[])
        people = sorted((one for one in room if one.id not in self.present), key=lambda one: one.number)
        if not any(one.id in invited for one in room) or not people:
            return None
        number = self.meeting.number
        names = phrase("word-value", value=tuple(one.name for one in people))
        token = f"present:{number}:{'-'.join(str(one.number) for one in people)}"
        card = Card(
            id=f"presence:{number}",
            title=phrase("card-presence", number=number, summary=self.meeting.summary),
            rows=(Row(label=phrase("label-heard"), value=names),),
            buttons=(Button(token=token, label=phrase("button-note-present", count=len(people))),),
        )
        return Reply(language=self.language, cards=(card,), is_private=True)


def ask(record: Record, at: datetime) -> int:
    """Enqueue the offers for the meetings that began a while ago, each once; return how many effects are new.

    Raises:
        Unavailable: the database cannot be used now.
    """
    with record.database.read() as connection:
        new = [one for one in _due(connection, at) if record.outbox.find(connection, one.id) is None]
    if new:
        with record.database.write() as connection:
            for effect in new:
                record.outbox.enqueue(connection, effect, at=at)
    return len(new)


def _due(connection: Connection, at: datetime) -> Iterator[Effect]:
    for meeting in meetings.starting(connection, at, at - AFTER):
        start = _held(meeting, at)
        if start is not None and start + AFTER <= at:
            yield Effect(kind=PRESENCE, subject=meeting.number, target=instant(start), generation=1)


def _held(meeting: Meeting, at: datetime) -> datetime | None:
    start = None if meeting.is_all_day else meeting.next_start(at=at)
    return start if start is not None and start <= at else None


def asked(record: Record, connection: Connection, effect: Effect, platform: str, at: datetime) -> Asked | None:
    """Return what is offered for *effect*, or ``None`` where it is offered no more, or nobody can be told."""
    meeting, organisation = meetings.find(connection, effect.subject), organisation_of(connection)
    if (
        meeting is None
        or organisation is None
        or meeting.status is Status.CANCELLED
        or meeting.next_start(at=at) is None
    ):
        return None
    roster = record.roster(connection)
    accounts = {
        account: member
        for (where, account), one in roster.accounts.items()
        if where == platform and (member := roster.get(one))
    }
    told = {one.id for one in _leading(meeting, roster, effect)}
    recipients = tuple(account for account, one in accounts.items() if one.id in told)
    if not recipients:
        return None
    return Asked(
        meeting=meeting,
        language=organisation.language,
        recipients=recipients,
        accounts=accounts,
        present=frozenset(proceedings.present(connection, meeting.number)),
    )


def _leading(meeting: Meeting, roster: Roster, effect: Effect) -> list[Member]:
    """Return whom it is offered to: who asked, else who chairs, where they may note others, else all who may."""
    may = [one for one in roster if is_permitted(one.offices, Permission.MINUTES_NOTE)]
    asked = [one for one in may if one.id == effect.target]
    chair = [one for one in may if one.id == meeting.called_by]
    return asked or chair or may


def note(request: NotePresent, caller: Caller, work: UnitOfWork) -> Reply:
    """Note those who were on the card, but for who is known to be there already.

    Raises:
        NotFound: the card is of none.
    """
    numbers = {int(one) for one in request.members.split("-") if one.isdecimal()}
    people = [one for one in caller.roster if one.number in numbers]
    if not people:
        raise NotFound("button-unknown")
    meeting = numbered(request.meeting, work)
    if meeting.recurrence is not None:
        meeting = noted(meeting, caller, work)
    present = set(proceedings.present(work.connection, meeting.number))
    for one in people:
        if one.id not in present:
            event = deliberating.note_attendance(meeting, one.id, is_present=True, was_present=False, at=work.at)
            work.record(event, by=caller.member.id)
    line = phrase("presence-noted", people=tuple(one.name for one in people), summary=meeting.summary)
    return Reply(language=caller.language, lines=(line,), cards=(attendance_card(meeting, caller, work),))


COMMANDS = (
    Command(
        name="attendance present",
        request=NotePresent,
        permission=Permission.MINUTES_NOTE,
        handle=note,
        button="present",
    ),
)
