"""Which meeting is meant, before, during and after one?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governor.services.meant import called, named_for, number_named, text_for, without_name
from governor.understanding.reading import Act
from tests.journeys.conftest import founded, room
from tests.journeys.rooms import Room
from tests.postgres import postgres

__all__ = ["founded", "postgres", "room"]

JAKARTA = ZoneInfo("Asia/Jakarta")
HELD = datetime(2026, 11, 25, 19, 30, tzinfo=JAKARTA)
AFTER = datetime(2026, 11, 25, 21, 0, tzinfo=JAKARTA)


@pytest.fixture
def two(room: Room) -> Room:
    """A room with Rapat Kas on 25 November at seven in the evening, called last, and Rapat Iuran on 3 December."""
    room.say("rapat iuran 3 Desember jam 7 malam dengan @budi", "1", "rapat kas besok jam 7 malam dengan @budi", "1")
    return room


def test_change_and_answer_mean_the_next_meeting_when_the_one_held_is_over(two: Room) -> None:
    two.at = AFTER
    assert "Rapat diubah: Rapat Iuran" in two.say("undur rapat itu ke Jumat jam 8 malam")
    assert "Budi hadir di Rapat Iuran." in two.say("budi> hadir")
    assert "Rapat dibatalkan: Rapat Iuran" in two.say("batalkan rapat itu")
    assert "Belum ada rapat yang dimaksud." in two.say("undur rapat itu ke Sabtu jam 8 malam")


def test_note_and_decision_and_minutes_mean_the_one_being_held_until_half_a_day_after(two: Room) -> None:
    for at in (HELD, AFTER):
        two.at = at
        assert "notulen Rapat Kas" in two.say("catat: hadir tiga orang")
        assert "Termasuk dalam Rapat Kas (2026-002)" in two.say("keputusan: setuju")
        assert "# Notulen: Rapat Kas" in two.say("notulen")


def test_decision_beside_a_meeting_belongs_to_the_one_called_last(two: Room) -> None:
    two.at = AFTER + timedelta(days=90)
    assert "Termasuk dalam Rapat Kas (2026-002)" in two.say("keputusan: setuju")


def test_note_far_from_any_meeting_is_refused_and_told_how_to_say_it(two: Room) -> None:
    two.at = AFTER + timedelta(days=29)
    assert "notulen Rapat Kas, butir 1" in two.say("catat: kas cocok")
    two.at = AFTER + timedelta(days=31)
    assert "catat di rapat 2026-002:" in " ".join(two.say("catat: kas cocok").split())
    assert "notulen Rapat Kas, butir 2: kas per 31 Oktober" in two.say("catat di rapat 2026-002: kas per 31 Oktober")


def test_meeting_that_is_named_is_meant_by_every_sentence(two: Room) -> None:
    two.at = HELD
    assert "notulen Rapat Iuran, butir 1: kas" in two.say("catat di rapat 2026-001: kas")
    assert "notulen Rapat Iuran, butir 2: cash" in two.say("note in meeting 2026-001: cash").replace(
        "Noted in the minutes of Rapat Iuran, item", "notulen Rapat Iuran, butir"
    )
    assert "Termasuk dalam Rapat Iuran (2026-001)" in two.say("keputusan rapat 2026-001: setuju")
    assert "# Notulen: Rapat Iuran" in two.say("notulen rapat 2026-001")
    assert "# Minutes: Rapat Iuran" in two.say("minutes of meeting 2026-001")
    assert "2026-001.id.md" in "".join(two.say("simpan notulen rapat 2026-001").split())
    assert "Tidak ada rapat bernomor 2026-009." in two.say("catat di rapat 2026-009: kas")


def test_meeting_is_meant_that_is_called_by_its_name(two: Room) -> None:
    assert "Rapat diubah: Rapat Iuran" in two.say("undur rapat iuran ke 4 Desember jam 8 malam")
    assert "Budi tidak hadir di Rapat Iuran." in two.say("budi> tidak bisa hadir di rapat iuran")
    assert "notulen Rapat Iuran" in two.say("catat di rapat iuran: kas menipis")
    assert "Rapat dibatalkan: Rapat Iuran" in two.say("batalkan rapat iuran")
    assert "Rapat dibatalkan: Rapat Kas" in two.say("batalkan rapat")


def test_number_inside_a_text_names_no_meeting(two: Room) -> None:
    two.at = HELD
    assert "notulen Rapat Kas, butir 1: seperti di rapat 2026-001" in two.say("catat: seperti di rapat 2026-001")


def test_each_line_of_a_message_names_its_own_meeting(two: Room) -> None:
    replies = two.call("catat di rapat 2026-001: kas\ncatat di rapat 2026-002: iuran")
    assert [reply.lines[0].values["summary"] for reply in replies] == ["Rapat Iuran", "Rapat Kas"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("notulen rapat 2026-001", "2026-001"),
        ("notulen 2026-001", "2026-001"),
        ("undur rapat nomor 2026-001 ke Jumat", "2026-001"),
        ("bukti 2026-001", None),
        ("rapat 2026-001-2", None),
    ],
)
def test_number_behind_a_word_for_a_meeting_names_it(text: str, number: str | None) -> None:
    assert number_named(text) == number


NAMES = (("2026-001", "Rapat Kas"), ("2026-002", "Rapat"), ("2026-003", "Rapat Kas Besar"), ("2026-004", "Rapat Kas"))


@pytest.mark.parametrize(
    ("act", "text", "number"),
    [
        (Act.CANCEL, "batalkan rapat kas", "2026-001"),
        (Act.CHANGE, "Rapat kas besar, diundur ke Jumat", "2026-003"),
        (Act.CANCEL, "batalkan rapat", None),
        (Act.CANCEL, "batalkan rapat kasir", None),
        (Act.NOTE, "catat di rapat kas: iuran naik", "2026-001"),
        (Act.NOTE, "catat: rapat kas ditunda", None),
        (Act.DECIDE, "putuskan rapat kas tiap bulan", None),
    ],
)
def test_name_of_a_meeting_to_come_names_it(act: Act, text: str, number: str | None) -> None:
    assert called(act, text, NAMES) == number


def test_text_of_a_note_names_no_meeting_but_that_of_a_change_does() -> None:
    assert named_for(Act.NOTE, "catat: rapat 2026-001 ditunda") is None
    assert named_for(Act.CHANGE, "ubah: rapat 2026-001") == "2026-001"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("notulen rapat 2026-001", "notulen"),
        ("minutes of the meeting 2026-001", "minutes"),
        ("keputusan di rapat nomor 2026-001: setuju", "keputusan: setuju"),
        ("rapat 2026-001", ""),
    ],
)
def test_words_without_the_meeting_they_name(text: str, rest: str) -> None:
    assert without_name(text, "2026-001") == rest


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("di rapat 2026-001: kas", "2026-001", "kas"),
        ("kas: 3 juta", None, "kas: 3 juta"),
        ("rapat 2026-001 ditunda: hujan", "2026-001", "rapat 2026-001 ditunda: hujan"),
        ("di rapat 2026-001 kas", "2026-001", "di rapat 2026-001 kas"),
    ],
)
def test_text_of_a_note_is_what_follows_the_name(text: str, number: str | None, rest: str) -> None:
    assert text_for(text, number) == rest
