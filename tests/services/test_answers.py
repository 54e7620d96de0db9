"""What becomes of what comes back from calendars: each once, the newest counts, and nothing unproved is believed."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from governor.domain.meetings import Meeting, PartStat, Status
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.itip.answer import Answer, Method, Proposal
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.ports import Account, Bounce, Call, Edit, Incoming, Letter, Press, Receive, Reply, Rsvp
from governor.services import answers
from governor.services.delivery import Delivery
from governor.services.edits import RESTORATION
from governor.services.invitations import addressed
from governor.services.outside import Outside
from governor.store import meetings
from governor.store.outbox import State, Tracked
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from tests.delivery.hall import NOON, Hall, open_hall
from tests.delivery.worker import Nobody

BUDI, SARI = "budi@example.org", "sari@example.org"


class Noting:
    """A calendar that notes what it was given; the outside's id is what it was given for."""

    name = "noting"
    is_shared = False
    organizer = Mailbox(name="Governor", address="rapat@karangtaruna.example")
    notice = phrase("start-help")

    def __init__(self) -> None:
        self.declined: list[tuple[str, Answer]] = []
        self.published: list[tuple[str, str, int]] = []

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        self.published.append((guest.mailbox.address, invitation.summary, invitation.revision))
        return f"<{invitation.uid}-{invitation.revision}-{guest.mailbox.address}>"

    async def decline(self, invitation: Invitation, guest: Guest, answer: Answer) -> str:
        self.declined.append((guest.mailbox.address, answer))
        return "declined"

    async def listen(self, receive: Receive) -> None:
        raise AssertionError

    async def close(self) -> None:
        raise AssertionError


@dataclass
class Desk:
    """A meeting ``2026-001`` to which Rini's people are invited, and whatever the chat was told."""

    hall: Hall
    calendar: Noting
    chat: Nobody
    uid: str
    people: Sequence[MemberId]
    now: datetime = NOON

    def receive(self, *incoming: Incoming) -> None:
        for one in incoming:
            answers.receive(self.hall.record, one, self.now, self.calendar.name)
        self.deliver()

    def deliver(self) -> None:
        delivery = Delivery(self.hall.record, Outside(calendars=(self.calendar,), chat=self.chat), lambda: self.now)
        while queued := [one for one in self.hall.all() if one.state is State.QUEUED and one.due_at <= self.now]:
            for one in queued:
                delivery.carry_out(one.id, asyncio.run)

    def press(self, word: str, account: str = "rini") -> Reply:
        card = self.posts[-1].cards[0]
        button = next(one for one in card.buttons if one.token.startswith(f"{word}:"))
        call = Call(
            id=f"{word}-{len(self.chat.posts)}-{self.now}",
            account=Account(platform="console", id=account),
            at=self.now,
            request=Press(button=button.token),
        )
        (reply,) = self.hall.house.dispatcher(["mail"])(call)
        self.deliver()
        return reply

    @property
    def meeting(self) -> Meeting:
        with self.hall.record.database.read() as connection:
            found = meetings.find(connection, "2026-001")
        assert found is not None
        return found

    @property
    def posts(self) -> list[Reply]:
        return [reply for _, reply in self.chat.posts]

    @property
    def said(self) -> str:
        return "\n".join(say(line, reply.language) for reply in self.posts for line in reply.lines)

    @property
    def cards(self) -> list[str]:
        return [card.title.key for reply in self.posts for card in reply.cards]

    def partstat(self, at: int = 1) -> PartStat:
        return self.meeting.attendees[at].partstat

    def effect(self, at: int = 1) -> Tracked:
        return next(
            one
            for one in self.hall.effects("2026-001")
            if one.effect.target == self.people[at] and one.effect.kind == "invitation"
        )

    def rsvp(
        self, partstat: PartStat = PartStat.ACCEPTED, *, after: int = 0, is_verified: bool = True, **more: object
    ) -> Rsvp:
        """Return Budi's answer *after* so many seconds."""
        at = NOON + timedelta(seconds=after)
        answer = Answer(uid=self.uid, attendee=BUDI, partstat=partstat, sequence=self.meeting.sequence, dtstamp=at)
        method = Method.COUNTER if "proposal" in more else Method.REPLY
        answer = replace(answer, **{"method": method} | more)  # type: ignore[arg-type]
        return Rsvp(id=f"{answer}", at=at, answer=answer, is_verified=is_verified)

    def letter(self, text: str, *, sender: str = BUDI, is_verified: bool = True) -> Letter:
        about = (f"<{self.uid}-1-{BUDI}>",)
        return Letter(id=text + sender, at=self.now, about=about, sender=sender, text=text, is_verified=is_verified)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_hall(tmp_path / "data", None) as hall:
        with hall.record.database.read() as connection:
            rini = next(iter(hall.record.roster(connection))).id
        people = (rini, hall.enrol("Budi", BUDI), hall.enrol("Sari", SARI))
        uid = hall.call("2026-001", people)
        desk = Desk(hall=hall, calendar=Noting(), chat=Nobody(), uid=uid, people=people)
        desk.deliver()
        yield desk
        assert hall.is_sound()


