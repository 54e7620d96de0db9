"""By which way is each attendee told, when Google is well, ill, revoked, and ill at the worst moment?"""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from governor.domain.events import RouteChosen
from governor.domain.meetings import PartStat, Status
from governor.domain.members import MemberId, Route
from governor.services import answers
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.services.telling import Send
from governor.services.ways import WITHDRAWAL
from governor.store import meetings
from governor.store.outbox import State
from governor.wording.catalogue import say
from integrations.google_calendar.calendar import GoogleCalendar
from tests.delivery.calendars import Wall
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.load import WEEKLY
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Nobody
from tests.integrations.google_accounts import opened
from tests.integrations.google_server import Fault, Google, serving

PEOPLE = ("budi@example.org", "sari@example.org", "anne@example.org")


@dataclass
class Town:
    """A hall whose people are invited through Google, with mail behind it, and a clock that stands until it is set."""

    hall: Hall
    google: Google
    calendar: GoogleCalendar
    mail: Wall = field(default_factory=Wall)
    chat: Nobody = field(default_factory=Nobody)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.mail.name = "mail"  # type: ignore[misc]
        self.hall.clock = lambda: self.now
        self.hall.ways = ("google", "mail")
        outside = Outside(calendars=(self.calendar, self.mail), chat=self.chat, retry=Retry())
        self.delivery = Delivery(self.hall.record, outside, lambda: self.now)
        self.people = [self.hall.enrol(email.partition("@")[0].title(), email) for email in PEOPLE]

    def run(self, send: Send) -> str:
        return asyncio.run(_awaited(send))

    def deliver(self, until: datetime | None = None) -> None:
        """Carry out what is due, and let time pass to whatever is due before *until*."""
        while True:
            queued = [one for one in self.hall.all() if one.state is State.QUEUED]
            due = [one for one in queued if one.due_at <= self.now]
            for one in due:
                self.delivery.carry_out(one.id, self.run)
            if due:
                continue
            later = [one.due_at for one in queued if until is not None and one.due_at <= until]
            if not later:
                break
            self.now = min(later)
        self.now = max(self.now, until or self.now)

    def answer(self, index: int = 0) -> None:
        async def look() -> None:
            found = asyncio.create_task(self.calendar.listen(self._receive))
            await asyncio.sleep(0.3)
            found.cancel()

        asyncio.run(look())

    async def _receive(self, incoming: object) -> None:
        answers.receive(self.hall.record, incoming, self.now, "google")  # type: ignore[arg-type]

    def shown(self) -> dict[str, tuple[int, int]]:
        """Return how many entries each person has: in the event of Google, and by mail."""
        return {each: (len(self.google.shows(each)), len(self.mail.shows(each))) for each in PEOPLE}

    def partstat(self, member: MemberId) -> PartStat:
        with self.hall.record.database.read() as connection:
            meeting = meetings.find(connection, "2026-001")
        assert meeting is not None
        return next(one.partstat for one in meeting.attendees if one.member == member)

    def told(self) -> list[str]:
        return [say(line, reply.language) for _, reply in self.chat.posts for line in reply.lines]


async def _awaited(send: Send) -> str:
    return await send


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with serving() as google, open_hall(tmp_path / "data", None) as hall:
        found = Town(hall=hall, google=google, calendar=opened(google, tmp_path / "data", google_timeout=1.0))
        yield found
        asyncio.run(found.calendar.close())


