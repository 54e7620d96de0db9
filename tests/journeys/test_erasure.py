"""What happens once a member's key is destroyed?"""

import pytest

from governor.domain.members import MemberId
from tests.journeys.rooms import Room


@pytest.mark.parametrize(
    "words", ["rapat besok jam 7 malam dengan semua anggota", "meeting tomorrow at 7pm with everyone"]
)
def test_meeting_of_everybody_is_called_without_who_was_erased(room: Room, words: str) -> None:
    with room.house.record.database.read() as connection:
        roster = room.house.record.roster(connection)
    (sari,) = (one.id for one in roster if one.handle == "sari")
    room.house.record.keys.destroy(MemberId(sari))
    shown = room.say(words, "1")
    assert "#0003" not in shown
    assert "RAPAT 2026-001" in shown or "MEETING 2026-001" in shown