def test_proved_answer_is_entered_and_told(desk: Desk) -> None:
    desk.receive(desk.rsvp(comment="telat 10 menit"))

    assert desk.partstat() is PartStat.ACCEPTED
    assert desk.said == "Budi hadir di Rapat 2026-001.\nBudi menulis: “telat 10 menit”"


def test_same_message_again_is_told_once(desk: Desk) -> None:
    desk.receive(desk.rsvp(), desk.rsvp(), replace(desk.rsvp(is_verified=False), id=desk.rsvp().id))

    assert len(desk.posts) == 1


def test_newest_answer_counts_and_is_told_in_whatever_order_they_come(desk: Desk) -> None:
    desk.now = NOON + timedelta(minutes=1)

    desk.receive(desk.rsvp(PartStat.DECLINED, after=2), desk.rsvp(PartStat.ACCEPTED, after=1))

    assert desk.partstat() is PartStat.DECLINED
    assert len(desk.posts) == 1


def test_answers_that_wait_are_told_as_the_last_one(desk: Desk) -> None:
    desk.now = NOON + timedelta(minutes=1)
    for one in (desk.rsvp(PartStat.DECLINED, after=1), desk.rsvp(PartStat.TENTATIVE, after=2)):
        answers.receive(desk.hall.record, one, desk.now)

    desk.deliver()

    assert [line.key for reply in desk.posts for line in reply.lines] == ["answered-tentative"]


def test_unproved_answer_changes_nothing_until_somebody_vouches_for_it(desk: Desk) -> None:
    desk.receive(desk.rsvp(is_verified=False))
    assert desk.partstat() is PartStat.NEEDS_ACTION
    assert "BELUM TERBUKTI" in " ".join(say(row.value, "id") for row in desk.posts[0].cards[0].rows)

    assert desk.press("take").lines[0].key == "answered-accepted"

    assert desk.partstat() is PartStat.ACCEPTED
    desk.now += timedelta(seconds=1)
    assert desk.press("take").lines[0].key == "matter-used"


def test_answer_that_another_wrote_is_shown_with_who_it_was(desk: Desk) -> None:
    desk.receive(desk.rsvp(is_verified=False, sent_by="ani@example.org"))

    rows = {row.label.key: say(row.value, "id") for row in desk.posts[0].cards[0].rows}
    assert (rows["label-sender"], rows["label-sent-by"]) == (BUDI, "ani@example.org")


def test_only_who_may_change_a_meeting_vouches(desk: Desk) -> None:
    desk.hall.link("budi", desk.people[1])
    desk.receive(desk.rsvp(is_verified=False))

    assert desk.press("take", "budi").lines[0].key == "not-permitted"
    assert desk.partstat() is PartStat.NEEDS_ACTION


def test_unproved_answer_that_is_left_aside_changes_nothing(desk: Desk) -> None:
    desk.receive(desk.rsvp(is_verified=False))

    assert desk.press("drop").lines[0].key == "matter-dropped"
    assert desk.partstat() is PartStat.NEEDS_ACTION


@pytest.mark.parametrize(
    "more", [{"uid": "another"}, {"attendee": "mallory@example.org"}, {"partstat": PartStat.NEEDS_ACTION}]
)
def test_what_matches_no_meeting_no_attendee_or_says_nothing_leaves_no_trace(
    desk: Desk, more: dict[str, object]
) -> None:
    desk.receive(desk.rsvp(**more))  # type: ignore[arg-type]

    assert (desk.posts, desk.partstat()) == ([], PartStat.NEEDS_ACTION)


