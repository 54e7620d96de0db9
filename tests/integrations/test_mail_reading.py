"""What does a message that came in say, whatever programme wrote it, and whom is it believed?"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governor.domain.meetings import PartStat
from governor.errors import Unavailable
from governor.itip.answer import Method
from governor.ports import Bounce, Incoming, Letter, Rsvp
from integrations.mail.parsing import Unreadable
from integrations.mail.reading import Reader
from tests.integrations.incoming import (
    AUTHSERV,
    NOW,
    OURS,
    PASSED,
    SENT,
    TOO_LARGE,
    Desk,
    bounce,
    calendar,
    letter,
    many,
    message,
    nested,
    reply,
)

READER = Reader(address=OURS, authserv=AUTHSERV)


def read(raw: bytes) -> Incoming | None:
    found = READER.read(raw, received=NOW)
    assert len(found) <= 1
    return found[0] if found else None


def test_reply_is_read_and_believed() -> None:
    found = read(reply(7, "TENTATIVE"))

    assert isinstance(found, Rsvp)
    assert (found.answer.uid, found.answer.partstat, found.is_verified) == ("uid-7", PartStat.TENTATIVE, True)


def test_same_bytes_have_the_same_id_and_others_another() -> None:
    raw = reply(1)
    one, again, other = read(raw), read(raw), read(raw + b"\r\n")

    assert one is not None
    assert again is not None
    assert other is not None
    assert one.id == again.id != other.id


def test_answer_that_is_attached_again_counts_once() -> None:
    made = message("see attachment")
    for maintype, subtype in (("text", "calendar"), ("application", "ics")):
        made.add_attachment(calendar().encode(), maintype=maintype, subtype=subtype, filename="reply.ics")

    assert isinstance(read(made.as_bytes()), Rsvp)


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_calendar_alone_is_read_in_any_encoding(encoding: str) -> None:
    made = message()
    made.set_content(
        calendar(0, "ACCEPTED", "COMMENT:telat – maaf").encode(),
        maintype="text",
        subtype="calendar",
        cte=encoding,
        params={"charset": "utf-8"},
    )

    found = read(made.as_bytes())

    assert isinstance(found, Rsvp)
    assert found.answer.comment == "telat – maaf"


@pytest.mark.parametrize(
    ("results", "is_believed"),
    [
        (PASSED, True),
        (f"{AUTHSERV}; dmarc=pass (p=NONE) header.from=example.org", True),
        (f"{AUTHSERV} 1; spf=pass (sender ok) smtp.mailfrom=budi@example.org; dkim=none", True),
        (f"{AUTHSERV.upper()};  dkim=pass (2048-bit key)  header.i=@example.org header.s=x", True),
        (f"{AUTHSERV}; dkim=fail header.d=example.org; spf=softfail smtp.mailfrom=budi@example.org", False),
        (f"{AUTHSERV}; dkim=pass header.d=mallory.example", False),
        (f"{AUTHSERV}; dkim=pass header.d=notexample.org", False),
        (f"{AUTHSERV}; dkim=pass header.d=org", False),
        (f"{AUTHSERV}; spf=pass smtp.mailfrom=budi@mallory.example", False),
        (f"{AUTHSERV}; dmarc=pass header.from=mallory.example; dkim=pass header.d=mallory.example", False),
        (f'{AUTHSERV}; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.org"@mallory.example', False),
        (f"{AUTHSERV}; spf=none (x; dmarc=pass header.from=example.org) smtp.mailfrom=x@mallory.example", False),
        (f"{AUTHSERV}; spf=none ((nested) dkim=pass header.d=example.org", False),
        (f"{AUTHSERV}; auth=pass header.from=example.org", False),
        (f"{AUTHSERV}; none", False),
        ("mx.mallory.example; dkim=pass header.d=example.org", False),
        (None, False),
    ],
)
def test_sender_is_believed_only_where_our_own_server_vouches(results: str | None, is_believed: bool) -> None:
    found = read(reply(results=results))  # type: ignore[arg-type]

    assert isinstance(found, Rsvp)
    assert found.is_verified is is_believed


def test_word_of_our_server_that_came_with_the_message_is_not_ours() -> None:
    """The uppermost is the server's; whatever stands below it, somebody else may have written."""
    forged = reply(results=f"{AUTHSERV}; spf=fail smtp.mailfrom=x@mallory.example")
    forged = forged.replace(b"From:", b"Authentication-Results: " + PASSED.encode() + b"\r\nFrom:", 1)

    found = read(forged)

    assert isinstance(found, Rsvp)
    assert not found.is_verified


