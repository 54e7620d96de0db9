"""What becomes of one effect: rendered from the latest state, handed over, noted."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from governor.domain.meetings import Status
from governor.domain.members import MemberId
from governor.errors import Refused, Unavailable
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.services.telling import Send
from governor.store.members import Vault
from governor.store.outbox import Effect, State
from governor.wording.catalogue import say
from tests.delivery.calendars import Wall
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.test_outbox import check_queue
from tests.delivery.worker import Nobody

FIRST = 1
"""The revision of a meeting that was only called."""

AWAY = Unavailable("mail-server-unreachable", host="mail.example.org", reason="refused")
NO_SUCH = Refused("mail-undeliverable", address="budi@example.org", code=550, answer="no such user")


@dataclass
class Desk:
    """A hall, what is outside it, and a clock that stands until it is set."""

    hall: Hall
    wall: Wall = field(default_factory=Wall)
    chat: Nobody = field(default_factory=Nobody)
    now: datetime = NOON
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        retry = Retry(first=timedelta(seconds=5), tries=4)
        outside = Outside(calendars=(self.wall,), chat=self.chat, retry=retry)
        self.delivery = Delivery(self.hall.record, outside, lambda: self.now)
        self.budi = self.hall.enrol("Budi", "budi@example.org")
        self.sari = self.hall.enrol("Sari", "sari@example.org")

    def run(self, send: Send) -> str:
        return self.loop.run_until_complete(asyncio.ensure_future(send, loop=self.loop))

    def carry_out(self) -> None:
        """Carry out everything that is due, in order, and what comes of it."""
        while due := [one for one in self.hall.all() if one.state is State.QUEUED and one.due_at <= self.now]:
            for one in due:
                self.delivery.carry_out(one.id, self.run)

    def states(self, kind: str = "invitation") -> dict[tuple[str, int], State]:
        return {
            (one.effect.target, one.effect.generation): one.state for one in self.hall.all() if one.effect.kind == kind
        }

    def told(self) -> list[str]:
        return [say(line, reply.language) for _, reply in self.chat.posts for line in reply.lines]


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    set_up = Desk(hall)
    yield set_up
    set_up.loop.close()


def test_everyone_invited_is_shown_the_meeting(desk: Desk) -> None:
    uid = desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.carry_out()

    assert [one.uid for one in desk.wall.shows("budi@example.org")] == [uid]
    assert [one.uid for one in desk.wall.shows("sari@example.org")] == [uid]
    assert desk.states() == {(desk.budi, FIRST): State.DONE, (desk.sari, FIRST): State.DONE}
    assert {one.external_id for one in desk.hall.all()} == {f"{uid}/budi@example.org", f"{uid}/sari@example.org"}


def test_effect_that_is_done_is_not_done_again(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    desk.carry_out()
    desk.delivery.carry_out(desk.hall.all()[0].id, desk.run)

    assert len(desk.wall.published) == 1


def test_effect_that_nobody_knows_is_nothing(desk: Desk) -> None:
    desk.delivery.carry_out("invitation:2026-999:nobody:0", desk.run)

    assert desk.wall.published == []


def test_refusal_for_now_is_tried_again_and_arrives_once(desk: Desk) -> None:
    desk.wall.failures["budi@example.org"] = [AWAY, AWAY]
    desk.hall.call("2026-001", [desk.budi])
    waits = []
    for _ in range(3):
        desk.carry_out()
        (one,) = desk.hall.all()
        waits.append((one.due_at - desk.now).total_seconds())
        desk.now = max(desk.now, one.due_at)

    assert waits[:2] == [5, 15]
    assert (one.state, one.tries, len(desk.wall.published)) == (State.DONE, 2, 1)
    assert desk.told() == []


def test_what_was_handed_over_before_it_failed_is_not_tried_again_for_that(desk: Desk) -> None:
    desk.wall.failures["budi@example.org"] = [AWAY]
    desk.hall.call("2026-001", [desk.budi])
    (one,) = desk.hall.all()
    for _ in range(2):
        desk.delivery.carry_out(one.id, desk.run, one.tries)
    (failed,) = desk.hall.all()
    desk.delivery.carry_out(failed.id, desk.run, failed.tries)

    assert (failed.state, failed.tries) == (State.QUEUED, 1)
    assert desk.hall.states("2026-001") == [State.DONE]


def test_refusal_for_good_is_dead_and_told(desk: Desk) -> None:
    desk.wall.failures["budi@example.org"] = [NO_SUCH]
    desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.carry_out()

    assert desk.states() == {(desk.budi, FIRST): State.DEAD, (desk.sari, FIRST): State.DONE}
    assert desk.states("post") == {(desk.budi, FIRST): State.DONE}
    (line,) = desk.told()
    assert "Budi" in line
    assert "no such user" in line


def test_service_that_never_comes_back_is_given_up_and_told(desk: Desk) -> None:
    desk.wall.failures["budi@example.org"] = [AWAY] * 100
    desk.hall.call("2026-001", [desk.budi])
    for _ in range(10):
        desk.carry_out()
        desk.now += timedelta(hours=2)

    (one,) = [one for one in desk.hall.all() if one.effect.kind == "invitation"]
    assert (one.state, one.tries) == (State.DEAD, 3)
    assert len(desk.wall.failures["budi@example.org"]) == 96
    assert len(desk.told()) == 1


def test_later_try_shows_the_latest_state_only(desk: Desk) -> None:
    desk.wall.failures["budi@example.org"] = [AWAY]
    desk.hall.call("2026-001", [desk.budi])
    desk.carry_out()
    desk.hall.change("2026-001", "later", later=timedelta(hours=1))
    desk.now += timedelta(minutes=1)
    desk.carry_out()

    assert [one.sequence for _, one in desk.wall.published] == [1]
    assert desk.states() == {(desk.budi, FIRST): State.CANCELLED, (desk.budi, FIRST + 1): State.DONE}


def test_effect_of_an_older_revision_is_dropped(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    desk.hall.change("2026-001", "later", later=timedelta(hours=1))
    late = Effect(kind="invitation", subject="2026-001", target=desk.sari, generation=FIRST)
    with desk.hall.record.database.write() as connection:
        desk.hall.record.outbox.enqueue(connection, late, at=NOON)
    desk.carry_out()

    assert desk.states()[desk.sari, FIRST] is State.CANCELLED
    assert [one.revision for _, one in desk.wall.published] == [FIRST + 1]


def test_who_is_taken_off_the_list_is_told(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.carry_out()
    desk.hall.change("2026-001", "without", invited=(desk.budi,))
    desk.carry_out()

    assert desk.wall.shows("sari@example.org") == []
    assert [one.revision for one in desk.wall.shows("budi@example.org")] == [FIRST + 1]
    assert [recipient for recipient, _ in desk.wall.published].count("sari@example.org") == 2


def test_who_is_taken_off_the_list_is_told_once_and_with_a_higher_sequence(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.carry_out()
    desk.hall.change("2026-001", "without", invited=(desk.budi,))
    desk.carry_out()
    desk.hall.change("2026-001", "later", later=timedelta(hours=1))
    desk.hall.change("2026-001", "renamed", summary="Rapat lain")
    desk.carry_out()

    assert [one.sequence for who, one in desk.wall.published if who == "sari@example.org"] == [0, 1]


def test_who_is_taken_off_the_list_is_told_though_the_meeting_changes_before(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.carry_out()
    desk.wall.failures["sari@example.org"] = [AWAY]
    desk.hall.change("2026-001", "without", invited=(desk.budi,))
    desk.carry_out()
    desk.hall.change("2026-001", "later", later=timedelta(hours=1))
    desk.now += timedelta(minutes=1)
    desk.carry_out()

    assert desk.wall.shows("sari@example.org") == []
    assert desk.states()[desk.sari, FIRST + 1] is State.DONE


def test_invitation_from_before_a_removal_is_not_sent_after_it(desk: Desk) -> None:
    desk.wall.failures["sari@example.org"] = [NO_SUCH]
    desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.carry_out()
    (dead,) = [one for one in desk.hall.all() if one.state is State.DEAD]
    desk.hall.change("2026-001", "without", invited=(desk.budi,))
    with desk.hall.record.database.write() as connection:
        desk.hall.record.outbox.revive(connection, dead, at=desk.now)
    desk.carry_out()

    assert desk.states()[desk.sari, FIRST] is State.CANCELLED
    assert [who for who, _ in desk.wall.published].count("sari@example.org") == 1


def test_revisions_of_one_instant_are_stamped_apart(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    for title in ("A", "B"):
        desk.carry_out()
        desk.hall.change("2026-001", title, summary=title)
    desk.carry_out()

    stamps = [one.dtstamp - NOON for _, one in desk.wall.published]
    assert stamps == [timedelta(), timedelta(seconds=1), timedelta(seconds=2)]
    assert desk.hall.is_sound()


def test_cancellation_reaches_everyone_ever_invited(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi, desk.sari])
    desk.hall.change("2026-001", "without", invited=(desk.budi,))
    desk.hall.cancel("2026-001")
    desk.carry_out()

    assert {(who, one.status) for who, one in desk.wall.published} == {
        ("budi@example.org", Status.CANCELLED),
        ("sari@example.org", Status.CANCELLED),
    }
    assert len(desk.wall.published) == 2


def test_member_without_an_address_gets_nothing(desk: Desk) -> None:
    made: MemberId = desk.hall.enrol("Made", None)
    desk.hall.call("2026-001", [desk.budi, made])
    desk.carry_out()

    assert [recipient for recipient, _ in desk.wall.published] == ["budi@example.org"]
    assert desk.states() == {(desk.budi, FIRST): State.DONE}


def test_effect_that_a_bug_stops_is_dead_and_told(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    one = desk.hall.all()[0]
    desk.delivery.bury(one.id)
    desk.carry_out()

    assert desk.states() == {(desk.budi, FIRST): State.DEAD}
    (line,) = desk.told()
    assert "Budi" in line
    assert one.id in line


def test_bug_does_not_bury_what_is_done(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    desk.carry_out()
    desk.delivery.bury(desk.hall.all()[0].id)

    assert (desk.states(), desk.told()) == ({(desk.budi, FIRST): State.DONE}, [])


def test_invitation_that_a_damaged_roll_stops_is_dead_and_told(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    key = desk.hall.house.settings.data / "keys" / "persons" / desk.budi
    key.chmod(0o600)
    key.write_bytes(b"short")
    desk.hall.record.vault = Vault(desk.hall.record.keys)
    desk.carry_out()

    assert desk.states() == {(desk.budi, FIRST): State.DEAD}
    (line,) = desk.told()
    assert "Rapat 2026-001" in line


def test_invitation_of_someone_whose_key_cannot_be_read_now_is_tried_again(desk: Desk) -> None:
    desk.hall.call("2026-001", [desk.budi])
    desk.hall.record.vault = Vault(desk.hall.record.keys)
    persons = desk.hall.house.settings.data / "keys" / "persons"
    persons.rename(persons.with_name("away"))
    desk.carry_out()
    persons.with_name("away").rename(persons)
    (waiting,) = desk.hall.all()
    desk.now = waiting.due_at
    desk.carry_out()

    assert (waiting.state, waiting.tries) == (State.QUEUED, 1)
    assert desk.states() == {(desk.budi, FIRST): State.DONE}


def test_invitation_that_fails_again_after_a_retry_is_told_again(desk: Desk) -> None:
    desk.wall.failures["budi@example.org"] = [NO_SUCH, NO_SUCH]
    desk.hall.call("2026-001", [desk.budi])
    desk.carry_out()
    (dead,) = [one for one in desk.hall.all() if one.state is State.DEAD]
    with desk.hall.record.database.write() as connection:
        desk.hall.record.outbox.revive(connection, dead, at=desk.now)
    desk.carry_out()

    assert len(desk.told()) == 2
    assert len({key for key, _ in desk.chat.posts}) == 2
    assert desk.states("post") == {(desk.budi, FIRST): State.DONE}


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_effect_in_the_hands_of_another_worker_is_looked_at_again_later(desk: Desk, tmp_path: Path) -> None:
    desk.hall.call("2026-001", [desk.budi])
    (one,) = desk.hall.all()
    url = desk.hall.record.database.url.render_as_string()
    with open_hall(tmp_path / "data", url) as other:
        with other.record.outbox.exclusive(f"2026-001:{desk.budi}"):
            desk.delivery.carry_out(one.id, desk.run)
        untouched = desk.hall.all()
    desk.delivery.carry_out(one.id, desk.run)

    assert untouched == (one,)
    check_queue(desk.hall, (one.id, "ENQUEUED"), (f"{one.id}@2026-11-24T12:00:05.000Z", "DELAYED"))
    assert desk.states() == {(desk.budi, FIRST): State.DONE}
