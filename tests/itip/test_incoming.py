"""What does an attendee's calendar answer, however it writes?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from governor.domain.meetings import PartStat
from governor.errors import NotUnderstood
from governor.itip.answer import Answer, Method, Proposal
from governor.itip.decline import decline_counter
from governor.itip.incoming import LARGEST, answers
from tests.itip.invitations import BOARD, BUDI
from tests.itip.lint import content_lines, lint

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
STAMP = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ACCEPTED = Answer(uid="a@b", attendee="budi@example.org", partstat=PartStat.ACCEPTED, sequence=2, dtstamp=STAMP)


def reply(
    *properties: str, method: str = "REPLY", attendee: str = "PARTSTAT=ACCEPTED:mailto:budi@example.org"
) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT")
    event = ("UID:a@b", "SEQUENCE:2", "DTSTAMP:20261124T100000Z", f"ATTENDEE;{attendee}", *properties)
    return "\r\n".join((*head, *event, "END:VEVENT", "END:VCALENDAR", "")).encode()


def test_plain_reply_is_read() -> None:
    assert answers(reply(), received=NOW) == (ACCEPTED,)


@pytest.mark.parametrize(
    ("content", "partstat"),
    [
        (reply(attendee="PARTSTAT=DECLINED:mailto:budi@example.org"), PartStat.DECLINED),
        (reply(attendee="PARTSTAT=tentative:MAILTO:budi@example.org"), PartStat.TENTATIVE),
        (reply(attendee="PARTSTAT=X-PERHAPS:mailto:budi@example.org"), PartStat.NEEDS_ACTION),
        (reply(attendee='CN="x":budi@example.org'), PartStat.NEEDS_ACTION),
    ],
)
def test_partstat_is_read_however_it_is_written(content: bytes, partstat: PartStat) -> None:
    (found,) = answers(content, received=NOW)

    assert (found.partstat, found.attendee) == (partstat, "budi@example.org")


@pytest.mark.parametrize(
    "content",
    [
        reply().replace(b"\r\n", b"\n"),
        reply().replace(b"VERSION:2.0", b"VERSION:2.0\r\n\r\n"),
        b"\xef\xbb\xbf" + reply(),
        reply("SUMMARY:caf\xe9").decode().encode("latin-1"),
        reply().replace(
            b"BEGIN:VEVENT", b"BEGIN:VTIMEZONE\r\nTZID:x\r\nRRULE:FREQ=SECONDLY\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
        ),
    ],
)
def test_small_faults_are_borne(content: bytes) -> None:
    assert answers(content, received=NOW) == (ACCEPTED,)


def test_comment_is_read_as_text_without_control_characters() -> None:
    (found,) = answers(reply("COMMENT:saya terlambat\\, maaf\\n\x07ya"), received=NOW)

    assert found.comment == "saya terlambat, maaf\nya"


@pytest.mark.parametrize("written", ["TZID=Asia/Jakarta:20261201T190000", "TZID=SE Asia Standard Time:20261201T190000"])
def test_occurrence_is_told_in_utc(written: str) -> None:
    (found,) = answers(reply(f"RECURRENCE-ID;{written}"), received=NOW)

    assert found.recurrence_id == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_occurrence_without_hours_is_told_as_a_day() -> None:
    (found,) = answers(reply("RECURRENCE-ID;VALUE=DATE:20261201"), received=NOW)

    assert found.recurrence_id == date(2026, 12, 1)


def test_stamp_of_tomorrow_does_not_count_for_more_than_now() -> None:
    (found,) = answers(reply().replace(b"20261124T100000Z", b"20990101T000000Z"), received=NOW)

    assert found.dtstamp == NOW


def test_who_sends_another_does_not_come() -> None:
    delegating = 'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:sari@example.org":mailto:budi@example.org'

    (found,) = answers(reply(attendee=delegating), received=NOW)

    assert (found.partstat, found.delegated_to) == (PartStat.DELEGATED, "sari@example.org")


def test_delegate_answers_for_themselves() -> None:
    delegating = 'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:sari@example.org":mailto:budi@example.org'
    sari = 'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:budi@example.org":mailto:sari@example.org'

    (found,) = answers(reply(sari, attendee=delegating), received=NOW)

    assert (found.attendee, found.partstat, found.delegated_to) == ("sari@example.org", PartStat.ACCEPTED, None)


def test_counter_proposes_another_time() -> None:
    content = reply(
        "DTSTART;TZID=Asia/Jakarta:20261204T190000", "DTEND:20261204T140000Z", "LOCATION:Balai", method="COUNTER"
    )

    (found,) = answers(content, received=NOW)

    start = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
    assert found.proposal == Proposal(dtstart=start, duration=timedelta(hours=2), location="Balai")


def test_refresh_asks_and_says_nothing() -> None:
    """RFC 5546 §3.2.6: it has no SEQUENCE and no time."""
    content = reply(method="REFRESH", attendee=":mailto:budi@example.org").replace(b"SEQUENCE:2\r\n", b"")

    (found,) = answers(content.replace(b"ATTENDEE;:", b"ATTENDEE:"), received=NOW)

    assert (found.method, found.attendee, found.partstat) == (
        Method.REFRESH,
        "budi@example.org",
        PartStat.NEEDS_ACTION,
    )


def test_invitation_and_calendar_without_a_method_say_nothing() -> None:
    assert answers(reply(method="REQUEST"), received=NOW) == ()
    assert answers(reply().replace(b"METHOD:REPLY\r\n", b""), received=NOW) == ()


def test_cancel_says_nothing_of_who_sends_it_and_is_read_once() -> None:
    content = reply(method="CANCEL")
    event = content[content.index(b"BEGIN:VEVENT") : content.index(b"END:VCALENDAR")]

    (found,) = answers(content.replace(event, event * 40), received=NOW)

    assert (found.method, found.uid, found.attendee) == (Method.CANCEL, "a@b", "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a calendar",
        reply()[:-40],
        reply().replace(b"UID:a@b\r\n", b""),
        reply().replace(b"ATTENDEE", b"X-WHO"),
        reply().replace(b"SEQUENCE:2", b"SEQUENCE:two"),
        reply("RECURRENCE-ID:20261201T190000"),
        reply("DTSTART;VALUE=DATE:20261204", method="COUNTER"),
        reply("DTSTART:20261204T120000Z", "DTEND:20261204T110000Z", method="COUNTER"),
        reply("DTSTART:90001204T120000Z", method="COUNTER"),
        reply().replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\n" * 5_000),
        reply().replace(b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nEND:VEVENT" * 60),
        reply("COMMENT:" + "x" * LARGEST),
        *(reply(method=method) for method in ("PUBLISH", "ADD", "DECLINECOUNTER", "X")),
    ],
)
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(NotUnderstood, match="calendar-unreadable"):
        answers(content, received=NOW)


def test_declined_proposal_names_the_answer_it_declines() -> None:
    data = decline_counter(BOARD, BUDI, ACCEPTED)

    lint(data, method="DECLINECOUNTER")
    values = {name: value for name, _, value in content_lines(data)}
    assert (values["UID"], values["SEQUENCE"], values["DTSTAMP"]) == (BOARD.uid, "2", "20261124T100000Z")
    assert values["ATTENDEE"] == "mailto:budi@example.org"


def test_who_answers_for_the_attendee_is_named() -> None:
    (found,) = answers(
        reply(attendee='PARTSTAT=ACCEPTED;SENT-BY="mailto:ani@example.org":mailto:budi@example.org'), received=NOW
    )

    assert found == replace(ACCEPTED, sent_by="ani@example.org")


def test_delegate_says_in_whose_place_they_come() -> None:
    attendee = 'PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:budi@example.org":mailto:joko@example.org'

    (found,) = answers(reply(attendee=attendee), received=NOW)

    assert found == replace(ACCEPTED, attendee="joko@example.org", delegated_from="budi@example.org")