def test_answer_to_the_time_before_leaves_no_trace(desk: Desk) -> None:
    before = desk.rsvp()
    desk.hall.change("2026-001", "move", later=timedelta(hours=1))

    desk.receive(before)

    assert (desk.posts, desk.partstat()) == ([], PartStat.NEEDS_ACTION)


def test_answer_to_one_occurrence_of_what_has_none_leaves_no_trace(desk: Desk) -> None:
    desk.receive(desk.rsvp(recurrence_id=NOON))

    assert (desk.posts, desk.partstat()) == ([], PartStat.NEEDS_ACTION)


WEEKLY = Recurrence(rrule="FREQ=WEEKLY;COUNT=4")


def test_answer_to_one_occurrence_of_a_series_is_for_that_one_alone(desk: Desk) -> None:
    desk.hall.change("2026-001", "weekly", recurrence=WEEKLY)
    third = desk.meeting.dtstart + timedelta(days=14)

    desk.receive(desk.rsvp(PartStat.DECLINED, recurrence_id=third), desk.rsvp(PartStat.ACCEPTED, after=1))
    desk.now = NOON + timedelta(seconds=9)
    desk.receive(desk.rsvp(PartStat.TENTATIVE, after=2, recurrence_id=third))

    with desk.hall.record.database.read() as connection:
        (apart,) = meetings.set_apart(connection, "2026-001")
    assert apart.attendees[1].partstat is PartStat.TENTATIVE
    assert desk.partstat() is PartStat.ACCEPTED


def test_occurrence_that_is_proposed_elsewhere_is_moved_alone(desk: Desk) -> None:
    desk.hall.change("2026-001", "weekly", recurrence=WEEKLY)
    third, series = desk.meeting.dtstart + timedelta(days=14), desk.meeting
    moved = Proposal(dtstart=third + timedelta(hours=2))
    desk.receive(desk.rsvp(recurrence_id=third, proposal=moved))

    assert desk.press("take").lines[0].key == "meeting-changed"

    with desk.hall.record.database.read() as connection:
        (apart,) = meetings.set_apart(connection, "2026-001")
    assert (apart.dtstart, apart.recurrence_id) == (moved.dtstart, third)
    assert apart.sequence > series.sequence
    assert desk.meeting.dtstart == series.dtstart


def test_occurrence_that_is_moved_again_stays_above_its_series(desk: Desk) -> None:
    desk.hall.change("2026-001", "weekly", recurrence=WEEKLY)
    third = desk.meeting.dtstart + timedelta(days=14)
    desk.receive(desk.rsvp(recurrence_id=third, proposal=Proposal(dtstart=third + timedelta(hours=2))))
    desk.press("take")
    for place in ("Aula", "Balai", "Pendopo", "Gedung"):
        desk.hall.change("2026-001", place, location=place)
    desk.now = NOON + timedelta(seconds=9)
    desk.receive(desk.rsvp(after=9, recurrence_id=third, proposal=Proposal(dtstart=third + timedelta(hours=3))))

    assert desk.press("take").lines[0].key == "meeting-changed"

    with desk.hall.record.database.read() as connection:
        (apart,) = meetings.set_apart(connection, "2026-001")
    assert apart.dtstart == third + timedelta(hours=3)
    assert apart.sequence > desk.meeting.sequence


def edit(desk: Desk, **more: object) -> Edit:
    """Return what a person made of the meeting in a calendar that its guests share."""
    meeting = desk.meeting
    stands = {"summary": meeting.summary, "dtstart": meeting.dtstart, "duration": meeting.duration}
    return Edit(
        **{"id": f"{more}", "at": desk.now, "uid": desk.uid, "is_cancelled": False, "location": meeting.location}
        | stands
        | more  # type: ignore[arg-type]
    )


def test_edit_that_is_accepted_changes_the_record_and_says_each_part_once(desk: Desk) -> None:
    later = desk.meeting.dtstart + timedelta(hours=1)
    desk.hall.change("2026-001", "link", conference="https://meet.example.org/rapat")
    desk.receive(edit(desk, dtstart=later, location="Aula"))

    reply = desk.press("take")

    assert (desk.meeting.dtstart, desk.meeting.location, desk.meeting.conference) == (later, "Aula", None)
    assert [one.key for one in reply.lines[0].values["changed"]] == ["part-time", "part-place"]  # type: ignore[attr-defined]


def test_edit_that_says_nothing_new_is_not_shown(desk: Desk) -> None:
    desk.receive(edit(desk))
    assert desk.posts == []


