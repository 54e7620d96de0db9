"""A meeting that repeats, from its sentence on: one occurrence moved, one off, the rest changed, the record sound."""

import pytest

from tests.journeys.rooms import Room
from tests.journeys.test_conversations import flat

WORDS = {
    "id": {
        "call": "rapat pengurus setiap Senin jam 7 malam di https://meet.example.org/melati dengan @budi",
        "repeats": "setiap Senin",
        "called": "Rapat dipanggil: Rapat Pengurus, Senin, 30 November 2026 pukul 19.00 WIB.",
        "off": "batalkan rapat pengurus tanggal 14 Desember saja",
        "is-off": "Rapat dibatalkan: Rapat Pengurus, Senin, 14 Desember 2026 pukul 19.00 WIB.",
        "move": "pindahkan rapat 2026-001 tanggal 7 Desember saja ke Selasa jam 8 malam",
        "is-moved": "Rapat diubah: Rapat Pengurus, sekarang Selasa, 8 Desember 2026 pukul 20.00 WIB.",
        "change": "pindahkan rapat 2026-001 ke jam 8 malam",
        "which": "Yang mana?",
        "is-later": "Rapat diubah: Rapat Pengurus, sekarang Senin, 30 November 2026 pukul 20.00 WIB.",
        "split": "pindahkan rapat 2026-001 tanggal 21 Desember dan seterusnya ke Selasa",
        "is-split": "Rapat 2026-001 berakhir; rapat 2026-004 (Rapat Pengurus) melanjutkannya mulai Selasa, 22 Desember",
        "end": "batalkan rapat 2026-004 tanggal 5 Januari",
        "is-ended": "Rapat 2026-004 (Rapat Pengurus) tidak diadakan lagi mulai Selasa, 5 Januari 2027",
        "no": "batalkan rapat 2026-001 tanggal 8 Desember saja",
        "is-no": "tidak diadakan pada waktu itu",
    },
    "en": {
        "call": "board meeting every Monday at 7pm at https://meet.example.org/melati with @budi",
        "repeats": "every Monday",
        "called": "Meeting called: Board meeting, Monday, 30 November 2026 at 19:00 WIB.",
        "off": "cancel only the meeting on 14 December",
        "is-off": "Meeting cancelled: Board meeting, Monday, 14 December 2026 at 19:00 WIB.",
        "move": "move only the meeting 2026-001 on 7 December to Tuesday 8pm",
        "is-moved": "Meeting changed: Board meeting, now Tuesday, 8 December 2026 at 20:00 WIB.",
        "change": "move meeting 2026-001 to 8pm",
        "which": "Which ones?",
        "is-later": "Meeting changed: Board meeting, now Monday, 30 November 2026 at 20:00 WIB.",
        "split": "move meeting 2026-001 on 21 December and all following to Tuesday",
        "is-split": "Meeting 2026-001 ends; meeting 2026-004 (Board meeting) goes on with it from Tuesday, 22 December",
        "end": "cancel meeting 2026-004 on 5 January",
        "is-ended": "Meeting 2026-004 (Board meeting) does not take place any more from Tuesday, 5 January 2027",
        "no": "cancel only meeting 2026-001 on 8 December",
        "is-no": "does not take place then",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_series_is_called_changed_in_part_and_ended(room: Room, language: str) -> None:
    words = WORDS[language]
    assert words["repeats"] in room.say(words["call"])
    assert words["called"] in flat(room.say("1"))
    assert words["is-off"] in flat(room.say(words["off"]))
    assert words["is-moved"] in flat(room.say(words["move"]))
    assert words["which"] in room.say(words["change"])
    assert words["is-later"] in flat(room.say("2"))
    assert words["is-split"] in flat(room.say(words["split"]))
    assert words["is-no"] in flat(room.say(words["no"]))
    assert words["which"] in room.say(words["end"])
    assert words["is-ended"] in flat(room.say("2"))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("rapat kerja Sabtu depan sehari penuh", "│ Lamanya  sepanjang hari\n"),
        ("workshop meeting next Saturday all day", "│ Length  all day\n"),
        ("rapat warga besok jam 8 malam sampai selesai", "sampai selesai"),
    ],
)
def test_meeting_without_hours_or_without_an_end_is_shown_as_such(room: Room, words: str, day: str) -> None:
    assert day in room.say(words)


def test_meeting_of_whole_days_has_no_hour_anywhere(room: Room) -> None:
    shown = room.say(
        "pelatihan tanggal 15 Desember sehari penuh di Aula",
        "1",
        "keputusan: membeli tenda",
        "usul: menyewa bus",
        "tugas: @dewi memesan bus",
        "tampilkan keputusan",
        "notulen",
        "daftar rapat",
        "batalkan rapat",
    )
    assert shown.count("Selasa, 15 Desember 2026") >= 9
    assert "00.00" not in shown
