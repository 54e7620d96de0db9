"""Two organisations in one process live by rules of their own: each is reminded, left alone and called by them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from governor.bootstrap import open_house
from governor.clockwork import Clockwork
from governor.leading import Leading
from governor.ports import Press, Say
from governor.services.reminders import REMINDER
from governor.store import date_polls
from tests.delivery.worker import Nobody
from tests.journeys.rooms import settings_at
from tests.journeys.test_seats import AT, DEWI, HERE, RINA, THERE, City

MINUTES = timedelta(minutes=10)
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """Two guilds of one process, of which each has a secretary."""
    with open_house(settings_at(tmp_path / "data")) as home:
        city = City(home)
        city.found(DEWI, HERE, "Koperasi Mekar", "Dewi")
        city.found(RINA, THERE, "Karang Taruna", "Rina")
        yield city
        city.seats.close()


def call(city: City, who: str, place: str) -> None:
    """Call a meeting on Friday at five in the morning."""
    (proposed,) = city.ask(who, place, Say(text="rapat subuh Jumat jam 5 pagi"))
    city.ask(who, place, Press(button=proposed.cards[0].buttons[0].token))


def reminded(city: City, days: int) -> dict[str | None, list[str]]:
    """Let so many *days* pass, looking every ten minutes; return when each organisation was reminded."""
    now = AT + MINUTES
    clockwork = Clockwork(city.seats, Leading(city.home.record.database, lambda: now), Nobody(), lambda: now)
    known: dict[str | None, int] = {}
    found: dict[str | None, list[str]] = {HERE: [], THERE: []}
    while now < AT + timedelta(days=days):
        clockwork.lead(clockwork.remind)
        for seat in city.seats:
            with seat.house.record.database.read() as connection:
                every = seat.house.record.outbox.in_state(connection, None)
            count = sum(one.effect.kind == REMINDER for one in every)
            if count > known.get(seat.place, 0):
                found[seat.place].append(f"{now.astimezone(JAKARTA):%a %H:%M}")
            known[seat.place] = count
        now += MINUTES
    return found


def test_each_is_reminded_by_its_own_rules_and_left_alone_in_its_own_hours(city: City) -> None:
    for words in ("pengingat 1 hari dan 2 jam", "jam tenang 22-04"):
        assert not city.ask(DEWI, HERE, Say(text=words))[0].refused
    for words in ("pengingat 3 jam", "jam tenang tidak ada"):
        assert not city.ask(RINA, THERE, Say(text=words))[0].refused
    call(city, DEWI, HERE)
    call(city, RINA, THERE)

    assert reminded(city, 4) == {HERE: ["Thu 05:00", "Fri 04:00"], THERE: ["Fri 02:00"]}


def test_each_is_called_as_early_as_its_own_rules_ask(city: City) -> None:
    assert not city.ask(DEWI, HERE, Say(text="tenggang undangan 3 hari"))[0].refused

    for who, place in ((DEWI, HERE), (RINA, THERE)):
        city.ask(who, place, Say(text="cari waktu untuk rapat kas minggu ini"))

    first = {}
    for seat in city.seats:
        with seat.house.record.database.read() as connection:
            poll = date_polls.find(connection, "2026-001")
        assert poll is not None
        first[seat.place] = (poll.slots[0].date() - AT.astimezone(JAKARTA).date()).days
    assert first == {HERE: 4, THERE: 1}
