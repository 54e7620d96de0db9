"""Is it offered to who leads a meeting, once it has begun, to note whom the chat hears, and noted by nobody else?"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from governor.errors import Refused
from governor.ports import Account, Call, Press, Reply
from governor.services import presence
from governor.store import proceedings
from tests.delivery.hall import FOUNDING, NOON, Hall
from tests.delivery.test_delivery import Desk

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
START = NOON + 9 * DAY


@dataclass
class Ears:
    """Rooms of voice in memory, and what was whispered: account, card."""

    rooms: list[set[str]] = field(default_factory=list)
    whispered: list[tuple[str, Reply]] = field(default_factory=list)
    deaf: set[str] = field(default_factory=set)

    async def gathered(self, location: str | None, *, place: str | None) -> Sequence[Collection[str]]:
        return self.rooms

    async def whisper(self, account: str, reply: Reply, *, key: str) -> None:
        if account in self.deaf:
            raise Refused("discord-refused", reason="-")
        self.whispered.append((account, reply))


@dataclass
class Watch:
    """A desk, ears, and a meeting that the secretary calls, to which Budi and Sari are invited."""

    desk: Desk
    ears: Ears = field(default_factory=Ears)

    def __post_init__(self) -> None:
        hall = self.desk.hall
        hall.clock = lambda: self.desk.now
        self.desk.chat.voices = self.ears
        hall.link("budi", self.desk.budi)
        hall.link("sari", self.desk.sari)
        with hall.record.database.read() as connection:
            roster = hall.record.roster(connection)
        secretary = roster.by_account(FOUNDING.platform, FOUNDING.account)
        assert secretary is not None
        hall.call("2026-001", [secretary.id, self.desk.budi, self.desk.sari])

    def at(self, minutes: int, *rooms: set[str]) -> list[str]:
        """Return to whom it is offered so long after the start, while these are heard."""
        before, self.ears.rooms, self.desk.now = len(self.ears.whispered), list(rooms), START + minutes * MINUTE
        presence.ask(self.desk.hall.record, self.desk.now)
        self.desk.carry_out()
        return [account for account, _ in self.ears.whispered[before:]]

    def named(self) -> tuple[str, ...]:
        """Return who is on the newest card."""
        return self.ears.whispered[-1][1].cards[0].rows[0].value.values["value"]

    def press(self, account: str) -> bool:
        """Return whether it counts that *account* presses the button of the newest card."""
        token = self.ears.whispered[-1][1].cards[0].buttons[0].token
        who = Account(platform="console", id=account)
        call = Call(id=f"press {account}", account=who, at=self.desk.now, request=Press(button=token))
        (reply,) = self.desk.hall.house.dispatcher(["mail"])(call)
        return not reply.refused

    def present(self) -> int:
        with self.desk.hall.record.database.read() as connection:
            return len(proceedings.present(connection, "2026-001"))


@pytest.fixture
def watch(hall: Hall) -> Iterator[Watch]:
    desk = Desk(hall)
    yield Watch(desk)
    desk.loop.close()


def test_it_is_offered_once_when_the_meeting_has_begun_a_while_ago(watch: Watch) -> None:
    offered = [watch.at(minutes, {"budi", "sari", "stranger"}) for minutes in (-1, 4, 5, 6, 89)]
    assert offered == [[], [], ["rini"], [], []]
    assert watch.named() == ("Budi", "Sari")
    assert watch.present() == 0


def test_who_leads_notes_them_and_nobody_else_can(watch: Watch) -> None:
    watch.at(5, {"budi"})
    assert not watch.press("budi")
    assert watch.present() == 0
    assert watch.press("rini")
    assert watch.present() == 1
    assert watch.desk.hall.is_sound()


def test_of_several_rooms_that_counts_where_most_of_those_invited_are(watch: Watch) -> None:
    assert watch.at(5, {"stranger", "rini"}, {"budi", "sari"}) == ["rini"]
    assert watch.named() == ("Budi", "Sari")


@pytest.mark.parametrize("rooms", [(), ({"stranger"},)], ids=["nobody", "strangers"])
def test_nothing_is_offered_where_nobody_of_the_meeting_is_heard(watch: Watch, rooms: tuple[set[str], ...]) -> None:
    assert watch.at(5, *rooms) == []


def test_meeting_that_is_cancelled_or_over_offers_nothing(watch: Watch) -> None:
    assert watch.at(91, {"budi"}) == []
    watch.desk.now = NOON
    watch.desk.hall.cancel("2026-001")
    assert watch.at(5, {"budi"}) == []


def test_who_takes_no_messages_is_let_alone(watch: Watch) -> None:
    watch.ears.deaf = {"rini"}
    assert watch.at(5, {"budi"}) == []
    assert watch.desk.hall.queued() == 0
