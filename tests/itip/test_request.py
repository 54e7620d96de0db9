"""What does a REQUEST say?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governor.domain.meetings import PartStat, Role
from governor.itip.cancel import cancel, uninvite
from governor.itip.invitation import Invitation, Mailbox
from governor.itip.request import request
from governor.itip.texts import escaped, line, lines, parameter
from tests.itip.invitations import (
    ANNE,
    ARABIC,
    BOARD,
    BUDI,
    EMOJI,
    HOSTILE,
    JAPANESE,
    ORGANIZER,
    SARI,
    at,
    cancelled,
    guest,
)
from tests.itip.lint import content_lines, lint

ANY = st.text(st.characters(codec=None), max_size=200)


def event(data: bytes) -> icalendar.Event:
    return icalendar.Calendar.from_ical(data).events[0]


def raw(data: bytes, name: str) -> list[tuple[dict[str, str], str]]:
    lines = content_lines(data)
    start = lines.index(("BEGIN", {}, "VEVENT"))
    return [(params, value) for each, params, value in lines[start:] if each == name]


def test_closed_meeting_is_private_and_no_other_says_a_class() -> None:
    closed = request(replace(BOARD, is_closed=True))
    lint(closed, method="REQUEST")
    assert raw(closed, "CLASS") == [({}, "PRIVATE")]
    assert raw(request(BOARD), "CLASS") == []


def test_request_has_all_that_rfc_5546_asks_for() -> None:
    data = request(BOARD)

    lint(data, method="REQUEST")
    assert raw(data, "UID") == [({}, BOARD.uid)]
    assert raw(data, "SEQUENCE") == [({}, "0")]
    assert raw(data, "DTSTAMP") == [({}, "20261124T103921Z")]
    assert raw(data, "DTSTART") == [({"TZID": "Asia/Jakarta"}, "20261203T190000")]
    assert raw(data, "DTEND") == [({"TZID": "Asia/Jakarta"}, "20261203T203000")]
    assert raw(data, "SUMMARY") == [({}, "Rapat pengurus")]
    assert raw(data, "LOCATION") == [({}, "Sekretariat")]
    assert raw(data, "DESCRIPTION") == [({}, "1. Anggaran\\n2. Lain-lain")]
    assert raw(data, "STATUS") == [({}, "CONFIRMED")]


def test_every_guest_is_asked_for_an_answer_and_keeps_the_one_given() -> None:
    attendees = raw(request(BOARD), "ATTENDEE")

    assert attendees[0] == (
        {
            "CN": "Sari Dewi, S.H., M.M.",
            "CUTYPE": "INDIVIDUAL",
            "PARTSTAT": "ACCEPTED",
            "ROLE": "CHAIR",
            "RSVP": "TRUE",
        },
        "mailto:sari@example.org",
    )
    assert [params["PARTSTAT"] for params, _ in attendees[1:]] == ["NEEDS-ACTION", "NEEDS-ACTION"]


def test_organizer_is_our_mailbox_in_the_name_of_the_chair_and_no_attendee() -> None:
    ours = guest("Bot", ORGANIZER.address.upper())
    data = request(replace(BOARD, guests=(*BOARD.guests, ours)))

    assert raw(data, "ORGANIZER") == [({"CN": "Sari Dewi (Karang Taruna Melati)"}, "mailto:rapat@karangtaruna.example")]
    assert [value for _, value in raw(data, "ATTENDEE")] == [
        "mailto:sari@example.org",
        "mailto:budi@example.org",
        "mailto:anne.oneill+meetings@example.com",
    ]


@pytest.mark.parametrize(
    ("chair", "organization", "name"), [("Sari", "", "Sari"), ("", "Melati", "Melati"), ("", "\x00", "Governor")]
)
def test_organizer_is_named_after_what_there_is(chair: str, organization: str, name: str) -> None:
    data = request(replace(BOARD, chair=chair, organization=organization))

    assert raw(data, "ORGANIZER")[0][0] == {"CN": name}


def test_what_is_not_said_is_left_out() -> None:
    data = request(replace(BOARD, location=None, agenda=None))

    assert raw(data, "LOCATION") == raw(data, "DESCRIPTION") == []


def test_equal_invitations_give_equal_bytes() -> None:
    assert request(replace(BOARD)) == request(BOARD)


def test_utc_needs_no_zone() -> None:
    data = request(at("Etc/UTC", 2026, 12, 3, 19, 0))

    lint(data, method="REQUEST")
    assert raw(data, "DTSTART") == [({}, "20261203T190000Z")]
    assert b"VTIMEZONE" not in data


def test_a_local_time_that_comes_twice_is_said_in_utc() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    data = request(replace(BOARD, zone="America/New_York", dtstart=first, duration=timedelta(hours=1)))

    assert raw(data, "DTSTART") == [({}, "20261101T053000Z")]
    assert raw(data, "DTEND") == [({}, "20261101T063000Z")]


def test_a_local_time_that_never_comes_is_the_instant_it_stands_for() -> None:
    data = request(at("Europe/Paris", 2027, 3, 28, 2, 30))

    assert raw(data, "DTSTART") == [({"TZID": "Europe/Paris"}, "20270328T033000")]


def test_a_meeting_across_the_change_of_the_clocks_takes_as_long_as_it_takes() -> None:
    data = request(replace(at("Europe/Paris", 2027, 3, 28, 1, 0), duration=timedelta(hours=2)))

    assert raw(data, "DTEND") == [({"TZID": "Europe/Paris"}, "20270328T040000")]


def test_occurrence_is_named_as_its_series_names_it_wherever_it_was_moved_to() -> None:
    moved = at("Europe/Paris", 2028, 1, 11, 18, 0)
    named = datetime(2027, 9, 30, 12, 0, tzinfo=UTC)
    data = request(replace(moved, recurrence_id=named, series_zone="America/New_York"))

    lint(data, method="REQUEST")
    assert raw(data, "RECURRENCE-ID") == [({"TZID": "America/New_York"}, "20270930T080000")]
    assert named == event(data).RECURRENCE_ID
    onsets = [value for name, _, value in content_lines(data) if name == "DTSTART"]
    assert min(onsets) < "20270930"


def test_hostile_text_stays_inside_its_property() -> None:
    hostile = guest(HOSTILE, "mallory@example.org")
    data = request(
        replace(BOARD, summary=HOSTILE, location=HOSTILE, agenda=HOSTILE, chair=HOSTILE, guests=(hostile, BUDI))
    )

    lint(data, method="REQUEST")
    assert [name for name, _, _ in content_lines(data)] == [
        name for name, _, _ in content_lines(request(replace(BOARD, guests=(hostile, BUDI))))
    ]
    assert raw(data, "SUMMARY") == [
        ({}, "Rapat BCC: all@example.orggnp.exe \"x\"\\; 'y'\\, \\\\N a\\\\nb ^n^^ :\\;\\,=")
    ]
    assert raw(data, "ATTENDEE")[0][0]["CN"] == ("Rapat BCC: all@example.orggnp.exe 'x'; 'y', /N a/nb ^^n^^^^ :;,=")


def test_an_address_cannot_leave_its_uri() -> None:
    odd = guest("X", "a%0d?x=#^`{|}\r\nY:z@example.org")
    data = request(replace(BOARD, guests=(odd,)))

    lint(data, method="REQUEST")
    assert raw(data, "ATTENDEE")[0][1] == "mailto:a%250d%3Fx=%23%5E%60%7B%7C%7D%0D%0AY%3Az@example.org"


@pytest.mark.parametrize("text", [ARABIC, JAPANESE, EMOJI, "x" * 4000, "é" * 300])
def test_long_and_foreign_texts_are_folded_between_characters(text: str) -> None:
    data = request(replace(BOARD, summary=text, agenda=text, guests=(guest(text), ANNE)))

    lint(data, method="REQUEST")
    assert str(event(data)["SUMMARY"]) == line(text)
    assert event(data).attendees[0].params["CN"] == line(text)


def invitations() -> st.SearchStrategy[Invitation]:
    mailboxes = st.builds(Mailbox, name=ANY, address=st.sampled_from(["a@example.org", "b@example.org"]))
    guests = st.builds(
        lambda mailbox, partstat: replace(BUDI, mailbox=mailbox, partstat=partstat),
        mailboxes,
        st.sampled_from(PartStat),
    )
    return st.builds(
        lambda **changes: replace(BOARD, **changes),
        summary=ANY,
        location=st.none() | ANY,
        agenda=st.none() | ANY,
        chair=ANY,
        organization=ANY,
        guests=st.lists(guests, max_size=4).map(tuple),
    )


@settings(deadline=None)
@given(invitations())
def test_any_text_comes_back_as_it_was_meant_and_nothing_else_does(invitation: Invitation) -> None:
    data = request(invitation)

    lint(data, method="REQUEST")
    assert raw(data, "SUMMARY") == [({}, escaped(line(invitation.summary)))]
    agenda = lines(invitation.agenda or "")
    assert raw(data, "DESCRIPTION") == ([({}, escaped(agenda))] if agenda else [])
    read = event(data)
    assert [(each, each.params.get("CN", ""), each.params["PARTSTAT"]) for each in read.attendees] == [
        (f"mailto:{each.mailbox.address}", parameter(each.mailbox.name), each.partstat) for each in invitation.guests
    ]
    assert {name for name, _, _ in content_lines(data)} <= {
        *("BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "METHOD", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO"),
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER"),
        *("ATTENDEE", "STATUS"),
    }


def test_role_of_each_guest_is_said() -> None:
    assert [params["ROLE"] for params, _ in raw(request(BOARD), "ATTENDEE")] == [Role.CHAIR, *[Role.REQUIRED] * 2]
    assert SARI.role is Role.CHAIR
    assert BOARD.dtstamp.tzinfo is UTC


def test_alarms_are_asked_for_once_each_and_of_nobody_who_is_told_that_it_is_off() -> None:
    alarms = (timedelta(days=1), timedelta(minutes=90))
    data = request(replace(BOARD, alarms=alarms))

    lint(data, method="REQUEST")
    assert [value for name, _, value in content_lines(data) if name == "TRIGGER"] == ["-P1D", "-PT1H30M"]
    told = (cancel(cancelled(replace(BOARD, alarms=alarms))), uninvite(replace(BOARD, alarms=alarms), BUDI))
    assert [b"VALARM" in each for each in (data, *told)] == [True, False, False]


def test_who_sends_for_the_organizer_is_named_and_neither_is_a_guest() -> None:
    office = Mailbox(name="Sekretariat", address="sekretariat@karangtaruna.example")
    guests = (BUDI, guest("Kantor", office.address.upper()), guest("Bot", ORGANIZER.address))
    data = request(replace(BOARD, organizer=office, sent_by=ORGANIZER, guests=guests))

    lint(data, method="REQUEST")
    ((params, value),) = raw(data, "ORGANIZER")
    assert (value, params["SENT-BY"]) == (f"mailto:{office.address}", f"mailto:{ORGANIZER.address}")
    assert [value for _, value in raw(data, "ATTENDEE")] == ["mailto:budi@example.org"]


def test_series_that_goes_on_with_another_names_it() -> None:
    data = request(replace(BOARD, continues="before@karangtaruna.example"))

    lint(data, method="REQUEST")
    assert raw(data, "RELATED-TO") == [({"RELTYPE": "SIBLING"}, "before@karangtaruna.example")]
    assert raw(request(BOARD), "RELATED-TO") == []


def test_who_sends_another_is_asked_no_more_and_both_are_named() -> None:
    sent = replace(ANNE, delegated_from=("budi@example.org", "joko@example.org"))
    data = request(replace(BOARD, guests=(replace(BUDI, delegated_to=ANNE.mailbox.address), sent)))

    lint(data, method="REQUEST")
    budi, anne = event(data).attendees
    assert (budi.params["PARTSTAT"], budi.params["RSVP"]) == ("DELEGATED", "FALSE")
    assert budi.params["DELEGATED-TO"] == f"mailto:{ANNE.mailbox.address}"
    assert (anne.params["PARTSTAT"], anne.params["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    assert anne.params["DELEGATED-FROM"] == ["mailto:budi@example.org", "mailto:joko@example.org"]