@pytest.mark.parametrize(
    "sender", ["Sari <sari@example.org>", "Budi <budi@mallory.example>", "a@x.example, budi@example.org", ""]
)
def test_answer_for_another_is_not_believed(sender: str) -> None:
    found = read(reply(sender=sender))

    assert isinstance(found, Rsvp)
    assert not found.is_verified


def test_two_from_fields_are_not_believed() -> None:
    found = read(b"From: budi@example.org\r\n" + reply())

    assert isinstance(found, Rsvp)
    assert not found.is_verified


def test_nobody_is_believed_where_no_server_is_named() -> None:
    (found,) = Reader(address=OURS).read(reply(), received=NOW)

    assert isinstance(found, Rsvp)
    assert not found.is_verified


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("saya hadir", "saya hadir"),
        (
            "Hadir.\n\nPada Sel, 24 Nov 2026 10.00, Governor <rapat@karangtaruna.example> menulis:\n> Yth. Budi",
            "Hadir.",
        ),
        (
            "Yes!\n\nOn Tue, Nov 24, 2026 at 10:00 AM Governor <rapat@karangtaruna.example>\nwrote:\n\n> Dear Budi",
            "Yes!",
        ),
        ("tidak bisa\n-- \nBudi Santoso\nRT 05", "tidak bisa"),
        ("ok\n\n-----Original Message-----\nFrom: Governor", "ok"),
        ("ok\n\n________________________________\nFrom: Governor", "ok"),
        ("ok\n\nDari: Governor <rapat@karangtaruna.example>\nhadir", "ok"),
    ],
)
def test_letter_is_what_was_written_without_what_it_quotes(text: str, said: str) -> None:
    found = read(letter(text))

    assert isinstance(found, Letter)
    assert (found.text, found.about, found.sender, found.is_verified) == (said, (SENT,), "budi@example.org", True)


@pytest.mark.parametrize("charset", [b"x-unknown", b"a\x00b", b"idna", b"hex"])
def test_letter_in_a_charset_that_is_none_is_read_as_the_usual_one(charset: bytes) -> None:
    found = read(letter("saya hadir").replace(b"utf-8", charset))

    assert isinstance(found, Letter)
    assert found.text == "saya hadir"


def test_letter_is_read_though_the_invitation_is_attached_to_it() -> None:
    made = message("saya hadir", In_Reply_To=SENT)
    made.add_attachment(calendar(method="REQUEST").encode(), maintype="application", subtype="ics")

    found = read(made.as_bytes())

    assert isinstance(found, Letter)
    assert found.text == "saya hadir"


@pytest.mark.parametrize(
    ("sender", "who", "is_verified"),
    [
        ("Budi <budi@example.org>", "budi@example.org", True),
        ("mallory@mallory.example", "mallory@mallory.example", False),
        ("a@x.example, budi@example.org", "", False),
    ],
)
def test_cancel_is_the_word_of_who_sent_it(sender: str, who: str, *, is_verified: bool) -> None:
    found = read(reply(method="CANCEL", sender=sender))

    assert isinstance(found, Rsvp)
    assert (found.answer.method, found.answer.attendee) == (Method.CANCEL, who)
    assert found.is_verified is is_verified


def test_letter_in_html_alone_is_read_as_text() -> None:
    made = message(In_Reply_To=SENT)
    made.set_content(
        "<html><head><style>p{}</style></head><body><p>saya <b>hadir</b> &amp; Sari</p><script>x()</script>"
        "<blockquote>Yth. Budi, tidak hadir?</blockquote></body></html>",
        subtype="html",
    )

    found = read(made.as_bytes())

    assert isinstance(found, Letter)
    assert found.text == "saya hadir & Sari"


@pytest.mark.parametrize(
    "raw",
    [
        letter("Saya sedang cuti.", Auto_Submitted="auto-replied"),
        letter("I am out of office", X_Auto_Response_Suppress="All"),
        letter("Automatic reply", Precedence="bulk"),
        letter("x", List_Id="<a.b>"),
        letter("x", Return_Path="<>"),
        letter("x", sender="postmaster@example.org", Auto_Submitted="auto-replied"),
        message("an unrelated letter").as_bytes(),
        letter("> only a quotation"),
        letter("x", sender="a@b.example, c@d.example"),
        reply(method="REQUEST"),
        bounce("delayed"),
        bounce(about="<somebody@else.example>"),
    ],
)
def test_what_is_not_for_us_says_nothing(raw: bytes) -> None:
    assert read(raw) is None


def test_answer_that_a_calendar_gives_by_itself_counts() -> None:
    assert isinstance(read(reply(Auto_Submitted="auto-generated")), Rsvp)


