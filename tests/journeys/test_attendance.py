"""When may somebody be noted as present? From an hour before the meeting on, and for good afterwards."""

from datetime import UTC, datetime, timedelta

import pytest

from governor.ports import Account, Ask, Call, Reply
from governor.wording.catalogue import say
from tests.journeys.rooms import Room

BEGINS = datetime(2026, 12, 1, 8, tzinfo=UTC)
"""Tuesday 1 December 2026, 15:00 in Jakarta: a week after the rooms are opened."""

SPOKEN = {
    "id": (
        "rapat kas Selasa depan jam 3 sore dengan @budi",
        "Kas baru dimulai Selasa, 1 Desember 2026 pukul 15.00 WIB; siapa yang hadir dicatat paling awal satu jam",
        "tercatat hadir",
    ),
    "en": (
        "cash meeting next Tuesday at 3 pm with @budi",
        "begins only on Tuesday, 1 December 2026 at 15:00 WIB; who is there is noted from one hour before.",
        "is noted as present",
    ),
}


def note(room: Room, call_id: str, **options: str) -> Reply:
    """Return the reply to ``/attendance note``."""
    request = Ask(command="attendance note", options=options)
    call = Call(id=call_id, account=Account(platform="console", id="dewi"), at=room.at, request=request)
    (reply,) = room.house.dispatcher(["mail"])(call)
    return reply


def told(reply: Reply) -> str:
    return " ".join(say(line, reply.language) for line in reply.lines)


@pytest.mark.parametrize("language", SPOKEN)
def test_presence_is_refused_until_an_hour_before_and_noted_from_then_on(
    language: str, request: pytest.FixtureRequest
) -> None:
    sentence, early, noted = SPOKEN[language]
    room: Room = request.getfixturevalue("room" if language == "id" else "english_room")
    room.say(sentence, "1")
    before = room.entries
    for at in (room.at, BEGINS - timedelta(hours=1, seconds=1)):
        room.at = at
        for reply in (note(room, f"{at}"), note(room, f"{at} budi", person="budi"), room.press("here:2026-001:2")):
            assert (reply.refused, early in told(reply)) == (True, True), told(reply)
    assert room.entries == before

    room.at = BEGINS - timedelta(hours=1)
    assert noted in told(note(room, "near"))
    room.at = BEGINS + timedelta(days=40)
    assert noted in told(note(room, "corrected", person="budi", meeting="2026-001"))
    assert not room.press("here:2026-001:2", call_id="left").refused


def test_presence_at_the_next_of_a_series_is_refused_and_sets_nothing_apart(room: Room) -> None:
    room.say("rapat kas setiap Jumat jam 3 sore dengan @budi", "1")
    before = room.entries
    reply = note(room, "series", meeting="2026-001")
    assert (reply.refused, "Jumat, 27 November 2026 pukul 15.00 WIB" in told(reply)) == (True, True), told(reply)
    assert room.entries == before


def test_who_came_before_the_meeting_was_put_off_is_taken_off_its_list(room: Room) -> None:
    room.say("rapat kas hari ini jam 10.30 dengan @budi", "1")
    assert not note(room, "came", person="budi").refused
    room.say("undur rapat itu ke Jumat jam 3 sore")
    assert not room.press("here:2026-001:2", call_id="left").refused
    assert room.press("here:2026-001:2", call_id="again").refused
