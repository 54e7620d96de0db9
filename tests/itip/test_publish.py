"""What does a calendar say that people subscribe to?"""

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest

from governor.itip.publish import publish
from tests.itip.invitations import BOARD, HOSTILE, at
from tests.itip.lint import content_lines

HOUR = timedelta(hours=1)


def values(data: bytes, name: str) -> list[str]:
    return [value for each, _, value in content_lines(data) if each == name]


def test_feed_says_how_often_to_look_and_what_it_is_called() -> None:
    lines = content_lines(publish([BOARD], name="Karang Taruna; Melati", refresh=HOUR))

    assert ("METHOD", {}, "PUBLISH") in lines
    assert ("REFRESH-INTERVAL", {"VALUE": "DURATION"}, "PT60M") in lines
    assert ("X-PUBLISHED-TTL", {}, "PT60M") in lines
    assert ("NAME", {}, "Karang Taruna\\; Melati") in lines
    assert ("X-WR-CALNAME", {}, "Karang Taruna\\; Melati") in lines


def test_feed_names_nobody_invited() -> None:
    data = publish([BOARD], name="", refresh=HOUR)

    assert values(data, "ATTENDEE") == []
    assert b"budi@example.org" not in data


def test_every_zone_is_told_once_for_all_its_meetings() -> None:
    shown = (
        BOARD,
        at("America/New_York", 2027, 7, 1, 9, 30),
        at("America/New_York", 2031, 1, 1, 9, 30),
        at("UTC", 2027, 7, 1, 9, 30),
    )
    data = publish(shown, name="", refresh=HOUR)

    assert values(data, "TZID") == ["Asia/Jakarta", "America/New_York"]
    events = icalendar.Calendar.from_ical(data).events
    assert [event.start.timestamp() for event in events] == [one.dtstart.timestamp() for one in shown]


def test_feed_of_nothing_is_a_calendar() -> None:
    assert icalendar.Calendar.from_ical(publish([], name="Kas", refresh=HOUR)).events == []


def test_equal_meetings_make_equal_bytes_and_a_changed_one_others() -> None:
    first, again, changed = (
        publish([one], name="", refresh=HOUR) for one in (BOARD, replace(BOARD), replace(BOARD, summary="Rapat kas"))
    )
    assert first == again
    assert first != changed


@pytest.mark.parametrize("text", [HOSTILE, "\r\nATTENDEE:mailto:all@example.org"])
def test_nothing_that_people_write_ends_its_line(text: str) -> None:
    lines = content_lines(publish([replace(BOARD, summary=text, agenda=text)], name=text, refresh=HOUR))

    assert {"BCC", "ATTENDEE"}.isdisjoint(name for name, _, _ in lines)
