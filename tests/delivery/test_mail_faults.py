"""An SMTP server does everything at once that servers do: ten guests, and nothing is lost, doubled or out of order."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.store.outbox import State
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.smtp import Smtp
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.post_office import arrived, check_copies, last
from tests.delivery.worker import GROUP, Nobody
from tests.integrations.smtp_servers import Inbox, serving

TEN = [f"guest{at}@example.org" for at in range(10)]


class Moody(Inbox):
    """Drops the line in the middle of every fourth message, says nothing to every seventh, takes the rest."""

    def __init__(self) -> None:
        super().__init__(refusals={TEN[3]: ["550 5.1.1 no such user"] * 99, TEN[5]: ["451 4.7.1 greylisted"] * 2})
        self.tried = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.tried += 1
        assert server.transport is not None
        if self.tried % 4 == 0:
            server.transport.abort()
            return "250 never heard"
        if self.tried % 7 == 0:
            await asyncio.sleep(30)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with open_hall(tmp_path / "data", None) as hall:
        yield hall


def test_ten_guests_get_every_state_once_and_the_undeliverable_is_told(hall: Hall) -> None:
    inbox, chat, loop = Moody(), Nobody(), asyncio.new_event_loop()
    invited = [hall.enrol(f"Guest {at}", address) for at, address in enumerate(TEN)]
    hall.call("2026-001", invited)
    now = NOON

    def carry_out_all(calendar: MailCalendar) -> None:
        nonlocal now
        outside = Outside(calendars=(calendar,), chat=chat, retry=Retry(first=timedelta(seconds=1)))
        delivery = Delivery(hall.record, outside, lambda: now)
        for _ in range(12):
            for one in hall.all():
                delivery.carry_out(one.id, loop.run_until_complete)
            now += timedelta(hours=1)

    with serving(inbox) as server:
        calendar = MailCalendar(Smtp(replace(server, timeout=0.3)), GROUP, phrase("start-help"))
        carry_out_all(calendar)
        hall.change("2026-001", "move", later=timedelta(hours=1))
        carry_out_all(calendar)
        loop.run_until_complete(calendar.close())
    loop.close()

    found = arrived(inbox)
    assert check_copies(found) == 0
    assert {one.recipient for one in found} == {*TEN} - {TEN[3]}
    assert len(found) == 2 * 9
    assert {one.sequence for one in last(found).values()} == {1}
    told = [say(line, reply.language) for _, reply in chat.posts for line in reply.lines]
    assert len(told) == 2
    assert all("Guest 3" in line and TEN[3] not in line for line in told)
    assert set(hall.states("2026-001")) == {State.DONE, State.DEAD}
    assert hall.is_sound()


def test_address_that_is_refused_is_told_to_the_chat_within_a_minute(hall: Hall) -> None:
    inbox, chat, loop = Moody(), Nobody(), asyncio.new_event_loop()
    hall.call("2026-001", [hall.enrol("Guest 3", TEN[3])])
    began = time.monotonic()

    with serving(inbox) as server:
        calendar = MailCalendar(Smtp(server), GROUP, phrase("start-help"))
        delivery = Delivery(hall.record, Outside(calendars=(calendar,), chat=chat), lambda: NOON)
        for _ in range(2):
            for one in hall.all():
                delivery.carry_out(one.id, loop.run_until_complete)
        loop.run_until_complete(calendar.close())
    loop.close()

    assert len(chat.posts) == 1
    assert time.monotonic() - began < 60