def test_edit_that_took_the_meeting_off_cancels_it_when_it_is_accepted(desk: Desk) -> None:
    desk.receive(edit(desk, is_cancelled=True))
    assert desk.meeting.status is Status.CONFIRMED

    assert desk.press("take").lines[0].key == "meeting-cancelled-now"
    assert desk.meeting.status is Status.CANCELLED


def test_edit_that_is_put_back_changes_nothing_but_has_the_calendar_restored(desk: Desk) -> None:
    before = desk.meeting
    desk.receive(edit(desk, dtstart=before.dtstart + timedelta(hours=1)))

    assert desk.press("drop").lines[0].key == "edit-reverted"
    assert desk.meeting == before
    (effect,) = (one.effect for one in desk.hall.effects("2026-001") if one.effect.kind == RESTORATION)
    assert (effect.way, effect.generation) == (desk.calendar.name, before.revision)


def test_answer_after_the_meeting_is_off_leaves_no_trace(desk: Desk) -> None:
    unproved, proved = desk.rsvp(is_verified=False), desk.rsvp()
    desk.hall.cancel("2026-001")

    desk.receive(unproved, proved)

    assert desk.posts == []


JOKO = "joko@example.org"


def sends_joko(desk: Desk, **more: object) -> Rsvp:
    return desk.rsvp(PartStat.DELEGATED, delegated_to=JOKO, **more)  # type: ignore[arg-type]


def test_who_sends_another_is_entered_and_told_and_whom_they_send_is_for_a_person_to_invite(desk: Desk) -> None:
    desk.receive(sends_joko(desk))

    assert desk.partstat() is PartStat.DELEGATED
    assert "Budi mengutus joko@example.org." in desk.said
    assert desk.cards[-1] == "card-matter-delegate"
    assert desk.press("take").lines[0].key == "delegate-unknown"

    joko = desk.hall.enrol("Joko", JOKO)
    desk.now += timedelta(seconds=1)
    assert desk.press("take").lines[0].key == "delegate-invited"

    assert desk.meeting.attendees[-1].member == joko
    assert desk.meeting.attendees[1].delegate == joko
    with desk.hall.record.database.read() as connection:
        shown = addressed(desk.hall.record, connection, "2026-001", joko, desk.calendar.organizer)
    guests = {one.mailbox.address: one for one in shown.invitation.guests}
    assert (guests[BUDI].delegated_to, guests[JOKO].delegated_from) == (JOKO, (BUDI,))
    desk.now += timedelta(seconds=1)
    assert desk.press("take").lines[0].key == "matter-used"


def test_who_answers_for_themselves_again_sends_nobody(desk: Desk) -> None:
    joko = desk.hall.enrol("Joko", JOKO)
    desk.receive(sends_joko(desk))
    desk.press("take")
    desk.now = NOON + timedelta(seconds=9)
    desk.receive(desk.rsvp(PartStat.ACCEPTED, after=5))

    with desk.hall.record.database.read() as connection:
        shown = addressed(desk.hall.record, connection, "2026-001", joko, desk.calendar.organizer)
    assert [one for one in shown.invitation.guests if one.delegated_to or one.delegated_from] == []


def test_who_sends_another_to_a_series_sends_them_to_each_occurrence_that_is_set_apart(desk: Desk) -> None:
    joko = desk.hall.enrol("Joko", JOKO)
    desk.hall.change("2026-001", "weekly", recurrence=WEEKLY)
    desk.receive(sends_joko(desk))
    desk.press("take")
    third = desk.meeting.dtstart + 2 * timedelta(days=7)
    desk.receive(desk.rsvp(attendee=SARI, recurrence_id=third, after=1))

    with desk.hall.record.database.read() as connection:
        (apart,) = meetings.set_apart(connection, "2026-001")
        shown = addressed(desk.hall.record, connection, apart.number, joko, desk.calendar.organizer)
    guests = {one.mailbox.address: one for one in shown.invitation.guests}
    assert (guests[BUDI].delegated_to, guests[JOKO].delegated_from) == (JOKO, (BUDI,))


def test_who_sends_somebody_invited_already_has_nothing_decided(desk: Desk) -> None:
    desk.receive(desk.rsvp(PartStat.DELEGATED, delegated_to=SARI))

    assert desk.cards == ["card-meeting"]


