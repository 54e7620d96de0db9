"""A real CalDAV server that dies, and one on which somebody changes a meeting: nobody is lost, the record stands."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from governor.ports import Account, Call, Incoming, Say
from governor.services import answers
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.store.outbox import State
from integrations.caldav.calendar import CaldavCalendar
from integrations.caldav.server import Server
from tests.delivery.calendars import Wall
from tests.delivery.hall import FOUNDING, NOON, Hall, open_hall
from tests.delivery.load import WEEKLY
from tests.delivery.test_ways import PEOPLE
from tests.delivery.worker import Nobody
from tests.integrations.radicale_server import Radicale, serving, settings_for


@dataclass
class Village:
    """A hall whose people are invited through a calendar on *radicale*, with mail behind it."""

    hall: Hall
    radicale: Radicale
    url: str
    calendar: CaldavCalendar
    mail: Wall = field(default_factory=Wall)
    chat: Nobody = field(default_factory=Nobody)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.mail.name = "mail"  # type: ignore[misc]
        self.hall.clock = lambda: self.now
        self.hall.ways = ("caldav", "mail")
        outside = Outside(calendars=(self.calendar, self.mail), chat=self.chat, retry=Retry())
        self.delivery = Delivery(self.hall.record, outside, lambda: self.now)
        self.people = [self.hall.enrol(email.partition("@")[0].title(), email) for email in PEOPLE]

    def deliver(self, until: datetime | None = None) -> None:
        """Carry out what is due, and let time pass to whatever is due before *until*."""
        while queued := [one for one in self.hall.all() if one.state is State.QUEUED]:
            self.now = max(self.now, min(one.due_at for one in queued))
            if self.now > (until or NOON):
                break
            for one in queued:
                if one.due_at <= self.now:
                    self.delivery.carry_out(one.id, asyncio.run)

    def hear(self) -> None:
        async def receive(incoming: Incoming) -> None:
            answers.receive(self.hall.record, incoming, self.now, "caldav")

        with suppress(TimeoutError):
            asyncio.run(asyncio.wait_for(self.calendar.listen(receive), 0.6))
        self.deliver(self.now)

    def shown(self) -> dict[str, tuple[int, int]]:
        """Return how many entries each person has: in the shared event, and by mail."""
        return {each: (len(self.radicale.shows(self.url, each)), len(self.mail.shows(each))) for each in PEOPLE}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    with serving(tmp_path / "radicale") as radicale, open_hall(tmp_path / "data", None) as hall:
        settings = settings_for(radicale.make("rapat"), caldav_poll_seconds=0.05)
        calendar = CaldavCalendar(Server(settings), settings, tmp_path / "answers.json")
        yield Village(hall=hall, radicale=radicale, url=radicale.url("rapat"), calendar=calendar)
        asyncio.run(calendar.close())


def test_mail_takes_over_after_an_hour_and_nobody_is_told_by_two_ways(village: Village) -> None:
    village.radicale.stop()
    village.hall.call("2026-001", village.people)
    village.deliver(NOON + timedelta(minutes=59))
    assert village.mail.published == []

    village.deliver(NOON + timedelta(minutes=61))
    assert village.shown() == dict.fromkeys(PEOPLE, (0, 1))

    village.radicale.start()
    village.deliver(NOON + timedelta(hours=9))
    assert village.shown() == dict.fromkeys(PEOPLE, (0, 1))
    assert village.hall.is_sound()


def test_nothing_stands_of_a_series_that_is_off_though_a_part_of_it_comes_after(village: Village) -> None:
    village.hall.call("2026-001", village.people, recurrence=WEEKLY)
    village.deliver()
    second = village.hall.meeting("2026-001").dtstart + timedelta(days=7)
    village.hall.set_apart("2026-001", second, "second", None)
    village.hall.cancel("2026-001")
    for one in village.hall.effects("2026-001"):
        village.delivery.carry_out(one.id, asyncio.run)
    early = village.radicale.events(village.url)
    village.deliver()

    assert (early, village.radicale.events(village.url)) == ([], [])


def test_change_on_the_server_is_shown_and_put_back(village: Village) -> None:
    village.hall.call("2026-001", village.people)
    village.deliver()
    (name,) = village.calendar._server.states()
    found = icalendar.Calendar.from_ical(village.radicale.ask("GET", village.url + name))
    found.events[0]["SUMMARY"] = icalendar.vText("Pesta")
    village.radicale.ask("PUT", village.url + name, found.to_ical(), Content_Type="text/calendar")

    village.hear()
    (card,) = village.chat.posts[-1][1].cards
    assert card.title.key == "card-matter-edit"
    village.hall.press(next(one.token for one in card.buttons if one.token.startswith("drop")))
    village.deliver(village.now)

    assert [str(event["SUMMARY"]) for event in village.radicale.events(village.url)] == ["Rapat 2026-001"]
    assert village.hall.is_sound()


def test_who_is_on_another_meeting_in_the_calendar_is_told_as_busy_on_the_card(village: Village) -> None:
    village.hall.call("2026-001", village.people[:1])
    village.deliver()
    start = village.hall.meeting("2026-001").dtstart
    call = Call(
        id="propose",
        account=Account(platform=FOUNDING.platform, id=FOUNDING.account),
        at=village.now,
        request=Say(text=f"rapat kas {start:%d-%m-%Y} jam {start:%H.%M} dengan @budi dan @sari"),
    )
    ((card,),) = (reply.cards for reply in village.hall.house.dispatcher(village.hall.ways)(call))
    village.deliver(village.now)

    (shown,) = village.chat.posts[-1][1].cards
    assert [row.value.values["name"] for row in shown.rows[len(card.rows) :]] == ["Budi"]
