"""Is each member written to in the language that they chose, with the same facts as everybody?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest

from governor.ports import Press, Say
from governor.wording.catalogue import say
from tests.delivery.mailing import Mailing, mailing


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Mailing]:
    with mailing(tmp_path) as post:
        yield post


def facts(message: object) -> icalendar.Event:
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")  # type: ignore[attr-defined]
    return icalendar.Calendar.from_ical(part.get_payload(decode=True)).events[0]


def test_invitation_change_and_cancellation_are_worded_in_the_recipients_own_language(post: Mailing) -> None:
    budi, anne = post.enrol("Budi"), post.enrol("Anne")

    reply = post.ask(Say(text="speak English to me"), "anne")
    post.hall.call("2026-001", [budi, anne])
    post.deliver()
    post.hall.change("2026-001", "move", later=timedelta(hours=1))
    post.deliver()
    post.hall.cancel("2026-001")
    post.deliver()

    assert [say(line, reply.language) for line in reply.lines] == [
        "Good. From now on I speak and write to you in English, by e-mail too."
    ]
    subjects = {name: [one["Subject"].partition(":")[0] for one in post.sent(name)] for name in ("Budi", "Anne")}
    assert subjects == {
        "Budi": ["Undangan", "Perubahan", "Dibatalkan"],
        "Anne": ["Invitation", "Changed", "Cancelled"],
    }
    for indonesian, english in zip(post.sent("Budi"), post.sent("Anne"), strict=True):
        assert facts(indonesian).to_ical() == facts(english).to_ical()
        assert '<html lang="en">' in english.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert post.hall.is_sound()


def test_language_chosen_again_counts_from_the_next_message_on(post: Mailing) -> None:
    budi, anne = post.enrol("Budi"), post.enrol("Anne")
    post.ask(Say(text="bahasa Inggris untuk saya"), "anne")
    post.hall.call("2026-001", [budi, anne])
    post.deliver()

    post.ask(Say(text="write to me in Indonesian"), "anne")
    post.hall.change("2026-001", "move", later=timedelta(hours=1))
    post.deliver()

    assert [one["Subject"].partition(":")[0] for one in post.sent("Anne")] == ["Invitation", "Perubahan"]
    assert post.sent("Anne")[1]["In-Reply-To"] == post.sent("Anne")[0]["Message-ID"]


def test_member_is_answered_in_their_language_where_the_words_do_not_tell_and_cards_stay_as_they_are(
    post: Mailing,
) -> None:
    post.enrol("Anne")
    before = post.ask(Say(text="?"), "anne").language
    post.ask(Say(text="speak English to me"), "anne")

    assert (before, post.ask(Say(text="?"), "anne", "id").language) == ("id", "en")
    assert post.ask(Say(text="daftar rapat minggu ini"), "anne").language == "id"
    assert post.ask(Press(button="routes:2026-009"), "anne", "id").language == "id"
