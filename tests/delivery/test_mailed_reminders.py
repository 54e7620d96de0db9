"""Reminders by mail: to those who are invited by mail, in their language, under the invitation, each once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from governor.domain.meetings import PartStat
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.domain.reminders import By, Reminding
from governor.ports import Letter, Say
from governor.services import answers
from governor.services.reminders import MAILED, REMINDER, remind
from governor.store.outbox import State
from tests.delivery.hall import NOON
from tests.delivery.mailing import Mailing, mailing
from tests.integrations.smtp_servers import Inbox

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = NOON + 9 * DAY
BY_MAIL = Reminding(before=(3 * DAY, DAY, HOUR), by=By.MAIL)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Mailing]:
    with mailing(tmp_path) as post:
        yield post


def invited(post: Mailing, *names: str) -> list[MemberId]:
    people = [post.enrol(name) for name in names]
    post.hall.call("2026-001", people)
    post.deliver()
    return people


def look(post: Mailing, before: timedelta, reminding: Reminding = BY_MAIL) -> list[str]:
    """Return to whom mail goes, and what is posted, when it is so long before the meeting."""
    mails, posts = len(post.inbox.messages), len(post.chat.posts)
    post.now = START - before
    remind(post.hall.record, reminding, post.now)
    post.deliver()
    told = [recipient.partition("@")[0] for recipient, _ in post.inbox.messages[mails:]]
    return [*sorted(told), *("chat" for _ in post.chat.posts[posts:])]


def test_each_is_reminded_in_their_language_under_their_invitation_and_without_a_calendar(post: Mailing) -> None:
    invited(post, "Budi", "Anne")
    post.ask(Say(text="speak English to me"), "anne")

    assert look(post, 3 * DAY) == ["anne", "budi"]

    for name, subject, intro in (
        ("Budi", "Pengingat: Rapat 2026-001, Kamis, 3 Desember 2026 pukul 19.00 WIB", "mengingatkan Anda"),
        ("Anne", "Reminder: Rapat 2026-001, Thursday, 3 December 2026 at 19:00 WIB", "reminds you"),
    ):
        invitation, reminder = post.sent(name)
        assert reminder["Subject"] == subject
        assert reminder["In-Reply-To"] == reminder["References"] == invitation["Message-ID"]
        assert reminder["Date"].datetime == START - 3 * DAY
        assert [part.get_content_type() for part in reminder.walk()] == [
            *("multipart/alternative", "text/plain", "text/html")
        ]
        assert intro in reminder.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_nobody_is_reminded_twice_whenever_it_is_looked_and_by_whichever_start(post: Mailing, tmp_path: Path) -> None:
    invited(post, "Budi", "Anne")
    looks = [look(post, START - NOON - minutes * timedelta(minutes=30)) for minutes in range(9 * 48)]

    assert [found for found in looks if found] == [["anne", "budi"]] * 3
    assert len({message["Message-ID"] for message in post.sent("Budi")}) == 4
    assert remind(post.hall.record, BY_MAIL, START - HOUR) == 0  # the clock is set back


class Silent(Inbox):
    """Takes every message upon itself, and hangs up without saying so when it is told to."""

    hangs_up = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.hangs_up:
            self.hangs_up = False
            assert server.transport is not None
            server.transport.abort()
        return answer


def test_message_whose_answer_was_lost_is_sent_again_as_the_same_copy(tmp_path: Path) -> None:
    inbox = Silent()
    with mailing(tmp_path, inbox) as post:
        invited(post, "Budi")
        inbox.hangs_up = True
        look(post, DAY)
        post.now += HOUR
        post.deliver()

    _, first, second = inbox.messages
    assert first == second


@pytest.mark.parametrize(
    ("by", "who", "told"),
    [
        (By.CHAT, ("Budi",), ["chat"]),
        (By.BOTH, ("Budi",), ["budi", "chat"]),
        (By.MAIL, ("Budi",), ["budi"]),
        (By.MAIL, ("Budi", "Nobody"), ["budi", "chat"]),
    ],
)
def test_whoever_is_not_invited_by_mail_is_reminded_in_the_chat(
    post: Mailing, by: By, who: tuple[str, ...], told: list[str]
) -> None:
    people = [post.hall.enrol(name, None) if name == "Nobody" else post.enrol(name) for name in who]
    post.hall.call("2026-001", people)
    post.deliver()

    assert look(post, DAY, replace(BY_MAIL, by=by)) == told
    assert look(post, DAY - timedelta(minutes=1), replace(BY_MAIL, by=By.BOTH)) == []  # by what, is decided once


def test_who_declined_and_whom_no_mail_reaches_get_none(post: Mailing) -> None:
    post.inbox.refusals["sari@example.org"] = ["550 5.1.1 no such user"]
    _, anne, _ = invited(post, "Budi", "Anne", "Sari")
    post.hall.reply("2026-001", anne, PartStat.DECLINED)

    assert look(post, DAY) == ["budi", "chat"]


@pytest.mark.parametrize("act", ["cancel", "move", "decline", "remove", "begin"])
def test_reminder_that_waits_is_dropped_when_it_is_true_no_more(post: Mailing, act: str) -> None:
    budi, anne = invited(post, "Budi", "Anne")
    post.now = START - DAY
    assert remind(post.hall.record, BY_MAIL, post.now) == 2
    if act == "cancel":
        post.hall.cancel("2026-001")
    elif act == "move":
        post.hall.change("2026-001", "later", later=DAY)
    elif act == "decline":
        post.hall.reply("2026-001", anne, PartStat.DECLINED)
    elif act == "remove":
        post.hall.change("2026-001", "without", invited=(budi,))
    else:
        post.now = START
    post.deliver()

    states = {one.effect.target: one.state for one in post.hall.all() if one.effect.kind == MAILED}
    assert states[anne] is State.CANCELLED
    assert states[budi] is (State.DONE if act in ("decline", "remove") else State.CANCELLED)


def test_moved_meeting_is_reminded_of_anew_and_threaded_still(post: Mailing) -> None:
    invited(post, "Budi")
    assert look(post, 3 * DAY) == ["budi"]
    post.hall.change("2026-001", "later", later=2 * DAY)
    post.deliver()

    assert look(post, DAY) == ["budi"]  # three days before the new start
    invitation, *_, reminder = post.sent("Budi")
    assert "5 Desember 2026" in reminder["Subject"]
    assert reminder["In-Reply-To"] == invitation["Message-ID"]


def test_reminder_that_could_not_be_sent_gives_way_to_the_next(post: Mailing) -> None:
    invited(post, "Budi")
    post.inbox.refusals["budi@example.org"] = ["451 4.7.1 later"]
    both = replace(BY_MAIL, by=By.BOTH)

    assert look(post, DAY, both) == ["chat"]
    assert look(post, HOUR, both) == ["budi", "chat"]
    assert [one.state for one in post.hall.all() if one.effect.kind == MAILED] == [State.CANCELLED, State.DONE]


def test_each_occurrence_of_a_series_is_reminded_of_by_its_own_day_and_answered_for_itself(post: Mailing) -> None:
    budi, _ = invited(post, "Budi", "Anne")
    post.hall.change("2026-001", "weekly", recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=3"))
    post.deliver()

    assert look(post, DAY) == ["anne", "budi"]
    assert look(post, DAY - 7 * DAY) == ["anne", "budi"]
    *_, first, second = post.sent("Budi")
    assert ("3 Desember" in first["Subject"], "10 Desember" in second["Subject"]) == (True, True)
    assert len({first["Message-ID"], second["Message-ID"]}) == 2

    letter = Letter(
        id="letter",
        at=post.now,
        about=(str(second["Message-ID"]),),
        sender="budi@example.org",
        text="hadir",
        is_verified=True,
    )
    answers.receive(post.hall.record, letter, post.now)
    post.deliver()
    series, apart = post.hall.meeting("2026-001"), post.hall.meeting("2026-002")
    assert apart.recurrence_id == START + 7 * DAY
    assert {one.member: one.partstat for one in apart.attendees}[budi] is PartStat.ACCEPTED
    assert {one.member: one.partstat for one in series.attendees}[budi] is PartStat.NEEDS_ACTION

    # The occurrence has no invitation of its own: its people were invited by that to the series, and it is threaded so.
    assert look(post, HOUR - 7 * DAY) == ["anne", "budi"]
    assert post.sent("Budi")[-1]["In-Reply-To"] == post.sent("Budi")[0]["Message-ID"]


def test_answer_in_words_to_a_reminder_counts_and_after_a_change_is_shown(post: Mailing) -> None:
    budi, anne = invited(post, "Budi", "Anne")
    look(post, DAY)

    def answer(name: str) -> None:
        about = (str(post.sent(name)[-1]["Message-ID"]),)
        sender = f"{name.lower()}@example.org"
        letter = Letter(id=name, at=post.now, about=about, sender=sender, text="saya hadir", is_verified=True)
        answers.receive(post.hall.record, letter, post.now)

    answer("Budi")
    post.hall.change("2026-001", "rename", summary="Rapat kas")
    answer("Anne")
    said = {one.member: one.partstat for one in post.hall.meeting("2026-001").attendees}
    assert (said[budi], said[anne]) == (PartStat.ACCEPTED, PartStat.NEEDS_ACTION)


def test_change_just_after_a_reminder_was_due_does_not_swallow_it(post: Mailing) -> None:
    invited(post, "Budi")
    post.now = START - DAY + timedelta(seconds=10)  # it is looked again in a moment
    post.hall.change("2026-001", "rename", summary="Rapat kas")
    post.deliver()

    assert look(post, DAY - timedelta(seconds=15), replace(BY_MAIL, by=By.BOTH)) == ["budi", "chat"]
    assert {one.state for one in post.hall.all() if one.effect.kind in (MAILED, REMINDER)} == {State.DONE}
