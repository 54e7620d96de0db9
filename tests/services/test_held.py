"""Is a record entered into the meeting that was said, also where that is over, and are its minutes shown?"""

from datetime import timedelta

import pytest

from tests.journeys.conftest import english_room, founded, room
from tests.journeys.rooms import Room
from tests.journeys.test_conversations import flat
from tests.postgres import postgres

__all__ = ["english_room", "founded", "postgres", "room"]

DAY = timedelta(days=1)
KAS, IURAN, LOMBA = "Rapat Kas (2026-001)", "Rapat Iuran (2026-002)", "Rapat Lomba (2026-003)"


def held(room: Room) -> Room:
    """Return *room*, in which Rapat Kas was on Thursday and Rapat Iuran yesterday, on Monday; Rapat Lomba, called last,
    is tomorrow.
    """
    room.at -= 6 * DAY
    room.say("rapat kas besok jam 7 malam dengan @budi", "1")
    room.at += 5 * DAY
    room.say("rapat iuran hari ini jam 3 sore dengan @budi", "1")
    room.at += DAY
    room.say("rapat lomba besok jam 3 sore dengan @budi", "1")
    return room


@pytest.mark.parametrize(
    ("words", "meeting"),
    [
        ("keputusan rapat kemarin: iuran naik", IURAN),
        ("keputusan rapat Kamis lalu: iuran naik", KAS),
        ("keputusan rapat Kamis: iuran naik", KAS),
        ("keputusan rapat tanggal 19: iuran naik", KAS),
        ("keputusan rapat tanggal 19 November: iuran naik", KAS),
        ("keputusan rapat hari Kamis, 19 November 2026: iuran naik", KAS),
        ("keputusan rapat minggu lalu: iuran naik", KAS),
        ("keputusan rapat 5 hari lalu: iuran naik", KAS),
        ("keputusan rapat tadi: iuran naik", IURAN),
        ("keputusan rapat terakhir: iuran naik", IURAN),
        ("keputusan rapat besok: iuran naik", LOMBA),
        ("keputusan rapat kas: iuran naik", KAS),
        ("diputuskan di rapat kas bahwa iuran naik", KAS),
        ("diputuskan dalam rapat kemarin bahwa iuran naik", IURAN),
        ("keputusan: besok iuran naik", LOMBA),
        ("diputuskan bahwa rapat kas diulang", LOMBA),
        ("usul untuk rapat kemarin: iuran naik", IURAN),
        ("tugas dari rapat Kamis lalu: @budi menagih iuran", KAS),
    ],
)
def test_record_belongs_to_the_meeting_that_is_said(room: Room, words: str, meeting: str) -> None:
    assert meeting in held(room).say(words)


@pytest.mark.parametrize(
    ("words", "meeting"),
    [
        ("decision of yesterday's meeting: fees rise", IURAN),
        ("decision of last Thursday's meeting: fees rise", KAS),
        ("decision of the meeting on 19 November: fees rise", KAS),
        ("decision of the meeting 5 days ago: fees rise", KAS),
        ("decision of the last meeting: fees rise", IURAN),
        ("decided at yesterday's meeting that fees rise", IURAN),
        ("action from yesterday's meeting: @budi buys paper", IURAN),
        ("motion for tomorrow's meeting: fees rise", LOMBA),
    ],
)
def test_record_belongs_to_the_meeting_that_is_said_in_english(english_room: Room, words: str, meeting: str) -> None:
    assert meeting in held(english_room).say(words)


def test_note_is_taken_in_the_meeting_that_is_said(room: Room) -> None:
    held(room)
    assert "Dicatat dalam notulen Rapat Iuran, butir 1: kas 5 juta" in room.say("catat di rapat kemarin: kas 5 juta")
    assert "Dicatat dalam notulen Rapat Iuran, butir 2: kas 6 juta" in room.say(
        "catat di notulen rapat kemarin bahwa kas 6 juta"
    )
    assert "Dicatat dalam notulen Rapat Kas, butir 1: selesai" in room.say("catat untuk rapat kas: selesai")


@pytest.mark.parametrize("words", ["keputusan rapat lusa: iuran naik", "keputusan rapat kas kemarin: iuran naik"])
def test_nothing_is_recorded_of_a_meeting_that_there_is_not(room: Room, words: str) -> None:
    before = held(room).entries
    shown = flat(room.say(words))
    assert "Tidak ada rapat pada waktu itu, baik yang sudah maupun yang akan datang" in shown
    assert f"Yang ada: {IURAN}, Senin, 23 November 2026 pukul 15.00 WIB, {LOMBA}" in shown
    assert room.entries == before


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("notulen rapat kemarin", "2026-002"),
        ("notulen rapat Kamis lalu", "2026-001"),
        ("notulen rapat kas Kamis lalu", "2026-001"),
        ("lihat notulen rapat tanggal 19 November", "2026-001"),
        ("notulen rapat terakhir", "2026-002"),
        ("notulen rapat besok", "2026-003"),
        ("minutes of yesterday's meeting", "2026-002"),
        ("show me the minutes of last Thursday's meeting", "2026-001"),
        ("minutes of the last meeting", "2026-002"),
    ],
)
def test_minutes_are_those_of_the_meeting_that_is_said(room: Room, words: str, number: str) -> None:
    shown = held(room).say(words)
    assert f"- Nomor rapat: {number}" in shown or f"- Meeting number: {number}" in shown


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("agenda rapat besok", "Rapat Lomba"),
        ("apa agenda rapat kemarin?", "Rapat Iuran"),
        ("agenda of last Thursday's meeting", "Rapat Kas"),
        ("daftar hadir rapat Kamis lalu", "Rapat Kas"),
    ],
)
def test_agenda_and_attendance_are_those_of_the_meeting_that_is_said(room: Room, words: str, name: str) -> None:
    assert name in held(room).say(words)


def test_record_of_a_series_belongs_to_the_occurrence_that_is_said(room: Room) -> None:
    room.at -= 22 * DAY
    room.say("rapat pengurus setiap Kamis jam 7 malam dengan @budi", "1")
    room.at += 22 * DAY
    assert "Kamis, 12 November 2026" in room.say("keputusan rapat tanggal 12 November: iuran naik")
    assert "Kamis, 19 November 2026" in room.say("keputusan rapat Kamis lalu: iuran tetap")
    assert "Nomor rapat: 2026-002" in room.say("notulen rapat tanggal 12 November")