def test_unproved_word_that_another_comes_is_entered_before_it_is_decided(desk: Desk) -> None:
    desk.receive(sends_joko(desk, is_verified=False))
    assert desk.partstat() is PartStat.NEEDS_ACTION

    assert desk.press("take").lines[0].key == "answered-delegated"

    assert (desk.partstat(), desk.cards[-1]) == (PartStat.DELEGATED, "card-matter-delegate")


def test_stranger_who_says_that_they_come_in_a_place_is_shown_and_may_be_invited(desk: Desk) -> None:
    desk.receive(
        desk.rsvp(attendee=JOKO, delegated_from=BUDI), desk.rsvp(attendee=JOKO, delegated_from="x@example.org")
    )

    (post,) = desk.posts
    rows = {row.label.key: say(row.value, "id") for row in post.cards[0].rows}
    assert (rows["label-from"], rows["label-sender"]) == ("Budi", JOKO)
    joko = desk.hall.enrol("Joko", JOKO)
    assert desk.press("take").lines[0].key == "delegate-invited"
    assert [one.member for one in desk.meeting.attendees][-1] == joko


REFRESH = {"method": Method.REFRESH, "partstat": PartStat.NEEDS_ACTION}


def test_who_asks_for_the_invitation_is_sent_it_again_and_nothing_else_changes(desk: Desk) -> None:
    before = desk.meeting
    desk.calendar.published.clear()

    desk.receive(desk.rsvp(**REFRESH))

    assert desk.calendar.published == [(BUDI, "Rapat 2026-001", 1)]
    assert (desk.meeting, desk.posts) == (before, [])


def test_who_asks_without_end_is_sent_one_copy_in_ten_minutes(desk: Desk) -> None:
    desk.calendar.published.clear()
    desk.receive(*(desk.rsvp(after=after, **REFRESH) for after in range(30)))
    assert len(desk.calendar.published) == 1

    desk.now += timedelta(minutes=10)
    desk.receive(desk.rsvp(after=600, **REFRESH))

    assert len(desk.calendar.published) == 2


def test_who_asks_for_a_series_is_sent_the_occurrences_that_they_were_told_of_too(desk: Desk) -> None:
    desk.hall.change("2026-001", "weekly", recurrence=WEEKLY)
    third = desk.meeting.dtstart + timedelta(days=14)
    desk.receive(desk.rsvp(recurrence_id=third, proposal=Proposal(dtstart=third + timedelta(hours=2))))
    desk.press("take")
    desk.hall.change("2026-001", "renamed", summary="Rapat rutin")
    desk.deliver()
    desk.calendar.published.clear()

    desk.receive(desk.rsvp(after=1, **REFRESH))

    assert sorted(desk.calendar.published) == [(BUDI, "Rapat rutin", 2), (BUDI, "Rapat rutin", 3)]


def test_who_asks_without_proof_is_sent_nothing_until_somebody_vouches(desk: Desk) -> None:
    desk.calendar.published.clear()
    desk.receive(desk.rsvp(is_verified=False, **REFRESH))
    assert (desk.calendar.published, desk.cards) == ([], ["card-matter-refresh"])

    assert desk.press("take").lines[0].key == "refresh-sent"

    assert desk.calendar.published == [(BUDI, "Rapat 2026-001", 1)]


@pytest.mark.parametrize("is_verified", [True, False])
def test_who_is_not_invited_or_is_told_in_the_chat_is_sent_nothing(desk: Desk, *, is_verified: bool) -> None:
    desk.hall.change("2026-001", "without Budi", invited=(desk.people[0], desk.people[2]))
    desk.deliver()
    desk.calendar.published.clear()

    desk.receive(
        desk.rsvp(is_verified=is_verified, **REFRESH),
        desk.rsvp(is_verified=is_verified, attendee="mallory@example.org", **REFRESH),
        desk.rsvp(is_verified=is_verified, uid="another", **REFRESH),
    )

    assert (desk.calendar.published, desk.posts) == ([], [])


CANCEL = {"method": Method.CANCEL, "partstat": PartStat.NEEDS_ACTION}


@pytest.mark.parametrize("is_verified", [True, False])
def test_nobody_cancels_a_meeting_by_mail_but_it_is_told(desk: Desk, *, is_verified: bool) -> None:
    before = desk.meeting

    desk.receive(desk.rsvp(is_verified=is_verified, sequence=99, **CANCEL))

    assert (desk.meeting, desk.cards) == (before, ["card-matter-cancel"])
    assert [button.token.partition(":")[0] for button in desk.posts[0].cards[0].buttons] == ["drop"]
    desk.press("drop")
    assert desk.meeting == before


