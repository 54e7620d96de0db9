"""Does who sends another in their place find that they come?"""

import pytest
from sqlalchemy import select

from governor.domain.meetings import PartStat
from governor.store import meetings
from governor.store.tables import received
from tests.journeys.rooms import Room

MEETING = ("anggota tambah Joko", "rapat pengurus besok jam 7 malam dengan @budi", "1")


def waiting(room: Room) -> list[str]:
    """Return what there is to be decided, by its token."""
    with room.house.record.database.read() as connection:
        return list(connection.execute(select(received.c.token).where(received.c.what.is_not(None))).scalars())


@pytest.mark.parametrize("words", ["saya diwakili @sari", "can't make it, @sari will represent me"])
def test_who_is_sent_in_anothers_place_is_invited_by_the_secretary(room: Room, words: str) -> None:
    room.say(*MEETING)
    room.say(f"budi> {words}")
    (token,) = waiting(room)
    room.press(f"take:{token}")
    with room.house.record.database.read() as connection:
        meeting = meetings.find(connection, "2026-001")
    assert meeting is not None
    _, budi, sari = meeting.attendees
    assert (budi.partstat, budi.delegate, sari.partstat) == (PartStat.DELEGATED, sari.member, PartStat.NEEDS_ACTION)


def test_who_cannot_be_sent_is_told_and_not_passed_over(room: Room) -> None:
    room.say(*MEETING)
    shown = room.say("budi> saya diwakili @joko")
    assert "Budi tidak hadir di Rapat Pengurus." in shown
    assert "Wakil @joko tidak diundang" in shown
    assert waiting(room) == []
