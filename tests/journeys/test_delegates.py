"""Does who sends another in their place find that they come?"""

import pytest
from sqlalchemy import select

from governor.domain.meetings import PartStat
from governor.services.posts import matter_card
from governor.store import meetings, received, tables
from governor.store.received import Matter
from governor.wording.catalogue import say
from tests.journeys.rooms import Room

MEETING = ("anggota tambah Joko", "rapat pengurus besok jam 7 malam dengan @budi", "1")


def waiting(room: Room) -> list[Matter]:
    """Return what there is to be decided."""
    with room.house.record.database.read() as connection:
        tokens = connection.execute(select(tables.received.c.token).where(tables.received.c.what.is_not(None)))
        found = [received.find(connection, token) for token in tokens.scalars()]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("words", ["saya diwakili @joko", "can't make it, @sari will represent me"])
def test_who_is_sent_in_anothers_place_is_invited_by_the_secretary(room: Room, words: str) -> None:
    room.say(*MEETING)
    room.say(f"budi> {words}")
    (matter,) = waiting(room)
    room.press(f"take:{matter.token}")
    with room.house.record.database.read() as connection:
        meeting = meetings.find(connection, "2026-001")
    assert meeting is not None
    _, budi, sent = meeting.attendees
    assert (budi.partstat, budi.delegate, sent.partstat) == (PartStat.DELEGATED, sent.member, PartStat.NEEDS_ACTION)


def test_who_is_sent_is_named_and_their_address_told_to_nobody(room: Room) -> None:
    room.say(*MEETING)
    room.say("budi> saya diwakili @sari")
    (matter,) = waiting(room)
    with room.house.record.database.read() as connection:
        meeting = meetings.find(connection, "2026-001")
    assert meeting is not None
    rows = [say(row.value, "id") for row in matter_card(matter, meeting, "Budi", "Sari").rows]
    assert rows == ["Budi", "Sari", "terbukti dari pengirimnya"]
    assert "example.org" not in str(matter.what)


def test_who_is_invited_already_is_not_asked_about(room: Room) -> None:
    room.say(*MEETING, "undang @sari ke rapat pengurus")
    assert "Budi mengutus pengganti ke Rapat Pengurus." in room.say("budi> saya diwakili @sari")
    assert waiting(room) == []


def test_who_is_no_member_is_told_and_not_passed_over(room: Room) -> None:
    room.say(*MEETING)
    shown = room.say("budi> saya diwakili @tono")
    assert "Budi tidak hadir di Rapat Pengurus." in shown
    assert "Wakil @tono tidak diundang" in shown
    assert waiting(room) == []