def test_cancel_of_a_stranger_leaves_no_trace(desk: Desk) -> None:
    before = desk.meeting

    desk.receive(desk.rsvp(attendee="mallory@example.org", **CANCEL), desk.rsvp(attendee="", **CANCEL))

    assert (desk.meeting, desk.posts) == (before, [])


PROPOSED = Proposal(dtstart=datetime(2026, 12, 10, 12, tzinfo=UTC), duration=timedelta(hours=2))


def test_proposal_that_is_taken_up_moves_the_meeting_for_everybody(desk: Desk) -> None:
    desk.receive(desk.rsvp(proposal=PROPOSED))
    assert desk.cards == ["card-matter-counter"]

    assert desk.press("take").lines[0].key == "meeting-changed"

    assert (desk.meeting.dtstart, desk.meeting.duration, desk.meeting.sequence) == (
        PROPOSED.dtstart,
        PROPOSED.duration,
        1,
    )
    assert desk.effect().effect.generation == 1
    sent = [one for one in desk.hall.effects("2026-001") if one.effect.generation == 2]
    assert {one.effect.target for one in sent} == set(desk.people[1:])
    assert {one.state for one in sent} == {State.DONE}


def test_proposal_that_is_declined_is_answered_by_decline(desk: Desk) -> None:
    rsvp = desk.rsvp(proposal=PROPOSED)
    desk.receive(rsvp)

    assert desk.press("drop").lines[0].key == "counter-declined"

    assert [(who, one.dtstamp, one.sequence) for who, one in desk.calendar.declined] == [(BUDI, NOON, 0)]
    assert desk.meeting.revision == 1


@pytest.mark.parametrize(
    ("text", "partstat"),
    [
        ("saya hadir", PartStat.ACCEPTED),
        ("Can't make it", PartStat.DECLINED),
        ("tidak bisa hadir, ada acara keluarga", PartStat.DECLINED),
        ("Hadir\n\nSalam hormat,\nBudi Santoso\nKetua RT 05", PartStat.ACCEPTED),
    ],
)
def test_words_that_are_proved_are_entered(desk: Desk, text: str, partstat: PartStat) -> None:
    desk.receive(desk.letter(text))

    assert desk.partstat() is partstat


@pytest.mark.parametrize("more", [{"is_verified": False}, {"sender": "mallory@example.org"}])
def test_words_that_are_not_proved_are_shown(desk: Desk, more: dict[str, object]) -> None:
    desk.receive(desk.letter("saya hadir", **more))  # type: ignore[arg-type]

    assert (desk.cards, desk.partstat()) == (["card-matter-letter"], PartStat.NEEDS_ACTION)
    desk.press("take")
    assert desk.partstat() is PartStat.ACCEPTED


def test_words_that_say_no_answer_are_shown_without_a_button_to_enter_them(desk: Desk) -> None:
    desk.receive(desk.letter("apakah ada konsumsi?"))

    (card,) = desk.posts[0].cards
    assert [button.token.partition(":")[0] for button in card.buttons] == ["drop"]


def test_words_about_the_meeting_as_it_was_are_shown(desk: Desk) -> None:
    letter = desk.letter("saya hadir")
    desk.hall.change("2026-001", "move", later=timedelta(hours=1))

    desk.receive(letter)

    assert (desk.cards, desk.partstat()) == (["card-matter-letter"], PartStat.NEEDS_ACTION)


def test_words_about_nothing_of_ours_leave_no_trace(desk: Desk) -> None:
    desk.receive(replace(desk.letter("saya hadir"), about=("<x@y>",)), desk.letter("  \n"))

    assert desk.posts == []


def test_mail_that_comes_back_is_told_once_without_the_address(desk: Desk) -> None:
    about = (f"<{desk.uid}-1-{BUDI}>",)

    desk.receive(*(Bounce(id=f"b{n}", at=NOON, about=about, reason=f"no {BUDI} here") for n in range(2)))

    assert desk.effect().state is State.DEAD
    assert len(desk.posts) == 1
    assert "Budi" in desk.said
    assert BUDI not in desk.said
    assert "no … here" in desk.said
