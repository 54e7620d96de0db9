"""Has each meeting a room of its own in a chat that gives some, as long as it is to come?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from governor.ports import Reply
from governor.services.notices import Notices
from governor.services.posts import undeliverable
from tests.delivery.hall import NOON, Hall
from tests.delivery.test_delivery import Desk

DAY = timedelta(days=1)


@dataclass
class Doors:
    """Rooms in memory, unless ``is_wanted`` is false."""

    is_wanted: bool = True
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    called: list[datetime] = field(default_factory=list)

    async def open(self, reply: Reply, *, key: str, place: str | None, called: datetime) -> str:
        self.called.append(called)
        self.opened += [key] if self.is_wanted else []
        return f"room of {key}" if self.is_wanted else ""

    async def close(self, room: str, *, place: str | None) -> str:
        self.closed.append(room)
        return room


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    desk = Desk(hall)
    hall.clock = lambda: desk.now
    desk.chat.rooms = Doors()
    yield desk
    desk.loop.close()


def later(desk: Desk, time: timedelta) -> Doors:
    """Return the rooms when the clock shows so long after noon."""
    desk.now = NOON + time
    Notices(desk.hall.record, 100).post(desk.now)
    desk.carry_out()
    return desk.chat.rooms


def tell(desk: Desk) -> str | None:
    """Return in which room it is posted that somebody cannot be reached."""
    with desk.hall.record.database.write() as connection:
        failed = desk.hall.effects("2026-001")[0]
        desk.hall.record.outbox.enqueue(connection, undeliverable(failed, "?"), at=desk.now)
    desk.carry_out()
    return desk.chat.posts[-1][1].room


def test_meeting_has_one_room_until_it_is_over(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    for _ in range(2):
        assert later(desk, DAY).opened == ["room:2026-001::1"]
    desk.hall.change("2026-001", "move", later=DAY)
    assert later(desk, 9 * DAY).closed == []
    for days in (11, 12):
        assert later(desk, days * DAY).closed == ["room of room:2026-001::1"]


def test_chat_is_told_when_the_meeting_was_called_however_late_and_changed(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    desk.now = NOON + DAY
    desk.hall.change("2026-001", "move", later=DAY)
    assert later(desk, 2 * DAY).called == [NOON]


def test_room_of_a_meeting_that_is_cancelled_is_closed(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    later(desk, DAY)
    desk.hall.cancel("2026-001")
    assert later(desk, DAY).closed == ["room of room:2026-001::1"]


def test_post_about_a_meeting_comes_in_its_room(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    later(desk, DAY)
    assert tell(desk) == "room of room:2026-001::1"


def test_post_comes_where_all_do_where_no_rooms_are_wanted(desk: Desk) -> None:
    desk.chat.rooms.is_wanted = False
    desk.hall.call("2026-001", [desk.budi])
    assert later(desk, DAY).opened == []
    assert tell(desk) is None
    assert later(desk, 12 * DAY).closed == []
