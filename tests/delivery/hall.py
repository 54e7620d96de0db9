"""A house in which meetings are called, moved and cancelled by a line of code each, through the record's own door."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from governor.bootstrap import House, open_house
from governor.domain import convening
from governor.domain import series as serial
from governor.domain.convening import Plan
from governor.domain.events import AccountLinked, Event, MemberEnrolled, Personal
from governor.domain.meetings import Meeting, PartStat, Status
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.errors import OutOfOrder
from governor.ports import Account, Call, Press
from governor.ports.choices import Secret
from governor.services import audit, occurrences
from governor.services.invitations import recipients
from governor.services.meetings import deliveries_of
from governor.services.members import Founding
from governor.services.occurrences import above_of
from governor.services.ways import failing_since, invitation_for
from governor.settings import Settings
from governor.store import meetings, members
from governor.store.outbox import State, Tracked
from governor.store.unit_of_work import Record, UnitOfWork

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FOUNDING = Founding(
    name="Karang Taruna Melati",
    zone="Asia/Jakarta",
    language="id",
    secretary="Rini",
    email=None,
    platform="console",
    account="rini",
)


class Hall:
    """``clock`` gives the instant of every act. Each ``call`` names its act for good: the same twice is done once."""

    def __init__(self, house: House, clock: Callable[[], datetime]) -> None:
        self.house = house
        self.ways: Sequence[str] = ("mail",)
        self.record: Record = house.record
        self.clock = clock
        house.found(FOUNDING, clock)

    def enrol(self, name: str, email: str | None) -> MemberId:
        with self.record.act(f"enrol {name}", self.clock()) as work:
            member = work.new_member()
            if not work.is_repeated():
                shown = None if email is None else Personal(email)
                number = members.next_number(work.connection)
                named = {"name": Personal(name), "handle": Personal(name.casefold()), "email": shown}
                work.record(MemberEnrolled(member=member, number=number, **named), by=None)
            return member

    def link(self, account: str, member: MemberId) -> None:
        """Let *member* speak in the console under that name."""
        with self.record.act(f"link {account}", self.clock()) as work:
            number = next(one.number for one in work.roster() if one.id == member)
            work.record(
                AccountLinked(member=member, number=number, platform="console", account=Personal(account)), by=None
            )

    def call(
        self,
        number: str,
        invited: Sequence[MemberId],
        call: str | None = None,
        *,
        fails: bool = False,
        recurrence: Recurrence | None = None,
    ) -> str:
        """Call the meeting *number*; return its uid. Where it *fails*, it does so when everything is written."""
        plan = Plan(
            summary=f"Rapat {number}",
            dtstart=(self.clock() + timedelta(days=9)).astimezone(ZoneInfo("Asia/Jakarta")).replace(microsecond=0),
            zone="Asia/Jakarta",
            duration=timedelta(minutes=90),
            location="Sekretariat",
            agenda=None,
            invited=tuple(invited),
            recurrence=recurrence,
        )
        with self.record.act(call or f"call {number}", self.clock()) as work:
            uid = work.uid()
            event = convening.call_meeting(plan, number=number, uid=uid, at=work.at)
            self._enter(work, number, event, invited[0])
            if fails:
                raise OutOfOrder("nothing-changed")
            return uid

    def change(self, number: str, call: str, **fields: object) -> None:
        """Change the meeting: ``later`` (a timedelta), ``summary``, ``invited``."""
        with self.record.act(call, self.clock()) as work:
            meeting = meetings.find(work.connection, number)
            assert meeting is not None
            before = convening.plan_of(meeting)
            later = fields.pop("later", timedelta())
            assert isinstance(later, timedelta)
            plan = replace(before, dtstart=before.dtstart + later, **fields)  # type: ignore[arg-type]
            apart = [one for one in meetings.set_apart(work.connection, number) if one.status is Status.CONFIRMED]
            above = max((one.sequence for one in apart), default=above_of(meeting, work))
            event = convening.change_meeting(meeting, plan, at=work.at, above=above)
            self._enter(work, number, event, plan.invited[0])
            for one in apart:
                self._change_along(work, one, (before, plan), event.sequence)

    def _change_along(self, work: UnitOfWork, one: Meeting, change: tuple[Plan, Plan], above: int) -> None:
        """Change the occurrence *one* as its series was changed."""
        plan = convening.plan_of(one)
        if (whole := serial.along(plan, *change)) != plan:
            event = convening.change_meeting(one, whole, at=work.at, above=above)
            self._enter(work, one.number, event, one.called_by)

    def set_apart(self, number: str, start: datetime, call: str, later: timedelta | None) -> str:
        """Move the occurrence at *start* of the series *number* so much *later*; with ``None`` cancel it.

        Return the number that it has of its own.
        """
        with self.record.act(call, self.clock()) as work:
            series = meetings.find(work.connection, number)
            assert series is not None
            one = occurrences.set_apart(series, start, work, by=series.called_by)
            if later is None:
                event: Event = convening.cancel_meeting(one, at=work.at, above=series.sequence)
            else:
                plan = convening.plan_of(one)
                plan = replace(plan, dtstart=plan.dtstart + later)
                event = convening.change_meeting(one, plan, at=work.at, above=series.sequence)
            self._enter(work, one.number, event, one.called_by)
            return one.number

    def split(self, number: str, start: datetime, call: str, later: timedelta) -> str:
        """End the series *number* before its occurrence at *start*, and go on *later* on; return by which number."""
        with self.record.act(call, self.clock()) as work:
            series = meetings.find(work.connection, number)
            assert series is not None
            rest = serial.moved_to(serial.rest_of(series, start), start + later, series.zone)
            ended, after = serial.end_before(series, start, at=work.at), occurrences.number_for(work)
            called = convening.call_meeting(rest, number=after, uid=work.uid(), at=work.at, continues=number)
            self._enter(work, number, ended, series.called_by)
            self._enter(work, after, called, series.called_by)
            self._call_off(work, number, ended.sequence, start)
            return after

    def cancel(self, number: str, call: str | None = None) -> None:
        """Cancel the meeting, and of a series what was set apart."""
        with self.record.act(call or f"cancel {number}", self.clock()) as work:
            meeting = meetings.find(work.connection, number)
            assert meeting is not None
            apart = meetings.set_apart(work.connection, number)
            above = max((one.sequence for one in apart), default=above_of(meeting, work))
            event = convening.cancel_meeting(meeting, at=work.at, above=above)
            self._call_off(work, number, event.sequence, meeting.dtstart)
            self._enter(work, number, event, meeting.called_by)

    def _call_off(self, work: UnitOfWork, number: str, above: int, since: datetime) -> None:
        """Cancel what was set apart of the series *number* from *since* on."""
        for one in meetings.set_apart(work.connection, number):
            if one.status is Status.CONFIRMED and one.recurrence_id is not None and one.recurrence_id >= since:
                event = convening.cancel_meeting(one, at=work.at, above=above)
                self._enter(work, one.number, event, one.called_by)

    def meeting(self, number: str) -> Meeting:
        with self.record.database.read() as connection:
            found = meetings.find(connection, number)
        assert found is not None
        return found

    def reply(self, number: str, member: MemberId, partstat: PartStat) -> None:
        with self.record.act(f"reply {number} {member} {partstat}", self.clock()) as work:
            meeting = meetings.find(work.connection, number)
            assert meeting is not None
            work.record(convening.reply(meeting, by=member, partstat=partstat, at=work.at), by=member)

    def press(self, token: str) -> None:
        """Press a button as the secretary."""
        account = Account(platform=FOUNDING.platform, id=FOUNDING.account)
        call = Call(id=f"press {token}", account=account, at=self.clock(), request=Press(button=token))
        (reply,) = self.house.dispatcher(self.ways)(call)
        assert not reply.refused, reply

    def _enter(self, work: UnitOfWork, number: str, event: Event, by: MemberId) -> None:
        work.record(event, by=by)
        meeting = meetings.find(work.connection, number)
        assert meeting is not None
        roster, earlier = work.roster(), deliveries_of(meeting, work)
        for member in recipients(meeting, getattr(event, "removed", ())):
            person = roster.get(member)
            wanted = None if person is None else invitation_for(person, meeting, earlier, self.ways)
            if wanted is not None:
                work.enqueue(wanted, failing_since=failing_since(member, earlier))

    def effects(self, number: str) -> tuple[Tracked, ...]:
        with self.record.database.read() as connection:
            return self.record.outbox.of_subject(connection, number)

    def all(self) -> tuple[Tracked, ...]:
        with self.record.database.read() as connection:
            return self.record.outbox.in_state(connection, None)

    def states(self, number: str) -> list[State]:
        return [tracked.state for tracked in self.effects(number)]

    def queued(self) -> int:
        with self.record.database.read() as connection:
            return self.record.outbox.counts(connection).get(State.QUEUED, 0)

    def is_sound(self) -> bool:
        return audit.verify(self.record, self.house.published).findings == ()


@contextmanager
def open_hall(data: Path, url: str | None, clock: Callable[[], datetime] = lambda: NOON) -> Iterator[Hall]:
    """Yield a hall in the folder *data*: on SQLite there, or on the PostgreSQL database at *url*."""
    settings = Settings(data=data, database_url=None if url is None else Secret(url))
    with open_house(settings) as house:
        yield Hall(house, clock)
