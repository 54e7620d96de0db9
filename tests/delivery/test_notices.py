"""Do the meetings to come stand on the chat's board as the record has them, whatever happens to either?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governor.domain import convening
from governor.domain import series as serial
from governor.domain.convening import Plan
from governor.domain.meetings import PartStat
from governor.domain.recurrence import Recurrence
from governor.ports import Account, Call, Interest
from governor.services.delivery import Delivery
from governor.services.notices import NOTICE, Notices
from governor.services.outside import Outside
from governor.store import meetings
from tests.delivery.hall import NOON, Hall
from tests.delivery.test_delivery import Desk
from tests.integrations.board_contract import Wall

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = NOON + 9 * DAY
ZONE = ZoneInfo("Asia/Jakarta")


@dataclass
class Watch:
    """A desk beside a board, and a meeting 2026-001 that Budi calls and Sari is invited to."""

    desk: Desk
    wall: Wall = field(default_factory=Wall)

    def __post_init__(self) -> None:
        self.hall = self.desk.hall
        self.hall.clock = lambda: self.desk.now
        self.desk.chat.board = self.wall
        self.notices = Notices(self.hall.record, self.wall.room)
        self.hall.call("2026-001", [self.desk.budi, self.desk.sari])

    def at(self, moment: datetime) -> list[tuple[str, datetime]]:
        """Return what stands on the board when the clock shows *moment*."""
        self.desk.now = moment
        self.notices.post(moment)
        self.desk.carry_out()
        return [(one.title, one.start) for one in self.wall.standing]

    def state(self) -> list[str]:
        return list(self.wall.states.values())

    def repeat(self, number: str, start: datetime) -> None:
        """Call a meeting that repeats every day from *start* on, four times."""
        plan = Plan(
            summary="Apel",
            dtstart=start.astimezone(ZONE),
            zone="Asia/Jakarta",
            duration=HOUR,
            location=None,
            agenda=None,
            invited=(self.desk.budi, self.desk.sari),
            recurrence=Recurrence(rrule="FREQ=DAILY;COUNT=4"),
        )
        with self.hall.record.act(f"repeat {number}", self.desk.now) as work:
            event = convening.call_meeting(plan, number=number, uid=work.uid(), at=work.at)
            work.record(event, by=self.desk.budi)

    def interest(self, account: str, *, is_interested: bool = True) -> bool:
        """Return whether it counts that *account* presses *Interested* under the newest event, or takes it back."""
        request = Interest(known=list(self.wall.states)[-1], is_interested=is_interested)
        call = Call(
            id=f"{self.desk.now}:{is_interested}",
            account=Account(platform="console", id=account),
            at=self.desk.now,
            request=request,
        )
        (reply,) = self.hall.house.dispatcher(["mail"])(call)
        return not reply.refused

    def partstat(self, number: str = "2026-001") -> PartStat:
        """Return what Sari answers."""
        return next(one.partstat for one in self.hall.meeting(number).attendees if one.member == self.desk.sari)


@pytest.fixture
def watch(hall: Hall) -> Iterator[Watch]:
    desk = Desk(hall)
    yield Watch(desk)
    desk.loop.close()


def test_meeting_stands_once_until_it_is_over(watch: Watch) -> None:
    for _ in range(3):
        assert watch.at(NOON) == [("Rapat 2026-001", START)]
    assert watch.state() == ["planned"]
    assert watch.at(START) == [("Rapat 2026-001", START)]
    assert watch.state() == ["held"]
    assert watch.at(START + 2 * HOUR) == []
    assert watch.state() == ["over"]


def test_meeting_moves_and_is_cancelled(watch: Watch) -> None:
    watch.at(NOON)
    watch.hall.change("2026-001", "move", later=HOUR)
    assert watch.at(NOON + HOUR) == [("Rapat 2026-001", START + HOUR)]
    watch.hall.cancel("2026-001")
    assert watch.at(NOON + 2 * HOUR) == []
    assert watch.state() == ["cancelled"]


def test_change_that_is_shown_nowhere_is_told_nobody(watch: Watch) -> None:
    watch.at(NOON)
    watch.hall.reply("2026-001", watch.desk.sari, PartStat.ACCEPTED)
    watch.at(NOON + HOUR)
    assert len([one for one in watch.hall.effects("2026-001") if one.effect.kind == NOTICE]) == 1


def test_series_stands_by_the_occurrence_that_is_held_and_the_next_one(watch: Watch) -> None:
    first = NOON + DAY
    watch.repeat("2026-002", first)
    shown = {at: [start for title, start in watch.at(at) if title == "Apel"] for at in (NOON, first, first + 2 * HOUR)}
    assert list(shown.values()) == [[first], [first, first + DAY], [first + DAY]]
    assert watch.at(first + 5 * DAY) == [("Rapat 2026-001", START)]
    assert [start for title, start in watch.at(START + 9 * DAY)] == []


def test_occurrence_that_is_moved_by_itself_moves_its_event(watch: Watch) -> None:
    first = NOON + DAY
    watch.repeat("2026-002", first)
    watch.at(NOON)
    with watch.hall.record.act("apart", NOON) as work:
        series = meetings.find(work.connection, "2026-002")
        assert series is not None
        event = serial.set_apart(series, first.astimezone(ZONE), number="2026-003")
        work.record(event, by=watch.desk.budi)
    (event,) = [known for known, one in watch.wall.events.items() if one.title == "Apel"]
    watch.hall.change("2026-003", "move", later=2 * HOUR)
    assert watch.at(NOON + HOUR)[:2] == [("Apel", first + 2 * HOUR), ("Apel", first + DAY)]
    assert watch.wall.events[event].start == first + 2 * HOUR


def test_no_more_stand_than_there_is_room_for_and_the_nearest_do(watch: Watch) -> None:
    watch.notices, watch.wall.room = Notices(watch.hall.record, 2), 2
    for days in (5, 3):
        watch.desk.now = NOON - days * DAY
        watch.hall.call(f"2026-00{days}", [watch.desk.budi])
    assert [title for title, _ in watch.at(NOON)] == ["Rapat 2026-005", "Rapat 2026-003"]
    watch.at(START - 5 * DAY + 2 * HOUR)
    assert [title for title, _ in watch.at(START - 5 * DAY + 2 * HOUR)] == ["Rapat 2026-003", "Rapat 2026-001"]
    assert watch.desk.told() == []


def test_what_began_before_it_could_be_shown_is_not(watch: Watch) -> None:
    assert watch.at(START + HOUR / 2) == []


def test_people_are_told_once_a_day_that_the_bot_may_not_and_it_is_shown_once_it_may(watch: Watch) -> None:
    watch.desk.delivery = Delivery(
        watch.hall.record, Outside(calendars=(watch.desk.wall,), chat=watch.desk.chat), lambda: watch.desk.now
    )
    watch.wall.is_forbidden = True
    for hours in range(30):
        assert watch.at(NOON + hours * HOUR) == []
    told = [line.key for _, reply in watch.desk.chat.posts for line in reply.lines]
    assert told == ["word-value", "word-value"]
    watch.wall.is_forbidden = False
    assert watch.at(NOON + 31 * HOUR) == [("Rapat 2026-001", START)]


def test_interest_counts_as_maybe_until_it_is_taken_back(watch: Watch) -> None:
    watch.hall.link("sari", watch.desk.sari)
    watch.at(NOON)
    assert watch.interest("sari")
    assert watch.partstat() is PartStat.TENTATIVE
    assert watch.interest("sari", is_interested=False)
    assert watch.partstat() is PartStat.NEEDS_ACTION
    assert watch.hall.is_sound()


def test_interest_never_counts_for_more_than_an_answer(watch: Watch) -> None:
    watch.hall.link("sari", watch.desk.sari)
    watch.at(NOON)
    watch.hall.reply("2026-001", watch.desk.sari, PartStat.DECLINED)
    assert not watch.interest("sari")
    assert not watch.interest("sari", is_interested=False)
    assert watch.partstat() is PartStat.DECLINED


def test_answer_of_maybe_stays_when_the_interest_goes(watch: Watch) -> None:
    watch.hall.link("sari", watch.desk.sari)
    watch.at(NOON)
    assert watch.interest("sari")
    watch.hall.reply("2026-001", watch.desk.sari, PartStat.TENTATIVE)
    assert not watch.interest("sari", is_interested=False)
    assert watch.partstat() is PartStat.TENTATIVE
    assert watch.hall.is_sound()


def test_interest_in_an_occurrence_is_in_that_alone(watch: Watch) -> None:
    watch.hall.link("sari", watch.desk.sari)
    watch.repeat("2026-002", START + DAY)
    watch.at(NOON)
    assert watch.interest("sari")
    with watch.hall.record.database.read() as connection:
        (apart,) = meetings.set_apart(connection, "2026-002")
    assert apart.recurrence_id == (START + DAY).astimezone(UTC)
    assert watch.partstat(apart.number) is PartStat.TENTATIVE
    assert watch.partstat("2026-002") is PartStat.NEEDS_ACTION
    assert watch.hall.is_sound()


def test_interest_of_strangers_and_of_who_is_not_invited_counts_for_nothing(watch: Watch) -> None:
    watch.hall.link("wati", watch.hall.enrol("Wati", None))
    watch.at(NOON)
    assert not watch.interest("nobody")
    assert not watch.interest("wati")
