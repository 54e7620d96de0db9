"""Disks that are full, and real servers that refuse for now or for good."""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from governor.domain.members import MemberId
from governor.services.delivery import Delivery
from governor.services.invitations import addressed
from governor.services.outside import Outside, Retry
from governor.store.outbox import State
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.composition import message_id
from integrations.mail.folder import Folder
from integrations.mail.smtp import Smtp
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.worker import GROUP, Nobody
from tests.integrations.conftest import small_disk
from tests.integrations.smtp_servers import Inbox, serving

__all__ = ["small_disk"]


class Desk:
    """A hall whose clock goes on an hour with every try."""

    def __init__(self, hall: Hall, loop: asyncio.AbstractEventLoop) -> None:
        self.hall = hall
        self.loop = loop
        self.chat = Nobody()
        self.now = NOON

    def run(self, send: Coroutine[object, object, str]) -> str:
        return self.loop.run_until_complete(asyncio.ensure_future(send, loop=self.loop))

    def carry_out(self, calendar: MailCalendar) -> State:
        """Carry out what is due of the one invitation; return its state."""
        retry = Retry(first=timedelta(seconds=5))
        delivery = Delivery(
            self.hall.record, Outside(calendars=(calendar,), chat=self.chat, retry=retry), lambda: self.now
        )
        for one in self.hall.all():
            delivery.carry_out(one.id, self.run)
        self.now += timedelta(hours=1)
        return self.hall.states("2026-001")[0]


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    loop = asyncio.new_event_loop()
    with open_hall(tmp_path_factory.mktemp("house") / "data", None) as hall:
        hall.call("2026-001", [hall.enrol("Budi", "budi@example.org")])
        yield Desk(hall, loop)
    loop.close()


def test_invitation_waits_while_the_disk_is_full(desk: Desk, small_disk: Path) -> None:
    calendar = MailCalendar(Folder(small_disk / "mail"), GROUP, phrase("start-help"))
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 60_000)

    assert desk.carry_out(calendar) is State.QUEUED
    assert list((small_disk / "mail").iterdir()) == []
    filler.unlink()
    assert desk.carry_out(calendar) is State.DONE
    assert len(list((small_disk / "mail").glob("*.eml"))) == 1


def test_answer_of_4xx_then_success_arrives_once(desk: Desk) -> None:
    inbox = Inbox(refusals={"budi@example.org": ["451 4.7.1 greylisted"]}, verdicts=["452 4.3.1 disk full"])
    with serving(inbox) as server:
        calendar = MailCalendar(Smtp(server), GROUP, phrase("start-help"))
        states = [desk.carry_out(calendar) for _ in range(4)]
        desk.loop.run_until_complete(calendar.close())

    assert states == [State.QUEUED, State.QUEUED, State.DONE, State.DONE]
    assert len(inbox.messages) == 1
    assert desk.chat.posts == []


def test_answer_of_5xx_is_told_to_the_secretary_once(desk: Desk) -> None:
    inbox = Inbox(refusals={"budi@example.org": ["550 5.1.1 no such user"]})
    with serving(inbox) as server:
        calendar = MailCalendar(Smtp(server), GROUP, phrase("start-help"))
        states = [desk.carry_out(calendar) for _ in range(3)]
        desk.loop.run_until_complete(calendar.close())

    assert states == [State.DEAD] * 3
    assert inbox.messages == []
    assert len(desk.chat.posts) == 1


def test_what_is_kept_of_an_effect_depends_on_the_key_and_not_on_the_address(desk: Desk, tmp_path: Path) -> None:
    calendar = MailCalendar(Folder(tmp_path / "mail"), GROUP, phrase("start-help"))
    (one,) = desk.hall.effects("2026-001")
    with desk.hall.record.database.read() as connection:
        found, again = (
            addressed(desk.hall.record, connection, "2026-001", MemberId(one.effect.target), GROUP) for _ in range(2)
        )
    key = desk.hall.house.settings.data / "keys" / "persons" / one.effect.target
    key.chmod(0o600)
    kept = key.read_bytes()
    key.write_bytes(bytes(reversed(kept)))
    with desk.hall.record.database.read() as connection:
        other = addressed(desk.hall.record, connection, "2026-001", MemberId(one.effect.target), GROUP)
    key.write_bytes(kept)
    assert desk.carry_out(calendar) is State.DONE
    (done,) = desk.hall.effects("2026-001")

    assert found == again
    assert done.external_id == message_id(found.invitation, found.guest)
    assert other.guest == replace(found.guest, token=other.guest.token)
    assert found.guest.token not in ("", other.guest.token)


def test_reason_that_is_kept_names_no_mailbox(desk: Desk) -> None:
    inbox = Inbox(refusals={"budi@example.org": ["550 5.1.1 <budi@example.org>: no such user BUDI here"]})
    with serving(inbox) as server:
        calendar = MailCalendar(Smtp(server), GROUP, phrase("start-help"))
        desk.carry_out(calendar)
        desk.loop.run_until_complete(calendar.close())

    kept = [f"{one.error} {one.effect.payload} {one.external_id}" for one in desk.hall.effects("2026-001")]
    assert not any("budi" in text.casefold() for text in kept)