def test_everyone_with_an_address_is_invited_by_google_alone(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()

    assert town.shown() == dict.fromkeys(PEOPLE, (1, 0))


def test_chosen_way_counts_from_the_next_meeting_on(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    with town.hall.record.act("choose", town.now) as work:
        work.record(RouteChosen(member=town.people[0], number=2, route=Route.MAIL), by=town.people[0])
        work.record(RouteChosen(member=town.people[1], number=3, route=Route.CHAT), by=town.people[1])
    town.hall.change("2026-001", "rename", summary="Rapat anggaran")
    town.hall.call("2026-002", town.people)
    town.deliver()

    assert town.shown() == {PEOPLE[0]: (1, 1), PEOPLE[1]: (1, 0), PEOPLE[2]: (2, 0)}
    assert town.hall.is_sound()


def test_google_that_fails_for_an_hour_gives_way_to_mail_under_the_same_uid(town: Town) -> None:
    town.google.choose = lambda _: Fault(status=503)
    town.hall.call("2026-001", town.people)

    town.deliver(until=NOON + timedelta(minutes=59))
    early = town.shown()
    town.deliver(until=NOON + timedelta(minutes=61))
    mailed = town.shown()
    town.google.choose = None
    town.deliver(until=NOON + timedelta(hours=6))

    assert early == dict.fromkeys(PEOPLE, (0, 0))
    assert mailed == town.shown() == dict.fromkeys(PEOPLE, (0, 1))
    assert town.google.told == []


def test_nobody_has_two_entries_when_google_did_what_it_did_not_answer(town: Town) -> None:
    town.google.choose = lambda method: (
        Fault(status=504, after=True) if method != "GET" else Fault(status=503) if town.google.events else None
    )
    town.hall.call("2026-001", town.people)
    town.deliver(until=NOON + timedelta(minutes=61))
    ((event, shown),) = town.google.events.items()
    uids = {one.uid for each in PEOPLE for one in town.mail.shows(each)}

    town.google.choose = None
    town.deliver(until=NOON + timedelta(hours=6))

    assert uids == {shown["iCalUID"]}, "what is there twice until Google is back is one entry to a calendar program"
    assert town.shown() == dict.fromkeys(PEOPLE, (0, 1))
    assert [one for one in town.google.told if one.news != "invited"] == []
    assert event


def test_who_waited_for_the_turn_of_a_way_that_was_given_up_leaves_the_other_way_its_own(town: Town) -> None:
    refused, outbox = threading.Event(), town.hall.record.outbox

    def refuse(_: str) -> Fault:
        refused.wait(10)
        return Fault(status=403, reason="forbidden")

    town.google.choose = refuse
    town.hall.call("2026-001", town.people[:1])
    (effect,) = town.hall.effects("2026-001")
    both = [threading.Thread(target=town.delivery.carry_out, args=(effect.id, town.run)) for _ in range(2)]
    for one in both:
        one.start()
    wait_until(lambda: outbox._turns._wanted["2026-001:google"] == 2)
    refused.set()
    for one in both:
        one.join()
    early = town.shown()
    town.google.choose = None
    town.deliver()

    assert early[PEOPLE[0]] == (0, 0), "sent by mail in the turn of Google, beside whoever has the turn of mail"
    assert town.shown()[PEOPLE[0]] == (0, 1)


def test_who_is_told_of_an_occurrence_by_mail_is_not_put_on_it_by_its_series(town: Town) -> None:
    town.hall.call("2026-001", town.people, recurrence=WEEKLY)
    second = town.hall.meeting("2026-001").dtstart + timedelta(days=7)
    town.hall.set_apart("2026-001", second, "apart", timedelta(hours=2))
    apart = next(one for one in town.hall.all() if one.effect.subject != "2026-001").effect.subject

    town.google.choose = lambda _: Fault(status=403, reason="forbidden")
    town.delivery.carry_out(next(one.id for one in town.hall.effects(apart)), town.run)
    town.google.choose = None
    (withdrawn,) = (one for one in town.hall.effects(apart) if one.effect.kind == WITHDRAWAL)
    town.delivery.carry_out(withdrawn.id, town.run)  # there is no series yet to take them off
    town.deliver(until=NOON + timedelta(hours=1))

    (email,) = (each for each, (_, mailed) in town.shown().items() if mailed)
    occurrences = {each: [one for one in town.google.shows(each) if "recurringEventId" in one] for each in PEOPLE}
    assert {each: len(found) for each, found in occurrences.items()} == dict.fromkeys(PEOPLE, 1) | {email: 0}


def test_series_goes_on_by_mail_with_what_was_set_apart_of_it(town: Town) -> None:
    town.hall.call("2026-001", town.people, recurrence=WEEKLY)
    second, third = (town.hall.meeting("2026-001").dtstart + timedelta(days=days) for days in (7, 14))
    moved = town.hall.set_apart("2026-001", second, "second", timedelta(hours=2))
    town.hall.change(moved, "own", summary="Rapat gabungan")
    off = town.hall.set_apart("2026-001", third, "third", None)
    town.deliver(until=NOON + timedelta(minutes=5))
    town.google.told.clear()
    town.google.choose = lambda _: Fault(status=403, reason="forbidden")
    town.hall.change("2026-001", "rename", summary="Rapat mingguan")
    budi = next(one for one in town.hall.effects("2026-001") if one.state is State.QUEUED)
    town.delivery.carry_out(budi.id, town.run)
    town.google.choose = None
    town.deliver(until=NOON + timedelta(hours=1))

    (email,) = {who for who, _ in town.mail.published}
    told = {one.recurrence_id: (one.summary, one.status) for _, one in town.mail.published}
    assert told == {
        None: ("Rapat mingguan", Status.CONFIRMED),
        second.astimezone(UTC): ("Rapat gabungan", Status.CONFIRMED),
        third.astimezone(UTC): ("Rapat 2026-001", Status.CANCELLED),
    }
    assert len(town.mail.published) == len(told), "each once"
    assert {each: len(town.google.shows(each)) for each in PEOPLE} == dict.fromkeys(PEOPLE, 2) | {email: 0}
    assert email not in [one.email for one in town.google.told]
    assert town.hall.meeting(off).status is Status.CANCELLED


def test_who_comes_to_a_series_later_is_told_as_they_are_of_what_is_set_apart_of_it(town: Town) -> None:
    *others, last = town.people
    town.hall.call("2026-001", others, recurrence=WEEKLY)
    second = town.hall.meeting("2026-001").dtstart + timedelta(days=7)
    apart = town.hall.set_apart("2026-001", second, "second", timedelta(hours=2))
    town.hall.change(apart, "one more", invited=tuple(town.people))
    town.google.choose = lambda _: Fault(status=403, reason="forbidden")
    (effect,) = (one for one in town.hall.effects(apart) if one.effect.target == last)
    town.delivery.carry_out(effect.id, town.run)
    town.google.choose = None
    town.hall.change("2026-001", "to all", invited=tuple(town.people))
    town.deliver(until=NOON + timedelta(hours=1))

    assert town.google.shows(PEOPLE[-1]) == []
    assert {one.recurrence_id for who, one in town.mail.published if who == PEOPLE[-1]} == {
        None,
        second.astimezone(UTC),
    }


def test_moved_meeting_goes_on_by_mail_for_whom_google_failed(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    town.google.told.clear()
    town.google.choose = lambda _: Fault(status=503)
    town.hall.change("2026-001", "move", later=timedelta(days=1))
    town.deliver(until=town.now + timedelta(minutes=61))
    town.google.choose = None
    town.hall.change("2026-001", "again", later=timedelta(days=1))
    town.deliver(until=town.now + timedelta(hours=6))

    assert town.shown() == dict.fromkeys(PEOPLE, (0, 1))
    assert town.google.told == []


def test_newer_revision_does_not_wait_for_another_hour(town: Town) -> None:
    town.google.choose = lambda _: Fault(status=503)
    town.hall.call("2026-001", town.people)
    town.deliver(until=NOON + timedelta(minutes=50))
    town.hall.change("2026-001", "move", later=timedelta(days=1))
    town.deliver(until=NOON + timedelta(minutes=61))

    assert town.shown() == dict.fromkeys(PEOPLE, (0, 1))


def test_revoked_grant_is_told_once_and_everyone_is_mailed_at_once(town: Town) -> None:
    town.google.valid.clear()
    town.google.token_faults = [(400, {"error": "invalid_grant", "error_description": "revoked"})] * 99
    for number in ("2026-001", "2026-002"):
        town.hall.call(number, town.people)
    town.deliver()

    assert town.shown() == dict.fromkeys(PEOPLE, (0, 2))
    assert len([line for line in town.told() if "governor google connect" in line]) == 1


def test_quota_that_is_used_up_is_not_knocked_at_and_mail_comes_after_an_hour(town: Town) -> None:
    town.google.choose = lambda _: Fault(status=403, reason="quotaExceeded")
    town.hall.call("2026-001", town.people[:1])
    town.deliver(until=NOON + timedelta(minutes=61))

    assert town.shown()[PEOPLE[0]] == (0, 1)


def test_answer_given_in_google_is_entered_once(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    (event,) = town.google.events
    town.google.answer(event, PEOPLE[0], "accepted")
    town.answer()
    first = town.partstat(town.people[0])
    town.google.answer(event, PEOPLE[1], "declined")
    town.answer()

    assert first is PartStat.ACCEPTED
    assert [town.partstat(one) for one in town.people[:2]] == [PartStat.ACCEPTED, PartStat.DECLINED]


def test_answer_repeated_by_google_does_not_overrule_a_later_one(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    (event,) = town.google.events
    town.google.answer(event, PEOPLE[0], "accepted")
    town.answer()
    town.hall.reply("2026-001", town.people[0], PartStat.DECLINED)
    town.google.forget()
    town.google.answer(event, PEOPLE[1], "accepted")
    town.answer()

    assert town.partstat(town.people[0]) is PartStat.DECLINED
    assert town.partstat(town.people[1]) is PartStat.ACCEPTED


@pytest.mark.parametrize("word", ["take", "drop"])
def test_time_moved_in_google_is_accepted_or_put_back_by_a_person(town: Town, word: str) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    (event,) = town.google.events
    before = town.google.events[event]["start"]["dateTime"]
    town.google.edit(
        event, start={"dateTime": "2026-12-04T20:00:00+07:00"}, end={"dateTime": "2026-12-04T21:00:00+07:00"}
    )
    town.answer()
    town.deliver()
    (card,) = town.chat.posts[-1][1].cards
    shown = town.hall.meeting("2026-001").dtstart

    town.hall.press(next(one.token for one in card.buttons if one.token.startswith(word)))
    town.deliver()
    town.answer()

    kept = town.hall.meeting("2026-001").dtstart
    assert shown.isoformat() == before, "nothing changes the record by itself"
    expected = "2026-12-04T20:00:00+07:00" if word == "take" else before
    assert (kept.isoformat(), town.google.events[event]["start"]["dateTime"]) == (expected, expected)
    assert len([one for one in town.chat.posts if one[0].startswith("matter:")]) == 1


def test_event_deleted_in_google_is_put_back_or_the_meeting_cancelled(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    (event,) = town.google.events
    town.answer()
    town.google.remove(event)
    town.answer()
    town.deliver()
    (card,) = town.chat.posts[-1][1].cards

    town.hall.press(next(one.token for one in card.buttons if one.token.startswith("drop")))
    town.deliver()

    assert town.shown() == dict.fromkeys(PEOPLE, (1, 0))


def test_cancelled_meeting_leaves_google_and_nobody_is_asked(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    town.answer()
    town.hall.cancel("2026-001")
    town.deliver()
    posts = len(town.chat.posts)
    town.answer()
    town.deliver()

    assert town.shown() == dict.fromkeys(PEOPLE, (0, 0))
    assert len(town.chat.posts) == posts
