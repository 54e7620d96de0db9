"""Is an address counted only once its member shows the code that was mailed there? Over a real SMTP server."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from governor.domain.confirming import TRIES, VALID
from governor.domain.meetings import PartStat
from governor.domain.members import Member
from governor.itip.answer import Answer, Method
from governor.ports import Ask, Bounce, Press, Reply, Rsvp, Say
from governor.ports.forms import Fill
from governor.services import answers
from governor.services.emails import CODE, RESEND
from governor.services.undelivered import CODE_LOST
from governor.store.outbox import State
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.folder import Folder
from tests.delivery.hall import open_hall
from tests.delivery.mailing import Mailing, mailing
from tests.delivery.test_presence import Ears
from tests.delivery.worker import GROUP
from tests.domain.test_confirming import MINUTE, SECOND

NEW = "sari.baru@example.org"


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Mailing]:
    with mailing(tmp_path) as post:
        post.enrol("Sari")
        post.enrol("Budi")
        yield post


def member(post: Mailing, handle: str = "sari") -> Member:
    with post.hall.record.database.read() as connection:
        return next(one for one in post.hall.record.roster(connection) if one.handle == handle)


def said(reply: Reply) -> str:
    """Return all that *reply* says."""
    rows = [value for card in reply.cards for row in card.rows for value in (row.label, row.value)]
    return "\n".join(say(one, reply.language) for one in (*reply.lines, *rows))


def keys(reply: Reply) -> list[str]:
    return [line.key for line in reply.lines]


def give(post: Mailing, email: str = NEW, account: str = "sari") -> Reply:
    """Have a person tell their address, and let some seconds pass."""
    reply = post.ask(Say(text=f"emailku {email}"), account)
    post.deliver()
    post.now += SECOND
    return reply


def letters(post: Mailing, email: str = NEW) -> list[EmailMessage]:
    found = (content for recipient, content in post.inbox.messages if recipient == email)
    return [message_from_bytes(content, policy=default) for content in found]  # type: ignore[misc]


def code(post: Mailing, email: str = NEW) -> str:
    """Return the code in the newest letter to *email*."""
    body = letters(post, email)[-1].get_body(("plain",))
    assert body is not None
    return re.findall(r"^\d{6}\r?$", body.get_content(), re.MULTILINE)[0].strip()


def confirm(post: Mailing, shown: str, account: str = "sari") -> Reply:
    post.now += SECOND
    return post.ask(Say(text=f"kode saya {shown}"), account)


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 10**6:06d}"


def test_address_counts_once_its_code_is_shown(post: Mailing) -> None:
    given = give(post)
    before = member(post)
    confirmed = confirm(post, code(post))
    after = member(post)

    assert (keys(given), given.is_private) == (["email-code-sent"], True)
    assert (before.email, before.unconfirmed) == ("sari@example.org", NEW)
    assert (keys(confirmed), confirmed.is_private) == (["email-confirmed"], True)
    assert (after.email, after.unconfirmed) == (NEW, None)
    assert post.hall.is_sound()


@pytest.mark.parametrize(
    ("language", "subject", "intro"),
    [
        ("id", "Kode Anda untuk Karang Taruna Melati", "Seseorang di Karang Taruna Melati"),
        ("en", "Your code for Karang Taruna Melati", "Somebody in Karang Taruna Melati"),
    ],
)
def test_code_is_written_in_the_language_of_the_member_as_text_and_as_html(
    post: Mailing, language: str, subject: str, intro: str
) -> None:
    post.ask(Ask(command="language", options={"language": language}), "sari")
    give(post)

    (letter,) = letters(post)
    assert letter["Subject"] == subject
    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        assert intro in body.get_content()
        assert code(post) in body.get_content()
        assert "Sari" not in body.get_content()  # a stranger may read there
    assert code(post) not in str(letter["Subject"])


@pytest.mark.parametrize("way", ["sentence", "english", "command", "form", "line"])
def test_code_is_shown_by_a_sentence_a_command_a_form_or_a_line(post: Mailing, way: str) -> None:
    give(post)
    shown = code(post)
    asked = post.ask(Press(button=CODE), "sari")
    request = {
        "sentence": Say(text=f"kode saya {shown[:3]} {shown[3:]}"),
        "english": Say(text=f"my code is {shown}"),
        "command": Ask(command="email confirm", options={"code": shown}),
        "form": Fill(button=CODE, values={"code": f" {shown} "}),
        "line": Say(text=shown, answering=CODE),
    }[way]

    assert asked.form is not None
    assert [field.name for field in asked.form.fields] == ["code"]
    assert keys(post.ask(request, "sari")) == ["email-confirmed"]
    assert member(post).email == NEW


def test_five_wrong_codes_end_the_code_and_another_must_be_sent(post: Mailing) -> None:
    give(post)
    right = code(post)

    told = [confirm(post, wrong(right)) for _ in range(TRIES)]

    assert [reply.refused for reply in told] == [True] * TRIES
    assert [keys(reply)[0] for reply in told] == ["email-code-wrong"] * (TRIES - 1) + ["email-code-spent"]
    assert keys(confirm(post, right)) == ["email-code-spent"]
    post.now += MINUTE
    assert keys(post.ask(Press(button=RESEND), "sari")) == ["email-code-sent"]
    post.deliver()
    assert keys(confirm(post, right)) == ["email-code-wrong"]
    assert keys(confirm(post, code(post))) == ["email-confirmed"]


def test_code_is_too_old_after_half_an_hour(post: Mailing) -> None:
    give(post)
    post.now += VALID

    assert keys(confirm(post, code(post))) == ["email-code-expired"]
    assert member(post).email == "sari@example.org"


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("id", "suratnya tidak dapat dikirim sebelum kodenya kedaluwarsa"),
        ("en", "the mail could not be sent before the code was too old"),
    ],
)
def test_letter_that_comes_too_late_is_not_sent_and_its_member_is_told(
    post: Mailing, language: str, reason: str
) -> None:
    post.chat.voices = ears = Ears()
    post.ask(Ask(command="language", options={"language": language}), "sari")
    post.inbox.refusals[NEW] = ["450 later"]
    give(post)
    post.now += VALID
    post.deliver()

    assert letters(post) == []
    ((account, told),) = ears.whispered
    assert (account, told.is_private, keys(told)) == ("sari", True, ["email-code-lost"])
    assert reason in said(told)
    assert [button.token for button in told.cards[0].buttons] == [RESEND]


def test_retried_letter_is_the_same_copy(post: Mailing) -> None:
    post.inbox.verdicts = ["451 later"]
    give(post)
    post.now += MINUTE
    post.deliver()
    first = letters(post)[0]
    post.ask(Press(button=RESEND), "sari")
    post.deliver()

    assert first["Date"].datetime == post.now - MINUTE - SECOND
    assert first["Message-ID"] != letters(post)[1]["Message-ID"]


def test_code_of_another_member_opens_nothing_and_is_counted(post: Mailing) -> None:
    give(post)
    give(post, "budi.baru@example.org", "budi")

    assert keys(confirm(post, code(post, "budi.baru@example.org"))) == ["email-code-wrong"]
    assert keys(confirm(post, code(post), "budi")) == ["email-code-wrong"]
    assert (member(post).email, member(post, "budi").email) == ("sari@example.org", "budi@example.org")


def test_newer_address_takes_the_place_of_the_one_before_and_of_its_code(post: Mailing) -> None:
    give(post, "sari.lama@example.org")
    give(post)
    old = code(post, "sari.lama@example.org")

    assert keys(confirm(post, old)) == ["email-code-wrong"]
    assert keys(confirm(post, code(post))) == ["email-confirmed"]
    assert keys(confirm(post, old)) == ["email-nothing-to-confirm"]
    assert member(post).email == NEW


def test_nobodys_mailbox_is_filled(post: Mailing) -> None:
    told = [keys(give(post)) for _ in range(2)]
    post.now += MINUTE
    told += [keys(give(post, account="budi"))]
    post.now += MINUTE
    told += [keys(give(post)) for _ in range(2)]
    told += [keys(give(post, f"sari{number}@example.org")) for number in range(3)]

    sent, soon = ["email-code-sent"], ["email-code-too-soon"]
    assert told == [sent, soon, sent, sent, soon, sent, soon, soon]
    assert len(letters(post)) == 3


def test_code_counts_after_a_restart(tmp_path: Path) -> None:
    with mailing(tmp_path) as post:
        post.enrol("Sari")
        give(post)
        shown, later = code(post), post.now
    with open_hall(tmp_path / "data", None, lambda: later) as hall:
        again = replace(post, hall=hall, now=later)
        assert keys(confirm(again, wrong(shown))) == ["email-code-wrong"]
        assert keys(confirm(again, shown)) == ["email-confirmed"]
        assert hall.is_sound()


def test_code_of_one_organisation_opens_nothing_in_another(tmp_path: Path) -> None:
    with mailing(tmp_path / "one") as one, mailing(tmp_path / "two") as two:
        for each in (one, two):
            each.enrol("Sari")
            give(each)

        assert keys(confirm(two, code(one))) == ["email-code-wrong"]
        assert keys(confirm(one, code(one))) == ["email-confirmed"]
        assert (member(one).email, member(two).email) == (NEW, "sari@example.org")


def test_unconfirmed_address_is_neither_invited_nor_believed(post: Mailing) -> None:
    give(post)
    uid = post.hall.call("2026-001", [member(post, "budi").id, member(post).id])
    post.deliver()

    assert len(letters(post)) == 1
    assert len(letters(post, "sari@example.org")) == 1
    for attendee in (NEW, "sari@example.org"):
        answer = Answer(
            method=Method.REPLY,
            uid=uid,
            attendee=attendee,
            partstat=PartStat.ACCEPTED,
            sequence=0,
            dtstamp=post.now,
        )
        answers.receive(
            post.hall.record, Rsvp(id=attendee, at=post.now, answer=answer, is_verified=True), post.now, "mail"
        )
        expected = PartStat.NEEDS_ACTION if attendee == NEW else PartStat.ACCEPTED
        assert post.hall.meeting("2026-001").attendees[1].partstat is expected


def test_who_had_no_address_is_invited_by_mail_once_it_is_confirmed(post: Mailing) -> None:
    nina = post.hall.enrol("Nina", None)
    post.hall.link("nina", nina)
    give(post, "nina@example.org", "nina")
    post.hall.call("2026-001", [nina])
    post.deliver()
    assert len(letters(post, "nina@example.org")) == 1
    confirm(post, code(post, "nina@example.org"), "nina")
    post.hall.call("2026-002", [nina])
    post.deliver()

    assert letters(post, "nina@example.org")[-1]["Subject"].startswith("Undangan")


def test_address_of_another_member_is_refused_without_a_name(post: Mailing) -> None:
    reply = give(post, "Budi@example.org")

    assert (keys(reply), reply.lines[0].values) == (["email-of-another"], {})
    assert letters(post, "Budi@example.org") == []


def test_two_who_gave_one_address_cannot_both_have_it(post: Mailing) -> None:
    give(post)
    sari = code(post)
    post.now += MINUTE
    give(post, account="budi")
    budi = code(post)

    assert keys(confirm(post, budi, "budi")) == ["email-confirmed"]
    assert keys(confirm(post, sari)) == ["email-of-another"]
    assert member(post).email == "sari@example.org"


def test_secretary_enters_an_address_that_counts_at_once_and_others_may_not(post: Mailing) -> None:
    give(post)
    refused = post.ask(Say(text="email @sari palsu@example.org"), "budi")
    entered = post.ask(Say(text="email @sari sari.kantor@example.org"))

    assert keys(refused) == ["email-of-others"]
    assert keys(entered) == ["email-entered"]
    assert (member(post).email, member(post).unconfirmed) == ("sari.kantor@example.org", None)
    assert keys(confirm(post, code(post))) == ["email-nothing-to-confirm"]


def test_routes_tell_of_an_unconfirmed_address_whom_it_concerns(post: Mailing) -> None:
    post.hall.call("2026-001", [member(post).id, member(post, "budi").id])
    give(post)
    shown = {who: said(post.ask(Press(button="routes:2026-001"), who)) for who in ("sari", "rini", "budi")}

    assert {who: NEW in told for who, told in shown.items()} == {"sari": True, "rini": True, "budi": False}
    assert "belum dipastikan" in shown["sari"]
    assert f"{NEW}" in said(post.ask(Say(text="email saya apa?"), "sari"))


@pytest.mark.parametrize("how", ["refused", "bounced"])
def test_code_that_cannot_be_delivered_is_told_its_member_alone(post: Mailing, how: str) -> None:
    post.chat.voices = ears = Ears()
    if how == "refused":
        post.inbox.refusals[NEW] = ["550 no such user"]
    give(post)
    if how == "bounced":
        sent = letters(post)[0]["Message-ID"]
        bounce = Bounce(id="bounce", at=post.now, about=(sent,), reason="no such user")
        answers.receive(post.hall.record, bounce, post.now, "mail")

    assert "no such user" in said(post.ask(Say(text="email saya apa?"), "sari"))
    assert [one.state for one in post.hall.all() if one.effect.kind == CODE] == [State.DEAD]
    post.deliver()
    ((account, told),) = ears.whispered
    assert (account, told.is_private, keys(told)) == ("sari", True, ["email-code-lost"])
    assert (NEW in said(told), "no such user" in said(told)) == (True, True)
    assert [button.token for button in told.cards[0].buttons] == [RESEND]
    assert post.told() == []


@pytest.mark.parametrize("event", ["another", "confirmed"])
def test_nothing_is_told_of_a_code_whose_address_is_settled(post: Mailing, event: str) -> None:
    post.chat.voices = ears = Ears()
    post.inbox.refusals[NEW] = ["550 no such user"]
    post.delivery.carry_out(lost_code(post), post.loop.run_until_complete)
    if event == "another":
        post.now += MINUTE
        give(post, "sari.lain@example.org")
    else:
        post.ask(Say(text=f"email @sari {NEW}"))
    post.deliver()

    assert ears.whispered == []


def lost_code(post: Mailing) -> str:
    """Return the id of the effect that sends a code, which nothing was done for yet."""
    post.ask(Say(text=f"emailku {NEW}"), "sari")
    return next(one.id for one in post.hall.all() if one.effect.kind == CODE)


def test_member_who_takes_no_messages_holds_up_nothing(post: Mailing) -> None:
    post.chat.voices = Ears(deaf={"sari"})
    post.inbox.refusals[NEW] = ["550 no such user"]
    give(post)

    assert [one.state for one in post.hall.all() if one.effect.kind == CODE_LOST] == [State.DONE]


def test_without_a_mail_server_it_is_said_and_the_address_stays(post: Mailing, tmp_path: Path) -> None:
    post.calendar = MailCalendar(Folder(tmp_path / "mail"), GROUP, phrase("start-help"))
    told = give(post)

    assert keys(told) == ["email-without-mail"]
    assert told.cards[0].buttons == ()
    assert (member(post).email, member(post).unconfirmed) == ("sari@example.org", NEW)
    assert post.inbox.messages == []
    assert keys(confirm(post, "123456")) == ["email-without-mail"]


def test_address_given_before_there_was_a_mail_server_has_a_code_once_another_is_asked_for(
    post: Mailing, tmp_path: Path
) -> None:
    mailing, post.calendar = post.calendar, MailCalendar(Folder(tmp_path / "mail"), GROUP, phrase("start-help"))
    give(post)
    post.calendar = mailing
    assert keys(confirm(post, "123456")) == ["email-no-code"]


def test_code_is_in_no_log_and_not_in_the_record_in_the_clear(
    post: Mailing, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        give(post)
        shown = code(post)
        confirm(post, wrong(shown))
        confirm(post, shown)
    of_the_recipient = "mail.log"  # what their server says is theirs
    told = "".join(f"{one.getMessage()} {vars(one)}" for one in caplog.records if one.name != of_the_recipient)
    told += "".join(capfd.readouterr())
    kept = b"".join(one.read_bytes() for one in (tmp_path / "data").rglob("*") if one.is_file())

    assert member(post).email == NEW
    assert b"email.confirmed" in kept
    assert NEW.encode() not in kept
    assert re.search(rb"(?<![0-9a-f])" + shown.encode() + rb"(?![0-9a-f])", kept) is None
    for secret in (shown, NEW):
        assert secret not in told