@pytest.mark.parametrize(
    "raw",
    [
        bounce(),
        message(
            f"Hi. This is the qmail-send program.\n<budi@example.org>:\nno such user\n\nMessage-ID: {SENT}\n",
            sender="MAILER-DAEMON@mx.example.org",
        ).as_bytes(),
    ],
)
def test_failure_names_what_came_back(raw: bytes) -> None:
    found = read(raw)

    assert isinstance(found, Bounce)
    assert found.about == (SENT,)
    assert "no such user" in found.reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (nested(50_000), "too many parts"),
        (many(10_000), "too many parts"),
        (b"From: a@b.example\r\n" + b"X: y\r\n" * 50_000, "header too large"),
        (b"", "no header"),
        (b"\x00\xff\xfe", "no header"),
        (reply(0, "ACCEPTED", "SEQUENCE:x"), "calendar"),
        (reply(method="PUBLISH"), "^calendar: method PUBLISH$"),
        (reply(method="ADD"), "^calendar: method ADD$"),
        (reply(method="DECLINECOUNTER"), "^calendar: method DECLINECOUNTER$"),
        (reply(method="X-WHATEVER"), "^calendar: method unknown$"),
    ],
)
def test_trap_is_refused_early(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(raw)


@given(st.binary(max_size=2_000))
def test_noise_is_refused_or_says_nothing(raw: bytes) -> None:
    with suppress(Unreadable):
        READER.read(raw, received=NOW)


@given(st.data())
def test_damaged_message_is_refused_or_read(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([reply(), letter("saya hadir"), bounce()]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    with suppress(Unreadable):
        READER.read(damaged, received=NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_mailroom_keeps_no_more_than_the_beginning_of_what_it_sets_aside(desk: Desk) -> None:
    asyncio.run(desk.mailroom.take(b"From: a@b.example\r\n\r\n" + b"x" * TOO_LARGE, NOW, desk.receive))

    (kept,) = (desk.folder / "aside").iterdir()
    assert kept.stat().st_size == 64 * 1024


def test_mailroom_sets_aside_a_cancel_that_it_hands_over(desk: Desk) -> None:
    asyncio.run(desk.mailroom.take(reply(method="CANCEL"), NOW, desk.receive))

    assert dict(desk.aside) == {"calendar: method CANCEL": 1}
    assert (len(desk.taken), len(list((desk.folder / "aside").iterdir()))) == (1, 1)


def test_mailroom_lives_where_nothing_can_be_kept(desk: Desk) -> None:
    (desk.folder / "aside").write_text("in the way")

    asyncio.run(desk.mailroom.take(b"", NOW, desk.receive))

    assert desk.aside["no header"] == 1


def test_mailroom_survives_a_bug_in_reading(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Reader, "read", broken)

    asyncio.run(desk.mailroom.take(reply(), NOW, desk.receive))

    assert desk.aside["bug"] == 1


@pytest.mark.parametrize("raw", [reply(), letter("hadir"), bounce()])
def test_mailroom_hands_on_that_it_cannot_be_taken_now(desk: Desk, raw: bytes) -> None:
    desk.failures = [Unavailable("database-busy")]
    take: Callable[[], object] = lambda: asyncio.run(desk.mailroom.take(raw, NOW, desk.receive))  # noqa: E731

    with pytest.raises(Unavailable, match="database-busy"):
        take()
    take()

    assert len(desk.taken) == 1


@pytest.mark.parametrize(
    ("author", "param", "sent_by", "is_verified"),
    [
        ("budi@example.org", "", None, True),
        ("budi@example.org", ';SENT-BY="mailto:ani@example.org"', None, True),
        ("ani@example.org", ';SENT-BY="mailto:ani@example.org"', "ani@example.org", False),
        ("mallory@example.org", ';SENT-BY="mailto:ani@example.org"', "mallory@example.org", False),
    ],
)
def test_answer_is_the_attendees_own_only_where_they_sent_it(
    author: str, param: str, sent_by: str | None, is_verified: bool
) -> None:
    raw = reply(7, f"ACCEPTED{param}", sender=author)

    found = read(raw)

    assert isinstance(found, Rsvp)
    assert (found.answer.attendee, found.answer.sent_by) == ("budi@example.org", sent_by)
    assert found.is_verified is is_verified


def test_answer_to_the_organizer_that_is_forwarded_as_it_is_counts() -> None:
    forwarded = b"Resent-From: sekretariat@karangtaruna.example\r\nResent-To: " + OURS.encode() + b"\r\n"
    raw = forwarded + reply(7).replace(b"To: " + OURS.encode(), b"To: sekretariat@karangtaruna.example", 1)

    found = read(raw)

    assert isinstance(found, Rsvp)
    assert (found.answer.uid, found.is_verified) == ("uid-7", True)
